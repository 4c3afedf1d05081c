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

// tables are the EPR's own. A note's id is the key of the request that was
// written with it.
const tables = `
CREATE TABLE IF NOT EXISTS epr_patient (pseudonym TEXT PRIMARY KEY, national_id TEXT NOT NULL, born TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS epr_journal (id TEXT PRIMARY KEY, patient TEXT NOT NULL, note TEXT NOT NULL, written TEXT NOT NULL)`

// open opens the database, which only migrate makes.
func (e *epr) open(ctx context.Context) error {
	driver, dsn, err := e.database()
	if err != nil {
		return err
	}
	if e.db, err = sql.Open(driver, dsn); err != nil {
		return fmt.Errorf("database: %w", err)
	}
	const connections = 10
	e.db.SetMaxOpenConns(connections)
	e.db.SetMaxIdleConns(connections) // or nearly every statement makes a new one
	e.store = prescriptionsql.NewFor(e.dialect(), e.db)
	if err = e.db.PingContext(ctx); err != nil {
		err = fmt.Errorf("the database does not answer: %w", err)
	} else if e.command != "migrate" {
		err = e.ready(ctx)
	}
	if err != nil {
		e.db.Close()
	}
	return err
}

// ready says whether the database is one that migrate has made, opened with
// settings with which nothing is lost.
func (e *epr) ready(ctx context.Context) error {
	if err := prescriptionsql.CheckSchema(ctx, e.db, e.dialect()); err != nil {
		return fmt.Errorf("run migrate first: %w", err)
	}
	for _, query := range []string{"SELECT id FROM epr_journal LIMIT 1", "SELECT born FROM epr_patient LIMIT 1"} {
		if _, err := e.db.ExecContext(ctx, query); err != nil {
			return fmt.Errorf("the tables are not there, run migrate; if they are those of an earlier version, on a new database: %w", err)
		}
	}
	return prescriptionsql.CheckSettings(ctx, e.db, e.dialect())
}

func (e *epr) dialect() prescriptionsql.Dialect {
	if e.postgres != "" {
		return prescriptionsql.PostgreSQL
	}
	return prescriptionsql.SQLite
}

func (e *epr) database() (driver, dsn string, err error) {
	if e.postgres != "" {
		return "pgx", e.postgres, nil
	}
	flags := os.O_RDWR
	if e.command == "migrate" {
		flags |= os.O_CREATE
	}
	// The file is for its owner alone: it holds identity numbers.
	f, err := os.OpenFile(e.sqlite, flags, 0o600)
	if err != nil {
		return "", "", fmt.Errorf("-sqlite: %w; migrate makes the database", err)
	}
	file, err := filepath.Abs(f.Name())
	if err == nil {
		err = f.Close()
	}
	// The settings stand in the name, because a PRAGMA statement reaches one connection of the pool only.
	name := url.URL{Scheme: "file", Path: filepath.ToSlash(file),
		RawQuery: "_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=busy_timeout(5000)&_pragma=foreign_keys(1)&_pragma=secure_delete(1)"}
	return "sqlite", name.String(), err
}

// migrate may be repeated.
func (e *epr) migrate(ctx context.Context) error {
	if err := prescriptionsql.Migrate(ctx, e.db, e.dialect()); err != nil {
		return err
	}
	if _, err := e.db.ExecContext(ctx, tables); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	_, err := fmt.Fprintln(e.out, "the database is ready")
	return err
}
