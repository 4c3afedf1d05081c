package approval

import (
	"maps"
	"slices"
)

// mostValues is how many values of one fact are tried out.
const mostValues = 24

// values of a fact that make a difference to the set's conditions: each choice,
// true and false, and numbers on both sides of each bound that is asked for.
func (s *RequirementSet) values(f Fact) []FactValue {
	var out []FactValue
	switch f.Type {
	case TypeChoice:
		for _, c := range f.Choices {
			out = append(out, c.Code)
		}
	case TypeChoices:
		out = append(out, []string{})
		for _, c := range f.Choices {
			out = append(out, []string{c.Code})
		}
	case TypeBoolean:
		out = []FactValue{false, true}
	default:
		out = s.numbers(f)
	}
	return out[:min(len(out), mostValues)]
}

func (s *RequirementSet) numbers(f Fact) []FactValue {
	found := map[int]bool{}
	s.conditions(func(c *Condition) {
		if c.Fact != f.ID {
			return
		}
		for _, bound := range []*int{c.AtLeast, c.Below} {
			if bound != nil {
				found[*bound], found[*bound-1] = true, true
			}
		}
	})
	var out []FactValue
	for _, n := range slices.Sorted(maps.Keys(found)) {
		if f.fits(float64(n)) {
			out = append(out, n)
		}
	}
	return out
}

// conditions visits every condition of the set and its parts.
func (s *RequirementSet) conditions(visit func(*Condition)) {
	each := func(_ string, c *Condition) { visit(c) }
	s.GuidedOnly.walk("", each)
	for i := range s.Rules {
		s.Rules[i].When.walk("", each)
	}
	for i := range s.Requirements {
		r := &s.Requirements[i]
		r.When.walk("", each)
		for j := range r.NotApplicable {
			r.NotApplicable[j].When.walk("", each)
		}
		if r.Evidence != nil {
			for j := range r.Evidence.Raised {
				r.Evidence.Raised[j].When.walk("", each)
			}
		}
	}
}

// withFact is a copy with another value of a fact.
func (d *SelfDeclaration) withFact(id string, v FactValue) *SelfDeclaration {
	c := *d
	c.Facts = maps.Clone(d.Facts)
	if c.Facts == nil {
		c.Facts = map[string]FactValue{}
	}
	c.Facts[id] = v
	return &c
}
