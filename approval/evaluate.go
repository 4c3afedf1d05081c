package approval

import (
	"errors"
	"fmt"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
)

// Errors of [Evaluate]: the call cannot lead to a decision at all.
var (
	// ErrNotInForce: the requirement set is not valid yet on the day of the decision.
	ErrNotInForce = errors.New("approval: the requirement set is not in force yet")
	// ErrNoLongerInForce: the last day for decisions by the requirement set is over.
	ErrNoLongerInForce = errors.New("approval: the requirement set is no longer in force")
	// ErrNoTime: the time of the decision is not given.
	ErrNoTime = errors.New("approval: the time of the decision is zero")
	// ErrNoDeclaration: there is no declaration.
	ErrNoDeclaration = errors.New("approval: no declaration")
)

// Evaluate decides by the set's rules, the first that holds. A set without rules
// of its own has these:
//
//  1. a blocker that applies is not met: [Rejected]
//  2. something needs a panel: [NeedsReview]
//  3. a major requirement is not met: [NeedsReview]
//  4. the tool is meant for use with a therapist only: [ApprovedWithTherapist]
//  5. otherwise: [ApprovedWithoutTherapist]
//
// A rule of which it is not known whether it holds does not stop the search;
// its outcome is among the possible ones. The outcome is [Incomplete] as long as
// the declaration itself cannot be used (identity, signature, days), something
// that applies or may apply has no answer that can be used, it is not known
// whether the tool is meant for use with a therapist only, or more than one
// outcome is possible. Only a rejection that nothing can change stands in spite
// of that.
//
// An answer can be used when what it rests on is known: facts that the set does
// not know, or values that do not fit, count as not given; a yes needs evidence
// of an accepted kind and level that was not too old on the day of submission
// and has not expired on the day of the decision; a reason for not-applicable
// must agree with the facts; in a tracked set it must be known who answered,
// when, and that the wording was the set's.
//
// A draft, which has no day of submission, is looked at as if it were submitted
// on the day of the decision: the possible outcomes and what is missing are what
// they would be then. It is never approved and never goes to a panel.
//
// Waivers let requirements pass that are not met; see [Waiver]. They may come in
// any order.
//
// Everything in the declaration is the vendor's own word: facts, also the risk
// tier that the baseline asks for (fact vendorTier), and level, issuer and
// checker of evidence. Names are compared with the vendor's own people and firm
// ([SelfDeclaration.Proven]); no document is opened. Whoever decides compares the
// tier with [github.com/verktoykatalog/verktoy/vendor.Classify] and the files
// with the digests first, and says what came of it in findings, which
// [Input.Evaluate] takes. What no word of a vendor may settle has
// [EvidenceRule.Assessed], [Fact.Assessed] or [Requirement.Panel] in the set.
//
// The day is read in at's location: pass the time in the zone that the decision
// is made in. An approval holds until the declaration is too old, which is
// the set's review months after its submission, but not longer than what it
// relies on: evidence, inherited answers, waivers, plans (until the day before
// they are due), and which requirements are in force. The declaration
// need not have passed [CheckDeclaration]: its mistakes then show as reasons.
// Nothing that is passed is changed or kept.
func Evaluate(d *SelfDeclaration, set *RequirementSet, at time.Time, waivers ...Waiver) (*Decision, error) {
	return Input{Declaration: d, Set: set, At: at, Waivers: waivers}.Evaluate()
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
	case set.ValidTo.Before(at):
		return fmt.Errorf("%w: its last day was %s", ErrNoLongerInForce, set.ValidTo)
	}
	return nil
}

// decision puts into words what was found. Decided and ID are not set yet.
func (a *assessment) decision() *Decision {
	r := a.read()
	v := a.verdict(r)
	relied := a.relied(v.outcome)
	dec := &Decision{
		Version:     DecisionVersion,
		Outcome:     v.outcome,
		Rule:        v.rule,
		Summary:     v.summary(),
		Possible:    r.possible.list(),
		Missing:     a.missing(r),
		Tool:        a.d.Tool.ID,
		ToolName:    copyText(a.d.Tool.Name),
		ToolRelease: a.d.Tool.Release,
		Vendor:      a.d.Vendor.OrgNumber,
		VendorName:  a.d.Vendor.Name,
		Declaration: DeclarationRef{ID: a.d.ID, SHA256: a.d.Digest()},
		Set:         ReleasedSet{ID: a.set.ID, Version: a.set.Version, SHA256: a.set.digest},
		SetNote:     copyText(a.set.Note),
		Day:         a.today,
		Waivers:     a.waived(),
		Terms:       a.terms(relied.day),
		Reasons:     a.reasons(),
	}
	if a.found != nil {
		dec.Findings, dec.FindingsNotUsed = a.found.used, a.found.unused
	}
	if v.outcome.Approves() || v.outcome == NeedsReview {
		dec.Conditions = a.obligations()
	}
	if v.outcome.Approves() {
		until := a.validity(relied)
		dec.ValidUntil, dec.ValidBecause, dec.NextReview = until.day, until.why(), a.nextReview(until.day)
	}
	return dec
}

func (a *assessment) reasons() []Reason {
	out := make([]Reason, len(a.standings))
	plain := map[*phrase]catalogue.Text{}
	for i := range out {
		out[i] = a.reason(i, plain)
	}
	return out
}

// reasonWriter appends reasons as JSON. The set's part of each is at hand; of the
// rest, the same plain sentence often follows itself.
func (a *assessment) reasonWriter(reasons []Reason) func([]byte, int) []byte {
	var last []byte
	return func(b []byte, i int) []byte {
		if i == 0 || !a.standings[i].saysAs(&a.standings[i-1]) {
			last = appendFinding(last[:0], &reasons[i])
		}
		return append(append(b, a.set.heads[i]...), last...)
	}
}

// saysAs says whether two requirements came out the same, in the same words.
func (s *standing) saysAs(other *standing) bool {
	return s.result == other.result && s.why.as == other.why.as && len(s.why.with)+len(other.why.with) == 0
}

func (a *assessment) terms(until catalogue.Date) Terms {
	return Terms{
		ReviewMonths:  a.set.ReviewMonths,
		RemindDays:    a.set.RemindDays,
		EvidenceUntil: until,
		DecideBy:      addMonths(a.d.Submitted, a.set.ReviewMonths),
		GuidedOnly:    a.guided == True,
		Login:         a.facts[FactLogin] == true,
	}
}
