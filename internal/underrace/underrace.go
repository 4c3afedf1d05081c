// Package underrace tells tests how much of their many cases to try. The race
// detector makes code about ten times slower and finds nothing more in the
// ten-thousandth case of a function that shares nothing; so a tenth is tried
// under it, and CI runs each package that imports this one without it, too.
package underrace

// Cases is n, or a tenth of it under the race detector, but at least one.
func Cases(n int) int { return max(1, n/share) }

// Tries says whether case i is among those: all, or every tenth under the race
// detector, the first among them.
func Tries(i int) bool { return i%share == 0 }

// Some gives the cases of a list that are tried.
func Some[T any](list []T) []T {
	var out []T
	for i, one := range list {
		if Tries(i) {
			out = append(out, one)
		}
	}
	return out
}
