package backoff

import (
	"cmp"
	"slices"
)

// Turn puts messages that were handed out together in the order in which to try them: those with the fewest attempts first, and of those
// with as many another one first each time. So one that ends the program whenever it is tried keeps no other from being tried.
func Turn[M any](claimed []M, attempts func(M) int) {
	if len(claimed) == 0 {
		return
	}
	first := max(attempts(claimed[0])-1, 0) % len(claimed)
	turned := slices.Concat(claimed[first:], claimed[:first])
	slices.SortStableFunc(turned, func(a, b M) int { return cmp.Compare(attempts(a), attempts(b)) })
	copy(claimed, turned)
}
