package catalogue

import (
	"slices"

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
	leastChance = 0.03 // from here on a sentence is taken to be about a matter
	doubtChance = 0.2  // where it is more likely about none
	sureChance  = 0.95 // from here on a few words are
	clearChance = 0.4  // from here on what a query is likely about tells which sense its words have
	slimChance  = 0.02 // of a matter that is less likely a word is not meant
	otherSense  = 0.3  // what such a word still counts for
	ailChance   = 0.7  // of an ailment, from which on the name of a matter may be meant otherwise: sår hals is no wound
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
// none, or an ailment, that goes for words that name no matter too. Words of phrases that tools have keep theirs.
func (l *lexicon) sense(a *asked, g *guess, phrased uint32) {
	if g.most < clearChance || a.english {
		return
	}
	for i := range a.parts {
		if p := &a.parts[i]; !p.urgent && p.covers&phrased == 0 && !l.meant(g, p) {
			p.tells *= otherSense
			p.weight *= otherSense
			g.other |= p.covers
		}
	}
}

// meant says that a word has its own sense. A keyword is what some tool is for, and the name of a matter may be that of a second one that the query is
// about. A word that asks for no matter means something else only where all is about none.
func (l *lexicon) meant(g *guess, p *askedPart) bool {
	root := norwegian.Root(p.word)
	matters := l.thesaurus.Asks(root)
	switch {
	case l.is(p.readings, isKeyword), l.thesaurus.IsName(root) && (!g.bodily || g.most < g.overrides()):
		return true
	case len(matters) == 0:
		return !g.bodily || l.is(p.readings, isProvider)
	}
	return slices.ContainsFunc(matters, func(matter int) bool { return g.chances[matter] >= slimChance })
}

// overrides is how likely it must be that the query is about an ailment, or about none, for the name of a matter to be meant otherwise.
func (g *guess) overrides() float32 {
	if g.none == g.most {
		return sureChance
	}
	return ailChance
}
