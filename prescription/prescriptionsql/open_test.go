package prescriptionsql_test

import (
	"slices"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib"
	"github.com/stretchr/testify/require"
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

// engineOf is the one that another process is told of, by its driver.
func engineOf(t *testing.T, driver string) engine {
	t.Helper()
	i := slices.IndexFunc(engines, func(e engine) bool { return e.Driver == driver })
	require.NotEqual(t, -1, i, "no engine has the driver %q", driver)
	return engines[i]
}

// onEach runs a test on every engine.
func onEach(t *testing.T, test func(t *testing.T, e engine)) {
	t.Helper()
	sqltest.OnEach(t, engines, test)
}

// onEachStore runs a test on every engine with each way to make a store, which
// sends other statements or does calls in turn.
func onEachStore(t *testing.T, test func(t *testing.T, e engine, store func(prescriptionsql.DBTX) *prescriptionsql.Store)) {
	t.Helper()
	onEach(t, func(t *testing.T, e engine) {
		test(t, e, prescriptionsql.New)
		t.Run("known", func(t *testing.T) {
			test(t, e, func(db prescriptionsql.DBTX) *prescriptionsql.Store { return prescriptionsql.NewFor(e.Dialect, db) })
		})
	})
}

var (
	open  = sqltest.Open
	count = sqltest.Count
)
