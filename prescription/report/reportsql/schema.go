package reportsql

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"github.com/verktoykatalog/verktoy/internal/sqlplumbing"
)

// Dialect is a database engine: [SQLite] or [PostgreSQL]. The empty Dialect is
// neither and is refused.
type Dialect string

// The engines.
const (
	SQLite     Dialect = "sqlite"
	PostgreSQL Dialect = "postgres"
)

var (
	// ErrDialect says that a [Dialect] is none of the known.
	ErrDialect = errors.New("reportsql: want the dialect SQLite or PostgreSQL")
	// ErrNewerSchema says that a newer version of this package has migrated the
	// database. Nothing was changed; use a newer program.
	ErrNewerSchema = errors.New("reportsql: the database has a newer schema than this program")
)

//go:embed migrations
var files embed.FS

// lockNumber is the advisory lock of PostgreSQL that migrations of this package take.
const lockNumber = 7_364_120_915_003

// Migrations holds the files sqlite/NNNN_name.sql and postgres/NNNN_name.sql.
func Migrations() fs.FS {
	sub, _ := fs.Sub(files, "migrations") // fails for invalid names only
	return sub
}

func migrations() sqlplumbing.Migrations {
	return sqlplumbing.Migrations{Files: Migrations(), Table: "verktoy_report_schema", Lock: lockNumber}
}

// Migrate brings the database to the schema of this package: forward only, each
// file in a transaction of its own. All tables begin with verktoy_report.
// It may be called every time a program starts, by several programs at once,
// and goes on where one that was stopped left off. Errors: [ErrDialect],
// [ErrNewerSchema], and those of the database without its messages.
func Migrate(ctx context.Context, db *sql.DB, d Dialect) error {
	err := migrations().Up(ctx, db, sqlplumbing.Dialect(d))
	switch {
	case err == nil:
		return nil
	case errors.Is(err, sqlplumbing.ErrDialect):
		return ErrDialect
	case errors.Is(err, sqlplumbing.ErrNewerSchema):
		return ErrNewerSchema
	}
	return fmt.Errorf("reportsql: migrate: %w", err)
}

// SQL is everything that [Migrate] does to an empty database, for hosts that
// migrate with a tool of their own. It is empty for an unknown dialect.
func SQL(d Dialect) string {
	text, err := migrations().SQL(sqlplumbing.Dialect(d))
	if err != nil {
		return ""
	}
	return text
}
