package prescriptionfhir_test

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/prescription"
)

// clinic prescribes the one tool that there is.
func clinic(t *testing.T) (*prescription.Service, *prescription.Memory, prescription.Prescription) {
	t.Helper()
	tool := catalogue.Tool{ID: "sleep", Status: catalogue.StatusListed, Access: catalogue.Access{RequiresPrescription: true},
		Start: []catalogue.Start{{Platform: catalogue.PlatformWeb, URL: "https://tools.example/start", Profile: catalogue.ProfileHelsenorge}},
		Units: []catalogue.Unit{{ID: "8-weeks", Days: 56}}}
	s, err := prescription.NewService(prescription.Config{Now: func() time.Time { return noon },
		Tools: func(id catalogue.ToolID) (catalogue.Tool, bool) { return tool, id == tool.ID }})
	require.NoError(t, err)
	store := prescription.NewMemory()
	p, err := s.Prescribe(t.Context(), store, prescription.Request{Tenant: "999999999", Key: "1", Tool: "sleep", Unit: "8-weeks",
		Patient:    prescription.Patient{Pseudonym: "patient-0000000a"},
		Prescriber: prescription.Actor{Role: prescription.RoleTherapist, ID: "hpr/9144889"}})
	require.NoError(t, err)
	return s, store, p
}

// told applies what a Task with that status, changed then, reports.
func told(t *testing.T, s *prescription.Service, store *prescription.Memory, p prescription.Prescription, status string, minute int) []prescription.Applied {
	t.Helper()
	text := edited(t, taskOf(t, p), func(o object) {
		o["status"], o["lastModified"] = status, noon.Add(time.Duration(minute-60)*time.Minute).Format(time.RFC3339)
	})
	task, err := mapper(t).ReadTask(text)
	require.NoError(t, err)
	reports, err := task.Reports("tool-1", noon)
	require.NoError(t, err)
	return applied(t, s, store, reports)
}

func applied(t *testing.T, s *prescription.Service, store *prescription.Memory, reports []prescription.Report) []prescription.Applied {
	t.Helper()
	var out []prescription.Applied
	for _, r := range reports {
		_, a, err := s.Apply(context.Background(), store, r)
		require.NoError(t, err)
		out = append(out, a)
	}
	return out
}

func stateOf(t *testing.T, s *prescription.Service, store *prescription.Memory, id prescription.ID) prescription.State {
	t.Helper()
	p, err := s.Get(t.Context(), store, id)
	require.NoError(t, err)
	return p.State
}

func TestAStatusIsReportedAndASecondTimeDoesNoHarm(t *testing.T) {
	wanted := map[string]prescription.State{"requested": "sent", "received": "delivered", "ready": "delivered", "accepted": "opened",
		"in-progress": "started", "on-hold": "paused", "completed": "completed", "rejected": "declined", "failed": "failed",
		"cancelled": "failed", "entered-in-error": "failed"}
	require.Len(t, wanted, 11)
	for status, state := range wanted {
		s, store, p := clinic(t)
		told(t, s, store, p, status, 0)
		assert.Equal(t, state, stateOf(t, s, store, p.ID), status)
		for _, a := range told(t, s, store, p, status, 0) {
			assert.Equal(t, prescription.Duplicate, a, status)
		}
		assert.Equal(t, state, stateOf(t, s, store, p.ID), status)
	}
}

func TestAPauseAndWhatComesAfter(t *testing.T) {
	s, store, p := clinic(t)
	for i, step := range []struct {
		status string
		want   prescription.State
	}{{"in-progress", "started"}, {"on-hold", "paused"}, {"in-progress", "started"}, {"on-hold", "paused"}, {"ready", "paused"},
		{"in-progress", "started"}, {"completed", "completed"}, {"in-progress", "completed"}} {
		told(t, s, store, p, step.status, i)
		told(t, s, store, p, step.status, i)
		assert.Equal(t, step.want, stateOf(t, s, store, p.ID), i)
	}
}

func TestATaskThatWasTakenBackConfirmsWhatWasAskedFor(t *testing.T) {
	s, store, p := clinic(t)
	told(t, s, store, p, "in-progress", 0)
	p, err := s.Get(t.Context(), store, p.ID)
	require.NoError(t, err)
	p, err = s.Cancel(t.Context(), store, prescription.Ref{ID: p.ID, Version: p.Version}, p.Prescriber, prescription.ReasonOther)
	require.NoError(t, err)
	require.Equal(t, prescription.CancelAsked, p.State)
	assert.Equal(t, []prescription.Applied{prescription.Changed, prescription.Late}, told(t, s, store, p, "cancelled", 1))
	assert.Equal(t, prescription.Cancelled, stateOf(t, s, store, p.ID))
}

func TestOurBusinessStatusSaysMore(t *testing.T) {
	opened, expired := full(), full()
	opened.State, opened.Ended = prescription.Opened, time.Time{}
	expired.State, expired.Ended, expired.Expires = prescription.Started, time.Time{}, noon
	for _, c := range []struct {
		p    prescription.Prescription
		want []string
	}{{opened, []string{"tool-1/ready/open"}}, {expired, nil}} {
		task, err := mapper(t).ReadTask(taskOf(t, c.p))
		require.NoError(t, err)
		reports, err := task.Reports("tool-1", noon)
		require.NoError(t, err)
		var ids []string
		for _, r := range reports {
			ids = append(ids, r.ID)
		}
		assert.Equal(t, c.want, ids)
	}
}

func TestWhatReportsNothingIsRefused(t *testing.T) {
	for _, c := range []struct {
		name, source string
		edit         func(object)
		want         []string
	}{
		{"a draft", "tool-1", func(o object) { o["status"] = "draft" }, []string{"Task.status bad-value"}},
		{"another's task", "tool-1", func(o object) { delete(o, "identifier") }, []string{"Task.identifier bad-value"}},
		{"two ids", "tool-1", func(o object) { o["identifier"] = append(o["identifier"].([]any), o["identifier"].([]any)[0]) }, []string{"Task.identifier bad-value"}},
		{"only a day", "tool-1", func(o object) { o["lastModified"] = "2026-11-01" }, []string{"Task.lastModified bad-format"}},
		{"a pause at no time", "tool-1", func(o object) { o["status"] = "on-hold"; delete(o, "lastModified") }, []string{"Task.lastModified missing-member"}},
		{"no source", "", func(object) {}, []string{"Task bad-value"}},
		{"an identity number as source", digits(), func(object) {}, []string{"Task bad-value"}},
	} {
		task, err := mapper(t).ReadTask(edited(t, taskOf(t, full()), c.edit))
		require.NoError(t, err, c.name)
		_, err = task.Reports(c.source, noon)
		assert.Equal(t, c.want, problems(t, err), c.name)
	}
}

func TestTheServersTimeWillDo(t *testing.T) {
	task, err := mapper(t).ReadTask(edited(t, taskOf(t, full()), func(o object) {
		delete(o, "lastModified")
		o["status"], o["meta"] = "on-hold", object{"lastUpdated": "2026-11-01T11:00:00Z"}
	}))
	require.NoError(t, err)
	reports, err := task.Reports("tool-1", noon)
	require.NoError(t, err)
	require.Len(t, reports, 1)
	assert.Equal(t, noon.Add(-time.Hour), reports[0].At)
	assert.Equal(t, "tool-1/on-hold/pause/1793530800000000", reports[0].ID)
}

func TestHelsenorgesStatusIsReported(t *testing.T) {
	wanted := map[string]prescription.State{"ready": "delivered", "in-progress": "started", "completed": "completed",
		"cancelled": "failed", "entered-in-error": "failed"}
	for status, state := range wanted {
		s, store, p := clinic(t)
		h := atHelsenorge()
		h.ID, h.Status = p.ID, status
		text, err := mapper(t).HelsenorgeTaskWithNationalIDUnsafe(h, "test")
		require.NoError(t, err)
		for _, want := range []prescription.Applied{prescription.Changed, prescription.Duplicate} {
			reports, err := mapper(t).HelsenorgeReports(text, noon)
			require.NoError(t, err)
			assert.Equal(t, "helsenorge/"+status+"/"+string(reports[0].Event), reports[0].ID)
			assert.Contains(t, applied(t, s, store, reports), want, status)
		}
		assert.Equal(t, state, stateOf(t, s, store, p.ID), status)
	}
	var o object
	text, err := mapper(t).HelsenorgeTaskWithNationalIDUnsafe(atHelsenorge(), "test")
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(text, &o))
	_, err = mapper(t).HelsenorgeReports(edited(t, text, func(o object) { o["status"] = "on-hold"; delete(o, "identifier") }), noon)
	assert.Equal(t, []string{"Task.identifier bad-value", "Task.status not-allowed"}, problems(t, err))
}
