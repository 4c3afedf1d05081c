package catalogue

import "slices"

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
		if relevant && all[i].below(best[0]) {
			continue
		}
		if compare(all[i], best[0]) < 0 {
			all[i], best[0] = best[0], all[i]
			sink(best, 0, compare)
		}
	}
	slices.SortFunc(best, compare)
}

// below says that a candidate is less relevant than another one, whatever else parts them.
func (c candidate) below(other candidate) bool {
	return c.matched < other.matched || c.matched == other.matched && c.score < other.score
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
