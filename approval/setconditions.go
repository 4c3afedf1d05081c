package approval

import (
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/internal/problem"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// scope is what a condition may ask about at its place in the set.
type scope int

const (
	asksFacts   scope = iota // and nothing else
	asksAnswers              // too
	asksCounts               // of results too
)

func (c *setCheck) condition(pointer string, cond *Condition, may scope) {
	cond.walk(pointer, func(at string, part *Condition) {
		switch {
		case part.shapes() != 1:
			c.add(at, problem.BadValue, "exactly one of all, any, not, fact, answer, count")
		case part.Fact != "":
			c.leaf(at, part)
		case part.Answer != "":
			c.answerLeaf(at, part, may)
		case part.Count != nil:
			c.countLeaf(at+"/count", part.Count, may)
		}
	})
}

// shapes counts the forms that a condition has; it must be one. What belongs to a fact or an answer and has none spoils any form.
func (c *Condition) shapes() int {
	if c.Fact == "" && (len(c.In) > 0 || c.AtLeast != nil || c.Below != nil) || (c.Answer == "") != (len(c.Status) == 0) {
		return 0
	}
	n := 0
	for _, has := range []bool{len(c.All) > 0, len(c.Any) > 0, c.Not != nil, c.Fact != "", c.Answer != "", c.Count != nil} {
		if has {
			n++
		}
	}
	return n
}

func (c *setCheck) answerLeaf(at string, leaf *Condition, may scope) {
	if may < asksAnswers {
		c.add(at+"/answer", problem.Contradiction, "the conditions that may stand here: on facts only")
		return
	}
	r, ok := c.set.Requirement(leaf.Answer)
	if !ok {
		c.add(at+"/answer", problem.Unknown, "the id of one of the requirements")
		return
	}
	legal := append([]Status{Yes, No, NotApplicable}, r.Allowed...)
	for i, s := range leaf.Status {
		if !slices.Contains(legal, s) {
			c.add(at+strictjson.Pointer("status", i), problem.NotAllowed, joinedStatuses(legal))
		}
	}
}

func joinedStatuses(all []Status) string {
	names := make([]string, len(all))
	for i, s := range all {
		names[i] = string(s)
	}
	return strings.Join(names, ", ")
}

func (c *setCheck) countLeaf(at string, n *Count, may scope) {
	switch {
	case may < asksCounts:
		c.add(at, problem.Contradiction, "the rules: only they may count")
		return
	case n.AtLeast == nil && n.Below == nil:
		c.add(at, problem.BadValue, "atLeast or below")
	case n.AtLeast != nil && n.Below != nil && *n.AtLeast >= *n.Below:
		c.add(at+"/below", problem.OutOfRange, "more than atLeast")
	}
	if i := slices.Index(n.Results, ResultUnanswered); i >= 0 {
		c.add(at+strictjson.Pointer("results", i), problem.NotAllowed, "a result that decides; what is unanswered leaves the outcome open")
	}
	for i, id := range n.Requirements {
		if _, ok := c.set.Requirement(id); !ok {
			c.add(at+strictjson.Pointer("requirements", i), problem.Unknown, "the id of one of the requirements")
		}
	}
}

// circle finds the first place where a requirement asks, by way of others or at once, about its own answer.
func (c *setCheck) circle() {
	done := map[string]bool{}
	for i := range c.set.Requirements {
		if c.follow(i, nil, done) {
			return
		}
	}
}

func (c *setCheck) follow(i int, path []string, done map[string]bool) bool {
	r := &c.set.Requirements[i]
	if done[r.ID] {
		return false
	}
	done[r.ID] = true
	path = append(path, r.ID)
	for _, q := range r.questions(strictjson.Pointer("requirements", i)) {
		if slices.Contains(path, q.id) {
			c.add(q.at, problem.Contradiction, "what this requirement depends on: not on its own answer")
			return true
		}
		next := c.set.index(q.id)
		if next >= 0 && c.follow(next, path, done) {
			return true
		}
	}
	return false
}

// placed is the id of a requirement whose answer is asked about, and where.
type placed struct{ at, id string }

// questions are what decides whether a requirement is answered and asks about other answers.
func (r *Requirement) questions(base string) []placed {
	var out []placed
	visit := func(at string, leaf *Condition) {
		if leaf.Answer != "" {
			out = append(out, placed{at + "/answer", leaf.Answer})
		}
	}
	r.When.walk(base+"/when", visit)
	for i := range r.NotApplicable {
		r.NotApplicable[i].When.walk(base+strictjson.Pointer("notApplicable", i, "when"), visit)
	}
	return out
}

// index is the place of a requirement in the set, -1 if it has none.
func (s *RequirementSet) index(id string) int {
	return slices.IndexFunc(s.Requirements, func(r Requirement) bool { return r.ID == id })
}
