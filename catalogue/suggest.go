package catalogue

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
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
	typed := lettered(prefix)
	if len(typed) == 0 {
		return nil
	}
	book, visible := x.book(), x.visible(Query{At: at}).tools
	if n <= 0 {
		n = DefaultSuggestions
	}
	r := &offer{x: x, lang: cmp.Or(lang, Bokmaal), most: min(n, MaxSuggestions), given: map[string]bool{}}
	for _, spelling := range book.spellings {
		if len(r.out) < r.most {
			r.add(spelling.find(book, typed, visible))
		}
	}
	return r.out
}

// proposal is a phrase that was found.
type proposal struct {
	*phrase
	begins bool // with what was typed
	tools  int  // that have it and can be seen
}

// offer is what Suggest gives, as it grows.
type offer struct {
	x     *Index
	lang  Lang
	most  int
	given map[string]bool
	out   []Suggestion
}

// add takes the best of what was found until there are enough. A tool's name, and a keyword however it is written, is given once.
func (o *offer) add(found []proposal) {
	slices.SortFunc(found, func(a, b proposal) int { return a.compare(b, o.lang) })
	for _, p := range found {
		if len(o.out) == o.most {
			return
		}
		s := Suggestion{Text: p.text, Lang: p.lang}
		key := " " + p.key // an id holds no blank
		if p.name {
			s.Tool = o.x.tools[p.owner()].ID
			key = string(s.Tool)
		}
		if !o.given[key] {
			o.out = append(o.out, s)
		}
		o.given[key] = true
	}
}

func (a proposal) compare(b proposal, lang Lang) int {
	return cmp.Or(
		first(a.begins, b.begins),
		first(a.in(lang), b.in(lang)),
		first(a.name, b.name),
		b.tools-a.tools,
		strings.Compare(a.key, b.key),
		strings.Compare(a.text, b.text),
		strings.Compare(string(a.lang), string(b.lang)),
		a.owner()-b.owner(),
	)
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

// in says that the phrase is in the language, or in the one that it is a variant of.
func (p *phrase) in(lang Lang) bool {
	for ; lang != ""; lang = lang.parent() {
		if p.lang == lang {
			return true
		}
	}
	return false
}

func (x *Index) book() *phrases {
	return x.phrases.get(func() *phrases { return newPhrases(x.tools) })
}
