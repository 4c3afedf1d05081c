package catalogue

import (
	"math"
	"slices"
)

// top orders the n best of all in their places at the beginning, and leaves the others behind them in any order. Few are shown of the many
// that are found. Relevant says that compare puts first what is relevant: then most need not be compared in full.
func top(all []candidate, n int, relevant bool, compare func(a, b candidate) int) {
	if n >= len(all)/2 {
		slices.SortFunc(all, compare)
		return
	}
	best := all[:n] // a heap with the worst on top
	for i := n/2 - 1; i >= 0; i-- {
		sink(best, i, compare)
	}
	for i := n; n > 0 && i < len(all); i++ {
		if relevant && all[i].relevance() < best[0].relevance() {
			continue
		}
		if compare(all[i], best[0]) < 0 {
			all[i], best[0] = best[0], all[i]
			sink(best, 0, compare)
		}
	}
	slices.SortFunc(best, compare)
}

// relevance orders candidates by how relevant they are, whatever else parts them: a number of words, then a score, which is never
// negative. It is one number, so that a processor foresees how most comparisons end.
func (c candidate) relevance() uint64 {
	return uint64(c.matched)<<32 | uint64(math.Float32bits(c.score))
}

// sink lets the entry at i go down to its place in a heap whose entries are no better than those above them.
func sink(heap []candidate, i int, compare func(a, b candidate) int) {
	for {
		worst := i
		for child := 2*i + 1; child <= 2*i+2 && child < len(heap); child++ {
			if compare(heap[child], heap[worst]) > 0 {
				worst = child
			}
		}
		if worst == i {
			return
		}
		heap[i], heap[worst] = heap[worst], heap[i]
		i = worst
	}
}
