package catalogue

import (
	"cmp"
	"slices"
	"strings"
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
// accents and with ae, oe and aa for æ, ø and å; if nothing is found so, with a, o and a. Of a tool's names in several languages one is
// given, of keywords that differ in no more than this too.
//
// n is how many are given at most: 0 or less means [DefaultSuggestions], more than [MaxSuggestions] means [MaxSuggestions]. Only tools that
// are listed at that time have a say; a zero at means [time.Now]. An empty lang means "nb". A prefix without any letter or digit, or longer
// than [MaxQueryText], gives nothing.
//
// The first call of an index prepares it, which takes longer. Who cannot wait then calls Suggest once before [Live.Swap].
func (x *Index) Suggest(prefix string, lang Lang, n int, at time.Time) []Suggestion {
	if utf8.RuneCountInString(prefix) > MaxQueryText {
		return nil
	}
	typed := norwegian.Words(prefix)
	if len(typed) == 0 {
		return nil
	}
	book := x.phrases.get(func() *phrases { return newPhrases(x.tools) })
	visible := x.visible(Query{At: at})
	if n <= 0 {
		n = DefaultSuggestions
	}
	for _, spelling := range book.spellings {
		found := spelling.find(book, typed, visible)
		if len(found) > 0 {
			return x.suggestions(found, cmp.Or(lang, Bokmaal), min(n, MaxSuggestions))
		}
	}
	return nil
}

// proposal is a phrase that was found.
type proposal struct {
	*phrase
	begins bool // with what was typed
	tools  int  // that have it and can be seen
}

func (x *Index) suggestions(found []proposal, lang Lang, n int) []Suggestion {
	slices.SortFunc(found, func(a, b proposal) int { return a.compare(b, lang) })
	given := map[string]bool{}
	var out []Suggestion
	for _, p := range found {
		key := " " + p.key // a tool's id holds no blank
		s := Suggestion{Text: p.text, Lang: p.lang}
		if p.name {
			s.Tool = x.tools[p.owner()].ID
			key = string(s.Tool)
		}
		if len(out) < n && !given[key] {
			out = append(out, s)
		}
		given[key] = true
	}
	return out
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
