package prescriptionsql_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/prescriptionsql"
)

// examplePrescribed is a prescription of a pool's own transaction.
func examplePrescribed(ctx context.Context, db *sql.DB, key string) prescription.Prescription {
	p, err := exampleService().Prescribe(ctx, prescriptionsql.New(db), prescription.Request{
		Tenant: "999999999", Key: key, Tool: "sovn-steg-for-steg", Unit: "atte-uker",
		Patient:    prescription.Patient{Pseudonym: "patient-" + key, Lang: "nb"},
		Prescriber: prescription.Actor{Role: prescription.RoleTherapist, ID: "hpr/9144889"},
	})
	check(err)
	return p
}

// portal takes a message, or says why it does not.
type portal struct{ fault error }

func (p portal) Deliver(_ context.Context, d prescription.Delivery) error {
	if p.fault == nil {
		fmt.Println("the portal has", d.Message.Event, "of", d.Prescription.Tool)
	}
	return p.fault
}

// A worker delivers what waits in the outbox, on the pool and never in a
// transaction. What it gave up is released when the cause is mended.
func ExampleStore_outbox() {
	ctx, db, end := exampleDB()
	defer end()
	service, store := exampleService(), prescriptionsql.New(db)
	p := examplePrescribed(ctx, db, "visit-17")

	// Every few seconds, in as many processes as you like.
	delivered, err := service.Drain(ctx, store, portal{errors.New("the certificate has expired")})
	fmt.Println("delivered:", delivered, "failed:", err != nil)

	dead, err := store.Dead(ctx, 100)
	check(err)
	for _, m := range dead {
		fmt.Println("given up:", m.Event, "after", m.Attempts, "attempt")
		check(store.Release(ctx, m.ID, exampleNow))
	}
	_, err = service.Drain(ctx, store, portal{})
	check(err)
	p, err = store.Get(ctx, p.ID)
	check(err)
	fmt.Println(p.State)
	// Output:
	// delivered: 0 failed: true
	// given up: prescribe after 1 attempt
	// the portal has prescribe of sovn-steg-for-steg
	// delivered
}

// A nightly job deletes what is personal of all that ended or expired three
// years ago, a thousand at a time so that nobody waits for long.
func ExampleStore_EraseEnded() {
	ctx, db, end := exampleDB()
	defer end()
	p := examplePrescribed(ctx, db, "visit-17")
	fmt.Println(p.Text)

	today := exampleNow.AddDate(3, 6, 0)
	store := prescriptionsql.New(db)
	for {
		erased, err := store.EraseEnded(ctx, today.AddDate(-3, 0, 0), 1_000)
		check(err)
		fmt.Println("erased:", erased)
		if erased == 0 {
			break
		}
	}
	p, err := store.Get(ctx, p.ID)
	check(err)
	fmt.Printf("%q %s\n", p.Text, p.StateAt(today))
	// Output:
	// Øv litt hver kveld i åtte uker.
	// erased: 1
	// erased: 0
	// "" expired
}

// Somebody has written to the database by hand: the audit trail shows it.
func ExampleStore_AuditAll() {
	ctx, db, end := exampleDB()
	defer end()
	store := prescriptionsql.New(db)
	examplePrescribed(ctx, db, "visit-17")
	found, err := prescription.VerifyAll(ctx, store, nil) // with a checkpoint, what was removed is found too
	fmt.Println(found.Prescriptions, found.Entries, err)

	_, err = db.ExecContext(ctx, "UPDATE verktoy_prescription SET state = 'completed'")
	check(err)
	_, err = prescription.VerifyAll(ctx, store, nil)
	var fault *prescription.AuditFault
	fmt.Println(errors.As(err, &fault), fault.Why)
	// Output:
	// 1 1 <nil>
	// true the last entry is not the prescription's newest change
}

// For hosts that migrate with a tool of their own: one text, or the files.
func ExampleSQL() {
	text := prescriptionsql.SQL(prescriptionsql.PostgreSQL)
	fmt.Println(strings.Contains(text, "CREATE TABLE verktoy_prescription ("))
	names, err := fs.Glob(prescriptionsql.Migrations(), "postgres/*.sql")
	check(err)
	fmt.Println(names[0])
	// Output:
	// true
	// postgres/0001_prescription.sql
}

// Settings that a driver takes from the DSN hold for every connection of the
// pool: this one lacks _pragma=journal_mode(WAL) and _pragma=foreign_keys(1).
func ExampleCheckSettings() {
	db, err := sql.Open("sqlite", "file:settings?mode=memory&_pragma=synchronous(FULL)&_pragma=busy_timeout(5000)&_pragma=secure_delete(1)")
	check(err)
	defer func() { check(db.Close()) }()
	err = prescriptionsql.CheckSettings(context.Background(), db, prescriptionsql.SQLite)
	fmt.Println(errors.Is(err, prescriptionsql.ErrSettings), err)
	// Output:
	// true prescriptionsql: settings: the database is opened with other settings than are needed: want journal_mode WAL, foreign_keys ON
}
