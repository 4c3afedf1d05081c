package catalogue

import (
	"slices"

	"github.com/verktoykatalog/verktoy/internal/norwegian"
)

// providerKey begins the keys of a provider's words among all: they are terms of their own, though the same words stand elsewhere. A name
// is no language: no synonym, no compound and no guess may lead to it, and it makes no word known that a query is read by.
const providerKey = "\x01"

// forms are what companies end in, which nobody looks for.
var forms = map[string]bool{"as": true, "asa": true, "sa": true, "ba": true, "da": true, "ans": true, "hf": true, "rhf": true, "kf": true, "iks": true}

// provider writes down the words of a provider's name.
func (b *scribe) provider(name string) {
	norwegian.EachWord(name, &b.buffer, func(w []byte, _ int) {
		word := string(w)
		if forms[word] || norwegian.StopWord("", word) {
			return
		}
		n, known := b.numbers[providerKey+word]
		if !known {
			n = b.number(providerKey+word, about{phrase: true, provider: true})
			b.terms[n] = word
		}
		b.written = append(b.written, n)
	})
}

// provide files the words of providers under their spellings, æ, ø and å as ae, oe and aa.
func (l *lexicon) provide(b *scribe) {
	l.providers = map[string]terms{}
	for i, term := range l.terms {
		if b.about[i].provider {
			key := norwegian.Fold(term)
			l.providers[key] = append(l.providers[key], int32(i))
		}
	}
}

// provided adds to what was found for a word the providers of that name, letter for letter.
func (l *lexicon) provided(found []reading, word string, visible set) []reading {
	for _, term := range l.providers[norwegian.Fold(word)] {
		if how := l.spelled(word, term); l.occurs(term, visible) {
			found = append(slices.Clip(found), readAs(term, how))
		}
	}
	return found
}

func (l *lexicon) spelled(word string, term int32) how {
	if l.terms[term] == word {
		return exact
	}
	return folded
}
