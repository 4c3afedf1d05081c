package approval

import "github.com/verktoykatalog/verktoy/internal/strictjson"

// placedCondition is a condition of the set and its place.
type placedCondition struct {
	at   string
	cond *Condition
}

// placedConditions are all of the set, in the order of the document.
func (s *RequirementSet) placedConditions() []placedCondition {
	out := []placedCondition{{"/guidedOnly", s.guidedOnly()}}
	for i := range s.Requirements {
		out = append(out, s.Requirements[i].placedConditions(strictjson.Pointer("requirements", i))...)
	}
	for i := range s.Rules {
		out = append(out, placedCondition{strictjson.Pointer("rules", i, "when"), s.Rules[i].When})
	}
	return out
}

func (r *Requirement) placedConditions(at string) []placedCondition {
	if r.Withdrawn {
		return nil
	}
	out := []placedCondition{{at + "/when", r.When}}
	for i := range r.NotApplicable {
		out = append(out, placedCondition{at + strictjson.Pointer("notApplicable", i, "when"), r.NotApplicable[i].When})
	}
	if r.Evidence == nil {
		return out
	}
	for i := range r.Evidence.Raised {
		out = append(out, placedCondition{at + strictjson.Pointer("evidence", "raised", i, "when"), r.Evidence.Raised[i].When})
	}
	return out
}

// uses finds what nobody needs, and conditions on what is no more.
func (l *linter) uses() {
	facts, sources, groups := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, c := range l.set.placedConditions() {
		l.asked(c, facts)
	}
	for _, r := range l.set.Requirements {
		groups[r.Group] = true
		for _, ref := range r.Refs {
			sources[ref.Source] = true
		}
	}
	for i, f := range l.set.Facts {
		if !facts[f.ID] && !f.Publish {
			l.add(strictjson.Pointer("facts", i), LintUnusedFact, f.ID)
		}
	}
	for i, s := range l.set.Sources {
		if !sources[s.ID] {
			l.add(strictjson.Pointer("sources", i), LintUnusedSource, s.ID)
		}
	}
	for i, g := range l.set.Groups {
		if !groups[g.ID] {
			l.add(strictjson.Pointer("groups", i), LintUnusedGroup, g.ID)
		}
	}
}

// asked notes the facts that a condition asks for, and tells of withdrawn requirements in it.
func (l *linter) asked(c placedCondition, facts map[string]bool) {
	c.cond.walk(c.at, func(at string, part *Condition) {
		facts[part.Fact] = true
		if part.Answer != "" && l.withdrawn(part.Answer) {
			l.add(at+"/answer", LintAsksWithdrawn, part.Answer)
		}
		if part.Count == nil {
			return
		}
		for i, id := range part.Count.Requirements {
			if l.withdrawn(id) {
				l.add(at+strictjson.Pointer("count", "requirements", i), LintAsksWithdrawn, id)
			}
		}
	})
}

func (l *linter) withdrawn(id string) bool {
	r, ok := l.set.Requirement(id)
	return ok && r.Withdrawn
}
