package report

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/verktoykatalog/verktoy/prescription"
)

// Claim implements [Outbox].
func (m *Memory) Claim(ctx context.Context, now, until time.Time, n int) ([]Waiting, error) {
	leave, err := m.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	m.hasten(now, until.Add(LongestWait))
	ready := m.ready(now)
	claimed := make([]Waiting, 0, len(ready))
	for _, r := range ready[:min(max(n, 0), len(ready))] {
		r.Attempts++
		r.leased = until
		claimed = append(claimed, r.Waiting)
	}
	return claimed, nil
}

// hasten makes due what would wait for longer than anything can have to.
func (m *Memory) hasten(now, longest time.Time) {
	for _, r := range m.outbox {
		if r.Due.After(longest) {
			r.Due = stamp(now)
		}
		if r.leased.After(longest) {
			r.leased = time.Time{}
		}
	}
}

func (m *Memory) ready(now time.Time) []*memoryReport {
	first := map[string]*memoryReport{}
	for _, r := range m.outbox {
		key := r.Report.Subject.Key()
		if f := first[key]; r.Dead.IsZero() && (f == nil || r.Report.Sequence < f.Report.Sequence) {
			first[key] = r
		}
	}
	var ready []*memoryReport
	for _, r := range first {
		if !r.Due.After(now) && !r.leased.After(now) {
			ready = append(ready, r)
		}
	}
	slices.SortFunc(ready, func(a, b *memoryReport) int {
		return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(a.Report.ID, b.Report.ID))
	})
	return ready
}

// edit changes a report that waits, if there is one.
func (m *Memory) edit(ctx context.Context, id string, edit func(*memoryReport)) error {
	leave, err := m.enter(ctx)
	if err != nil {
		return err
	}
	defer leave()
	if r := m.outbox[id]; r != nil {
		edit(r)
	}
	return nil
}

// Done implements [Outbox].
func (m *Memory) Done(ctx context.Context, id string) error {
	return m.edit(ctx, id, func(*memoryReport) { delete(m.outbox, id) })
}

// Retry implements [Outbox].
func (m *Memory) Retry(ctx context.Context, id string, at time.Time, code string) error {
	return m.edit(ctx, id, func(r *memoryReport) { r.Due, r.Code, r.leased = stamp(at), code, time.Time{} })
}

// GiveUp implements [Outbox].
func (m *Memory) GiveUp(ctx context.Context, id string, at time.Time, code string) error {
	return m.edit(ctx, id, func(r *memoryReport) { r.Dead, r.Code, r.leased = stamp(at), code, time.Time{} })
}

// Dead implements [DeadLetters].
func (m *Memory) Dead(ctx context.Context, n int) ([]Waiting, error) {
	leave, err := m.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	var dead []Waiting
	for _, r := range m.outbox {
		if !r.Waiting.Dead.IsZero() {
			dead = append(dead, r.Waiting)
		}
	}
	slices.SortFunc(dead, func(a, b Waiting) int {
		return cmp.Or(a.Dead.Compare(b.Dead), cmp.Compare(a.Report.ID, b.Report.ID))
	})
	return dead[:min(cmp.Or(max(n, 0), prescription.DefaultListed), len(dead))], nil
}

// Release implements [DeadLetters].
func (m *Memory) Release(ctx context.Context, id string, at time.Time) error {
	err := ErrNoLetter
	failed := m.edit(ctx, id, func(r *memoryReport) {
		switch {
		case r.Dead.IsZero():
		case r.Report.Outdated(m.line(r.Report.Subject).Sequence):
			err = ErrOutdated
		default:
			r.Dead, r.Due, r.Attempts, err = time.Time{}, stamp(at), 0, nil
		}
	})
	return cmp.Or(failed, err)
}

// ForgetEnded implements [Keeper].
func (m *Memory) ForgetEnded(ctx context.Context, before time.Time, n int) (int, error) {
	leave, err := m.enter(ctx)
	if err != nil {
		return 0, err
	}
	defer leave()
	waits := map[string]bool{}
	for _, r := range m.outbox {
		waits[r.Report.Subject.Key()] = true
	}
	forgotten := 0
	for key, l := range m.lines {
		if forgotten < n && l.State.Ended() && l.Updated.Before(stamp(before)) && !waits[key] {
			delete(m.lines, key)
			forgotten++
		}
	}
	return forgotten, nil
}
