package oppgave

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/internal/fhir"
	"github.com/verktoykatalog/verktoy/internal/problem"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
	"github.com/verktoykatalog/verktoy/prescription"
)

// ErrTask says that what was to be read is not a task of Helsenorge's. The error
// names each place and what was wanted there, never what was found.
var ErrTask = errors.New("oppgave: task refused")

// by is who caused a status: citizens complete their tasks, the portal takes them back.
var (
	byCitizen = prescription.Actor{Role: prescription.RoleCitizen, ID: "helsenorge"}
	byPortal  = prescription.Actor{Role: prescription.RoleSystem, ID: "helsenorge"}
)

// meanings are what a status reports, in this order.
var meanings = map[Status][]prescription.Report{
	Ready:      {{Event: prescription.EventDeliver, By: byPortal}},
	InProgress: {{Event: prescription.EventStart, By: byCitizen}},
	Completed:  {{Event: prescription.EventComplete, By: byCitizen}},
	// A task that was taken back is what was asked for, or else what failed: one of
	// the two reports is late whichever it is.
	Cancelled:      {{Event: prescription.EventConfirmCancel, By: byPortal}, {Event: prescription.EventFail, By: byPortal}},
	EnteredInError: {{Event: prescription.EventConfirmCancel, By: byPortal}, {Event: prescription.EventFail, By: byPortal}},
}

// StatusReports gives what a task's status reports of a prescription, for
// [prescription.Service.Apply] one after the other. The ids are the same each
// time, so that what is read twice does no harm. A task that somebody else took
// back makes the prescription [prescription.Failed]; one that this software took
// back changes nothing. An unknown status is [ErrTask].
func StatusReports(id prescription.ID, s Status, at time.Time) ([]prescription.Report, error) {
	reports := slices.Clone(meanings[s])
	if len(reports) == 0 {
		return nil, fmt.Errorf("%w: Task.status: want ready, in-progress, completed, cancelled or entered-in-error", ErrTask)
	}
	for i := range reports {
		r := &reports[i]
		r.ID, r.Prescription, r.At = "helsenorge/"+string(s)+"/"+string(r.Event), id, at
	}
	return reports, nil
}

// Reports reads a FHIR Task as Helsenorge has it and gives what its status
// reports, see [StatusReports]. The prescription is the one of the identifier that
// is a GUID; there must be one. It happened when the task says that it was last
// changed, or else when it was received. Members that are not needed are not
// looked at, but for those that would change the meaning of others, which are
// refused. Whether the prescription is there is not checked. The error wraps
// [ErrTask]. Limits: 1 MiB, 32 levels, 10,000 members.
func Reports(task []byte, received time.Time) ([]prescription.Report, error) {
	r, err := fhir.NewReader(task, strictjson.Document())
	var bad *strictjson.Error
	switch {
	case errors.As(err, &bad):
		return nil, refuse(bad.Problems)
	case err != nil:
		return nil, ErrTask
	}
	root := r.Root()
	root.RefuseModifiers()
	if root.Look("resourceType") != "Task" {
		root.Report("resourceType", problem.BadValue, "Task")
	}
	id, status, at := identifier(root), root.Look("status"), changed(root, received)
	if status == "" {
		root.Report("status", problem.MissingMember, "")
	}
	if found := r.Problems(); len(found) > 0 {
		return nil, refuse(found)
	}
	return StatusReports(id, Status(status), at)
}

// identifier is the task's only identifier that is a GUID.
func identifier(root fhir.Node) prescription.ID {
	var found []string
	for _, i := range root.List("identifier") {
		if value := strings.ToLower(i.Look("value")); guid.MatchString(value) {
			found = append(found, value)
		}
	}
	if len(found) != 1 {
		root.Report("identifier", problem.BadValue, "one identifier that is a GUID")
		return ""
	}
	return prescription.ID(found[0])
}

// changed is when the task was last changed.
func changed(root fhir.Node, received time.Time) time.Time {
	for _, at := range []struct {
		node fhir.Node
		name string
	}{{root, "lastModified"}, {root.Member("meta"), "lastUpdated"}} {
		text := at.node.Look(at.name)
		if text == "" {
			continue
		}
		t, err := time.Parse(time.RFC3339, text)
		if err != nil || t.IsZero() {
			at.node.Report(at.name, problem.BadFormat, "a time as in RFC 3339")
		}
		return t
	}
	return received
}

func refuse(found []problem.Problem) error {
	problem.Sort(found)
	parts := make([]string, 0, len(found))
	for _, p := range found[:min(len(found), 10)] {
		parts = append(parts, fhir.Place("Task", p.Pointer)+": "+p.Text("en"))
	}
	return fmt.Errorf("%w: %s", ErrTask, strings.Join(parts, "; "))
}
