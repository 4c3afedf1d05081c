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

var (
	// turns are the words after which a text says what is there in place of what it has denied.
	turns = set(`men bare berre kun heller derimot but just only instead`)
	// only are those after which not means not only.
	only = set(`bare berre kun just only`)
	// refer are the words after a turn that speak of what stands before it: "jeg drikker ikke, men det gjør far".
	refer = set(`det dette slik sånn does do did has it that`)
	// unable are the words with which one complains of what one cannot do, and those of which one only complains that they are not there.
	unable = set(`får fikk kan kunne klarer klarte tør turte torer vil ville orker orket greier makter evner greide skal må can could cannot will want
		sover sov søv puster spiser eter husker hugsar finner finn forstår skjønner virker verkar hjelper smiler ler trives`)
)

// WithoutDenied leaves out of a text, given as its words, what it says is not there before it says what is: "stammer ikke, men glemmer ord", "hører ikke
// stemmer, bare en pipelyd". What one cannot do is a complaint and stays, and so does what the rest of the text refers to. Without a rest that tells something
// nothing is left out.
func WithoutDenied(words []string) []string {
	for at, w := range words {
		if denials[w] != "ikke" || at > 0 && unable[words[at-1]] {
			continue
		}
		turn := at + slices.IndexFunc(words[at:], func(w string) bool { return turns[w] })
		if turn < at || turn == at+1 && only[words[turn]] {
			continue
		}
		if rest := words[turn:]; slices.ContainsFunc(Telling(rest), func(r string) bool { return denials[r] == "" && !Generic(r) }) &&
			!slices.ContainsFunc(rest, func(w string) bool { return refer[w] }) {
			return slices.Concat(words[:max(0, at-1)], rest)
		}
	}
	return words
}
