package approval

import "github.com/verktoykatalog/verktoy/catalogue"

// Labels of the report.
var (
	labelTool        = phrase{"Verktøy", "Verktøy", "Tool"}
	labelRelease     = phrase{"Utgave", "Utgåve", "Release"}
	labelVendor      = phrase{"Leverandør", "Leverandør", "Vendor"}
	labelReasons     = phrase{"Krav for krav", "Krav for krav", "Requirement by requirement"}
	labelRequirement = phrase{"Krav", "Krav", "Requirement"}
	labelSeverity    = phrase{"Vekt", "Vekt", "Weight"}
	labelResult      = phrase{"Resultat", "Resultat", "Result"}
	labelReason      = phrase{"Begrunnelse", "Grunngiving", "Reason"}
	labelPanel       = phrase{"Fagpanelet", "Fagpanelet", "Panel of experts"}
	labelMember      = phrase{"Medlem", "Medlem", "Member"}
	labelVote        = phrase{"Stemme", "Stemme", "Vote"}
	labelRationale   = phrase{"Begrunnelse", "Grunngiving", "Rationale"}
	labelSet         = phrase{"Kravsett", "Kravsett", "Requirement set"}
	labelDeclaration = phrase{"Selvdeklarasjon", "Sjølvdeklarasjon", "Self-declaration"}
	labelNote        = phrase{"Om kravsettet", "Om kravsettet", "About the requirement set"}
	labelReviewed    = phrase{"Behandlet vedtak", "Behandla vedtak", "Reviewed decision"}
)

// reportWords are those that differ between a decision and what it would be.
type reportWords struct{ title, notice, decided, valid, id phrase }

// reportNames are by whether somebody has decided.
var reportNames = map[bool]reportWords{
	true: {
		title:   phrase{"Vedtak om digitalt helseverktøy", "Vedtak om digitalt helseverktøy", "Decision on a digital health tool"},
		decided: phrase{"Avgjort", "Avgjort", "Decided"},
		valid:   phrase{"Gyldighet", "Gyldigheit", "Validity"},
		id:      phrase{"Vedtak", "Vedtak", "Decision"},
	},
	false: {
		title: phrase{"Forhåndssjekk av digitalt helseverktøy", "Førehandssjekk av digitalt helseverktøy", "Pre-check of a digital health tool"},
		notice: phrase{
			"Dette er ikke et vedtak. Slik selvdeklarasjonen er nå, gir reglene dette utfallet:",
			"Dette er ikkje eit vedtak. Slik sjølvdeklarasjonen er no, gir reglane dette utfallet:",
			"This is not a decision. With the self-declaration as it is now, the rules lead to this outcome:"},
		decided: phrase{"Sjekket", "Sjekka", "Checked"},
		valid:   phrase{"Gyldighet hvis dette blir vedtaket", "Gyldigheit om dette blir vedtaket", "Validity if this is decided"},
		id:      phrase{"Forhåndssjekk", "Førehandssjekk", "Pre-check"},
	},
}

var outcomes = map[Outcome]phrase{
	ApprovedWithoutTherapist: {"Godkjent for bruk uten behandler", "Godkjent for bruk utan behandlar", "Approved for use without a therapist"},
	ApprovedWithTherapist:    {"Godkjent for bruk sammen med behandler", "Godkjent for bruk saman med behandlar", "Approved for use together with a therapist"},
	NeedsReview:              {"Må vurderes av fagpanelet", "Må vurderast av fagpanelet", "Needs review by the panel of experts"},
	Rejected:                 {"Ikke godkjent", "Ikkje godkjent", "Not approved"},
	Incomplete:               {"Ufullstendig", "Ufullstendig", "Incomplete"},
}

var severities = map[Severity]phrase{
	Blocker: {"Må være oppfylt", "Må vere oppfylt", "Must be met"},
	Major:   {"Viktig", "Viktig", "Important"},
	Minor:   {"Ønskelig", "Ønskjeleg", "Desirable"},
}

var results = map[Result]phrase{
	ResultMet:           {"Oppfylt", "Oppfylt", "Met"},
	ResultNotMet:        {"Ikke oppfylt", "Ikkje oppfylt", "Not met"},
	ResultNotApplicable: {"Ikke aktuelt", "Ikkje aktuelt", "Not applicable"},
	ResultNeedsPanel:    {"Til fagpanelet", "Til fagpanelet", "For the panel"},
	ResultUnanswered:    {"Mangler", "Manglar", "Missing"},
	ResultPlanned:       {"Planlagt", "Planlagt", "Planned"},
	ResultWaived:        {"Dispensasjon", "Dispensasjon", "Waived"},
}

// Text is the outcome in words, in nb, nn and en.
func (o Outcome) Text() catalogue.Text { return outcomes[o].text() }

// Text is the result in words, in nb, nn and en.
func (r Result) Text() catalogue.Text { return results[r].text() }

// Text is the severity in words, in nb, nn and en.
func (s Severity) Text() catalogue.Text { return severities[s].text() }

// levels are what evidence must be to be of a level.
var levels = map[Level]phrase{
	Declared:   {"oppgitt av leverandøren", "oppgitt av leverandøren", "stated by the vendor"},
	Documented: {"et dokument som kan leses", "eit dokument som kan lesast", "a document that can be read"},
	Checked:    {"kontrollert av en navngitt person som verken har signert erklæringen eller er kontaktperson hos leverandøren", "kontrollert av ein namngitt person som korkje har signert erklæringa eller er kontaktperson hos leverandøren", "checked by a named person who neither signed the declaration nor is a contact of the vendor"},
	ThirdParty: {"utstedt av en navngitt part som er uavhengig av leverandøren", "utferda av ein namngitt part som er uavhengig av leverandøren", "issued by a named party that is independent of the vendor"},
}
