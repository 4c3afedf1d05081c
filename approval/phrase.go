package approval

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/verktoykatalog/verktoy/catalogue"
)

// phrase is a sentence in the three languages, with fmt verbs in the same order.
type phrase struct{ nb, nn, en string }

// text fills the sentence in. Texts among the arguments are taken in the
// sentence's language, days are written out, everything else as it is.
func (p phrase) text(args ...any) catalogue.Text {
	return catalogue.Text{
		"nb": fill(p.nb, "nb", args),
		"nn": fill(p.nn, "nn", args),
		"en": fill(p.en, "en", args),
	}
}

// in is text in one of the three languages alone.
func (p phrase) in(lang catalogue.Lang, args ...any) string {
	switch lang {
	case "nn":
		return fill(p.nn, lang, args)
	case "en":
		return fill(p.en, lang, args)
	}
	return fill(p.nb, lang, args)
}

func fill(form string, lang catalogue.Lang, args []any) string {
	if len(args) == 0 {
		return form
	}
	out := make([]any, len(args))
	for i, a := range args {
		switch a := a.(type) {
		case catalogue.Text:
			out[i] = a.In(lang)
		case catalogue.Date:
			out[i] = longDate(a, lang)
		default:
			out[i] = a
		}
	}
	return fmt.Sprintf(form, out...)
}

var months = map[catalogue.Lang][]string{
	"nb": {"januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "desember"},
	"nn": {"januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "desember"},
	"en": {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
}

// longDate writes 2027-11-01 as 1. november 2027 or 1 November 2027; what is no date stays as it is.
func longDate(d catalogue.Date, lang catalogue.Lang) string {
	t, ok := day(d)
	if !ok {
		return string(d)
	}
	dot := "."
	if lang == "en" {
		dot = ""
	}
	return fmt.Sprintf("%d%s %s %d", t.Day(), dot, months[lang][t.Month()-1], t.Year())
}

// list joins codes for a sentence: "a", "b" or "c".
func list(codes []string) catalogue.Text {
	quoted := make([]string, len(codes))
	for i, c := range codes {
		quoted[i] = strconv.Quote(c)
	}
	join := func(or string) string {
		if len(quoted) < 2 {
			return strings.Join(quoted, "")
		}
		last := len(quoted) - 1
		return strings.Join(quoted[:last], ", ") + " " + or + " " + quoted[last]
	}
	return catalogue.Text{"nb": join("eller"), "nn": join("eller"), "en": join("or")}
}

// Sentences about problems in declarations.
var (
	aboutRequirement = phrase{"Krav %s «%s»: %s", "Krav %s «%s»: %s", "Requirement %s “%s”: %s"}
	aboutFact        = phrase{"Spørsmålet «%s»: %s", "Spørsmålet «%s»: %s", "The question “%s”: %s"}

	sayOtherSet = phrase{
		"Erklæringen svarer på et annet kravsett. Dette skal være %s versjon %s. Hent skjemaet for den versjonen og svar på nytt.",
		"Erklæringa svarer på eit anna kravsett. Dette skal vere %s versjon %s. Hent skjemaet for den versjonen og svar på nytt.",
		"The declaration answers another requirement set. It should be %s version %s. Get the form for that version and answer again."}
	sayUnknownRequirement = phrase{
		"Kravsettet har ikke noe krav med denne id-en. Sjekk skrivemåten, eller ta bort svaret.",
		"Kravsettet har ikkje noko krav med denne id-en. Sjekk skrivemåten, eller ta bort svaret.",
		"The requirement set has no requirement with this id. Check the spelling, or remove the answer."}
	sayUnknownFact = phrase{
		"Kravsettet spør ikke om dette. Sjekk skrivemåten, eller ta bort feltet.",
		"Kravsettet spør ikkje om dette. Sjekk skrivemåten, eller ta bort feltet.",
		"The requirement set does not ask for this. Check the spelling, or remove the field."}
	sayNoReasons = phrase{
		"Dette kravet kan ikke besvares med «not-applicable». Svar yes eller no.",
		"Dette kravet kan ikkje svarast på med «not-applicable». Svar yes eller no.",
		"This requirement cannot be answered with “not-applicable”. Answer yes or no."}
	sayReasonMissing = phrase{
		"Svaret er at kravet ikke er aktuelt, men grunnen mangler. Oppgi reason: %s.",
		"Svaret er at kravet ikkje er aktuelt, men grunnen manglar. Oppgi reason: %s.",
		"The answer is that this does not apply, but the reason is missing. Give reason: %s."}
	sayReasonNotNeeded = phrase{
		"Grunnen (reason) hører bare til svaret «not-applicable». Ta den bort, eller endre svaret.",
		"Grunnen (reason) høyrer berre til svaret «not-applicable». Ta han bort, eller endre svaret.",
		"The reason belongs to the answer “not-applicable” only. Remove it, or change the answer."}
	sayContradiction = phrase{
		"Svaret er at kravet ikke er aktuelt («%s»), men det stemmer ikke med det dere har oppgitt på spørsmålet «%s». Rett opplysningen, eller svar yes eller no.",
		"Svaret er at kravet ikkje er aktuelt («%s»), men det stemmer ikkje med det de har oppgitt på spørsmålet «%s». Rett opplysninga, eller svar yes eller no.",
		"The answer is that this does not apply (“%s”), but that does not agree with your answer to the question “%s”. Correct that, or answer yes or no."}
	sayMissingEvidence = phrase{
		"Svaret er ja, men dokumentasjonen mangler. Før den opp under evidence, og vis til den i svaret. Disse typene godtas: %s.",
		"Svaret er ja, men dokumentasjonen manglar. Før han opp under evidence, og vis til han i svaret. Desse typane blir godtekne: %s.",
		"The answer is yes, but the evidence is missing. List it under evidence and refer to it in the answer. These kinds are accepted: %s."}
	sayEvidenceKind = phrase{
		"Ingen av dokumentene er av en type som godtas her. Legg ved ett av typen %s.",
		"Ingen av dokumenta er av ein type som blir godteken her. Legg ved eitt av typen %s.",
		"None of the documents is of a kind that is accepted here. Add one of the kind %s."}
	sayEvidenceTooOld = phrase{
		"Dokumentet var for gammelt da erklæringen ble levert: det kan være høyst %d måneder. Legg ved et nyere.",
		"Dokumentet var for gammalt då erklæringa vart levert: det kan vere høgst %d månader. Legg ved eit nyare.",
		"The document was too old when the declaration was submitted: it may be at most %d months old. Add a newer one."}
	sayEvidenceExpired = phrase{
		"Dokumentet var ikke lenger gyldig da erklæringen ble levert. Legg ved et som gjelder.",
		"Dokumentet var ikkje lenger gyldig då erklæringa vart levert. Legg ved eit som gjeld.",
		"The document was no longer valid when the declaration was submitted. Add one that is."}
	sayPersonalData = phrase{
		"Her står det noe som ligner et fødselsnummer. Ta det bort: mange leser erklæringen.",
		"Her står det noko som liknar eit fødselsnummer. Ta det bort: mange les erklæringa.",
		"This holds something like a national identity number. Remove it: many people read the declaration."}
	sayIssuedLater = phrase{
		"Dokumentet er datert etter at erklæringen ble levert. Rett datoen, eller legg ved et annet dokument.",
		"Dokumentet er datert etter at erklæringa vart levert. Rett datoen, eller legg ved eit anna dokument.",
		"The document is dated after the declaration was submitted. Correct the date, or add another document."}
	sayExpiresFirst = phrase{
		"Dokumentet går ut før det er utstedt. Rett en av datoene.",
		"Dokumentet går ut før det er utferda. Rett ein av datoane.",
		"The document expires before it was issued. Correct one of the dates."}
	sayUnknownEvidence = phrase{
		"Svaret viser til et dokument som ikke står under evidence. Før det opp der, eller rett id-en.",
		"Svaret viser til eit dokument som ikkje står under evidence. Før det opp der, eller rett id-en.",
		"The answer refers to a document that is not listed under evidence. List it there, or correct the id."}
	sayRepeatedEvidence = phrase{
		"Denne id-en er brukt på et annet dokument lenger opp. Gi hvert dokument sin egen id.",
		"Denne id-en er brukt på eit anna dokument lenger oppe. Gi kvart dokument sin eigen id.",
		"This id is used for another document further up. Give each document an id of its own."}

	sayOrgNumber = phrase{
		"Skriv organisasjonsnummeret med ni siffer uten mellomrom, og sjekk at hvert siffer er riktig.",
		"Skriv organisasjonsnummeret med ni siffer utan mellomrom, og sjekk at kvart siffer er rett.",
		"Write the organisation number with nine digits and no spaces, and check every digit."}
	sayDate = phrase{
		"Skriv datoen som år-måned-dag, for eksempel 2026-11-30. Dagen må finnes i kalenderen.",
		"Skriv datoen som år-månad-dag, til dømes 2026-11-30. Dagen må finnast i kalenderen.",
		"Write the date as year-month-day, such as 2026-11-30. The day must exist."}
	sayURL = phrase{
		"Skriv en hel nettadresse som begynner med https://.",
		"Skriv ei heil nettadresse som begynner med https://.",
		"Write a whole web address that begins with https://."}
	sayDigest = phrase{
		"Skriv SHA-256-summen av filen: 64 tegn, bare 0–9 og små bokstaver a–f.",
		"Skriv SHA-256-summen av fila: 64 teikn, berre 0–9 og små bokstavar a–f.",
		"Write the file's SHA-256 sum: 64 characters, only 0–9 and lower-case a–f."}
	sayToolID = phrase{
		"Skriv verktøyets id slik den står i katalogen: små bokstaver a–z, tall og bindestrek.",
		"Skriv id-en til verktøyet slik han står i katalogen: små bokstavar a–z, tal og bindestrek.",
		"Write the tool's id as it is in the catalogue: lower-case letters a–z, digits and hyphens."}
)
