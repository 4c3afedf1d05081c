package approval

// deepest is how many levels of all and any a FHIR Questionnaire can show: one
// on the item and one on the group around it (R4, Questionnaire.item.enableWhen
// and enableBehavior). One level inside another of the same kind counts as one.
const deepest = 2

// form says what of a requirement's condition cannot be shown as a form. What
// is asked about other answers and about ranges of numbers can.
func (l *linter) form(at string, r *Requirement) {
	if r.When == nil {
		return
	}
	if r.When.depth("") > deepest {
		l.add(at, LintDepth, r.ID, deepest)
	}
	r.When.walk(at, func(place string, part *Condition) {
		if part.Not != nil && !l.turns(part.Not) {
			l.add(place+"/not", LintNot, r.ID)
		}
	})
}

// depth counts levels of all and any, below one of the kind around it.
func (c *Condition) depth(around string) int {
	kind, parts := "", c.All
	switch {
	case len(c.All) > 0:
		kind = "all"
	case len(c.Any) > 0:
		kind, parts = "any", c.Any
	case c.Not != nil:
		return c.Not.depth("not")
	default:
		return 0
	}
	most := 0
	for i := range parts {
		most = max(most, parts[i].depth(kind))
	}
	if kind != around {
		most++
	}
	return most
}

// turns says that "not" can be said by naming the other values. With several
// choices at a time it cannot: "!=" asks whether any of them differs, and
// programs do not agree on it where nothing is answered.
func (l *linter) turns(c *Condition) bool {
	if c.Answer != "" {
		return true
	}
	f, ok := l.set.Fact(c.Fact)
	return ok && f.Type != TypeChoices
}
