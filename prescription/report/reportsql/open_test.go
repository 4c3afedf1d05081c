package reportsql_test

import (
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib"
	_ "modernc.org/sqlite"

	"github.com/verktoykatalog/verktoy/internal/sqltest"
	"github.com/verktoykatalog/verktoy/prescription/report/reportsql"
)

// engine is a database that tests run on.
type engine = sqltest.Engine[reportsql.Dialect]

var engines = sqltest.Engines(reportsql.Migrate)

// onEach runs a test on every engine.
func onEach(t *testing.T, test func(t *testing.T, e engine)) {
	t.Helper()
	sqltest.OnEach(t, engines, test)
}

var (
	open  = sqltest.Open
	count = sqltest.Count
)
