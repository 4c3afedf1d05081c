package prescription

import (
	"cmp"
	"errors"
	"slices"
)

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
	CancelAsked    State = "cancel-asked"     // the therapist has asked to end what the citizen has begun (in-progress)
	Completed      State = "completed"        // the citizen is done (completed)
	Declined       State = "declined"         // the citizen does not want it (rejected)
	Failed         State = "failed"           // could not be delivered or carried out (failed)
	Cancelled      State = "cancelled"        // taken back (cancelled)
	Expired        State = "expired"          // computed when read, never stored (cancelled)
	EnteredInError State = "entered-in-error" // should never have been (entered-in-error)
)

// States are all states, in the order of a prescription's life.
func States() []State {
	return []State{Drafted, Sent, Delivered, Opened, Started, Paused, CancelAsked,
		Completed, Declined, Failed, Cancelled, Expired, EnteredInError}
}

// Ended says that nothing changes a prescription in this state any more. An
// unknown state has ended.
func (s State) Ended() bool { return !slices.Contains(States()[:7], s) }

func (s State) reachedCitizen() bool { return slices.Contains(active, s) }

// Event is what happens to a prescription.
type Event string

// The events; [Transitions] says what each does.
const (
	EventPrescribe     Event = "prescribe"
	EventDeliver       Event = "deliver"
	EventOpen          Event = "open"
	EventStart         Event = "start"
	EventPause         Event = "pause"
	EventResume        Event = "resume"
	EventComplete      Event = "complete"
	EventDecline       Event = "decline"
	EventFail          Event = "fail"
	EventCancel        Event = "cancel"
	EventConfirmCancel Event = "confirm-cancel"
	EventEnterInError  Event = "enter-in-error"
	EventExtend        Event = "extend"    // it lasts longer
	EventTransfer      Event = "transfer"  // another therapist follows up
	EventNote          Event = "note"      // somebody writes something to it
	EventSupersede     Event = "supersede" // a new prescription takes its place
)

// Transition is a row of the table: by Event, said by one of Roles, a
// prescription in one of the states From comes into the state To, or stays in
// its own if To is empty.
type Transition struct {
	Event Event
	From  []State
	To    State
	Roles []Role
	// Else is why the event is refused in the states that no row of the event
	// leaves, wrapped by [ErrNotAllowed]. In a state that has ended it is
	// [ErrEnded] or [ErrExpired].
	Else error
}

// Why an event is refused; [ErrNotAllowed] wraps one of them, or [ErrEnded],
// [ErrExpired] or [ErrRole].
var (
	ErrAlreadySent      = errors.New("prescription: has been sent already")
	ErrAlreadyDelivered = errors.New("prescription: has been delivered already")
	ErrAlreadyOpened    = errors.New("prescription: has been opened already")
	ErrAlreadyStarted   = errors.New("prescription: has been started already")
	ErrCannotPause      = errors.New("prescription: is paused or being cancelled")
	ErrNotPaused        = errors.New("prescription: is not paused")
	ErrNotAsked         = errors.New("prescription: nobody has asked to cancel it")
	ErrRole             = errors.New("prescription: this role may not say so")
)

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
var active = []State{Sent, Delivered, Opened, Started, Paused, CancelAsked}

// begun are those in which the citizen uses the tool: cancelling asks first.
var begun = []State{Started, Paused}

var transitions = []Transition{
	{EventPrescribe, []State{Drafted}, Sent, []Role{RoleTherapist}, ErrAlreadySent},
	{EventDeliver, []State{Sent}, Delivered, []Role{RoleSystem}, ErrAlreadyDelivered},
	{EventOpen, []State{Sent, Delivered}, Opened, []Role{RoleCitizen, RoleTool}, ErrAlreadyOpened},
	{EventStart, []State{Sent, Delivered, Opened}, Started, []Role{RoleCitizen, RoleTool}, ErrAlreadyStarted},
	{EventPause, []State{Sent, Delivered, Opened, Started}, Paused, []Role{RoleTherapist, RoleTool}, ErrCannotPause},
	{EventResume, []State{Paused}, Started, []Role{RoleTherapist, RoleTool}, ErrNotPaused},
	{EventComplete, active, Completed, []Role{RoleCitizen, RoleTool}, ErrEnded},
	{EventDecline, []State{Sent, Delivered, Opened}, Declined, []Role{RoleCitizen, RoleTool}, ErrAlreadyStarted},
	{EventFail, active, Failed, []Role{RoleTool, RoleSystem}, ErrEnded},
	// What the citizen has begun ends when the tool has confirmed it; a second
	// time the therapist ends it without.
	{EventCancel, []State{Sent, Delivered, Opened, CancelAsked}, Cancelled, []Role{RoleTherapist, RoleSystem}, ErrEnded},
	{EventCancel, begun, CancelAsked, []Role{RoleTherapist, RoleSystem}, ErrEnded},
	{EventConfirmCancel, []State{CancelAsked}, Cancelled, []Role{RoleCitizen, RoleTool, RoleSystem}, ErrNotAsked},
	{EventEnterInError, active, EnteredInError, []Role{RoleTherapist}, ErrEnded},
	{EventExtend, active, "", []Role{RoleTherapist}, ErrEnded},
	{EventTransfer, active, "", []Role{RoleTherapist, RoleSystem}, ErrEnded},
	{EventNote, stored, "", []Role{RoleTherapist, RoleCitizen, RoleTool}, ErrNotSent},
	{EventSupersede, active, Cancelled, []Role{RoleTherapist}, ErrNotSent},
	{EventSupersede, over, "", []Role{RoleTherapist}, ErrNotSent},
}

// over are those that have ended, and Expired.
var over = States()[7:]

// stored are all states in which a store may have a prescription, and Expired.
var stored = States()[1:]

func (t Transition) clone() Transition {
	t.From, t.Roles = slices.Clone(t.From), slices.Clone(t.Roles)
	return t
}

// rows gives the rows of an event if the role may say it.
func rows(e Event, r Role) ([]Transition, error) {
	var found []Transition
	for _, t := range transitions {
		if t.Event == e && slices.Contains(t.Roles, r) {
			found = append(found, t.clone())
		}
	}
	if len(found) == 0 {
		return nil, ErrNotAllowed{Event: e, Role: r}
	}
	return found, nil
}

// target gives the state that one of the rows leads to from a state.
func target(rows []Transition, from State) (to State, found bool) {
	for _, t := range rows {
		if slices.Contains(t.From, from) {
			return cmp.Or(t.To, from), true
		}
	}
	return "", false
}

// refusal is why an event is refused in a state; "" stands for any state.
func refusal(e Event, state State) error {
	i := slices.IndexFunc(transitions, func(t Transition) bool { return t.Event == e })
	switch {
	case state == "" || i < 0:
		return ErrRole
	case state == Expired:
		return ErrExpired
	case state.Ended():
		return ErrEnded
	}
	return transitions[i].Else
}
