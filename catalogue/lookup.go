package catalogue

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/verktoykatalog/verktoy/internal/norwegian"
)

// reading is one term of the lexicon that answers a word of a query.
type reading struct {
	term   int32
	how    how
	weight float32
}

func readAs(term int32, h how) reading { return reading{term, h, ways[h].weight} }

// lookup finds the terms that answer a word in its own right. The second tier of spelling is asked only if the first finds no term in
// any tool that can be seen, so that those who write sår are not shown sar.
func (l *lexicon) lookup(word string, visible set) []reading {
	if found := l.written(word, norwegian.TierWide, visible); len(found) > 0 {
		return found
	}
	if root := norwegian.Root(word); l.thesaurus.Knows(root) {
		return l.matter(nil, l.thesaurus.Asks(root), ways[synonym].weight, visible)
	}
	return l.written(word, norwegian.TierBare, visible)
}

// written finds a word as it is spelled in a tier, the compounds that hold it, such as selvmordstanker for selvmord, and the other
// expressions for what it means.
func (l *lexicon) written(word string, tier norwegian.Tier, visible set) []reading {
	keys := spellings(word, tier)
	var same, longer terms
	for _, key := range keys {
		same = append(same, l.keys[tier][key]...)
		longer = append(longer, l.parts[key]...)
	}
	stem := norwegian.Stem(word)
	var found []reading
	for _, term := range l.proper(word, same, visible) {
		found = append(found, readAs(term, l.compare(word, stem, term)))
	}
	if tier == norwegian.TierWide || len(found) > 0 {
		found = merge(found, l.proper(word, longer, visible), readAs(0, compound))
	}
	if len(found) == 0 {
		return nil
	}
	matters := l.thesaurus.Asks(norwegian.Root(word))
	if tier == norwegian.TierBare {
		for _, r := range found {
			matters = append(matters, l.thesaurus.Asks(norwegian.Root(l.terms[r.term]))...)
		}
	}
	return l.matter(found, matters, ways[synonym].weight, visible)
}

// merge adds the terms that are not there yet, read in the same way as model.
func merge(found []reading, more terms, model reading) []reading {
	old := len(found)
	for _, term := range more {
		if !slices.ContainsFunc(found[:old], func(r reading) bool { return r.term == term }) {
			model.term = term
			found = append(found, model)
		}
	}
	return found
}

// matter adds the terms that name a matter.
func (l *lexicon) matter(found []reading, matters []int, weight float32, visible set) []reading {
	var all terms
	for _, m := range matters {
		all = append(all, l.matters[m]...)
	}
	slices.Sort(all)
	all = slices.Compact(all)
	all = slices.DeleteFunc(all, func(term int32) bool { return !l.occurs(term, visible) })
	return merge(found, all, reading{how: synonym, weight: weight})
}

// proper leaves out what cannot be seen, and stop words that the query does not hold itself: nobody who writes livet means live.
func (l *lexicon) proper(word string, all terms, visible set) terms {
	slices.Sort(all)
	return slices.DeleteFunc(slices.Compact(all), func(term int32) bool {
		stop := l.terms[term] != word && norwegian.StopWord("", l.terms[term])
		return stop || !l.occurs(term, visible)
	})
}

func (l *lexicon) compare(word, stem string, number int32) how {
	term := l.terms[number]
	if word == term {
		return exact
	}
	other := norwegian.Stem(term)
	switch {
	case stem == other, stem == term, word == other:
		return inflected
	case norwegian.Root(word) == norwegian.Root(term) && norwegian.Fold(stem) != norwegian.Fold(other):
		return nynorsk
	}
	return folded
}

// unfinished reads the last word of a query as the beginning of another one.
func (l *lexicon) unfinished(word string, visible set) []reading {
	if utf8.RuneCountInString(word) < leastWord || norwegian.Common(word) {
		return nil
	}
	wide := norwegian.Fold(word)
	var same, bare terms
	for _, term := range l.proper(word, slices.Clone(l.words.begin(word)), visible) {
		bare = append(bare, term)
		if folded := norwegian.Fold(l.terms[term]); len(folded) >= len(wide) && folded[:len(wide)] == wide {
			same = append(same, term)
		}
	}
	if len(same) > 0 {
		bare = same
	}
	if utf8.RuneCountInString(word) < leastBeginning {
		bare = slices.DeleteFunc(bare, func(term int32) bool { return !l.subject(term) })
	}
	found := merge(nil, bare, readAs(0, prefix))
	if utf8.RuneCountInString(word) < leastName {
		return found
	}
	return l.matter(found, l.thesaurus.Begun(word), ways[synonym].weight*ways[prefix].weight, visible)
}

// leastName is from how many letters on a word may be the beginning of the name of a matter that tools have other words for.
const leastName = 4

// leastBeginning is from how many letters on a word may be the beginning of one that no tool is about.
const leastBeginning = 6

// subject says that a term is what some tool is about, or called: others are not guessed at.
func (l *lexicon) subject(term int32) bool {
	return l.marks[term]&(isLabel|inKeyword) != 0 || l.thesaurus.Knows(norwegian.Root(l.terms[term]))
}

// misspelled reads a word that is known nowhere as one that is spelled nearly the same, and what that one means.
func (l *lexicon) misspelled(word string, visible set) []reading {
	if l.right(word) {
		return nil
	}
	var found []reading
	var matters []int
	near := l.nearly(word, visible)
	for _, term := range near {
		for _, r := range l.lookup(l.terms[term], visible) {
			if r.how <= compound {
				found = merge(found, terms{r.term}, reading{how: typo, weight: ways[typo].weight * r.weight})
			}
		}
		matters = append(matters, l.thesaurus.Asks(norwegian.Root(l.terms[term]))...)
	}
	if len(near) == 0 {
		for _, root := range l.thesaurus.Alike(word) {
			matters = append(matters, l.thesaurus.Asks(root)...)
		}
	}
	return l.matter(found, matters, ways[synonym].weight*ways[typo].weight, visible)
}

// right says that a word is no slip of another one, although no tool may have it.
func (l *lexicon) right(word string) bool {
	return norwegian.Right(word) || l.thesaurus.Knows(norwegian.Root(word))
}

// nearly gives the terms that some tool is about and that word may be a slip of.
func (l *lexicon) nearly(word string, visible set) terms {
	return slices.DeleteFunc(l.proper(word, l.words.alike(word), visible), func(term int32) bool {
		return !l.subject(term) || !norwegian.Slip(norwegian.FoldBare(word), norwegian.FoldBare(l.terms[term]))
	})
}

// slipped reads a compound as a slip of a keyword although it ends like the word for a thing: migrenekrus for migrenekurs.
func (l *lexicon) slipped(word string, visible set) []reading {
	if l.right(word) {
		return nil
	}
	near := slices.DeleteFunc(l.nearly(word, visible), func(term int32) bool { return l.marks[term]&inKeyword == 0 })
	return merge(nil, near, readAs(0, typo))
}

func (l *lexicon) occurs(term int32, visible set) bool {
	return slices.ContainsFunc(l.of(term), func(p posting) bool { return visible.has(p.tool()) })
}

// begun is beginsWith, and for the last word, which may be unfinished, all that it may be the beginning of: whoever types angst does not lose
// at angs, with which angsten might be a compound, what ang has found.
func (l *lexicon) begun(word string, last bool, visible set) []reading {
	found := l.beginsWith(word, visible)
	if !last || len(found) == 0 {
		return found
	}
	for _, more := range l.unfinished(word, visible) {
		if !slices.ContainsFunc(found, func(r reading) bool { return r.term == more.term }) {
			found = append(found, more)
		}
	}
	return found
}

// beginsWith finds the compounds that begin with a word which no tool has by itself: varseltegn for varsel, where tegn is known.
func (l *lexicon) beginsWith(word string, visible set) []reading {
	folded := norwegian.Fold(word)
	if len(folded) < leastWord+1 {
		return nil
	}
	var found terms
	for _, term := range l.words.begin(word) {
		rest, begins := strings.CutPrefix(norwegian.Fold(l.terms[term]), folded)
		if begins && len(rest) >= leastWord && (l.knowsRest(rest) || l.knowsRest(strings.TrimPrefix(rest, "s")) || l.knowsRest(strings.TrimPrefix(rest, "e"))) {
			found = append(found, term)
		}
	}
	return merge(nil, l.proper(word, found, visible), readAs(0, compound))
}

func (l *lexicon) knowsRest(rest string) bool {
	return len(rest) >= leastWord && (l.knows(rest) || l.knows(norwegian.Root(rest)) || norwegian.Common(rest))
}
