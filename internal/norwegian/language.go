package norwegian

// The words that give a language away, as no other one has them.
var (
	signsOfEnglish = set(`the is are and of you your he she it this that what how why when where can could would should don t not my from with about am was were they their been there`)
	signsOfNynorsk = set(`eg ikkje ein eit frå kva kven korleis kvifor dykk meir mykje sjølv nokon noko vere vore vert blei treng ynskjer dykkar honom berre`)
	signsOfBokmaal = set(`jeg ikke en et fra hva hvem hvordan hvorfor dere mer mye selv noen noe være vært blir ble ønsker bare også hun`)
)

// Language is the language of a text by its words: "en", "nn" or "nb", that of which it has most words that the others have not. A text that has none, or as many of
// two, is in lang.
func Language(lang string, words []string) string {
	var en, nn, nb int
	for _, w := range words {
		en += one(signsOfEnglish[w])
		nn += one(signsOfNynorsk[w])
		nb += one(signsOfBokmaal[w])
	}
	switch {
	case en > nn+nb:
		return "en"
	case nn > en+nb:
		return "nn"
	case nb > en+nn:
		return "nb"
	}
	return lang
}

func one(is bool) int {
	if is {
		return 1
	}
	return 0
}
