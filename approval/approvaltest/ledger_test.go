package approvaltest_test

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/approval/approvaltest"
)

func TestMemoryLedgerKeepsTheContract(t *testing.T) {
	approvaltest.TestLedger(t, func(*testing.T) approval.Ledger { return approval.NewMemoryLedger() })
}

func TestCheckLedgerSaysNothingOfAGoodLedger(t *testing.T) {
	require.NoError(t, approvaltest.CheckLedger(t.Context(), func() approval.Ledger { return approval.NewMemoryLedger() }))
}

type (
	entry  = approval.Entry
	memory = *approval.MemoryLedger
)

// broken is the memory ledger with one of its methods replaced.
type broken struct {
	*approval.MemoryLedger
	append  func(memory, context.Context, entry) (entry, error)
	entries func(memory, context.Context, string) ([]entry, error)
}

func (b broken) Append(ctx context.Context, e entry) (entry, error) {
	if b.append != nil {
		return b.append(b.MemoryLedger, ctx, e)
	}
	return b.MemoryLedger.Append(ctx, e)
}

func (b broken) Entries(ctx context.Context, id string) ([]entry, error) {
	if b.entries != nil {
		return b.entries(b.MemoryLedger, ctx, id)
	}
	return b.MemoryLedger.Entries(ctx, id)
}

// torn is a ledger of its own that looks first and writes later.
type torn struct {
	mu    sync.Mutex
	cases map[string][]entry
	// link makes the stored entry; the contract's own is Entry.After.
	link func(e, last entry) (entry, error)
	gap  bool
}

func (l *torn) Append(ctx context.Context, e entry) (entry, error) {
	if ctx.Err() != nil {
		return entry{}, ctx.Err()
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	var last entry
	if all := l.cases[e.Case]; len(all) > 0 {
		last = all[len(all)-1]
	}
	linked, err := l.link(e, last)
	if err != nil {
		return entry{}, err
	}
	if l.gap {
		l.mu.Unlock()
		runtime.Gosched()
		l.mu.Lock()
	}
	l.cases[e.Case] = append(l.cases[e.Case], linked)
	return linked, nil
}

func (l *torn) Entries(ctx context.Context, id string) ([]entry, error) {
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.cases[id]), nil
}

func unlocked(link func(e, last entry) (entry, error)) func() approval.Ledger {
	return func() approval.Ledger { return &torn{cases: map[string][]entry{}, link: link} }
}

// TestBrokenLedgersAreFound is the test of the suite: each defect, and the case that must name it.
func TestBrokenLedgersAreFound(t *testing.T) {
	with := func(b broken) func() approval.Ledger {
		return func() approval.Ledger { b.MemoryLedger = approval.NewMemoryLedger(); return b }
	}
	reading := func(read func([]entry) []entry) func() approval.Ledger {
		return with(broken{entries: func(m memory, ctx context.Context, id string) ([]entry, error) {
			all, err := m.Entries(ctx, id)
			return read(all), err
		}})
	}
	writing := func(edit func(*entry)) func() approval.Ledger {
		return with(broken{append: func(m memory, ctx context.Context, e entry) (entry, error) { edit(&e); return m.Append(ctx, e) }})
	}
	tests := []struct {
		name, want string
		open       func() approval.Ledger
	}{
		{"looks first and writes later", "of eight entries", func() approval.Ledger {
			return &torn{cases: map[string][]entry{}, link: entry.After, gap: true}
		}},
		{"loses the newest", "in order, linked and whole", reading(func(all []entry) []entry { return all[:max(0, len(all)-1)] })},
		{"gives newest first", "in order, linked and whole", reading(func(all []entry) []entry { slices.Reverse(all); return all })},
		{"gives a page only", "in order, linked and whole", reading(func(all []entry) []entry { return all[:min(len(all), 100)] })},
		{"gives local times", "in order, linked and whole", reading(func(all []entry) []entry {
			for i := range all {
				all[i].At = all[i].At.In(time.FixedZone("Oslo", 3600))
			}
			return all
		})},
		{"keeps the caller's links", "what Append gives", unlocked(func(e, last entry) (entry, error) {
			if e.Hash != "" {
				return e, nil
			}
			return e.After(last)
		})},
		{"gives back what it got", "what Append gives", with(broken{append: func(m memory, ctx context.Context, e entry) (entry, error) {
			_, err := m.Append(ctx, e)
			return e, err
		}})},
		{"knows every case", "a case without entries", with(broken{entries: func(m memory, ctx context.Context, id string) ([]entry, error) {
			all, err := m.Entries(ctx, id)
			if len(all) == 0 && err == nil {
				return nil, errors.New("not found")
			}
			return all, err
		}})},
		{"mixes cases", "chains of their own", with(broken{entries: func(m memory, ctx context.Context, id string) ([]entry, error) {
			if id == "case-2" {
				id = "case-1"
			}
			return m.Entries(ctx, id)
		}})},
		{"ignores case", "byte for byte", writing(func(e *entry) { e.Case = strings.ToLower(e.Case) })},
		{"counts by itself", "a wrong number", unlocked(func(e, last entry) (entry, error) { e.Seq = last.Seq + 1; return e.After(last) })},
		{"does not look at the state", "go on from the last entry", unlocked(func(e, last entry) (entry, error) {
			if linked, err := e.After(last); !errors.Is(err, approval.ErrEntry) {
				return linked, err
			}
			return e, nil
		})},
		{"takes any text", "texts and identity numbers", unlocked(func(e, last entry) (entry, error) {
			linked, err := e.After(last)
			if errors.Is(err, approval.ErrEntry) && (e.Reason != "" || len(e.By.ID) > 5) {
				return e, nil
			}
			return linked, err
		})},
		{"writes what it refuses", "go on from the last entry", with(broken{append: func(m memory, ctx context.Context, e entry) (entry, error) {
			linked, err := m.Append(ctx, e)
			if errors.Is(err, approval.ErrEntry) {
				e.Tool, e.From, e.Content = "sovn-steg", approval.CaseDraft, approval.DigestOf(nil)
				e.At, e.Event = time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC), approval.EventSubmit
				_, _ = m.Append(ctx, e)
			}
			return linked, err
		}})},
		{"loses what others write meanwhile", "cases grow at the same time", func() approval.Ledger { return &losing{} }},
		{"shares its rows", "what the caller does", func() approval.Ledger { return &sharing{} }},
		{"writes after the context has ended", "a context that has ended", with(broken{append: func(m memory, ctx context.Context, e entry) (entry, error) {
			return m.Append(context.WithoutCancel(ctx), e)
		}})},
		{"reads after the context has ended", "a context that has ended", with(broken{entries: func(m memory, ctx context.Context, id string) ([]entry, error) {
			return m.Entries(context.WithoutCancel(ctx), id)
		}})},
		{"is down", "down", with(broken{append: func(memory, context.Context, entry) (entry, error) { return entry{}, errors.New("down") }})},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			assert.ErrorContains(t, approvaltest.CheckLedger(t.Context(), tt.open), tt.want)
		})
	}
}

// sharing gives its own rows away.
type sharing struct {
	mu  sync.Mutex
	all map[string][]entry
}

func (s *sharing) Append(ctx context.Context, e entry) (entry, error) {
	if ctx.Err() != nil {
		return entry{}, ctx.Err()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	var last entry
	if all := s.all[e.Case]; len(all) > 0 {
		last = all[len(all)-1]
	}
	linked, err := e.After(last)
	if err != nil {
		return entry{}, err
	}
	if s.all == nil {
		s.all = map[string][]entry{}
	}
	s.all[e.Case] = append(s.all[e.Case], linked)
	return linked, nil
}

func (s *sharing) Entries(ctx context.Context, id string) ([]entry, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.all[id], ctx.Err()
}

// losing takes a copy of everything, changes it and puts it back.
type losing struct {
	all atomic.Pointer[map[string][]entry]
}

func (l *losing) now() map[string][]entry {
	if all := l.all.Load(); all != nil {
		return *all
	}
	return nil
}

func (l *losing) Append(ctx context.Context, e entry) (entry, error) {
	if ctx.Err() != nil {
		return entry{}, ctx.Err()
	}
	all := map[string][]entry{}
	for id, entries := range l.now() {
		all[id] = slices.Clone(entries)
	}
	var last entry
	if n := len(all[e.Case]); n > 0 {
		last = all[e.Case][n-1]
	}
	linked, err := e.After(last)
	if err != nil {
		return entry{}, err
	}
	runtime.Gosched()
	all[e.Case] = append(all[e.Case], linked)
	l.all.Store(&all)
	return linked, nil
}

func (l *losing) Entries(ctx context.Context, id string) ([]entry, error) {
	return slices.Clone(l.now()[id]), ctx.Err()
}
