package catalogue

import (
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/internal/norwegian"
)

// scribe reads tools into postings. It numbers the words as they come, and writes all texts down as numbers, since what a word is worth
// depends on how long texts are on the average.
type scribe struct {
	thesaurus *norwegian.Thesaurus
	numbers   map[string]int32
	terms     []string
	about     []about
	phrases   map[string]terms
	asides    map[int32]int32 // of a word, what stands for it within phrases for other matters
	written   []int32
	sections  []section
	spare     []passage
	buffer    []byte
	sentence  []int32 // of each word of the text at hand
	text      []int32 // the text at hand
	found     []int32 // the phrases of the passage at hand
}

// about is what the scribe knows of a term.
type about struct {
	root         string
	stop, phrase bool
	provider     bool // of a provider's name, and of nothing else
	denies       bool // not, or none
	plain        bool // of everyday life, or goes with every matter
	aside        bool // within a phrase for another matter
	whole        mark // whether it is a keyword or a name by itself
	role         role
	from         []norwegian.Phrase // that begin with it and name a matter
	names        []int              // matters, of a phrase
}

// section is a passage that is written down. Its phrases stand after its words.
type section struct {
	tool     int32
	field    field
	from, to uint32
	words    uint32
}

func newScribe(thesaurus *norwegian.Thesaurus, tools int) *scribe {
	return &scribe{thesaurus: thesaurus, numbers: make(map[string]int32, 4096), phrases: map[string]terms{}, asides: map[int32]int32{}, sections: make([]section, 0, 4*tools)}
}

func (b *scribe) read(tool int32, t *Tool) {
	b.spare = passages(b.spare, t)
	for _, p := range b.spare {
		s := section{tool: tool, field: p.field, from: uint32(len(b.written))}
		if p.field == fieldProvider {
			b.provider(p.parts[0])
			p.parts = nil
		}
		for _, part := range p.parts {
			b.take(part, p.field)
			b.expressions()
			b.written = append(b.written, b.text...)
			if p.field == fieldKeyword || p.field == fieldName {
				b.keyphrase(part, p.field)
			}
		}
		s.words = uint32(len(b.written)) - s.from
		b.written = append(b.written, b.found...)
		b.found = b.found[:0]
		s.to = uint32(len(b.written))
		b.sections = append(b.sections, s)
	}
}

// take makes the words of a text the text at hand, without what it says that it is not about.
func (b *scribe) take(text string, f field) {
	b.text, b.sentence = b.text[:0], b.sentence[:0]
	norwegian.EachWord(text, &b.buffer, func(w []byte, sentence int) {
		n, known := b.numbers[string(w)]
		if !known {
			n = b.newWord(string(w))
		}
		b.text, b.sentence = append(b.text, n), append(b.sentence, int32(sentence))
	})
	if f != fieldName && f != fieldKeyword {
		b.omit()
	}
}

func (b *scribe) newWord(word string) int32 {
	a := about{root: norwegian.Root(word), stop: norwegian.StopWord("", word), role: roles[word]}
	a.plain = (norwegian.Generic(a.root) || norwegian.Everyday(a.root)) && !b.thesaurus.Knows(a.root)
	if denial := norwegian.Denial(word); denial != "" {
		a.root, a.denies = denial, true
	}
	for _, p := range b.thesaurus.From(a.root) {
		if p.Same {
			a.from = append(a.from, p)
		}
	}
	return b.number(word, a)
}

func (b *scribe) number(term string, a about) int32 {
	n := int32(len(b.terms))
	b.numbers[term] = n
	b.terms, b.about = append(b.terms, term), append(b.about, a)
	return n
}

// words is how many of the terms are no phrases.
func (b *scribe) words() int {
	n := 0
	for i := range b.about {
		if !b.about[i].phrase {
			n++
		}
	}
	return n
}

// expressions adds the phrases of the thesaurus that the text at hand holds.
func (b *scribe) expressions() {
	for i, n := range b.text {
		for _, p := range b.about[n].from {
			if to := b.holds(i, p.Roots); to > 0 {
				if p.Own {
					b.own(b.text[i:to], p.Matter)
				}
				b.found = append(b.found, b.phrase(p.Text, p.Roots, p.Matter))
			}
		}
	}
}

// holds gives the end of the words from place i on that are the roots one after the other, apart from stop words; 0 if they are not.
func (b *scribe) holds(i int, roots []string) int {
	for ; len(roots) > 0 && i < len(b.text); i++ {
		switch a := &b.about[b.text[i]]; {
		case a.root == roots[0]:
			roots = roots[1:]
		case !a.stop:
			return 0
		}
	}
	if len(roots) > 0 {
		return 0
	}
	return i
}

// own puts in place of the words of a phrase that name other matters the same words that do not: etterlatt ved selvmord is about grief.
func (b *scribe) own(words []int32, matter int) {
	for i, n := range words {
		if names := b.thesaurus.Names(b.about[n].root); len(names) == 0 || slices.Contains(names, matter) || b.about[n].aside {
			continue
		}
		if b.asides[n] == 0 {
			a := b.about[n]
			a.aside = true
			b.asides[n] = int32(len(b.terms))
			b.terms, b.about = append(b.terms, b.terms[n]), append(b.about, a)
		}
		words[i] = b.asides[n]
	}
}

// keyphrase adds a name or a keyword of more than one word as a whole, so that who writes it finds the tool before others that have its words.
func (b *scribe) keyphrase(keyword string, f field) {
	if len(b.text) == 1 {
		b.about[b.text[0]].whole |= wholes[f]
		return
	}
	var roots []string
	for _, n := range b.text {
		if a := &b.about[n]; !a.stop || a.denies {
			roots = append(roots, a.root)
		}
	}
	if len(roots) == 1 { // the words that tell nothing stand for the phrase
		roots = norwegian.Words(keyword)
	}
	if n := len(roots); 0 < n && n <= maxPhrase {
		b.found = append(b.found, b.phrase(strings.ToLower(keyword), roots, -1))
	}
}

// wholes are the marks of a term that is the only one of a field's text.
var wholes = [fieldCount]mark{fieldName: isName, fieldKeyword: isKeyword}

// maxPhrase is how many words that tell something a phrase may have.
const maxPhrase = 6

// phrase gives the number of a phrase. Matter is that which it names, -1 if none is known.
func (b *scribe) phrase(text string, roots []string, matter int) int32 {
	key := strings.Join(roots, " ")
	for _, n := range b.phrases[key] {
		b.name(n, matter)
		return n
	}
	n := b.number(" "+text, about{phrase: true})
	b.terms[n] = text
	b.name(n, matter)
	b.phrases[key] = terms{n}
	return n
}

func (b *scribe) name(term int32, matter int) {
	names := b.about[term].names
	if matter < 0 {
		return
	}
	for _, known := range names {
		if known == matter {
			return
		}
	}
	b.about[term].names = append(names, matter)
}
