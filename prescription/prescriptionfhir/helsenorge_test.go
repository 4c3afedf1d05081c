package prescriptionfhir_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/prescriptionfhir"
)

// masked keeps the number out of the golden file.
func masked(text []byte) []byte { return bytes.ReplaceAll(text, []byte(digits()), []byte("NUMBER")) }

func atHelsenorge() prescriptionfhir.HelsenorgeTask {
	return prescriptionfhir.HelsenorgeTask{ID: full().ID, Status: "cancelled", Reason: "Trukket tilbake.", Area: "3", Priority: "routine",
		Title: "Søvn", Description: "Øv litt hver kveld.", Link: "https://tools.example/start?a=1&b=2", Citizen: nationalID(),
		SenderNumber: "999999999", SenderName: "Fjellheim psykiatriske senter", SenderPhone: "67 00 00 00", OnBehalf: true,
		Deadline: noon, Final: noon.Add(24 * time.Hour)}
}

func sameAtHelsenorge(t *testing.T, want, got prescriptionfhir.HelsenorgeTask) {
	t.Helper()
	assert.True(t, want.Citizen.Equal(got.Citizen))
	want.Citizen, got.Citizen = prescription.NationalID{}, prescription.NationalID{}
	assert.Equal(t, want, got)
}

func TestHelsenorgesTaskComesBack(t *testing.T) {
	least := prescriptionfhir.HelsenorgeTask{ID: full().ID, Status: "ready", Area: "1", Title: "a", Description: "b", Link: "https://a.example",
		Citizen: nationalID(), SenderNumber: "999999999", SenderName: "c", SenderNameRevealsNothingAboutHealthUnsafe: true}
	for _, h := range []prescriptionfhir.HelsenorgeTask{atHelsenorge(), least} {
		text, err := mapper(t).HelsenorgeTaskWithNationalIDUnsafe(h, "test")
		require.NoError(t, err)
		got, notKept, err := mapper(t).ReadHelsenorge(text)
		require.NoError(t, err)
		assert.Empty(t, codes(notKept))
		sameAtHelsenorge(t, h, got)
	}
}

func TestTheSenderIsSensitiveUnlessSomebodySaysSo(t *testing.T) {
	text, err := mapper(t).HelsenorgeTaskWithNationalIDUnsafe(atHelsenorge(), "test")
	require.NoError(t, err)
	assert.Contains(t, string(text), `"http://helsenorge.no/fhir/sensitiv-avsender"`)
	open := atHelsenorge()
	open.SenderNameRevealsNothingAboutHealthUnsafe = true
	text, err = mapper(t).HelsenorgeTaskWithNationalIDUnsafe(open, "test")
	require.NoError(t, err)
	assert.NotContains(t, string(text), "sensitiv-avsender")
	assert.Contains(t, string(text), `"urn:oid:2.16.578.1.12.4.1.1.7618"`)
}

func TestWhatHelsenorgeCouldNotTakeIsNotWritten(t *testing.T) {
	_, err := mapper(t).HelsenorgeTaskWithNationalIDUnsafe(prescriptionfhir.HelsenorgeTask{Priority: "soon", Final: noon.Add(1)}, "")
	require.ErrorIs(t, err, prescriptionfhir.ErrUnwritable)
	for _, field := range []string{"ID", "Status", "Area", "Priority", "Title", "Description", "Link", "Citizen", "SenderNumber", "SenderName",
		"Deadline, Final", "Final", "purpose"} {
		assert.ErrorContains(t, err, "field "+field+": want")
	}
	bad := atHelsenorge()
	bad.Link = "http://tools.example"
	_, err = mapper(t).HelsenorgeTaskWithNationalIDUnsafe(bad, "test")
	require.ErrorContains(t, err, "field Link: want an https address")
}

func TestWhatIsNotHelsenorgesTaskIsRefused(t *testing.T) {
	_, _, err := mapper(t).ReadHelsenorge(taskOf(t, full()))
	found := problems(t, err)
	assert.Contains(t, found, "Task.identifier bad-value", "one with a system is not Helsenorge's")
	assert.Contains(t, found, "Task.meta.security bad-value")
	assert.Contains(t, found, "Task.instantiatesUri bad-value")
	text, err := mapper(t).HelsenorgeTaskWithNationalIDUnsafe(atHelsenorge(), "test")
	require.NoError(t, err)
	text = edited(t, text, func(o object) {
		o["restriction"].(object)["period"].(object)["end"] = "2026-11"
		o["groupIdentifier"] = object{"value": "g"}
		o["owner"].(object)["identifier"].(object)["value"] = "12345678901"
	})
	_, _, err = mapper(t).ReadHelsenorge(text)
	found = problems(t, err)
	assert.Contains(t, found, "Task.restriction.period.end bad-format")
	assert.Contains(t, found, "Task.owner.identifier.value bad-value")
	assert.NotContains(t, err.Error(), "12345678901")
}

func TestWhatHelsenorgeAddsIsTold(t *testing.T) {
	text, err := mapper(t).HelsenorgeTaskWithNationalIDUnsafe(atHelsenorge(), "test")
	require.NoError(t, err)
	text = edited(t, text, func(o object) {
		o["meta"].(object)["tag"] = []any{object{"system": "http://a.example", "code": "x"}}
		o["input"] = append(o["input"].([]any), object{"type": object{"text": "reminder"}, "valueDate": "2026-11-02"})
		o["lastModified"] = "2026-11-01T13:00:00+01:00"
	})
	got, notKept, err := mapper(t).ReadHelsenorge(text)
	require.NoError(t, err)
	sameAtHelsenorge(t, atHelsenorge(), got)
	assert.Equal(t, []string{"Task.input[1] not-kept", "Task.lastModified not-kept", "Task.meta.tag[0] not-kept"}, codes(notKept))
}

func TestThePrescriptionsTask(t *testing.T) {
	h := prescriptionfhir.HelsenorgeTaskOf(full(), noon)
	h.Area, h.Title, h.Link, h.SenderNumber, h.SenderName = "3", "Søvn", "https://tools.example/start", "999999999", "Senteret"
	text, err := mapper(t).HelsenorgeTaskWithNationalIDUnsafe(h, "test")
	require.NoError(t, err)
	got, notKept, err := mapper(t).ReadHelsenorge(text)
	require.NoError(t, err)
	assert.Empty(t, codes(notKept))
	sameAtHelsenorge(t, h, got)
	assert.Equal(t, "cancelled", got.Status)
	assert.Equal(t, full().Text, got.Description)
	assert.Equal(t, full().Expires.Truncate(time.Second), got.Deadline)
}

func TestHelsenorgeStatus(t *testing.T) {
	wanted := map[prescription.State]string{"drafted": "", "sent": "ready", "delivered": "ready", "opened": "ready", "started": "in-progress",
		"paused": "in-progress", "cancel-asked": "in-progress", "completed": "completed", "declined": "cancelled", "failed": "cancelled",
		"cancelled": "cancelled", "expired": "cancelled", "entered-in-error": "cancelled"}
	for _, s := range prescription.States() {
		assert.Equal(t, wanted[s], prescriptionfhir.HelsenorgeStatus(s), s)
	}
}
