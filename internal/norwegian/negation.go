package norwegian

import "slices"

var (
	// between are the words that may stand between a denial and what it denies.
	between = set(`bli blir blitt være vært er har ha hatt få fått lenger noe noen å en et vere vore ein eit noko a be been get have any yet`)
	// states are what one may say one is not, besides the health matters that compounds are about.
	states = set(`gravid gravide svanger dement deprimert pregnant depressed`)
	// wanted are such matters that one only complains of not having.
	wanted = set(`søvn amming avspenning mindfulness`)
)

// Denied says that a text, given as its words, says of a condition that it is not there: "ikke gravid", "har ikke diabetes". Only conditions
// can be denied: who cannot sleep looks for sleep.
func Denied(words []string, word string) bool {
	at := slices.Index(words, word)
	if at < 1 || !deniable(word) {
		return false
	}
	for at--; at > 0 && between[words[at]]; at-- {
	}
	return denials[words[at]] == "ikke"
}

func deniable(word string) bool {
	core := Core(word)
	return states[word] || core != "" && !wanted[core]
}
