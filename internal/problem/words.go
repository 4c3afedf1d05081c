package problem

import (
	"slices"
	"strings"
)

// inWords puts what was wanted into the reader's language, as far as it is made
// of the phrases that this module uses; member names, limits and examples stay.
func inWords(want, lang string) string {
	switch lang {
	case "nb":
		return bokmaal.Replace(typeName(want, 0))
	case "nn":
		return nynorsk.Replace(typeName(want, 1))
	}
	return typeName(want, 2)
}

// typeName replaces JSON's own type names where they stand alone: within a list they are names of members.
func typeName(want string, lang int) string {
	if name, is := typeNames[want]; is {
		return name[lang]
	}
	return want
}

var typeNames = map[string][3]string{
	"object":  {"et objekt { … }", "eit objekt { … }", "an object"},
	"array":   {"en liste [ … ]", "ei liste [ … ]", "an array"},
	"string":  {"en tekst i anførselstegn", "ein tekst i hermeteikn", "a string"},
	"boolean": {"true eller false", "true eller false", "true or false"},
	"number":  {"et tall", "eit tal", "a number"},
	"integer": {"et heltall", "eit heiltal", "an integer"},
}

// phrases are replaced wherever they stand, the first that fits; longer ones
// come before those that they begin with.
var phrases = [][3]string{
	{"an organisation number of nine digits with a valid check digit",
		"organisasjonsnummeret med ni siffer uten mellomrom, og sjekk at hvert siffer er riktig",
		"organisasjonsnummeret med ni siffer utan mellomrom, og sjekk at kvart siffer er rett"},
	{"1 to 64 lower-case letters a-z, digits and hyphens, with a letter or digit at both ends",
		"1 til 64 små bokstaver a–z, sifre og bindestreker, med bokstav eller siffer først og sist",
		"1 til 64 små bokstavar a–z, siffer og bindestrekar, med bokstav eller siffer først og sist"},
	{"the tool is a draft", "at verktøyet er et utkast", "at verktøyet er eit utkast"},
	{"the tool requires a login and a prescription", "at verktøyet krever innlogging og forskrivning",
		"at verktøyet krev innlogging og forskriving"},
	{"the tool requires a login and no prescription", "at verktøyet krever innlogging, men ikke forskrivning",
		"at verktøyet krev innlogging, men ikkje forskriving"},
	{"the id of the tool is the last part of this", "at siste del av dette er verktøyets id", "at siste del av dette er id-en til verktøyet"},
	{"the language is ", "at språket er ", "at språket er "},
	{"the id of the tool is this", "at dette er verktøyets id", "at dette er id-en til verktøyet"},
	{"the whole day is meant", "at hele dagen er ment", "at heile dagen er meint"},
	{"no member that changes the meaning of others", "ikke noe som endrer meningen med resten", "ikkje noko som endrar meininga med resten"},
	{"false, since a catalogue holds what may be done", "false, siden en katalog har det som kan gjøres",
		"false, sidan ein katalog har det som kan gjerast"},
	{"a language of the resource, since it has texts", "et språk for ressursen, siden den har tekster",
		"eit språk for ressursen, sidan han har tekstar"},
	{"a day that exists, written YYYY-MM-DD",
		"en dag som finnes i kalenderen, som ÅÅÅÅ-MM-DD",
		"ein dag som finst i kalenderen, som ÅÅÅÅ-MM-DD"},
	{`a language such as nb, nn, en or se ("no" does not say which Norwegian)`,
		`et språk, som nb, nn, en eller se («no» sier ikke hvilken norsk)`,
		`eit språk, som nb, nn, en eller se («no» seier ikkje kva norsk)`},
	{"an absolute address that begins with https:// and holds no user name",
		"hele adressen, med https:// foran og uten brukernavn",
		"heile adressa, med https:// framfor og utan brukarnamn"},
	{"a country's code of two upper-case letters, such as NO",
		"landkoden med to store bokstaver, som NO", "landkoden med to store bokstavar, som NO"},
	{"one e-mail address, such as post@example.no", "én e-postadresse, som post@example.no", "éi e-postadresse, som post@example.no"},
	{"a telephone number in groups, such as 22 22 22 22 or +46 70 123 45 67",
		"telefonnummeret med mellomrom, som 22 22 22 22 eller +46 70 123 45 67",
		"telefonnummeret med mellomrom, som 22 22 22 22 eller +46 70 123 45 67"},
	{"64 lower-case hexadecimal digits (SHA-256)", "64 tegn av 0–9 og a–f (SHA-256)", "64 teikn av 0–9 og a–f (SHA-256)"},
	{"another organisation than the party", "en annen virksomhet enn parten selv", "ei anna verksemd enn parten sjølv"},
	{"text without control characters", "tekst uten styretegn", "tekst utan styreteikn"},
	{"the id of one of the sources", "id-en til en av kildene", "id-en til ei av kjeldene"},
	{"the id of one of the facts", "id-en til en av opplysningene", "id-en til ei av opplysningane"},
	{"exactly one of all, any, not, fact, answer, count", "bare én av all, any, not, fact, answer og count", "berre éin av all, any, not, fact, answer og count"},
	{"the id of one of the requirements", "id-en til et av kravene", "id-en til eit av krava"},
	{"the id of one of the groups", "id-en til en av gruppene", "id-en til ei av gruppene"},
	{"the id of another requirement", "id-en til et annet krav", "id-en til eit anna krav"},
	{"the id of a requirement of the earlier set", "id-en til et krav i det forrige kravsettet", "id-en til eit krav i det førre kravsettet"},
	{"the id of a requirement of the later set", "id-en til et krav i det nye kravsettet", "id-en til eit krav i det nye kravsettet"},
	{"the conditions that may stand here: on facts only", "hvilke vilkår som kan stå her: bare slike om opplysninger",
		"kva vilkår som kan stå her: berre slike om opplysningar"},
	{"the rules: only they may count", "reglene: bare de kan telle", "reglane: berre dei kan telje"},
	{"what this requirement depends on: not on its own answer", "hva kravet avhenger av: ikke svaret på kravet selv",
		"kva kravet avheng av: ikkje svaret på kravet sjølv"},
	{"a result that decides; what is unanswered leaves the outcome open", "et resultat som avgjør; det som er ubesvart, lar utfallet stå åpent",
		"eit resultat som avgjer; det som ikkje er svart på, lèt utfallet stå ope"},
	{"an id that no rule of the software has", "en id som ingen av programmets egne regler har", "ein id som ingen av programmet sine eigne reglar har"},
	{"atLeast or below", "atLeast eller below", "atLeast eller below"},
	{"in, or atLeast and below", "in, eller atLeast og below", "in, eller atLeast og below"},
	{"in, because the fact is not a number", "in, fordi opplysningen ikke er et tall", "in, fordi opplysninga ikkje er eit tal"},
	{"atLeast and below, because the fact is a number", "atLeast og below, fordi opplysningen er et tall", "atLeast og below, fordi opplysninga er eit tal"},
	{"more than atLeast", "mer enn atLeast", "meir enn atLeast"},

	{"a member name in quotes", "et feltnavn i anførselstegn", "eit feltnamn i hermeteikn"},
	{` after the member name`, ` etter feltnavnet`, ` etter feltnamnet`},
	{"the closing quote of a string", "et anførselstegn som avslutter teksten", "eit hermeteikn som avsluttar teksten"},
	{"four hexadecimal digits after", "fire heksadesimale sifre etter", "fire heksadesimale siffer etter"},
	{"a whole surrogate pair", "et helt surrogatpar", "eit heilt surrogatpar"},
	{"one of \" \\ / b f n r t u after a backslash", "ett av tegnene \" \\ / b f n r t u etter omvendt skråstrek",
		"eitt av teikna \" \\ / b f n r t u etter omvend skråstrek"},
	{"a value", "en verdi", "ein verdi"},
	{"a digit", "et siffer", "eit siffer"},
	{" at line ", " på linje ", " på linje "},
	{", column ", ", kolonne ", ", kolonne "},
	{`"," or `, `"," eller `, `"," eller `},

	{" characters and an exponent of at most ", " tegn og en eksponent på høyst ", " teikn og ein eksponent på høgst "},
	{"at most ", "høyst ", "høgst "},
	{" members and items", " felt og elementer", " felt og element"},
	{"an integer of ", "et heltall på ", "eit heiltal på "},
	{"an integer from 0, in ", "et heltall fra 0, på ", "eit heiltal frå 0, på "},
	{"a number that fits ", "et tall på ", "eit tal på "},
	{" bits", " biter", " bitar"},
}

var bokmaal, nynorsk = replacer(1), replacer(2)

func replacer(lang int) *strings.Replacer {
	var pairs []string
	for _, p := range slices.Concat(phrases, prescriptionPhrases) {
		pairs = append(pairs, p[0], p[lang])
	}
	return strings.NewReplacer(pairs...)
}
