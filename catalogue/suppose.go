package catalogue

import (
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/internal/norwegian"
)

// discount takes what words tell that are not meant so from what the query tells, unless they stand in an expression: the query is
// about the others. Where it is about none of the matters it tells as much as before, and they cover less of it.
func (a *asked) discount(g *guess) {
	if g.bodily {
		return
	}
	for _, covers := range a.explained {
		g.other &^= covers
	}
	for i, tells := range a.each {
		if g.other>>min(i, maxWords-1)&1 == 1 {
			a.tells -= tells * (1 - otherSense)
		}
	}
}

// suppose adds the matters that the query is likely about, for which it has no expression: that a tool is for one of them is enough. Where one is sure,
// what else the query tells does not count.
func (l *lexicon) suppose(a *asked, g *guess, covers uint32, visible set) {
	if g == nil {
		return
	}
	asked := a.asked(l)
	for matter, chance := range g.chances {
		readings := l.likely(matter, chance >= g.least() && !a.denied[matter], visible)
		if len(readings) > 0 && chance >= sureChance && len(a.explained) == 0 {
			a.away = 0
			if asked[matter] {
				a.named |= covers
			}
		}
		if _, told := a.explained[matter]; told || !a.story && (chance < l.sure(matter) || asked[matter]) {
			continue
		}
		if a.add(strings.Join(a.all, " "), covers, weightMatter*chance, readings) {
			a.about |= covers
			p := &a.parts[len(a.parts)-1]
			p.tells, p.urgent = tellsMatter+a.tells, chance >= clearChance && slices.Contains(l.urgent, matter)
		}
	}
}

// least is how likely a matter must be for a sentence to be taken for one about it.
func (g *guess) least() float32 {
	if g.none == g.most {
		return doubtChance
	}
	return leastChance
}

// sure is how likely a matter must be for a few words to be about it. An ailment is what is left where nobody knows better.
func (l *lexicon) sure(matter int) float32 {
	if slices.Contains(l.ailments, matter) {
		return clearChance
	}
	return sureChance
}

// seeADoctor adds what tells whether to, for an ailment that no tool is for.
func (l *lexicon) seeADoctor(a *asked, word string, bit uint32, visible set) {
	for _, matter := range l.ailments {
		if a.add(word, bit, 1, l.likely(matter, true, visible)) {
			a.about |= bit
		}
	}
}

// likely reads the names of a matter, if it is wanted.
func (l *lexicon) likely(matter int, wanted bool, visible set) []reading {
	if !wanted {
		return nil
	}
	readings := l.matter(nil, []int{matter}, ways[likely].weight, visible)
	for i := range readings {
		readings[i].how = likely
	}
	return readings
}

// asked are the matters that words of the query ask for by themselves.
func (a *asked) asked(l *lexicon) map[int]bool {
	out := map[int]bool{}
	for i := range a.parts {
		for _, matter := range l.thesaurus.Asks(norwegian.Root(a.parts[i].word)) {
			out[matter] = true
		}
	}
	return out
}
