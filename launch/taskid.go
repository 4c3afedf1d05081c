package launch

import "github.com/verktoykatalog/verktoy/internal/nationalid"

// taskParameter is what prescription/oppgave.TaskLink puts into start addresses.
const taskParameter = "task"

// TaskID is the id of the task, or prescription, that the launch is for: that of
// Task in a signed message; otherwise, for a launch with a login, the parameter
// "task" of the address that the portal opened, as prescription/oppgave.TaskLink
// writes it. It has the form of a FHIR id and holds no identity number; "" if there
// is no such one.
//
// The parameter is what a browser asked for: anybody who can log in can name any
// task there. Ask the system that prescribed whether this person has it, before
// anything of it is shown or reported.
func (l *Launch) TaskID() string {
	if l.Task.ID != "" {
		return l.Task.ID
	}
	if id := l.Context.Get(taskParameter); isID(id) && !nationalid.Contains(id) {
		return id
	}
	return ""
}
