package catalogue

import (
	"cmp"
	"time"
	"unicode/utf8"

	"github.com/verktoykatalog/verktoy/internal/norwegian"
)

// The number of suggestions that [Index.Suggest] gives.
const (
	DefaultSuggestions = 10
	MaxSuggestions     = 50
)

// Suggestion is what a person may have begun to type.
type Suggestion struct {
	// Text is a name or a keyword, as it is written in the catalogue, and Lang its language.
	Text string `json:"text"`
	Lang Lang   `json:"lang"`
	// Tool is the tool of that name. It is empty for a keyword, which several tools may have.
	Tool ToolID `json:"tool,omitempty"`
}

// Suggest gives names and keywords in which every word of prefix begins a word, for completing what a person types: those that begin with
// prefix first, then those in lang, then names, then keywords of more tools, then by the alphabet. Words are compared without case and
// accents and with ae, oe and aa for æ, ø and å; what is found with a, o and a comes after that. Of a tool's names in several languages
// one is given, of keywords that differ in no more than case and accents too.
//
// n is how many are given at most: 0 or less means [DefaultSuggestions], more than [MaxSuggestions] means [MaxSuggestions]. Only tools that
// are listed at that time have a say; a zero at means [time.Now]. An empty lang means "nb". A prefix without any letter or digit, or longer
// than [MaxQueryText], gives nothing.
//
// The first call of an index prepares it, which takes longer; [Index.Prepare] does so before.
func (x *Index) Suggest(prefix string, lang Lang, n int, at time.Time) []Suggestion {
	if utf8.RuneCountInString(prefix) > MaxQueryText {
		return nil
	}
	words := lettered(prefix)
	if len(words) == 0 {
		return nil
	}
	book := x.book()
	if n <= 0 {
		n = DefaultSuggestions
	}
	r := &offer{x: x, lang: cmp.Or(lang, Bokmaal), visible: x.visible(Query{At: at}).tools, most: min(n, MaxSuggestions), given: map[string]bool{}}
	for i := range book.spellings {
		if len(r.out) < r.most {
			r.add(book, book.spellings[i].find(book, words, r.lang))
		}
	}
	return r.out
}

// readers are the languages that a reader of one takes for it: it, and those that it is a variant of.
func (l Lang) readers() []Lang {
	var out []Lang
	for ; l != ""; l = l.parent() {
		out = append(out, l)
	}
	return out
}

// offer is what Suggest gives, as it grows.
type offer struct {
	x       *Index
	lang    Lang
	visible set
	most    int
	given   map[string]bool
	out     []Suggestion
}

// add takes the best of what was found until there are enough. A tool's name, and a keyword however it is written, is given once.
func (o *offer) add(book *phrases, found proposals) {
	for best := range found.rising(book, o.visible) {
		if len(o.out) == o.most {
			return
		}
		o.give(best)
	}
}

func (o *offer) give(p *phrase) {
	s := Suggestion{Text: p.text, Lang: p.lang}
	key := " " + norwegian.SortKey(p.text) // an id holds no blank
	if p.name {
		s.Tool = o.x.tools[p.owner()].ID
		key = string(s.Tool)
	}
	if !o.given[key] {
		o.out = append(o.out, s)
	}
	o.given[key] = true
}

func first(a, b bool) int {
	switch {
	case a && !b:
		return -1
	case b && !a:
		return 1
	}
	return 0
}

func (x *Index) book() *phrases {
	return x.phrases.get(func() *phrases { return newPhrases(x.tools) })
}
