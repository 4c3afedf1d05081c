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
	all       []phrase    // by the alphabet
	spellings [2]spelling // æ, ø, å as ae, oe, aa, and as a, o, a
}

// phrase is a name, or a keyword of one or more tools.
type phrase struct {
	text string
	lang Lang
	of   []int32 // the tools, each once, in their order; one for a name
	name bool
}

// owner is the first of the phrase's tools.
func (p *phrase) owner() int { return int(p.of[0]) }

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

func newPhrases(tools []Tool) *phrases {
	b := &phrases{all: inOrder(allPhrases(tools))}
	for i, fold := range []func(string) string{norwegian.Fold, norwegian.FoldBare} {
		b.spellings[i] = newSpelling(b.all, fold)
	}
	return b
}

// inOrder gives phrases by the alphabet: their places are then compared in place of their texts.
func inOrder(all []phrase) []phrase {
	keys, order := make([]string, len(all)), make([]int32, len(all))
	for i := range all {
		keys[i], order[i] = norwegian.SortKey(all[i].text), int32(i)
	}
	slices.SortFunc(order, func(i, j int32) int {
		x, y := &all[i], &all[j]
		return cmp.Or(strings.Compare(keys[i], keys[j]), strings.Compare(x.text, y.text), strings.Compare(string(x.lang), string(y.lang)), x.owner()-y.owner())
	})
	out := make([]phrase, len(all))
	for place, i := range order {
		out[place] = all[i]
	}
	return out
}

// allPhrases puts a keyword that several tools share together.
func allPhrases(tools []Tool) []phrase {
	var out []phrase
	keywords := map[[2]string]int{}
	for i := range tools {
		t := &tools[i]
		for _, lang := range slices.Sorted(maps.Keys(t.Name)) {
			out = append(out, phrase{text: t.Name[lang], lang: lang, name: true, of: []int32{int32(i)}})
		}
		for _, lang := range slices.Sorted(maps.Keys(t.Keywords)) {
			for _, word := range t.Keywords[lang] {
				at, known := keywords[[2]string{word, string(lang)}]
				if !known {
					at = len(out)
					keywords[[2]string{word, string(lang)}] = at
					out = append(out, phrase{text: word, lang: lang})
				}
				if p := &out[at]; len(p.of) == 0 || p.of[len(p.of)-1] != int32(i) {
					p.of = append(p.of, int32(i))
				}
			}
		}
	}
	return out
}
