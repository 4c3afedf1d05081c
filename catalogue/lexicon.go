package catalogue

import (
	"slices"

	"github.com/verktoykatalog/verktoy/internal/norwegian"
)

// lexicon knows where every word of every tool stands. A term is a word as it is written in a tool, or a phrase: a keyword of more than
// one word, or an expression of the thesaurus.
type lexicon struct {
	terms     []string
	starts    []uint32            // where each term's postings begin in postings, and their end
	postings  []posting           // by term, then tool
	keys      [2]map[string]terms // for each tier of spelling: from key to terms
	parts     map[string]terms    // from the key of a part to the compounds that have it
	phrases   map[string]terms    // from the roots of a phrase to the phrase
	providers map[string]terms    // from a folded word of a provider's name to the term that it is there
	matters   []terms             // the terms that name each matter of the thesaurus
	marks     []mark              // of each term
	words     vocabulary
	thesaurus *norwegian.Thesaurus
	urgent    []int // the matters of it that come first
	ailments  []int // those that one lets a doctor see
}

// terms are numbers of terms, ascending.
type terms []int32

// posting says what a term is worth in a tool, and in which fields it stands there.
type posting struct {
	place uint32 // the tool's number, then a bit for each field
	value float32
}

func newPosting(tool int32, in uint32, value float32) posting {
	return posting{uint32(tool)<<fieldCount | in, value}
}

func (p posting) tool() int32         { return int32(p.place >> fieldCount) }
func (p posting) stands(f field) bool { return p.place>>f&1 == 1 }

// of gives a term's postings.
func (l *lexicon) of(term int32) []posting { return l.postings[l.starts[term]:l.starts[term+1]] }

// in gives a term's posting in a tool. Every reading of a query is looked up in every hit, so this searches by itself.
func (l *lexicon) in(tool, term int32) (posting, bool) {
	all := l.of(term)
	for len(all) > 1 {
		if half := len(all) / 2; all[half].tool() <= tool {
			all = all[half:]
		} else {
			all = all[:half]
		}
	}
	if len(all) == 0 || all[0].tool() != tool {
		return posting{}, false
	}
	return all[0], true
}

func newLexicon(tools []Tool, thesaurus *norwegian.Thesaurus) lexicon {
	b := newScribe(thesaurus, len(tools))
	for i := range tools {
		if tools[i].Status != StatusDraft {
			b.read(int32(i), &tools[i])
		}
	}
	l := lexicon{terms: b.terms, phrases: b.phrases, thesaurus: thesaurus, urgent: urgent(thesaurus), ailments: ailments(thesaurus), matters: make([]terms, thesaurus.Matters())}
	l.starts, l.postings = b.postings()
	l.mark(b)
	l.spell(b)
	l.split(b)
	l.provide(b)
	l.words = newVocabulary(l.terms, func(term int) bool { return b.about[term].provider })
	return l
}

// mark says what a term is in the catalogue.
type mark uint8

const (
	isKeyword  mark = 1 << iota // a keyword of some tool, or a word of one that tells something
	isName                      // the whole name of some tool
	isLabel                     // it stands in names alone
	inKeyword                   // it stands in a keyword
	isAside                     // it stands within phrases for other matters than its own
	isProvider                  // it is a word of a provider's name
)

// mark notes what the terms are.
func (l *lexicon) mark(b *scribe) {
	l.marks = make([]mark, len(l.terms))
	for term := range l.terms {
		var in uint32
		for _, p := range l.of(int32(term)) {
			in |= p.place
		}
		a := &b.about[term]
		m := a.whole
		if a.provider {
			m |= isProvider
		}
		if a.aside {
			m |= isAside
		}
		if in&(1<<fieldCount-1) == 1<<fieldName {
			m |= isLabel
		}
		if (posting{place: in}).stands(fieldKeyword) {
			m |= inKeyword
			if !a.plain && (l.thesaurus.Knows(a.root) || norwegian.Part(a.root) || norwegian.Core(a.root) != "") {
				m |= isKeyword
			}
		}
		l.marks[term] = m
	}
}

// is says that one of the terms that answer a word in its own right has a mark.
func (l *lexicon) is(readings []reading, m mark) bool {
	return slices.ContainsFunc(readings, func(r reading) bool { return r.how != compound && r.how != synonym && l.marks[r.term]&m != 0 })
}

// spell files the terms under their keys and the matters that they name.
func (l *lexicon) spell(b *scribe) {
	for tier := range l.keys {
		l.keys[tier] = make(map[string]terms, 2*b.words())
	}
	for i, term := range l.terms {
		if b.about[i].phrase {
			for _, matter := range b.about[i].names {
				l.matters[matter] = append(l.matters[matter], int32(i))
			}
			continue
		}
		for tier, keys := range l.keys {
			for _, key := range spellings(term, norwegian.Tier(tier)) {
				keys[key] = append(keys[key], int32(i))
			}
		}
		if b.about[i].stop || b.about[i].aside { // mens is while, and no monthly period
			continue
		}
		for _, matter := range l.thesaurus.Names(b.about[i].root) {
			l.matters[matter] = append(l.matters[matter], int32(i))
		}
	}
}

// spellings are the keys of a word, and that of the bokmål word for it.
func spellings(word string, tier norwegian.Tier) []string {
	keys := norwegian.Keys(word, tier)
	if nb, known := norwegian.Bokmaal(word); known && tier == norwegian.TierWide {
		keys = append(keys, nb)
	}
	return keys
}

// split parts the compounds among the terms on the terms themselves, the catalogue's own vocabulary, and on the common parts.
func (l *lexicon) split(b *scribe) {
	l.parts = map[string]terms{}
	for i, term := range l.terms {
		if b.about[i].phrase || b.about[i].stop || len(term) < 2*leastWord {
			continue
		}
		for _, part := range l.partsOf(term) {
			if found := l.parts[part]; len(found) == 0 || found[len(found)-1] != int32(i) {
				l.parts[part] = append(found, int32(i))
			}
		}
	}
}

// leastWord is the least length of a word that is taken for part of another one.
const leastWord = 3

// partsOf gives the roots of the parts of a compound, and of those of its parts that are next to each other; nil if it is none.
func (l *lexicon) partsOf(word string) []string {
	folded := norwegian.Fold(word)
	root := norwegian.Root(word)
	if norwegian.Whole(root) {
		return nil
	}
	parts := norwegian.Split(folded, l.knows)
	if parts == nil && root != folded {
		parts = norwegian.Split(root, l.knows)
	}
	roots := make([]string, len(parts))
	for i, part := range parts {
		roots[i] = norwegian.Root(part)
	}
	return roots
}

// knows says whether a folded word is one of the lexicon's, or a common part, in any form, and tells something.
func (l *lexicon) knows(folded string) bool {
	if norwegian.StopWord("", folded) {
		return false
	}
	if nb, known := norwegian.InBokmaal(folded); known {
		folded = nb
	}
	return norwegian.Part(folded) || slices.ContainsFunc(l.keys[0][folded], func(term int32) bool { return !norwegian.StopWord("", l.terms[term]) })
}
