package problem

import "strings"

// Code names a kind of mistake. Codes are stable: programs compare them.
type Code string

// The kinds of mistakes. The comment says what [Problem.Want] holds.
const (
	TooLarge        Code = "too-large"        // the limit
	NotUTF8         Code = "not-utf8"         // nothing
	ByteOrderMark   Code = "byte-order-mark"  // nothing
	Syntax          Code = "syntax"           // what the grammar allows at that place
	Trailing        Code = "trailing"         // nothing
	TooDeep         Code = "too-deep"         // the limit
	TooMany         Code = "too-many"         // the limit
	BadNumber       Code = "bad-number"       // the limit
	DuplicateMember Code = "duplicate-member" // nothing
	UnknownMember   Code = "unknown-member"   // the members that exist there
	WrongType       Code = "wrong-type"       // the type
	MissingMember   Code = "missing-member"   // nothing: the pointer ends in the member
	BadFormat       Code = "bad-format"       // the form
	NotAllowed      Code = "not-allowed"      // the values that are allowed
	TooShort        Code = "too-short"        // the least number of characters
	TooLong         Code = "too-long"         // the greatest number of characters
	TooFew          Code = "too-few"          // the least number of items
	OutOfRange      Code = "out-of-range"     // the range
	Repeated        Code = "repeated"         // the pointer of the first one
	Unknown         Code = "unknown"          // what it should refer to
	Contradiction   Code = "contradiction"    // what it contradicts
	BadValue        Code = "bad-value"        // what was wanted
	NotKept         Code = "not-kept"         // nothing: no mistake, but there is no room for it
	Assumed         Code = "assumed"          // what is assumed, since it is not said
	PersonalData    Code = "personal-data"    // nothing
)

// Text says the mistake and what to do in lang: "nb" or "nn"; English otherwise.
func (p Problem) Text(lang string) string {
	t, known := texts[p.Code]
	if !known {
		t = texts[BadValue]
	}
	form := t.en
	switch lang {
	case "nb":
		form = t.nb
	case "nn":
		form = t.nn
	}
	if p.Want == "" {
		form, _, _ = strings.Cut(form, "|")
	}
	return strings.NewReplacer("|", "", "%s", inWords(p.Want, lang)).Replace(form)
}

// text holds one sentence a language; what stands after "|" is left out when
// there is nothing to put in for %s.
type text struct{ nb, nn, en string }

var texts = map[Code]text{
	TooLarge: {
		"Teksten er for stor.| Største tillatte størrelse er %s.",
		"Teksten er for stor.| Største tillatne storleik er %s.",
		"the text is too large|, want at most %s"},
	NotUTF8: {
		"Teksten har tegn som ikke kan leses. Lagre filen som UTF-8 og prøv igjen.",
		"Teksten har teikn som ikkje kan lesast. Lagre fila som UTF-8 og prøv igjen.",
		"the text is not valid UTF-8, save it as UTF-8"},
	ByteOrderMark: {
		"Filen begynner med et usynlig merke (BOM). Lagre den som UTF-8 uten BOM, og prøv igjen.",
		"Fila begynner med eit usynleg merke (BOM). Lagre ho som UTF-8 utan BOM, og prøv igjen.",
		"the text begins with a byte order mark (BOM), save it as UTF-8 without one"},
	Syntax: {
		"Her stemmer ikke JSON-formen.| Det skulle stått %s.",
		"Her stemmer ikkje JSON-forma.| Det skulle stått %s.",
		"this is not valid JSON|, want %s"},
	Trailing: {
		"Det står noe mer etter at dokumentet er slutt. Fjern det.",
		"Det står noko meir etter at dokumentet er slutt. Fjern det.",
		"something follows after the end of the document, remove it"},
	TooDeep: {
		"Her ligger for mange nivåer inni hverandre.| Høyst %s er tillatt.",
		"Her ligg for mange nivå inni kvarandre.| Høgst %s er tillate.",
		"too many nested levels|, want at most %s"},
	TooMany: {
		"Her er det for mange.| Høyst %s er tillatt.",
		"Her er det for mange.| Høgst %s er tillate.",
		"too many|, want at most %s"},
	BadNumber: {
		"Tallet er skrevet på en måte vi ikke tar imot.| Bruk %s.",
		"Talet er skrive på ein måte vi ikkje tek imot.| Bruk %s.",
		"this number is not accepted|, want %s"},
	DuplicateMember: {
		"Feltet står to ganger. Behold bare det ene.",
		"Feltet står to gonger. Behald berre det eine.",
		"the member appears twice, keep one"},
	UnknownMember: {
		"Feltet er ukjent. Sjekk skrivemåten.| Disse finnes her: %s.",
		"Feltet er ukjent. Sjekk skrivemåten.| Desse finst her: %s.",
		"the member is unknown, check the spelling|, want one of %s"},
	WrongType: {
		"Verdien har feil type.| Det skal være %s.",
		"Verdien har feil type.| Det skal vere %s.",
		"the value has the wrong type|, want %s"},
	MissingMember: {
		"Feltet mangler. Fyll det ut.",
		"Feltet manglar. Fyll det ut.",
		"the member is missing, add it"},
	BadFormat: {
		"Verdien er ikke skrevet i riktig form.| Skriv %s.",
		"Verdien er ikkje skriven i rett form.| Skriv %s.",
		"the value does not have the right form|, want %s"},
	NotAllowed: {
		"Verdien er ikke tillatt her.| Velg en av disse: %s.",
		"Verdien er ikkje tillaten her.| Vel ein av desse: %s.",
		"the value is not allowed here|, want one of %s"},
	TooShort: {
		"Teksten er for kort.| Minste lengde er %s tegn.",
		"Teksten er for kort.| Minste lengd er %s teikn.",
		"the text is too short|, want at least %s characters"},
	TooLong: {
		"Teksten er for lang.| Største lengde er %s tegn.",
		"Teksten er for lang.| Største lengd er %s teikn.",
		"the text is too long|, want at most %s characters"},
	TooFew: {
		"Her er det for få.| Det må være minst %s.",
		"Her er det for få.| Det må vere minst %s.",
		"too few|, want at least %s"},
	OutOfRange: {
		"Tallet er utenfor det som er tillatt.| Det skal være %s.",
		"Talet er utanfor det som er tillate.| Det skal vere %s.",
		"the number is out of range|, want %s"},
	Repeated: {
		"Dette er brukt før og kan bare brukes én gang.| Første sted er %s.",
		"Dette er brukt før og kan berre brukast éin gong.| Første stad er %s.",
		"this is used before and may be used once only|, first at %s"},
	Unknown: {
		"Dette viser til noe som ikke finnes.| Det skal være %s.",
		"Dette viser til noko som ikkje finst.| Det skal vere %s.",
		"this refers to something that does not exist|, want %s"},
	Contradiction: {
		"Dette stemmer ikke med det som ellers er oppgitt.| Se %s.",
		"Dette stemmer ikkje med det som elles er oppgitt.| Sjå %s.",
		"this contradicts what is said elsewhere|, see %s"},
	BadValue: {
		"Verdien kan ikke brukes.| Det skal være %s.",
		"Verdien kan ikkje brukast.| Det skal vere %s.",
		"the value cannot be used|, want %s"},
	NotKept: {
		"Dette er det ikke plass til. Det blir ikke med videre.",
		"Dette er det ikkje plass til. Det blir ikkje med vidare.",
		"there is no room for this, it is left out"},
	Assumed: {
		"Dette er ikke sagt tydelig.| Vi går ut fra %s.",
		"Dette er ikkje sagt tydeleg.| Vi går ut frå %s.",
		"this is not said clearly|, assumed is that %s"},
	PersonalData: {
		"Dette kan være et fødselsnummer eller en annen personopplysning som ikke skal stå her. Fjern det. Er det et annet nummer, skriv det med mellomrom.",
		"Dette kan vere eit fødselsnummer eller ei anna personopplysning som ikkje skal stå her. Fjern det. Er det eit anna nummer, skriv det med mellomrom.",
		"this may be a national identity number or something else personal that must not be here, remove it; write another sort of number in groups"},
}

// Codes lists every code, in no particular order.
func Codes() []Code {
	all := make([]Code, 0, len(texts))
	for code := range texts {
		all = append(all, code)
	}
	return all
}
