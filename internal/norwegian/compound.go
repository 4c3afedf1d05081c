package norwegian

import "unicode/utf8"

// The least lengths of the parts of a compound, in letters: so that omsorg is not om and sorg, and at least one part tells something.
const (
	leastPart  = 3
	leastOther = 5
)

// Split parts a compound in two where both parts are known words, with a linking s or e between them if needed: søvnvansker into søvn
// and vansker, selvmordstanker into selvmord and tanker. Of several places it takes the one with the longest first part. known must
// say no to stop words. It is false for a word that has no such place.
func Split(word string, known func(string) bool) (first, second string, ok bool) {
	letters := []rune(word)
	for at := len(letters) - leastPart; at >= leastPart; at-- {
		second = string(letters[at:])
		if !known(second) {
			continue
		}
		for _, link := range []string{"", "s", "e"} {
			first, ok = withoutLink(string(letters[:at]), link)
			if ok && long(first, second) && known(first) {
				return first, second, true
			}
		}
	}
	return "", "", false
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
