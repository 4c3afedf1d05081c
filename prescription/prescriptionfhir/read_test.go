package prescriptionfhir_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/prescriptionfhir"
)

func TestBadTasksAreRefused(t *testing.T) {
	first := func(o object, list string) object { return o[list].([]any)[0].(object) }
	for _, c := range []struct {
		name string
		edit func(object)
		want []string
	}{
		{"an unknown member", func(o object) { o["title"] = "x" }, []string{"Task.title unknown-member"}},
		{"what stands beside an object", func(o object) { o["_for"] = object{"id": "x"} }, []string{"Task.for unknown-member"}},
		{"a modifier", func(o object) { o["modifierExtension"] = []any{object{"url": "u", "valueBoolean": true}} }, []string{"Task.modifierExtension bad-value"}},
		{"a modifier deep inside", func(o object) { o["restriction"].(object)["modifierExtension"] = []any{object{"url": "u"}} },
			[]string{"Task.restriction.modifierExtension bad-value"}},
		{"rules", func(o object) { o["implicitRules"] = "https://a.example" }, []string{"Task.implicitRules bad-value"}},
		{"an unknown status", func(o object) { o["status"] = "sent" }, []string{"Task.status not-allowed"}},
		{"no status", func(o object) { delete(o, "status") }, []string{"Task.status missing-member"}},
		{"a directive", func(o object) { o["intent"] = "directive" }, []string{"Task.intent not-allowed"}},
		{"a priority", func(o object) { o["priority"] = "soon" }, []string{"Task.priority not-allowed"}},
		{"a contradiction", func(o object) { o["status"] = "ready" }, []string{"Task.businessStatus contradiction"}},
		{"a state that there is not", func(o object) { first(o["businessStatus"].(object), "coding")["code"] = "lost" },
			[]string{"Task.businessStatus contradiction", "Task.status bad-value"}},
		{"two ids", func(o object) { o["identifier"] = append(o["identifier"].([]any), first(o, "identifier")) },
			[]string{"Task.identifier bad-value", "Task.identifier bad-value"}},
		{"no tenant", func(o object) { delete(first(o, "identifier"), "assigner") }, []string{"Task.identifier bad-value"}},
		{"no unit", func(o object) { first(o["code"].(object), "coding")["code"] = "sleep" }, []string{"Task.code bad-value"}},
		{"a patient of another system", func(o object) { o["for"].(object)["identifier"].(object)["system"] = "urn:oid:1.2" }, []string{"Task.for.identifier bad-value"}},
		{"a therapist's name", func(o object) { o["requester"] = object{"display": "Kari"} }, []string{"Task.requester.identifier bad-value"}},
		{"letters for an HPR number", func(o object) { o["requester"].(object)["identifier"].(object)["value"] = "a" }, []string{"Task.requester.identifier bad-value"}},
		{"a day for a time", func(o object) { o["authoredOn"] = "2026-11-01" }, []string{"Task.authoredOn bad-format"}},
		{"a word for a time", func(o object) { o["lastModified"] = "yesterday" }, []string{"Task.lastModified bad-format"}},
		{"no end", func(o object) { delete(o, "restriction") }, []string{"Task.restriction.period.end bad-value"}},
		{"an end that was not", func(o object) { delete(o["executionPeriod"].(object), "end") }, []string{"Task.executionPeriod bad-value"}},
		{"a version of letters", func(o object) { o["meta"].(object)["versionId"] = "x" }, []string{"Task.meta.versionId bad-value"}},
		{"a milestone that is none", func(o object) {
			o["extension"].([]any)[2].(object)["extension"].([]any)[1].(object)["valueDateTime"] = "2026"
		}, []string{"Task.extension[2].extension[1].valueDateTime bad-format"}},
		{"a list for an object", func(o object) { o["for"] = []any{o["for"]} }, []string{"Task.for wrong-type", "Task.for.identifier bad-value"}},
		{"all at once", func(o object) {
			o["title"], o["priority"], o["authoredOn"] = "x", "soon", "2026-11-01"
			delete(o, "code")
		}, []string{"Task.authoredOn bad-format", "Task.code bad-value", "Task.priority not-allowed", "Task.title unknown-member"}},
	} {
		_, err := mapper(t).Prescription(edited(t, taskOf(t, full()), c.edit))
		assert.Equal(t, c.want, problems(t, err), c.name)
	}
}

func TestWhatIsNotATask(t *testing.T) {
	for text, want := range map[string]string{
		`{`: "Resource syntax", `["x"]`: "Resource wrong-type", `{"resourceType":"Patient"}`: "Resource.resourceType not-allowed",
		`{}`: "Resource too-few", `{"resourceType":"Task","status":"ready","status":"failed"}`: "Resource.status duplicate-member",
		`{"resourceType":"Task","for":null}`: "Resource.for wrong-type",
	} {
		_, err := mapper(t).Prescription([]byte(text))
		assert.Equal(t, []string{want}, problems(t, err), text)
		_, err = mapper(t).Request([]byte(text))
		assert.NotEmpty(t, problems(t, err), text)
		_, _, err = mapper(t).ReadHelsenorge([]byte(text))
		assert.Equal(t, []string{want}, problems(t, err), text)
	}
}

func TestBadServiceRequestsAreRefused(t *testing.T) {
	order := full()
	order.State, order.Ended = prescription.Delivered, time.Time{}
	for _, c := range []struct {
		name string
		edit func(object)
		want []string
	}{
		{"what must not be done", func(o object) { o["doNotPerform"] = true }, []string{"ServiceRequest.doNotPerform bad-value"}},
		{"a draft", func(o object) { o["status"] = "draft" }, []string{"ServiceRequest.status bad-value"}},
		{"an unknown status", func(o object) { o["status"] = "ready" }, []string{"ServiceRequest.status not-allowed"}},
		{"a plan", func(o object) { o["intent"] = "plan" }, []string{"ServiceRequest.intent bad-value"}},
		{"nobody", func(o object) { delete(o, "subject") }, []string{"ServiceRequest.subject missing-member", "ServiceRequest.subject.identifier bad-value"}},
		{"a period that ends before", func(o object) { o["occurrencePeriod"].(object)["end"] = "2026-10-01T00:00:00Z" }, []string{"ServiceRequest.occurrencePeriod bad-value"}},
		{"a period for ever", func(o object) { o["occurrencePeriod"].(object)["end"] = "9999-10-01T00:00:00Z" }, []string{"ServiceRequest.occurrencePeriod bad-value"}},
		{"a key with a space", func(o object) { o["identifier"].([]any)[1].(object)["value"] = "a b" }, []string{"ServiceRequest.identifier bad-value"}},
	} {
		_, err := mapper(t).Request(edited(t, orderOf(t, order), c.edit))
		assert.Equal(t, c.want, problems(t, err), c.name)
	}
}

// A request of another system: it names a tool, a pseudonym and a therapist as we do, and all else is its own.
func TestAnothersServiceRequest(t *testing.T) {
	got, err := mapper(t).Request([]byte(`{"resourceType":"ServiceRequest","status":"active","intent":"order","subject":{"reference":"Patient/1",
		"identifier":{"system":"` + prescriptionfhir.SystemPatient + `","value":"patient-0000000a"}},"requester":{"identifier":
		{"use":"official","system":"` + prescriptionfhir.SystemHPR + `","value":"9144889"},"display":"Kari"},"code":{"coding":[{"system":"http://snomed.info/sct","code":"1"},
		{"system":"` + prescriptionfhir.SystemUnit + `","code":"sleep/8-weeks","display":"Sleep"}]},"occurrencePeriod":{"start":"2026-11-01T00:00:00Z","end":"2026-11-02T12:00:00Z"}}`))
	require.NoError(t, err)
	assert.Equal(t, prescription.Request{Tool: "sleep", Unit: "8-weeks", Patient: prescription.Patient{Pseudonym: "patient-0000000a"},
		Prescriber: prescription.Actor{Role: prescription.RoleTherapist, ID: "hpr/9144889"}, Days: 2}, got.Request)
	assert.Equal(t, []string{"ServiceRequest.code.coding[0] not-kept", "ServiceRequest.code.coding[1].display not-kept",
		"ServiceRequest.occurrencePeriod not-kept", "ServiceRequest.requester.display not-kept",
		"ServiceRequest.requester.identifier.use not-kept", "ServiceRequest.subject.reference not-kept"}, codes(got.NotKept))
}

// What others add to a Task of ours is told of.
func TestWhatAPrescriptionHasNoRoomForIsTold(t *testing.T) {
	got, err := mapper(t).Prescription(edited(t, taskOf(t, full()), func(o object) {
		o["text"] = object{"status": "generated", "div": "<div/>"}
		o["priority"], o["_priority"] = "urgent", object{"id": "x"}
		o["note"] = append(o["note"].([]any), object{"text": "from somebody"})
		o["extension"] = append(o["extension"].([]any), object{"url": "http://a.example", "valueInteger": 1})
		o["code"].(object)["text"] = "Sleep"
		o["lastModified"] = "2026-11-01T13:08:00.123456+01:00"
		o["authoredOn"] = "2026-11-01T12:00:00.123456789Z"
	}))
	require.NoError(t, err)
	want := full()
	want.Patient.NationalID = prescription.NationalID{}
	assert.Equal(t, want, got.Prescription)
	assert.Equal(t, []string{"Task.priority.id not-kept", "Task.authoredOn not-kept", "Task.code.text not-kept", "Task.extension[3] not-kept",
		"Task.note[2] not-kept", "Task.priority not-kept", "Task.text not-kept"}, codes(got.NotKept))
	assert.Equal(t, notes(), got.Notes)
	assert.Equal(t, "/extension/3", got.NotKept[3].Pointer)
	for _, lang := range []catalogue.Lang{"nb", "nn", "en"} {
		assert.NotEmpty(t, got.NotKept[0].Text[lang], lang)
	}
}

// Each text in a Task in turn holds an identity number, and so do names of members that do not exist: no error says it.
func TestNoErrorHoldsAnIdentityNumber(t *testing.T) {
	number := digits()
	grouped := number[:6] + " " + number[6:]
	text := taskOf(t, full())
	var values []string
	walk(t, text, func(pointer string) { values = append(values, pointer) })
	require.Greater(t, len(values), 50)
	for _, pointer := range values {
		for _, as := range []string{number, grouped, "x" + number} {
			broken := edited(t, text, func(o object) { set(t, o, pointer, as); o[number], o[grouped] = object{number: 1}, 1 })
			_, err := mapper(t).Prescription(broken)
			require.NotEmpty(t, problems(t, err))
			shown, marshalled := json.Marshal(err)
			require.NoError(t, marshalled)
			_, other := mapper(t).ReadTask(broken)
			_, _, third := mapper(t).ReadHelsenorge(broken)
			for _, said := range []string{err.Error(), string(shown), other.Error(), third.Error()} {
				assert.NotContains(t, said, number, pointer)
				assert.NotContains(t, said, grouped, pointer)
			}
		}
	}
}

func TestNothingIsWrittenOfWhatIsNotStored(t *testing.T) {
	_, err := mapper(t).Task(prescription.Prescription{}, prescriptionfhir.Options{NationalIDInClearUnsafe: "test", Notes: make([]prescription.Note, 1)})
	require.ErrorIs(t, err, prescriptionfhir.ErrUnwritable)
	for _, field := range []string{"ID", "Version", "Tenant", "Key", "State", "Issued", "Updated", "Expires", "Tool, Unit", "Patient.Pseudonym", "Prescriber",
		"Patient.NationalID", "Options.At", "Options.Notes[0]"} {
		assert.ErrorContains(t, err, "field "+field+": want")
	}
	p := full()
	p.State = "lost"
	_, err = mapper(t).ServiceRequest(p, prescriptionfhir.Options{At: noon})
	require.ErrorContains(t, err, "field State: want")
	p = full()
	p.Tenant = digits()
	author := notes()
	author[1].By.ID = digits()
	_, err = mapper(t).Task(p, prescriptionfhir.Options{At: noon, Notes: author})
	require.ErrorContains(t, err, "field Tenant: want")
	require.ErrorContains(t, err, "field Options.Notes[1]: want")
	assert.NotContains(t, err.Error(), digits())
}

// The number is written where it was asked for, and nowhere else.
func TestTheIdentityNumberIsWrittenOnRequestOnly(t *testing.T) {
	p := full()
	assert.NotContains(t, string(taskOf(t, p)), digits())
	assert.NotContains(t, string(orderOf(t, p)), digits())
	text, err := mapper(t).Task(p, prescriptionfhir.Options{At: noon, NationalIDInClearUnsafe: "test"})
	require.NoError(t, err)
	assert.Equal(t, 2, strings.Count(string(text), digits()), "for and owner")
	assert.Contains(t, string(text), "urn:oid:2.16.578.1.12.4.1.4.1\"")
	assert.Contains(t, string(text), p.Patient.Pseudonym)
}

func TestNewRefuses(t *testing.T) {
	for _, c := range []struct {
		cfg  prescriptionfhir.Config
		want string
	}{
		{prescriptionfhir.Config{}, "field Base must be an absolute"},
		{prescriptionfhir.Config{Base: base + "/"}, "field Base must be an absolute"},
		{prescriptionfhir.Config{Base: base, Patient: "pseudonym"}, "field Patient must be an absolute URI"},
		{prescriptionfhir.Config{Base: base, Patient: prescriptionfhir.SystemNationalID}, "field Patient must be a system of its own"},
		{prescriptionfhir.Config{Base: base, Prescription: "urn:a:b", Tenant: "urn:a:b"}, "field Tenant must be a system of its own"},
	} {
		_, err := prescriptionfhir.New(c.cfg)
		assert.ErrorContains(t, err, c.want)
	}
}

func TestOtherSystems(t *testing.T) {
	m, err := prescriptionfhir.New(prescriptionfhir.Config{Base: base, Prescription: "urn:x:1", Patient: "urn:x:2", Tenant: prescriptionfhir.SystemOrgNumber, Actor: "urn:x:4"})
	require.NoError(t, err)
	p := full()
	p.Prescriber.ID = "u-1"
	text, err := m.Task(p, prescriptionfhir.Options{At: noon, NationalIDInClearUnsafe: "test"})
	require.NoError(t, err)
	for _, system := range []string{"urn:x:1", "urn:x:2", prescriptionfhir.SystemOrgNumber, "urn:x:4"} {
		assert.Contains(t, string(text), `"`+system+`"`)
	}
	got, err := m.Prescription(text)
	require.NoError(t, err)
	assert.Empty(t, codes(got.NotKept))
	same(t, p, got.Prescription)
	_, err = mapper(t).Prescription(text)
	assert.Contains(t, problems(t, err), "Task.identifier bad-value")
}
