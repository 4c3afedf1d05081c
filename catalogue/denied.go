package catalogue

import (
	"slices"

	"github.com/verktoykatalog/verktoy/internal/norwegian"
)

// deny notes the matters that words for what is not there are for. Suicide is none of them: who denies it may tell of it all the same.
func (a *asked) deny(l *lexicon, words []string) {
	for _, word := range words {
		for _, matter := range l.thesaurus.Asks(norwegian.Root(word)) {
			if a.denied == nil {
				a.denied = map[int]bool{}
			}
			a.denied[matter] = !slices.Contains(l.urgent, matter)
		}
	}
}
