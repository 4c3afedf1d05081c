package catalogue

import (
	"slices"

	"github.com/verktoykatalog/verktoy/internal/norwegian"
)

// askJoined reads two words that stand side by side as the compound that they were meant to be, where one of them is no word that is known, or
// the compound names a matter: "hode pine", "søvn løshet".
func (l *lexicon) askJoined(a *asked, words []string, visible set) {
	for i := range len(a.all) - 1 {
		if first, second := slices.Index(words, a.all[i]), slices.Index(words, a.all[i+1]); first >= 0 && second >= 0 {
			l.join(a, a.all[i], a.all[i+1], uint32(1)<<min(first, maxWords-1)|uint32(1)<<min(second, maxWords-1), visible)
		}
	}
}

// join adds the compound of two words if there is one, in place of what was made of a word that is unknown.
func (l *lexicon) join(a *asked, first, second string, both uint32, visible set) {
	joined, unknown := first+second, slices.Contains(a.unknown, first) || slices.Contains(a.unknown, second)
	root := norwegian.Root(joined)
	if !l.thesaurus.IsName(root) && !(unknown && (l.thesaurus.Knows(root) || l.knows(norwegian.Fold(joined)))) {
		return
	}
	readings := l.lookup(joined, visible)
	if len(readings) == 0 {
		return
	}
	a.parts = slices.DeleteFunc(a.parts, func(p askedPart) bool { return p.covers&^both == 0 && slices.Contains(a.unknown, p.word) })
	a.unknown = slices.DeleteFunc(a.unknown, func(w string) bool { return w == first || w == second })
	a.explain(joined, both, readings)
}
