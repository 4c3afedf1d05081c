package oppgave_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/internal/nationalid"
	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/oppgave"
	"github.com/verktoykatalog/verktoy/prescription/prescriptiontest"
)

func taskJSON(members string) []byte {
	return []byte(`{"resourceType":"Task","identifier":[{"value":"` + string(taskID) + `"}],` + members + `}`)
}

func TestReports(t *testing.T) {
	at := time.Date(2026, 11, 1, 8, 0, 0, 0, time.UTC)
	citizen := prescription.Actor{Role: prescription.RoleCitizen, ID: "helsenorge"}
	portal := prescription.Actor{Role: prescription.RoleSystem, ID: "helsenorge"}
	report := func(id string, e prescription.Event, at time.Time, by prescription.Actor) prescription.Report {
		return prescription.Report{ID: "helsenorge/" + id, Prescription: taskID, Event: e, At: at, By: by}
	}
	for _, tt := range []struct {
		task []byte
		want []prescription.Report
	}{
		{taskJSON(`"status":"ready"`), []prescription.Report{report("ready/deliver", prescription.EventDeliver, noon, portal)}},
		{taskJSON(`"status":"in-progress","lastModified":"2026-11-01T09:00:00+01:00"`),
			[]prescription.Report{report("in-progress/start", prescription.EventStart, at, citizen)}},
		{taskJSON(`"status":"completed","meta":{"lastUpdated":"2026-11-01T08:00:00Z"}`),
			[]prescription.Report{report("completed/complete", prescription.EventComplete, at, citizen)}},
		{taskJSON(`"status":"cancelled","owner":{"identifier":{"value":"x"}},"unknown":[1,true]`), []prescription.Report{
			report("cancelled/confirm-cancel", prescription.EventConfirmCancel, noon, portal), report("cancelled/fail", prescription.EventFail, noon, portal)}},
		{taskJSON(`"status":"entered-in-error"`), []prescription.Report{
			report("entered-in-error/confirm-cancel", prescription.EventConfirmCancel, noon, portal), report("entered-in-error/fail", prescription.EventFail, noon, portal)}},
		{[]byte(`{"resourceType":"Task","status":"ready","identifier":[{"value":"7"},{"value":"` + strings.ToUpper(string(taskID)) + `"}]}`),
			[]prescription.Report{report("ready/deliver", prescription.EventDeliver, noon, portal)}},
	} {
		got, err := oppgave.Reports(tt.task, noon)
		require.NoError(t, err, string(tt.task))
		require.Len(t, got, len(tt.want))
		for i := range got {
			assert.WithinDuration(t, tt.want[i].At, got[i].At, 0)
			got[i].At = tt.want[i].At
		}
		assert.Equal(t, tt.want, got, string(tt.task))
	}
}

func TestReportsRefuses(t *testing.T) {
	number := prescriptiontest.Number("158190")
	for _, tt := range []struct{ task, want string }{
		{string(taskJSON(`"status":"on-hold"`)), "Task.status: want ready, in-progress, completed, cancelled or entered-in-error"},
		{string(taskJSON(`"status":"` + number + `"`)), "Task.status: want ready"},
		{string(taskJSON(`"intent":"proposal"`)), "Task.status: "},
		{string(taskJSON(`"status":"ready","lastModified":"` + number + `"`)), "Task.lastModified: "},
		{string(taskJSON(`"status":"ready","meta":{"lastUpdated":"0001-01-01T00:00:00Z"}`)), "Task.meta.lastUpdated: "},
		{string(taskJSON(`"status":"ready","modifierExtension":[{"url":"x"}]`)), "Task.modifierExtension: "},
		{string(taskJSON(`"status":"ready","status":"completed"`)), "Task.status: "},
		{string(taskJSON(`"status":7`)), "Task.status: "},
		{`{"resourceType":"Bundle","status":"ready","identifier":[{"value":"` + string(taskID) + `"}]}`, "Task.resourceType: "},
		{`{"resourceType":"Task","status":"ready"}`, "Task.identifier: "},
		{`{"resourceType":"Task","status":"ready","identifier":[{"value":"` + number + `"}]}`, "Task.identifier: "},
		{`{"resourceType":"Task","status":"ready","identifier":[{"value":"` + string(taskID) + `"},{"value":"` + string(taskID) + `"}]}`, "Task.identifier: "},
		{`[]`, "Task: "}, {`{`, "Task"}, {``, "Task"}, {strings.Repeat(" ", 1<<20+1), "Task"},
	} {
		reports, err := oppgave.Reports([]byte(tt.task), noon)
		require.ErrorIs(t, err, oppgave.ErrTask, tt.want)
		assert.Contains(t, err.Error(), tt.want)
		assert.False(t, nationalid.Contains(err.Error()), tt.want)
		assert.Empty(t, reports)
	}
}

// Whatever is read: reports that a service takes, the same each time, or an error without an identity number.
func FuzzReports(f *testing.F) {
	number := prescriptiontest.Number("158190")
	for _, members := range []string{`"status":"ready"`, `"status":"completed","lastModified":"2026-11-01T09:00:00+01:00"`, `"status":"cancelled"`,
		`"status":"` + number + `"`, `"` + number + `":1`, `"status":"ready","meta":{"lastUpdated":"` + number + `"}`} {
		f.Add(taskJSON(members))
	}
	f.Add([]byte(`{"resourceType":"Task","identifier":[{"value":"` + number + `"}],"status":"ready"}`))
	f.Fuzz(func(t *testing.T, task []byte) {
		reports, err := oppgave.Reports(task, noon)
		if err != nil {
			require.ErrorIs(t, err, oppgave.ErrTask)
			assert.Empty(t, reports)
			assert.False(t, nationalid.Contains(err.Error()), "number in an error")
			return
		}
		again, err := oppgave.Reports(task, noon.Add(time.Hour))
		require.NoError(t, err)
		require.NotEmpty(t, reports)
		s, err := prescription.NewService(prescription.Config{Tools: (&world{}).tools})
		require.NoError(t, err)
		for i, r := range reports {
			assert.Equal(t, r.ID, again[i].ID)
			_, _, err := s.Apply(t.Context(), prescription.NewMemory(), r)
			if !nationalid.Contains(string(r.Prescription)) {
				require.ErrorIs(t, err, prescription.ErrNotFound, "a report that is well made")
			}
		}
	})
}
