package main

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivermigrate"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/prescriptionsql"
)

// clinic is a database with everybody's tables, and its own transaction around
// each operation, as a patient record has.
type clinic struct {
	db      *sql.DB
	service *prescription.Service
	jobs    *river.Client[*sql.Tx]
	dialect prescriptionsql.Dialect
	visits  int // a number for each operation, so that no key comes twice
}

// prescribeContest is the cost of a prescription in the host's transaction, with
// its audit entry and its message: beside three INSERTs written by hand, and
// beside a job of river's, which does less.
func prescribeContest(name string, dialect prescriptionsql.Dialect, db *sql.DB) (*contest, error) {
	c, err := newClinic(dialect, db)
	if err != nil {
		return nil, err
	}
	return &contest{name: "prescribe in the host's transaction, " + name, contestants: []contestant{
		{name: "verktoy: Service.Prescribe", prepare: c.doing(c.prescribe)},
		{name: "three INSERTs by hand", most: 1 / 0.6, prepare: c.doing(c.byHand)},
		{name: "river: InsertTx of one job", prepare: c.doing(c.job)},
	}}, nil
}

func newClinic(dialect prescriptionsql.Dialect, db *sql.DB) (*clinic, error) {
	ctx := context.Background()
	if err := prescriptionsql.Migrate(ctx, db, dialect); err != nil {
		return nil, err
	}
	if _, err := db.ExecContext(ctx, handTables); err != nil {
		return nil, err
	}
	jobs, err := queue(ctx, dialect, db)
	if err != nil {
		return nil, err
	}
	tool := catalogue.Tool{ID: "sleep", Status: catalogue.StatusListed, Start: []catalogue.Start{{Platform: "web", URL: "https://tool.example.org"}},
		Units: []catalogue.Unit{{ID: "eight-weeks", Days: 56, PatientText: catalogue.Text{"nb": "Øv litt hver kveld."}}}}
	service, err := prescription.NewService(prescription.Config{
		Tools: func(catalogue.ToolID) (catalogue.Tool, bool) { return tool, true }})
	return &clinic{db: db, dialect: dialect, service: service, jobs: jobs}, err
}

func queue(ctx context.Context, dialect prescriptionsql.Dialect, db *sql.DB) (*river.Client[*sql.Tx], error) {
	var driver riverdriver.Driver[*sql.Tx] = riverdatabasesql.New(db)
	if dialect == prescriptionsql.SQLite {
		driver = riversqlite.New(db)
	}
	migrator, err := rivermigrate.New(driver, nil)
	if err != nil {
		return nil, err
	}
	if _, err := migrator.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil {
		return nil, err
	}
	return river.NewClient(driver, &river.Config{})
}

// doing runs work in a transaction of its own and commits it.
func (c *clinic) doing(work func(context.Context, *sql.Tx, int) error) func(int) (func(int) error, error) {
	return func(int) (func(int) error, error) {
		return func(int) error {
			ctx := context.Background()
			tx, err := c.db.BeginTx(ctx, nil)
			if err != nil {
				return err
			}
			c.visits++
			if err := work(ctx, tx, c.visits); err != nil {
				_ = tx.Rollback()
				return err
			}
			return tx.Commit()
		}, nil
	}
}

func (c *clinic) prescribe(ctx context.Context, tx *sql.Tx, visit int) error {
	n := strconv.Itoa(visit)
	_, err := c.service.Prescribe(ctx, prescriptionsql.NewFor(c.dialect, tx), prescription.Request{Tenant: "999999999", Key: "visit-" + n, Tool: "sleep",
		Unit: "eight-weeks", Patient: prescription.Patient{Pseudonym: "patient-" + n}, Prescriber: prescription.Actor{Role: prescription.RoleTherapist, ID: "hpr/9144889"}})
	return err
}

// The tables that somebody would make who writes it by hand: the same content,
// one key, no index besides those that the work needs.
const handTables = `
CREATE TABLE hand_prescription (id text PRIMARY KEY, version bigint NOT NULL, tenant text NOT NULL, request_key text NOT NULL, tool text NOT NULL,
 unit text NOT NULL, pseudonym text NOT NULL, lang text NOT NULL, prescriber text NOT NULL, patient_text text NOT NULL, state text NOT NULL,
 issued bigint NOT NULL, expires bigint NOT NULL, updated bigint NOT NULL, UNIQUE (tenant, request_key));
CREATE TABLE hand_audit (prescription text NOT NULL, seq bigint NOT NULL, at bigint NOT NULL, event text NOT NULL, from_state text NOT NULL,
 to_state text NOT NULL, by_id text NOT NULL, PRIMARY KEY (prescription, seq));
CREATE TABLE hand_outbox (id text PRIMARY KEY, prescription text NOT NULL, event text NOT NULL, due bigint NOT NULL, attempts bigint NOT NULL);
CREATE INDEX hand_outbox_due ON hand_outbox (due)`

func (c *clinic) byHand(ctx context.Context, tx *sql.Tx, visit int) error {
	n, now := strconv.Itoa(visit), time.Now().UnixMicro()
	id := "0193a6f0-0000-7000-8000-" + strings.Repeat("0", 12-len(n)) + n
	for _, insert := range []struct {
		query string
		args  []any
	}{
		{`INSERT INTO hand_prescription VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`, []any{id, 1, "999999999",
			"visit-" + n, "sleep", "eight-weeks", "patient-" + n, "nb", "hpr/9144889", "Øv litt hver kveld.", "sent", now, now + 1, now}},
		{`INSERT INTO hand_audit VALUES ($1, $2, $3, $4, $5, $6, $7)`, []any{id, 1, now, "prescribe", "drafted", "sent", "hpr/9144889"}},
		{`INSERT INTO hand_outbox VALUES ($1, $2, $3, $4, $5)`, []any{id + "/1", id, "prescribe", now, 0}},
	} {
		if _, err := tx.ExecContext(ctx, insert.query, insert.args...); err != nil {
			return err
		}
	}
	return nil
}

// deliver is a job for river.
type deliver struct {
	Prescription string `json:"prescription"`
}

func (deliver) Kind() string { return "deliver" }

func (c *clinic) job(ctx context.Context, tx *sql.Tx, visit int) error {
	_, err := c.jobs.InsertTx(ctx, tx, deliver{Prescription: strconv.Itoa(visit)}, nil)
	return err
}

// runPrescribe compares on a new SQLite file, and on PostgreSQL if a DSN is
// given, in a schema that is dropped afterwards.
func runPrescribe(dsn string, rounds int) error {
	dir, err := os.MkdirTemp("", "yardstick")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	file := "file:" + filepath.Join(dir, "clinic.db") + "?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=busy_timeout(10000)"
	if err := prescribeOn("SQLite", prescriptionsql.SQLite, "sqlite", file, rounds); err != nil || dsn == "" {
		return err
	}
	return onSchema(dsn, func(dsn string) error {
		return prescribeOn("PostgreSQL", prescriptionsql.PostgreSQL, "pgx", dsn, rounds)
	})
}

func prescribeOn(name string, dialect prescriptionsql.Dialect, driver, dsn string, rounds int) error {
	db, err := sql.Open(driver, dsn)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	c, err := prescribeContest(name, dialect, db)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return c.printByTime(os.Stdout, rounds)
}

// onSchema gives a DSN whose tables are in a new schema.
func onSchema(dsn string, work func(dsn string) error) error {
	admin, err := sql.Open("pgx", dsn)
	if err != nil {
		return err
	}
	defer func() { _ = admin.Close() }()
	schema := fmt.Sprintf("verktoy_yardstick_%d", os.Getpid()) // two may run at the same time
	if _, err := admin.Exec("CREATE SCHEMA " + schema); err != nil {
		return err
	}
	defer func() { _, _ = admin.Exec("DROP SCHEMA " + schema + " CASCADE") }()
	separator := "?"
	if strings.Contains(dsn, "?") {
		separator = "&"
	}
	return work(dsn + separator + "search_path=" + schema)
}
