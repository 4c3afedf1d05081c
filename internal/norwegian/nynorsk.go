package norwegian

import (
	"strings"
	"sync"
)

// bokmaal maps the roots of nynorsk words to the bokmål ones.
var bokmaal = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for _, line := range lines(nynorskText) {
		nb, nn, _ := strings.Cut(line, ": ")
		for _, word := range strings.Fields(nn) {
			if from, to := root(word), root(nb); from != to {
				out[from] = to
			}
		}
	}
	return out
})

// endings are those of nynorsk that bokmål writes otherwise, as they stand in a root; the longer before the shorter.
var endings = []struct{ nynorsk, bokmaal string }{
	{"loeys", "loes"}, {"laus", "loes"}, {"semd", "somhet"}, {"leik", "het"}, {"heit", "het"}, {"leg", "lig"}, {"nad", "het"},
}

// beginnings are those of compounds that nynorsk writes otherwise, as they stand in a root: sjølvskade, skuletrøytt.
var beginnings = []struct{ nynorsk, bokmaal string }{
	{"sjoelv", "selv"}, {"heime", "hjemme"}, {"skule", "skole"}, {"hjarte", "hjerte"}, {"hoeyre", "hoere"}, {"hoeyrsel", "hoersel"}, {"oeyre", "oere"},
	{"sjuke", "syke"}, {"spele", "spille"}, {"valds", "volds"}, {"hovud", "hode"}, {"kvardags", "hverdags"}, {"kjensle", "foelelses"}, {"draume", "droemme"},
	{"kjaerleiks", "kjaerlighets"}, {"einsemds", "ensomhets"}, {"arbeidslaus", "arbeidsloes"},
}

// leastStem is the least length of what stands before such an ending, or behind such a beginning.
const leastStem = 3

// Root is one key for all inflections of a word in both languages: the stem, folded, of the bokmål word. [Keys] gives more spellings;
// the root is for comparing with word lists.
func Root(word string) string {
	r := root(word)
	if nb, known := translate(r); known {
		return nb
	}
	return r
}

// root is the folded stem of a word in its own language.
func root(word string) string {
	if stem := Stem(word); inflects(word, stem) {
		return Fold(stem)
	}
	return Fold(word)
}

// Bokmaal gives the root of the bokmål word for one that nynorsk has for itself, false for all others.
func Bokmaal(word string) (string, bool) { return translate(root(word)) }

// InBokmaal gives the root of the bokmål word for a folded word or root of nynorsk. It looks at the list alone.
func InBokmaal(folded string) (string, bool) {
	nb, known := bokmaal()[folded]
	return nb, known
}

func translate(root string) (string, bool) {
	if nb, known := bokmaal()[root]; known {
		return nb, true
	}
	for _, e := range endings {
		if stem, ends := strings.CutSuffix(root, e.nynorsk); ends && len(stem) >= leastStem {
			return Stem(stem + e.bokmaal), true
		}
	}
	for _, b := range beginnings {
		if rest, begins := strings.CutPrefix(root, b.nynorsk); begins && len(rest) >= leastStem {
			return b.bokmaal + rest, true
		}
	}
	return "", false
}
