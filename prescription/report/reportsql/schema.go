package reportsql

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"

	"github.com/verktoykatalog/verktoy/internal/sqlplumbing"
)

// Dialect is a database engine: [SQLite] or [PostgreSQL]. The empty Dialect and any
// other is neither: [Migrate], [CheckSchema] and [CheckSettings] refuse it, and
// [NewFor] gives the store of [New] for it.
type Dialect string

// The engines.
const (
	SQLite     Dialect = "sqlite"
	PostgreSQL Dialect = "postgres"
)

// Errors of [Migrate], [MigrateFile] and [CheckSchema]. After each of them the
// database is as it was.
var (
	// ErrDialect says that a [Dialect] is none of the known.
	ErrDialect = sqlplumbing.ErrDialect
	// ErrNewerSchema says that a newer version of this package has migrated the
	// database. Use a newer program.
	ErrNewerSchema = sqlplumbing.ErrNewerSchema
	// ErrOlderSchema says that the database has not been migrated to the schema of
	// this program, or not at all. Call [Migrate].
	ErrOlderSchema = sqlplumbing.ErrOlderSchema
	// ErrForeignTable says that another program has a table with a name of this
	// package's: take another database, or schema. Or the tables are this package's,
	// and their version is not recorded: see [Migrations].
	ErrForeignTable = sqlplumbing.ErrForeignTable
	// ErrForeignFile says that a file is no SQLite database, or that of another
	// application, by its application_id. Look at the path. A journal_mode in the
	// DSN may have been set.
	ErrForeignFile = sqlplumbing.ErrForeignFile
)

//go:embed migrations
var files embed.FS

// Migrations holds the files sqlite/NNNN_name.sql and postgres/NNNN_name.sql, for
// hosts whose tool wants one file for each step. They do not record their version:
// with each write its number into the table verktoy_report_schema (version
// INTEGER NOT NULL PRIMARY KEY), as [SQL] does, so that [Migrate] and [CheckSchema]
// know that the tables are ours.
func Migrations() fs.FS {
	sub, _ := fs.Sub(files, "migrations") // fails for invalid names only
	return sub
}

var migrations = sqlplumbing.Migrations{
	Files:  Migrations(),
	Table:  "verktoy_report_schema",
	Tables: []string{"verktoy_report_line", "verktoy_report_outbox"},
	Lock:   7_364_120_915_003,
}

// Migrate brings the database to the schema of this package: forward only, each
// file in a transaction of its own. All tables begin with verktoy_report.
// It may be called every time a program starts, by several programs at once,
// and goes on where one that was stopped left off. Errors: [ErrDialect],
// [ErrNewerSchema], [ErrForeignTable], [ErrForeignFile], and those of the database
// without its messages. An SQLite file with an application_id is taken for another
// application's unless it has our tables; see [MigrateFile].
func Migrate(ctx context.Context, db *sql.DB, d Dialect) error {
	return told("migrate", migrations.Up(ctx, db, sqlplumbing.Dialect(d)))
}

// MigrateFile is [Migrate] for an SQLite file with an application_id of the host's
// own (sqlite.org/pragma.html#pragma_application_id): any other is refused with
// [ErrForeignFile]. The host sets it when it makes the file.
func MigrateFile(ctx context.Context, db *sql.DB, applicationID int32) error {
	m := migrations
	m.Application = applicationID
	return told("migrate", m.Up(ctx, db, sqlplumbing.SQLite))
}

// CheckSchema looks whether the database has the schema of this program, for
// programs that leave migrating to another one. Errors are [ErrOlderSchema],
// [ErrNewerSchema], [ErrForeignTable], [ErrForeignFile] for what is no SQLite
// database, [ErrDialect], and those of the database. It changes nothing. Settings
// are looked at by [CheckSettings].
func CheckSchema(ctx context.Context, db *sql.DB, d Dialect) error {
	return told("schema", migrations.Check(ctx, db, sqlplumbing.Dialect(d)))
}

func told(what string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("reportsql: %s: %w", what, err)
}

// SQL is everything that [Migrate] does to an empty database, for hosts that
// migrate with a tool of their own. It is empty for an unknown dialect.
func SQL(d Dialect) string {
	text, err := migrations.SQL(sqlplumbing.Dialect(d))
	if err != nil {
		return ""
	}
	return text
}
