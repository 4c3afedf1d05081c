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
	compound
	folded
)

// ways says what each way is called, and what a term found in it counts for.
var ways = [...]struct {
	name   string
	weight float64
}{
	exact:     {"exact", 1},
	inflected: {"inflected", 0.9},
	compound:  {"compound", 0.6},
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
		found := l.readings(word, l.proper(word, terms, visible))
		if tier == 0 {
			found = l.withCompounds(word, found, visible)
		}
		if len(found) > 0 {
			return found
		}
	}
	return nil
}

// proper leaves out what cannot be seen, and stop words that the query does not hold itself: nobody who writes livet means live.
func (l *lexicon) proper(word string, terms []int, visible []bool) []int {
	slices.Sort(terms)
	return slices.DeleteFunc(slices.Compact(terms), func(term int) bool {
		stop := l.terms[term] != word && norwegian.StopWord("", l.terms[term])
		return stop || !l.occurs(term, visible)
	})
}

// withCompounds adds the compounds that hold the word, such as selvmordstanker for selvmord. For a word that nothing else answers, and
// that is a compound itself, it adds what its parts find.
func (l *lexicon) withCompounds(word string, found []reading, visible []bool) []reading {
	keys := norwegian.Keys(word, norwegian.TierWide)
	terms := l.compounds(keys)
	if len(found) == 0 && len(terms) == 0 {
		if first, second, ok := norwegian.Split(norwegian.Fold(word), l.knows); ok {
			for _, part := range []string{first, second} {
				for _, key := range norwegian.Keys(part, norwegian.TierWide) {
					terms = append(terms, l.keys[0][key]...)
				}
			}
		}
	}
	for _, term := range l.proper(word, terms, visible) {
		if !slices.ContainsFunc(found, func(r reading) bool { return r.term == term }) {
			found = append(found, reading{term: term, how: compound})
		}
	}
	return found
}

func (l *lexicon) compounds(keys []string) []int {
	var terms []int
	for _, key := range keys {
		terms = append(terms, l.parts[key]...)
	}
	return terms
}

// knows says whether a folded word is one of the lexicon's, in any form, and tells something.
func (l *lexicon) knows(folded string) bool {
	if norwegian.StopWord("", folded) {
		return false
	}
	return slices.ContainsFunc(norwegian.Keys(folded, norwegian.TierWide), func(key string) bool { return len(l.keys[0][key]) > 0 })
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
