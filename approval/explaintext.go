package approval

// Words of explanations.
var (
	labelPossible   = phrase{"Mulige utfall", "Moglege utfall", "Possible outcomes"}
	labelMissing    = phrase{"Dette mangler", "Dette manglar", "What is missing"}
	labelRules      = phrase{"Reglene i rekkefølge; den første som slår til, avgjør", "Reglane i rekkjefølgje; den første som slår til, avgjer", "The rules in order; the first that holds decides"}
	labelConditions = phrase{"Vilkår", "Vilkår", "Conditions"}
	labelWaivers    = phrase{"Dispensasjoner", "Dispensasjonar", "Waivers"}
	labelNextReview = phrase{"Neste vurdering", "Neste vurdering", "Next review"}

	explainDefault   = phrase{"Ingen regel slår til. Da er utfallet: %s", "Ingen regel slår til. Då er utfallet: %s", "No rule holds. The outcome is then: %s"}
	explainApplies   = phrase{"Kravet gjelder for verktøyet", "Kravet gjeld for verktøyet", "The requirement applies to the tool"}
	explainAnswer    = phrase{"Leverandørens svar: %s", "Svaret frå leverandøren: %s", "The vendor's answer: %s"}
	explainInherited = phrase{"Hentet fra leverandørens felles erklæring %s, kan brukes til og med %s", "Henta frå den felles erklæringa til leverandøren %s, kan brukast til og med %s", "From the vendor's common declaration %s, may be used through %s"}
	explainWaiver    = phrase{"Dispensasjon %s, gitt av %s, fra %s til og med %s: %s", "Dispensasjon %s, gitt av %s, frå %s til og med %s: %s", "Waiver %s, granted by %s, from %s through %s: %s"}
	explainEvidence  = phrase{"Dokumentasjon «%s» (%s): %s, datert %s.", "Dokumentasjon «%s» (%s): %s, datert %s.", "Evidence “%s” (%s): %s, dated %s."}
	explainExpires   = phrase{"Gjelder til og med %s.", "Gjeld til og med %s.", "Holds through %s."}
	explainAll       = phrase{"Alt dette", "Alt dette", "All of this"}
	explainAny       = phrase{"Minst ett av dette", "Minst eitt av dette", "At least one of this"}
	explainNot       = phrase{"Ikke dette", "Ikkje dette", "Not this"}
	explainAnswered  = phrase{"Svaret på krav %s «%s» er et av: %s", "Svaret på krav %s «%s» er eitt av: %s", "The answer to requirement %s “%s” is one of: %s"}
	explainFact      = phrase{"«%s» er et av: %s. Oppgitt: %s", "«%s» er eitt av: %s. Oppgitt: %s", "“%s” is one of: %s. Stated: %s"}
	explainNone      = phrase{"ingen av valgene", "ingen av vala", "none of the choices"}
	explainNothing   = phrase{"ikke noe som kan brukes", "ikkje noko som kan brukast", "nothing that can be used"}
	explainAtLeast   = phrase{"minst %d", "minst %d", "at least %d"}
	explainBelow     = phrase{"under %d", "under %d", "less than %d"}
	explainCount     = phrase{"Antall krav (%s) er %s. Det er minst %d og høyst %d", "Talet på krav (%s) er %s. Det er minst %d og høgst %d", "The number of requirements (%s) is %s. It is at least %d and at most %d"}
)

var statusWords = map[Status]phrase{
	Yes:           {"ja", "ja", "yes"},
	No:            {"nei", "nei", "no"},
	NotApplicable: {"ikke aktuelt", "ikkje aktuelt", "not applicable"},
	Partial:       {"delvis", "delvis", "in part"},
	Planned:       {"planlagt", "planlagt", "planned"},
	Alternative:   {"på en annen måte", "på ein annan måte", "in another way"},
}

var truthWords = map[string]phrase{
	"true":    {"Ja:", "Ja:", "Yes:"},
	"false":   {"Nei:", "Nei:", "No:"},
	"unknown": {"Vet ikke:", "Veit ikkje:", "Not known:"},
}

var boolWords = map[string]phrase{"true": {"ja", "ja", "yes"}, "false": {"nei", "nei", "no"}}
