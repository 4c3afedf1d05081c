package catalogue

import (
	"slices"

	"github.com/verktoykatalog/verktoy/internal/norwegian"
)

// how says in what way a term answers a word, the best way first.
type how int

const (
	exact how = iota
	inflected
	folded
)

// ways says what each way is called, and what a term found in it counts for.
var ways = [...]struct {
	name   string
	weight float64
}{
	exact:     {"exact", 1},
	inflected: {"inflected", 0.9},
	folded:    {"folded", 0.7},
}

// reading is one term of the lexicon that answers a word of a query.
type reading struct {
	term int
	how  how
}

// lookup finds the terms that answer a word, in alphabetical order. The second tier of spelling is asked only if the first finds no
// term in any tool that can be seen, so that those who write sår are not shown sar.
func (l *lexicon) lookup(word string, visible []bool) []reading {
	for tier, index := range l.keys {
		var terms []int
		for _, key := range norwegian.Keys(word, norwegian.Tier(tier)) {
			terms = append(terms, index[key]...)
		}
		slices.Sort(terms)
		terms = slices.DeleteFunc(slices.Compact(terms), func(term int) bool { return !l.occurs(term, visible) })
		if len(terms) > 0 {
			return l.readings(word, terms)
		}
	}
	return nil
}

func (l *lexicon) readings(word string, terms []int) []reading {
	out := make([]reading, len(terms))
	for i, term := range terms {
		out[i] = reading{term: term, how: compare(word, l.terms[term])}
	}
	return out
}

func compare(word, term string) how {
	stem, other := norwegian.Stem(word), norwegian.Stem(term)
	switch {
	case word == term:
		return exact
	case stem == other, stem == term, word == other:
		return inflected
	}
	return folded
}

func (l *lexicon) occurs(term int, visible []bool) bool {
	return slices.ContainsFunc(l.postings[term], func(p posting) bool { return visible[p.tool] })
}

// suggest gives the known word that resembles an unknown one most, "" if there is none. Of several it takes the one that stands in most
// texts, then the first in the alphabet.
func (l *lexicon) suggest(word string, visible []bool) string {
	var best string
	most := 0
	for _, candidate := range norwegian.Nearest(word, l.terms) {
		term, _ := slices.BinarySearch(l.terms, candidate)
		if n := l.texts(term, visible); n > most && !norwegian.StopWord("", candidate) {
			best, most = candidate, n
		}
	}
	return best
}

func (l *lexicon) texts(term int, visible []bool) int {
	n := 0
	for _, p := range l.postings[term] {
		if visible[p.tool] {
			n++
		}
	}
	return n
}
