package main

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/prescription"
)

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

// explained adds what the therapist must have read, must enter, or may choose from.
func (e *epr) explained(err error) error {
	tool, _ := e.get(catalogue.ToolID(e.tool))
	unit, _ := tool.Unit(catalogue.UnitID(e.unit))
	var request *prescription.RequestError
	switch {
	case errors.As(err, &request):
		for _, fault := range request.Faults {
			err = e.explainedFault(err, fault.Field, tool, unit)
		}
	case errors.Is(err, catalogue.ErrUnknownUnit):
		for _, u := range tool.Units {
			err = fmt.Errorf("%w\n  -unit %s: %s", err, u.ID, u.Title.In("nb"))
		}
	}
	return err
}

func (e *epr) explainedFault(err error, field string, tool catalogue.Tool, unit catalogue.Unit) error {
	switch field {
	case "Age":
		return fmt.Errorf("%w\n  the tool is %s; birth dates are entered with epr patient -patient PSEUDONYM -born YYYY-MM-DD", err, ages(tool.Ages))
	case "AcknowledgedExclusions":
		for _, text := range unit.Exclusions {
			err = fmt.Errorf("%w\n  not for: %s", err, text.In("nb"))
		}
		return fmt.Errorf("%w\n  give -read once you have read this", err)
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
	citizen, age, err := e.citizen(ctx, tx)
	if err != nil {
		return prescription.Prescription{}, err
	}
	return e.service.Prescribe(ctx, e.store.In(tx), prescription.Request{Tenant: tenant, Key: note, Tool: catalogue.ToolID(e.tool),
		Unit: catalogue.UnitID(e.unit), Patient: citizen, Age: age, Prescriber: therapist, AcknowledgedExclusions: e.read, Second: e.second})
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
