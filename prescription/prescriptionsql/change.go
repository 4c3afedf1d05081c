package prescriptionsql

import (
	"context"
	"errors"
	"fmt"

	"github.com/verktoykatalog/verktoy/internal/sqlplumbing"
	"github.com/verktoykatalog/verktoy/prescription"
)

// Change implements [prescription.Store]. Its first statement locks the row, so
// what is decided on is what is changed.
func (s *Store) Change(ctx context.Context, c prescription.Change) (prescription.Prescription, prescription.Applied, error) {
	var p prescription.Prescription
	var applied prescription.Applied
	err := s.do(ctx, func(db sqlplumbing.DBTX) (err error) {
		p, applied, err = change(ctx, db, c)
		return err
	})
	if err != nil {
		return prescription.Prescription{}, "", err
	}
	return p, applied, nil
}

func change(ctx context.Context, db sqlplumbing.DBTX, c prescription.Change) (prescription.Prescription, prescription.Applied, error) {
	before, _, err := scanPrescription(db.QueryRowContext(ctx, lockByID, string(c.ID)))
	if err != nil {
		return before, "", err
	}
	seen, err := seenBefore(ctx, db, c)
	if seen || err != nil {
		return before, prescription.Duplicate, err
	}
	after, applied, err := before.Next(c)
	switch {
	case err != nil:
	case applied == prescription.Changed:
		err = write(ctx, db, c, before, after)
	case !c.Remembered(before, applied):
		_, err = db.ExecContext(ctx, forgetReport, string(c.ID), c.Report)
	}
	return after, applied, err
}

// seenBefore remembers a report and says whether it was remembered already;
// it is an error if that was another one with its id.
func seenBefore(ctx context.Context, db sqlplumbing.DBTX, c prescription.Change) (bool, error) {
	if c.Report == "" {
		return false, nil
	}
	n, err := changes(db.ExecContext(ctx, insertReport, string(c.ID), c.Report, string(c.Event)))
	if err != nil || n > 0 {
		return false, err
	}
	var event prescription.Event
	if err := db.QueryRowContext(ctx, selectReport, string(c.ID), c.Report).Scan(&event); err != nil {
		return false, err
	}
	return true, c.Repeats(event)
}

func write(ctx context.Context, db sqlplumbing.DBTX, c prescription.Change, before, after prescription.Prescription) error {
	var previous string
	err := db.QueryRowContext(ctx, selectHash, string(before.ID), before.Version).Scan(&previous)
	if errors.Is(noRow(err), prescription.ErrNotFound) {
		return fmt.Errorf("%w: the entry of the last change is missing", prescription.ErrAudit)
	}
	if err != nil {
		return err
	}
	n, err := changes(db.ExecContext(ctx, updatePrescription, updateArgs(after, before.Version)...))
	if err != nil {
		return err
	}
	if n != 1 { // cannot be while the row is locked
		return prescription.ErrConflict{Have: 0, Want: before.Version}
	}
	if err := record(ctx, db, c.Entry(before, after).Linked(previous)); err != nil {
		return err
	}
	if err := follow(ctx, db, c, after); err != nil {
		return err
	}
	return post(ctx, db, c.Outgoing(before, after))
}

// follow writes what a change has besides the prescription and its audit entry.
func follow(ctx context.Context, db sqlplumbing.DBTX, c prescription.Change, after prescription.Prescription) error {
	if c.Note != "" {
		_, err := db.ExecContext(ctx, insertNote, string(c.ID), after.Version, micros(after.Updated),
			string(c.By.Role), c.By.ID, c.Note, noteSum(c.Note))
		if err != nil {
			return err
		}
	}
	if !after.State.Ended() {
		return nil
	}
	if _, err := db.ExecContext(ctx, hurryMessages, micros(c.Received), string(c.ID)); err != nil {
		return err
	}
	return handOn(ctx, db, after)
}

// handOn gives the slot of one that has ended to another of the same citizen and
// tool that goes on, if there is one. It looks again when that one ended in
// another transaction meanwhile. Of the transactions that end some at the same
// time only the one that ends the holder of the slot waits for others here.
func handOn(ctx context.Context, db sqlplumbing.DBTX, ended prescription.Prescription) error {
	for {
		var id string
		err := db.QueryRowContext(ctx, heir, ended.Tenant, ended.Patient.Pseudonym, string(ended.Tool)).Scan(&id)
		if err != nil || id == "" {
			return err
		}
		if taken, err := changes(db.ExecContext(ctx, takeSlot, id)); err != nil || taken == 1 {
			return err
		}
	}
}
