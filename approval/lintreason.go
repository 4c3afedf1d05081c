package approval

import (
	"slices"

	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// reasons must each be bound to a fact that can contradict it, and be possible where the requirement applies.
func (l *linter) reasons(at string, r *Requirement) {
	for i := range r.NotApplicable {
		n := &r.NotApplicable[i]
		place := at + strictjson.Pointer("notApplicable", i)
		switch {
		case len(n.When.facts()) == 0:
			l.add(place, LintReasonUnbound, n.Code, r.ID)
		case !l.canHold(both(r.When, n.When)):
			l.add(place+"/when", LintReasonNever, n.Code, r.ID)
		}
	}
}

// kin are requirements of one group that apply under one condition: what makes
// one of them not applicable should be looked at for the others (DiGAV Annex 2,
// medical content, rows 5 to 10: all but row 6 share a reason).
type kin struct{ group, when string }

// siblings tells of requirements that lack a reason that most of their kin have.
func (l *linter) siblings() {
	families := map[kin][]int{}
	for i, r := range l.set.Requirements {
		if !r.Withdrawn {
			k := kin{r.Group, string(digestOf(r.When))}
			families[k] = append(families[k], i)
		}
	}
	for _, family := range families {
		for _, code := range l.shared(family) {
			l.lacking(family, code)
		}
	}
}

// shared are the codes of reasons that more than half of a family have, but not all.
func (l *linter) shared(family []int) (out []string) {
	having := map[string]int{}
	for _, i := range family {
		for _, n := range l.set.Requirements[i].NotApplicable {
			having[n.Code]++
		}
	}
	for code, n := range having {
		if 2*n > len(family) && n < len(family) {
			out = append(out, code)
		}
	}
	slices.Sort(out)
	return out
}

func (l *linter) lacking(family []int, code string) {
	for _, i := range family {
		r := &l.set.Requirements[i]
		if _, has := r.Reason(code); !has {
			l.add(strictjson.Pointer("requirements", i), LintReasonSibling, code, r.ID)
		}
	}
}
