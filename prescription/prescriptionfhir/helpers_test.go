package prescriptionfhir_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/prescriptionfhir"
)

const base = "https://tools.example/fhir"

var noon = time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)

func mapper(t testing.TB) *prescriptionfhir.Mapper {
	t.Helper()
	m, err := prescriptionfhir.New(prescriptionfhir.Config{Base: base})
	require.NoError(t, err)
	return m
}

// nationalID is a synthetic identity number, computed so that it is nobody's.
func nationalID() prescription.NationalID {
	for n := 0; ; n++ {
		if id, err := prescription.ParseNationalID(fmt.Sprintf("158190%05d", n)); err == nil {
			return id
		}
	}
}

func digits() string { return nationalID().Reveal("look for it where it must not be") }

// full has something in every field that a stored prescription can have at once; a test sees to that.
func full() prescription.Prescription {
	at := func(minutes int) time.Time {
		return noon.Add(time.Duration(minutes)*time.Minute + 123_456*time.Microsecond)
	}
	return prescription.Prescription{ID: "0193a6f0-0000-7000-8000-a00001ffffff", Version: 9, Tenant: "999999999", Key: "visit-1",
		Tool: "sleep-step-by-step", Unit: "eight-weeks", Patient: prescription.Patient{Pseudonym: "patient-0000000a", NationalID: nationalID(), Lang: "nn"},
		Prescriber: prescription.Actor{Role: prescription.RoleTherapist, ID: "hpr/9144889"}, Text: "Øv litt kvar kveld –\n20 minutt. <b> & \"c\"",
		State: prescription.Cancelled, Replaces: "0193a6f0-0000-7000-8000-a00000ffffff", ReplacedBy: "a/b:c_d",
		Issued: at(0), Expires: at(80_640), Sent: at(1), Delivered: at(2), Opened: at(3), Started: at(4), CancelAsked: at(5), Completed: at(6),
		Ended: at(7), Updated: at(8), Reason: "replaced"}
}

func notes() []prescription.Note {
	return []prescription.Note{{Version: 3, At: noon.Add(time.Second), By: prescription.Actor{Role: prescription.RoleTherapist, ID: "hpr/9144889"}, Text: "Ring på fredag"},
		{Version: 4, At: noon.Add(time.Hour + time.Microsecond), By: prescription.Actor{Role: prescription.RoleTool, ID: "tool-1"}, Text: "50 %"}}
}

// random gives a prescription in a stored state with random fields.
func random(r *rand.Rand, state prescription.State) prescription.Prescription {
	p := full()
	pick := func(choices ...string) string { return choices[r.IntN(len(choices))] }
	some := func(t time.Time) time.Time {
		if r.IntN(3) == 0 {
			return time.Time{}
		}
		return t.Add(time.Duration(r.Int64N(1e12)) * time.Microsecond)
	}
	p.State, p.Version = state, r.Int64N(1e12)+1
	p.ID = prescription.ID(pick("0193a6f0-0000-7000-8000-a00001ffffff", "a", "urn:x/y_z", "A-b.C", "0123456789-0123456789-0123456789-0123456789-0123456789-012345"))
	p.Tenant, p.Key = pick("999999999", "clinic/7", "a"), pick("1", "k:2", "0193a6f0-0000-7000-8000-b00001ffffff")
	p.Prescriber.ID = pick("hpr/9144889", "hpr/other", "hpr/1234567890", "u-17", "hpr/1")
	p.Patient.Lang, p.Text = langs[r.IntN(len(langs))], pick("", "Hei", " a\n\tb ")
	p.Replaces, p.ReplacedBy = prescription.ID(pick("", "p-1")), prescription.ID(pick("", "p-2"))
	p.Reason = pick("", "replaced", "2118", "other")
	if r.IntN(2) == 0 {
		p.Patient.NationalID = prescription.NationalID{}
	}
	for _, at := range []*time.Time{&p.Sent, &p.Delivered, &p.Opened, &p.Started, &p.CancelAsked, &p.Completed} {
		*at = some(*at)
	}
	p.Expires = p.Issued.Add(time.Duration(r.IntN(3_650)+1) * 24 * time.Hour)
	p.Ended = time.Time{}
	if state.Ended() {
		p.Ended = p.Updated
	}
	return p
}

// object is JSON to edit.
type object = map[string]any

// edited gives a resource after a change.
func edited(t testing.TB, text []byte, edit func(object)) []byte {
	t.Helper()
	var o object
	require.NoError(t, json.Unmarshal(text, &o))
	edit(o)
	out, err := json.Marshal(o)
	require.NoError(t, err)
	return out
}

func taskOf(t testing.TB, p prescription.Prescription) []byte {
	t.Helper()
	out, err := mapper(t).Task(p, prescriptionfhir.Options{At: noon, Notes: notes()})
	require.NoError(t, err)
	return out
}

func orderOf(t testing.TB, p prescription.Prescription) []byte {
	t.Helper()
	out, err := mapper(t).ServiceRequest(p, prescriptionfhir.Options{At: noon, Notes: notes()})
	require.NoError(t, err)
	return out
}

func codes(problems []prescriptionfhir.Problem) []string {
	out := []string{}
	for _, p := range problems {
		out = append(out, p.Place+" "+p.Code)
	}
	return out
}

// english are words that no text in Norwegian has.
var english = regexp.MustCompile(`\b(the|of|with|that|a|an|one|since|and)\b`)

func problems(t testing.TB, err error) []string {
	t.Helper()
	require.ErrorIs(t, err, prescriptionfhir.ErrInvalid)
	var bad *prescriptionfhir.Error
	require.ErrorAs(t, err, &bad)
	for _, p := range bad.Problems {
		for _, lang := range []catalogue.Lang{"nb", "nn"} {
			require.NotRegexp(t, english, p.Text[lang])
		}
	}
	return codes(bad.Problems)
}

// walk gives the pointer of each text in a document.
func walk(t *testing.T, data []byte, each func(pointer string)) {
	t.Helper()
	var root any
	require.NoError(t, json.Unmarshal(data, &root))
	var visit func(v any, pointer string)
	visit = func(v any, pointer string) {
		switch v := v.(type) {
		case object:
			for name, member := range v {
				visit(member, pointer+"/"+name)
			}
		case []any:
			for i, item := range v {
				visit(item, fmt.Sprintf("%s/%d", pointer, i))
			}
		case string:
			each(pointer)
		}
	}
	visit(root, "")
}

// set puts a text at a pointer.
func set(t *testing.T, root object, pointer, text string) {
	t.Helper()
	parts := strings.Split(pointer, "/")[1:]
	var v any = root
	for i, part := range parts {
		switch at := v.(type) {
		case object:
			if i == len(parts)-1 {
				at[part] = text
			}
			v = at[part]
		case []any:
			n, err := strconv.Atoi(part)
			require.NoError(t, err)
			if i == len(parts)-1 {
				at[n] = text
			}
			v = at[n]
		}
	}
}
