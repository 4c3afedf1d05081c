package sqlplumbing_test

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	_ "modernc.org/sqlite"

	"github.com/verktoykatalog/verktoy/internal/sqlplumbing"
)

func open(t *testing.T) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(t.TempDir(), "test.db")+"?_pragma=journal_mode(WAL)&_pragma=busy_timeout(5000)")
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	_, err = db.ExecContext(t.Context(), "CREATE TABLE row (n INTEGER NOT NULL)")
	require.NoError(t, err)
	return db
}

func add(ctx context.Context, db sqlplumbing.DBTX, n int) error {
	_, err := db.ExecContext(ctx, "INSERT INTO row (n) VALUES ($1)", n)
	return err
}

func rows(t *testing.T, db *sql.DB) (n int) {
	t.Helper()
	require.NoError(t, db.QueryRowContext(t.Context(), "SELECT count(*) FROM row").Scan(&n))
	return n
}

var errWork = errors.New("the work failed")

func TestDoOnAPoolKeepsAllOrNothing(t *testing.T) {
	db := open(t)
	for want, end := range []error{errWork, nil} {
		err := sqlplumbing.Do(t.Context(), db, func(tx sqlplumbing.DBTX) error {
			require.NoError(t, add(t.Context(), tx, 1))
			return end
		})
		require.ErrorIs(t, err, end)
		assert.Equal(t, want, rows(t, db))
	}
}

func TestDoInTheHostsTransactionUndoesItsOwnOnly(t *testing.T) {
	db := open(t)
	tx, err := db.BeginTx(t.Context(), nil)
	require.NoError(t, err)
	require.NoError(t, add(t.Context(), tx, 1))
	err = sqlplumbing.Do(t.Context(), tx, func(in sqlplumbing.DBTX) error {
		require.NoError(t, add(t.Context(), in, 2))
		return sqlplumbing.Do(t.Context(), in, func(sqlplumbing.DBTX) error { return errWork })
	})
	require.ErrorIs(t, err, errWork)
	require.NoError(t, sqlplumbing.Do(t.Context(), tx, func(in sqlplumbing.DBTX) error { return add(t.Context(), in, 3) }))
	require.NoError(t, tx.Commit())
	assert.Equal(t, 2, rows(t, db))
}

func TestDoUndoesWorkThatPanics(t *testing.T) {
	db := open(t)
	tx, err := db.BeginTx(t.Context(), nil)
	require.NoError(t, err)
	assert.PanicsWithValue(t, "oh", func() {
		_ = sqlplumbing.Do(t.Context(), tx, func(in sqlplumbing.DBTX) error {
			require.NoError(t, add(t.Context(), in, 1))
			panic("oh")
		})
	})
	require.NoError(t, tx.Commit())
	assert.Zero(t, rows(t, db))
}

func TestDoUndoesAlsoWhenTheContextHasEnded(t *testing.T) {
	db := open(t)
	tx, err := db.BeginTx(t.Context(), nil)
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	err = sqlplumbing.Do(ctx, tx, func(in sqlplumbing.DBTX) error {
		require.NoError(t, add(ctx, in, 1))
		cancel()
		return add(ctx, in, 2)
	})
	require.ErrorIs(t, err, context.Canceled)
	require.NoError(t, tx.Commit())
	assert.Zero(t, rows(t, db))
}

type withState struct{ state string }

func (withState) Error() string      { return "row has 15819000000" }
func (e withState) SQLState() string { return e.state }

type withCode struct{ code int }

func (withCode) Error() string { return "row has 15819000000" }
func (e withCode) Code() int   { return e.code }

func TestCut(t *testing.T) {
	tests := []struct {
		in   error
		want string
		busy bool
	}{
		{withState{"23505"}, "database error, SQLSTATE 23505", false},
		{withState{"42P01"}, "database error, SQLSTATE 42P01 (has the database been migrated?)", false},
		{withState{"40001"}, "database error, SQLSTATE 40001", true},
		{withState{"40P01"}, "database error, SQLSTATE 40P01", true},
		{withState{"55P03"}, "database error, SQLSTATE 55P03", true},
		{withState{"15819000000"}, "database error, SQLSTATE unknown", false},
		{fmt.Errorf("x: %w", withCode{5}), "database error, SQLite code 5 (busy: others are writing; open it with busy_timeout in the DSN, such as 5000 ms, and every connection waits)", true},
		{withCode{261}, "database error, SQLite code 261 (busy: others are writing; open it with busy_timeout in the DSN, such as 5000 ms, and every connection waits)", true},
		{withCode{517}, "database error, SQLite code 517 (busy: a transaction that has read and then wants to write; write first, or begin it with BEGIN IMMEDIATE)", true},
		{withCode{6}, "database error, SQLite code 6", true},
		{withCode{2067}, "database error, SQLite code 2067", false},
		{errors.New("15819000000"), "database error of type *errors.errorString", false},
	}
	require.NotEmpty(t, tests)
	for _, tt := range tests {
		err := sqlplumbing.Cut(fmt.Errorf("exec: %w", tt.in))
		var d *sqlplumbing.DatabaseError
		require.ErrorAs(t, err, &d)
		assert.Equal(t, tt.want, err.Error())
		assert.Equal(t, tt.busy, d.Busy(), tt.want)
		assert.NotContains(t, fmt.Sprintf("%v %+v %#v", err, err, err), "15819000000")
		assert.NoError(t, errors.Unwrap(err), "the driver's error is not kept")
		assert.Equal(t, err, sqlplumbing.Cut(err), "cutting again changes nothing")
	}
	assert.NoError(t, sqlplumbing.Cut(nil))
}

func TestFullIsAboutTheDisk(t *testing.T) {
	for err, want := range map[error]bool{withCode{13}: true, withState{"53100"}: true, withCode{10}: false, withState{"53200"}: false} {
		var d *sqlplumbing.DatabaseError
		require.ErrorAs(t, sqlplumbing.Cut(err), &d)
		assert.Equal(t, want, d.Full(), d.Error())
	}
}

// Between two statements database/sql says only that the transaction is over.
func TestDoSaysThatTheContextHasEnded(t *testing.T) {
	for _, gone := range []error{sql.ErrTxDone, driver.ErrBadConn, withCode{9}, withState{"57014"}} {
		ctx, cancel := context.WithCancel(t.Context())
		err := sqlplumbing.Do(ctx, open(t), func(sqlplumbing.DBTX) error {
			cancel()
			return gone
		})
		require.ErrorIs(t, err, context.Canceled)
		require.ErrorIs(t, err, gone)
		err = sqlplumbing.Do(t.Context(), open(t), func(sqlplumbing.DBTX) error { return gone })
		assert.NotErrorIs(t, err, context.Canceled, "the control")
	}
}

func TestCutKeepsWhatCallersAskFor(t *testing.T) {
	for _, keep := range []error{context.Canceled, context.DeadlineExceeded, sql.ErrTxDone, sql.ErrConnDone, sqlplumbing.ErrTransactionEnded} {
		err := sqlplumbing.Cut(fmt.Errorf("row has 15819000000: %w", keep))
		require.ErrorIs(t, err, keep)
		assert.NotContains(t, err.Error(), "15819000000")
	}
	both := sqlplumbing.Cut(errors.Join(withState{"25P02"}, sqlplumbing.ErrTransactionEnded))
	require.ErrorIs(t, both, sqlplumbing.ErrTransactionEnded)
	assert.ErrorContains(t, both, "SQLSTATE 25P02")
}

func migrations(files ...string) sqlplumbing.Migrations {
	fsys := fstest.MapFS{}
	for i, name := range files {
		fsys["sqlite/"+name] = &fstest.MapFile{Data: fmt.Appendf(nil, "CREATE TABLE t%d (n INTEGER); INSERT INTO t%d VALUES (1);", i, i)}
	}
	return sqlplumbing.Migrations{Files: fsys, Table: "my_schema", Lock: 1}
}

func TestUpGoesOnWhereItWasLeft(t *testing.T) {
	db := open(t)
	require.NoError(t, migrations("0001_a.sql").Up(t.Context(), db, sqlplumbing.SQLite))
	require.NoError(t, migrations("0001_a.sql", "0002_b.sql", "0003_c.sql").Up(t.Context(), db, sqlplumbing.SQLite))
	for _, table := range []string{"t0", "t1", "t2"} {
		var n int
		require.NoError(t, db.QueryRowContext(t.Context(), "SELECT count(*) FROM "+table).Scan(&n))
		assert.Equal(t, 1, n, table)
	}
	require.ErrorIs(t, migrations("0001_a.sql").Up(t.Context(), db, sqlplumbing.SQLite), sqlplumbing.ErrNewerSchema)
}

func TestUpKeepsTheFilesBeforeTheOneThatFails(t *testing.T) {
	db := open(t)
	m := migrations("0001_a.sql", "0002_b.sql")
	m.Files.(fstest.MapFS)["sqlite/0002_b.sql"] = &fstest.MapFile{Data: []byte("CREATE TABLE half (n INTEGER); SELECT nonsense;")}
	require.ErrorContains(t, m.Up(t.Context(), db, sqlplumbing.SQLite), "migration 2")
	var version int
	require.NoError(t, db.QueryRowContext(t.Context(), "SELECT max(version) FROM my_schema").Scan(&version))
	assert.Equal(t, 1, version)
	_, err := db.ExecContext(t.Context(), "SELECT * FROM half")
	require.Error(t, err)
	require.NoError(t, migrations("0001_a.sql", "0002_b.sql").Up(t.Context(), db, sqlplumbing.SQLite))
}

func TestFilesMustBeNumberedWithoutGaps(t *testing.T) {
	_, err := migrations("0001_a.sql", "0003_c.sql").SQL(sqlplumbing.SQLite)
	require.ErrorContains(t, err, "sqlite/0002_")
	_, err = migrations("0001_a.sql").SQL("oracle")
	require.ErrorIs(t, err, sqlplumbing.ErrDialect)
}
