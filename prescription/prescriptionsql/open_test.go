package prescriptionsql_test

import (
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib"
	"github.com/stretchr/testify/require"
	_ "modernc.org/sqlite"

	"github.com/verktoykatalog/verktoy/prescription/prescriptionsql"
)

// engine is a database that tests run on.
type engine struct {
	name    string
	dialect prescriptionsql.Dialect
	// empty opens a database without tables and gives its DSN too.
	empty func(t testing.TB) (*sql.DB, string)
}

var engines = []engine{
	{"sqlite", prescriptionsql.SQLite, emptySQLite},
	{"postgres", prescriptionsql.PostgreSQL, emptyPostgres},
}

// dialects are those of the drivers.
var dialects = map[string]prescriptionsql.Dialect{"sqlite": prescriptionsql.SQLite, "pgx": prescriptionsql.PostgreSQL}

// onEach runs a test on every engine.
func onEach(t *testing.T, test func(t *testing.T, e engine)) {
	t.Helper()
	for _, e := range engines {
		t.Run(e.name, func(t *testing.T) { test(t, e) })
	}
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

// migrated opens a database with the tables.
func (e engine) migrated(t testing.TB) *sql.DB {
	t.Helper()
	db, _ := e.empty(t)
	require.NoError(t, prescriptionsql.Migrate(t.Context(), db, e.dialect))
	return db
}

func (e engine) driver() string {
	return map[string]string{"sqlite": "sqlite", "postgres": "pgx"}[e.name]
}

func open(t testing.TB, driver, dsn string) *sql.DB {
	t.Helper()
	db, err := sql.Open(driver, dsn)
	require.NoError(t, err)
	db.SetMaxOpenConns(8)
	db.SetMaxIdleConns(8) // the default of 2 makes a new connection for nearly every call of many
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	return db
}

// emptySQLite is a plain pool with deferred transactions.
func emptySQLite(t testing.TB) (*sql.DB, string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "test.db")
	dsn := "file:" + file + "?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)&_pragma=secure_delete(1)&_pragma=busy_timeout(10000)"
	return open(t, "sqlite", dsn), dsn
}

var schemas atomic.Int64

// emptyPostgres makes a schema for one test and drops it afterwards.
func emptyPostgres(t testing.TB) (*sql.DB, string) {
	t.Helper()
	if !hasPostgres(t) {
		t.Skip("VERKTOY_TEST_POSTGRES is not set")
	}
	base := os.Getenv("VERKTOY_TEST_POSTGRES")
	admin := open(t, "pgx", base)
	schema := fmt.Sprintf("verktoy_test_%d_%d", os.Getpid(), schemas.Add(1))
	_, err := admin.ExecContext(t.Context(), "CREATE SCHEMA "+schema)
	require.NoError(t, err)
	t.Cleanup(func() {
		_, err := admin.Exec("DROP SCHEMA " + schema + " CASCADE")
		require.NoError(t, err)
	})
	dsn := withSearchPath(t, base, schema)
	return open(t, "pgx", dsn), dsn
}

// hasPostgres says whether there is a server; there must be under VERKTOY_REQUIRE_ALL.
func hasPostgres(t testing.TB) bool {
	t.Helper()
	there := os.Getenv("VERKTOY_TEST_POSTGRES") != ""
	require.True(t, there || os.Getenv("VERKTOY_REQUIRE_ALL") != "1", "VERKTOY_TEST_POSTGRES is not set")
	return there
}

func withSearchPath(t testing.TB, dsn, schema string) string {
	t.Helper()
	if !strings.Contains(dsn, "://") {
		return dsn + " search_path=" + schema
	}
	u, err := url.Parse(dsn)
	require.NoError(t, err, "VERKTOY_TEST_POSTGRES")
	q := u.Query()
	q.Set("search_path", schema)
	u.RawQuery = q.Encode()
	return u.String()
}

// count asks for one number.
func count(t testing.TB, db *sql.DB, query string, args ...any) int {
	t.Helper()
	var n int
	require.NoError(t, db.QueryRowContext(t.Context(), query, args...).Scan(&n))
	return n
}
