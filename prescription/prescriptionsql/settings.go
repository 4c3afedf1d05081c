package prescriptionsql

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/verktoykatalog/verktoy/internal/sqlplumbing"
)

// ErrSettings says that a connection has settings with which what was
// acknowledged can be lost, what is erased stays in the file, or calls fail without
// need.
var ErrSettings = errors.New("prescriptionsql: the database is opened with other settings than are needed")

// setting is what a connection must answer to a query.
type setting struct {
	query, want string
	good        []string
}

var settings = map[Dialect][]setting{
	SQLite: {
		{"PRAGMA journal_mode", "journal_mode WAL", []string{"wal"}},
		{"PRAGMA synchronous", "synchronous FULL or EXTRA", []string{"2", "3"}},
		{"PRAGMA foreign_keys", "foreign_keys ON", []string{"1"}},
		{"PRAGMA secure_delete", "secure_delete ON", []string{"1"}},
		{"PRAGMA busy_timeout", "busy_timeout over 0", nil},
	},
	PostgreSQL: {
		{"SHOW synchronous_commit", "synchronous_commit not off", []string{"on", "local", "remote_write", "remote_apply"}},
		{"SHOW fsync", "fsync on", []string{"on"}},
	},
}

// CheckSettings looks whether the pool's connections are opened with the
// settings that the package comment names; [ErrSettings] says which are not.
// Call it when a program starts. It looks at two connections at the same time,
// if the pool may have two, since a setting that was made by a statement holds
// for one connection only. It changes nothing.
func CheckSettings(ctx context.Context, db *sql.DB, d Dialect) error {
	wanted, ok := settings[d]
	if !ok {
		return told("settings", ErrDialect)
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
			return translate(ctx, err)
		}
		conns = append(conns, c)
		if err := checkOne(ctx, c, wanted); err != nil {
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

func checkOne(ctx context.Context, db sqlplumbing.DBTX, wanted []setting) error {
	var faults []string
	for _, s := range wanted {
		var have string
		if err := db.QueryRowContext(ctx, s.query).Scan(&have); err != nil {
			return translate(ctx, err)
		}
		if !s.allows(have) {
			faults = append(faults, s.want)
		}
	}
	if len(faults) > 0 {
		return fmt.Errorf("%w: want %s", ErrSettings, strings.Join(faults, ", "))
	}
	return nil
}

func (s setting) allows(have string) bool {
	for _, g := range s.good {
		if have == g {
			return true
		}
	}
	return s.good == nil && have != "0"
}
