package catalogue

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/internal/norwegian"
)

// phrases are the names and keywords of all tools, to be found by the beginnings of their words.
type phrases struct {
	all       []phrase
	ranked    []int32     // the phrases by the alphabet
	spellings [2]spelling // æ, ø, å as ae, oe, aa, and as a, o, a
}

// phrase is a name, or a keyword of one or more tools.
type phrase struct {
	text string
	key  string // sort key
	lang Lang
	name bool
	of   []int32 // the tools, each once, in their order; one for a name
	rank int32   // the place in ranked
}

// owner is the first of the phrase's tools.
func (p *phrase) owner() int { return int(p.of[0]) }

// spelling finds phrases by the words in them, written in one way.
type spelling struct {
	fold    func(string) string
	texts   []string // of each phrase the words, with a blank before each
	entries []entry  // by word, then phrase
}

type entry struct {
	word   string
	phrase int32
}

func newPhrases(tools []Tool) *phrases {
	b := &phrases{all: allPhrases(tools)}
	b.order()
	for i, fold := range []func(string) string{norwegian.Fold, norwegian.FoldBare} {
		b.spellings[i] = newSpelling(b.all, fold)
	}
	return b
}

// order ranks the phrases, so that suggestions are compared as numbers: one letter begins thousands of them.
func (b *phrases) order() {
	b.ranked = make([]int32, len(b.all))
	for i := range b.all {
		b.ranked[i] = int32(i)
	}
	slices.SortFunc(b.ranked, func(i, j int32) int {
		x, y := &b.all[i], &b.all[j]
		return cmp.Or(strings.Compare(x.key, y.key), strings.Compare(x.text, y.text), strings.Compare(string(x.lang), string(y.lang)), x.owner()-y.owner())
	})
	for place, i := range b.ranked {
		b.all[i].rank = int32(place)
	}
}

func newSpelling(all []phrase, fold func(string) string) spelling {
	s := spelling{fold: fold}
	for i := range all {
		text := ""
		for _, w := range norwegian.Words(all[i].text) {
			w = fold(w)
			text += " " + w
			s.entries = append(s.entries, entry{w, int32(i)})
		}
		s.texts = append(s.texts, text)
	}
	compare := func(a, b entry) int { return cmp.Or(strings.Compare(a.word, b.word), int(a.phrase-b.phrase)) }
	slices.SortFunc(s.entries, compare)
	s.entries = slices.Compact(s.entries)
	return s
}

// allPhrases puts a keyword that several tools share together.
func allPhrases(tools []Tool) []phrase {
	var out []phrase
	keywords := map[[2]string]int{}
	for i := range tools {
		t := &tools[i]
		for _, lang := range slices.Sorted(maps.Keys(t.Name)) {
			out = append(out, phrase{text: t.Name[lang], key: norwegian.SortKey(t.Name[lang]), lang: lang, name: true, of: []int32{int32(i)}})
		}
		for _, lang := range slices.Sorted(maps.Keys(t.Keywords)) {
			for _, word := range t.Keywords[lang] {
				at, known := keywords[[2]string{word, string(lang)}]
				if !known {
					at = len(out)
					keywords[[2]string{word, string(lang)}] = at
					out = append(out, phrase{text: word, key: norwegian.SortKey(word), lang: lang})
				}
				if p := &out[at]; len(p.of) == 0 || p.of[len(p.of)-1] != int32(i) {
					p.of = append(p.of, int32(i))
				}
			}
		}
	}
	return out
}

// maxEntries bounds how many words are looked at for one prefix. A single letter may begin more in a large catalogue; then not all of
// them are offered, but always the same.
const maxEntries = 20_000

// find gives the phrases that complete what was typed and that a visible tool has, each once, for a reader of the language.
func (s *spelling) find(b *phrases, typed []string, lang Lang, visible set) []proposal {
	folded := make([]string, len(typed))
	for i, t := range typed {
		folded[i] = s.fold(t)
	}
	begin := " " + strings.Join(folded, " ")
	longest := slices.MaxFunc(folded, func(a, b string) int { return len(a) - len(b) })
	from, _ := slices.BinarySearchFunc(s.entries, longest, func(e entry, w string) int { return strings.Compare(e.word, w) })
	seen, readers := newSet(len(b.all)), lang.readers()
	var out []proposal
	for _, e := range s.entries[from:min(from+maxEntries, len(s.entries))] {
		if !strings.HasPrefix(e.word, longest) {
			break
		}
		if seen.has(e.phrase) {
			continue
		}
		seen.add(e.phrase)
		p, text := &b.all[e.phrase], s.texts[e.phrase]
		if len(folded) > 1 && !complete(text, folded) {
			continue
		}
		if tools := p.visible(visible); tools > 0 {
			out = append(out, p.propose(strings.HasPrefix(text, begin), slices.Contains(readers, p.lang), tools))
		}
	}
	return out
}

// visible is how many of the phrase's tools can be seen.
func (p *phrase) visible(visible set) int {
	n := 0
	for _, tool := range p.of {
		if visible.has(tool) {
			n++
		}
	}
	return n
}

// complete says that a text has a word that begins with each of those typed.
func complete(text string, typed []string) bool {
	for _, t := range typed {
		if !strings.Contains(text, " "+t) {
			return false
		}
	}
	return true
}
