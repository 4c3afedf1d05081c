package oppgave_test

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/oppgave"
	"github.com/verktoykatalog/verktoy/prescription/prescriptiontest"
)

var noon = time.Date(2026, 11, 2, 12, 0, 0, 0, time.UTC)

var (
	therapist = prescription.Actor{Role: prescription.RoleTherapist, ID: "hpr/9144889"}
	theTool   = prescription.Actor{Role: prescription.RoleTool, ID: "tool-1"}
)

// canary stands where tokens, links and texts are; no error and no log may hold it.
const canary = "canary-token-0123"

func sleep() catalogue.Tool {
	return catalogue.Tool{ID: "sleep", Status: catalogue.StatusListed, Name: catalogue.Text{"nb": "Søvn steg for steg", "en": "Sleep step by step"},
		Access: catalogue.Access{OnBehalf: true},
		Start: []catalogue.Start{
			{Platform: catalogue.PlatformIOS, URL: "https://app.example/sleep", Profile: catalogue.ProfileLink},
			{Platform: catalogue.PlatformWeb, URL: "https://sleep.example", Profile: catalogue.ProfileLink},
			{Platform: catalogue.PlatformWeb, URL: "https://sleep.example/start?secret=" + canary, Profile: catalogue.ProfileHelsenorge},
		},
		Units: []catalogue.Unit{{ID: "8-weeks", Title: catalogue.Text{"nb": "Åtte uker"}, Days: 56,
			PatientText: catalogue.Text{"nb": "Øv litt hver kveld. Behandleren ser at du er i gang.", "nn": "Øv litt kvar kveld."}}}}
}

// world is a service that delivers to the simulator.
type world struct {
	*prescription.Service
	t      *testing.T
	at     time.Time
	tool   catalogue.Tool
	sender oppgave.Sender
	api    *prescriptiontest.TaskAPI
	store  *prescription.Memory
	cfg    oppgave.Config
	to     *oppgave.Deliverer
	log    *bytes.Buffer
	number string
	token  error // what the API says of the token

	tellPortal bool // of what is completed
}

// doer is a client that is a function.
type doer func(*http.Request) (*http.Response, error)

func (d doer) Do(r *http.Request) (*http.Response, error) { return d(r) }

func begin(t *testing.T, edits ...func(*oppgave.Config)) *world {
	t.Helper()
	w := &world{t: t, at: noon, tool: sleep(), store: prescription.NewMemory(), log: &bytes.Buffer{}, number: prescriptiontest.Number("158190"),
		sender: oppgave.Sender{OrgNumber: "999999999", Name: "Sandvika DPS", Phone: "67 00 00 00"}}
	var err error
	w.api, err = prescriptiontest.NewTaskAPI(prescriptiontest.TaskAPIConfig{Now: w.now, Authorize: func(*http.Request) error { return w.token }})
	require.NoError(t, err)
	w.cfg = w.config()
	for _, edit := range edits {
		edit(&w.cfg)
	}
	w.restart()
	return w
}

func (w *world) now() time.Time { return w.at }

func (w *world) tools(id catalogue.ToolID) (catalogue.Tool, bool) { return w.tool, id == w.tool.ID }

func (w *world) config() oppgave.Config {
	client := w.api.Client()
	return oppgave.Config{Address: w.api.Address(), Area: oppgave.AreaCare, Now: w.now, Tools: w.tools,
		Logger:  slog.New(slog.NewTextHandler(w.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
		Senders: func(tenant string) (oppgave.Sender, bool) { return w.sender, tenant == "999999999" },
		HTTP: doer(func(r *http.Request) (*http.Response, error) {
			r.Header.Set("Authorization", "Bearer "+canary)
			return client.Do(r)
		})}
}

// restart is the program ending and starting again: only store and simulator stay.
func (w *world) restart() {
	w.t.Helper()
	var err error
	w.to, err = oppgave.New(w.cfg)
	require.NoError(w.t, err)
	w.Service, err = prescription.NewService(prescription.Config{Now: w.now, Synthetic: true, Tools: w.tools,
		Jitter: func(d time.Duration) time.Duration { return d }, Policy: w.to.Policy, ChangePolicy: w.to.ChangePolicy,
		TellPortal: w.tellPortal})
	require.NoError(w.t, err)
}

func (w *world) id() prescription.NationalID {
	w.t.Helper()
	id, err := prescription.ParseNationalID(w.number)
	require.NoError(w.t, err)
	return id
}

func (w *world) request(key string) prescription.Request {
	return prescription.Request{Tenant: "999999999", Key: key, Tool: "sleep", Unit: "8-weeks", Prescriber: therapist,
		Patient: prescription.Patient{Pseudonym: "patient-" + key, NationalID: w.id(), Lang: "nn"}}
}

func (w *world) prescribe() prescription.Prescription {
	w.t.Helper()
	p, err := w.Prescribe(w.t.Context(), w.store, w.request("visit-1"))
	require.NoError(w.t, err)
	return p
}

// drain delivers what is due and gives the error.
func (w *world) drain() (int, error) { return w.Drain(w.t.Context(), w.store, w.to) }

// drained is drain without an error.
func (w *world) drained(want int) {
	w.t.Helper()
	n, err := w.drain()
	require.NoError(w.t, err)
	require.Equal(w.t, want, n)
}

func (w *world) get(id prescription.ID) prescription.Prescription {
	w.t.Helper()
	p, err := w.Get(w.t.Context(), w.store, id)
	require.NoError(w.t, err)
	return p
}

func (w *world) ref(id prescription.ID) prescription.Ref {
	return prescription.Ref{ID: id, Version: w.get(id).Version}
}

// task is the simulator's only task.
func (w *world) task() prescriptiontest.Task {
	w.t.Helper()
	require.Len(w.t, w.api.Tasks(), 1)
	return w.api.Tasks()[0]
}

// apply takes in what the portal reports.
func (w *world) apply(reports []prescription.Report) []prescription.Applied {
	w.t.Helper()
	var all []prescription.Applied
	for _, r := range reports {
		_, applied, err := w.Apply(w.t.Context(), w.store, r)
		require.NoError(w.t, err)
		all = append(all, applied)
	}
	return all
}

func (w *world) deliver(p prescription.Prescription, e prescription.Event) error {
	return w.to.Deliver(context.WithoutCancel(w.t.Context()), prescription.Delivery{Prescription: p,
		Message: prescription.Message{Event: e, Due: w.at}.For(p)})
}
