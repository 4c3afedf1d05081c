package prescriptionsql

import (
	"context"
	"database/sql"
	"errors"

	"github.com/verktoykatalog/verktoy/internal/sqlplumbing"
)

// ErrSettings says that a connection has settings with which what was
// acknowledged can be lost, what is erased stays in the file, or calls fail without
// need.
var ErrSettings = sqlplumbing.ErrSettings

// settings are the common ones, and those with which no row outlives what it
// belongs to and nothing that is erased stays in the file.
func settings() []sqlplumbing.Setting {
	return append(sqlplumbing.Durable(),
		sqlplumbing.Setting{Engine: sqlplumbing.SQLite, Query: "PRAGMA foreign_keys", Want: "foreign_keys ON"},
		sqlplumbing.Setting{Engine: sqlplumbing.SQLite, Query: "PRAGMA secure_delete", Want: "secure_delete ON", Good: []string{"1"}})
}

// CheckSettings looks whether the pool's connections are opened with the
// settings that the package comment names; [ErrSettings] says which are not.
// Call it when a program starts. It looks at two connections at the same time,
// if the pool may have two, since a setting that was made by a statement holds
// for one connection only. It changes nothing.
func CheckSettings(ctx context.Context, db *sql.DB, d Dialect) error {
	err := sqlplumbing.CheckSettings(ctx, db, sqlplumbing.Dialect(d), settings())
	if errors.Is(err, ErrSettings) || errors.Is(err, ErrDialect) {
		return told("settings", err)
	}
	return translate(ctx, err)
}
