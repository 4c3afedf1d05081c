package main

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"

	_ "github.com/jackc/pgx/v5/stdlib"
	_ "modernc.org/sqlite"

	"github.com/verktoykatalog/verktoy/prescription/prescriptionsql"
)

// openDatabase opens what the options name. closing also removes a temporary file.
func openDatabase(ctx context.Context, o options) (db *sql.DB, closing func(), err error) {
	if o.postgres != "" {
		db, err = sql.Open("pgx", o.postgres)
		return prepare(ctx, db, err, o.dialect(), func() {})
	}
	file, remove, err := databaseFile(o.db)
	if err != nil {
		return nil, nil, fmt.Errorf("database: %w", err)
	}
	// The settings stand in the name, because a PRAGMA statement reaches one connection of the pool only.
	name := url.URL{Scheme: "file", Path: filepath.ToSlash(file),
		RawQuery: "_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=busy_timeout(5000)&_pragma=foreign_keys(1)&_pragma=secure_delete(1)"}
	db, err = sql.Open("sqlite", name.String())
	return prepare(ctx, db, err, o.dialect(), remove)
}

func (o options) dialect() prescriptionsql.Dialect {
	if o.postgres != "" {
		return prescriptionsql.PostgreSQL
	}
	return prescriptionsql.SQLite
}

// lasting says whether the database is there when the demo has ended.
func (o options) lasting() bool { return o.db != "" || o.postgres != "" }

// databaseFile makes the file for its owner alone: it holds identity numbers.
func databaseFile(name string) (file string, remove func(), err error) {
	remove = func() {}
	if name == "" {
		dir, err := os.MkdirTemp("", "verktoy-demo")
		if err != nil {
			return "", nil, err
		}
		name, remove = filepath.Join(dir, "demo.db"), func() { os.RemoveAll(dir) }
	}
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o600)
	if err == nil {
		err = f.Close()
	}
	if err == nil {
		file, err = filepath.Abs(name)
	}
	return file, remove, err
}

func prepare(ctx context.Context, db *sql.DB, err error, d prescriptionsql.Dialect, remove func()) (*sql.DB, func(), error) {
	if err == nil {
		err = db.PingContext(ctx)
	}
	if err == nil {
		err = prescriptionsql.Migrate(ctx, db, d)
	}
	if err == nil {
		_, err = db.ExecContext(ctx, journal+";\n"+deskTable)
	}
	if err != nil {
		remove()
		return nil, nil, fmt.Errorf("database: %w", err)
	}
	return db, func() { db.Close(); remove() }, nil
}

// journal is the EPR's own tables: a note that must be there if, and only if, the
// prescription is; whose patient list it is on; and what the therapists have been
// told, read or not.
const journal = `CREATE TABLE IF NOT EXISTS demo_journal (id TEXT PRIMARY KEY, patient TEXT NOT NULL, note TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS demo_caseload (id TEXT PRIMARY KEY, therapist TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS demo_inbox (id TEXT PRIMARY KEY, therapist TEXT NOT NULL, prescription TEXT NOT NULL, event TEXT NOT NULL,
  at BIGINT NOT NULL, seen INTEGER NOT NULL DEFAULT 0)`
