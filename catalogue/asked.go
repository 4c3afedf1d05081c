package catalogue

import (
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/internal/norwegian"
)

// asked is a query as the lexicon understands it.
type asked struct {
	parts   []askedPart
	unknown []string // words that no visible tool has in any way that is sure

	story bool      // it is a sentence
	tells float32   // what all words tell
	each  []float32 // what each word tells
	named uint32    // the words that name a health matter, by their bits
	least float32   // what a hit must cover of it
}

// askedPart is a word of the query, a part of a compound, or a phrase.
type askedPart struct {
	word     string
	covers   uint32 // a bit for each word of the query
	weight   float32
	tells    float32 // what a tool that has it covers of what the query tells
	readings []reading
}

// What parts of a query count for that are no words of their own.
const (
	weightHead   = 0.3 // the last part of a compound: it is what many things are called
	weightMatter = 1.6 // the names of a matter for which the query has a phrase
	weightWithin = 0.5 // a word of such a phrase: it means something else by itself
	weightPhrase = 1.0 // a phrase that a tool has as a whole
	surePhrase   = 1.2 // how much surer a phrase tells what a query is about than its words
)

func (a *asked) add(word string, covers uint32, weight float32, readings []reading) bool {
	if len(readings) == 0 {
		return false
	}
	a.parts = append(a.parts, askedPart{word: word, covers: covers, weight: weight, tells: 1, readings: readings})
	return true
}

// explain adds what a phrase means, and takes weight from its words.
func (a *asked) explain(phrase string, covers uint32, readings []reading) {
	if len(readings) == 0 {
		return
	}
	for i := range a.parts {
		if p := &a.parts[i]; p.covers != 0 && p.covers&^covers == 0 && p.weight > weightWithin && p.weight <= 1 {
			p.weight = weightWithin
			if !a.story {
				p.tells *= weightWithin
			}
		}
	}
	a.named &^= covers
	a.addPhrase(phrase, covers, weightMatter, readings)
}

// addPhrase adds what several words mean together: it covers all that they tell.
func (a *asked) addPhrase(phrase string, covers uint32, weight float32, readings []reading) {
	a.add(phrase, covers, weight, readings)
	p := &a.parts[len(a.parts)-1]
	p.tells = 0
	for i, tells := range a.each {
		if covers>>min(i, maxWords-1)&1 == 1 {
			p.tells += tells * surePhrase
		}
	}
}

// ask reads the words that decide, each in the surest way that finds something, and the phrases that they make.
func (l *lexicon) ask(text, lang string, words []string, visible set) *asked {
	all := norwegian.Words(text)
	a := &asked{story: norwegian.Sentence(lang, all)}
	for i, word := range words {
		bit := uint32(1) << min(i, maxWords-1)
		last, from := word == all[len(all)-1], len(a.parts)
		switch {
		case a.add(word, bit, 1, l.lookup(word, visible)):
		case a.add(word, bit, 1, l.beginsWith(word, visible)):
		case l.askParts(a, word, bit, visible):
		case last && a.add(word, bit, 1, l.unfinished(word, visible)):
		default:
			a.unknown = append(a.unknown, word)
			_ = a.add(word, bit, 1, l.misspelled(word, visible)) || a.add(word, bit, 1, l.halfKnown(word, visible))
		}
		l.inform(a, word, bit, a.parts[from:], len(words) == 1)
	}
	if len(all) > 1 {
		l.askPhrases(a, words, all, visible)
	}
	a.least = a.enough()
	a.settle()
	return a
}

// askPhrases reads the matters that are asked for with more than one word, and the phrases that tools have as they stand.
func (l *lexicon) askPhrases(a *asked, words, all []string, visible set) {
	roots := norwegian.Telling(all[:min(len(all), maxTelling)])
	bits := map[string]uint32{}
	for i, word := range words {
		bits[norwegian.Root(word)] |= 1 << i
	}
	for _, root := range roots {
		for _, p := range l.thesaurus.From(root) {
			if within(p.Roots, roots) {
				a.explain(p.Text, union(bits, p.Roots), l.matter(nil, []int{p.Matter}, ways[synonym].weight, visible))
			}
		}
	}
	for from := range roots {
		for to := from + 2; to <= min(from+maxPhrase, len(roots)); to++ {
			l.askPhrase(a, roots[from:to], union(bits, roots[from:to]), visible)
		}
	}
}

// maxTelling is how many words of a query are looked at for phrases.
const maxTelling = 64

func (l *lexicon) askPhrase(a *asked, roots []string, covers uint32, visible set) {
	var found []reading
	for _, term := range l.phrases[strings.Join(roots, " ")] {
		if l.occurs(term, visible) {
			found = append(found, readAs(term, exact))
		}
	}
	if len(found) > 0 {
		a.addPhrase(l.terms[found[0].term], covers, weightPhrase, found)
	}
}

func within(roots, all []string) bool {
	for _, root := range roots {
		if !slices.Contains(all, root) {
			return false
		}
	}
	return true
}

func union(bits map[string]uint32, roots []string) uint32 {
	var out uint32
	for _, root := range roots {
		out |= bits[root]
	}
	return out
}
