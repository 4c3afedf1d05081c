package sqltest

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// beforeTheLock lets another program migrate between any two statements of one
// that does not have the lock yet: what it has seen until then may not count.
func (s Suite[D]) beforeTheLock(t *testing.T, e Engine[D]) {
	for at, locked := 0, false; !locked; at++ {
		db, dsn := e.Empty(t)
		n := 0
		meanwhile := func(query string) {
			locked = locked || isLock(query) && n < at
			if n == at && !locked {
				require.NoError(t, s.Migrate(t.Context(), db, e.Dialect), "the other program")
			}
			n++
		}
		slow := sql.OpenDB(watched{db.Driver(), dsn, meanwhile})
		require.NoError(t, s.Migrate(t.Context(), slow, e.Dialect), "another migrates before statement %d", at)
		require.NoError(t, slow.Close())
		require.Less(t, at, n, "a statement takes the lock")
	}
}

// isLock knows what takes the lock of migrating.
func isLock(query string) bool {
	return strings.Contains(query, "BEGIN IMMEDIATE") || strings.Contains(query, "pg_advisory_xact_lock")
}

// watched is a driver that tells of each statement before it is run.
type watched struct {
	real driver.Driver
	dsn  string
	tell func(query string)
}

// Connect opens a connection.
func (w watched) Connect(context.Context) (driver.Conn, error) {
	c, err := w.real.Open(w.dsn)
	return watchedConn{c, w.tell}, err
}

// Driver is the real one.
func (w watched) Driver() driver.Driver { return w.real }

type watchedConn struct {
	driver.Conn
	tell func(query string)
}

// QueryContext runs a query.
func (c watchedConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	c.tell(query)
	return c.Conn.(driver.QueryerContext).QueryContext(ctx, query, args)
}

// ExecContext runs a statement.
func (c watchedConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	c.tell(query)
	return c.Conn.(driver.ExecerContext).ExecContext(ctx, query, args)
}
