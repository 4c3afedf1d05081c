package catalogue

import (
	"cmp"
	"slices"
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
			r.add(book, spelling.find(book, typed, r.lang, visible))
		}
	}
	return r.out
}

// proposal is a phrase that was found, as a number that is less the better it is: whether it begins with what was typed, is in the reader's
// language, and is a name, how many of its tools can be seen, and its rank by the alphabet.
type proposal uint64

const toolsBits = 29

func (p *phrase) propose(begins, understood bool, tools int) proposal {
	out := uint64(1<<toolsBits-1-tools)<<32 | uint64(p.rank)
	for bit, good := range [...]bool{p.name, understood, begins} {
		if !good {
			out |= 1 << (32 + toolsBits + bit)
		}
	}
	return proposal(out)
}

// of gives the phrase that is proposed.
func (b *phrases) of(p proposal) *phrase { return &b.all[b.ranked[uint32(p)]] }

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
	x     *Index
	lang  Lang
	most  int
	given map[string]bool
	out   []Suggestion
}

// add takes the best of what was found until there are enough. A tool's name, and a keyword however it is written, is given once.
func (o *offer) add(book *phrases, found []proposal) {
	slices.Sort(found)
	for _, f := range found {
		if len(o.out) == o.most {
			return
		}
		p := book.of(f)
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
