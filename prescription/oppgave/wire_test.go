package oppgave_test

import (
	"flag"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/oppgave"
	"github.com/verktoykatalog/verktoy/prescription/prescriptiontest"
)

var update = flag.Bool("update", false, "write the golden files anew")

// What goes over the wire is written down: a change shows in review.
func TestWireFormat(t *testing.T) {
	wire := oppgave.AssumedWire(oppgave.AssumedDeadlineURL)
	task := goodTask(t)
	task.Sender.Phone, task.OnBehalf, task.Final = "67 00 00 00", true, task.Deadline.Add(day)
	for name, write := range map[string]func() ([]byte, error){
		"task.json": func() ([]byte, error) { return wire.Task(task) },
		"cancel.json": func() ([]byte, error) {
			return wire.Update(oppgave.Update{Status: oppgave.Cancelled, Reason: "Trukket tilbake."})
		},
		"extend.json": func() ([]byte, error) { return wire.Update(oppgave.Update{Deadline: task.Deadline, Final: task.Final}) },
		"active.json": func() ([]byte, error) { return wire.Question(task.Citizen, oppgave.AreaCare) },
	} {
		got, err := write()
		require.NoError(t, err)
		text := strings.ReplaceAll(string(got), prescriptiontest.Number("158190"), "NUMBER") + "\n"
		file := filepath.Join("testdata", name)
		if *update {
			require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
		}
		want, err := os.ReadFile(file)
		require.NoError(t, err)
		assert.Equal(t, string(want), text, name)
	}
}

// With the documentation at hand, a function is replaced and nothing else.
func TestTheMappingIsReplaceable(t *testing.T) {
	var got []string
	w := begin(t, func(c *oppgave.Config) {
		c.Wire.Task = func(task oppgave.Task) ([]byte, error) {
			assert.Equal(t, noon.Add(55*day), task.Deadline, "in whole seconds")
			assert.Equal(t, noon.Add(56*day), task.Final, "in whole seconds")
			return []byte("tool " + task.Tool + " unit " + "8-weeks"), nil
		}
		c.Wire.UpdateType = "application/fhir+json"
		c.DeadlineURL = "https://other.example/hn-task-deadline"
		c.Early = day
		c.Paths = oppgave.Paths{Create: "/a/Task", One: "/a/Task/{id}/x"}
		c.HTTP = doer(func(r *http.Request) (*http.Response, error) {
			body, err := io.ReadAll(r.Body)
			require.NoError(t, err)
			got = append(got, r.Method+" "+r.URL.Path+" "+r.Header.Get("Content-Type")+" "+string(body))
			return &http.Response{StatusCode: 200, Body: http.NoBody, Request: r}, nil
		})
	})
	w.at = noon.Add(123 * time.Millisecond)
	p := w.prescribe()
	require.NoError(t, w.deliver(p, prescription.EventPrescribe))
	require.NoError(t, w.deliver(p, prescription.EventExtend))
	assert.Equal(t, "POST /a/Task application/fhir+json tool sleep unit 8-weeks", got[0])
	assert.Contains(t, got[1], "PATCH /a/Task/"+string(p.ID)+"/x application/fhir+json ")
	assert.Contains(t, got[1], "https://other.example/hn-task-deadline")
}

func TestAMappingThatFails(t *testing.T) {
	broken := oppgave.Wire{
		Task:     func(oppgave.Task) ([]byte, error) { return nil, assert.AnError },
		Update:   func(oppgave.Update) ([]byte, error) { return nil, assert.AnError },
		Question: func(prescription.NationalID, oppgave.Area) ([]byte, error) { return nil, assert.AnError },
	}
	w := begin(t, func(c *oppgave.Config) { c.Wire = broken })
	p := w.prescribe()
	_, active := w.to.DigitallyActive(t.Context(), w.id())
	for _, err := range []error{w.deliver(p, prescription.EventPrescribe), w.deliver(p, prescription.EventExtend), active} {
		var e *oppgave.Error
		require.ErrorAs(t, err, &e)
		assert.Equal(t, "unwritten", e.Code())
		assert.NotErrorIs(t, err, prescription.ErrUndeliverable, "whoever repairs it has lost nothing")
		assert.NotErrorIs(t, err, assert.AnError, "a mapping's error may hold anything")
	}
}

// A mapping of the host's own may read anything: what is no code is not shown.
func TestCodesOfAHostsMapping(t *testing.T) {
	for code, want := range map[string]string{"2118": "2118", "no code": "http-400", prescriptiontest.Number("158190"): "http-400", "EHSEC-1": "http-400"} {
		w := begin(t, func(c *oppgave.Config) { c.Wire.Code = func([]byte) string { return code } })
		p := w.prescribe()
		w.api.Fail(prescriptiontest.CreateTask, 1, 400)
		var e *oppgave.Error
		require.ErrorAs(t, w.deliver(p, prescription.EventPrescribe), &e)
		assert.Equal(t, want, e.Code())
	}
}

func TestNew(t *testing.T) {
	_, err := oppgave.New(oppgave.Config{})
	require.EqualError(t, err, "oppgave: invalid Config: field Address is not an https address without query (http needs AllowLoopback and a loopback host); "+
		"field HTTP is nil; field Tools is nil; field Senders is nil; field Area is not one of 1 to 5; AreaCare is the one for treatment")
	w := begin(t)
	for name, edit := range map[string]func(*oppgave.Config){
		"HTTP":     func(c *oppgave.Config) { c.HTTP = (*http.Client)(nil) },
		"Address":  func(c *oppgave.Config) { c.Address = "http://127.0.0.1" },
		"Address ": func(c *oppgave.Config) { c.Address += "?a" },
		"Area":     func(c *oppgave.Config) { c.Area = "" },
		"Priority": func(c *oppgave.Config) { c.Priority = "high" },
		"Ends": func(c *oppgave.Config) {
			c.Ends = map[prescription.State]oppgave.Status{prescription.Declined: oppgave.EnteredInError}
		},
		"Ends ": func(c *oppgave.Config) {
			c.Ends = map[prescription.State]oppgave.Status{prescription.Cancelled: oppgave.Cancelled}
		},
		"Early":      func(c *oppgave.Config) { c.Early = -1 },
		"Timeout":    func(c *oppgave.Config) { c.Timeout = -time.Second },
		"MaxTitle":   func(c *oppgave.Config) { c.MaxDescription = -1 },
		"Paths":      func(c *oppgave.Config) { c.Paths.Create = "oppgave" },
		"Paths ":     func(c *oppgave.Config) { c.Paths.Active = "/a/../b" },
		"Paths.One":  func(c *oppgave.Config) { c.Paths.One = "/oppgave/v1/task" },
		"Paths.One ": func(c *oppgave.Config) { c.Paths.One = "/task?id={id}" },
	} {
		cfg := w.config()
		edit(&cfg)
		_, err := oppgave.New(cfg)
		assert.ErrorContains(t, err, "field "+strings.TrimSpace(name), name)
	}
	cfg := w.config()
	cfg.Address, cfg.AllowLoopback = "http://127.0.0.1:8080/", true
	_, err = oppgave.New(cfg)
	assert.NoError(t, err)
}

// Nothing is assumed silently.
func TestAssumptionsAreSaid(t *testing.T) {
	w := begin(t)
	all := []string{"DeadlineURL", "Ends", "Link", "MaxDescription", "MaxTitle", "Paths.One", "Wire.Active", "Wire.Code", "Wire.Question", "Wire.Settled",
		"Wire.Task", "Wire.Update", "Wire.UpdateType"}
	assert.Equal(t, all, w.to.Assumptions())
	assert.Contains(t, w.log.String(), strings.Join(all, ", "))
	cfg := w.config()
	cfg.DeadlineURL, cfg.MaxTitle, cfg.MaxDescription, cfg.Paths = "https://a.example/x", 1, 1, oppgave.AssumedPaths()
	cfg.Wire, cfg.Ends, cfg.Link = oppgave.AssumedWire(cfg.DeadlineURL), oppgave.AssumedEnds(), oppgave.TaskLink
	to, err := oppgave.New(cfg)
	require.NoError(t, err)
	assert.Empty(t, to.Assumptions())
}

// With an answer of its own for what is there already, a host replaces one function.
func TestWhatIsSettledIsTheMappings(t *testing.T) {
	w := begin(t, func(c *oppgave.Config) {
		c.Wire.Settled = func(op oppgave.Operation, status int, code string) bool {
			return op == oppgave.OpCreate && status == 422 && code == "2999"
		}
	})
	p := w.prescribe()
	w.api.Answer(prescriptiontest.CreateTask, 1, answering(422, outcome("2999")))
	require.NoError(t, w.deliver(p, prescription.EventPrescribe))
	w.api.Fail(prescriptiontest.CreateTask, 1, 409)
	require.ErrorIs(t, w.deliver(p, prescription.EventPrescribe), oppgave.ErrRefused)
}

// The client's own idea of redirects does not count.
func TestAnHTTPClientIsToldToStay(t *testing.T) {
	w := begin(t)
	w.cfg.HTTP = w.api.Client()
	w.restart()
	p := w.prescribe()
	w.api.Answer(prescriptiontest.CreateTask, 1, http.RedirectHandler(w.api.Address()+"/oppgave/v1/Task", http.StatusTemporaryRedirect))
	require.ErrorIs(t, w.deliver(p, prescription.EventPrescribe), oppgave.ErrAnswer)
	assert.Equal(t, 1, w.api.Requests(prescriptiontest.CreateTask), "the number goes nowhere else")
}
