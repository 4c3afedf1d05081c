package approvalfhir

import "github.com/verktoykatalog/verktoy/approval"

// applicable finds out which requirements apply, as far as facts and answers say, in the way of [approval.Evaluate]: what does not apply
// counts as answered not-applicable, and what may not apply as not answered. Days in force are not looked at.
type applicable struct {
	set     *approval.RequirementSet
	facts   map[string]approval.FactValue
	answers map[string]approval.Answer // a copy
	found   map[string]approval.Truth
}

func newApplicable(set *approval.RequirementSet, d *declaration) *applicable {
	a := &applicable{set, d.Facts, map[string]approval.Answer{}, map[string]approval.Truth{}}
	for id, answer := range d.Answers {
		a.answers[id] = answer
	}
	for _, r := range set.Requirements {
		a.of(r)
	}
	return a
}

// of goes first to the requirements that the condition asks about; sets have no circles.
func (a *applicable) of(r approval.Requirement) approval.Truth {
	if truth, seen := a.found[r.ID]; seen {
		return truth
	}
	a.found[r.ID] = approval.Unknown
	a.ask(r.When)
	truth := r.When.HoldsWith(a.facts, a.answers)
	switch {
	case r.Withdrawn, truth == approval.False:
		truth = approval.False
		a.answers[r.ID] = approval.Answer{Status: approval.NotApplicable}
	case truth == approval.Unknown && a.answers[r.ID].Status != approval.NotApplicable:
		delete(a.answers, r.ID)
	}
	a.found[r.ID] = truth
	return truth
}

func (a *applicable) ask(c *approval.Condition) {
	if c == nil {
		return
	}
	if r, known := a.set.Requirement(c.Answer); known {
		a.of(r)
	}
	for i := range c.All {
		a.ask(&c.All[i])
	}
	for i := range c.Any {
		a.ask(&c.Any[i])
	}
	a.ask(c.Not)
}
