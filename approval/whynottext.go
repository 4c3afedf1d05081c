package approval

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/verktoykatalog/verktoy/catalogue"
)

// Words of changes.
var (
	changeYes = phrase{
		"Få krav %s «%s» på plass, og svar ja.",
		"Få krav %s «%s» på plass, og svar ja.",
		"Have requirement %s “%s” in place and answer yes."}
	changeDocumented = phrase{
		"Få krav %s «%s» på plass, svar ja, og legg ved dokumentasjon av typen %s. Den må være %s.",
		"Få krav %s «%s» på plass, svar ja, og legg ved dokumentasjon av typen %s. Han må vere %s.",
		"Have requirement %s “%s” in place, answer yes and add evidence of the kind %s. It must be %s."}
	changeEvidence = phrase{
		"Legg ved ny dokumentasjon til krav %s «%s», av typen %s. Den må være %s.",
		"Legg ved ny dokumentasjon til krav %s «%s», av typen %s. Han må vere %s.",
		"Add new evidence to requirement %s “%s”, of the kind %s. It must be %s."}
	changeNo = phrase{
		"Krav %s «%s» blir besvart med nei.",
		"Krav %s «%s» blir svart på med nei.",
		"Requirement %s “%s” is answered with no."}
	changePanel = phrase{
		"Fagpanelet må godta svaret på krav %s «%s».",
		"Fagpanelet må godta svaret på krav %s «%s».",
		"The panel of experts must accept the answer to requirement %s “%s”."}
	changeWaiver = phrase{
		"Få dispensasjon fra krav %s «%s».",
		"Få dispensasjon frå krav %s «%s».",
		"Obtain a waiver of requirement %s “%s”."}
	changeFact = phrase{
		"Svar på spørsmålet «%s». Svaret som fører fram, er: %s. Svar bare det hvis det stemmer.",
		"Svar på spørsmålet «%s». Svaret som fører fram, er: %s. Svar berre det viss det stemmer.",
		"Answer the question “%s”. The answer that leads there is: %s. Give it only if it is true."}
	changeDeclared = phrase{
		"Svaret på spørsmålet «%s» måtte vært: %s. Endre det bare hvis det dere har oppgitt, er feil.",
		"Svaret på spørsmålet «%s» måtte ha vore: %s. Endre det berre viss det de har oppgitt, er feil.",
		"The answer to the question “%s” would have to be: %s. Change it only if what you have stated is wrong."}
)

// valueText is a value in words.
func (f Fact) valueText(v FactValue) catalogue.Text {
	switch v := plain(v).(type) {
	case string:
		c, _ := f.Choice(v)
		return c.Text
	case bool:
		return boolWords[strconv.FormatBool(v)].text()
	case []string:
		return f.listText(v)
	default:
		n := fmt.Sprint(v)
		return catalogue.Text{"nb": n, "nn": n, "en": n}
	}
}

func (f Fact) listText(codes []string) catalogue.Text {
	if len(codes) == 0 {
		return explainNone.text()
	}
	out := catalogue.Text{}
	for _, lang := range languages {
		var words []string
		for _, code := range codes {
			c, _ := f.Choice(code)
			words = append(words, c.Text.In(lang))
		}
		out[lang] = strings.Join(words, ", ")
	}
	return out
}
