package sqlplumbing

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
)

var (
	// ErrDialect says that a Dialect is none of the known.
	ErrDialect = errors.New("want the dialect SQLite or PostgreSQL")
	// ErrNewerSchema says that the database has migrations that the program does
	// not know: it was written by a newer one.
	ErrNewerSchema = errors.New("the database has a newer schema than this program")
	// ErrOlderSchema says that there are migrations that the database does not have.
	ErrOlderSchema = errors.New("the database has an older schema than this program, or none")
	// ErrForeignTable says that another program has a table with a name of ours.
	ErrForeignTable = errors.New("the database has a table of another program with our name")
	// ErrForeignFile says that a file is no SQLite database, or another application's.
	ErrForeignFile = errors.New("the file is not ours: no SQLite database, or another application's")
)

func newer(version, known int) error {
	return fmt.Errorf("%w: version %d, the program knows %d", ErrNewerSchema, version, known)
}

// unrecorded is a table with our name and no record of its version: another
// program's, or ours, if the host's tool made it by the files alone.
func (m Migrations) unrecorded() error {
	return fmt.Errorf("%w, or ours without its version: then write the numbers of the files that were applied into %s, as SQL does",
		ErrForeignTable, m.Table)
}

// Check says whether the database has just what Up brings it to. It changes nothing.
func (m Migrations) Check(ctx context.Context, db *sql.DB, d Dialect) error {
	steps, err := m.steps(d)
	if err != nil {
		return err
	}
	conn, err := connect(ctx, db)
	if err != nil {
		return cutFile(err)
	}
	defer func() { _ = conn.Close() }()
	return patiently(ctx, func(ctx context.Context) error { return m.check(ctx, conn, d, len(steps)) })
}

// check looks for the tables before their record: of another program that
// migrates meanwhile it sees both or none.
func (m Migrations) check(ctx context.Context, conn *sql.Conn, d Dialect, known int) error {
	tables, err := count(ctx, conn, d, m.Tables)
	if err != nil {
		return err
	}
	version, err := m.version(ctx, conn, d)
	switch {
	case err != nil:
		return err
	case version == none && tables > 0:
		return m.unrecorded()
	case version < known:
		return ErrOlderSchema
	case version > known:
		return newer(version, known)
	}
	return nil
}

// ours gives the version, under the lock, of a database that we may migrate.
func (m Migrations) ours(ctx context.Context, conn *sql.Conn, d Dialect) (version int, err error) {
	var application int32
	var tables int
	if d == SQLite {
		err = cutFile(conn.QueryRowContext(ctx, "PRAGMA application_id").Scan(&application))
	}
	if err == nil {
		version, err = m.version(ctx, conn, d)
	}
	if err == nil {
		tables, err = count(ctx, conn, d, m.Tables)
	}
	switch {
	case err != nil:
		return none, err
	case application != m.Application && (m.Application != 0 || version == none):
		return none, fmt.Errorf("%w: application_id is %d", ErrForeignFile, application)
	case tables > 0 && version == none:
		return none, m.unrecorded()
	}
	return max(version, 0), nil
}

// none is the version of a database without the table of versions.
const none = -1

func (m Migrations) version(ctx context.Context, conn *sql.Conn, d Dialect) (version int, err error) {
	n, err := count(ctx, conn, d, []string{m.Table})
	if n == 0 || err != nil {
		return none, err
	}
	err = conn.QueryRowContext(ctx, "SELECT coalesce(max(version), 0) FROM "+m.Table).Scan(&version)
	return version, Cut(err)
}

// count is how many of some tables there are. Their names need no quotes.
func count(ctx context.Context, conn *sql.Conn, d Dialect, tables []string) (n int, err error) {
	query := "SELECT count(*) FROM sqlite_master WHERE name IN ('%s')"
	if d == PostgreSQL {
		query = "SELECT count(to_regclass(name)) FROM unnest(ARRAY['%s']) AS name"
	}
	err = conn.QueryRowContext(ctx, fmt.Sprintf(query, strings.Join(tables, "', '"))).Scan(&n)
	return n, cutFile(err)
}

// cutFile is Cut, and knows what is no database at all.
func cutFile(err error) error {
	if e := databaseError(err); e != nil && e.code&0xff == 26 { // sqlite.org/rescode.html: SQLITE_NOTADB
		return ErrForeignFile
	}
	return Cut(err)
}
