package norwegian

import (
	"math"
	"slices"
	"strings"
)

// experience is which words people use of each matter, learnt from texts of which it is known: naive Bayes over the roots that tell something,
// each once. It is for whole texts, which tell what they are about also where none of the expressions for it stands in them.
type experience struct {
	roots map[string][]tally
	texts []float32 // how many were learnt for each class: none of the matters, then the matters by their numbers
	all   float32
	base  []float32 // of each class: the logarithm of how likely it is without any word
}

// tally says how many texts of a class have a root, and what the root comes to, as a logarithm, beside a class that has none.
type tally struct {
	class     int32
	n, weight float32
}

const (
	// own is the share of words that a text about a matter takes from those of the matter's own texts: the others are anybody's.
	own = 0.98
	// more is how many texts more each class counts as having: what was seen once in a few texts tells less than it seems to.
	more = 20
	// rare is how many texts more each root counts as standing in, for the same reason.
	rare = 5
	// slight is what a root that goes with every matter comes to: it stands in many texts by chance.
	slight = 0.6
	// noneMore is added to the logarithm for none of the matters: what can be asked about none is less well covered by the texts.
	noneMore = 1
)

func (e *experience) clone() experience {
	out := experience{roots: make(map[string][]tally, len(e.roots)), texts: slices.Clone(e.texts), all: e.all}
	for root, tallies := range e.roots {
		out.roots[root] = slices.Clone(tallies)
	}
	return out
}

// learn takes in that a text with these roots is about a matter, -1 for none.
func (e *experience) learn(matter int, roots []string) {
	if len(roots) == 0 {
		return
	}
	class := int32(matter + 1)
	e.grow(matter)
	e.texts[class]++
	e.all++
	for _, root := range ordered(slices.Clone(roots)) {
		if at, there := e.of(root, class); there {
			e.roots[root][at].n++
		} else {
			e.roots[root] = slices.Insert(e.roots[root], at, tally{class: class, n: 1})
		}
	}
}

// of is the place of a class among a root's tallies, and whether it is there. They stand in the order of classes, since a host may add thousands.
func (e *experience) of(root string, class int32) (at int, there bool) {
	return slices.BinarySearchFunc(e.roots[root], class, func(t tally, class int32) int { return int(t.class - class) })
}

// grow makes room for a matter and all before it.
func (e *experience) grow(matter int) {
	for len(e.texts) <= matter+1 {
		e.texts = append(e.texts, 0)
	}
}

// weigh works out what each root comes to once all has been learnt.
func (e *experience) weigh() {
	e.base = make([]float32, len(e.texts))
	for class, texts := range e.texts {
		e.base[class] = logarithm((texts + more) / e.all)
	}
	e.base[0] += noneMore
	for _, tallies := range e.roots {
		var total float32
		for _, t := range tallies {
			total += t.n
		}
		for i := range tallies {
			t := &tallies[i]
			often := t.n / (e.texts[t.class] + more) * e.all / (total + rare) // beside how often in all texts
			t.weight = logarithm(1 + own/(1-own)*often)
		}
	}
}

func logarithm(x float32) float32 { return float32(math.Log(float64(x))) }

// chances gives how likely each class is, from 0 to 1; nil if no root is known.
func (e *experience) chances(roots []string) []float32 {
	sums, known := slices.Clone(e.base), false
	for _, root := range ordered(slices.Clone(roots)) {
		tallies, share := e.roots[root], float32(1)
		if Generic(root) {
			share = slight
		}
		known = known || len(tallies) > 0
		for _, t := range tallies {
			sums[t.class] += t.weight * share
		}
	}
	if !known {
		return nil
	}
	return shares(sums)
}

// shares makes logarithms into shares of 1.
func shares(sums []float32) []float32 {
	most, all := slices.Max(sums), float32(0)
	for i, sum := range sums {
		sums[i] = float32(math.Exp(float64(sum - most)))
		all += sums[i]
	}
	for i := range sums {
		sums[i] /= all
	}
	return sums
}

// Guess gives how likely it is, from 0 to 1, that a text with these roots, as [Telling] gives them, is about each matter, and that it is about
// none. It is nil for a text of which no word is known. Chances add up to 1: of a text about two matters one may get all.
func (t *Thesaurus) Guess(roots []string) (matters []float32, none float32) {
	if all := t.told.chances(roots); all != nil {
		return all[1:], all[0]
	}
	return nil, 0
}

// learnTold takes in the texts of a list: a line that begins with @ tells the matter of those after it by the first of its names, or by
// nothing that they are about none.
func (t *Thesaurus) learnTold(text string, matters map[string]int) {
	matter := -1
	for _, line := range lines(text) {
		name, names := strings.CutPrefix(line, "@")
		if !names {
			t.told.learn(matter, Telling(Words(line)))
			continue
		}
		matter = -1
		if name = strings.TrimSpace(name); name != "" {
			known := false
			if matter, known = matters[name]; !known {
				panic("norwegian: texts are told of " + name + ", which no line of the synonyms begins with") // both are in the program
			}
		}
	}
}

// Parts gives the roots of the parts of a compound that people use when they tell of some matter; nil if it is none.
func (t *Thesaurus) Parts(word string) []string {
	known := func(part string) bool { return len(t.told.roots[Root(part)]) > 0 && !StopWord("", part) }
	parts := Split(Fold(word), known)
	if parts == nil {
		parts = Split(Root(word), known)
	}
	for i, part := range parts {
		parts[i] = Root(part)
	}
	return parts
}
