package report_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/prescription/report"
)

var noon = time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)

var task = report.Subject{Portal: "portal", Task: "Task/7f3a", Launch: "launch-1"}

// world is a reporter with its clock, store and receiver.
type world struct {
	*report.Reporter
	at    time.Time
	store *report.Memory
	to    *collecting
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{at: noon, store: report.NewMemory(), to: &collecting{}}
	r, err := report.NewReporter(report.Config{Now: func() time.Time { return w.at }, Jitter: func(d time.Duration) time.Duration { return d }})
	require.NoError(t, err)
	w.Reporter = r
	return w
}

// collecting is a receiver that answers as it is told to.
type collecting struct {
	got  []report.Report
	says func(report.Report) error
}

func (c *collecting) Send(_ context.Context, r report.Report) error {
	c.got = append(c.got, r)
	if c.says == nil {
		return nil
	}
	return c.says(r)
}

func (c *collecting) events() []string {
	var all []string
	for _, r := range c.got {
		all = append(all, string(r.Event))
	}
	return all
}

func (w *world) drain(t *testing.T) int {
	t.Helper()
	n, err := w.Drain(t.Context(), w.store, w.to)
	require.NoError(t, err)
	return n
}

// say is a report by the name of its event.
func (w *world) say(t *testing.T, s report.Subject, event string) (report.Report, error) {
	t.Helper()
	do := map[string]func(context.Context, report.Store, report.Subject) (report.Report, error){
		"open": w.Opened, "start": w.Started, "pause": w.Paused, "resume": w.Resumed, "complete": w.Completed,
		"decline": w.Declined, "fail": w.Failed, "confirm-cancel": w.ConfirmCancel,
		"progress": func(ctx context.Context, st report.Store, s report.Subject) (report.Report, error) {
			l, err := st.Line(ctx, s)
			require.NoError(t, err)
			return w.Progress(ctx, st, s, l.Progress+1)
		},
	}[event]
	require.NotNil(t, do, event)
	return do(t.Context(), w.store, s)
}
