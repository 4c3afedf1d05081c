package main

import (
	"context"
	"database/sql"
	"time"

	"github.com/verktoykatalog/verktoy/prescription"
)

// What a clinician does with a prescription in the version that was on the
// screen: if something has happened since, nothing is changed unseen. Afterwards
// those who are to know are told.

func (c *clinician) cancel(ctx context.Context, by prescription.Actor, ref prescription.Ref, reason string) error {
	_, err := c.service.Cancel(ctx, c.store, ref, by, reason)
	return c.then(ctx, ref.ID, err)
}

func (c *clinician) extend(ctx context.Context, by prescription.Actor, ref prescription.Ref, until time.Time) error {
	_, err := c.service.Extend(ctx, c.store, ref, by, until)
	return c.then(ctx, ref.ID, err)
}

func (c *clinician) remark(ctx context.Context, by prescription.Actor, ref prescription.Ref, text string) error {
	_, err := c.service.Note(ctx, c.store, ref, by, text)
	return c.then(ctx, ref.ID, err)
}

// transfer moves the prescription to the colleague's list in the same transaction.
func (c *clinician) transfer(ctx context.Context, by, to prescription.Actor, ref prescription.Ref, reason string) error {
	err := c.inOne(ctx, func(tx *sql.Tx) error {
		if _, err := c.service.Transfer(ctx, c.store.In(tx), ref, by, to, reason); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `UPDATE demo_caseload SET therapist = $1 WHERE id = $2`, to.ID, string(ref.ID))
		return err
	})
	return c.then(ctx, ref.ID, err)
}

func (c *clinician) then(ctx context.Context, id prescription.ID, err error) error {
	if err == nil {
		c.tellSoon(ctx, id)
	}
	return err
}
