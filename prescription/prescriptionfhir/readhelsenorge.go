package prescriptionfhir

import (
	"slices"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/internal/fhir"
	"github.com/verktoykatalog/verktoy/internal/problem"
	"github.com/verktoykatalog/verktoy/prescription"
)

// ReadHelsenorge reads Helsenorge's flavour of Task. The error is an [*Error] with all mistakes at once: those of [Mapper.ReadTask], and each
// field of [HelsenorgeTask] that is required and not there. NotKept names each part that has no field, in the Task's order; a Task of
// [Mapper.HelsenorgeTaskWithNationalIDUnsafe] gives none. Who needs the status alone reads it with [Mapper.HelsenorgeReports].
func (m *Mapper) ReadHelsenorge(task []byte) (h HelsenorgeTask, notKept []Problem, err error) {
	t, found, err := m.parseTask(task)
	if err != nil {
		return h, nil, err
	}
	if t.value.ResourceType != "Task" {
		return h, nil, refuse("Resource", found)
	}
	h, more := m.helsenorgeTask(t.value)
	if all := joined(found, more); len(all) > 0 {
		return HelsenorgeTask{}, nil, refuse("Task", all)
	}
	notKept, err = lost("Task", task, m.helsenorge(h, "compare what was read"))
	return h, notKept, err
}

func (m *Mapper) helsenorgeTask(x fhir.Task) (HelsenorgeTask, []problem.Problem) {
	r := &times{}
	f := x.Helsenorge(m.cfg.HelsenorgeDeadline, func(pointer string) {
		r.add(pointer, problem.BadFormat, "a time with its zone, such as 2026-11-01T12:00:00Z")
	})
	number, err := prescription.ParseNationalID(f.Citizen)
	if err != nil && f.Citizen != "" {
		r.add("/owner/identifier/value", problem.BadValue, "an identity number with right check digits")
	}
	h := HelsenorgeTask{ID: prescription.ID(strings.ToLower(f.ID)), Status: f.Status, Reason: f.Reason, Area: f.Area, Priority: f.Priority,
		Title: f.Title, Description: f.Description, Link: f.Link, Citizen: number, SenderNumber: f.SenderNumber, SenderName: f.SenderName,
		SenderPhone: f.SenderPhone, SenderNameRevealsNothingAboutHealthUnsafe: !f.SensitiveSender, OnBehalf: f.OnBehalf,
		Deadline: f.Deadline, Final: f.Final}
	return h, joined(r.found, misplaced(h.faults(), nil))
}

// HelsenorgeReports gives what the status of a Task at Helsenorge tells, as [Task.Reports] does with the source "helsenorge". The prescription
// is the one of the only identifier that is a GUID.
func (m *Mapper) HelsenorgeReports(task []byte, received time.Time) ([]prescription.Report, error) {
	t, err := m.ReadTask(task)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, i := range t.value.Identifier {
		if id := strings.ToLower(i.Value); guid.MatchString(id) {
			ids = append(ids, id)
		}
	}
	r := &times{}
	if len(ids) != 1 {
		r.add("/identifier", problem.BadValue, "one identifier that is a GUID")
		ids = []string{""}
	}
	if !slices.Contains(helsenorgeStatuses, t.value.Status) {
		r.add("/status", problem.NotAllowed, strings.Join(helsenorgeStatuses, ", "))
	}
	list := slices.DeleteFunc(slices.Clone(events[t.value.Status]), func(e said) bool { return e.again }) // Helsenorge has no pause
	out := reports(t.value.Status, list, "helsenorge", prescription.ID(ids[0]), t.changed(r), received, r)
	if len(r.found) > 0 {
		return nil, refuse("Task", r.found)
	}
	return out, nil
}
