package catalogue

import (
	"maps"
	"slices"

	"github.com/verktoykatalog/verktoy/internal/norwegian"
)

// field is a part of a tool that words are found in, in the order in which matches are reported.
type field int

const (
	fieldName field = iota
	fieldKeyword
	fieldUnit
	fieldSummary
	fieldDescription
	fieldCount
)

// fields says what each field weighs, and how much (0 to 1) the length of a text takes away from a word in it. A long list of keywords
// is no fault; a word in a long description says less than one in a short.
var fields = [fieldCount]struct {
	name           string
	weight, length float64
}{
	fieldName:        {"name", 4, 0.5},
	fieldKeyword:     {"keyword", 3, 0.3},
	fieldUnit:        {"unit", 2, 0.75},
	fieldSummary:     {"summary", 2, 0.75},
	fieldDescription: {"description", 1, 0.75},
}

// lexicon knows where every word of every tool stands.
type lexicon struct {
	terms    []string            // in alphabetical order
	postings [][]posting         // of each term, by tool and text
	keys     [2]map[string][]int // for each tier of spelling: from key to terms
	parts    map[string][]int    // from the key of a part to the compounds that have it
}

// posting says how much a term stands for in one text of one tool.
type posting struct {
	tool, text int
	field      field
	frequency  float64
}

// passage is a text of a tool in one language.
type passage struct {
	tool, text int
	field      field
	words      []string
}

func newLexicon(tools []Tool) lexicon {
	var all []passage
	for i := range tools {
		all = append(all, passages(i, &tools[i])...)
	}
	found := map[string][]posting{}
	mean := meanLengths(all)
	for _, p := range all {
		for term, n := range count(p.words) {
			found[term] = append(found[term], p.posting(n, mean[p.field]))
		}
	}
	return newTerms(found)
}

// posting is a term that stands n times in the passage. The count is reduced by the passage's length against the mean length of its
// field, as BM25F does before the fields are summed up.
func (p passage) posting(n int, mean float64) posting {
	length := fields[p.field].length
	frequency := float64(n) / (1 - length + length*float64(len(p.words))/mean)
	return posting{tool: p.tool, text: p.text, field: p.field, frequency: frequency}
}

func newTerms(found map[string][]posting) lexicon {
	l := lexicon{terms: slices.Sorted(maps.Keys(found)), parts: map[string][]int{}}
	for tier := range l.keys {
		l.keys[tier] = map[string][]int{}
	}
	for i, term := range l.terms {
		l.postings = append(l.postings, found[term])
		for tier, keys := range l.keys {
			for _, key := range norwegian.Keys(term, norwegian.Tier(tier)) {
				keys[key] = append(keys[key], i)
			}
		}
	}
	l.split()
	return l
}

// split parts the compounds among the terms on the terms themselves: the catalogue's own vocabulary.
func (l *lexicon) split() {
	for i, term := range l.terms {
		first, second, ok := norwegian.Split(norwegian.Fold(term), l.knows)
		if !ok {
			continue
		}
		for _, part := range []string{first, second} {
			for _, key := range norwegian.Keys(part, norwegian.TierWide) {
				l.parts[key] = append(l.parts[key], i)
			}
		}
	}
}

func count(words []string) map[string]int {
	n := make(map[string]int, len(words))
	for _, w := range words {
		n[w]++
	}
	return n
}

func meanLengths(all []passage) [fieldCount]float64 {
	var words, texts, mean [fieldCount]float64
	for _, p := range all {
		words[p.field] += float64(len(p.words))
		texts[p.field]++
	}
	for f := range mean {
		mean[f] = max(1, words[f]/max(1, texts[f]))
	}
	return mean
}

// passages cuts a tool into its texts. Exclusions are left out: who looks for psychosis does not look for what excludes it.
func passages(tool int, t *Tool) []passage {
	var out []passage
	add := func(f field, parts map[Lang][]string) {
		for _, lang := range slices.Sorted(maps.Keys(parts)) {
			var words []string
			for _, part := range parts[lang] {
				words = append(words, norwegian.Words(part)...)
			}
			out = append(out, passage{tool: tool, text: len(out), field: f, words: words})
		}
	}
	add(fieldName, byLang(t.Name))
	add(fieldKeyword, t.Keywords)
	add(fieldUnit, unitTexts(t.Units))
	add(fieldSummary, byLang(t.Summary))
	add(fieldDescription, byLang(t.Description))
	return out
}

func unitTexts(units []Unit) map[Lang][]string {
	var texts []Text
	for _, u := range units {
		texts = append(texts, u.Title, u.PatientText)
		texts = append(texts, u.Indications...)
	}
	return byLang(texts...)
}

func byLang(texts ...Text) map[Lang][]string {
	out := map[Lang][]string{}
	for _, t := range texts {
		for lang, s := range t {
			out[lang] = append(out[lang], s)
		}
	}
	return out
}
