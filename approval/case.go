package approval

import (
	"errors"
	"slices"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/vendor"
)

// Case is the approval of one tool through its life, as plain data. Make one
// with [OpenCase] and change it with [Case.Apply] only.
type Case struct {
	// ID has the form of [Actor.ID].
	ID     string           `json:"id"`
	Tool   catalogue.ToolID `json:"tool"`
	Vendor vendor.OrgNumber `json:"vendor"`
	// Version counts the events; 0 is a new case.
	Version int64 `json:"version"`
	// State is as of the last event; ask [Case.StateAt].
	State CaseState `json:"state"`
	// Updated is the moment of the last event, UTC, whole seconds; zero for a new case.
	Updated time.Time `json:"updated,omitzero"`
	// Declaration is the newest that was submitted.
	Declaration *DeclarationRef `json:"declaration,omitempty"`
	// Findings are those that assessors have recorded about Declaration. Whoever
	// evaluates it must give exactly these.
	Findings []CaseFinding `json:"findings,omitempty"`
	// Decision is the newest; it stays while the tool is looked at anew.
	Decision *CaseDecision `json:"decision,omitempty"`
	// Suspension is set from a suspension until it is lifted or something new is decided.
	Suspension *Suspension `json:"suspension,omitempty"`
	// Reason and Missing are those of the last event.
	Reason  CaseReason `json:"reason,omitempty"`
	Missing []string   `json:"missing,omitempty"`
	// PreparedBy are the ids of all who ever submitted, returned or prepared:
	// they cannot decide.
	PreparedBy []string `json:"preparedBy,omitempty"`
	// AssessedBy are the ids of all who ever recorded a finding.
	AssessedBy []string `json:"assessedBy,omitempty"`
	// VendorPeople are the ids of all who ever signed or acted for the vendor:
	// they cannot act in another role.
	VendorPeople []string `json:"vendorPeople,omitempty"`
}

// CaseDecision is what a case keeps of a [Decision].
type CaseDecision struct {
	ID      string  `json:"id"`
	Outcome Outcome `json:"outcome"`
	// By is who recorded it.
	By string `json:"by"`
	// ValidUntil and NextReview are empty unless the outcome approves.
	ValidUntil catalogue.Date `json:"validUntil,omitempty"`
	NextReview catalogue.Date `json:"nextReview,omitempty"`
	// Published is when the tool was cleared for listing; zero if it was not.
	Published time.Time `json:"published,omitzero"`
}

// Suspension is why and by whom an approval was stopped for a time.
type Suspension struct {
	By     string     `json:"by"`
	Reason CaseReason `json:"reason"`
	At     time.Time  `json:"at"`
}

// Errors of cases, each in a [*RefusedError] with words for people.
var (
	// ErrCase: the case itself cannot be used: it was not made by [OpenCase] and [Case.Apply].
	ErrCase = errors.New("approval: unusable case")
	// ErrEvent: the event lacks something, or has what does not belong to it.
	ErrEvent = errors.New("approval: unusable event")
	// ErrConflict: the case has another version than the caller has seen. Read it again and decide anew.
	ErrConflict = errors.New("approval: somebody else has changed the case")
	// ErrEventTime: the event is from before the last one.
	ErrEventTime = errors.New("approval: the event is from before the last one")
	// ErrVendorPerson: one of the vendor's people acts in another role, or somebody who has acted in another role acts for the vendor.
	ErrVendorPerson = errors.New("approval: the vendor's people cannot act in another role")
	// ErrNotAllowed: the table has no row for this event in this state by this role.
	ErrNotAllowed = errors.New("approval: the event is not allowed here")
	// ErrFourEyes: who decides has submitted or prepared the case, or who lifts a suspension has made it.
	ErrFourEyes = errors.New("approval: somebody else must do this")
	// ErrNotFinal: only approvals and rejections end a review.
	ErrNotFinal = errors.New("approval: the decision does not end the case")
	// ErrOtherDeclaration: the decision is about another declaration than the one submitted, or of a panel's session on another case.
	ErrOtherDeclaration = errors.New("approval: the decision is about another declaration")
	// ErrUsedDecision: the case has had this decision before.
	ErrUsedDecision = errors.New("approval: the case has had this decision before")
	// ErrPublished: the decision was published before.
	ErrPublished = errors.New("approval: the decision was published before")
	// ErrSuspended: the approval is suspended.
	ErrSuspended = errors.New("approval: the approval is suspended")
)

// OpenCase gives a new case, a draft of version 0. That tool and vendor exist
// and belong together is not checked. The error is [ErrCase].
func OpenCase(id string, tool catalogue.ToolID, by vendor.OrgNumber) (Case, error) {
	c := Case{ID: id, Tool: tool, Vendor: by, State: CaseDraft}
	if err := c.Check(); err != nil {
		return Case{}, err
	}
	return c, nil
}

// StateAt is the state at a time: an approval is over when its last day is, as
// the day is in at's location.
func (c Case) StateAt(at time.Time) CaseState {
	if (c.State == CaseDecided || c.State == CaseSuspended) && c.approved() && c.Decision.over(at) {
		return CaseExpired
	}
	return c.State
}

// approved says whether the newest decision approves, whether or not it still holds.
func (c Case) approved() bool { return c.Decision != nil && c.Decision.Outcome.Approves() }

// over is true for a decision without a last day, which no approval may be.
func (d CaseDecision) over(at time.Time) bool { return d.ValidUntil == "" || d.ValidUntil.Before(at) }

func (c Case) copy() Case {
	c.Declaration, c.Decision, c.Suspension = pointerCopy(c.Declaration), pointerCopy(c.Decision), pointerCopy(c.Suspension)
	c.Missing, c.PreparedBy, c.VendorPeople = slices.Clone(c.Missing), slices.Clone(c.PreparedBy), slices.Clone(c.VendorPeople)
	c.Findings, c.AssessedBy = slices.Clone(c.Findings), slices.Clone(c.AssessedBy)
	return c
}

func pointerCopy[T any](p *T) *T {
	if p == nil {
		return nil
	}
	v := *p
	return &v
}
