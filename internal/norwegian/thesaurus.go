package norwegian

import (
	"slices"
	"strings"
	"sync"
)

// Synonyms is a matter and how it is spoken of. Expressions are words or phrases.
type Synonyms struct {
	Same []string // mean nearly the same: each finds the others
	For  []string // find all of Same, and are found by none
}

// Thesaurus knows matters by the expressions for them. It is safe for concurrent use, as it never changes.
type Thesaurus struct {
	words   map[string][]use    // by the root of the word
	phrases map[string][]Phrase // by the first root
	letters map[byte][]string   // the roots of words, by their first byte
	matters int
}

// use is a word's part in a matter.
type use struct {
	matter int
	same   bool
}

// Phrase is an expression of more than one word.
type Phrase struct {
	Text   string   // as it was given, in lower case
	Roots  []string // of the words that tell something, and of not
	Matter int
	Same   bool
}

// Health is the thesaurus of this package's own list.
var Health = sync.OnceValue(func() *Thesaurus {
	var list []Synonyms
	for _, line := range lines(synonymText) {
		same, ask, _ := strings.Cut(line, " < ")
		list = append(list, Synonyms{Same: split(same), For: split(ask)})
	}
	return (&Thesaurus{}).With(list)
})

func split(list string) []string {
	if list == "" {
		return nil
	}
	return strings.Split(list, ", ")
}

// With makes a thesaurus that knows more matters.
func (t *Thesaurus) With(list []Synonyms) *Thesaurus {
	if len(list) == 0 {
		return t
	}
	n := &Thesaurus{words: map[string][]use{}, phrases: map[string][]Phrase{}, matters: t.matters}
	for root, uses := range t.words {
		n.words[root] = slices.Clip(uses)
	}
	for root, phrases := range t.phrases {
		n.phrases[root] = slices.Clip(phrases)
	}
	for _, s := range list {
		for _, text := range s.Same {
			n.add(text, true)
		}
		for _, text := range s.For {
			n.add(text, false)
		}
		n.matters++
	}
	n.letters = n.byLetter()
	return n
}

func (t *Thesaurus) add(text string, same bool) {
	words := Words(text)
	roots := Telling(words)
	switch {
	case len(roots) == 0:
	case len(roots) == 1 && roots[0] != negation:
		t.addWord(roots[0], use{t.matters, same})
	case len(roots) > 1:
		p := Phrase{Text: strings.Join(words, " "), Roots: roots, Matter: t.matters, Same: same}
		t.phrases[roots[0]] = append(t.phrases[roots[0]], p)
	}
}

func (t *Thesaurus) addWord(root string, u use) {
	if !slices.ContainsFunc(t.words[root], func(old use) bool { return old.matter == u.matter }) {
		t.words[root] = append(t.words[root], u)
	}
}

// negation stands for every word of not: it makes a phrase, but is no sign of a matter by itself.
const negation = "ikke"

// Telling gives the roots of the words of a phrase that tell something, in order. Of the stop words only not stays: sleep is not what
// "får ikke sove" means.
func Telling(words []string) []string {
	var out []string
	for _, w := range words {
		switch {
		case w == "ikke" || w == "ikkje" || w == "not" || w == "cannot":
			out = append(out, negation)
		case !StopWord("", w) && Root(w) != "": // marks without a letter have none
			out = append(out, Root(w))
		}
	}
	return out
}

// Matters is how many there are; they are numbered from 0.
func (t *Thesaurus) Matters() int { return t.matters }

// Knows says that a root is an expression for something.
func (t *Thesaurus) Knows(root string) bool { return len(t.words[root]) > 0 }

// IsName says that a word with this root is a name of a matter.
func (t *Thesaurus) IsName(root string) bool {
	return slices.ContainsFunc(t.words[root], func(u use) bool { return u.same })
}

// Asks gives the matters that a word with this root asks for.
func (t *Thesaurus) Asks(root string) []int { return t.of(root, false) }

// Names gives the matters that a word with this root is a name of.
func (t *Thesaurus) Names(root string) []int { return t.of(root, true) }

func (t *Thesaurus) of(root string, same bool) []int {
	var out []int
	for _, u := range t.words[root] {
		if u.same || !same {
			out = append(out, u.matter)
		}
	}
	return out
}

// From gives the phrases that begin with a root.
func (t *Thesaurus) From(root string) []Phrase { return t.phrases[root] }

// byLetter gives the roots of the words that stand for a matter by themselves, by their first byte.
func (t *Thesaurus) byLetter() map[byte][]string {
	out := map[byte][]string{}
	for root := range t.words {
		out[root[0]] = append(out[root[0]], root)
	}
	for _, roots := range out {
		slices.Sort(roots)
	}
	return out
}

// Alike gives the roots of the words for a matter that are nearly spelled as word, beginning with the same letter, and may be meant by it, see [Slip].
func (t *Thesaurus) Alike(word string) []string {
	r := root(word)
	if r == "" {
		return nil // marks without a letter
	}
	return slices.DeleteFunc(Nearest(r, t.letters[r[0]]), func(other string) bool { return !Slip(r, other) })
}
