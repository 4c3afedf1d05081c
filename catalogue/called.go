package catalogue

import (
	"math/bits"
	"slices"
	"strings"
)

// askPhrase adds what roots mean together in the phrases that tools have.
func (l *lexicon) askPhrase(a *asked, roots []string, covers uint32, visible set) {
	var found []reading
	for _, term := range l.phrases[strings.Join(roots, " ")] {
		if l.occurs(term, visible) {
			found = append(found, readAs(term, exact))
		}
	}
	if len(found) > 0 {
		a.addPhrase(l.terms[found[0].term], covers, weightPhrase, found)
		if bits.OnesCount32(covers) > 1 {
			a.parts[len(a.parts)-1].tells *= 1 - 1/surePhrase // the tool has the words too
		}
	}
}

// isPhrase says that a tool has these roots as a phrase, such as its name: then the query is no sentence of somebody's.
func (l *lexicon) isPhrase(roots []string, visible set) bool {
	return slices.ContainsFunc(l.phrases[strings.Join(roots, " ")], func(term int32) bool { return l.occurs(term, visible) })
}

// phrased are the words that stand in phrases which tools have.
func (l *lexicon) phrased(roots []string, bits map[string]uint32, visible set) uint32 {
	var out uint32
	for from := range roots {
		for to := from + 2; to <= min(from+maxPhrase, len(roots)); to++ {
			if l.isPhrase(roots[from:to], visible) {
				out |= union(bits, roots[from:to])
			}
		}
	}
	return out
}

// call lets a phrase that is all of the query, as a name is, tell all of it, however little its words do.
func (a *asked) call(covers uint32) {
	for i := range a.parts {
		if p := &a.parts[i]; p.covers == covers {
			p.tells = max(p.tells, a.tells)
		}
	}
}
