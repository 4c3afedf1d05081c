package main

import (
	"context"
	"fmt"

	"github.com/verktoykatalog/verktoy/prescription"
)

// abandon prescribes in a transaction of the EPR's own and then gives the whole transaction up.
func (c *clinician) abandon(ctx context.Context, o order) (prescription.Prescription, error) {
	tx, err := c.db.BeginTx(ctx, nil)
	if err != nil {
		return prescription.Prescription{}, err
	}
	defer tx.Rollback()
	return c.write(ctx, tx, o)
}

// counts are the rows that belong to one prescription.
type counts struct{ journal, prescription, audit, outbox int }

func (n counts) String() string {
	return fmt.Sprintf("%d journal, %d prescription, %d audit and %d outbox rows", n.journal, n.prescription, n.audit, n.outbox)
}

// rowsOf looks up how many rows of each kind one prescription has.
func (c *clinician) rowsOf(ctx context.Context, id prescription.ID) (counts, error) {
	var n counts
	for query, to := range map[string]*int{
		`SELECT count(*) FROM demo_journal WHERE id = $1`:                          &n.journal,
		`SELECT count(*) FROM verktoy_prescription WHERE id = $1`:                  &n.prescription,
		`SELECT count(*) FROM verktoy_prescription_audit WHERE prescription = $1`:  &n.audit,
		`SELECT count(*) FROM verktoy_prescription_outbox WHERE prescription = $1`: &n.outbox,
	} {
		if err := c.db.QueryRowContext(ctx, query, string(id)).Scan(to); err != nil {
			return counts{}, err
		}
	}
	return n, nil
}
