package norwegian

import "unicode/utf8"

// Nearest returns the words of a vocabulary that are most like word, in the vocabulary's order: those at the smallest distance, and
// none that is further off than the word's length permits (one edit from five letters, two from nine). A word under five letters or
// over 64 has no likeness.
// The distance is counted on [FoldBare], so that a missing Norwegian keyboard costs nothing.
func Nearest(word string, vocabulary []string) []string {
	target := []rune(FoldBare(word))
	best := Tolerance(word)
	if best == 0 {
		return nil
	}
	var found []string
	for _, candidate := range vocabulary {
		if delta := utf8.RuneCountInString(candidate) - len(target); delta > best+1 || -delta > best+1 {
			continue
		}
		d := Distance(target, []rune(FoldBare(candidate)), best)
		if d < best {
			best, found = d, nil
		}
		if d <= best {
			found = append(found, candidate)
		}
	}
	return found
}

// Tolerance is how many edits a word of this length may be off: one from five letters, two from nine, none beyond 64.
func Tolerance(word string) int {
	switch letters := utf8.RuneCountInString(word); {
	case letters > 64:
		return 0
	case letters >= 9:
		return 2
	case letters >= 5:
		return 1
	}
	return 0
}

// Distance is the Damerau-Levenshtein distance in its common, restricted form: inserted, missing, wrong and swapped neighbouring
// letters cost one each, and no letter is edited twice. Any result above limit means "further off than limit".
func Distance(a, b []rune, limit int) int {
	if len(a)-len(b) > limit || len(b)-len(a) > limit {
		return limit + 1
	}
	var spare [3][65]int // short words need no other memory
	var before, above, row []int
	if len(b) < len(spare[0]) {
		before, above, row = spare[0][:len(b)+1], spare[1][:len(b)+1], spare[2][:len(b)+1]
	} else {
		before, above, row = make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	}
	for j := range row {
		above[j] = j
	}
	for i := range a {
		row[0] = i + 1
		smallest := row[0]
		for j := range b {
			row[j+1] = min(above[j+1]+1, row[j]+1, above[j]+cost(a[i], b[j]))
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
			smallest = min(smallest, row[j+1])
		}
		if smallest > limit {
			return limit + 1
		}
		before, above, row = above, row, before
	}
	return above[len(b)]
}

func cost(a, b rune) int {
	if a == b {
		return 0
	}
	return 1
}
