package approval

import (
	"cmp"
	"slices"
	"strings"
)

// need is a [Need] with what orders it.
type need struct {
	Need
	// decisive: what comes of it alone changes which outcomes are possible.
	decisive bool
	weight   int // 0 the heaviest
	place    int // of the requirement in the set, -1 before all
}

// missing lists what is open: what decides on its own first, then by the weight
// of the requirement, then in the order of the set.
func (a *assessment) missing(r reading) []Need {
	var all []need
	if text := a.unfit; text != nil {
		all = append(all, need{Need: Need{Text: text}, decisive: true, place: -2})
	}
	all = append(all, a.openRequirements(r)...)
	all = append(all, a.openFacts(r)...)
	slices.SortStableFunc(all, before)
	out := make([]Need, len(all))
	for i := range all {
		out[i] = all[i].Need
	}
	return out
}

func before(a, b need) int {
	switch {
	case a.decisive != b.decisive && a.decisive:
		return -1
	case a.decisive != b.decisive:
		return 1
	}
	return cmp.Or(cmp.Compare(a.weight, b.weight), cmp.Compare(a.place, b.place), strings.Compare(a.Requirement, b.Requirement))
}

func (s Severity) weight() int { return slices.Index([]Severity{Blocker, Major, Minor}, s) }

// openRequirements are those that apply and whose answer must change.
func (a *assessment) openRequirements(r reading) []need {
	var out []need
	for i := range a.standings {
		s := &a.standings[i]
		if s.result != ResultUnanswered || !s.itself {
			continue
		}
		req := &a.set.Requirements[i]
		out = append(out, need{Need{Requirement: req.ID, Text: s.why.text()}, a.decides(i, r.possible), req.Severity.weight(), i})
	}
	return out
}

// decides tries out each result that a requirement may still come to.
func (a *assessment) decides(i int, possible outcomeSet) bool {
	defer func() { a.supposed = nil }()
	for _, can := range a.standings[i].can.each() {
		a.supposed = &supposition{i, can}
		if a.read().possible != possible {
			return true
		}
	}
	return false
}

// openFacts are the facts that are not known and are waited for, each with the
// weight and the place of the heaviest and first that waits.
func (a *assessment) openFacts(r reading) []need {
	var out []need
	add := func(c *Condition, weight, place int) {
		for _, id := range c.facts() {
			if _, known := a.facts[id]; known {
				continue
			}
			i := slices.IndexFunc(out, func(n need) bool { return n.Fact == id })
			if i < 0 {
				f, _ := a.set.Fact(id)
				out = append(out, need{Need{Fact: id, Text: a.needText(f)}, a.factDecides(f, r.possible), weight, place})
			} else {
				out[i].weight, out[i].place = min(out[i].weight, weight), min(out[i].place, place)
			}
		}
	}
	a.waiting(r, add)
	return out
}

// waiting visits every condition that waits for a fact.
func (a *assessment) waiting(r reading, visit func(c *Condition, weight, place int)) {
	if a.guided == Unknown {
		visit(a.set.guidedOnly(), 0, -1)
	}
	for i, t := range r.truths {
		if t == Unknown {
			visit(a.rules[i].When, 0, -1)
		}
	}
	for i := range a.standings {
		if a.standings[i].result == ResultUnanswered {
			for _, c := range a.standings[i].waits {
				visit(c, a.set.Requirements[i].Severity.weight(), i)
			}
		}
	}
}

// factDecides tries out each value that makes a difference.
func (a *assessment) factDecides(f Fact, possible outcomeSet) bool {
	for _, v := range a.set.values(f) {
		if a.having(f.ID, v).read().possible != possible {
			return true
		}
	}
	return false
}

// having is the case with another value of a fact.
func (a *assessment) having(id string, v FactValue) *assessment {
	return a.otherwise(func(b *assessment) { b.d, b.confirmed = a.d.withFact(id, v), with(a.confirmed, id) })
}
