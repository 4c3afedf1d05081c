package prescriptionfhir

import (
	"strconv"
	"time"

	"github.com/verktoykatalog/verktoy/internal/problem"
	"github.com/verktoykatalog/verktoy/prescription"
)

// said is an event that a status tells of, and on whose side it is. If the event can come again, the report's id says when.
type said struct {
	event prescription.Event
	role  prescription.Role
	again bool
}

// takenBack is what was asked for, or else what failed: one of the two reports is late, whichever it is.
var takenBack = []said{{prescription.EventConfirmCancel, prescription.RoleSystem, false}, {prescription.EventFail, prescription.RoleSystem, false}}

var (
	delivers = []said{{prescription.EventDeliver, prescription.RoleSystem, false}}
	opens    = []said{{prescription.EventOpen, prescription.RoleCitizen, false}}
)

// events are what a Task.status tells of, in this order. A task in progress has been started, or is used again after a pause: the other of the
// two reports is late.
var events = map[string][]said{
	"requested": {},
	"received":  delivers,
	"ready":     delivers,
	"accepted":  opens,
	"in-progress": {{prescription.EventStart, prescription.RoleCitizen, false},
		{prescription.EventResume, prescription.RoleTool, true}},
	"on-hold":          {{prescription.EventPause, prescription.RoleTool, true}},
	"completed":        {{prescription.EventComplete, prescription.RoleCitizen, false}},
	"rejected":         {{prescription.EventDecline, prescription.RoleCitizen, false}},
	"failed":           {{prescription.EventFail, prescription.RoleSystem, false}},
	"cancelled":        takenBack,
	"entered-in-error": takenBack,
}

const mostSource = 32 // characters, so that a report's id has at most 128

// Reports gives what the status tells of a prescription, for [prescription.Service.Apply] one after the other. Their ids are the same each
// time, so that a Task that is read twice does no harm. A Task may come late, but for one that is on hold: report those in order, and only
// with a time of change. A Task that was taken back confirms what was asked for, or else makes the prescription [prescription.Failed]; one that
// merely expired reports nothing. A businessStatus of ours that does not fit the status is an old one, and is not looked at.
//
// Source names the system that the Task comes from: 1 to 32 letters, digits and . _ : / - . It is the actor's id. It happened at lastModified,
// else at meta.lastUpdated, else when it was received. The error is an [*Error]: not one identifier of the prescription's system, a draft, a time that is none.
// Whether the source may report on this prescription is not checked.
func (t *Task) Reports(source string, received time.Time) ([]prescription.Report, error) {
	id, r := prescription.ID(identifier(t.value.Identifier, t.m.cfg.Prescription).Value), &times{}
	if !isCode(string(id), 64) {
		r.add("/identifier", problem.BadValue, "one prescription's id of 1 to 64 "+wantCode)
	}
	reports := reports(t.value.Status, t.refined(), source, id, t.changed(r), received, r)
	if len(r.found) > 0 {
		return nil, refuse("Task", r.found)
	}
	return reports, nil
}

// changed is when the Task was last changed; zero if it does not say so.
func (t *Task) changed(r *times) time.Time {
	at := r.at("/lastModified", t.value.LastModified)
	if at.IsZero() && t.value.Meta != nil {
		return r.at("/meta/lastUpdated", t.value.Meta.LastUpdated)
	}
	return at
}

// refined is what the status tells of, or what our businessStatus says more exactly.
func (t *Task) refined() []said {
	state := prescription.State(codeOf(t.value.BusinessStatus, SystemState))
	switch {
	case taskStatus[state] != t.value.Status:
	case state == prescription.Opened:
		return opens
	case state == prescription.Expired:
		return nil
	}
	return events[t.value.Status]
}

func reports(status string, list []said, source string, id prescription.ID, modified, received time.Time, r *times) []prescription.Report {
	if !isCode(source, mostSource) {
		r.add("", problem.BadValue, "a source of 1 to 32 "+wantCode)
	}
	if _, known := events[status]; !known {
		r.add("/status", problem.BadValue, "a status that tells what has become of a prescription")
	}
	at := modified
	if at.IsZero() {
		at = received
	}
	var out []prescription.Report
	for _, e := range list {
		report := source + "/" + status + "/" + string(e.event)
		if e.again {
			report += "/" + strconv.FormatInt(modified.UnixMicro(), 10)
		}
		if e.again && modified.IsZero() {
			if len(list) == 1 {
				r.add("/lastModified", problem.MissingMember, "")
			}
			continue
		}
		out = append(out, prescription.Report{ID: report, Prescription: id, Event: e.event, At: at, By: prescription.Actor{Role: e.role, ID: source}})
	}
	return out
}
