package catalogue

import (
	"slices"

	"github.com/verktoykatalog/verktoy/internal/norwegian"
)

// rival is how much of an other tool's score one that is for the ages of a query needs, for the other to be left out.
const rival = 0.6

// ofOtherAges gives those of the tools found that are for other ages than the query tells, and for none of the people of whom it speaks.
func (x *Index) ofOtherAges(found []candidate, years norwegian.Years, people []string) set {
	other := newSet(len(x.tools))
	for _, c := range found {
		if t := &x.tools[c.tool]; !t.Ages.overlap(years.From, years.To) && !t.isFor(people) {
			other.add(c.tool)
		}
	}
	return other
}

// A child is younger than childhood years, and a tool for people from grownUp years on is no answer for one, not even if there is no other.
const childhood, grownUp = 13, 18

// notGrownUp leaves out the tools for grown-ups where the query tells the age of a child, but those for the people of whom it speaks.
func (x *Index) notGrownUp(found []candidate, years norwegian.Years, people []string) []candidate {
	if years.To >= childhood {
		return found
	}
	return slices.DeleteFunc(found, func(c candidate) bool {
		t := &x.tools[c.tool]
		return t.Ages != nil && t.Ages.Min != nil && *t.Ages.Min >= grownUp && !t.isFor(people)
	})
}

// ofOthers gives those of the tools found that are for none of the people of whom the query speaks, which says that it is not about the writer.
func (x *Index) ofOthers(found []candidate, people []string) set {
	if len(people) == 0 {
		return nil
	}
	other := newSet(len(x.tools))
	for _, c := range found {
		if !x.tools[c.tool].isFor(people) {
			other.add(c.tool)
		}
	}
	return other
}

// ofAge leaves out the tools for other ages where there are others for the same among those that pass the filters: an adult's tool is no
// answer for a six-year-old.
func (s *sieve) ofAge(found []candidate) []candidate {
	if s.other == nil {
		return found
	}
	var best float32
	for _, c := range found {
		if !s.other.has(c.tool) {
			best = max(best, c.score)
		}
	}
	return slices.DeleteFunc(found, func(c candidate) bool { return s.outdone(c, best) })
}

// outdone says that a tool is for other ages, and the best one for those of the query answers it nearly as well.
func (s *sieve) outdone(c candidate, best float32) bool {
	return best >= rival*c.score && s.other.has(c.tool)
}

// bests gives for each value of a facet the best score among the tools that a choice of it would leave, and that are of the query's age.
func (t *tally) bests(found []candidate, misses []uint32) []float32 {
	if t.s.other == nil {
		return nil
	}
	c, own := t.column(), t.own()
	best := make([]float32, len(c.values))
	for i, f := range found {
		if misses[i]&^own != 0 || t.s.other.has(f.tool) {
			continue
		}
		for _, v := range c.of(f.tool) {
			best[v] = max(best[v], f.score)
		}
	}
	return best
}
