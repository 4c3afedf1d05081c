package sqltest

import (
	"context"
	"database/sql"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Engine is a database that tests run on, for a package whose dialects are D.
type Engine[D ~string] struct {
	Name    string // "sqlite" or "postgres"
	Driver  string
	Dialect D
	migrate func(context.Context, *sql.DB, D) error
	empty   func(testing.TB) (*sql.DB, string)
}

// Engines gives SQLite and PostgreSQL, in this order, for a package that makes its
// tables with migrate.
func Engines[D ~string](migrate func(context.Context, *sql.DB, D) error) []Engine[D] {
	return []Engine[D]{
		{"sqlite", "sqlite", "sqlite", migrate, emptySQLite},
		{"postgres", "pgx", "postgres", migrate, emptyPostgres},
	}
}

// String is the engine's name.
func (e Engine[D]) String() string { return e.Name }

// Empty opens a database without tables and gives its DSN too.
func (e Engine[D]) Empty(t testing.TB) (*sql.DB, string) {
	t.Helper()
	return e.empty(t)
}

// Migrated opens a database with the tables.
func (e Engine[D]) Migrated(t testing.TB) *sql.DB {
	t.Helper()
	db, _ := e.empty(t)
	require.NoError(t, e.migrate(t.Context(), db, e.Dialect))
	return db
}

// OnEach runs a test on every engine, of which E has the name.
func OnEach[E interface{ String() string }](t *testing.T, engines []E, test func(*testing.T, E)) {
	t.Helper()
	require.NotEmpty(t, engines)
	for _, e := range engines {
		t.Run(e.String(), func(t *testing.T) { test(t, e) })
	}
}

// Open opens a pool of eight connections until the test ends.
func Open(t testing.TB, driver, dsn string) *sql.DB {
	t.Helper()
	db, err := sql.Open(driver, dsn)
	require.NoError(t, err)
	db.SetMaxOpenConns(8)
	db.SetMaxIdleConns(8) // the default of 2 makes a new connection for nearly every call of many
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	return db
}

// Exec runs statements.
func Exec(t testing.TB, db *sql.DB, query string) {
	t.Helper()
	_, err := db.ExecContext(t.Context(), query)
	require.NoError(t, err, query)
}

// Count asks for one number.
func Count(t testing.TB, db *sql.DB, query string, args ...any) int {
	t.Helper()
	var n int
	require.NoError(t, db.QueryRowContext(t.Context(), query, args...).Scan(&n))
	return n
}

const busyTimeout = "&_pragma=busy_timeout(10000)"

// emptySQLite is a plain pool with deferred transactions.
func emptySQLite(t testing.TB) (*sql.DB, string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "test.db")
	dsn := "file:" + file + "?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)&_pragma=secure_delete(1)" + busyTimeout
	return Open(t, "sqlite", dsn), dsn
}

// impatient is a DSN with which SQLite does not wait for locks by itself.
func impatient(dsn string) string { return strings.Replace(dsn, busyTimeout, "", 1) }
