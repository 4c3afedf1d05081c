package norwegian

import (
	"slices"
	"strings"
	"sync"
)

// Synonyms is a matter and how it is spoken of. Expressions are words or phrases.
type Synonyms struct {
	Same   []string // mean nearly the same: each finds the others
	For    []string // find all of Same, and are found by none
	Own    []string // phrases like those of Same, in which no word names another matter
	OwnFor []string // phrases like those of For, in which no word names another matter
}

// Thesaurus knows matters by the expressions for them. It is safe for concurrent use, as it never changes.
type Thesaurus struct {
	words   map[string][]use    // by the root of the word
	phrases map[string][]Phrase // by the first root
	letters map[byte][]string   // the roots of words, by their first byte
	matters int
	told    experience
}

// use is a word's part in a matter.
type use struct {
	matter int
	same   bool
}

// Phrase is an expression of more than one word.
type Phrase struct {
	Text   string   // as it was given, in lower case
	Roots  []string // of the words that tell something, and of not and none; of a class, its name in braces, see [Stands]
	Whole  bool     // Roots are those of all words, since the others do not tell enough
	Matter int
	Same   bool
	Own    bool // no word of it names another matter where it stands in the phrase
}

// Health is the thesaurus of this package's own list.
var Health = sync.OnceValue(health)

func health() *Thesaurus {
	var list []Synonyms
	for _, line := range lines(synonymText()) {
		switch last := len(list) - 1; {
		case strings.HasPrefix(line, "= "):
			list[last].Same = append(list[last].Same, expressions(line[2:])...)
		case strings.HasPrefix(line, "! "):
			list[last].Own = append(list[last].Own, expressions(line[2:])...)
		case strings.HasPrefix(line, "~ "):
			list[last].OwnFor = append(list[last].OwnFor, expressions(line[2:])...)
		case strings.HasPrefix(line, "< "):
			list[last].For = append(list[last].For, expressions(line[2:])...)
		default:
			list = append(list, Synonyms{Same: expressions(line)})
		}
	}
	t := (&Thesaurus{}).with(list)
	matters := map[string]int{}
	for i := range list {
		matters[list[i].Same[0]] = i
	}
	t.learnTold(toldText(), matters)
	t.told.weigh()
	return t
}

// With makes a thesaurus that knows more matters.
func (t *Thesaurus) With(list []Synonyms) *Thesaurus {
	if len(list) == 0 {
		return t
	}
	n := t.with(list)
	n.told.weigh()
	return n
}

func (t *Thesaurus) with(list []Synonyms) *Thesaurus {
	n := &Thesaurus{words: map[string][]use{}, phrases: map[string][]Phrase{}, matters: t.matters, told: t.told.clone()}
	for root, uses := range t.words {
		n.words[root] = slices.Clip(uses)
	}
	for root, phrases := range t.phrases {
		n.phrases[root] = slices.Clip(phrases)
	}
	for _, s := range list {
		for _, text := range s.Same {
			n.add(text, true, false)
		}
		for _, text := range s.Own {
			n.add(text, true, true)
		}
		for _, text := range s.For {
			n.add(text, false, false)
		}
		for _, text := range s.OwnFor {
			n.add(text, false, true)
		}
		n.told.grow(n.matters)
		n.matters++
	}
	n.letters = n.byLetter()
	return n
}

func (t *Thesaurus) add(text string, same, own bool) {
	class, text := class(text)
	words := Words(text)
	roots := Telling(words)
	t.told.learn(t.matters, roots)
	switch {
	case class != "" && len(roots) > 0:
		t.addPhrase(Phrase{Text: strings.Join(words, " "), Roots: append(roots, class), Matter: t.matters})
	case len(words) == 1 && len(roots) == 1 && Denial(words[0]) == "":
		t.addWord(roots[0], use{t.matters, same})
	case len(words) > 1:
		p := Phrase{Text: strings.Join(words, " "), Roots: roots, Matter: t.matters, Same: same, Own: own}
		switch p.Whole = !telling(roots); {
		case p.Whole:
			p.Roots = Roots(words)
		case !same:
			p.Roots = rareFirst(roots)
		}
		t.addPhrase(p)
	}
}

func (t *Thesaurus) addPhrase(p Phrase) {
	t.phrases[p.Roots[0]] = append(t.phrases[p.Roots[0]], p)
}

// rareFirst puts those that tell something before the others: a phrase is looked for by its first root, and hundreds have ikke or tør. The
// words of a phrase that means a matter, but is none of its names, may come in any order.
func rareFirst(roots []string) []string {
	slices.SortStableFunc(roots, func(a, b string) int { return rank(a) - rank(b) })
	return roots
}

func rank(root string) int {
	switch {
	case denials[root] != "":
		return 2
	case Generic(root):
		return 1
	}
	return 0
}

// telling says that some words tell what is meant without those between them: two of them at least, and not only such as go with every matter.
func telling(roots []string) bool {
	return len(roots) > 1 && slices.ContainsFunc(roots, func(r string) bool { return denials[r] == "" && !Generic(r) })
}

func (t *Thesaurus) addWord(root string, u use) {
	if !slices.ContainsFunc(t.words[root], func(old use) bool { return old.matter == u.matter }) {
		t.words[root] = append(t.words[root], u)
	}
}

// denials are the words of not and of none, each with that which stands for all of them. They make a phrase, but are no sign of a matter by
// themselves.
var denials = map[string]string{
	"ikke": "ikke", "ikkje": "ikke", "aldri": "ikke", "not": "ikke", "cannot": "ikke", "cant": "ikke", "dont": "ikke", "never": "ikke", "t": "ikke",
	"ingen": "ingen", "inga": "ingen", "uten": "ingen", "utan": "ingen", "without": "ingen",
}

// Denial gives the root that stands for a word of not or of none in phrases, "" for all other words.
func Denial(word string) string { return denials[word] }

// Telling gives the roots of the words of a phrase that tell something, in order. Of the stop words only not and none stay: sleep is not
// what "får ikke sove" means.
func Telling(words []string) []string {
	var out []string
	for _, w := range words {
		if denials[w] != "" {
			out = append(out, denials[w])
		} else if !StopWord("", w) {
			if root := Root(w); root != "" { // marks without a letter have none
				out = append(out, root)
			}
		}
	}
	return out
}

// Roots gives the roots of all words, in order: those of not and none are as in [Telling].
func Roots(words []string) []string {
	out := make([]string, len(words))
	for i, w := range words {
		if out[i] = denials[w]; out[i] == "" {
			out[i] = Root(w)
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

// AskFor says that a word with this root asks for one of the matters.
func (t *Thesaurus) AskFor(root string, matters []int) bool {
	return slices.ContainsFunc(t.words[root], func(u use) bool { return slices.Contains(matters, u.matter) })
}

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

// Begun gives the matters of which a name begins with word.
func (t *Thesaurus) Begun(word string) []int {
	begin := Fold(word)
	if begin == "" {
		return nil
	}
	roots := t.letters[begin[0]]
	at, _ := slices.BinarySearch(roots, begin)
	var out []int
	for ; at < len(roots) && strings.HasPrefix(roots[at], begin); at++ {
		out = append(out, t.Names(roots[at])...)
	}
	return out
}

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
	if r == "" || Tolerance(Stem(word)) == 0 { // marks without a letter, or too short to be told from others
		return nil
	}
	return slices.DeleteFunc(Nearest(r, t.letters[r[0]]), func(other string) bool { return !Slip(r, other) })
}
