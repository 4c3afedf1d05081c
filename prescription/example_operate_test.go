package prescription_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/prescriptiontest"
)

// An identity number shows itself to nobody who does not ask for it by name.
func ExampleNationalID() {
	id, err := prescription.ParseNationalID(prescriptiontest.Number("158190")) // a synthetic one
	check(err)
	fmt.Println(id, id.Synthetic(), len(id.Reveal("the task for Helsenorge")))
	_, err = prescription.ParseNationalID("15819012345")
	fmt.Println(errors.Is(err, prescription.ErrNationalID), err)
	// Output:
	// [redacted] true 11
	// true prescription: want an identity number of eleven digits with valid check digits
}

// Digital prescriptions die where nobody opens them: these were delivered a week
// ago or earlier, and not opened since.
func ExampleLister() {
	ctx := context.Background()
	service, store := exampleService(), prescription.NewMemory()
	for _, key := range []string{"visit-17", "visit-18"} {
		_, err := service.Prescribe(ctx, store, request(key))
		check(err)
	}
	_, err := service.Drain(ctx, store, quiet{})
	check(err)
	opened, err := store.ForPatient(ctx, "999999999", "patient-visit-18", "", 10)
	check(err)
	_, _, err = service.Apply(ctx, store, reported(opened[0], prescription.EventOpen))
	check(err)

	later := noon.AddDate(0, 0, 8)
	unopened, err := store.Overdue(ctx, "999999999", prescription.Overdue{At: later, Unopened: later.AddDate(0, 0, -7)}, prescription.Prescription{}, 100)
	check(err)
	for _, p := range unopened {
		fmt.Println(p.Patient.Pseudonym, p.State, "since", p.Delivered.Format(time.DateOnly))
	}
	// Output:
	// patient-visit-17 delivered since 2026-11-01
}

// What did not reach the citizen is to be seen by who prescribed it.
func ExampleLister_failed() {
	ctx := context.Background()
	service, store := exampleService(), prescription.NewMemory()
	_, err := service.Prescribe(ctx, store, request("visit-17"))
	check(err)
	_, err = service.Drain(ctx, store, inactive{})
	fmt.Println("failed:", err != nil)

	failed, err := store.Ended(ctx, "999999999", prescription.Failed, noon.AddDate(0, 0, -7), prescription.Prescription{}, 100)
	check(err)
	for _, p := range failed {
		fmt.Println(p.Patient.Pseudonym, p.State, "because", p.Reason)
	}
	// Output:
	// failed: true
	// patient-visit-17 failed because undeliverable
}

// Who has a tool that is withdrawn shall hear of it from who prescribed it.
func ExampleLister_stopped() {
	ctx := context.Background()
	service, store := exampleService(), prescription.NewMemory()
	_, err := service.Prescribe(ctx, store, request("visit-17"))
	check(err)

	withdrawn := sleepTool()
	withdrawn.Status = catalogue.StatusWithdrawn
	before, after := index(sleepTool()), index(withdrawn)
	for _, s := range catalogue.Diff(before, after).Stopped(noon) {
		found, err := store.ForTool(ctx, "999999999", s.Tool, noon, prescription.Prescription{}, 100)
		check(err)
		for _, p := range found {
			fmt.Println(p.Patient.Pseudonym, p.Tool, "until", p.Expires.Format(time.DateOnly), s.Reason)
		}
	}
	// Output:
	// patient-visit-17 sleep until 2026-12-27 catalogue: tool cannot be started: it is withdrawn
}

func index(t catalogue.Tool) *catalogue.Index {
	x, err := catalogue.NewIndex([]catalogue.Tool{t})
	check(err)
	return x
}

// inactive is a deliverer to a citizen who does not use the portal.
type inactive struct{}

func (inactive) Deliver(context.Context, prescription.Delivery) error {
	return prescription.ErrUndeliverable
}

// quiet is a deliverer that takes everything.
type quiet struct{}

func (quiet) Deliver(context.Context, prescription.Delivery) error { return nil }

// away is a deliverer that nobody answers.
type away struct{}

func (away) Deliver(context.Context, prescription.Delivery) error { return errors.New("no answer") }

// What was tried often enough waits until somebody has mended the cause and
// releases it.
func ExampleDeadLetters() {
	ctx := context.Background()
	service, store := exampleService(func(c *prescription.Config) { c.MaxAttempts = 1 }), prescription.NewMemory()
	p, err := service.Prescribe(ctx, store, request("visit-17"))
	check(err)
	delivered, err := service.Drain(ctx, store, away{})
	fmt.Println("delivered:", delivered, "failed:", err != nil)

	dead, err := store.Dead(ctx, 100)
	check(err)
	for _, m := range dead {
		fmt.Println(m.Event, "after", m.Attempts, "attempt:", m.Code)
		check(store.Release(ctx, m.ID, noon))
	}
	delivered, err = service.Drain(ctx, store, quiet{})
	check(err)
	p, err = service.Get(ctx, store, p.ID)
	check(err)
	fmt.Println("delivered:", delivered, "now:", p.State)
	// Output:
	// delivered: 0 failed: true
	// prescribe after 1 attempt: failed
	// delivered: 1 now: delivered
}

// A citizen asks to be forgotten: what is personal goes, of what has ended. What
// happened stays, and the audit trail is whole.
func ExampleEraser() {
	ctx := context.Background()
	service, store := exampleService(), prescription.NewMemory()
	p, err := service.Prescribe(ctx, store, request("visit-17"))
	check(err)
	p, err = service.Note(ctx, store, prescription.Ref{ID: p.ID, Version: p.Version}, therapist, "Sover bedre etter tre uker.")
	check(err)
	erase := func() {
		erased, kept, err := store.ErasePatient(ctx, p.Tenant, p.Patient.Pseudonym, noon)
		check(err)
		fmt.Println("erased:", erased, "still going on:", kept)
	}
	erase()
	_, _, err = service.Apply(ctx, store, reported(p, prescription.EventComplete))
	check(err)
	erase()

	p, err = service.Get(ctx, store, p.ID)
	check(err)
	notes, err := store.Notes(ctx, p.ID)
	check(err)
	entries, err := store.Audit(ctx, p.ID)
	check(err)
	fmt.Printf("%s, text %q, notes: %d, trail of %d whole: %t\n", p.State, p.Text, len(notes), len(entries), p.CheckAudit(entries) == nil)
	// Output:
	// erased: 0 still going on: 1
	// erased: 1 still going on: 0
	// completed, text "", notes: 0, trail of 3 whole: true
}

// A checkpoint that was kept outside the database shows what is missing in it:
// here the database was set back to an old copy.
func ExampleVerifyAll() {
	ctx := context.Background()
	service, store := exampleService(func(c *prescription.Config) { c.NewID = func() prescription.ID { return "prescription-1" } }), prescription.NewMemory()
	_, err := service.Prescribe(ctx, store, request("visit-17"))
	check(err)
	var checkpoint bytes.Buffer // keep it where those who can write the database cannot
	kept, err := prescription.WriteCheckpoint(ctx, store, &checkpoint)
	check(err)
	fmt.Println(kept.Prescriptions, "prescription,", kept.Entries, "entry")

	found, err := prescription.VerifyAll(ctx, store, bytes.NewReader(checkpoint.Bytes()))
	fmt.Println(found.Entries, err)
	old := prescription.NewMemory()
	_, err = prescription.VerifyAll(ctx, old, bytes.NewReader(checkpoint.Bytes()))
	fmt.Println(errors.Is(err, prescription.ErrAudit), err)
	// Output:
	// 1 prescription, 1 entry
	// 1 <nil>
	// true prescription: audit trail is broken: entry 0 of prescription prescription-1: the prescription is gone since the checkpoint was made
}
