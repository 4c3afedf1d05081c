package report

import (
	"cmp"
	"encoding/json"
	"errors"
	"net/http"
	"regexp"
	"strings"

	"github.com/verktoykatalog/verktoy/prescription"
)

// StatusWire writes reports for Helsenorge's simple status API, which takes a
// change of a task's status that the citizen has caused, and only from ready and
// in-progress (Helsenorge, page "status API" 3183050755). The citizen is not
// notified of it. Everything else is a FHIR PATCH by the system that sent the
// task, and is no business of the tool.
//
// All of what is on the wire is an ASSUMPTION: the method, the path, and the
// member's name are not public. Replace what the agreement with Helsenorge says
// otherwise; if the form differs, write a [Wire] of your own. Only the words
// in-progress and completed are documented (page 742948883).
type StatusWire struct {
	// Method is empty for PUT, an assumption.
	Method string
	// Path holds {task}, which stands for the id of the task: the last part of
	// [Subject.Task]. Empty means [AssumedStatusPath].
	Path string
	// Status says which word an event becomes; events without one are not sent and
	// count as delivered. Nil means [AssumedStatus].
	Status map[prescription.Event]string
}

var _ Wire = StatusWire{}

// AssumedStatusPath is where the status of a task is thought to be set.
const AssumedStatusPath = "/oppgave/v1/task/{task}/status"

// AssumedStatus has the two events that the API has a word for and that the
// citizen causes: started is in-progress, completed is completed. That a citizen
// declines has no word among the four statuses that Helsenorge uses; that a tool
// fails or has ended what it was asked to end is not caused by the citizen. Report
// these to the system that sent the task, by [EPRWire]: it alone may take the task
// back, and package oppgave does so.
func AssumedStatus() map[prescription.Event]string {
	return map[prescription.Event]string{prescription.EventStart: "in-progress", prescription.EventComplete: "completed"}
}

// taskID is a logical id of FHIR (R4, datatypes, id).
var taskID = regexp.MustCompile(`^[0-9A-Za-z.-]{1,64}$`)

// Request implements [Wire]. A subject without a task, or whose task has no id of
// FHIR, is an error.
func (w StatusWire) Request(r Report) (method, path string, body []byte, ok bool, err error) {
	status := w.status()[r.Event]
	if status == "" {
		return "", "", nil, false, nil
	}
	id := r.Subject.Task[strings.LastIndex(r.Subject.Task, "/")+1:]
	if !taskID.MatchString(id) || strings.Trim(id, ".") == "" {
		return "", "", nil, false, errors.New("report: want a task with an id of FHIR")
	}
	body, err = json.Marshal(map[string]string{"status": status})
	return cmp.Or(w.Method, http.MethodPut), strings.ReplaceAll(cmp.Or(w.Path, AssumedStatusPath), "{task}", id), body, true, err
}

func (w StatusWire) status() map[prescription.Event]string {
	if w.Status == nil {
		return AssumedStatus()
	}
	return w.Status
}
