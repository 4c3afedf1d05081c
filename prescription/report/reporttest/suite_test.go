package reporttest_test

import (
	"context"
	"errors"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/report"
	"github.com/verktoykatalog/verktoy/prescription/report/reporttest"
)

func TestMemoryKeepsTheContract(t *testing.T) {
	reporttest.TestStore(t, func(*testing.T) report.Store { return report.NewMemory() })
}

func TestCheckStoreSaysNothingOfAGoodStore(t *testing.T) {
	assert.NoError(t, reporttest.CheckStore(t.Context(), func() report.Store { return report.NewMemory() }))
}

func TestAStoreWithoutOutboxPasses(t *testing.T) {
	open := func() report.Store { return struct{ report.Store }{report.NewMemory()} }
	assert.NoError(t, reporttest.CheckStore(t.Context(), open))
}

func TestAQueueWithoutDeadLettersPasses(t *testing.T) {
	open := func() report.Store { return struct{ report.Queue }{report.NewMemory()} }
	assert.NoError(t, reporttest.CheckStore(t.Context(), open))
}

type memory = *report.Memory

// broken is the memory store with some of its methods replaced.
type broken struct {
	memory
	append  func(memory, context.Context, report.Report) (report.Report, error)
	line    func(memory, context.Context, report.Subject) (report.Line, error)
	claim   func(memory, context.Context, time.Time, time.Time, int) ([]report.Waiting, error)
	done    func(memory, context.Context, string) error
	retry   func(memory, context.Context, string, time.Time, string) error
	giveUp  func(memory, context.Context, string, time.Time, string) error
	release func(memory, context.Context, string, time.Time) error
	forget  func(memory, context.Context, time.Time, int) (int, error)
}

func (b broken) Append(ctx context.Context, r report.Report) (report.Report, error) {
	if b.append != nil {
		return b.append(b.memory, ctx, r)
	}
	return b.memory.Append(ctx, r)
}

func (b broken) Line(ctx context.Context, s report.Subject) (report.Line, error) {
	if b.line != nil {
		return b.line(b.memory, ctx, s)
	}
	return b.memory.Line(ctx, s)
}

func (b broken) Claim(ctx context.Context, now, until time.Time, n int) ([]report.Waiting, error) {
	if b.claim != nil {
		return b.claim(b.memory, ctx, now, until, n)
	}
	return b.memory.Claim(ctx, now, until, n)
}

func (b broken) Done(ctx context.Context, id string) error {
	if b.done != nil {
		return b.done(b.memory, ctx, id)
	}
	return b.memory.Done(ctx, id)
}

func (b broken) Retry(ctx context.Context, id string, at time.Time, code string) error {
	if b.retry != nil {
		return b.retry(b.memory, ctx, id, at, code)
	}
	return b.memory.Retry(ctx, id, at, code)
}

func (b broken) GiveUp(ctx context.Context, id string, at time.Time, code string) error {
	if b.giveUp != nil {
		return b.giveUp(b.memory, ctx, id, at, code)
	}
	return b.memory.GiveUp(ctx, id, at, code)
}

func (b broken) Release(ctx context.Context, id string, at time.Time) error {
	if b.release != nil {
		return b.release(b.memory, ctx, id, at)
	}
	return b.memory.Release(ctx, id, at)
}

func (b broken) ForgetEnded(ctx context.Context, before time.Time, n int) (int, error) {
	if b.forget != nil {
		return b.forget(b.memory, ctx, before, n)
	}
	return b.memory.ForgetEnded(ctx, before, n)
}

// dueAtTheLast puts a report off until the time of the one before it.
func dueAtTheLast(m memory, ctx context.Context, r report.Report) (report.Report, error) {
	if l, err := m.Line(ctx, r.Subject); err == nil && r.At.Before(l.Updated) {
		r.At = l.Updated
	}
	return m.Append(ctx, r)
}

// afterwards appends to a line that another one is read of: it looks first and
// writes whatever has come in between.
func afterwards(m memory, ctx context.Context, r report.Report) (report.Report, error) {
	l, err := m.Line(ctx, r.Subject)
	if err != nil || l.State.Ended() {
		return m.Append(ctx, r)
	}
	for range 100 {
		runtime.Gosched()
	}
	written, err := m.Append(ctx, r)
	if errors.Is(err, prescription.ErrEnded) {
		r.Sequence = l.Sequence + 1
		return r, nil
	}
	return written, err
}

// TestBrokenStoresAreFound is the test of the suite: each defect, and the case
// that must name it.
func TestBrokenStoresAreFound(t *testing.T) {
	tests := []struct {
		name, want string
		store      broken
	}{
		{"gives the report as it came", "given as it was written", broken{
			append: func(m memory, ctx context.Context, r report.Report) (report.Report, error) {
				got, err := m.Append(ctx, r)
				got.At = r.At
				return got, err
			}}},
		{"forgets the sequence", "given as it was written", broken{
			append: func(m memory, ctx context.Context, r report.Report) (report.Report, error) {
				got, err := m.Append(ctx, r)
				got.Sequence = 0
				return got, err
			}}},
		{"writes what is so already", "what is so already", broken{
			append: func(m memory, ctx context.Context, r report.Report) (report.Report, error) {
				got, err := m.Append(ctx, r)
				if err == nil && got.ID == "" {
					return r, nil
				}
				return got, err
			}}},
		{"cuts addresses", "is kept whole", broken{
			append: func(m memory, ctx context.Context, r report.Report) (report.Report, error) {
				r.Subject.Definition = r.Subject.Definition[:min(len(r.Subject.Definition), 400)]
				return m.Append(ctx, r)
			}}},
		{"has a line of its own for what is unknown", "has a new line", broken{
			line: func(m memory, ctx context.Context, s report.Subject) (report.Line, error) {
				l, err := m.Line(ctx, s)
				if l.Sequence == 0 {
					l.State = prescription.Sent
				}
				return l, err
			}}},
		{"takes what comes after the end", "the table does not allow", broken{
			append: func(m memory, ctx context.Context, r report.Report) (report.Report, error) {
				got, err := m.Append(ctx, r)
				if errors.Is(err, prescription.ErrEnded) {
					return r, nil
				}
				return got, err
			}}},
		{"keys by the launch too", "apart by portal and task", broken{
			append: func(m memory, ctx context.Context, r report.Report) (report.Report, error) {
				if r.Subject.Task != "" {
					r.Subject.Task += "/" + r.Subject.Launch
				}
				return m.Append(ctx, r)
			}}},
		{"ignores the portal", "apart by portal and task", broken{
			append: func(m memory, ctx context.Context, r report.Report) (report.Report, error) {
				r.Subject.Portal = "portal"
				return m.Append(ctx, r)
			}}},
		{"takes an id twice", "an id is used once", broken{
			append: func(m memory, ctx context.Context, r report.Report) (report.Report, error) {
				got, err := m.Append(ctx, r)
				if err != nil && r.Subject.Task == "Task/2" {
					return r, nil
				}
				return got, err
			}}},
		{"looks first and writes later", "of sixteen completions", broken{append: afterwards}},
		{"writes after the context has ended", "a context that has ended", broken{
			append: func(m memory, ctx context.Context, r report.Report) (report.Report, error) {
				return m.Append(context.WithoutCancel(ctx), r)
			}}},
		{"drops progress that is on its way", "that is handed out stays", broken{
			append: func(m memory, ctx context.Context, r report.Report) (report.Report, error) {
				if r.Event == report.EventProgress && r.ID == "p2" {
					_ = m.Done(ctx, "p1")
				}
				return m.Append(ctx, r)
			}}},
		{"sends new progress at once", "as long as what it replaces", broken{
			append: func(m memory, ctx context.Context, r report.Report) (report.Report, error) {
				got, err := m.Append(ctx, r)
				if r.ID == "p2" {
					_ = m.Retry(ctx, r.ID, r.At, "")
				}
				return got, err
			}}},
		{"keeps a number with the first one's progress", "goes forward", broken{
			append: func(m memory, ctx context.Context, r report.Report) (report.Report, error) {
				got, err := m.Append(ctx, r)
				if errors.Is(err, report.ErrBackwards) {
					return got, nil
				}
				return got, err
			}}},
		{"gives the same number twice", "numbered without gaps", broken{
			append: func(m memory, ctx context.Context, r report.Report) (report.Report, error) {
				got, err := m.Append(ctx, r)
				if got.Sequence > 2 && r.Event == report.EventProgress {
					got.Sequence = 2
				}
				return got, err
			}}},
		{"hands out what others have", "nobody else's until the lease ends", broken{
			claim: func(m memory, ctx context.Context, now, _ time.Time, n int) ([]report.Waiting, error) {
				return m.Claim(ctx, now, now, n)
			}}},
		{"counts only what failed", "that did not come back", broken{
			claim: func(m memory, ctx context.Context, now, until time.Time, n int) ([]report.Waiting, error) {
				claimed, err := m.Claim(ctx, now, until, n)
				for i := range claimed {
					claimed[i].Attempts = 1
				}
				return claimed, err
			}}},
		{"hands out what is not due", "not before it is due", broken{
			claim: func(m memory, ctx context.Context, now, until time.Time, n int) ([]report.Waiting, error) {
				return m.Claim(ctx, now.Add(time.Hour), until, n)
			}}},
		{"lets wait what a wrong clock put off", "what a clock that was wrong", broken{
			claim: func(m memory, ctx context.Context, now, until time.Time, n int) ([]report.Waiting, error) {
				return m.Claim(ctx, now, until.AddDate(100, 0, 0), n)
			}}},
		{"lets wait what happened before the last", "a time before", broken{append: dueAtTheLast}},
		{"forgets what is handed out", "come in order", broken{
			claim: func(m memory, ctx context.Context, now, until time.Time, n int) ([]report.Waiting, error) {
				claimed, err := m.Claim(ctx, now, until, n)
				for _, w := range claimed {
					_ = m.Done(ctx, w.Report.ID)
				}
				return claimed, err
			}}},
		{"does not forget what is done", "that is done never comes again", broken{
			done: func(memory, context.Context, string) error { return nil }}},
		{"forgets the code of a retry", "comes at its time with its code", broken{
			retry: func(m memory, ctx context.Context, id string, at time.Time, _ string) error {
				return m.Retry(ctx, id, at, "")
			}}},
		{"retries at once", "comes at its time with its code", broken{
			retry: func(m memory, ctx context.Context, id string, at time.Time, code string) error {
				return m.Retry(ctx, id, at.Add(-10_000*time.Hour), code)
			}}},
		{"throws away what is given up", "a report that is given up", broken{
			giveUp: func(m memory, ctx context.Context, id string, _ time.Time, _ string) error { return m.Done(ctx, id) }}},
		{"hands out what is given up", "a report that is given up", broken{
			giveUp: func(m memory, ctx context.Context, id string, at time.Time, code string) error {
				return m.Retry(ctx, id, at, code)
			}}},
		{"releases what was overtaken", "that was overtaken", broken{
			release: func(m memory, ctx context.Context, id string, at time.Time) error {
				if err := m.Release(ctx, id, at); !errors.Is(err, report.ErrOutdated) {
					return err
				}
				return nil
			}}},
		{"forgets what goes on", "can be forgotten", broken{
			forget: func(m memory, ctx context.Context, before time.Time, n int) (int, error) {
				forgotten, err := m.ForgetEnded(ctx, before, n)
				return forgotten + 1, err
			}}},
		{"forgets without a limit", "can be forgotten", broken{
			forget: func(m memory, ctx context.Context, before time.Time, _ int) (int, error) {
				return m.ForgetEnded(ctx, before, 100)
			}}},
		{"forgets too early", "can be forgotten", broken{
			forget: func(m memory, ctx context.Context, before time.Time, n int) (int, error) {
				return m.ForgetEnded(ctx, before.Add(time.Second), n)
			}}},
	}
	require.NotEmpty(t, tests)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			err := reporttest.CheckStore(t.Context(), func() report.Store {
				tt.store.memory = report.NewMemory()
				return tt.store
			})
			assert.ErrorContains(t, err, tt.want)
		})
	}
}
