package prescription

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
)

// Memory is a [Store] and [Outbox] for tests and demonstrations. What it holds
// is lost with the program and grows without limit. Make one with [NewMemory].
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
	reports map[string]bool
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
	entry := n.Audit
	entry.At = stamp(entry.At)
	m.rows[p.ID] = &memoryRow{now: p, content: n.Content, audit: []AuditEntry{entry.Linked("")}, reports: map[string]bool{}}
	m.keys[key] = p.ID
	m.post(n.Message, p)
	return p, nil
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
	if row.reports[c.Report] {
		return row.now, Duplicate, nil
	}
	after, applied, err := row.now.Next(c)
	if err != nil {
		return Prescription{}, "", err
	}
	if c.Report != "" {
		row.reports[c.Report] = true
	}
	if applied == Changed {
		entry := c.Entry(row.now, after)
		row.audit = append(row.audit, entry.Linked(row.audit[len(row.audit)-1].Hash))
		row.now = after
		if after.State.Ended() {
			m.hurry(c.ID, c.Received)
		}
		m.post(c.Message, after)
	}
	return after, applied, nil
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
