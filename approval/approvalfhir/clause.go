package approvalfhir

import (
	"slices"

	"github.com/verktoykatalog/verktoy/approval"
)

// MostLevels is how many conditions in each other the form has for one requirement: one on its own group and the others on groups around it.
const MostLevels = 8

// mostClauses bounds the work on a condition before it is made simpler.
const mostClauses = 64

// test is one enableWhen: a question, an operator and what the answer is compared with.
type test struct {
	question, operator string
	kind               string // of the question: choice, boolean or integer
	system, code       string
	yes                bool
	number             int
}

// clause holds when one of its tests does.
type clause []test

// level is one list of enableWhen with its enableBehavior: any or all.
type level struct {
	any   bool
	tests []test
}

func answeredLevel(id string, among ...approval.Status) *level {
	return &level{true, statusTests(id, among)}
}

func statusTests(id string, among []approval.Status) clause {
	var out clause
	for _, s := range among {
		out = append(out, test{question: statusItem(id), operator: "=", kind: kindChoice, system: SystemStatus, code: string(s)})
	}
	return out
}

// clauses turns a condition into a list of clauses that must all hold. "Not" goes down to the tests, where it names the other values: so
// every test is about what was answered, and what is not answered holds for none, as unknown does not in [approval.Condition]. The code
// says what cannot be turned.
func (f *form) clauses(c *approval.Condition, not bool) (out []clause, code string) {
	switch {
	case c == nil:
		return constant(!not), ""
	case c.Not != nil:
		return f.clauses(c.Not, !not)
	case len(c.All) > 0:
		return f.joined(c.All, not, !not)
	case len(c.Any) > 0:
		return f.joined(c.Any, not, not)
	case c.Answer != "":
		return f.answer(c, not)
	case c.Fact != "":
		return f.asked(c, not)
	}
	return nil, LossQuestion
}

// constant holds always, or never.
func constant(holds bool) []clause {
	if holds {
		return nil
	}
	return []clause{{}}
}

// joined are the clauses of all parts together, or what holds when one part does.
func (f *form) joined(parts []approval.Condition, not, together bool) ([]clause, string) {
	out := constant(together)
	for i := range parts {
		more, code := f.clauses(&parts[i], not)
		if code != "" {
			return nil, code
		}
		if together {
			out = append(out, more...)
		} else {
			out = either(out, more)
		}
		if out = simple(out); len(out) > mostClauses {
			return nil, LossLevels
		}
	}
	return out, ""
}

// either holds when all of a or all of b do: each clause of a with each of b.
func either(a, b []clause) []clause {
	var out []clause
	for _, x := range a {
		for _, y := range b {
			out = append(out, append(slices.Clone(x), y...))
		}
	}
	return out
}

// simple leaves out what is said twice, and clauses that hold whenever another does.
func simple(in []clause) []clause {
	var out []clause
	for _, c := range in {
		c = unique(c)
		if slices.ContainsFunc(out, func(o clause) bool { return within(o, c) }) {
			continue
		}
		out = append(slices.DeleteFunc(out, func(o clause) bool { return within(c, o) }), c)
	}
	return out
}

func unique(c clause) clause {
	var out clause
	for _, t := range c {
		if !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	return out
}

// within says that every test of a is in b.
func within(a, b clause) bool {
	return !slices.ContainsFunc(a, func(t test) bool { return !slices.Contains(b, t) })
}

// levels puts all clauses of one test into one level, the last; each other clause needs its own.
func levels(all []clause) []level {
	single := level{}
	var out []level
	for _, c := range all {
		if len(c) == 1 {
			single.tests = append(single.tests, c[0])
		} else {
			out = append(out, level{true, c})
		}
	}
	if len(single.tests) > 0 {
		out = append(out, single)
	}
	return out
}
