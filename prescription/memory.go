package prescription

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
)

// Memory is a [Store] and [Outbox] for tests and demonstrations, and all else
// that a store can be: [DeadLetters], [Lister], [Notebook], [Eraser], [Historian]
// and [Auditor]. What it holds is lost with the program and grows without limit.
// Make one with [NewMemory].
type Memory struct {
	mu     sync.Mutex
	rows   map[ID]*memoryRow
	keys   map[[2]string]ID
	outbox map[MessageID]*memoryMessage
}

type memoryRow struct {
	now     Prescription
	content string
	audit   []AuditEntry
	reports map[string]Event
	notes   []Note
	erased  bool
}

var _ Queue = (*Memory)(nil)

// NewMemory gives an empty store.
func NewMemory() *Memory {
	return &Memory{rows: map[ID]*memoryRow{}, keys: map[[2]string]ID{}, outbox: map[MessageID]*memoryMessage{}}
}

// enter waits for the lock; leave it with the function it gives.
func (m *Memory) enter(ctx context.Context) (leave func(), err error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("prescription: %w", err)
	}
	m.mu.Lock()
	return m.mu.Unlock, nil
}

// Create implements [Store].
func (m *Memory) Create(ctx context.Context, n New) (Prescription, error) {
	leave, err := m.enter(ctx)
	if err != nil {
		return Prescription{}, err
	}
	defer leave()
	key := [2]string{n.Prescription.Tenant, n.Prescription.Key}
	if id, used := m.keys[key]; used {
		return m.rows[id].again(n)
	}
	if n.OnlyStored {
		return Prescription{}, ErrNotFound
	}
	p := n.Prescription.stamped()
	if m.rows[p.ID] != nil {
		return Prescription{}, errors.New("prescription: id is in use")
	}
	end, err := m.supersedes(n)
	if err != nil {
		return Prescription{}, err
	}
	end()
	entry := n.Audit
	entry.At = stamp(entry.At)
	m.rows[p.ID] = &memoryRow{now: p, content: n.Content, audit: []AuditEntry{entry.Linked("")}, reports: map[string]Event{}}
	m.keys[key] = p.ID
	m.post(n.Messages, p)
	return p, nil
}

// supersedes looks at what stands in the way of a new prescription, and gives
// what ends the one that it takes the place of.
func (m *Memory) supersedes(n New) (end func(), err error) {
	previous := ID("")
	end = func() {}
	if n.Previous != nil {
		previous = n.Previous.ID
		if end, err = m.ending(n); err != nil {
			return nil, err
		}
	}
	if n.Second {
		return end, nil
	}
	for id, row := range m.rows {
		if id != previous && row.now.rivals(n.Prescription) {
			return nil, ErrAlreadyActive
		}
	}
	return end, nil
}

func (m *Memory) ending(n New) (func(), error) {
	row := m.rows[n.Previous.ID]
	if row == nil {
		return nil, ErrNotFound
	}
	if err := n.Follows(row.now); err != nil {
		return nil, err
	}
	after, _, err := row.now.Next(*n.Previous)
	return func() { m.write(row, *n.Previous, after) }, err
}

// rivals says whether p stands in the way of another one of the same tool.
func (p Prescription) rivals(other Prescription) bool {
	return p.Tenant == other.Tenant && p.Tool == other.Tool && p.Patient.Pseudonym == other.Patient.Pseudonym &&
		!p.StateAt(other.Issued).Ended()
}

func (row *memoryRow) again(n New) (Prescription, error) {
	if !n.Same(row.now, row.content) {
		return Prescription{}, ErrKeyReused
	}
	return row.now, nil
}

// Change implements [Store].
func (m *Memory) Change(ctx context.Context, c Change) (Prescription, Applied, error) {
	leave, err := m.enter(ctx)
	if err != nil {
		return Prescription{}, "", err
	}
	defer leave()
	row := m.rows[c.ID]
	if row == nil {
		return Prescription{}, "", ErrNotFound
	}
	if event, seen := row.reports[c.Report]; seen {
		return row.now, Duplicate, c.Repeats(event)
	}
	after, applied, err := row.now.Next(c)
	if err != nil {
		return Prescription{}, "", err
	}
	if c.Report != "" && c.Remembered(row.now, applied) {
		row.reports[c.Report] = c.Event
	}
	if applied == Changed {
		m.write(row, c, after)
	}
	return after, applied, nil
}

func (m *Memory) write(row *memoryRow, c Change, after Prescription) {
	before := row.now
	entry := c.Entry(before, after)
	row.audit = append(row.audit, entry.Linked(row.audit[len(row.audit)-1].Hash))
	row.now, row.erased = after, false
	if c.Note != "" {
		row.notes = append(row.notes, Note{Version: after.Version, At: after.Updated, By: c.By, Text: c.Note})
	}
	if after.State.Ended() {
		m.hurry(c.ID, c.Received)
	}
	for _, msg := range c.Outgoing(before, after) {
		m.outbox[msg.ID] = &memoryMessage{Message: msg}
	}
}

// Get implements [Store].
func (m *Memory) Get(ctx context.Context, id ID) (Prescription, error) {
	leave, err := m.enter(ctx)
	if err != nil {
		return Prescription{}, err
	}
	defer leave()
	if row := m.rows[id]; row != nil {
		return row.now, nil
	}
	return Prescription{}, ErrNotFound
}

// Audit implements [Store].
func (m *Memory) Audit(ctx context.Context, id ID) ([]AuditEntry, error) {
	leave, err := m.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	if row := m.rows[id]; row != nil {
		return slices.Clone(row.audit), nil
	}
	return nil, ErrNotFound
}
