package main

import (
	"bufio"
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/prescription"
)

// enter keeps an identity number, which comes on standard input: what is on
// the command line is seen by others.
func (e *epr) enter(ctx context.Context) error {
	fmt.Fprintln(e.err, "epr: want the identity number on a line of standard input")
	line, _ := bufio.NewReaderSize(e.in, 64).ReadSlice('\n') // what is too long is no number
	number, err := prescription.ParseNationalID(strings.TrimSpace(string(line)))
	if err == nil && !number.Synthetic() {
		err = errors.New("want a synthetic number, with 80 added to the month: this is an example")
	}
	if err != nil {
		return wrong("patient: on standard input: %w", err)
	}
	_, err = e.db.ExecContext(ctx, `INSERT INTO epr_patient (pseudonym, national_id) VALUES ($1, $2)
		ON CONFLICT (pseudonym) DO UPDATE SET national_id = excluded.national_id`, e.patient, number.Reveal("the EPR's register"))
	if err != nil {
		return errors.New("the identity number could not be kept") // the database quotes it
	}
	fmt.Fprintln(e.out, "entered", e.patient)
	return nil
}

// prescribe is the click: note and prescription are there afterwards, or neither.
func (e *epr) prescribe(ctx context.Context) error {
	tx, err := e.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	p, err := e.write(ctx, tx)
	if err == nil {
		err = tx.Commit()
	}
	if err != nil {
		return fmt.Errorf("nothing was written: %w", e.explained(err))
	}
	fmt.Fprintln(e.out, "prescribed", p.ID, "until", p.Expires.Format(time.DateOnly))
	return nil
}

// explained adds what the therapist must have read, or may choose from.
func (e *epr) explained(err error) error {
	tool, _ := e.get(catalogue.ToolID(e.tool))
	unit, _ := tool.Unit(catalogue.UnitID(e.unit))
	var request *prescription.RequestError
	switch {
	case errors.As(err, &request) && request.Faults[0].Field == "AcknowledgedExclusions":
		for _, text := range unit.Exclusions {
			err = fmt.Errorf("%w\n  not for: %s", err, text.In("nb"))
		}
		return fmt.Errorf("%w\n  give -read once you have read this", err)
	case errors.Is(err, catalogue.ErrUnknownUnit):
		for _, u := range tool.Units {
			err = fmt.Errorf("%w\n  -unit %s: %s", err, u.ID, u.Title.In("nb"))
		}
	}
	return err
}

// write writes before it reads, as SQLite wants it.
func (e *epr) write(ctx context.Context, tx *sql.Tx) (prescription.Prescription, error) {
	note := rand.Text() // made once for a click, before the first try
	_, err := tx.ExecContext(ctx, `INSERT INTO epr_journal (id, patient, note, written) VALUES ($1, $2, $3, $4)`,
		note, e.patient, e.note, e.now().UTC().Format(time.RFC3339))
	if err != nil {
		return prescription.Prescription{}, err
	}
	citizen := prescription.Patient{Pseudonym: e.patient}
	if citizen.NationalID, err = nationalID(ctx, tx, e.patient); err != nil {
		return prescription.Prescription{}, err
	}
	return e.service.Prescribe(ctx, e.store.In(tx), prescription.Request{Tenant: tenant, Key: note, Tool: catalogue.ToolID(e.tool),
		Unit: catalogue.UnitID(e.unit), Patient: citizen, Prescriber: therapist, AcknowledgedExclusions: e.read, Second: e.second})
}

// nationalID is that of a patient, or none: not every delivery needs it.
func nationalID(ctx context.Context, tx *sql.Tx, pseudonym string) (number prescription.NationalID, err error) {
	var text string
	err = tx.QueryRowContext(ctx, `SELECT national_id FROM epr_patient WHERE pseudonym = $1`, pseudonym).Scan(&text)
	if err == nil || errors.Is(err, sql.ErrNoRows) {
		err = number.UnmarshalText([]byte(text))
	}
	return number, err
}

func (e *epr) cancel(ctx context.Context) error {
	p, err := e.service.Cancel(ctx, e.store, e.ref, therapist, e.reason)
	if err != nil {
		return err
	}
	fmt.Fprintln(e.out, p.ID, "version", p.Version, "is", p.State)
	if p.State == prescription.CancelAsked {
		fmt.Fprintln(e.out, "The citizen has begun: it ends when the tool confirms it, or when you cancel it again.")
	}
	return nil
}
