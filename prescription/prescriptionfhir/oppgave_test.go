package prescriptionfhir_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/prescription/oppgave"
)

// Package oppgave delivers to Helsenorge with a mapping of its own: both write the same, and report the same of it.
func TestOppgaveAgrees(t *testing.T) {
	h := atHelsenorge()
	h.Status, h.Reason = "ready", ""
	ours, err := mapper(t).HelsenorgeTaskWithNationalIDUnsafe(h, "test")
	require.NoError(t, err)
	theirs, err := oppgave.AssumedWire(oppgave.AssumedDeadlineURL).Task(oppgave.Task{ID: h.ID, Tool: "sleep", Unit: "8-weeks", Citizen: h.Citizen,
		Sender:          oppgave.Sender{OrgNumber: h.SenderNumber, Name: h.SenderName, Phone: h.SenderPhone},
		SensitiveSender: !h.SenderNameRevealsNothingAboutHealthUnsafe, Area: oppgave.Area(h.Area), Priority: oppgave.Priority(h.Priority),
		Title: h.Title, Description: h.Description, Link: h.Link, OnBehalf: h.OnBehalf, Deadline: h.Deadline, Final: h.Final})
	require.NoError(t, err)
	assert.JSONEq(t, string(theirs), string(ours))
	got, notKept, err := mapper(t).ReadHelsenorge(theirs)
	require.NoError(t, err)
	assert.Empty(t, codes(notKept))
	sameAtHelsenorge(t, h, got)

	for _, status := range []string{"ready", "in-progress", "completed", "cancelled", "entered-in-error"} {
		text := edited(t, theirs, func(o object) { o["status"], o["lastModified"] = status, "2026-11-01T11:00:00Z" })
		want, err := oppgave.Reports(text, noon)
		require.NoError(t, err)
		reports, err := mapper(t).HelsenorgeReports(text, noon)
		require.NoError(t, err)
		require.Len(t, reports, len(want))
		for i := range want {
			assert.True(t, want[i].At.Equal(reports[i].At))
			want[i].At = reports[i].At
		}
		assert.Equal(t, want, reports, status)
	}
}
