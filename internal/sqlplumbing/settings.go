package sqlplumbing

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// ErrSettings says that a connection has settings with which what was
// acknowledged can be lost, what is erased stays in the file, or calls fail without
// need.
var ErrSettings = errors.New("the database is opened with other settings than are needed")

// Setting is what a connection of an engine must answer to a query.
type Setting struct {
	Engine      Dialect
	Query, Want string
	// Good are the answers that will do; nil means all but 0.
	Good []string
}

// Durable are the settings with which what was acknowledged is kept, and calls wait
// for each other.
func Durable() []Setting {
	return []Setting{
		{SQLite, "PRAGMA journal_mode", "journal_mode WAL", []string{"wal"}},
		{SQLite, "PRAGMA synchronous", "synchronous FULL or EXTRA", []string{"2", "3"}},
		{SQLite, "PRAGMA busy_timeout", "busy_timeout over 0", nil},
		{PostgreSQL, "SHOW synchronous_commit", "synchronous_commit not off", []string{"on", "local", "remote_write", "remote_apply"}},
		{PostgreSQL, "SHOW fsync", "fsync on", []string{"on"}},
	}
}

// CheckSettings looks whether the pool's connections are opened with settings. It
// looks at two connections at the same time, if the pool may have two, since what
// a statement sets holds for one connection only. Errors are [ErrSettings] with all
// that is wrong, [ErrDialect], and those of the database without its messages.
func CheckSettings(ctx context.Context, db *sql.DB, d Dialect, wanted []Setting) error {
	if d != SQLite && d != PostgreSQL {
		return ErrDialect
	}
	if db == nil {
		return ErrNoPool
	}
	var conns []*sql.Conn
	defer func() {
		for _, c := range conns {
			_ = c.Close()
		}
	}()
	for range two(db) {
		c, err := db.Conn(ctx)
		if err != nil {
			return Cut(Because(ctx, err))
		}
		conns = append(conns, c)
		if err := checkOne(ctx, c, d, wanted); err != nil {
			return err
		}
	}
	return nil
}

// two is how many connections the pool may have, two at most.
func two(db *sql.DB) int {
	if db.Stats().MaxOpenConnections == 1 {
		return 1
	}
	return 2
}

func checkOne(ctx context.Context, db DBTX, d Dialect, wanted []Setting) error {
	var faults []string
	for _, s := range wanted {
		if s.Engine != d {
			continue
		}
		var have string
		if err := db.QueryRowContext(ctx, s.Query).Scan(&have); err != nil {
			return Cut(Because(ctx, err))
		}
		if !s.allows(have) {
			faults = append(faults, s.Want)
		}
	}
	if len(faults) > 0 {
		return fmt.Errorf("%w: want %s", ErrSettings, strings.Join(faults, ", "))
	}
	return nil
}

func (s Setting) allows(have string) bool {
	return slices.Contains(s.Good, have) || s.Good == nil && have != "0"
}
