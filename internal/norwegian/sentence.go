package norwegian

import "slices"

// tellers are the words of a person who tells something, and not only names it: pronouns, auxiliary verbs, negation,
// and verbs in a finite form for how one is, with what one is or has.
var tellers = set(`jeg eg du han hun ho vi vil meg min mitt mine mi er har får kan må skal blir blei ble vert tør ikke ikkje å at når hvordan korleis hva kva hvorfor kvifor
	vondt redd begynner kommer kjem mistet mista opplevde spiller sjekker bekymrer gruer grubler skjelver svetter skader kutter slutta sluttet klarte
	blitt vært fått føler klarer orker trenger mister sover faller hører tenker gråter våkner drikker spiser lider sliter plages kjenner
	my me is am are can cannot not don t how what why when`)

// fewWords is how many words a query has at most that only names something.
const fewWords = 8

// Sentence says that words are somebody's own, such as "jeg får ikke sove", and not a few words for something.
func Sentence(lang string, words []string) bool {
	return len(words) > fewWords || slices.ContainsFunc(words, func(w string) bool { return tellers[w] || lang == "en" && w == "i" })
}
