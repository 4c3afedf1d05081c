package main

import (
	"context"
	"fmt"
	"text/tabwriter"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/prescription"
)

const most = 100 // lines

// list shows what became of a patient's prescriptions, the newest first, with
// the notes of the journal.
func (e *epr) list(ctx context.Context) error {
	found, err := e.store.ForPatient(ctx, tenant, e.patient, "", most)
	if err != nil {
		return err
	}
	return e.table(ctx, found, func(p prescription.Prescription) (string, error) {
		var note string
		err := e.db.QueryRowContext(ctx, `SELECT note FROM epr_journal WHERE id = $1`, p.Key).Scan(&note)
		return fmt.Sprintf("%q", note), err
	})
}

// overdue shows what a therapist should look at: what has failed, what has waited
// for an hour to be delivered, and that in which nothing has happened for days.
func (e *epr) overdue(ctx context.Context) error {
	failed, err := e.failed(ctx)
	if err != nil {
		return err
	}
	now := e.now()
	since := now.AddDate(0, 0, -e.days)
	found, err := e.store.Overdue(ctx, tenant, prescription.Overdue{At: now, Undelivered: now.Add(-time.Hour), Unopened: since,
		Unstarted: since, Silent: since, Unconfirmed: since}, prescription.Prescription{}, most)
	if err != nil {
		return err
	}
	return e.table(ctx, append(failed, found...), func(p prescription.Prescription) (string, error) {
		return p.Patient.Pseudonym + ", nothing since " + p.Updated.Format(time.DateOnly), nil
	})
}

// table prints a line for each, and says last what more does.
func (e *epr) table(ctx context.Context, found []prescription.Prescription, more func(prescription.Prescription) (string, error)) error {
	w := tabwriter.NewWriter(e.out, 0, 0, 2, ' ', 0)
	for _, p := range found {
		last, err := more(p)
		if err != nil {
			return err
		}
		state := p.StateAt(e.now())
		fmt.Fprintf(w, "%s\tversion %d\t%s\t%s\tuntil %s\t%s\n", p.ID, p.Version, state, p.Tool, p.Expires.Format(time.DateOnly), last)
		if state == prescription.Failed {
			why, err := e.why(ctx, p)
			if err != nil {
				return err
			}
			fmt.Fprintf(w, "\t%s\n", why)
		}
	}
	if len(found) == 0 {
		fmt.Fprintln(w, "none")
	}
	if len(found) >= most {
		fmt.Fprintln(w, "There may be more.")
	}
	return w.Flush()
}

// report prints the report of a year. What is told in it are numbers, and small
// ones are hidden.
func (e *epr) report(ctx context.Context) error {
	from := time.Date(e.year, 1, 1, 0, 0, 0, 0, e.now().Location())
	q := prescription.StatisticsQuery{From: from, To: from.AddDate(1, 0, 0), At: e.now()}
	all, err := prescription.Tally(ctx, e.store, q)
	if err != nil {
		return err
	}
	q.By = []prescription.Dimension{prescription.ByTool}
	byTool, err := prescription.Tally(ctx, e.store, q)
	if err != nil {
		return err
	}
	lang := catalogue.Lang(e.lang)
	_, err = fmt.Fprint(e.out, prescription.YearReport{Organisation: tenantName, All: all, ByTool: byTool, Lang: lang,
		Name: func(id catalogue.ToolID) string {
			tool, _ := e.get(id)
			return tool.Name.In(lang)
		}}.Markdown())
	return err
}

// dead shows the deliveries that were given up.
func (e *epr) dead(ctx context.Context) error {
	letters, err := e.store.Dead(ctx, most)
	if err != nil {
		return err
	}
	for _, m := range letters {
		fmt.Fprintf(e.out, "%s  %s, given up %s after %d tries, %s\n", m.ID, m.Event, m.Dead.Format(time.RFC3339), m.Attempts, coded(m.Code))
	}
	if len(letters) == 0 {
		fmt.Fprintln(e.out, "none")
	}
	return nil
}

// release lets the worker try one of them again.
func (e *epr) release(ctx context.Context) error {
	if err := e.store.Release(ctx, prescription.MessageID(e.letter), e.now()); err != nil {
		return err
	}
	_, err := fmt.Fprintln(e.out, "released; the worker tries again")
	return err
}
