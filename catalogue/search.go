package catalogue

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/internal/norwegian"
)

// Search finds tools. Words are found in all languages and all texts of a tool but its exclusions and its acute notice, in any
// inflection that the stemmer knows, and with æ, ø and å written as ae, oe and aa; a word that is not found so is looked for with bare
// a, o and a. Tools that have more of the query's words come first, then those that score higher, then those named in the reader's
// language, then by name and id. Words that only hold a sentence together ("jeg", "og") count only if the query has no others. An
// impossible query gives an error that wraps [ErrQuery].
func (x *Index) Search(q Query) (Result, error) {
	if err := q.Check(); err != nil {
		return Result{}, err
	}
	visible := x.visible(q)
	found, unknown := x.candidates(q, visible)
	hits, facets := x.filter(q, found)
	r := x.result(q, hits)
	r.Facets = facets
	r.DidYouMean = x.didYouMean(q.Text, unknown, visible)
	return r, nil
}

// candidates are the tools that the query's words find, or all when it has none.
func (x *Index) candidates(q Query, visible []bool) (found []*candidate, unknown []string) {
	if strings.TrimSpace(q.Text) == "" {
		return x.browse(q.Lang, visible), nil
	}
	return x.find(queryWords(q), visible)
}

// candidate is a tool on its way to being a hit.
type candidate struct {
	tool    int
	matched int
	score   float64
	why     []Match
}

// browse gives all tools that can be seen, by name.
func (x *Index) browse(lang Lang, visible []bool) []*candidate {
	all := make([]candidate, len(visible))
	out := make([]*candidate, 0, len(visible))
	for i, tool := range x.ranks.of(lang).order {
		if visible[tool] {
			all[i].tool = int(tool)
			out = append(out, &all[i])
		}
	}
	return out
}

// maxWords is how many words of a query decide, maxGuesses for how many a better one is looked for. A longer text is not refused: it is
// somebody's note, and its beginning tells what it is about. What is longer than maxLetters bytes is no word that anybody looks for.
const (
	maxWords   = 32
	maxGuesses = 8
	maxLetters = 128
)

// queryWords gives the words that decide: each once, without stop words unless there are no others.
func queryWords(q Query) []string {
	lang := string(cmp.Or(q.Lang, Bokmaal))
	var words, telling []string
	for _, w := range norwegian.Words(q.Text) {
		if len(w) > maxLetters || slices.Contains(words, w) {
			continue
		}
		words = append(words, w)
		if !norwegian.StopWord(lang, w) {
			telling = append(telling, w)
		}
	}
	if len(telling) == 0 {
		telling = words
	}
	return telling[:min(len(telling), maxWords)]
}

// find collects the tools that have one of the words, and the words that no visible tool has.
func (x *Index) find(words []string, visible []bool) (found []*candidate, unknown []string) {
	by := map[int]*candidate{}
	for _, word := range words {
		readings := x.words.lookup(word, visible)
		if len(readings) == 0 {
			unknown = append(unknown, word)
		}
		for _, s := range x.score(readings, visible) {
			if by[s.tool] == nil {
				by[s.tool] = &candidate{tool: s.tool}
			}
			by[s.tool].add(word, s, x.words.terms)
		}
	}
	return slices.Collect(maps.Values(by)), unknown
}

func (c *candidate) add(word string, s score, terms []string) {
	c.matched++
	c.score += s.value
	for f, r := range s.fields {
		if r != nil {
			c.why = append(c.why, Match{Field: fields[f].name, Word: word, Term: terms[r.term], How: ways[r.how].name})
		}
	}
}

// result orders the candidates and copies the page that was asked for.
func (x *Index) result(q Query, found []*candidate) Result {
	slices.SortFunc(found, x.ordering(q))
	from, to := q.page(len(found))
	r := Result{Total: len(found)}
	for _, c := range found[from:to] {
		r.Hits = append(r.Hits, Hit{Tool: x.tools[c.tool].clone(), Score: c.score, Why: c.why})
	}
	return r
}

func (x *Index) order(a, b *candidate, lang Lang, place []int32) int {
	return cmp.Or(
		b.matched-a.matched,
		cmp.Compare(b.score, a.score),
		x.foreign(a, lang)-x.foreign(b, lang),
		int(place[a.tool]-place[b.tool]),
	)
}

// foreign is 1 for a hit without a name in the reader's language. It does not part tools when browsing, which goes by name alone.
func (x *Index) foreign(c *candidate, lang Lang) int {
	if c.matched == 0 || x.tools[c.tool].Name[lang] != "" {
		return 0
	}
	return 1
}

// didYouMean writes the query again with a suggestion for each unknown word, or "" if there is none for any.
func (x *Index) didYouMean(text string, unknown []string, visible []bool) string {
	better := map[string]string{}
	for _, word := range unknown[:min(len(unknown), maxGuesses)] {
		if s := x.words.suggest(word, visible); s != "" {
			better[word] = s
		}
	}
	if len(better) == 0 {
		return ""
	}
	words := norwegian.Words(text)
	for i, w := range words {
		words[i] = cmp.Or(better[w], w)
	}
	return strings.Join(words, " ")
}
