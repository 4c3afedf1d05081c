package catalogue

import (
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/internal/norwegian"
)

// guess is what a query is likely about as a whole, by the words that people use of each matter.
type guess struct {
	chances []float32 // of each matter
	none    float32   // that it is about none
	most    float32   // the highest of all
	other   uint32    // the words that are not meant in their own sense
	bodily  bool      // the likeliest is none, or an ailment that one lets a doctor see
}

const (
	leastChance = 0.015 // from here on a sentence is taken to be about a matter
	doubtChance = 0.2   // where it is more likely about none
	sureChance  = 0.95  // from here on a few words are
	clearChance = 0.5   // from here on what a query is likely about tells which sense its words have
	slimChance  = 0.02  // of a matter that is less likely a word is not meant
	otherSense  = 0.3   // what such a word still counts for
)

// guess is nil if the words that decide do not tell enough.
func (l *lexicon) guess(words, all []string) *guess {
	roots := norwegian.Telling(slices.DeleteFunc(slices.Clone(all), func(word string) bool { return norwegian.Denial(word) == "" && !slices.Contains(words, word) }))
	if len(roots) == 1 && len(all) == 1 {
		roots = l.thesaurus.Parts(all[0])
	}
	if len(roots) < 2 {
		return nil
	}
	g := &guess{}
	if g.chances, g.none = l.thesaurus.Guess(roots); g.chances == nil {
		return nil
	}
	g.most = max(g.none, slices.Max(g.chances))
	g.bodily = g.none == g.most || slices.ContainsFunc(l.ailments, func(matter int) bool { return g.chances[matter] == g.most })
	return g
}

// ailments are the matters of which symptomavklaring is a name.
func ailments(thesaurus *norwegian.Thesaurus) []int {
	return thesaurus.Names(norwegian.Root("symptomavklaring"))
}

// sense makes less of words for matters that the query as a whole is not about: epidural tells which sort of smertelindring is meant. If it is about
// none, or an ailment, that goes for words that name no matter too.
func (l *lexicon) sense(a *asked, g *guess) {
	if g == nil || g.most < clearChance || a.english {
		return
	}
	for i := range a.parts {
		if p := &a.parts[i]; !p.urgent && !l.meant(g, p) {
			p.tells *= otherSense
			p.weight *= otherSense
			g.other |= p.covers
		}
	}
}

// meant says that a word has its own sense. The name of a matter may be that of a second one that the query is about, and a keyword is what
// some tool is for.
func (l *lexicon) meant(g *guess, p *askedPart) bool {
	root := norwegian.Root(p.word)
	matters := l.thesaurus.Asks(root)
	switch {
	case l.thesaurus.IsName(root) && (!g.bodily || g.most < sureChance):
		return true
	case len(matters) == 0:
		return !g.bodily || l.is(p.readings, isKeyword)
	}
	return slices.ContainsFunc(matters, func(matter int) bool { return g.chances[matter] >= slimChance })
}

// discount takes what words tell that are not meant so from what the query tells, unless they stand in an expression: the query is
// about the others. Where it is about none of the matters it tells as much as before, and they cover less of it.
func (a *asked) discount(g *guess) {
	if g == nil || g.bodily {
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

// suppose adds the matters that the query is likely about, for which it has no expression: that a tool is for one of them is enough.
func (l *lexicon) suppose(a *asked, g *guess, covers uint32, visible set) {
	if g == nil {
		return
	}
	asked, least := a.asked(l), float32(leastChance)
	if g.none == g.most {
		least = doubtChance
	}
	for matter, chance := range g.chances {
		if _, told := a.explained[matter]; told || chance < least || !a.story && (chance < sureChance || asked[matter]) {
			continue
		}
		readings := l.matter(nil, []int{matter}, ways[likely].weight, visible)
		for i := range readings {
			readings[i].how = likely
		}
		if a.add(strings.Join(a.all, " "), covers, weightMatter*chance, readings) {
			a.about |= covers
			p := &a.parts[len(a.parts)-1]
			p.tells, p.urgent = tellsMatter+a.tells, chance >= clearChance && slices.Contains(l.urgent, matter)
		}
	}
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
