package prescriptionsql

import (
	"cmp"
	"context"
	"math"
	"slices"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/prescription"
)

var (
	_ prescription.Lister      = (*Store)(nil)
	_ prescription.DeadLetters = (*Store)(nil)
	_ prescription.Notebook    = (*Store)(nil)
	_ prescription.Eraser      = (*Store)(nil)
	_ prescription.Historian   = (*Store)(nil)
)

// ForPatient implements [prescription.Lister]. It only reads.
func (s *Store) ForPatient(ctx context.Context, tenant, pseudonym string, after prescription.ID, n int) ([]prescription.Prescription, error) {
	query, args := selectNewestOfPatient, []any{tenant, pseudonym}
	if after != "" {
		query, args = selectOlderOfPatient, append(args, string(after))
	}
	return s.list(ctx, query, append(args, prescription.PageSize(n))...)
}

// Overdue implements [prescription.Lister]. It only reads, once for each state
// that is asked for.
func (s *Store) Overdue(ctx context.Context, tenant string, q prescription.Overdue, after prescription.Prescription, n int) ([]prescription.Prescription, error) {
	if err := q.Check(); err != nil {
		return nil, err
	}
	from, id := unexpired(q.At, after)
	var found []prescription.Prescription
	for state, since := range q.Since() {
		some, err := s.list(ctx, selectOverdue, tenant, string(state), from, id, micros(since), prescription.PageSize(n))
		if err != nil {
			return nil, err
		}
		found = append(found, some...)
	}
	slices.SortFunc(found, func(a, b prescription.Prescription) int {
		return cmp.Or(a.Expires.Compare(b.Expires), cmp.Compare(a.ID, b.ID))
	})
	return found[:min(prescription.PageSize(n), len(found))], nil
}

// Ended implements [prescription.Lister]. It only reads.
func (s *Store) Ended(ctx context.Context, tenant string, state prescription.State, since time.Time, after prescription.Prescription, n int) ([]prescription.Prescription, error) {
	until := int64(math.MaxInt64)
	if !after.Ended.IsZero() {
		until = micros(after.Ended)
	}
	return s.list(ctx, selectEnded, tenant, string(state), micros(since), until, string(after.ID), prescription.PageSize(n))
}

// ForTool implements [prescription.Lister]. It only reads.
func (s *Store) ForTool(ctx context.Context, tenant string, tool catalogue.ToolID, at time.Time, after prescription.Prescription, n int) ([]prescription.Prescription, error) {
	if at.IsZero() {
		return nil, prescription.ErrNoTime
	}
	from, id := unexpired(at, after)
	return s.list(ctx, selectForTool, tenant, string(tool), from, id, prescription.PageSize(n))
}

// unexpired is where a list by expiry goes on after a prescription: with what has
// not expired at a time. What expires at that time has.
func unexpired(at time.Time, after prescription.Prescription) (from int64, id string) {
	if after.Expires.After(at) {
		return micros(after.Expires), string(after.ID)
	}
	return at.UnixMicro() + 1, ""
}

func (s *Store) list(ctx context.Context, query string, args ...any) ([]prescription.Prescription, error) {
	rows, err := s.db.QueryContext(ctx, query, args...)
	found, err := all(rows, err, func(row scanner) (prescription.Prescription, error) {
		p, _, err := scanPrescription(row)
		return p, err
	})
	return found, translate(ctx, err)
}

// Notes implements [prescription.Notebook]. It only reads.
func (s *Store) Notes(ctx context.Context, id prescription.ID) ([]prescription.Note, error) {
	rows, err := s.db.QueryContext(ctx, selectNotes, string(id))
	notes, err := all(rows, err, scanNote)
	if err != nil {
		return nil, translate(ctx, err)
	}
	if len(notes) == 0 {
		_, err = s.Get(ctx, id)
	}
	return notes, err
}

func scanNote(row scanner) (n prescription.Note, err error) {
	var us int64
	err = row.Scan(&n.Version, &us, &n.By.Role, &n.By.ID, &n.Text)
	n.At = at(us)
	return n, err
}

// Milestones implements [prescription.Historian]. It only reads, and holds its
// connection while each is called.
func (s *Store) Milestones(ctx context.Context, from, to time.Time, each func(prescription.Milestones) error) error {
	rows, err := s.db.QueryContext(ctx, selectMilestones, micros(from), micros(to))
	if err != nil {
		return translate(ctx, err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		m, err := scanMilestones(rows)
		if err != nil {
			return translate(ctx, err)
		}
		if err := each(m); err != nil {
			return err
		}
	}
	return translate(ctx, rows.Err())
}

func scanMilestones(row scanner) (m prescription.Milestones, err error) {
	times := []*time.Time{&m.Issued, &m.Expires, &m.Delivered, &m.Opened, &m.Started, &m.Completed, &m.Ended}
	us := make([]int64, len(times))
	into := []any{&m.Tool, &m.Unit, &m.Tenant, &m.State}
	for i := range us {
		into = append(into, &us[i])
	}
	err = row.Scan(into...)
	for i, t := range times {
		*t = at(us[i])
	}
	return m, err
}
