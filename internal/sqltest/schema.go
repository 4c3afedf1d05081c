package sqltest

import (
	"database/sql"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

// Schema is all tables, columns and indexes, to be compared with those of another
// database. What is named host is left out.
func (e Engine[D]) Schema(t testing.TB, db *sql.DB) string {
	t.Helper()
	query := "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master WHERE name <> 'host' ORDER BY type, name"
	if e.Name == "postgres" {
		query = `SELECT table_name, column_name, data_type, coalesce(column_default, '') || is_nullable FROM information_schema.columns
 WHERE table_schema = current_schema() AND table_name <> 'host' UNION ALL
 SELECT tablename, indexname, replace(indexdef, current_schema() || '.', ''), '' FROM pg_indexes WHERE schemaname = current_schema() ORDER BY 1, 2`
	}
	rows, err := db.QueryContext(t.Context(), query)
	require.NoError(t, err)
	defer func() { require.NoError(t, rows.Close()) }()
	text := ""
	for rows.Next() {
		var a, b, c, d string
		require.NoError(t, rows.Scan(&a, &b, &c, &d))
		text += fmt.Sprintln(a, b, c, d)
	}
	require.NoError(t, rows.Err())
	require.NotEmpty(t, text)
	return text
}

// tables are the names of all tables, sorted.
func (e Engine[D]) tables(t testing.TB, db *sql.DB) (names []string) {
	t.Helper()
	query := "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"
	if e.Name == "postgres" {
		query = "SELECT tablename::text COLLATE \"C\" FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1"
	}
	rows, err := db.QueryContext(t.Context(), query)
	require.NoError(t, err)
	defer func() { require.NoError(t, rows.Close()) }()
	for rows.Next() {
		var name string
		require.NoError(t, rows.Scan(&name))
		names = append(names, name)
	}
	require.NoError(t, rows.Err())
	return names
}

// snapshot is the schema and how many rows each table has.
func (e Engine[D]) snapshot(t testing.TB, db *sql.DB) string {
	t.Helper()
	text := e.Schema(t, db)
	for _, name := range e.tables(t, db) {
		text += fmt.Sprintln(name, Count(t, db, "SELECT count(*) FROM "+name))
	}
	return text
}
