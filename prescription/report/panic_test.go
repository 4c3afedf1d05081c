package report_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/prescription/report"
)

func patient(t *testing.T, w *world, attempts int, log *slog.Logger) {
	t.Helper()
	r, err := report.NewReporter(report.Config{Now: func() time.Time { return w.at }, MaxAttempts: attempts, Logger: log,
		Jitter: func(d time.Duration) time.Duration { return d }})
	require.NoError(t, err)
	w.Reporter = r
}

// One report on which the sender panics must not end the program that drains,
// nor keep the others waiting, and is given up like any that fails.
func TestASenderThatPanicsIsAFailedTry(t *testing.T) {
	var log bytes.Buffer
	w := newWorld(t)
	patient(t, w, 3, slog.New(slog.NewTextHandler(&log, nil)))
	bad := started(t, w)
	_, err := w.Started(t.Context(), w.store, report.Subject{Portal: "portal", Task: "good"})
	require.NoError(t, err)
	sent := 0
	w.to.says = func(r report.Report) error {
		if r.ID == bad.ID {
			panic("canary " + r.Subject.Task)
		}
		sent++
		return nil
	}
	for range 3 {
		_, err := w.Drain(t.Context(), w.store, w.to)
		require.EqualError(t, err, "report: "+bad.ID+" is not delivered: panic")
		w.at = w.at.Add(time.Hour)
	}
	assert.Zero(t, w.drain(t))
	assert.Equal(t, 1, sent)
	dead, err := w.store.Dead(t.Context(), 9)
	require.NoError(t, err)
	require.Len(t, dead, 1)
	assert.Equal(t, "panic", dead[0].Code)
	assert.Contains(t, log.String(), "panic_test.go", "where it happened")
	assert.Contains(t, log.String(), bad.ID)
	assert.NotContains(t, log.String(), "canary")
	assert.NotContains(t, log.String(), "7f3a")
}

func TestAReportThatKillsTheProgramIsGivenUpAndTheOthersAreDelivered(t *testing.T) {
	w := newWorld(t)
	patient(t, w, 4, nil)
	killer := started(t, w)
	for i := range 25 {
		w.at = w.at.Add(time.Second)
		_, err := w.Started(t.Context(), w.store, report.Subject{Portal: "portal", Task: fmt.Sprint("good-", i)})
		require.NoError(t, err)
	}
	sent, deaths := map[string]int{}, 0
	for drainUntilDeath(t, w, killer.ID, sent) {
		deaths++
		require.Less(t, deaths, 10)
		w.at = w.at.Add(5 * time.Minute)
	}
	assert.Equal(t, 4, deaths)
	assert.Len(t, sent, 26, "all were tried")
	dead, err := w.store.Dead(t.Context(), 99)
	require.NoError(t, err)
	require.Len(t, dead, 1)
	assert.Equal(t, killer.ID, dead[0].Report.ID)
	assert.Equal(t, "interrupted", dead[0].Code)
}

// died is a program that ends while it delivers: nothing that it did is settled.
type died struct{}

// dying is a store that ends the program when a report was sent, outside of
// what is recovered around the sending.
type dying struct {
	*report.Memory
	kills string
}

func (d dying) Done(ctx context.Context, id string) error {
	if id == d.kills {
		panic(died{})
	}
	return d.Memory.Done(ctx, id)
}

func drainUntilDeath(t *testing.T, w *world, kills string, sent map[string]int) (killed bool) {
	t.Helper()
	defer func() {
		if r := recover(); r != nil {
			require.Equal(t, died{}, r)
			killed = true
		}
	}()
	w.to.says = func(r report.Report) error { sent[r.ID]++; return nil }
	_, err := w.Drain(t.Context(), dying{w.store, kills}, w.to)
	require.ErrorContains(t, err, "interrupted")
	return false
}
