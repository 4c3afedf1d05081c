package approval

import (
	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/problem"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// prepare looks once at what every answer asks for.
func (c *declarationCheck) prepare() {
	c.facts = c.set.usable(c.d.Facts)
	c.at = map[string]bool{}
	for _, f := range c.found {
		c.at[f.Pointer] = true
	}
	c.evidenceList()
}

func (c *declarationCheck) run() {
	c.vendor()
	c.evidenceItems()
	for _, r := range c.set.Requirements {
		if answer, given := c.d.Answers[r.ID]; given && !c.at[strictjson.Pointer("answers", r.ID)] {
			c.answer(r, answer)
		}
	}
}

// add leaves out what is said already about the same place.
func (c *declarationCheck) add(f finding) {
	if !c.at[f.Pointer] {
		c.found, c.at[f.Pointer] = append(c.found, f), true
	}
}

func (c *declarationCheck) say(pointer string, code problem.Code, words catalogue.Text) {
	c.add(finding{Problem: problem.Problem{Pointer: pointer, Code: code}, say: words})
}

// answer compares one answer with facts, days and evidence.
func (c *declarationCheck) answer(r Requirement, a Answer) {
	at := strictjson.Pointer("answers", r.ID)
	c.references(at, a)
	applies := r.concerns(c.facts, c.d.Answers, c.d.Submitted)
	if applies == False {
		return
	}
	c.tracked(at, r, a)
	switch {
	case a.Status == NotApplicable:
		c.reason(at, r, a)
	case a.Status == Planned:
		c.due(at, a)
	case a.Status == Yes && r.Evidence != nil && (applies == True || c.mode == modeVendor):
		c.documented(at, r, a)
	}
}

// concerns says whether the requirement applies to a tool with these facts and
// answers on a day; days do not count where the day is not known.
func (r Requirement) concerns(facts map[string]FactValue, answers map[string]Answer, on catalogue.Date) Truth {
	known := isDay(on)
	switch {
	case r.Withdrawn,
		known && r.From != "" && on < r.From,
		known && r.Until != "" && on > r.Until:
		return False
	}
	return r.When.HoldsWith(facts, answers)
}

// reason must not contradict the facts. What is unknown does not contradict.
func (c *declarationCheck) reason(at string, r Requirement, a Answer) {
	n, ok := r.Reason(a.Reason)
	if !ok || n.When.HoldsWith(c.facts, c.d.Answers) != False {
		return
	}
	f, _ := c.set.Fact(c.culprit(n.When))
	c.say(at+"/reason", problem.Contradiction, sayContradiction.text(n.Text, f.Question))
}

// culprit is the first fact of a condition whose own part does not hold, or simply the first.
func (c *declarationCheck) culprit(cond *Condition) string {
	id := ""
	cond.walk("", func(_ string, part *Condition) {
		if id == "" && part.Fact != "" && part.Holds(c.facts) == False {
			id = part.Fact
		}
	})
	if ids := cond.facts(); id == "" && len(ids) > 0 {
		id = ids[0]
	}
	return id
}
