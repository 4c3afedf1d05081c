package approval

import (
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
)

// Input is everything that a decision is made of. [Evaluate], [Explain] and
// [WhyNot] are for those who have no findings.
type Input struct {
	Declaration *SelfDeclaration
	Set         *RequirementSet
	// At is the time of the decision, in the zone that it is made in.
	At time.Time
	// Waivers let requirements pass that are not met. They may come in any order.
	Waivers []Waiver
	// Findings are those of assessors. They may come in any order. What is given
	// must be all that is known: a finding that is left out is as if nobody had
	// looked.
	Findings []Finding
}

// Evaluate is the function [Evaluate] with the findings of assessors. A finding
// that is not in its form or is by one of the vendor's own people, and two of
// one id that differ, are refused: the error is a [*RefusedError] of
// [ErrFinding]. One about another declaration, other bytes, or something that was
// not stated does not count; nor does one of another time, or that a later one
// takes the place of. The decision names all of them, and says of each that did
// not count why ([Decision.FindingsNotUsed]).
//
// Where the set asks for a finding that is not there, nothing is approved. The
// outcome is [Incomplete], by [RuleUnassessed] if that is all that is missing,
// and not [NeedsReview]: a panel could then approve what nobody has opened.
func (in Input) Evaluate() (*Decision, error) {
	a, err := in.begin()
	if err != nil {
		return nil, err
	}
	dec := a.decision()
	dec.Decided = whole(in.At)
	dec.ID = dec.idWith(a.reasonWriter(dec.Reasons))
	return dec, nil
}

// Explain is the function [Explain] with the findings of assessors, and the
// errors of [Input.Evaluate].
func (in Input) Explain(lang catalogue.Lang) (*Node, error) {
	a, err := in.begin()
	if err != nil {
		return nil, err
	}
	e := explainer{a, catalogue.Lang(pageLang(lang))}
	return e.root(), nil
}

// begin assesses a declaration if it can be.
func (in Input) begin() (*assessment, error) {
	if in.Set == nil || in.Set.own == nil {
		return nil, ErrSet
	}
	set := in.Set.own
	if err := evaluable(in.Declaration, set, in.At); err != nil {
		return nil, err
	}
	return assess(in.Declaration, set, in.At, in.Waivers, in.Findings)
}
