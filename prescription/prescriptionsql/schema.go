package prescriptionsql

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
	ErrDialect = errors.New("prescriptionsql: want the dialect SQLite or PostgreSQL")
	// ErrNewerSchema says that a newer version of this package has migrated the
	// database. Nothing was changed; use a newer program.
	ErrNewerSchema = errors.New("prescriptionsql: the database has a newer schema than this program")
)

//go:embed migrations
var files embed.FS

// lockNumber is the advisory lock of PostgreSQL that migrations of this package take.
const lockNumber = 7_364_120_915_001

// Migrations holds the files sqlite/NNNN_name.sql and postgres/NNNN_name.sql.
func Migrations() fs.FS {
	sub, _ := fs.Sub(files, "migrations") // fails for invalid names only
	return sub
}

func migrations() sqlplumbing.Migrations {
	return sqlplumbing.Migrations{Files: Migrations(), Table: "verktoy_prescription_schema", Lock: lockNumber}
}

// Migrate brings the database to the schema of this package: forward only, each
// file in a transaction of its own. All tables begin with verktoy_prescription.
// It may be called every time a program starts, by several programs at once,
// and goes on where one that was stopped left off. Errors: [ErrDialect],
// [ErrNewerSchema], [ErrForeignTable], [ErrForeignFile], and those of the database
// without its messages. An SQLite file with an application_id is taken for another
// application's unless it has our tables; see [MigrateFile].
func Migrate(ctx context.Context, db *sql.DB, d Dialect) error { return migrate(ctx, db, d, 0) }

func migrate(ctx context.Context, db *sql.DB, d Dialect, application int64) error {
	here, err := look(ctx, db, d)
	if err == nil {
		err = here.foreign(application)
	}
	if err != nil {
		return err
	}
	err = migrations().Up(ctx, db, sqlplumbing.Dialect(d))
	switch {
	case err == nil:
		return nil
	case errors.Is(err, sqlplumbing.ErrDialect):
		return ErrDialect
	case errors.Is(err, sqlplumbing.ErrNewerSchema):
		return ErrNewerSchema
	}
	return fmt.Errorf("prescriptionsql: migrate: %w", err)
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
