package catalogue

import "github.com/verktoykatalog/verktoy/internal/norwegian"

// suggest gives the known word that resembles an unknown one most, "" if there is none. Of several it takes the one that most tools have,
// then the first in the alphabet.
func (l *lexicon) suggest(word string, visible set) string {
	var best string
	most := 0
	for _, term := range l.words.alike(word) {
		candidate := l.terms[term]
		if n := l.spread(term, visible); n > most || n == most && n > 0 && candidate < best {
			if !norwegian.StopWord("", candidate) {
				best, most = candidate, n
			}
		}
	}
	return best
}

// spread is how many tools that can be seen have a term.
func (l *lexicon) spread(term int32, visible set) int {
	n := 0
	for _, p := range l.of(term) {
		if visible.has(p.tool()) {
			n++
		}
	}
	return n
}
