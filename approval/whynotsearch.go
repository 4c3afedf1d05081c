package approval

import (
	"iter"
	"slices"
)

// attempts are lists of changes, each of which may lead to the wanted outcome
// and is more than is needed, by stages: the later, the less one should think of
// it. What is better done comes first in a list.
func (s *seeker) attempts() iter.Seq2[int, []Step] {
	return func(yield func(int, []Step) bool) {
		n := 0
		stage := func(i int) func([]Step) bool {
			return func(changes []Step) bool { n++; return n <= mostAttempts && yield(i, changes) }
		}
		if s.want.Approves() {
			_ = s.upwards(stage(1), true) && s.misstated(stage(2))
			return
		}
		_ = s.upwards(stage(1), false) && s.onlyNo(nil, stage(2)) && s.throughNo(stage(3)) && s.misstated(stage(4))
	}
}

// upwards mends everything, for each way to answer the questions that are open.
func (s *seeker) upwards(try func([]Step) bool, panel bool) bool {
	for _, facts := range s.assignments() {
		if !try(s.mended(facts, panel)) {
			return false
		}
	}
	return true
}

// mended answers questions and every requirement that is in the way.
func (s *seeker) mended(facts []Step, panel bool) []Step {
	out := slices.Clone(facts)
	if s.start.unfit != nil {
		out = append([]Step{{Kind: StepDeclaration}}, out...)
	}
	a := s.start.changed(out)
	var panels, answers, waivers, findings []Step
	for i := range a.set.Requirements {
		r := &a.set.Requirements[i]
		now := a.answer(i)
		if panel && (r.Panel || now.result == ResultNeedsPanel) {
			panels = append(panels, Step{Kind: StepPanel, Requirement: r.ID})
		}
		if now.result != ResultMet && now.result != ResultNotApplicable && now.result != ResultNeedsPanel {
			answers = append(answers, a.mend(i, &now))
			if r.assessed() {
				findings = append(findings, Step{Kind: StepFinding, Requirement: r.ID})
			}
		}
		if now.result == ResultNotMet {
			waivers = append(waivers, Step{Kind: StepWaiver, Requirement: r.ID})
		}
	}
	return slices.Concat(out, panels, answers, findings, waivers)
}

// mend is a yes with everything that it needs.
func (a *assessment) mend(i int, now *standing) Step {
	r := &a.set.Requirements[i]
	c := Step{Kind: StepAnswer, Requirement: r.ID, Status: Yes}
	if r.Evidence != nil {
		c.Evidence, c.Level = slices.Clone(r.Evidence.Kinds), r.Evidence.fromVendor(r.Evidence.level(a))
		if now.status == Yes && now.itself && a.unusableAnswer(i, a.d.Answers[r.ID], true).as == nil {
			c.Kind = StepEvidence
		}
	}
	return c
}

// onlyNo answers no to one requirement, on top of other changes.
func (s *seeker) onlyNo(others []Step, try func([]Step) bool) bool {
	for _, r := range s.start.set.Requirements {
		if s.start.d.Answers[r.ID].Status != No && !try(append(dropRequirement(others, r.ID), Step{Kind: StepAnswer, Requirement: r.ID, Status: No})) {
			return false
		}
	}
	return true
}

// throughNo mends everything but one.
func (s *seeker) throughNo(try func([]Step) bool) bool {
	for _, facts := range s.assignments() {
		if !s.onlyNo(s.mended(facts, true), try) {
			return false
		}
	}
	return true
}

// misstated changes one fact that is stated, where it decides, as the last thing to think of.
func (s *seeker) misstated(try func([]Step) bool) bool {
	for _, f := range s.start.set.Facts {
		if _, known := s.start.facts[f.ID]; !known || s.start.found.fact(f.ID) != nil {
			continue
		}
		for _, v := range s.start.set.values(f) {
			c := Step{Kind: StepFact, Fact: f.ID, Value: v, Declared: true}
			if !sameValue(plain(v), s.start.facts[f.ID]) && !s.eachAssignment(c, try) {
				return false
			}
		}
	}
	return true
}

func (s *seeker) eachAssignment(c Step, try func([]Step) bool) bool {
	for _, facts := range s.assignments() {
		if !try(s.mended(append(slices.Clone(facts), c), s.want.Approves())) {
			return false
		}
	}
	return true
}

func dropRequirement(changes []Step, id string) []Step {
	return slices.DeleteFunc(slices.Clone(changes), func(c Step) bool { return c.Requirement == id })
}

// assignments are ways to answer the questions that are open. Those that rules
// ask for are tried in every combination, as far as the bound goes; of the others
// the value that leaves the fewest requirements open is taken.
func (s *seeker) assignments() [][]Step {
	a := s.start
	ways := [][]Step{nil}
	for _, f := range a.set.Facts {
		if _, known := a.facts[f.ID]; known {
			continue
		}
		if a.unassessed(f) {
			ways = combined(ways, f.ID, []FactValue{plain(a.d.Facts[f.ID])}, StepFinding)
			continue
		}
		values := a.set.values(f)
		if !a.rulesAsk(f.ID) && len(values) > 1 {
			values = []FactValue{a.easiest(f, values)}
		}
		if len(values) > 0 && len(ways)*len(values) <= mostAssignments {
			ways = combined(ways, f.ID, values, f.steps()...)
		}
	}
	return ways
}

// steps make a fact known that is not stated.
func (f Fact) steps() []StepKind {
	if f.Assessed {
		return []StepKind{StepFact, StepFinding}
	}
	return []StepKind{StepFact}
}

func combined(ways [][]Step, fact string, values []FactValue, kinds ...StepKind) [][]Step {
	var out [][]Step
	for _, way := range ways {
		for _, v := range values {
			longer := slices.Clone(way)
			for _, kind := range kinds {
				longer = append(longer, Step{Kind: kind, Fact: fact, Value: v})
			}
			out = append(out, longer)
		}
	}
	return out
}

func (a *assessment) easiest(f Fact, values []FactValue) FactValue {
	return slices.MinFunc(values, func(x, y FactValue) int {
		return a.having(f.ID, x).unanswered() - a.having(f.ID, y).unanswered()
	})
}

func (a *assessment) rulesAsk(fact string) bool {
	asks := slices.Contains(a.set.guidedOnly().facts(), fact)
	for i := range a.rules {
		asks = asks || slices.Contains(a.rules[i].When.facts(), fact)
	}
	return asks
}
