package prescriptionsql_test

import (
	"database/sql"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib"
	_ "modernc.org/sqlite"

	"github.com/verktoykatalog/verktoy/internal/sqltest"
	"github.com/verktoykatalog/verktoy/prescription/prescriptionsql"
)

// engine is a database that tests run on.
type engine struct {
	sqltest.Engine[prescriptionsql.Dialect]
}

var engines = func() (all []engine) {
	for _, e := range sqltest.Engines(prescriptionsql.Migrate) {
		all = append(all, engine{e})
	}
	return all
}()

// dialects are those of the drivers.
var dialects = map[string]prescriptionsql.Dialect{"sqlite": prescriptionsql.SQLite, "pgx": prescriptionsql.PostgreSQL}

// onEach runs a test on every engine.
func onEach(t *testing.T, test func(t *testing.T, e engine)) {
	t.Helper()
	sqltest.OnEach(t, engines, test)
}

// onEachStore runs a test on every engine with each way to make a store that
// sends other statements.
func onEachStore(t *testing.T, test func(t *testing.T, e engine, store func(prescriptionsql.DBTX) *prescriptionsql.Store)) {
	t.Helper()
	onEach(t, func(t *testing.T, e engine) { test(t, e, prescriptionsql.New) })
	t.Run("postgres that is known", func(t *testing.T) {
		test(t, engines[1], func(db prescriptionsql.DBTX) *prescriptionsql.Store {
			return prescriptionsql.NewFor(prescriptionsql.PostgreSQL, db)
		})
	})
}

func open(t testing.TB, driver, dsn string) *sql.DB {
	t.Helper()
	return sqltest.Open(t, driver, dsn)
}

// count asks for one number.
func count(t testing.TB, db *sql.DB, query string, args ...any) int {
	t.Helper()
	return sqltest.Count(t, db, query, args...)
}
