package main

import (
	"context"
	"slices"
	"time"

	"github.com/verktoykatalog/verktoy/prescription"
)

// mostListed is how many prescriptions a list shows.
const mostListed = 200

// caseload gives a therapist's prescriptions, the newest first: identifiers are UUIDv7 and sort by time.
func (c *clinician) caseload(ctx context.Context, therapist string) ([]prescription.Prescription, error) {
	ids, err := c.caseIDs(ctx, therapist)
	var out []prescription.Prescription
	for _, id := range ids {
		p, err := c.service.Get(ctx, c.store, id)
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, err
}

func (c *clinician) caseIDs(ctx context.Context, therapist string) ([]prescription.ID, error) {
	rows, err := c.db.QueryContext(ctx, `SELECT id FROM demo_caseload WHERE therapist = $1 ORDER BY id DESC LIMIT $2`, therapist, mostListed)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var ids []prescription.ID
	for rows.Next() {
		var id prescription.ID
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}

// overdue gives those of a therapist's prescriptions in which nothing has happened
// for too long, after those that have failed lately.
func (c *clinician) overdue(ctx context.Context, therapist string) ([]prescription.Prescription, error) {
	now := c.now()
	q := prescription.Overdue{At: now, Undelivered: now.Add(-time.Hour), Unopened: now.AddDate(0, 0, -7), Unstarted: now.AddDate(0, 0, -7),
		Silent: now.AddDate(0, 0, -14), Unconfirmed: now.AddDate(0, 0, -3)}
	failed, err := c.store.Ended(ctx, clinic, prescription.Failed, now.AddDate(0, 0, -14), prescription.Prescription{}, prescription.MostListed)
	if err != nil {
		return nil, err
	}
	late, err := c.store.Overdue(ctx, clinic, q, prescription.Prescription{}, prescription.MostListed)
	all := slices.Concat(failed, late)
	return slices.DeleteFunc(all, func(p prescription.Prescription) bool { return p.Prescriber.ID != therapist }), err
}

// active gives the citizen's prescription of a tool that has not ended, if there is one.
func (c *clinician) active(ctx context.Context, patient citizen, tool string) (prescription.ID, error) {
	all, err := c.store.ForPatient(ctx, clinic, patient.id, "", prescription.MostListed)
	for _, p := range all {
		if string(p.Tool) == tool && !p.StateAt(c.now()).Ended() {
			return p.ID, nil
		}
	}
	return "", err
}

// own is a historian of some prescriptions that were read already.
type own []prescription.Prescription

func (o own) Milestones(_ context.Context, from, to time.Time, each func(prescription.Milestones) error) error {
	for _, p := range o {
		if p.Issued.Before(from) || !p.Issued.Before(to) {
			continue
		}
		if err := each(p.Milestones()); err != nil {
			return err
		}
	}
	return nil
}

// year counts the prescriptions of the last year. least is the smallest group that is shown.
func (c *clinician) year(ctx context.Context, h prescription.Historian, least int, by ...prescription.Dimension) (prescription.Statistics, error) {
	now := c.now()
	return prescription.Tally(ctx, h, prescription.StatisticsQuery{From: now.AddDate(-1, 0, 0), To: now.Add(time.Second), At: now, By: by, Least: least,
		Location: norway})
}

// message is what a therapist has been told.
type message struct {
	Prescription prescription.ID
	Event        prescription.Event
	At           time.Time
	Seen         bool
}

// inbox gives a therapist's messages, the newest first.
func (c *clinician) inbox(ctx context.Context, therapist string) ([]message, error) {
	rows, err := c.db.QueryContext(ctx, `SELECT prescription, event, at, seen FROM demo_inbox WHERE therapist = $1 ORDER BY at DESC, id DESC LIMIT 20`, therapist)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []message
	for rows.Next() {
		var m message
		var at int64
		var seen int
		if err := rows.Scan(&m.Prescription, &m.Event, &at, &seen); err != nil {
			return nil, err
		}
		m.At, m.Seen = time.UnixMicro(at), seen == 1
		out = append(out, m)
	}
	return out, rows.Err()
}

// unread counts the messages that a therapist has not seen.
func (c *clinician) unread(ctx context.Context, therapist string) (n int, err error) {
	err = c.db.QueryRowContext(ctx, `SELECT count(*) FROM demo_inbox WHERE therapist = $1 AND seen = 0`, therapist).Scan(&n)
	return n, err
}

// read notes that a therapist has seen the messages.
func (c *clinician) read(ctx context.Context, therapist string) error {
	_, err := c.db.ExecContext(ctx, `UPDATE demo_inbox SET seen = 1 WHERE therapist = $1`, therapist)
	return err
}
