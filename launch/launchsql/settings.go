package launchsql

import (
	"context"
	"database/sql"

	"github.com/verktoykatalog/verktoy/internal/sqlplumbing"
)

// ErrSettings says that a connection has settings with which what was
// acknowledged can be lost, or calls fail without need.
var ErrSettings = sqlplumbing.ErrSettings

// CheckSettings looks whether the pool's connections are opened with the
// settings that the package comment names; [ErrSettings] says which are not.
// Call it when a program starts. It looks at two connections at the same time,
// if the pool may have two, since a setting that was made by a statement holds
// for one connection only. It changes nothing.
func CheckSettings(ctx context.Context, db *sql.DB, d Dialect) error {
	return told("settings", sqlplumbing.CheckSettings(ctx, db, sqlplumbing.Dialect(d), sqlplumbing.Durable()))
}
