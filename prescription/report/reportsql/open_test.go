package reportsql_test

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

	"github.com/verktoykatalog/verktoy/prescription/report/reportsql"
)

// engine is a database that tests run on.
type engine struct {
	name    string
	dialect reportsql.Dialect
	// empty opens a database without tables and gives its DSN too.
	empty func(t *testing.T) (*sql.DB, string)
}

var engines = []engine{
	{"sqlite", reportsql.SQLite, emptySQLite},
	{"postgres", reportsql.PostgreSQL, emptyPostgres},
}

// onEach runs a test on every engine.
func onEach(t *testing.T, test func(t *testing.T, e engine)) {
	t.Helper()
	for _, e := range engines {
		t.Run(e.name, func(t *testing.T) { test(t, e) })
	}
}

// migrated opens a database with the tables.
func (e engine) migrated(t *testing.T) *sql.DB {
	t.Helper()
	db, _ := e.empty(t)
	require.NoError(t, reportsql.Migrate(t.Context(), db, e.dialect))
	return db
}

func (e engine) driver() string {
	return map[string]string{"sqlite": "sqlite", "postgres": "pgx"}[e.name]
}

func open(t *testing.T, driver, dsn string) *sql.DB {
	t.Helper()
	db, err := sql.Open(driver, dsn)
	require.NoError(t, err)
	db.SetMaxOpenConns(8)
	db.SetMaxIdleConns(8) // the default of 2 makes a new connection for nearly every call of many
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	return db
}

// emptySQLite is a plain pool with deferred transactions.
func emptySQLite(t *testing.T) (*sql.DB, string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "test.db")
	dsn := "file:" + file + "?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)&_pragma=busy_timeout(10000)"
	return open(t, "sqlite", dsn), dsn
}

var schemas atomic.Int64

// emptyPostgres makes a schema for one test and drops it afterwards.
func emptyPostgres(t *testing.T) (*sql.DB, string) {
	t.Helper()
	base := os.Getenv("VERKTOY_TEST_POSTGRES")
	if base == "" {
		require.NotEqual(t, "1", os.Getenv("VERKTOY_REQUIRE_ALL"), "VERKTOY_TEST_POSTGRES is not set")
		t.Skip("VERKTOY_TEST_POSTGRES is not set")
	}
	admin := open(t, "pgx", base)
	schema := fmt.Sprintf("verktoy_report_test_%d_%d", os.Getpid(), schemas.Add(1))
	_, err := admin.ExecContext(t.Context(), "CREATE SCHEMA "+schema)
	require.NoError(t, err)
	t.Cleanup(func() {
		_, err := admin.Exec("DROP SCHEMA " + schema + " CASCADE")
		require.NoError(t, err)
	})
	dsn := withSearchPath(t, base, schema)
	return open(t, "pgx", dsn), dsn
}

func withSearchPath(t *testing.T, dsn, schema string) string {
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
func count(t *testing.T, db *sql.DB, query string, args ...any) int {
	t.Helper()
	var n int
	require.NoError(t, db.QueryRowContext(t.Context(), query, args...).Scan(&n))
	return n
}
