package norwegian

import "unicode/utf8"

// The least lengths of the parts of a compound, in letters: so that omsorg is not om and sorg, and at least one part tells something.
const (
	leastPart  = 3
	leastOther = 5
)

// maxParts is how many parts a compound may have, maxCompound how many bytes.
const (
	maxParts    = 4
	maxCompound = 64
)

// Split parts a compound where all parts are known words, with a linking s or e between them if needed: søvnvansker into søvn and
// vansker, selvmordstanker into selvmord and tanker. It takes as few parts as it can, of several places
// the one with the longest first part, and a linking s for the beginning of a word if it can be. known must say no
// to stop words. Nil means that the word has no such place, or that it is known to be no compound.
func Split(word string, known func(string) bool) []string {
	if whole()[word] || len(word) > maxCompound {
		return nil
	}
	for most := 2; most <= maxParts; most++ {
		if parts := parted(word, known, most); parts != nil {
			return parts
		}
	}
	return nil
}

// Whole says that a word with this root is known to be no compound, in any of its forms.
func Whole(root string) bool { return whole()[root] }

func parted(word string, known func(string) bool, most int) []string {
	if most < 2 {
		return nil
	}
	for at := len(word) - leastPart; at >= leastPart; at-- {
		if !utf8.RuneStart(word[at]) || !known(word[at:]) {
			continue
		}
		for _, link := range []string{"", "s", "e"} {
			first, linked := withoutLink(word[:at], link)
			if !linked || !long(first, word[at:]) {
				continue
			}
			if known(first) {
				if link == "s" && known(word[at-1:]) { // hjerte and svikt, not hjertes and vikt
					at--
				}
				return []string{first, word[at:]}
			}
			if before := parted(first, known, most-1); before != nil {
				return append(before, word[at:])
			}
		}
	}
	return nil
}

func withoutLink(part, link string) (string, bool) {
	if len(part) < len(link) || part[len(part)-len(link):] != link {
		return "", false
	}
	return part[:len(part)-len(link)], true
}

func long(first, second string) bool {
	a, b := utf8.RuneCountInString(first), utf8.RuneCountInString(second)
	return min(a, b) >= leastPart && max(a, b) >= leastOther
}
