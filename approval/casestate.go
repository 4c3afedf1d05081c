package approval

import "slices"

// CaseState is where the approval of one tool stands.
type CaseState string

// The states of a case.
const (
	CaseDraft       CaseState = "draft"        // the vendor writes
	CaseSubmitted   CaseState = "submitted"    // waits for the secretariat
	CaseUnderReview CaseState = "under-review" // is being looked at
	CaseDecided     CaseState = "decided"      // approved or rejected
	CaseSuspended   CaseState = "suspended"    // approved, and stopped for a time
	CaseExpired     CaseState = "expired"      // the approval is over; computed when read, never stored
	CaseWithdrawn   CaseState = "withdrawn"    // ended for ever
)

// CaseStates are all states, in the order of a case's life.
func CaseStates() []CaseState {
	return []CaseState{CaseDraft, CaseSubmitted, CaseUnderReview, CaseDecided, CaseSuspended, CaseExpired, CaseWithdrawn}
}

// CaseRole is on whose side an [Actor] stands.
type CaseRole string

// The roles.
const (
	RoleVendor      CaseRole = "vendor"      // who offers the tool
	RoleSecretariat CaseRole = "secretariat" // prepares cases
	RolePanel       CaseRole = "panel"       // decides what experts must decide (fagpanel)
	RoleManager     CaseRole = "manager"     // runs the catalogue (forvaltning)
	RoleAssessor    CaseRole = "assessor"    // opens evidence and compares facts with what is so
)

// CaseRoles are all roles.
func CaseRoles() []CaseRole {
	return []CaseRole{RoleVendor, RoleSecretariat, RolePanel, RoleManager, RoleAssessor}
}

// CaseEvent is what happens to a case.
type CaseEvent string

// The events; [CaseTransitions] says what each does.
const (
	EventSubmit      CaseEvent = "submit"
	EventReturn      CaseEvent = "return" // to the vendor, with what is missing
	EventStartReview CaseEvent = "start-review"
	EventAssess      CaseEvent = "assess" // an assessor has found something
	EventDecide      CaseEvent = "decide"
	EventPublish     CaseEvent = "publish" // the tool may be listed
	EventSuspend     CaseEvent = "suspend"
	EventResume      CaseEvent = "resume"
	EventReopen      CaseEvent = "reopen" // a new review of the same declaration
	EventAmend       CaseEvent = "amend"  // a material change, to be submitted anew
	EventWithdraw    CaseEvent = "withdraw"
)

// CaseTransition is a row of the table: by Event, from one with one of Roles, a
// case in one of the states From comes into the state To.
type CaseTransition struct {
	Event CaseEvent
	From  []CaseState
	Roles []CaseRole
	To    CaseState
	// Needs are the members of the [Event] that it must have; it may have no others.
	Needs []string
	// Errors are the rules that the event can break beyond those that hold for
	// all events ([Case.Apply]), in the order in which they are looked at.
	Errors []error
}

// CaseTransitions is the whole table; what is not in it is refused with
// [ErrNotAllowed]. Expiry is not in it, because it is computed when read
// ([Case.StateAt]): an event meets the case in the state that it has then. The
// rows are the caller's own copy.
//
// A decision stands while its tool is looked at anew (reopen, amend), until
// another takes its place or its last day is over; a suspension stands as well.
// That an approval outlasts a reported change of the tool is a project rule:
// suspend the case where it must not.
func CaseTransitions() []CaseTransition {
	rows := slices.Clone(caseTransitions)
	for i, t := range rows {
		rows[i].From, rows[i].Roles = slices.Clone(t.From), slices.Clone(t.Roles)
		rows[i].Needs, rows[i].Errors = slices.Clone(t.Needs), slices.Clone(t.Errors)
	}
	return rows
}

var (
	authority   = []CaseRole{RoleSecretariat, RoleManager}
	decidedOnce = []CaseState{CaseDecided, CaseSuspended, CaseExpired}
	inWork      = []CaseState{CaseDraft, CaseSubmitted, CaseUnderReview}
)

var caseTransitions = []CaseTransition{
	{EventSubmit, []CaseState{CaseDraft}, []CaseRole{RoleVendor}, CaseSubmitted, []string{"declaration", "vendorPeople"}, nil},
	{EventReturn, []CaseState{CaseSubmitted, CaseUnderReview}, []CaseRole{RoleSecretariat}, CaseDraft, []string{"missing"}, nil},
	{EventStartReview, []CaseState{CaseSubmitted}, []CaseRole{RoleSecretariat}, CaseUnderReview, nil, nil},
	{EventAssess, []CaseState{CaseUnderReview}, assessing, CaseUnderReview, []string{"findings"}, []error{ErrOtherFinding}},
	{EventDecide, []CaseState{CaseUnderReview}, []CaseRole{RolePanel, RoleManager}, CaseDecided, []string{"decision"},
		[]error{ErrFourEyes, ErrNotFinal, ErrOtherTool, ErrOtherDeclaration, ErrFindingsDiffer, ErrUsedDecision, ErrNotYetDecided, ErrDecisionExpired, ErrAltered}},
	{EventPublish, []CaseState{CaseDecided}, []CaseRole{RoleManager}, CaseDecided, nil, []error{ErrNotApproved, ErrPublished}},
	{EventSuspend, append(slices.Clone(inWork), CaseDecided), authority, CaseSuspended, []string{"reason"}, []error{ErrNotApproved, ErrSuspended}},
	{EventResume, []CaseState{CaseSuspended}, []CaseRole{RolePanel, RoleManager}, CaseDecided, nil, []error{ErrFourEyes}},
	{EventReopen, decidedOnce, authority, CaseUnderReview, []string{"reason"}, nil},
	{EventAmend, decidedOnce, []CaseRole{RoleVendor}, CaseDraft, []string{"reason"}, nil},
	{EventWithdraw, append(slices.Clone(inWork), decidedOnce...), []CaseRole{RoleVendor, RoleManager}, CaseWithdrawn, []string{"reason"}, nil},
}

// transition gives the row of an event; false for one that is unknown.
func (e CaseEvent) transition() (CaseTransition, bool) {
	i := slices.IndexFunc(caseTransitions, func(t CaseTransition) bool { return t.Event == e })
	if i < 0 {
		return CaseTransition{}, false
	}
	return caseTransitions[i], true
}
