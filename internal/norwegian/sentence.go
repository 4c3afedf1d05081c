package norwegian

import "slices"

// tellers are the words of a person who tells something, and not only names it: pronouns, auxiliary verbs, negation,
// and verbs in a finite form for how one is, with what one is or has.
var tellers = set(`jeg eg du han hun ho vi vil meg min mitt mine mi er har får kan må skal blir blei ble vert tør ikke ikkje å at når hvordan korleis hva kva hvorfor kvifor
	vondt redd begynner kommer kjem mistet mista opplevde spiller sjekker bekymrer gruer grubler skjelver svetter skader kutter slutta sluttet klarte
	blitt vært fått føler klarer orker trenger mister sover faller hører tenker gråter våkner drikker spiser lider sliter plages kjenner
	seg bare gidder ligger sitter går står løper kaster sparker biter roper skriker hyler nekter kjører spretter husker glemmer snakker verker hoster puster snuser røyker ruser
	gamer savner lengter skammer hater elsker strever sliter tåler merker rister prøver lurer krangler trives mistrives stammer hakker lekker tisser klør rører
	my me is am are can cannot not don t how what why when has have feel feels refuses drinks hits`)

// persons are the words for somebody of whom a person tells.
var persons = set(`jeg eg meg min mitt mine mi vi oss vår vårt våre han ham hun ho henne hans hennes me my we our he she his him`)

// Personal says that words are told by a person, of whomever.
func Personal(words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return persons[w] })
}

// fewWords is how many words a query has at most that only names something.
const fewWords = 8

// Sentence says that words are somebody's own, such as "jeg får ikke sove", and not a few words for something.
func Sentence(lang string, words []string) bool {
	return len(words) > fewWords || slices.ContainsFunc(words, func(w string) bool { return tellers[w] || lang == "en" && w == "i" })
}
