package approval

import (
	"slices"

	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// Condition is a question about the declared facts, the answers and what was
// found, as a closed tree. It has exactly one form: All, Any, Not, Fact together
// with In or with AtLeast and Below, Answer together with Status, or Count. A
// nil *Condition always holds; an empty Condition is unknown.
type Condition struct {
	// All holds when every part holds.
	All []Condition `json:"all,omitempty"`
	// Any holds when at least one part holds.
	Any []Condition `json:"any,omitempty"`
	// Not turns a condition around.
	Not *Condition `json:"not,omitempty"`
	// Fact is the id of the fact that is asked about.
	Fact string `json:"fact,omitempty"`
	// In holds when the fact has one of these codes, or one of its codes is
	// among them. For a boolean fact the codes are "true" and "false".
	In []string `json:"in,omitempty"`
	// AtLeast holds for a number that is this or more.
	AtLeast *int `json:"atLeast,omitempty"`
	// Below holds for a number that is less than this.
	Below *int `json:"below,omitempty"`
	// Answer is the id of a requirement whose answer is asked about.
	Answer string `json:"answer,omitempty"`
	// Status holds when the vendor's answer has one of these statuses.
	Status []Status `json:"status,omitempty"`
	// Count asks how many requirements came out in a certain way. Only the
	// rules of a set may count.
	Count *Count `json:"count,omitempty"`
}

// Count asks how many requirements came out in a certain way. At least one of
// AtLeast and Below is given.
type Count struct {
	// Results are those that are counted.
	Results []Result `json:"results"`
	// Severities are those that are counted; none means all.
	Severities []Severity `json:"severities,omitempty"`
	// Requirements are the ids of those that are counted; none means all.
	Requirements []string `json:"requirements,omitempty"`
	// AtLeast holds for this many or more, Below for fewer than this.
	AtLeast *int `json:"atLeast,omitempty"`
	Below   *int `json:"below,omitempty"`
}

// Truth is a truth value of Kleene's three-valued logic: what is not known is
// neither true nor false. The zero Truth is Unknown.
type Truth int

// The truth values, in order: "all" is the least of its parts, "any" the greatest.
const (
	False   Truth = -1
	Unknown Truth = 0
	True    Truth = 1
)

// Holds answers the condition for these facts. A fact that is not there, or
// whose value has another type than the condition asks for, is [Unknown]; so is
// what it asks about answers and counts. It does not check that codes are among
// the fact's choices; [Evaluate] does.
func (c *Condition) Holds(facts map[string]FactValue) Truth {
	return c.ask(declared{facts: facts})
}

// HoldsWith answers the condition for these facts and answers, as a form does
// that shows and hides questions. An answer that is not there is [Unknown], and
// so is every count. Whether an answer can be used, and whether its own
// requirement applies, is not looked at; [Evaluate] does.
func (c *Condition) HoldsWith(facts map[string]FactValue, answers map[string]Answer) Truth {
	return c.ask(declared{facts, answers})
}

// asked knows, as far as anybody does, what conditions ask about.
type asked interface {
	// fact is nil for one that is not known.
	fact(id string) FactValue
	// answered says whether a requirement's answer is among these.
	answered(id string, among []Status) Truth
	counted(c *Count) Truth
}

// declared knows facts and answers as they were written.
type declared struct {
	facts   map[string]FactValue
	answers map[string]Answer
}

func (d declared) fact(id string) FactValue { return d.facts[id] }

func (d declared) answered(id string, among []Status) Truth {
	if a, given := d.answers[id]; given {
		return truth(slices.Contains(among, a.Status))
	}
	return Unknown
}

func (d declared) counted(*Count) Truth { return Unknown }

func (c *Condition) ask(of asked) Truth {
	switch {
	case c == nil:
		return True
	case len(c.All) > 0:
		return all(c.All, of)
	case len(c.Any) > 0:
		return some(c.Any, of)
	case c.Not != nil:
		return -c.Not.ask(of)
	case c.Answer != "":
		return of.answered(c.Answer, c.Status)
	case c.Count != nil:
		return of.counted(c.Count)
	case len(c.In) > 0:
		return hasCode(of.fact(c.Fact), c.In)
	case c.AtLeast != nil || c.Below != nil:
		return inRange(of.fact(c.Fact), c.AtLeast, c.Below)
	}
	return Unknown
}

func all(parts []Condition, of asked) Truth {
	least := True
	for i := range parts {
		least = min(least, parts[i].ask(of))
	}
	return least
}

func some(parts []Condition, of asked) Truth {
	greatest := False
	for i := range parts {
		greatest = max(greatest, parts[i].ask(of))
	}
	return greatest
}

func truth(b bool) Truth {
	if b {
		return True
	}
	return False
}

// facts lists the ids of the facts that the condition asks about, each once, in order.
func (c *Condition) facts() []string {
	var ids []string
	c.walk("", func(_ string, leaf *Condition) {
		if leaf.Fact != "" && !slices.Contains(ids, leaf.Fact) {
			ids = append(ids, leaf.Fact)
		}
	})
	return ids
}

// walk visits the condition and its parts, the outer before the inner, with
// their JSON Pointers below base.
func (c *Condition) walk(base string, visit func(pointer string, c *Condition)) {
	if c == nil {
		return
	}
	visit(base, c)
	for i := range c.All {
		c.All[i].walk(base+strictjson.Pointer("all", i), visit)
	}
	for i := range c.Any {
		c.Any[i].walk(base+strictjson.Pointer("any", i), visit)
	}
	c.Not.walk(base+"/not", visit)
}
