package approval

import (
	"maps"
	"slices"
)

// PruneInapplicable is a copy of a declaration without the answers to
// requirements of the set that no longer apply: that are withdrawn, whose last
// day is before the submission, or whose condition does not hold for the
// declared facts. Their ids are listed in the set's order. Where it is not known
// whether a requirement applies, and where the set does not know it, the answer
// stays, as does all evidence: it may serve another answer. d is not changed. A
// nil declaration gives nil; with a set that [ParseRequirementSet] did not make
// nothing is dropped.
func PruneInapplicable(d *SelfDeclaration, set *RequirementSet) (pruned *SelfDeclaration, dropped []string) {
	pruned = d.copied()
	if d == nil || set == nil || set.own == nil {
		return pruned, nil
	}
	facts := set.own.usable(d.Facts)
	for _, r := range set.own.Requirements {
		notYet := !r.Withdrawn && d.Submitted != "" && d.Submitted < r.From
		if _, given := pruned.Answers[r.ID]; given && !notYet && r.concerns(facts, d.Answers, d.Submitted) == False {
			delete(pruned.Answers, r.ID)
			dropped = append(dropped, r.ID)
		}
	}
	return pruned, dropped
}

// copied shares with d nothing that can be changed in place, but for the values of facts.
func (d *SelfDeclaration) copied() *SelfDeclaration {
	if d == nil {
		return nil
	}
	c := *d
	c.Tool.Name = copyText(d.Tool.Name)
	c.Facts, c.Evidence = maps.Clone(d.Facts), slices.Clone(d.Evidence)
	c.Answers = maps.Clone(d.Answers)
	for id, a := range c.Answers {
		c.Answers[id] = a.copied()
	}
	return &c
}

func (a Answer) copied() Answer {
	a.Evidence = slices.Clone(a.Evidence)
	a.Answered, a.Inherited = copyOf(a.Answered), copyOf(a.Inherited)
	return a
}

func copyOf[T any](p *T) *T {
	if p == nil {
		return nil
	}
	c := *p
	return &c
}
