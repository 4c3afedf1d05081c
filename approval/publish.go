package approval

import (
	"errors"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/problem"
	"github.com/verktoykatalog/verktoy/vendor"
)

// Errors of [Publish], each in a [*RefusedError] with words for people.
var (
	// ErrNotApproved: the outcome does not approve.
	ErrNotApproved = errors.New("approval: the decision does not approve the tool")
	// ErrOtherTool: the decision is about another tool, or about another vendor's.
	ErrOtherTool = errors.New("approval: the decision is about another tool")
	// ErrAccess: the draft says that the tool may be used in another way than what was declared and decided on.
	ErrAccess = errors.New("approval: the tool's access is not what was declared")
	// ErrDecisionExpired: the last day of the approval is over, or there is none.
	ErrDecisionExpired = errors.New("approval: the approval is over")
	// ErrNotYetDecided: the decision is from a later time than the one given.
	ErrNotYetDecided = errors.New("approval: the decision is from a later time")
	// ErrAltered: the decision's ID does not fit its content: something was changed.
	ErrAltered = errors.New("approval: the decision was changed after it was made")
)

// Publish does not look at whether the approval was suspended or withdrawn since
// it was made: a decision alone does not say so. Where a [Case] follows the tool
// use [Case.Publish], which refuses then and does all of this besides.
//
// It turns a draft into a listed tool, on the strength of a decision: the
// outcome must approve, hold at the time at (through the whole of its last day,
// in at's location), and be about this tool of this vendor. A tool that was
// withdrawn stays so:
// [catalogue.ErrWithdrawn]. What the decision allows replaces what the draft
// says: with a therapist means that a prescription is required, without means
// that none is. A draft that offers the tool without a login is refused if the
// declaration said that the user must log in; the other way round is fine, since
// whoever offers a tool may ask for a login of its own. That is known where the
// set asks for it under [FactLogin], and of decisions that have it in their
// terms. Everything else in the draft is kept, and draft itself is not
// changed. Whether the draft's texts are complete is not checked; the index does.
func Publish(d *Decision, draft catalogue.Tool, at time.Time) (catalogue.Tool, error) {
	if err := publishable(d, draft, at); err != nil {
		return catalogue.Tool{}, err
	}
	draft.Status = catalogue.StatusListed
	draft.Access.RequiresPrescription = d.Outcome != ApprovedWithoutTherapist
	draft.Approval = &catalogue.Approval{Decision: d.ID, ValidUntil: d.ValidUntil}
	return draft, nil
}

func publishable(d *Decision, draft catalogue.Tool, at time.Time) error {
	switch {
	case d == nil || !d.Outcome.Approves():
		return refuse(ErrNotApproved, "/outcome", problem.NotAllowed, refNotApproved)
	case d.Tool != draft.ID:
		return refuse(ErrOtherTool, "/tool", problem.Contradiction, refOtherTool)
	case draft.Vendor == nil || !sameVendor(d.Vendor, draft.Vendor.OrgNumber):
		return refuse(ErrOtherTool, "/vendor", problem.Contradiction, refOtherTool)
	case d.Terms.Login && draft.Access.WithoutLogin:
		return refuse(ErrAccess, "/access/withoutLogin", problem.Contradiction, refAccess)
	case draft.Status == catalogue.StatusWithdrawn:
		return refuse(catalogue.ErrWithdrawn, "/tool", problem.NotAllowed, refToolWithdrawn)
	case whole(at).Before(d.Decided):
		return refuse(ErrNotYetDecided, "/decided", problem.OutOfRange, refFuture)
	case d.ValidUntil == "" || d.ValidUntil.Before(at):
		return refuse(ErrDecisionExpired, "/validUntil", problem.OutOfRange, refDecisionOver)
	case d.intact() != nil:
		return refuse(ErrAltered, "/id", problem.BadValue, refAltered)
	}
	return nil
}

// sameVendor compares numbers; no number is nobody's.
func sameVendor(a, b vendor.OrgNumber) bool { return a != "" && a == b }
