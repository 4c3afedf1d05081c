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
	if err := q.check(); err != nil {
		return Result{}, err
	}
	visible := x.visible(q)
	if strings.TrimSpace(q.Text) == "" {
		return x.result(q, x.browse(q, visible)), nil
	}
	words := queryWords(q)
	found, unknown := x.find(words, visible)
	hits := slices.DeleteFunc(found, func(c *candidate) bool { return !q.keeps(&x.tools[c.tool]) })
	r := x.result(q, hits)
	r.DidYouMean = x.didYouMean(q.Text, unknown, visible)
	return r, nil
}

// candidate is a tool on its way to being a hit.
type candidate struct {
	tool    int
	matched int
	score   float64
	why     []Match
}

// visible says for each tool whether its status lets the query see it. What cannot be seen has no influence on the result.
func (x *Index) visible(q Query) []bool {
	out := make([]bool, len(x.tools))
	for i, t := range x.tools {
		out[i] = q.sees(t.Status)
	}
	return out
}

func (x *Index) browse(q Query, visible []bool) []*candidate {
	var out []*candidate
	for i := range x.tools {
		if visible[i] && q.keeps(&x.tools[i]) {
			out = append(out, &candidate{tool: i})
		}
	}
	return out
}

// queryWords gives the words that decide: each once, without stop words unless there are no others.
func queryWords(q Query) []string {
	lang := string(cmp.Or(q.Lang, Bokmaal))
	var words, telling []string
	for _, w := range norwegian.Words(q.Text) {
		if slices.Contains(words, w) {
			continue
		}
		words = append(words, w)
		if !norwegian.StopWord(lang, w) {
			telling = append(telling, w)
		}
	}
	if len(telling) == 0 {
		return words
	}
	return telling
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
	lang := cmp.Or(q.Lang, Bokmaal)
	slices.SortFunc(found, func(a, b *candidate) int { return x.order(a, b, lang) })
	from, to := q.page(len(found))
	r := Result{Total: len(found)}
	for _, c := range found[from:to] {
		r.Hits = append(r.Hits, Hit{Tool: x.tools[c.tool].clone(), Score: c.score, Why: c.why})
	}
	return r
}

func (x *Index) order(a, b *candidate, lang Lang) int {
	return cmp.Or(
		b.matched-a.matched,
		cmp.Compare(b.score, a.score),
		x.foreign(a, lang)-x.foreign(b, lang),
		strings.Compare(x.names[a.tool].In(lang), x.names[b.tool].In(lang)),
		a.tool-b.tool,
	)
}

// foreign is 1 for a hit without a name in the reader's language. It does not part tools when browsing, which goes by name alone.
func (x *Index) foreign(c *candidate, lang Lang) int {
	if c.matched == 0 || x.tools[c.tool].Name[lang] != "" {
		return 0
	}
	return 1
}

func sortKeys(name Text) Text {
	keys := make(Text, len(name))
	for lang, s := range name {
		keys[lang] = norwegian.SortKey(s)
	}
	return keys
}

// didYouMean writes the query again with a suggestion for each unknown word, or "" if there is none for any.
func (x *Index) didYouMean(text string, unknown []string, visible []bool) string {
	better := map[string]string{}
	for _, word := range unknown {
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
