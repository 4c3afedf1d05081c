package catalogue

import "slices"

// top orders the n best of all in their places at the beginning, and leaves the others behind them in any order. Few are shown of the many
// that are found.
func top[T any](all []T, n int, compare func(a, b T) int) {
	if n >= len(all)/2 {
		slices.SortFunc(all, compare)
		return
	}
	best := all[:n] // a heap with the worst on top
	for i := n/2 - 1; i >= 0; i-- {
		sink(best, i, compare)
	}
	for i := n; n > 0 && i < len(all); i++ {
		if compare(all[i], best[0]) < 0 {
			all[i], best[0] = best[0], all[i]
			sink(best, 0, compare)
		}
	}
	slices.SortFunc(best, compare)
}

// sink lets the entry at i go down to its place in a heap whose entries are no better than those above them.
func sink[T any](heap []T, i int, compare func(a, b T) int) {
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
