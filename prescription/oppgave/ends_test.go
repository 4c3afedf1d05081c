package oppgave_test

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/internal/inprocess"
	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/oppgave"
	"github.com/verktoykatalog/verktoy/prescription/prescriptiontest"
	"github.com/verktoykatalog/verktoy/prescription/report"
)

// toolSide is a tool that reports to the EPR's handler, in its own time.
type toolSide struct {
	*report.Reporter
	w     *world
	store *report.Memory
	to    report.Sender
}

const fromTool = "https://epr.example"

func (w *world) toolSide() toolSide {
	w.t.Helper()
	handler, err := report.NewHandler(report.HandlerConfig{Service: w.Service, Store: w.store,
		Authenticate: func(*http.Request) (report.Caller, error) { return report.Caller{Tool: "sleep", ID: "tool-1"}, nil }})
	require.NoError(w.t, err)
	client := &http.Client{Transport: inprocess.Transport(func(to *url.URL) (http.Handler, error) {
		if to.Host != "epr.example" {
			return nil, errors.New("no such address in this test")
		}
		return handler, nil
	})}
	sender, err := report.NewHTTPSender(report.HTTPConfig{Address: fromTool, HTTP: client, Wire: report.EPRWire{}, Now: w.now})
	require.NoError(w.t, err)
	reporter, err := report.NewReporter(report.Config{Now: w.now})
	require.NoError(w.t, err)
	return toolSide{reporter, w, report.NewMemory(), sender}
}

// says writes a report of a prescription and delivers it.
func (s toolSide) says(p prescription.Prescription, e prescription.Event) {
	s.w.t.Helper()
	write := map[prescription.Event]func(context.Context, report.Store, report.Subject) (report.Report, error){
		prescription.EventStart: s.Started, prescription.EventDecline: s.Declined, prescription.EventFail: s.Failed,
		prescription.EventComplete: s.Completed}[e]
	_, err := write(s.w.t.Context(), s.store, report.Subject{Portal: "epr", Task: string(p.ID)})
	require.NoError(s.w.t, err)
	n, err := s.Drain(s.w.t.Context(), s.store, s.to)
	require.NoError(s.w.t, err)
	require.Equal(s.w.t, 1, n)
}

// The whole path: what the tool reports to the EPR ends the citizen's task at
// Helsenorge, so that nobody is reminded of what has ended.
func TestWhatTheToolReportsEndsTheTask(t *testing.T) {
	for _, tt := range []struct {
		name       string
		began      bool
		event      prescription.Event
		tellPortal bool
		state      prescription.State
		task       string
		reason     string
	}{
		{"declined", false, prescription.EventDecline, false, prescription.Declined, "cancelled",
			"Verktøyet er teke bort. Ta kontakt med avsendaren om du vil bruke det likevel."},
		{"failed", true, prescription.EventFail, false, prescription.Failed, "cancelled",
			"Verktøyet kan ikkje brukast denne gongen. Ta kontakt med avsendaren om du treng hjelp."},
		{"completed", true, prescription.EventComplete, true, prescription.Completed, "completed", ""},
		{"completed, and the tool tells Helsenorge itself", true, prescription.EventComplete, false, prescription.Completed, "in-progress", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := begin(t)
			w.tellPortal = tt.tellPortal
			w.restart()
			p := w.prescribe()
			w.drained(1)
			tool := w.toolSide()
			if tt.began {
				require.NoError(t, w.api.Act(p.ID, "in-progress"))
				tool.says(p, prescription.EventStart)
			}
			w.at = noon.Add(time.Hour)
			tool.says(p, tt.event)
			assert.Equal(t, tt.state, w.get(p.ID).State)
			_, err := w.drain()
			require.NoError(t, err)
			assert.Equal(t, tt.task, w.task().Status)
			assert.Equal(t, tt.reason, w.task().Reason)
			assert.Empty(t, w.api.Refusals())
			reports, err := w.to.Look(t.Context(), p.ID)
			require.NoError(t, err)
			for _, applied := range w.apply(reports) {
				assert.NotEqual(t, prescription.Changed, applied, "what Helsenorge says of it changes nothing")
			}
			assert.Equal(t, tt.state, w.get(p.ID).State)
			w.drained(0)
		})
	}
}

// reported is a prescription that has ended by a report of the tool, before the
// message about it is delivered.
func (w *world) reported(e prescription.Event) prescription.Prescription {
	w.t.Helper()
	p := w.prescribe()
	w.drained(1)
	require.Equal(w.t, []prescription.Applied{prescription.Changed},
		w.apply([]prescription.Report{{ID: "r1", Prescription: p.ID, Event: e, At: w.at, By: theTool}}))
	return p
}

func TestHowATaskEndsIsConfiguration(t *testing.T) {
	for _, tt := range []struct {
		name string
		ends map[prescription.State]oppgave.Status
		want string
	}{
		{"assumed", nil, "cancelled"},
		{"done", map[prescription.State]oppgave.Status{prescription.Declined: oppgave.Completed}, "completed"},
		{"left out", map[prescription.State]oppgave.Status{prescription.Failed: oppgave.Cancelled}, "ready"},
		{"none", map[prescription.State]oppgave.Status{}, "ready"},
	} {
		w := begin(t, func(c *oppgave.Config) { c.Ends = tt.ends })
		w.reported(prescription.EventDecline)
		w.drained(1)
		assert.Equal(t, tt.want, w.task().Status, tt.name)
		assert.Equal(t, tt.want == "cancelled", w.task().Reason != "", "a reason only for what is taken back")
		want := 1
		if tt.want == "ready" {
			want = 0
		}
		assert.Equal(t, want, w.api.Requests(prescriptiontest.UpdateTask), tt.name)
	}
	ends := map[prescription.State]oppgave.Status{}
	w := begin(t, func(c *oppgave.Config) { c.Ends = ends })
	ends[prescription.Declined] = oppgave.Cancelled
	w.reported(prescription.EventDecline)
	w.drained(1)
	assert.Equal(t, "ready", w.task().Status, "the caller's map is the caller's")
}

// Helsenorge changes nothing of a task that is over: what the tool reports of it
// is no error, and does not come again.
func TestATaskThatIsOverNeedsNoEnd(t *testing.T) {
	for name, before := range map[string]func(w *world){
		"done":   func(w *world) { require.NoError(w.t, w.api.Act(w.task().ID, "completed")) },
		"closed": func(w *world) { w.at = w.task().Deadline },
	} {
		w := begin(t)
		w.reported(prescription.EventFail)
		before(w)
		was := w.task()
		w.drained(1)
		assert.Equal(t, was, w.task(), name)
		assert.Len(t, w.api.Refusals(), 1, name)
	}
}

func TestAnEndCarriesBothDeadlines(t *testing.T) {
	w := begin(t, func(c *oppgave.Config) { c.Early = 5 * day })
	w.reported(prescription.EventDecline)
	w.drained(1)
	assert.Equal(t, "cancelled", w.task().Status)
	assert.Equal(t, noon.Add(56*day), w.task().Final)
	assert.Empty(t, w.api.Refusals())
}

// What was declined before the announcement came is not announced, and nothing of
// it is sent.
func TestWhatWasDeclinedBeforeItCame(t *testing.T) {
	w := begin(t)
	p := w.prescribe()
	w.apply([]prescription.Report{{ID: "r1", Prescription: p.ID, Event: prescription.EventDecline, At: w.at, By: theTool}})
	w.drained(1)
	assert.Empty(t, w.api.Tasks())
	assert.Zero(t, w.api.Requests(prescriptiontest.CreateTask))
	assert.Equal(t, []string{"a task that there is"}, w.api.Refusals())
}

// That Helsenorge itself says that a task was taken back is not told to it.
func TestHelsenorgeIsNotToldWhatItSaid(t *testing.T) {
	w := begin(t)
	p := w.prescribe()
	w.drained(1)
	reports, err := oppgave.StatusReports(p.ID, oppgave.Cancelled, noon)
	require.NoError(t, err)
	w.apply(reports)
	assert.Equal(t, prescription.Failed, w.get(p.ID).State)
	w.drained(0)
	assert.Zero(t, w.api.Requests(prescriptiontest.UpdateTask))
}
