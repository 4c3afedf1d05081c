package approval

import "github.com/verktoykatalog/verktoy/catalogue"

// reading is what the rules come to, the first that holds.
type reading struct {
	// truths are those of the rules that were looked at; the last may be the one that holds.
	truths   []Truth
	possible outcomeSet
	// outcome and rule are those of the rule that holds for certain.
	outcome Outcome
	rule    Rule
}

// read goes through the rules. One of which it is not known whether it holds
// does not stop the search: its outcome is possible, and so is what follows.
func (a *assessment) read() reading {
	var r reading
	for i := range a.rules {
		rule := &a.rules[i]
		t := rule.When.ask(a)
		r.truths = append(r.truths, t)
		if t != False {
			r.possible = r.possible.with(rule.Outcome)
		}
		if t == True {
			r.outcome, r.rule = rule.Outcome, rule.ID
			return r
		}
	}
	r.outcome, r.rule = a.set.byDefault(), RuleDefault
	r.possible = r.possible.with(r.outcome)
	return r
}

// verdict is the outcome and why.
type verdict struct {
	outcome Outcome
	rule    Rule
	summary func() catalogue.Text
}

// verdict: a rejection that nothing can change stands; otherwise everything
// must be known first.
func (a *assessment) verdict(r reading) verdict {
	decided := r.possible == outcomeSet(0).with(r.outcome)
	ruled := verdict{r.outcome, r.rule, func() catalogue.Text { return a.summary(r.rule) }}
	if decided && r.outcome == Rejected {
		return ruled
	}
	if text := a.unfit; text != nil {
		return verdict{Incomplete, RuleDeclaration, func() catalogue.Text { return text }}
	}
	missing := said{}
	switch n := a.unanswered(); {
	case (n > 0 || a.guided == Unknown || !decided) && a.onlyUnassessed():
		return verdict{Incomplete, RuleUnassessed, func() catalogue.Text { return sumUnassessed.text() }}
	case n > 0:
		missing = said{&sumUnanswered, []any{n}}
	case a.guided == Unknown:
		missing = said{as: &sumGuidance}
	case !decided:
		missing = said{as: &sumFacts}
	default:
		return ruled
	}
	return verdict{Incomplete, RuleUnanswered, missing.text}
}

func (a *assessment) unanswered() int {
	n := 0
	for i := range a.standings {
		if a.standings[i].result == ResultUnanswered {
			n++
		}
	}
	return n
}

// summary is what the rule that decided says.
func (a *assessment) summary(id Rule) catalogue.Text {
	if id == RuleDefault {
		return sumDefault.text()
	}
	for _, r := range a.rules {
		if r.ID == id && len(r.Text) > 0 {
			return copyText(r.Text)
		} else if r.ID == id && r.When != nil && r.When.Count != nil {
			return commonSummaries[id].text(a.tally(r.When.Count).least)
		}
	}
	return commonSummaries[id].text()
}

// commonSummaries are the words of the rules that every set has without any.
var commonSummaries = map[Rule]phrase{
	RuleBlocker:    sumBlocker,
	RuleNeedsPanel: sumPanel,
	RuleMajor:      sumMajor,
	RuleGuidedOnly: sumGuided,
	RuleAllMet:     sumAllMet,
}
