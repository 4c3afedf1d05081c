package approval

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// asked explains a condition: nothing for none.
func (e explainer) asked(c *Condition) []Node {
	if c == nil {
		return nil
	}
	return []Node{e.condition(c)}
}

func (e explainer) condition(c *Condition) Node {
	n := Node{Truth: c.ask(e.assessment).String()}
	switch {
	case len(c.All) > 0:
		n.Text, n.Children = e.say(explainAll), e.parts(c.All)
	case len(c.Any) > 0:
		n.Text, n.Children = e.say(explainAny), e.parts(c.Any)
	case c.Not != nil:
		n.Text, n.Children = e.say(explainNot), e.asked(c.Not)
	case c.Answer != "":
		n.Text = e.answerText(c)
	case c.Count != nil:
		n.Text, n.Children = e.countText(c.Count), e.countedNodes(c.Count)
	default:
		n.Text = e.factText(c)
	}
	return n
}

func (e explainer) parts(all []Condition) []Node {
	out := make([]Node, len(all))
	for i := range all {
		out[i] = e.condition(&all[i])
	}
	return out
}

func (e explainer) answerText(c *Condition) string {
	r, _ := e.set.Requirement(c.Answer)
	words := make([]string, len(c.Status))
	for i, s := range c.Status {
		words[i] = e.say(statusWords[s])
	}
	return e.say(explainAnswered, c.Answer, r.Title, strings.Join(words, ", "))
}

func (e explainer) factText(c *Condition) string {
	f, _ := e.set.Fact(c.Fact)
	wanted := e.values(f, c.In)
	if c.AtLeast != nil {
		wanted = append(wanted, e.say(explainAtLeast, *c.AtLeast))
	}
	if c.Below != nil {
		wanted = append(wanted, e.say(explainBelow, *c.Below))
	}
	form, have := explainFact, e.declared(f)
	if e.found.fact(c.Fact) != nil {
		form = explainFound
	} else if e.unassessed(f) {
		have = e.say(explainUnassessed)
	}
	return e.say(form, f.Question, strings.Join(wanted, ", "), have)
}

// declared is what the vendor has said about a fact.
func (e explainer) declared(f Fact) string {
	switch v := e.facts[f.ID].(type) {
	case string:
		return e.values(f, []string{v})[0]
	case bool:
		return e.values(f, []string{strconv.FormatBool(v)})[0]
	case []string:
		if len(v) > 0 {
			return strings.Join(e.values(f, v), ", ")
		}
		return e.say(explainNone)
	case float64:
		return fmt.Sprint(json.Number(strconv.FormatFloat(v, 'f', -1, 64)))
	}
	return e.say(explainNothing)
}

func (e explainer) values(f Fact, codes []string) []string {
	out := make([]string, len(codes))
	for i, code := range codes {
		if choice, ok := f.Choice(code); ok {
			out[i] = choice.Text.In(e.lang)
		} else {
			out[i] = e.say(boolWords[code])
		}
	}
	return out
}

// countText says what is counted, what is asked for and how many there are.
func (e explainer) countText(c *Count) string {
	var what, bounds []string
	for _, r := range c.Results {
		what = append(what, e.say(results[r]))
	}
	for _, s := range c.Severities {
		what = append(what, e.say(severities[s]))
	}
	if c.AtLeast != nil {
		bounds = append(bounds, e.say(explainAtLeast, *c.AtLeast))
	}
	if c.Below != nil {
		bounds = append(bounds, e.say(explainBelow, *c.Below))
	}
	t := e.tally(c)
	return e.say(explainCount, strings.Join(what, ", "), strings.Join(bounds, ", "), t.least, t.most)
}

// countedNodes are the requirements that count, or may.
func (e explainer) countedNodes(c *Count) []Node {
	var out []Node
	for i := range e.standings {
		t := tally{of: c, counted: only(c.Results...)}
		t.add(e.assessment, i, e.standings[i].can, 1)
		if t.most > 0 {
			r := &e.set.Requirements[i]
			out = append(out, Node{Text: r.ID + " " + r.Title.In(e.lang), Truth: t.reaches(1).String()})
		}
	}
	return out
}
