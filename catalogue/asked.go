package catalogue

import (
	"slices"

	"github.com/verktoykatalog/verktoy/internal/norwegian"
)

// asked is a query as the lexicon understands it.
type asked struct {
	parts   []askedPart
	unknown []string // words that no visible tool has in any way that is sure

	all     []string  // its words
	alone   bool      // one of them decides
	story   bool      // it is a sentence
	english bool      // it is in English
	tells   float32   // what all words tell
	each    []float32 // what each word tells
	named   uint32    // the words that name a health matter, by their bits
	about   uint32    // the words that ask for one in some way
	away    uint32    // the words that say it is about something else
	lacks   uint32    // the words for health matters that no tool is for

	denied    map[int]bool   // the matters that it says are not there
	explained map[int]uint32 // of each matter for which there was a phrase, the words
	least     float32        // what a hit must cover of it
}

// askedPart is a word of the query, a part of a compound, or a phrase.
type askedPart struct {
	word     string
	covers   uint32 // a bit for each word of the query
	weight   float32
	tells    float32 // what a tool that has it covers of what the query tells
	readings []reading
	urgent   bool // it tells of suicide
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

// explain adds what a phrase means, if some tool is for that, and takes weight from its words.
func (a *asked) explain(phrase string, covers uint32, readings []reading) bool {
	if len(readings) == 0 {
		return false
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
	a.about |= covers
	a.addPhrase(phrase, covers, weightMatter, readings)
	if p := &a.parts[len(a.parts)-1]; p.tells < tellsMatter {
		a.tells += tellsMatter - p.tells
		p.tells = tellsMatter
	}
	return true
}

// addPhrase adds what several words mean together: it covers all that they tell.
func (a *asked) addPhrase(phrase string, covers uint32, weight float32, readings []reading) {
	a.add(phrase, covers, weight, readings)
	a.away &^= covers
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
	all, denied := norwegian.WithoutDenied(norwegian.Words(text), func(word string) bool { return l.thesaurus.IsName(norwegian.Root(word)) })
	words = slices.DeleteFunc(words, func(word string) bool { return !slices.Contains(all, word) })
	a := &asked{all: all, alone: len(words) == 1, story: norwegian.Sentence(lang, all), english: lang == "en"}
	a.deny(l, denied)
	words, all = withoutAge(words, all)
	beast := false // the text tells of an animal, and of nobody else
	for i, word := range words {
		bit := uint32(1) << min(i, maxWords-1)
		last, from := word == a.all[len(a.all)-1], len(a.parts)
		switch {
		case norwegian.Animal(a.all, word):
			a.away |= bit
			beast = !norwegian.Oneself(a.all)
		case a.add(word, bit, 1, l.provided(l.lookup(word, visible), word, visible)):
		case a.elsewhere(l, word):
			if !(last && a.add(word, bit, 1, l.unfinished(word, visible)) || a.add(word, bit, 1, l.slipped(word, visible))) {
				a.away |= bit
			}
		case a.add(word, bit, 1, l.begun(word, last, visible)):
		case l.askParts(a, word, bit, visible):
		case last && a.add(word, bit, 1, l.unfinished(word, visible)):
		default:
			a.unknown = append(a.unknown, word)
			_ = a.add(word, bit, 1, l.misspelled(word, visible)) || a.add(word, bit, 1, l.halfKnown(word, visible))
		}
		root := norwegian.Root(word)
		if l.thesaurus.AskFor(root, l.urgent) {
			l.hurry(a.parts[from:])
		}
		l.inform(a, word, root, bit, a.parts[from:])
		a.miss(l, word, root, bit, a.parts[from:])
		if len(a.parts) == from && norwegian.Ailment(word) {
			l.seeADoctor(a, word, bit, visible)
		}
	}
	if len(all) == 1 && len(a.parts) == 0 {
		l.suppose(a, l.guess(words, all), 1, visible)
	}
	if len(all) > 1 && !beast {
		l.askJoined(a, words, visible)
		l.askPhrases(a, words, all, visible)
	}
	a.withhold()
	a.least = a.enough()
	a.rescue()
	a.settle()
	return a
}

// withoutAge leaves the words of an age out of those that decide, if there are others, and out of the whole text: the age says for whom a
// tool must be, and 8 is not the number of weeks that a course takes.
func withoutAge(words, all []string) ([]string, []string) {
	rest := norwegian.WithoutAge(all)
	if len(rest) == len(all) {
		return words, all
	}
	telling := slices.DeleteFunc(slices.Clone(words), func(word string) bool { return !slices.Contains(rest, word) })
	if len(telling) == 0 {
		return words, all
	}
	return telling, rest
}
