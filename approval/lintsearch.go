package approval

import (
	"fmt"
	"slices"
)

// Bounds of a search. mostCodes limits the choices of which any number may be declared: 2 to its power are tried.
const (
	mostLintSteps = 20_000
	mostCodes     = 8
)

// canHold says whether some tool could make a condition hold. It tries the
// values that make a difference, one unknown at a time, and stops where the
// condition is settled. It says yes when it gives up.
func (l *linter) canHold(c *Condition) bool {
	if c == nil {
		return true
	}
	unknowns, ok := l.unknowns(c)
	return !ok || l.try(c, world{}, unknowns)
}

// unknown is something that a condition asks about, and the values that make a difference.
type unknown struct {
	key    string
	values []any
}

func (l *linter) try(c *Condition, w world, open []unknown) bool {
	l.steps--
	if truth := c.ask(w); truth != Unknown || len(open) == 0 || l.steps < 0 {
		return truth != False
	}
	for _, v := range open[0].values {
		w[open[0].key] = v
		if l.try(c, w, open[1:]) {
			return true
		}
	}
	delete(w, open[0].key)
	return false
}

// world holds facts, statuses of answers and counts by key, as far as they are chosen.
type world map[string]any

func (w world) fact(id string) FactValue { return w["fact "+id] }

func (w world) answered(id string, among []Status) Truth {
	if s, ok := w["answer "+id].(Status); ok {
		return truth(slices.Contains(among, s))
	}
	return Unknown
}

func (w world) counted(c *Count) Truth { return inRange(w[c.key()], c.AtLeast, c.Below) }

// key is the same for counts of the same requirements.
func (c *Count) key() string {
	return fmt.Sprint("count ", c.Results, c.Severities, c.Requirements)
}

// unknowns lists what a condition asks about, in its order; false if that is too much.
func (l *linter) unknowns(c *Condition) (out []unknown, ok bool) {
	ok = true
	add := func(u unknown) {
		i := slices.IndexFunc(out, func(o unknown) bool { return o.key == u.key })
		if i < 0 {
			out = append(out, u)
		}
	}
	c.walk("", func(_ string, leaf *Condition) {
		switch {
		case leaf.Fact != "":
			values := l.factValues(leaf.Fact, c)
			ok = ok && values != nil
			add(unknown{"fact " + leaf.Fact, values})
		case leaf.Answer != "":
			add(unknown{"answer " + leaf.Answer, l.statuses(leaf.Answer)})
		case leaf.Count != nil:
			add(unknown{leaf.Count.key(), l.counts(leaf.Count, c)})
		}
	})
	return out, ok
}

func (l *linter) statuses(id string) (out []any) {
	r, _ := l.set.Requirement(id)
	for _, s := range append([]Status{Yes, No, NotApplicable}, r.Allowed...) {
		if s != NotApplicable || len(r.NotApplicable) > 0 {
			out = append(out, s)
		}
	}
	return out
}

// both holds when two conditions do; nil always holds.
func both(a, b *Condition) *Condition {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	}
	return &Condition{All: []Condition{*a, *b}}
}
