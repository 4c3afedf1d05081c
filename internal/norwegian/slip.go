package norwegian

import "strings"

// rows are the letters of a keyboard, without Norwegian ones.
var rows = [...]string{"qwertyuiop", "asdfghjkl", "zxcvbnm"}

// sounds are letters that are taken for each other by ear.
var sounds = [...]string{"ck", "sz", "cs", "ei", "iy", "dt", "bp", "gj", "gk", "oa", "uo", "vw", "kq", "fv"}

// leastForAny is from how many letters on a wrong letter may be any.
const leastForAny = 7

// Slip says that the one wrong letter of a short word may have slipped in, both words being of the same length and written with bare
// letters: the keys are neighbours, or the letters sound alike. Otherwise a short word with another letter is another word: kraft is not
// kreft, and hjerne is not hjerte.
func Slip(word, other string) bool {
	if len(word) >= leastForAny || len(word) != len(other) {
		return true
	}
	for i := range len(word) {
		if word[i] != other[i] {
			swapped := i+1 < len(word) && word[i] == other[i+1] && word[i+1] == other[i]
			return swapped || neighbours(word[i], other[i])
		}
	}
	return true
}

func neighbours(a, b byte) bool {
	for _, row := range rows {
		i, j := strings.IndexByte(row, a), strings.IndexByte(row, b)
		if i >= 0 && j >= 0 && (i-j == 1 || j-i == 1) {
			return true
		}
	}
	for _, pair := range sounds {
		if pair[0] == a && pair[1] == b || pair[0] == b && pair[1] == a {
			return true
		}
	}
	return false
}
