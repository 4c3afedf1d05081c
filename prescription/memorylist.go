package prescription

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
)

var (
	_ Lister      = (*Memory)(nil)
	_ DeadLetters = (*Memory)(nil)
	_ Notebook    = (*Memory)(nil)
	_ Eraser      = (*Memory)(nil)
	_ Historian   = (*Memory)(nil)
	_ Auditor     = (*Memory)(nil)
)

// How many a [Lister] gives at a time.
const (
	DefaultListed = 100   // when none are asked for
	MostListed    = 1_000 // at most
)

// PageSize brings the n of a [Lister] within its bounds. For those who write one.
func PageSize(n int) int { return min(cmp.Or(max(n, 0), DefaultListed), MostListed) }

// ForPatient implements [Lister].
func (m *Memory) ForPatient(ctx context.Context, tenant, pseudonym string, after ID, n int) ([]Prescription, error) {
	return m.list(ctx, n, func(p Prescription) bool {
		return p.Tenant == tenant && p.Patient.Pseudonym == pseudonym && (after == "" || p.ID < after)
	}, func(a, b Prescription) int { return cmp.Compare(b.ID, a.ID) })
}

// Overdue implements [Lister].
func (m *Memory) Overdue(ctx context.Context, tenant string, q Overdue, after Prescription, n int) ([]Prescription, error) {
	if err := q.Check(); err != nil {
		return nil, err
	}
	order := func(a, b Prescription) int { return cmp.Or(a.Expires.Compare(b.Expires), cmp.Compare(a.ID, b.ID)) }
	return m.list(ctx, n, func(p Prescription) bool { return p.Tenant == tenant && order(p, after) > 0 && q.Matches(p) }, order)
}

// Ended implements [Lister].
func (m *Memory) Ended(ctx context.Context, tenant string, state State, since time.Time, after Prescription, n int) ([]Prescription, error) {
	order := func(a, b Prescription) int { return cmp.Or(b.Ended.Compare(a.Ended), cmp.Compare(b.ID, a.ID)) }
	return m.list(ctx, n, func(p Prescription) bool {
		return p.Tenant == tenant && p.State == state && state.Ended() && !p.Ended.Before(stamp(since)) &&
			(after.Ended.IsZero() || order(p, after) > 0)
	}, order)
}

// ForTool implements [Lister].
func (m *Memory) ForTool(ctx context.Context, tenant string, tool catalogue.ToolID, at time.Time, after Prescription, n int) ([]Prescription, error) {
	if at.IsZero() {
		return nil, ErrNoTime
	}
	order := func(a, b Prescription) int { return cmp.Or(a.Expires.Compare(b.Expires), cmp.Compare(a.ID, b.ID)) }
	return m.list(ctx, n, func(p Prescription) bool {
		return p.Tenant == tenant && p.Tool == tool && !p.StateAt(at).Ended() && order(p, after) > 0
	}, order)
}

func (m *Memory) list(ctx context.Context, n int, fits func(Prescription) bool, order func(a, b Prescription) int) ([]Prescription, error) {
	leave, err := m.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	var found []Prescription
	for _, row := range m.rows {
		if fits(row.now) {
			found = append(found, row.now)
		}
	}
	slices.SortFunc(found, order)
	return found[:min(PageSize(n), len(found))], nil
}

// Notes implements [Notebook].
func (m *Memory) Notes(ctx context.Context, id ID) ([]Note, error) {
	leave, err := m.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	if row := m.rows[id]; row != nil {
		return slices.Clone(row.notes), nil
	}
	return nil, ErrNotFound
}

// EraseEnded implements [Eraser].
func (m *Memory) EraseEnded(ctx context.Context, before time.Time, n int) (int, error) {
	leave, err := m.enter(ctx)
	if err != nil {
		return 0, err
	}
	defer leave()
	erased := 0
	for _, row := range m.rows {
		if erased < n && row.now.overBefore(before) && row.erase() {
			erased++
		}
	}
	return erased, nil
}

// overBefore says whether a prescription had ended or expired before a time.
func (p Prescription) overBefore(at time.Time) bool { return p.over().Before(at) }

// over is when a prescription has ended or will expire.
func (p Prescription) over() time.Time {
	if p.State.Ended() {
		return p.Ended
	}
	return p.Expires
}

// ErasePatient implements [Eraser].
func (m *Memory) ErasePatient(ctx context.Context, tenant, pseudonym string, at time.Time) (erased, kept int, err error) {
	if err := CheckErasure(tenant, pseudonym, at); err != nil {
		return 0, 0, err
	}
	leave, err := m.enter(ctx)
	if err != nil {
		return 0, 0, err
	}
	defer leave()
	for _, row := range m.rows {
		switch {
		case row.now.Tenant != tenant || row.now.Patient.Pseudonym != pseudonym:
		case row.now.over().After(at):
			kept++
		case row.erase():
			erased++
		}
	}
	return erased, kept, nil
}

// erase says whether there was anything to erase.
func (row *memoryRow) erase() bool {
	if row.erased {
		return false
	}
	row.now.Patient.NationalID, row.now.Text, row.notes, row.erased = NationalID{}, "", nil, true
	return true
}

// Milestones implements [Historian].
func (m *Memory) Milestones(ctx context.Context, from, to time.Time, each func(Milestones) error) error {
	leave, err := m.enter(ctx)
	if err != nil {
		return err
	}
	defer leave()
	for _, row := range m.rows {
		if p := row.now; !p.Issued.Before(from) && p.Issued.Before(to) {
			if err := each(p.Milestones()); err != nil {
				return err
			}
		}
	}
	return nil
}

// Milestones are those of a prescription.
func (p Prescription) Milestones() Milestones {
	return Milestones{Tool: p.Tool, Unit: p.Unit, Tenant: p.Tenant, State: p.State, Issued: p.Issued, Expires: p.Expires,
		Delivered: p.Delivered, Opened: p.Opened, Started: p.Started, Completed: p.Completed, Ended: p.Ended}
}

// AuditAll implements [Auditor].
func (m *Memory) AuditAll(ctx context.Context, each func(AuditHead, AuditEntry) error) error {
	leave, err := m.enter(ctx)
	if err != nil {
		return err
	}
	defer leave()
	for _, id := range slices.Sorted(maps.Keys(m.rows)) {
		row := m.rows[id]
		head := AuditHead{ID: id, Version: row.now.Version, State: row.now.State, Updated: row.now.Updated}
		for _, e := range row.audit {
			if err := each(head, e); err != nil {
				return err
			}
		}
	}
	return nil
}
