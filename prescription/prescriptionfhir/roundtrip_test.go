package prescriptionfhir_test

import (
	"flag"
	"math/rand/v2"
	"os"
	"reflect"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/prescriptionfhir"
)

var update = flag.Bool("update", false, "write the golden files anew")

var langs = []catalogue.Lang{"", "nb", "nn", "en", "se", "en-GB"}

// stored are the states in which a prescription may be stored, and drafted.
func stored() []prescription.State {
	var out []prescription.State
	for _, s := range prescription.States() {
		if s != prescription.Expired {
			out = append(out, s)
		}
	}
	return out
}

// same compares prescriptions; identity numbers are pointers.
func same(t *testing.T, want, got prescription.Prescription) {
	t.Helper()
	assert.True(t, want.Patient.NationalID.Equal(got.Patient.NationalID), "identity number")
	want.Patient.NationalID, got.Patient.NationalID = prescription.NationalID{}, prescription.NationalID{}
	assert.Equal(t, want, got)
}

func TestEveryPrescriptionComesBack(t *testing.T) {
	r := rand.New(rand.NewPCG(20261101, 7))
	m := mapper(t)
	expired := 0
	require.Len(t, stored(), 12)
	for _, state := range stored() {
		for range 100 {
			p := random(r, state)
			o := prescriptionfhir.Options{At: p.Expires.Add(time.Duration(r.IntN(3)-1) * time.Microsecond)}
			want := p
			if !p.Patient.NationalID.IsZero() && r.IntN(2) == 0 {
				o.NationalIDInClearUnsafe = "test"
			} else {
				want.Patient.NationalID = prescription.NationalID{}
			}
			if r.IntN(2) == 0 {
				o.Notes = notes()
			}
			task, err := m.Task(p, o)
			require.NoError(t, err)
			got, err := m.Prescription(task)
			require.NoError(t, err)
			assert.Empty(t, codes(got.NotKept))
			assert.Equal(t, p.StateAt(o.At), got.State)
			assert.Equal(t, o.Notes, got.Notes)
			same(t, want, got.Prescription)
			if got.State == prescription.Expired {
				expired++
			}
		}
	}
	assert.Greater(t, expired, 100)
}

// Of a ServiceRequest comes back what a request for it can say.
func TestEveryOrderComesBack(t *testing.T) {
	r := rand.New(rand.NewPCG(20261101, 8))
	m := mapper(t)
	for range 300 {
		p := random(r, prescription.Started)
		o := prescriptionfhir.Options{At: noon}
		if !p.Patient.NationalID.IsZero() {
			o.NationalIDInClearUnsafe = "test"
		}
		order, err := m.ServiceRequest(p, o)
		require.NoError(t, err)
		got, err := m.Request(order)
		require.NoError(t, err)
		lost := []string{"ServiceRequest.authoredOn not-kept"}
		if p.ReplacedBy != "" {
			lost = append(lost, "ServiceRequest.extension[0] not-kept")
		}
		lost = append(lost, "ServiceRequest.id not-kept", "ServiceRequest.identifier[0].value not-kept",
			"ServiceRequest.meta not-kept", "ServiceRequest.occurrencePeriod.start not-kept")
		if p.Text != "" {
			lost = append(lost, "ServiceRequest.patientInstruction not-kept")
		}
		if p.Replaces != "" {
			lost = append(lost, "ServiceRequest.replaces[0] not-kept")
		}
		assert.Equal(t, lost, codes(got.NotKept))
		assert.True(t, p.Patient.NationalID.Equal(got.Request.Patient.NationalID))
		p.Patient.NationalID, got.Request.Patient.NationalID = prescription.NationalID{}, prescription.NationalID{}
		assert.Equal(t, prescription.Request{Tenant: p.Tenant, Key: p.Key, Tool: p.Tool, Unit: p.Unit, Patient: p.Patient, Prescriber: p.Prescriber,
			Days: int(p.Expires.Sub(p.Issued) / (24 * time.Hour))}, got.Request)
	}
}

// A field that is added to a prescription must be added here, and so to the mapping.
func TestFullIsFull(t *testing.T) {
	v := reflect.ValueOf(full())
	require.Equal(t, 23, v.NumField())
	for i := range v.NumField() {
		assert.False(t, v.Field(i).IsZero(), "%s is empty in full(): fill it, and map it", v.Type().Field(i).Name)
	}
}

// What is written in all generality is read in all generality.
func TestResourcesAreKeptWhole(t *testing.T) {
	task, err := mapper(t).ReadTask(taskOf(t, full()))
	require.NoError(t, err)
	assert.Empty(t, codes(task.NotKept()))
	again, err := task.JSON()
	require.NoError(t, err)
	assert.Equal(t, string(taskOf(t, full())), string(again))
	assert.Equal(t, "cancelled", task.Status())

	order, err := mapper(t).ReadServiceRequest(orderOf(t, full()))
	require.NoError(t, err)
	assert.Empty(t, codes(order.NotKept()))
	again, err = order.JSON()
	require.NoError(t, err)
	assert.Equal(t, string(orderOf(t, full())), string(again))
	assert.Equal(t, "revoked", order.Status())
}

// Others store what we write: a change is seen here first.
func TestGolden(t *testing.T) {
	helsenorge, err := mapper(t).HelsenorgeTaskWithNationalIDUnsafe(atHelsenorge(), "test")
	require.NoError(t, err)
	started := full()
	started.State, started.Ended = prescription.Started, time.Time{}
	for file, got := range map[string][]byte{"task.json": taskOf(t, full()), "servicerequest.json": orderOf(t, started),
		"helsenorge.json": masked(helsenorge)} {
		file = "testdata/" + file
		if *update {
			require.NoError(t, os.WriteFile(file, got, 0o600))
		}
		want, err := os.ReadFile(file)
		require.NoError(t, err)
		assert.Equal(t, string(want), string(got), file)
	}
}

// The status that a consumer sees who knows FHIR and not us.
func TestStatuses(t *testing.T) {
	wanted := map[prescription.State][2]string{
		"drafted": {"draft", "draft"}, "sent": {"requested", "active"}, "delivered": {"ready", "active"}, "opened": {"ready", "active"},
		"started": {"in-progress", "active"}, "paused": {"on-hold", "on-hold"}, "cancel-asked": {"in-progress", "active"},
		"completed": {"completed", "completed"}, "declined": {"rejected", "revoked"}, "failed": {"failed", "revoked"},
		"cancelled": {"cancelled", "revoked"}, "expired": {"cancelled", "revoked"}, "entered-in-error": {"entered-in-error", "entered-in-error"}}
	require.Len(t, wanted, len(prescription.States()))
	for _, s := range prescription.States() {
		assert.Equal(t, wanted[s], [2]string{prescriptionfhir.TaskStatus(s), prescriptionfhir.RequestStatus(s)}, s)
	}
	assert.Empty(t, prescriptionfhir.TaskStatus("lost"))
}
