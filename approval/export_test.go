package approval

import (
	"bytes"
	"slices"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
)

// EncodedDecision is what a decision's id is the digest of.
func EncodedDecision(d *Decision) []byte {
	var out bytes.Buffer
	p := &pieces{to: &out}
	d.encode(p)
	p.pass(0)
	return out.Bytes()
}

// Day is how this package reads days.
func Day(s string) (time.Time, bool) { return day(catalogue.Date(s)) }

// AddMonths and AddDays are how this package counts.
func AddMonths(d catalogue.Date, n int) catalogue.Date { return addMonths(d, n) }
func AddDays(d catalogue.Date, n int) catalogue.Date   { return addDays(d, n) }

// Mistakes is how many a set has beyond its form.
func Mistakes(s *RequirementSet) int { return len(s.check(nil)) }

// Ready makes a set usable without a schema, which takes most of the time of reading one.
func Ready(s *RequirementSet) *RequirementSet {
	own := *s
	own.own = &own
	own.remember()
	return &own
}

// Found is what an evaluation finds before it has words.
type Found struct {
	Outcome  Outcome
	Possible []Outcome
	Results  []Result
	// Facts are those that are known.
	Facts map[string]FactValue
	// Usable says whether the answer to each requirement counts, if that applies.
	Usable []bool
}

// Find evaluates without words and digests.
func Find(d *SelfDeclaration, s *RequirementSet, at time.Time, waivers []Waiver, given ...Finding) Found {
	a := assessed(d, s, at, waivers, given)
	r := a.read()
	f := Found{Outcome: a.verdict(r).outcome, Possible: r.possible.list(), Facts: a.facts}
	for i := range a.standings {
		f.Results, f.Usable = append(f.Results, a.standings[i].result), append(f.Usable, a.standings[i].usable)
	}
	return f
}

func assessed(d *SelfDeclaration, s *RequirementSet, at time.Time, waivers []Waiver, given []Finding) *assessment {
	a, err := assess(d, s.own, at, waivers, given)
	if err != nil {
		panic(err)
	}
	return a
}

// Ends is the last day on which the outcome holds.
func Ends(d *SelfDeclaration, s *RequirementSet, at time.Time, waivers []Waiver, given ...Finding) catalogue.Date {
	a := assessed(d, s, at, waivers, given)
	return a.validity(a.relied(a.verdict(a.read()).outcome)).day
}

// Insider says whether one of the people has a name, compared with each of them and by the index.
func Insider(people []string, name string) (each, byIndex bool) {
	in, x := &insiders{}, &insiders{}
	for _, p := range people {
		in.person(p)
	}
	x.people = append(slices.Clone(in.people), strings.Fields(strings.Repeat("filler ", fewWords+1)))
	x.index = indexed(x.people)
	return in.isPerson(nameWords(name)), x.isPerson(nameWords(name))
}
