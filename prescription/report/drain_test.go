package report_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/report"
)

// fault is an error of a receiver with a code and a wish.
type fault struct {
	code  string
	after time.Duration
}

func (f fault) Error() string             { return "canary" }
func (f fault) Code() string              { return f.code }
func (f fault) RetryAfter() time.Duration { return f.after }

func started(t *testing.T, w *world) report.Report {
	t.Helper()
	r, err := w.Started(t.Context(), w.store, task)
	require.NoError(t, err)
	return r
}

// Who sends nothing claims nothing: no try is counted.
func TestDrainWithoutASender(t *testing.T) {
	w := newWorld(t)
	started(t, w)
	for _, to := range []report.Sender{nil, (*report.HTTPSender)(nil)} {
		n, err := w.Drain(t.Context(), w.store, to)
		require.EqualError(t, err, "report: Drain: the Sender is nil")
		assert.Zero(t, n)
	}
	_, err := w.Drain(t.Context(), (*report.Memory)(nil), report.Routes{})
	require.EqualError(t, err, "report: Drain: the Queue is nil")
	waiting, err := w.store.Claim(t.Context(), noon, noon.Add(time.Minute), 9)
	require.NoError(t, err)
	require.Len(t, waiting, 1)
	assert.Equal(t, 1, waiting[0].Attempts)
}

func TestDrainDeliversMoreThanOneBatchInOrder(t *testing.T) {
	w := newWorld(t)
	for n := range 37 {
		for _, e := range []string{"start", "pause", "resume", "complete"} {
			_, err := w.say(t, report.Subject{Portal: "p", Task: fmt.Sprint(n)}, e)
			require.NoError(t, err)
		}
	}
	assert.Equal(t, 4*37, w.drain(t))
	last := map[string]int64{}
	for _, r := range w.to.got {
		require.Equal(t, last[r.Subject.Key()]+1, r.Sequence)
		last[r.Subject.Key()] = r.Sequence
	}
	assert.Len(t, last, 37)
	assert.Zero(t, w.drain(t))
}

func TestADeliveryThatFailsIsTriedAgainLaterAndLater(t *testing.T) {
	w := newWorld(t)
	r := started(t, w)
	w.to.says = func(report.Report) error { return errors.New("canary") }
	for _, wait := range []time.Duration{30 * time.Second, time.Minute, 2 * time.Minute, 4 * time.Minute, 8 * time.Minute,
		16 * time.Minute, 32 * time.Minute, time.Hour, time.Hour} {
		_, err := w.Drain(t.Context(), w.store, w.to)
		require.EqualError(t, err, "report: "+r.ID+" is not delivered: failed")
		tried := len(w.to.got)
		w.at = w.at.Add(wait - time.Microsecond)
		assert.Zero(t, w.drain(t))
		assert.Len(t, w.to.got, tried, "not before %s", wait)
		w.at = w.at.Add(time.Microsecond)
	}
	w.to.says = nil
	assert.Equal(t, 1, w.drain(t))
}

func TestTheReceiversWishIsHeeded(t *testing.T) {
	tests := map[string]struct{ asked, want time.Duration }{
		"longer":       {10 * time.Minute, 10 * time.Minute},
		"shorter":      {time.Second, 30 * time.Second},
		"unreasonable": {1000 * time.Hour, 24 * time.Hour},
	}
	require.NotEmpty(t, tests)
	for name, tt := range tests {
		w := newWorld(t)
		started(t, w)
		w.to.says = func(report.Report) error { return fmt.Errorf("x: %w", fault{"http-503", tt.asked}) }
		_, err := w.Drain(t.Context(), w.store, w.to)
		require.ErrorContains(t, err, "http-503", name)
		w.to.says = nil
		w.at = noon.Add(tt.want - time.Microsecond)
		assert.Zero(t, w.drain(t), name)
		w.at = noon.Add(tt.want)
		assert.Equal(t, 1, w.drain(t), name)
	}
}

func TestOnlyCodesOfErrorsAreKept(t *testing.T) {
	tests := []struct {
		says error
		want string
	}{
		{fault{code: "http-503"}, "http-503"}, {fault{code: "not a code"}, "failed"}, {fault{code: "11111122222"}, "failed"},
		{context.DeadlineExceeded, "timeout"}, {errors.New("canary"), "failed"}, {fmt.Errorf("canary: %w", report.ErrRefused), "refused"},
	}
	require.NotEmpty(t, tests)
	for _, tt := range tests {
		w := newWorld(t)
		r := started(t, w)
		w.to.says = func(report.Report) error { return tt.says }
		_, err := w.Drain(t.Context(), w.store, w.to)
		assert.EqualError(t, err, "report: "+r.ID+" is not delivered: "+tt.want)
	}
}

func TestWhatIsRefusedWaitsForSomebodyAndTheRestGoesOn(t *testing.T) {
	w := newWorld(t)
	r := started(t, w)
	_, err := w.Completed(t.Context(), w.store, task)
	require.NoError(t, err)
	w.to.says = func(r report.Report) error {
		if r.Event == prescription.EventStart {
			return report.ErrRefused
		}
		return nil
	}
	n, err := w.Drain(t.Context(), w.store, w.to)
	require.EqualError(t, err, "report: "+r.ID+" is not delivered: refused")
	assert.Equal(t, 1, n)
	w.at = noon.Add(1000 * time.Hour)
	assert.Zero(t, w.drain(t))
	dead, err := w.store.Dead(t.Context(), 10)
	require.NoError(t, err)
	assert.Equal(t, []report.Waiting{{Report: r, Due: noon, Attempts: 1, Code: "refused", Dead: noon}}, dead)
	w.to.says = nil
	require.NoError(t, w.store.Release(t.Context(), r.ID, w.at))
	assert.Equal(t, 1, w.drain(t))
}

func TestAReportIsGivenUpAfterManyTries(t *testing.T) {
	w := newWorld(t)
	started(t, w)
	w.to.says = func(report.Report) error { return errors.New("down") }
	for range prescription.DefaultAttempts {
		_, err := w.Drain(t.Context(), w.store, w.to)
		require.Error(t, err)
		w.at = w.at.Add(time.Hour)
	}
	assert.Zero(t, w.drain(t))
	dead, err := w.store.Dead(t.Context(), 10)
	require.NoError(t, err)
	assert.Len(t, dead, 1)
}

// The receiver got it, and the program ended before it was marked so: it comes
// again with the same id.
func TestAReportWhoseAnswerWasLostComesAgainWithItsID(t *testing.T) {
	w := newWorld(t)
	r := started(t, w)
	ctx, cancel := context.WithCancel(t.Context())
	w.to.says = func(report.Report) error { cancel(); return nil }
	_, err := w.Drain(ctx, w.store, w.to)
	require.ErrorIs(t, err, context.Canceled)
	assert.Zero(t, w.drain(t), "until the lease ends")
	w.at, w.to.says = noon.Add(5*time.Minute), nil
	assert.Equal(t, 1, w.drain(t))
	require.Len(t, w.to.got, 2)
	assert.Equal(t, []string{r.ID, r.ID}, []string{w.to.got[0].ID, w.to.got[1].ID})
}

func TestRoutesFindTheSenderOfThePortal(t *testing.T) {
	w := newWorld(t)
	started(t, w)
	for _, portal := range []string{"other", "nil"} {
		_, err := w.Started(t.Context(), w.store, report.Subject{Portal: portal, Task: "1"})
		require.NoError(t, err)
	}
	n, err := w.Drain(t.Context(), w.store, report.Routes{"portal": w.to, "nil": nil})
	require.ErrorContains(t, err, "is not delivered: no-route")
	assert.Equal(t, 1, n)
	assert.Equal(t, task, w.to.got[0].Subject)
	dead, err := w.store.Dead(t.Context(), 10)
	require.NoError(t, err)
	assert.Len(t, dead, 2)
}
