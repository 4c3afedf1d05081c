package prescription_test

import (
	"maps"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/prescription"
)

// fields are the places of all fields of a type, by name; those of a field that is
// made of fields are found instead of it.
func fields(of reflect.Type, name string, place []int) map[string][]int {
	all := map[string][]int{}
	for i := range of.NumField() {
		f, at := of.Field(i), append(slices.Clone(place), i)
		switch f.Type {
		case reflect.TypeFor[prescription.NationalID](): // its own check digits are checked when it is read
		case reflect.TypeFor[prescription.Patient](), reflect.TypeFor[prescription.Actor]():
			maps.Copy(all, fields(f.Type, name+f.Name+".", at))
		default:
			all[name+f.Name] = at
		}
	}
	return all
}

// eachChanged gives copies of a prescription with one field changed in each.
func eachChanged(p prescription.Prescription) map[string]prescription.Prescription {
	all := map[string]prescription.Prescription{}
	for name, place := range fields(reflect.TypeFor[prescription.Prescription](), "", nil) {
		copied := p
		switch f := reflect.ValueOf(&copied).Elem().FieldByIndex(place).Addr().Interface().(type) {
		case *time.Time:
			*f = f.Add(time.Microsecond)
		case *int64:
			*f++
		default:
			v := reflect.ValueOf(f).Elem()
			v.SetString("x" + v.String())
		}
		all[name] = copied
	}
	return all
}

// history is a prescription in which much has happened.
func history(t *testing.T, w *world) (prescription.Prescription, []prescription.AuditEntry) {
	t.Helper()
	p, _ := trail(t, w, "visit-1")
	p, err := w.Note(t.Context(), w.store, ref(p), therapist, "ferdig")
	require.NoError(t, err)
	_, err = w.Renew(t.Context(), w.store, ref(p), request("visit-1-again"))
	require.ErrorIs(t, err, prescription.ErrOtherPatient)
	next := request("visit-2")
	next.Patient = p.Patient
	_, err = w.Renew(t.Context(), w.store, ref(p), next)
	require.NoError(t, err)
	p, err = w.Get(t.Context(), w.store, p.ID)
	require.NoError(t, err)
	entries, err := w.store.Audit(t.Context(), p.ID)
	require.NoError(t, err)
	return p, entries
}

// Whatever is changed in a prescription, its trail tells.
func TestEveryChangedFieldOfAPrescriptionIsFound(t *testing.T) {
	w := newWorld(t)
	ended, endedTrail := history(t, w)
	going := w.prescribe(t, request("visit-3"))
	going, err := w.Extend(t.Context(), w.store, ref(going), therapist, going.Expires.Add(1500*time.Millisecond))
	require.NoError(t, err)
	going, err = w.Transfer(t.Context(), w.store, ref(going), therapist, colleague, prescription.ReasonOther)
	require.NoError(t, err)
	goingTrail, err := w.store.Audit(t.Context(), going.ID)
	require.NoError(t, err)
	for _, one := range []struct {
		p       prescription.Prescription
		entries []prescription.AuditEntry
	}{{ended, endedTrail}, {going, goingTrail}} {
		require.NoError(t, one.p.CheckAudit(one.entries))
		all := eachChanged(one.p)
		require.Equal(t, 25, len(all), "all fields")
		for name, p := range all {
			assert.ErrorIs(t, p.CheckAudit(one.entries), prescription.ErrAudit, name)
		}
	}
	p := ended
	p.Text = "Øv litt hver kveld!"
	require.EqualError(t, p.CheckAudit(endedTrail), "prescription: audit trail is broken: the prescription has another Text than its entries say")
	p.Text = ""
	require.NoError(t, p.CheckAudit(endedTrail), "it was erased")
}

// Trails of earlier versions have no digests, and extensions in whole seconds.
func TestATrailWithoutDigestsVerifies(t *testing.T) {
	w := newWorld(t)
	p := w.prescribe(t, request("visit-1"))
	p, err := w.Extend(t.Context(), w.store, ref(p), therapist, p.Expires.Add(1500*time.Millisecond))
	require.NoError(t, err)
	entries, err := w.store.Audit(t.Context(), p.ID)
	require.NoError(t, err)
	old := slices.Clone(entries)
	old[0].Detail, old[1].Detail = "", p.Expires.Format(time.RFC3339)
	old[0] = old[0].Linked("")
	old[1] = old[1].Linked(old[0].Hash)
	require.NoError(t, p.CheckAudit(old))
	p.Expires = p.Expires.Add(time.Second)
	require.ErrorContains(t, p.CheckAudit(old), "another Expires")
	for _, form := range []string{"2/x/y/z", "1/x", "x"} {
		old[0].Detail = form
		old[0] = old[0].Linked("")
		old[1] = old[1].Linked(old[0].Hash)
		require.ErrorContains(t, p.CheckAudit(old), "Detail of the first entry", form)
	}
}

// The form of the digests is for ever, like that of the hash.
func TestTheDigestsOfWhatWasPrescribedNeverChange(t *testing.T) {
	p := prescription.Prescription{ID: "p1", Tenant: "999999999", Key: "visit-1", Tool: "sleep", Unit: "eight-weeks", Text: "Øv.",
		Patient: prescription.Patient{Pseudonym: "patient-1", Lang: "nb"}, Issued: noon, Sent: noon, Expires: noon.Add(1500 * time.Millisecond)}
	_, p.Patient.NationalID = complete(t, "158190")
	e := prescription.Change{Event: prescription.EventPrescribe, By: therapist}.Entry(prescription.Prescription{}, p)
	// Made by another program: SHA-256 of each field, its length and a colon before it.
	assert.Equal(t, "1/2026-11-01T12:00:01.5Z/66c65b4c1cdd853db440435d1b9577c7d63ce8bc571b4fe38a3613ff034b8d2b/110a79cd73379ae0795535fb6516d2546686859b497ca38da5007866f99fd189", e.Detail)
}
