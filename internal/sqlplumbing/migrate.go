package sqlplumbing

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"time"
)

// Dialect is a database engine.
type Dialect string

// The engines.
const (
	SQLite     Dialect = "sqlite"
	PostgreSQL Dialect = "postgres"
)

// Migrations are the numbered files NNNN_name.sql, from 0001 on without gaps, in
// the folders "sqlite" and "postgres". What has been applied is kept in a table
// of their own.
type Migrations struct {
	Files fs.FS
	// Table is the name of that table.
	Table string
	// Tables are the names of those that the files make and that are there still
	// when all have been applied. One that is there without Table is another
	// program's.
	Tables []string
	// Application is the application_id that a SQLite file must have, 0 if that is
	// not known: then a file with one is ours if it has Table.
	Application int32
	// Lock is the number of the advisory lock in PostgreSQL.
	Lock int64
}

// ErrNoPool says that there is no *sql.DB.
var ErrNoPool = errors.New("the *sql.DB is nil")

// connect is patient too: settings in the DSN may need a lock.
func connect(ctx context.Context, db *sql.DB) (conn *sql.Conn, err error) {
	if db == nil {
		return nil, ErrNoPool
	}
	err = patiently(ctx, func(context.Context) error {
		conn, err = db.Conn(ctx)
		return err
	})
	return conn, err
}

type step struct {
	version int
	body    string
}

// Up applies what is missing, each file in a transaction of its own. Several
// programs may do so at the same time: each takes the lock first and reads the
// version under it.
func (m Migrations) Up(ctx context.Context, db *sql.DB, d Dialect) error {
	steps, err := m.steps(d)
	if err != nil {
		return err
	}
	conn, err := connect(ctx, db)
	if err != nil {
		return cutFile(err)
	}
	defer func() { _ = conn.Close() }()
	for {
		done, err := m.one(ctx, conn, d, steps)
		if done || err != nil {
			return err
		}
	}
}

// one applies the next file, or says that there is none.
func (m Migrations) one(ctx context.Context, conn *sql.Conn, d Dialect, steps []step) (done bool, err error) {
	if err := m.begin(ctx, conn, d); err != nil {
		return false, cutFile(err)
	}
	done, err = m.next(ctx, conn, d, steps)
	end := "COMMIT"
	if err != nil {
		end = "ROLLBACK"
	}
	if _, failed := conn.ExecContext(context.WithoutCancel(ctx), end); failed != nil {
		discard(conn)
		return false, errors.Join(err, Cut(failed))
	}
	return done, err
}

func (m Migrations) next(ctx context.Context, conn *sql.Conn, d Dialect, steps []step) (done bool, err error) {
	version, err := m.ours(ctx, conn, d)
	if err != nil {
		return false, err
	}
	if _, err := conn.ExecContext(ctx, m.tableSQL()); err != nil {
		return false, Cut(err)
	}
	if version > len(steps) {
		return false, newer(version, len(steps))
	}
	if version == len(steps) {
		return true, nil
	}
	if _, err := conn.ExecContext(ctx, m.stepSQL(steps[version])); err != nil {
		return false, fmt.Errorf("migration %d: %w", version+1, Cut(err))
	}
	return false, nil
}

const (
	lockWait  = 30 * time.Second
	lockPause = 20 * time.Millisecond
)

// begin takes the lock that only one can have.
func (m Migrations) begin(ctx context.Context, conn *sql.Conn, d Dialect) error {
	if d == SQLite {
		return patiently(ctx, func(ctx context.Context) error {
			_, err := conn.ExecContext(ctx, "BEGIN IMMEDIATE")
			return err
		})
	}
	if _, err := conn.ExecContext(ctx, "BEGIN ISOLATION LEVEL READ COMMITTED"); err != nil {
		return err
	}
	_, err := conn.ExecContext(ctx, "SELECT pg_advisory_xact_lock("+strconv.FormatInt(m.Lock, 10)+")")
	if err != nil {
		discard(conn)
	}
	return err
}

// patiently tries again while others are in the way, since a SQLite database
// that was opened without busy_timeout does not wait by itself.
func patiently(ctx context.Context, try func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, lockWait)
	defer cancel()
	for {
		err := try(ctx)
		if d := databaseError(err); d == nil || !d.Busy() {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(lockPause):
		}
	}
}

// discard keeps a connection with an open transaction out of the pool.
func discard(conn *sql.Conn) {
	_ = conn.Raw(func(any) error { return driver.ErrBadConn })
}

// SQL is everything that Up would do to an empty database, for the host's own
// migration tool.
func (m Migrations) SQL(d Dialect) (string, error) {
	steps, err := m.steps(d)
	text := m.tableSQL() + "\n"
	for _, s := range steps {
		text += "\n" + m.stepSQL(s) + "\n"
	}
	return text, err
}

func (m Migrations) tableSQL() string {
	return "CREATE TABLE IF NOT EXISTS " + m.Table + " (version INTEGER NOT NULL PRIMARY KEY);"
}

func (m Migrations) stepSQL(s step) string {
	return strings.TrimSpace(s.body) + "\n\nINSERT INTO " + m.Table + " (version) VALUES (" + strconv.Itoa(s.version) + ");"
}

func (m Migrations) steps(d Dialect) ([]step, error) {
	if d != SQLite && d != PostgreSQL {
		return nil, ErrDialect
	}
	names, err := fs.Glob(m.Files, string(d)+"/*.sql") // in lexical order
	if err != nil {
		return nil, err
	}
	steps := make([]step, len(names))
	for i, name := range names {
		if want := fmt.Sprintf("%s/%04d_", d, i+1); !strings.HasPrefix(name, want) {
			return nil, fmt.Errorf("migration %s: want a name that begins with %s", name, want)
		}
		body, err := fs.ReadFile(m.Files, name)
		if err != nil {
			return nil, err
		}
		steps[i] = step{version: i + 1, body: string(body)}
	}
	return steps, nil
}
