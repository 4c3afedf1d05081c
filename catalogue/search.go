package catalogue

import (
	"cmp"
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/internal/norwegian"
)

// Search finds tools. Words are found in all languages and all texts of a tool but its exclusions and its acute notice, and in what its
// kind is called, in any inflection that the stemmer knows, in bokmål or nynorsk, as part of a compound, in other expressions for the
// same matter (see [Options]), and with æ, ø and å written as ae, oe and aa; a word that is not found so is looked for with bare a, o
// and a, then, if it is a compound, by its parts, then, if it is the last one, as the beginning of a word, then as a slip of one that is
// spelled nearly the same, and at last, if it is a compound of which no more than a health matter is known, by that one. A compound may
// be written as two words. The vendor's name is found by its own words, letter for letter. What a text says that a tool is not for does not count. Words that only hold a sentence together ("jeg",
// "og") in the language of the query count only if the query has no others.
//
// Beside its words a query as a whole tells what it is about: each matter has texts that people wrote about it, and a sentence finds what is for
// the matters with whose texts it has most in common ("søsteren min går tilbake og kjenner på ovnen"); such a hit says [HowLikely]. That is a
// guess, and a few words are taken for a matter only if it is nearly sure. It also tells the sense of words: in "smertelindring epidural" pain that lasts
// is not meant. What a tool is called, its name and its keywords, finds it whatever the guess is. An ailment that no tool is for finds what tells
// whether to see a doctor, if the catalogue has such a tool.
//
// A tool is a hit only if it has enough of what the query tells. Words that go with every matter ("kjøpe", "dag", "hjelp") tell little, and
// a word that nobody knows tells as much as a health matter. Of a few words a hit must have nearly half, and words in a
// description are worth less than those in a keyword; where a matter is named, or the query is a sentence, one matter is enough. A query
// that names a thing of everyday life ("sikringsskap") and no more matters than such things finds nothing, and what it says is not there
// ("ikke gravid", "stammer ikke, men glemmer ord") is not looked for, unless it is what one cannot do ("får ikke sove"). Where it names a matter that no tool is for ("mobba på skulen"), only another matter that it names finds
// something. Which words are of which sort is an assumption of this module's lists and of the catalogue's keywords.
//
// Where a query tells of suicide, what is for that comes first. Otherwise tools that have more of the query's words come first (of a sentence,
// no more counts than the score), then those that score higher, then those named in the reader's language, then by name and id. Tools for the
// people of whom a query speaks ("datteren min") score higher, those that are only for people beside them lower. Where it tells an age
// ("tiåringen", "hos eldre") tools for other ages are left out if there are others that answer it nearly as well, and tools from 18 years on for a
// child under 13 even if not, unless the query has a filter for ages; "8 år gammel" finds nothing by its words. Where it says that it is not about
// the writer ("ikke jeg"), tools for those of whom it speaks take the place of others. An impossible query gives an error that wraps [ErrQuery].
func (x *Index) Search(q Query) (Result, error) {
	if err := q.Check(); err != nil {
		return Result{}, err
	}
	visible, sieve := x.visible(q), x.sieve(&q)
	s := x.sheet()
	defer x.scratch.Put(s)
	found, a := x.candidates(sieve, visible, s)
	hits, facets := sieve.filter(found)
	r := x.result(q, hits, a)
	r.Facets = facets
	if a != nil {
		r.DidYouMean = x.didYouMean(q.Text, a.unknown, visible.tools)
	}
	return r, nil
}

// candidates are the tools that the query's words find, or all when it has none; then asked is nil. They are written on the sheet.
func (x *Index) candidates(sieve *sieve, visible *visibility, s *sheet) ([]candidate, *asked) {
	if strings.TrimSpace(sieve.q.Text) == "" {
		return x.browse(sieve, visible, s), nil
	}
	return x.find(sieve, visible, s)
}

// candidate is a tool on its way to being a hit.
type candidate struct {
	tool, matched int32
	score         float32
}

// browse gives all tools that can be seen.
func (x *Index) browse(sieve *sieve, visible *visibility, s *sheet) []candidate {
	out := s.candidates[:0]
	for tool := range sieve.likely(visible.tools).each {
		if sieve.collects(tool) {
			out = append(out, candidate{tool: tool})
		}
	}
	s.candidates = out
	return out
}

// maxWords is how many words of a query decide, as many as an [askedPart] has bits for, maxGuesses for how many a better one is looked
// for. A longer text is not refused: it is somebody's note, and its beginning tells what it is about. What is longer than maxLetters
// bytes is no word that anybody looks for.
const (
	maxWords   = 32
	maxGuesses = 8
	maxLetters = 128
)

// queryWords gives the language of a query, and the words that decide: each once, without stop words unless there are no others.
func queryWords(q Query) (lang string, telling []string) {
	all := lettered(q.Text)
	lang = norwegian.Language(string(cmp.Or(q.Lang, Bokmaal)), all)
	var words []string
	for _, w := range all {
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
	return lang, telling[:min(len(telling), maxWords)]
}

// lettered gives the words of a text without those that are marks alone, which begin every word once their marks are taken off.
func lettered(text string) []string {
	return slices.DeleteFunc(norwegian.Words(text), func(w string) bool { return norwegian.FoldBare(w) == "" })
}

// find collects the tools that have one of the words.
func (x *Index) find(sieve *sieve, visible *visibility, s *sheet) ([]candidate, *asked) {
	lang, words := queryWords(*sieve.q)
	if len(x.tools) == 0 || len(words) == 0 {
		return nil, nil
	}
	a := x.words.ask(sieve.q.Text, lang, words, visible.tools)
	wanted := sieve.likely(visible.tools)
	for i := range a.parts {
		s.add(&x.words, &a.parts[i], visible, wanted)
	}
	found := sieve.collect(s.collect(a))
	if a.alone {
		x.prefer(found, norwegian.ForWhom(words[0]))
	} else {
		people := norwegian.People(a.all)
		x.prefer(found, people)
		if years, told := norwegian.Age(a.all); told && sieve.q.Age == nil {
			found = x.notGrownUp(found, years, people)
			sieve.other = x.ofOtherAges(found, years, people)
		}
		if norwegian.NotMe(norwegian.Words(sieve.q.Text)) {
			sieve.other = sieve.other.or(x.ofOthers(found, people))
		}
	}
	return found, a
}

// meant is what the score of a tool is multiplied by that is for the people of whom a query speaks.
const meant = 1.3

// unmeant is what it is multiplied by if the tool is only for people beside those of whom it speaks, such as the parents of others.
const unmeant = 0.5

// prefer raises the tools that are for one of these audiences, and lowers those that are only for parents, relatives and the like of others.
func (x *Index) prefer(found []candidate, audiences []string) {
	if len(audiences) == 0 {
		return
	}
	for i := range found {
		switch t := &x.tools[found[i].tool]; {
		case t.isFor(audiences):
			found[i].score *= meant
		case t.standsBy():
			found[i].score *= unmeant
		}
	}
}

// result orders the candidates and gives the page that was asked for.
func (x *Index) result(q Query, found []candidate, a *asked) Result {
	from, to := q.page(len(found))
	relevant := a != nil && (q.Sort == "" || q.Sort == SortRelevance)
	top(found, to, relevant, x.ordering(q, a == nil))
	r := Result{Total: len(found)}
	if from == to {
		return r
	}
	r.Hits = make([]Hit, to-from)
	var why []Match // those of all hits, one after the other
	if a != nil {
		why = make([]Match, 0, len(r.Hits)*len(a.parts))
	}
	for i, c := range found[from:to] {
		t, begin := &x.tools[c.tool], len(why)
		why = a.why(why, &x.words, c.tool)
		r.Hits[i] = Hit{ID: t.ID, tool: t, Score: float64(c.score), Why: slices.Clip(why[begin:])}
	}
	return r
}

// didYouMean writes the query again with a suggestion for each unknown word, or "" if there is none for any.
func (x *Index) didYouMean(text string, unknown []string, visible set) string {
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
