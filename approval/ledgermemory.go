package approval

import (
	"context"
	"fmt"
	"slices"
	"sync"
)

// MemoryLedger is a [Ledger] for tests and demonstrations. What it holds is
// lost with the program and grows without limit. Make one with [NewMemoryLedger].
type MemoryLedger struct {
	mu    sync.Mutex
	cases map[string][]Entry
}

var _ Ledger = (*MemoryLedger)(nil)

// NewMemoryLedger gives an empty ledger.
func NewMemoryLedger() *MemoryLedger { return &MemoryLedger{cases: map[string][]Entry{}} }

// Append implements [Ledger].
func (m *MemoryLedger) Append(ctx context.Context, e Entry) (Entry, error) {
	if err := ctx.Err(); err != nil {
		return Entry{}, fmt.Errorf("approval: %w", err)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	var last Entry
	if all := m.cases[e.Case]; len(all) > 0 {
		last = all[len(all)-1]
	}
	linked, err := e.After(last)
	if err != nil {
		return Entry{}, err
	}
	m.cases[e.Case] = append(m.cases[e.Case], linked)
	return linked, nil
}

// Entries implements [Ledger].
func (m *MemoryLedger) Entries(ctx context.Context, caseID string) ([]Entry, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("approval: %w", err)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.cases[caseID]), nil
}
