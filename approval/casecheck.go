package approval

import (
	"slices"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/problem"
	"github.com/verktoykatalog/verktoy/vendor"
)

// Check finds what makes a case unusable, as when it was read from a store that
// others can write: a form that is wrong, or a state without what leads to it.
// The error is [ErrCase]. Whether the case is what its events made of it is not
// checked: [Case.Replay] shows that.
func (c Case) Check() error {
	var r refusal
	r.code("/id", c.ID)
	if _, err := catalogue.ParseToolID(string(c.Tool)); err != nil {
		r.say("/tool", problem.BadFormat, sayToolID)
	}
	if _, err := vendor.ParseOrgNumber(string(c.Vendor)); err != nil {
		r.say("/vendor", problem.BadFormat, sayOrgNumber)
	}
	if !slices.Contains(CaseStates(), c.State) || c.State == CaseExpired {
		r.add("/state", problem.NotAllowed, allOf(slices.DeleteFunc(CaseStates(), func(s CaseState) bool { return s == CaseExpired })))
	}
	c.checkHistory(&r)
	c.checkDecision(&r)
	c.checkAssessed(&r)
	return r.err(ErrCase)
}

// checkHistory wants what must have happened for the state.
func (c Case) checkHistory(r *refusal) {
	isNew := c.Version == 0 && c.State == CaseDraft && c.Updated.IsZero()
	if !isNew && (c.Version < 1 || c.Updated.IsZero()) {
		r.say("/version", problem.Contradiction, refHistory)
	}
	needed := slices.Contains([]CaseState{CaseSubmitted, CaseUnderReview, CaseDecided, CaseSuspended}, c.State)
	if needed && c.Declaration == nil {
		r.missing("/declaration")
	}
	if c.Declaration != nil && !anybody(c.VendorPeople) {
		r.say("/vendorPeople", problem.MissingMember, refVendorPeople)
	}
	if c.Declaration != nil && !anybody(c.PreparedBy) {
		r.missing("/preparedBy")
	}
}

func (c Case) checkDecision(r *refusal) {
	if c.Decision == nil && (c.State == CaseDecided || c.State == CaseSuspended || c.Suspension != nil) {
		r.missing("/decision")
	}
	if d := c.Decision; d != nil && !d.Outcome.Approves() && d.Outcome != Rejected {
		r.add("/decision/outcome", problem.NotAllowed, allOf([]Outcome{ApprovedWithoutTherapist, ApprovedWithTherapist, Rejected}))
	}
	if c.State == CaseSuspended && c.Suspension == nil {
		r.missing("/suspension")
	}
}
