package prescription_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/prescription"
)

var noon = time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)

var (
	therapist = prescription.Actor{Role: prescription.RoleTherapist, ID: "hpr/9144889"}
	tool      = prescription.Actor{Role: prescription.RoleTool, ID: "tool-1"}
)

// complete gives an identity number with right check digits for six digits of
// a date. Months plus 80 and plus 40 are synthetic and nobody's.
func complete(t *testing.T, date string) (string, prescription.NationalID) {
	t.Helper()
	for n := range 100_000 {
		s := fmt.Sprintf("%s%05d", date, n)
		if id, err := prescription.ParseNationalID(s); err == nil {
			return s, id
		}
	}
	require.Fail(t, "no number")
	return "", prescription.NationalID{}
}

// unassigned gives a number in the form of real ones that nobody bears: those
// born in years 40 to 53 have no individual numbers from 500 to 899.
func unassigned(t *testing.T) (string, prescription.NationalID) {
	t.Helper()
	for n := range 40_000 {
		s := fmt.Sprintf("150145%05d", 50_000+n)
		if id, err := prescription.ParseNationalID(s); err == nil {
			return s, id
		}
	}
	require.Fail(t, "no number")
	return "", prescription.NationalID{}
}

// clock is a clock that stands still until it is moved.
type clock struct{ at time.Time }

func (c *clock) now() time.Time { return c.at }

// world is a service with its clock, catalogue and store.
type world struct {
	*prescription.Service
	clock *clock
	tools map[catalogue.ToolID]catalogue.Tool
	store *prescription.Memory
}

func sleepTool() catalogue.Tool {
	return catalogue.Tool{ID: "sleep", Status: catalogue.StatusListed, Name: catalogue.Text{"nb": "Søvn"},
		Start: []catalogue.Start{{Platform: "web", URL: "https://tool.example.org/launch", Profile: "hti"}},
		Units: []catalogue.Unit{
			{ID: "eight-weeks", Title: catalogue.Text{"nb": "Åtte uker"}, Days: 56,
				PatientText: catalogue.Text{"nb": "Øv litt hver kveld.", "nn": "Øv litt kvar kveld."}},
			{ID: "no-days", Title: catalogue.Text{"nb": "Fritt"}},
			{ID: "not-for-all", Title: catalogue.Text{"nb": "Krevende"}, Exclusions: []catalogue.Text{{"nb": "Ikke ved epilepsi."}}},
		}}
}

func newWorld(t *testing.T, edits ...func(*prescription.Config)) *world {
	t.Helper()
	w := &world{clock: &clock{noon}, tools: map[catalogue.ToolID]catalogue.Tool{"sleep": sleepTool()}, store: prescription.NewMemory()}
	cfg := prescription.Config{Now: w.clock.now, Synthetic: true, Jitter: func(w time.Duration) time.Duration { return w },
		Tools: func(id catalogue.ToolID) (catalogue.Tool, bool) { found, ok := w.tools[id]; return found, ok }}
	for _, edit := range edits {
		edit(&cfg)
	}
	s, err := prescription.NewService(cfg)
	require.NoError(t, err)
	w.Service = s
	return w
}

func request(key string) prescription.Request {
	return prescription.Request{Tenant: "999999999", Key: key, Tool: "sleep", Unit: "eight-weeks", Prescriber: therapist,
		Patient: prescription.Patient{Pseudonym: "patient-" + key, Lang: "nn"}}
}

func (w *world) prescribe(t *testing.T, r prescription.Request) prescription.Prescription {
	t.Helper()
	p, err := w.Prescribe(t.Context(), w.store, r)
	require.NoError(t, err)
	return p
}

// in stores a prescription that is in a state, whatever led to it.
func (w *world) in(t *testing.T, state prescription.State, number int) prescription.Prescription {
	t.Helper()
	p := prescription.Prescription{ID: prescription.ID(fmt.Sprintf("p-%s-%d", state, number)), Version: 1, Tenant: "999999999",
		Key: fmt.Sprintf("key-%s-%d", state, number), Tool: "sleep", Unit: "eight-weeks", Prescriber: therapist, State: state,
		Patient: prescription.Patient{Pseudonym: fmt.Sprintf("patient-%s-%d", state, number)},
		Issued:  noon, Sent: noon, Updated: noon, Expires: noon.Add(24 * time.Hour)}
	if state == prescription.Expired {
		p.State, p.Expires = prescription.Sent, noon
	}
	step := prescription.Change{Event: prescription.EventPrescribe, By: therapist}
	p, err := w.store.Create(t.Context(), prescription.New{Prescription: p, Content: "c",
		Audit: step.Entry(prescription.Prescription{State: prescription.Drafted}, p)})
	require.NoError(t, err)
	return p
}
