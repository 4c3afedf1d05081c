package report

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// Memory is a [Store] for tests and demonstrations, with outbox and dead letters.
// What it holds is lost with the program. Make one with [NewMemory].
type Memory struct {
	mu     sync.Mutex
	lines  map[string]Line
	outbox map[string]*memoryReport
}

type memoryReport struct {
	Waiting
	leased time.Time
}

var (
	_ Queue       = (*Memory)(nil)
	_ DeadLetters = (*Memory)(nil)
	_ Keeper      = (*Memory)(nil)
)

// NewMemory gives an empty store.
func NewMemory() *Memory {
	return &Memory{lines: map[string]Line{}, outbox: map[string]*memoryReport{}}
}

// enter waits for the lock; leave it with the function it gives.
func (m *Memory) enter(ctx context.Context) (leave func(), err error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("report: %w", err)
	}
	m.mu.Lock()
	return m.mu.Unlock, nil
}

func (m *Memory) line(s Subject) Line {
	if l, known := m.lines[s.Key()]; known {
		return l
	}
	return NewLine()
}

// Append implements [Store].
func (m *Memory) Append(ctx context.Context, r Report) (Report, error) {
	leave, err := m.enter(ctx)
	if err != nil {
		return Report{}, err
	}
	defer leave()
	next, written, err := m.line(r.Subject).Next(r)
	if err != nil || written.ID == "" {
		return Report{}, err
	}
	if m.outbox[written.ID] != nil {
		return Report{}, errInUse
	}
	w := Waiting{Report: written, Due: stamp(r.At)}
	if written.Event == EventProgress {
		w = m.collapse(w)
	}
	m.lines[r.Subject.Key()], m.outbox[written.ID] = next, &memoryReport{Waiting: w}
	return written, nil
}

var errInUse = errors.New("report: id is in use")

func (m *Memory) collapse(w Waiting) Waiting {
	now := w.Due
	for id, old := range m.outbox {
		same := old.Report.Event == EventProgress && old.Report.Subject.Key() == w.Report.Subject.Key()
		if same && !old.leased.After(now) {
			w = w.Replace(old.Waiting)
			delete(m.outbox, id)
		}
	}
	return w
}

// Line implements [Store].
func (m *Memory) Line(ctx context.Context, s Subject) (Line, error) {
	leave, err := m.enter(ctx)
	if err != nil {
		return Line{}, err
	}
	defer leave()
	return m.line(s), nil
}
