package prescription

import "slices"

// State is where a prescription stands.
type State string

// The states, with the nearest code of FHIR R4 Task.status.
const (
	Drafted        State = "drafted"          // written, not yet sent; never stored (draft)
	Sent           State = "sent"             // prescribed, waits for delivery (requested)
	Delivered      State = "delivered"        // the citizen's portal has it (ready)
	Opened         State = "opened"           // the citizen has looked at it (ready)
	Started        State = "started"          // the citizen uses the tool (in-progress)
	Paused         State = "paused"           // the treatment rests (on-hold)
	Completed      State = "completed"        // the citizen is done (completed)
	Declined       State = "declined"         // the citizen does not want it (rejected)
	Failed         State = "failed"           // could not be delivered or carried out (failed)
	Cancelled      State = "cancelled"        // taken back (cancelled)
	Expired        State = "expired"          // computed when read, never stored (cancelled)
	EnteredInError State = "entered-in-error" // should never have been (entered-in-error)
)

// States are all states, in the order of a prescription's life.
func States() []State {
	return []State{Drafted, Sent, Delivered, Opened, Started, Paused,
		Completed, Declined, Failed, Cancelled, Expired, EnteredInError}
}

// Ended says that nothing changes a prescription in this state any more. An
// unknown state has ended.
func (s State) Ended() bool { return !slices.Contains(States()[:6], s) }

func (s State) reachedCitizen() bool { return slices.Contains(active, s) }

// Event is what happens to a prescription.
type Event string

// The events; [Transitions] says what each does.
const (
	EventPrescribe    Event = "prescribe"
	EventDeliver      Event = "deliver"
	EventOpen         Event = "open"
	EventStart        Event = "start"
	EventPause        Event = "pause"
	EventResume       Event = "resume"
	EventComplete     Event = "complete"
	EventDecline      Event = "decline"
	EventFail         Event = "fail"
	EventCancel       Event = "cancel"
	EventEnterInError Event = "enter-in-error"
)

// Transition is a row of the table: by Event, said by one of Roles, a
// prescription in one of the states From comes into the state To.
type Transition struct {
	Event Event
	From  []State
	To    State
	Roles []Role
}

// Transitions is the whole table; what is not in it is refused. Reports may
// come in any order and some never come, so a later step is reached from every
// earlier one: a tool that reports "complete" was opened, whoever forgot to say
// so. Expiry is not in the table, because it is computed when read
// ([Prescription.StateAt]). The rows are the caller's own copy.
func Transitions() []Transition {
	rows := make([]Transition, len(transitions))
	for i, t := range transitions {
		rows[i] = t.clone()
	}
	return rows
}

// active are the states of a prescription that has been sent and has not ended.
var active = []State{Sent, Delivered, Opened, Started, Paused}

var transitions = []Transition{
	{EventPrescribe, []State{Drafted}, Sent, []Role{RoleTherapist}},
	{EventDeliver, []State{Sent}, Delivered, []Role{RoleSystem}},
	{EventOpen, []State{Sent, Delivered}, Opened, []Role{RoleCitizen, RoleTool}},
	{EventStart, []State{Sent, Delivered, Opened}, Started, []Role{RoleCitizen, RoleTool}},
	{EventPause, []State{Sent, Delivered, Opened, Started}, Paused, []Role{RoleTherapist, RoleTool}},
	{EventResume, []State{Paused}, Started, []Role{RoleTherapist, RoleTool}},
	{EventComplete, active, Completed, []Role{RoleCitizen, RoleTool}},
	{EventDecline, []State{Sent, Delivered, Opened}, Declined, []Role{RoleCitizen, RoleTool}},
	{EventFail, active, Failed, []Role{RoleTool, RoleSystem}},
	{EventCancel, active, Cancelled, []Role{RoleTherapist, RoleSystem}},
	{EventEnterInError, active, EnteredInError, []Role{RoleTherapist}},
}

func (t Transition) clone() Transition {
	t.From, t.Roles = slices.Clone(t.From), slices.Clone(t.Roles)
	return t
}

// transition gives the row of an event if the role may say it.
func transition(e Event, r Role) (Transition, error) {
	for _, t := range transitions {
		if t.Event == e && slices.Contains(t.Roles, r) {
			return t.clone(), nil
		}
	}
	return Transition{}, ErrNotAllowed{Event: e, Role: r}
}
