package approvalfhir

import (
	"slices"
	"strconv"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// conditioned is the requirement with its condition: on its own group, and on groups around it as far as it takes more than one.
func (f *form) conditioned(place int, r approval.Requirement) []item {
	at := strictjson.Pointer("requirements", place)
	all, code := f.condition(r)
	if code != "" {
		f.lose(at+"/when", r.ID, code)
	}
	if code == LossNever {
		return nil
	}
	f.silent(at, r)
	return []item{wrapped(f.requirement(r), r.ID, all)}
}

// condition is the condition of a requirement as levels, or the code of what cannot be said.
func (f *form) condition(r approval.Requirement) ([]level, string) {
	all, code := f.applies(r, false)
	switch {
	case code != "":
		return nil, code
	case slices.ContainsFunc(all, func(c clause) bool { return len(c) == 0 }):
		return nil, LossNever
	}
	out := levels(all)
	if len(out) > MostLevels {
		return nil, LossLevels
	}
	return out, ""
}

// applies is the condition of a requirement, or what holds when it does not.
func (f *form) applies(r approval.Requirement, not bool) ([]clause, string) {
	key := asking{r.ID, not}
	if known, has := f.asks[key]; has {
		return known.clauses, known.code
	}
	all, code := f.clauses(r.When, not)
	f.asks[key] = turned{simple(all), code}
	return f.asks[key].clauses, code
}

// wrapped puts the last level on the item, and each other on a group around it.
func wrapped(in item, id string, all []level) item {
	for i := len(all) - 1; i >= 0; i-- {
		if in.when != nil {
			in = item{id: "when" + strconv.Itoa(i+1) + "." + id, kind: kindGroup, items: []item{in}}
		}
		in.when = &all[i]
	}
	return in
}

// silent lists what the form does not say about a requirement besides its condition.
func (f *form) silent(at string, r approval.Requirement) {
	if r.From != "" || r.Until != "" {
		f.lose(at, r.ID, LossDays)
	}
	for i, n := range r.NotApplicable {
		if n.When != nil {
			f.lose(at+strictjson.Pointer("notApplicable", i, "when"), r.ID, LossReason)
		}
	}
}

// answer is what was answered to another requirement. One that does not apply counts as answered not-applicable, as in
// [approval.Evaluate]; a form has no answer then, since it does not show the question.
func (f *form) answer(c *approval.Condition, not bool) ([]clause, string) {
	r, known := f.set.Requirement(c.Answer)
	if !known || r.Withdrawn {
		return nil, LossQuestion
	}
	if _, code := f.condition(r); code != "" {
		return nil, LossQuestion
	}
	var among []approval.Status
	for _, s := range statuses(r) {
		if slices.Contains(c.Status, s) != not {
			among = append(among, s)
		}
	}
	given := []clause{statusTests(r.ID, among)}
	if slices.Contains(c.Status, approval.NotApplicable) == not {
		return given, ""
	}
	without, code := f.applies(r, true)
	if code != "" {
		return nil, code
	}
	return simple(either(given, without)), ""
}

// asked is what was answered to the question about a fact.
func (f *form) asked(c *approval.Condition, not bool) ([]clause, string) {
	fact, known := f.set.Fact(c.Fact)
	switch {
	case !known:
		return nil, LossQuestion
	case fact.Type == approval.TypeNumber:
		return between(c, not), ""
	case fact.Type == approval.TypeBoolean:
		return truths(c, not), ""
	case fact.Type == approval.TypeChoices && not:
		return nil, LossNot
	}
	var out clause
	for _, choice := range fact.Choices {
		if slices.Contains(c.In, choice.Code) != not {
			out = append(out, test{question: factItem(c.Fact), operator: "=", kind: kindChoice, system: f.factSystem(c.Fact), code: choice.Code})
		}
	}
	return []clause{out}, ""
}

func truths(c *approval.Condition, not bool) []clause {
	var out clause
	for _, yes := range []bool{true, false} {
		if slices.Contains(c.In, strconv.FormatBool(yes)) != not {
			out = append(out, test{question: factItem(c.Fact), operator: "=", kind: kindBoolean, yes: yes})
		}
	}
	return []clause{out}
}

// between: at least one bound and below the other; turned around, below the one or at least the other.
func between(c *approval.Condition, not bool) []clause {
	operators := [2]string{">=", "<"}
	if not {
		operators = [2]string{"<", ">="}
	}
	var out []clause
	for i, bound := range []*int{c.AtLeast, c.Below} {
		if bound != nil {
			out = append(out, clause{{question: factItem(c.Fact), operator: operators[i], kind: kindInteger, number: *bound}})
		}
	}
	if not {
		return []clause{slices.Concat(out...)}
	}
	return out
}
