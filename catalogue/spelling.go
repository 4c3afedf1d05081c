package catalogue

import (
	"slices"
	"sort"
	"strings"

	"github.com/verktoykatalog/verktoy/internal/norwegian"
)

// spelling finds phrases by the words in them, written in one way. The values of its column are the words, and what has them the phrases.
type spelling struct {
	column
	fold func(string) string
}

func newSpelling(all []phrase, fold func(string) string) spelling {
	return spelling{newColumn(len(all), func(i int) []string { return foldEach(norwegian.Words(all[i].text), fold) }), fold}
}

func foldEach(words []string, fold func(string) string) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = fold(w)
	}
	return out
}

// typed is a word that a person has typed, or has begun to: the words from one up to another that begin so, and whether the first is it.
type typed struct {
	from, to uint32
	whole    bool
}

func (t typed) begins(word uint32) bool { return t.from <= word && word < t.to }

// typed reads what was typed.
func (s *spelling) typed(words []string) []typed {
	out := make([]typed, len(words))
	for i, w := range foldEach(words, s.fold) {
		from, whole := slices.BinarySearch(s.values, w)
		more := sort.Search(len(s.values)-from, func(i int) bool { return !strings.HasPrefix(s.values[from+i], w) })
		out[i] = typed{uint32(from), uint32(from + more), whole}
	}
	return out
}

// maxPhrases bounds how many phrases are looked at for one prefix. A single letter may begin more in a large catalogue; then not all of
// them are offered, but always the same.
const maxPhrases = 20_000

// beginning gives the phrases with a word that was typed, those of a word after those of the one before it. One may come twice.
func (s *spelling) beginning(t typed) []int32 { return s.tools[s.begin[t.from]:s.begin[t.to]] }

// find gives the phrases that complete what was typed, for a reader of the language. One may come twice.
func (s *spelling) find(b *phrases, words []string, lang Lang) proposals {
	all := s.typed(words)
	found := s.beginning(slices.MinFunc(all, func(x, y typed) int { return len(s.beginning(x)) - len(s.beginning(y)) }))
	found = found[:min(len(found), maxPhrases)]
	out, readers := make(proposals, 0, len(found)), lang.readers()
	for _, i := range found {
		if text := s.of(i); complete(text, all) {
			out = append(out, b.propose(i, begins(text, all), slices.Contains(readers, b.all[i].lang)))
		}
	}
	return out
}

// complete says that a text has a word that begins with each of those typed.
func complete(text []uint32, all []typed) bool {
	for _, t := range all {
		if len(all) > 1 && !slices.ContainsFunc(text, t.begins) {
			return false
		}
	}
	return true
}

// begins says that a text begins with what was typed, of which the last word may be one begun.
func begins(text []uint32, all []typed) bool {
	last := len(all) - 1
	for i, t := range all[:min(last, len(text))] {
		if !t.whole || text[i] != t.from {
			return false
		}
	}
	return last < len(text) && all[last].begins(text[last])
}
