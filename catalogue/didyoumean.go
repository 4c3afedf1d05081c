package catalogue

// suggest gives the subject of some tool that an unknown word is a slip of, see [lexicon.nearly], "" if there is none or the word is right as
// it stands. Of several it takes the one that most tools have, then the first in the alphabet.
func (l *lexicon) suggest(word string, visible set) string {
	if l.right(word) {
		return ""
	}
	var best string
	most := 0
	for _, term := range l.nearly(word, visible) {
		candidate := l.terms[term]
		if n := l.spread(term, visible); n > most || n == most && candidate < best {
			best, most = candidate, n
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
