package report_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/internal/nationalid"
	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/report"
)

func TestWhatTheTableDoesNotAllowIsRefusedBeforeItIsWritten(t *testing.T) {
	tests := []struct {
		said []string
		then string
		want error
	}{
		{[]string{"complete"}, "complete", prescription.ErrEnded},
		{[]string{"start", "complete"}, "start", prescription.ErrEnded},
		{[]string{"start", "complete"}, "progress", prescription.ErrEnded},
		{[]string{"decline"}, "start", prescription.ErrEnded},
		{[]string{"start", "fail"}, "resume", prescription.ErrEnded},
		{[]string{"start", "confirm-cancel"}, "complete", prescription.ErrEnded},
		{[]string{"confirm-cancel"}, "confirm-cancel", prescription.ErrEnded},
		{[]string{"start"}, "decline", prescription.ErrAlreadyStarted},
		{[]string{"start", "pause"}, "start", prescription.ErrAlreadyStarted},
		{[]string{"start", "pause"}, "progress", report.ErrNotStarted},
		{nil, "progress", report.ErrNotStarted},
		{nil, "resume", prescription.ErrNotPaused},
	}
	require.NotEmpty(t, tests)
	for _, tt := range tests {
		name := strings.Join(append(tt.said, tt.then), " ")
		w := newWorld(t)
		for _, e := range tt.said {
			_, err := w.say(t, task, e)
			require.NoError(t, err, name)
		}
		_, err := w.say(t, task, tt.then)
		require.ErrorIs(t, err, tt.want, name)
		assert.Equal(t, len(tt.said), w.drain(t), name)
	}
}

// A tool that says each time what is so need not remember what it has said.
func TestWhatIsSoAlreadyIsNotWrittenAgain(t *testing.T) {
	tests := []struct {
		said []string
		then string
	}{
		{[]string{"open"}, "open"}, {[]string{"start"}, "open"}, {[]string{"start", "pause"}, "open"}, {[]string{"start"}, "start"},
		{[]string{"start", "pause"}, "pause"}, {[]string{"start", "pause", "resume"}, "resume"}, {[]string{"start"}, "resume"},
		{[]string{"start", "pause", "resume"}, "start"},
	}
	require.NotEmpty(t, tests)
	for _, tt := range tests {
		name := strings.Join(append(tt.said, tt.then), " ")
		w := newWorld(t)
		for _, e := range tt.said {
			_, err := w.say(t, task, e)
			require.NoError(t, err, name)
		}
		before, err := w.store.Line(t.Context(), task)
		require.NoError(t, err)
		w.at = w.at.Add(time.Hour)
		r, err := w.say(t, task, tt.then)
		require.NoError(t, err, name)
		assert.Zero(t, r, name)
		now, err := w.store.Line(t.Context(), task)
		require.NoError(t, err)
		assert.Equal(t, before, now, name)
		assert.Equal(t, len(tt.said), w.drain(t), name)
	}
}

// Whatever a tool tries, a service that is told in order never finds it late: what
// this side lets through is what the table of the other side allows.
func TestWhatIsWrittenIsWhatTheTableAllows(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	written := 0
	for n := range 2000 {
		w := newWorld(t)
		state := prescription.Delivered
		for range 8 {
			e := report.Events()[r.IntN(len(report.Events()))]
			said, err := w.say(t, task, string(e))
			if err != nil || said.ID == "" || e == report.EventProgress {
				continue
			}
			written++
			state = after(t, state, e)
			l, err := w.store.Line(t.Context(), task)
			require.NoError(t, err)
			require.Equal(t, state, l.State, n)
		}
	}
	require.Greater(t, written, 2000)
}

// after reads the table on its own.
func after(t *testing.T, from prescription.State, e prescription.Event) prescription.State {
	t.Helper()
	for _, row := range prescription.Transitions() {
		for _, f := range row.From {
			asked := e == prescription.EventConfirmCancel && !from.Ended()
			if row.Event == e && (f == from || asked) && row.To != "" {
				return row.To
			}
		}
	}
	require.Fail(t, "not in the table", "%s from %s", e, from)
	return ""
}

// A store is asked directly too: what is not for a tool to say has no way in.
func TestALineTakesOnlyWhatAToolReports(t *testing.T) {
	tried := 0
	for _, row := range prescription.Transitions() {
		if slices.Contains(report.Events(), row.Event) {
			continue
		}
		tried++
		_, err := report.NewMemory().Append(t.Context(), report.Report{ID: "r1", Subject: task, Event: row.Event, At: noon})
		assert.ErrorIs(t, err, prescription.ErrNotAllowed{}, row.Event)
	}
	require.NotZero(t, tried)
}

func TestProgressThatWaitsIsCollapsed(t *testing.T) {
	w := newWorld(t)
	_, err := w.Started(t.Context(), w.store, task)
	require.NoError(t, err)
	for percent := range 101 {
		_, err := w.Progress(t.Context(), w.store, task, percent)
		require.NoError(t, err)
	}
	_, err = w.Completed(t.Context(), w.store, task)
	require.NoError(t, err)
	assert.Equal(t, 3, w.drain(t))
	assert.Equal(t, []string{"start", "progress", "complete"}, w.to.events())
	assert.Equal(t, 100, w.to.got[1].Progress)
}

func TestProgressThatSaysNothingNewIsNotWritten(t *testing.T) {
	w := newWorld(t)
	_, err := w.Started(t.Context(), w.store, task)
	require.NoError(t, err)
	r, err := w.Progress(t.Context(), w.store, task, 0)
	require.NoError(t, err)
	assert.Zero(t, r)
	_, err = w.Progress(t.Context(), w.store, task, 40)
	require.NoError(t, err)
	for percent, want := range map[int]error{-1: report.ErrPercent, 101: report.ErrPercent, 39: report.ErrBackwards, 40: nil} {
		_, err := w.Progress(t.Context(), w.store, task, percent)
		assert.ErrorIs(t, err, want, percent)
	}
	assert.Equal(t, 2, w.drain(t))
}

// Whatever a launch was accepted with goes along, and what goes along makes no
// report impossible.
func TestWhatGoesAlong(t *testing.T) {
	number := strings.Repeat("1", 6) + strings.Repeat("2", 5)
	long := "https://tool.example.org/" + strings.Repeat("a", 999)
	tests := map[string]struct{ give, want report.Subject }{
		"base64":            {report.Subject{Launch: "AAECAwQFBgcICQoLDA0OD+g=="}, report.Subject{Launch: "AAECAwQFBgcICQoLDA0OD+g=="}},
		"long launch":       {report.Subject{Launch: strings.Repeat("a", 255)}, report.Subject{Launch: strings.Repeat("a", 255)}},
		"too long":          {report.Subject{Launch: strings.Repeat("a", 256), Definition: long + "a"}, report.Subject{}},
		"query":             {report.Subject{Definition: "https://tool.example.org/d?id=7"}, report.Subject{Definition: "https://tool.example.org/d?id=7"}},
		"fragment":          {report.Subject{Definition: "https://tool.example.org/d#a"}, report.Subject{Definition: "https://tool.example.org/d#a"}},
		"long":              {report.Subject{Definition: long}, report.Subject{Definition: long}},
		"STU3":              {report.Subject{Definition: "ActivityDefinition/7"}, report.Subject{Definition: "ActivityDefinition/7"}},
		"number as launch":  {report.Subject{Launch: number}, report.Subject{}},
		"number in address": {report.Subject{Definition: "https://tool.example.org/?x=" + number}, report.Subject{}},
		"line break":        {report.Subject{Launch: "a\n", Definition: "a\n"}, report.Subject{}},
	}
	require.NotEmpty(t, tests)
	for name, tt := range tests {
		tt.give.Portal, tt.give.Task = "portal", "7f3a"
		tt.want.Portal, tt.want.Task = "portal", "7f3a"
		w := newWorld(t)
		r, err := w.Started(t.Context(), w.store, tt.give)
		require.NoError(t, err, name)
		assert.Equal(t, tt.want, r.Subject, name)
		_, _, body, _, err := report.EPRWire{}.Request(report.Report{ID: "r1", Sequence: 1, Subject: tt.give, Event: r.Event, At: noon})
		require.NoError(t, err, name)
		var found report.Subject
		e := newEPR(t, func(cfg *report.HandlerConfig) {
			cfg.Find = func(_ context.Context, s report.Subject) (prescription.ID, error) { found = s; return "7f3a", nil }
		})
		assert.Equal(t, http.StatusOK, post(e.handler, string(body), nil).Code, name)
		tt.want.Portal = ""
		assert.Equal(t, tt.want, found, name)
	}
}

func TestSubjectsAreRefusedWithoutTheirValues(t *testing.T) {
	number := strings.Repeat("1", 6) + strings.Repeat("2", 5)
	tests := map[string]struct {
		edit func(*report.Subject)
		want string
	}{
		"zero":             {func(s *report.Subject) { *s = report.Subject{} }, "field Portal"},
		"no portal":        {func(s *report.Subject) { s.Portal = "" }, "field Portal"},
		"neither":          {func(s *report.Subject) { s.Task, s.Launch = "", "" }, "want a Task or a Launch"},
		"number as task":   {func(s *report.Subject) { s.Task = "Task/" + number }, "field Task"},
		"number as launch": {func(s *report.Subject) { s.Task, s.Launch = "", "Launch-"+number }, "field Launch"},
		"space in launch":  {func(s *report.Subject) { s.Task, s.Launch = "", "a canary" }, "field Launch"},
		"long launch":      {func(s *report.Subject) { s.Task, s.Launch = "", strings.Repeat("a", 256) }, "field Launch: want 1 to 255"},
		"number in portal": {func(s *report.Subject) { s.Portal = number }, "field Portal"},
		"space":            {func(s *report.Subject) { s.Task = "a canary" }, "field Task"},
		"line break":       {func(s *report.Subject) { s.Task = "canary\n" }, "field Task"},
		"long":             {func(s *report.Subject) { s.Task = strings.Repeat("a", 201) }, "field Task: want 1 to 200"},
	}
	require.NotEmpty(t, tests)
	for name, tt := range tests {
		w, s := newWorld(t), task
		tt.edit(&s)
		_, err := w.Started(t.Context(), w.store, s)
		require.ErrorIs(t, err, report.ErrSubject, name)
		require.ErrorContains(t, err, tt.want, name)
		assert.NotContains(t, err.Error(), "canary", name)
		assert.False(t, nationalid.Contains(err.Error()), name)
	}
}

func TestIDsAreRandomAndNoIdentityNumbers(t *testing.T) {
	w, seen := newWorld(t), map[string]bool{}
	for n := range 500 {
		r, err := w.Completed(t.Context(), w.store, report.Subject{Portal: "p", Launch: fmt.Sprint("l", n)})
		require.NoError(t, err)
		require.False(t, seen[r.ID])
		require.False(t, nationalid.Contains(r.ID))
		seen[r.ID] = true
	}
}

func TestConfigIsChecked(t *testing.T) {
	_, err := report.NewReporter(report.Config{MaxAttempts: -1})
	require.EqualError(t, err, "report: invalid Config: field MaxAttempts: want 0 or more")
	r, err := report.NewReporter(report.Config{NewID: func() string { return "not an id" }})
	require.NoError(t, err)
	_, err = r.Started(t.Context(), report.NewMemory(), task)
	require.ErrorContains(t, err, "Config.NewID")
}

func TestTimesNeverDecrease(t *testing.T) {
	w := newWorld(t)
	_, err := w.Started(t.Context(), w.store, task)
	require.NoError(t, err)
	w.at = noon.Add(-time.Hour)
	r, err := w.Completed(t.Context(), w.store, task)
	require.NoError(t, err)
	assert.Equal(t, noon, r.At)
}
