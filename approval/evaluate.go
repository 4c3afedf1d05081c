package approval

import (
	"cmp"
	"errors"
	"fmt"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/vendor"
)

// Errors of [Evaluate]: the call cannot lead to a decision at all.
var (
	// ErrNotInForce: the requirement set is not valid yet on the day of the decision.
	ErrNotInForce = errors.New("approval: the requirement set is not in force yet")
	// ErrNoTime: the time of the decision is not given.
	ErrNoTime = errors.New("approval: the time of the decision is zero")
	// ErrNoDeclaration: there is no declaration.
	ErrNoDeclaration = errors.New("approval: no declaration")
)

// Evaluate decides by rules, the first that fits:
//
//  1. a blocker that applies is not met: [Rejected]
//  2. the declaration itself cannot be used (identity, signature, days): [Incomplete]
//  3. something that applies, or may apply, has no answer that can be used: [Incomplete]
//  4. something needs a panel: [NeedsReview]
//  5. a major requirement is not met: [NeedsReview]
//  6. the tool is meant for use with a therapist only: [ApprovedWithTherapist]
//  7. otherwise: [ApprovedWithoutTherapist]
//
// An answer can be used when what it rests on is known: facts that the set does
// not know, or values that do not fit, count as not given; a yes needs evidence
// of an accepted kind that was not too old on the day of submission and has not
// expired on the day of the decision; a reason for not-applicable must agree
// with the facts.
//
// The day is read in at's location: pass the time in the zone that the decision
// is made in. An approval holds for the set's review months, but not longer
// than the evidence that it relies on. The declaration need not have passed
// [CheckDeclaration]: its mistakes then show as reasons. Neither d nor set is
// changed or kept.
func Evaluate(d *SelfDeclaration, set *RequirementSet, at time.Time) (*Decision, error) {
	if set == nil || set.own == nil {
		return nil, ErrSet
	}
	set = set.own
	if err := evaluable(d, set, at); err != nil {
		return nil, err
	}
	a := assess(d, set, catalogue.DateOf(at))
	dec := a.decision()
	dec.Decided, dec.Day = whole(at), catalogue.DateOf(at)
	dec.Outcome, dec.Rule, dec.Summary = a.rule()
	if dec.Outcome.Approves() {
		dec.ValidUntil, dec.ValidBecause = a.validity()
	}
	dec.ID = dec.id()
	return dec, nil
}

func evaluable(d *SelfDeclaration, set *RequirementSet, at time.Time) error {
	switch {
	case d == nil:
		return ErrNoDeclaration
	case d.Set != set.Ref():
		return fmt.Errorf("%w: want %s %s", ErrOtherSet, set.ID, set.Version)
	case at.IsZero():
		return ErrNoTime
	case set.ValidFrom.After(at):
		return fmt.Errorf("%w: it is from %s", ErrNotInForce, set.ValidFrom)
	}
	return nil
}

// assessment is what was found in a declaration on a day.
type assessment struct {
	d       *SelfDeclaration
	set     *RequirementSet
	facts   map[string]FactValue
	today   catalogue.Date
	reasons []Reason
	// until and expiring are the day on which the first evidence relied on ends, and its title.
	until    catalogue.Date
	expiring string
	guided   Truth
}

func assess(d *SelfDeclaration, set *RequirementSet, today catalogue.Date) *assessment {
	a := &assessment{d: d, set: set, today: today, facts: set.usable(d.Facts)}
	a.guided = set.guidedOnly().Holds(a.facts)
	for _, r := range set.Requirements {
		a.reasons = append(a.reasons, a.reason(r))
	}
	return a
}

func (a *assessment) decision() *Decision {
	return &Decision{
		Version:     DecisionVersion,
		Tool:        a.d.Tool.ID,
		ToolName:    copyText(a.d.Tool.Name),
		ToolRelease: a.d.Tool.Release,
		Vendor:      a.d.Vendor.OrgNumber,
		VendorName:  a.d.Vendor.Name,
		Declaration: DeclarationRef{ID: a.d.ID, SHA256: a.d.Digest()},
		Set:         ReleasedSet{ID: a.set.ID, Version: a.set.Version, SHA256: a.set.digest},
		Terms:       a.terms(),
		Reasons:     a.reasons,
	}
}

func (a *assessment) terms() Terms {
	return Terms{
		ReviewMonths:  a.set.ReviewMonths,
		EvidenceUntil: a.until,
		DecideBy:      addMonths(a.d.Submitted, a.set.ReviewMonths),
		GuidedOnly:    a.guided == True,
	}
}

// rule finds the first rule that fits.
func (a *assessment) rule() (Outcome, Rule, catalogue.Text) {
	unusable := a.unusable()
	switch {
	case a.any(ResultNotMet, Blocker):
		return Rejected, RuleBlocker, sumBlocker.text(a.count(ResultNotMet, Blocker))
	case unusable != nil:
		return Incomplete, RuleDeclaration, unusable
	case a.any(ResultUnanswered, ""):
		return Incomplete, RuleUnanswered, sumUnanswered.text(a.count(ResultUnanswered, ""))
	case a.guided == Unknown:
		return Incomplete, RuleUnanswered, sumGuidance.text()
	case a.any(ResultNeedsPanel, ""):
		return NeedsReview, RuleNeedsPanel, sumPanel.text(a.count(ResultNeedsPanel, ""))
	case a.any(ResultNotMet, Major):
		return NeedsReview, RuleMajor, sumMajor.text(a.count(ResultNotMet, Major))
	case a.guided == True:
		return ApprovedWithTherapist, RuleGuidedOnly, sumGuided.text()
	}
	return ApprovedWithoutTherapist, RuleAllMet, sumAllMet.text()
}

func (a *assessment) any(result Result, severity Severity) bool { return a.count(result, severity) > 0 }

// count counts the reasons with this result; of every severity if severity is empty.
func (a *assessment) count(result Result, severity Severity) int {
	n := 0
	for _, r := range a.reasons {
		if r.Result == result && r.Severity == cmp.Or(severity, r.Severity) {
			n++
		}
	}
	return n
}

// unusable says what is wrong with the declaration as a whole; nil if nothing is.
func (a *assessment) unusable() catalogue.Text {
	_, badTool := catalogue.ParseToolID(string(a.d.Tool.ID))
	_, badVendor := vendor.ParseOrgNumber(string(a.d.Vendor.OrgNumber))
	_, submitted := day(a.d.Submitted)
	switch {
	case a.d.ID == "" || a.d.SignedBy.Name == "" || a.d.Version != 0 && a.d.Version != DeclarationVersion:
		return sumUnsigned.text()
	case badTool != nil || badVendor != nil:
		return sumNameless.text()
	case !submitted || a.d.Submitted > a.today:
		return sumNotSubmitted.text()
	case addMonths(a.d.Submitted, a.set.ReviewMonths) < a.today:
		return sumOutdated.text(a.set.ReviewMonths)
	}
	return nil
}

// validity is the set's review time or the end of the first evidence, whatever comes first.
func (a *assessment) validity() (catalogue.Date, catalogue.Text) {
	review := addMonths(a.today, a.set.ReviewMonths)
	if a.until != "" && a.until < review {
		return a.until, untilEvidence.text(a.until, a.expiring)
	}
	return review, untilReview.text(review, a.set.ReviewMonths)
}
