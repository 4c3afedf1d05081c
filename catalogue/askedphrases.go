package catalogue

import (
	"slices"

	"github.com/verktoykatalog/verktoy/internal/norwegian"
)

// askPhrases reads the matters that are asked for with more than one word, and the phrases that tools have as they stand.
func (l *lexicon) askPhrases(a *asked, words, all []string, visible set) {
	all = all[:min(len(all), maxTelling)]
	roots := norwegian.Telling(all)
	bits := map[string]uint32{}
	for i, word := range words {
		bits[norwegian.Root(word)] |= 1 << i
	}
	var g *guess
	called := l.isPhrase(roots, visible)
	if !called {
		g = l.guess(words, all)
	}
	if g != nil {
		l.sense(a, g, l.phrased(roots, bits, visible))
	}
	l.explain(a, roots, false, bits, visible)
	if len(all) > len(roots) {
		l.explain(a, norwegian.Roots(all), true, bits, visible)
	}
	if g != nil {
		a.discount(g)
		l.suppose(a, g, union(bits, roots), visible)
	}
	if len(roots) == 1 {
		l.askPhrase(a, all, union(bits, roots), visible)
	}
	for from := range roots {
		for to := from + 2; to <= min(from+maxPhrase, len(roots)); to++ {
			l.askPhrase(a, roots[from:to], union(bits, roots[from:to]), visible)
		}
	}
	if called {
		a.call(union(bits, roots))
	}
}

// explain adds the matters for which a text with these roots has a phrase. Whole is what kind of phrase.
func (l *lexicon) explain(a *asked, roots []string, whole bool, bits map[string]uint32, visible set) {
	for i, root := range roots {
		for _, p := range l.thesaurus.From(root) {
			at := roots[max(0, i-near):min(i+len(p.Roots)+near, len(roots))]
			if p.Whole != whole || whole && !ordered(p.Roots, roots[i:]) || !whole && !within(p.Roots, at) {
				continue
			}
			if covers := covered(bits, p.Roots, at); !a.denied[p.Matter] && a.tellsNew(p.Matter, covers) {
				if p.Own {
					a.calm(covers)
				}
				switch {
				case a.explain(p.Text, covers, l.matter(nil, []int{p.Matter}, ways[synonym].weight, visible)):
					a.parts[len(a.parts)-1].urgent = slices.Contains(l.urgent, p.Matter)
				case p.Own:
					a.about &^= covers
					a.lacks |= covers
				}
			}
		}
	}
}

// tellsNew says that no phrase for a matter has been found in the same words yet.
func (a *asked) tellsNew(matter int, covers uint32) bool {
	known, before := a.explained[matter]
	if before && covers&^known == 0 {
		return false
	}
	if a.explained == nil {
		a.explained = map[int]uint32{}
	}
	a.explained[matter] = known | covers
	return true
}

// near is how many other words that tell something may stand before, and within, the words of a phrase.
const near = 3

// maxTelling is how many words of a query are looked at for phrases.
const maxTelling = 64

// ordered says that all begins with roots, with one other at most between two of them.
func ordered(roots, all []string) bool {
	at := 0
	for _, root := range roots {
		if at < len(all) && all[at] != root {
			at++
		}
		if at >= len(all) || all[at] != root {
			return false
		}
		at++
	}
	return true
}

// within says that all has each of the roots, and as often: who thinks of something does not think and think.
func within(roots, all []string) bool {
	for _, root := range roots {
		if !stands(root, all) {
			return false
		}
	}
	for i, root := range roots {
		if need := times(root, roots[:i+1]); need > 1 && times(root, all) < need {
			return false
		}
	}
	return true
}

// stands says that one of all is what a phrase wants. Hundreds of phrases are looked at for some words, so that equal texts come first.
func stands(wanted string, all []string) bool {
	for _, root := range all {
		if root == wanted {
			return true
		}
	}
	return wanted[0] == '{' && slices.ContainsFunc(all, func(root string) bool { return norwegian.Stands(wanted, root) })
}

func times(root string, all []string) int {
	n := 0
	for _, r := range all {
		if r == root {
			n++
		}
	}
	return n
}

// covered are the words that a phrase is of: those with its roots, and those among all that are of its class.
func covered(bits map[string]uint32, roots, all []string) uint32 {
	out := union(bits, roots)
	if last := roots[len(roots)-1]; last != "" && last[0] == '{' {
		for _, root := range all {
			if norwegian.Stands(last, root) {
				out |= bits[root]
			}
		}
	}
	return out
}

func union(bits map[string]uint32, roots []string) uint32 {
	var out uint32
	for _, root := range roots {
		out |= bits[root]
	}
	return out
}
