package approval

import (
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/problem"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// languages are those that every text of a set must have.
var languages = []catalogue.Lang{"nb", "nn", "en"}

// setCheck collects what is wrong with a set beyond its form.
type setCheck struct {
	set   *RequirementSet
	found []finding
}

// check finds them; form holds the problems of the form.
func (s *RequirementSet) check(form []finding) []finding {
	c := &setCheck{set: s}
	c.text("/title", s.Title, true)
	c.text("/note", s.Note, false)
	c.unique("/sources", len(s.Sources), func(i int) string { return s.Sources[i].ID }, "id")
	c.unique("/facts", len(s.Facts), func(i int) string { return s.Facts[i].ID }, "id")
	c.unique("/requirements", len(s.Requirements), func(i int) string { return s.Requirements[i].ID }, "id")
	for i := range s.Facts {
		c.fact(strictjson.Pointer("facts", i), s.Facts[i])
	}
	for i := range s.Requirements {
		c.requirement(strictjson.Pointer("requirements", i), s.Requirements[i])
	}
	c.secondForm()
	if !slices.ContainsFunc(form, func(f finding) bool { return f.Pointer == "/facts" || f.Pointer == "" }) {
		c.guided()
	}
	return c.found
}

func (c *setCheck) add(pointer string, code problem.Code, want string) {
	c.found = append(c.found, one(pointer, code, want)...)
}

// text must be complete if it is there at all.
func (c *setCheck) text(pointer string, t catalogue.Text, required bool) {
	if len(t) == 0 && !required {
		return
	}
	for _, lang := range languages {
		if strings.TrimSpace(t[lang]) == "" {
			c.add(pointer+strictjson.Pointer(string(lang)), problem.MissingMember, "")
		}
	}
}

func (c *setCheck) unique(pointer string, n int, name func(int) string, member string) {
	first := map[string]int{}
	for i := range n {
		j, used := first[name(i)]
		switch {
		case name(i) == "":
		case used:
			c.add(pointer+strictjson.Pointer(i, member), problem.Repeated, pointer+strictjson.Pointer(j, member))
		default:
			first[name(i)] = i
		}
	}
}

func (c *setCheck) fact(pointer string, f Fact) {
	c.text(pointer+"/question", f.Question, true)
	c.unique(pointer+"/choices", len(f.Choices), func(i int) string { return f.Choices[i].Code }, "code")
	for i, choice := range f.Choices {
		c.text(pointer+strictjson.Pointer("choices", i, "text"), choice.Text, true)
	}
	coded := f.Type == TypeChoice || f.Type == TypeChoices
	switch {
	case coded && len(f.Choices) == 0:
		c.add(pointer+"/choices", problem.TooFew, "1")
	case !coded && len(f.Choices) > 0:
		c.add(pointer+"/choices", problem.Contradiction, pointer+"/type")
	case f.Min != nil && f.Type != TypeNumber:
		c.add(pointer+"/min", problem.Contradiction, pointer+"/type")
	case f.Max != nil && f.Type != TypeNumber:
		c.add(pointer+"/max", problem.Contradiction, pointer+"/type")
	case f.Min != nil && f.Max != nil && *f.Min > *f.Max:
		c.add(pointer+"/max", problem.Contradiction, pointer+"/min")
	}
}

func (c *setCheck) requirement(pointer string, r Requirement) {
	c.text(pointer+"/title", r.Title, true)
	c.text(pointer+"/text", r.Text, true)
	c.text(pointer+"/help", r.Help, false)
	c.condition(pointer+"/when", r.When, asksAnswers)
	c.unique(pointer+"/notApplicable", len(r.NotApplicable), func(i int) string { return r.NotApplicable[i].Code }, "code")
	for i, n := range r.NotApplicable {
		at := pointer + strictjson.Pointer("notApplicable", i)
		c.text(at+"/text", n.Text, true)
		c.condition(at+"/when", n.When, asksAnswers)
	}
	for i, ref := range r.Refs {
		if !slices.ContainsFunc(c.set.Sources, func(s Source) bool { return s.ID == ref.Source }) {
			c.add(pointer+strictjson.Pointer("refs", i, "source"), problem.Unknown, "the id of one of the sources")
		}
	}
}

// guided: a set that cannot tell when a tool needs a therapist would approve every tool without one.
func (c *setCheck) guided() {
	if c.set.GuidedOnly != nil {
		c.condition("/guidedOnly", c.set.GuidedOnly, asksFacts)
		return
	}
	f, ok := c.set.Fact(FactGuidance)
	if _, has := f.Choice(ChoiceGuided); !ok || f.Type != TypeChoice || !has {
		c.add("/guidedOnly", problem.MissingMember, "")
	}
}

func (c *setCheck) leaf(at string, leaf *Condition) {
	f, ok := c.set.Fact(leaf.Fact)
	numeric := leaf.AtLeast != nil || leaf.Below != nil
	switch {
	case !ok:
		c.add(at+"/fact", problem.Unknown, "the id of one of the facts")
	case numeric == (len(leaf.In) > 0):
		c.add(at, problem.BadValue, "in, or atLeast and below")
	case numeric:
		c.numeric(at, f, leaf)
	default:
		c.codes(at, f, leaf.In)
	}
}

func (c *setCheck) numeric(at string, f Fact, leaf *Condition) {
	if f.Type != TypeNumber {
		c.add(at, problem.BadValue, "in, because the fact is not a number")
	} else if leaf.AtLeast != nil && leaf.Below != nil && *leaf.AtLeast >= *leaf.Below {
		c.add(at+"/below", problem.OutOfRange, "more than atLeast")
	}
}

func (c *setCheck) codes(at string, f Fact, in []string) {
	allowed := f.codesAllowed()
	if len(allowed) == 0 {
		c.add(at, problem.BadValue, "atLeast and below, because the fact is a number")
		return
	}
	for i, code := range in {
		if !slices.Contains(allowed, code) {
			c.add(at+strictjson.Pointer("in", i), problem.NotAllowed, strings.Join(allowed, ", "))
		}
	}
}

func (f Fact) codesAllowed() []string {
	if f.Type == TypeBoolean {
		return []string{"true", "false"}
	}
	var codes []string
	for _, c := range f.Choices {
		codes = append(codes, c.Code)
	}
	return codes
}
