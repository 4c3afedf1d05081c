//go:build race

package approval_test

// share is how much of the random cases is tried: the race detector makes
// everything about ten times slower. CI tries all of them without it.
const share = 10
