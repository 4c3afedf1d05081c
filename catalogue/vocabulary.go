package catalogue

import (
	"math/bits"
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/internal/norwegian"
)

// vocabulary finds words by their beginnings and words that are spelled nearly alike. It holds them with bare letters.
type vocabulary struct {
	words   []string // in alphabetical order
	numbers []int32  // of the term
	shapes  []shape
}

// shape is what quickly tells that two words are far apart: their letters, and how many there are.
type shape struct {
	letters uint32
	length  uint8
}

// newVocabulary takes all terms but those that are left out.
func newVocabulary(all []string, out func(term int) bool) vocabulary {
	type entry struct {
		word   string
		number int32
	}
	entries := make([]entry, 0, len(all))
	for i, term := range all {
		if !out(i) && !strings.Contains(term, " ") && len(term) <= 64 {
			entries = append(entries, entry{norwegian.FoldBare(term), int32(i)})
		}
	}
	slices.SortFunc(entries, func(a, b entry) int { return strings.Compare(a.word, b.word) })
	v := vocabulary{words: make([]string, len(entries)), numbers: make([]int32, len(entries)), shapes: make([]shape, len(entries))}
	for i, e := range entries {
		v.words[i], v.numbers[i], v.shapes[i] = e.word, e.number, shapeOf(e.word)
	}
	return v
}

func shapeOf(word string) shape {
	s := shape{length: uint8(len(word))}
	for i := range len(word) {
		s.letters |= 1 << (word[i] & 31)
	}
	return s
}

// near says that words of these shapes may be within n edits of each other: an edit changes at most two letters of the set.
func (s shape) near(other shape, n int) bool {
	delta := int(s.length) - int(other.length)
	return delta <= n && -delta <= n && bits.OnesCount32(s.letters^other.letters) <= 2*n
}

// maxPrefix bounds how many terms a beginning stands for.
const maxPrefix = 200

// begin gives the first terms, by the alphabet of bare letters, that begin with a word: [maxPrefix] at most. They are the vocabulary's own.
func (v *vocabulary) begin(word string) []int32 {
	bare := norwegian.FoldBare(word)
	at, _ := slices.BinarySearch(v.words, bare)
	to := at
	for to < len(v.words) && to-at < maxPrefix && strings.HasPrefix(v.words[to], bare) {
		to++
	}
	return v.numbers[at:to]
}

// leastAlike is the least length of a word that another one may be a slip of: short words are like too many.
const leastAlike = 5

// alike gives the terms at the smallest distance from a word.
func (v *vocabulary) alike(word string) []int32 {
	bare := norwegian.FoldBare(word)
	limit, mine := norwegian.Tolerance(word), shapeOf(bare)
	if limit == 0 {
		return nil
	}
	target := []rune(bare)
	var letters [64]rune
	var found []int32
	for i, other := range v.shapes {
		if other.length < leastAlike || !mine.near(other, limit) || !sameStart(bare, v.words[i]) {
			continue
		}
		switch d := norwegian.Distance(target, runes(letters[:0], v.words[i]), limit); {
		case d < limit:
			limit, found = d, []int32{v.numbers[i]}
		case d == limit:
			found = append(found, v.numbers[i])
		}
	}
	return found
}

// sameStart says that two words begin with the same letter, or with the same two swapped: people seldom miss the first one, and words
// that differ in it mean other things.
func sameStart(a, b string) bool {
	if a == "" || b == "" {
		return false
	}
	return a[0] == b[0] || len(a) > 1 && len(b) > 1 && a[0] == b[1] && a[1] == b[0]
}

func runes(out []rune, word string) []rune {
	for _, r := range word {
		out = append(out, r)
	}
	return out
}
