package approval

import "github.com/verktoykatalog/verktoy/catalogue"

// Sentences about refused events.
var (
	refNotOfEvent = phrase{
		"Dette hører ikke til denne hendelsen. Ta det bort.",
		"Dette høyrer ikkje til denne hendinga. Ta det bort.",
		"This does not belong to this event. Remove it."}
	refHistory = phrase{
		"Sakens versjon og tidspunkt passer ikke sammen. Hent saken på nytt fra loggen.",
		"Versjonen og tidspunktet til saka passar ikkje saman. Hent saka på nytt frå loggen.",
		"The case's version and time do not fit. Build the case again from the record."}
	refConflict = phrase{
		"Noen andre har endret saken i mellomtiden. Hent saken på nytt, og prøv igjen.",
		"Nokon andre har endra saka i mellomtida. Hent saka på nytt, og prøv igjen.",
		"Somebody else has changed the case in the meantime. Get the case again and retry."}
	refEventTime = phrase{
		"Tidspunktet er før det siste som skjedde i saken. Sjekk klokken.",
		"Tidspunktet er før det siste som skjedde i saka. Sjekk klokka.",
		"The time is before the last thing that happened in the case. Check the clock."}
	refWrongSide = phrase{
		"Ingen kan handle både for leverandøren og for dem som avgjør saken. En annen må gjøre dette.",
		"Ingen kan handle både for leverandøren og for dei som avgjer saka. Ein annan må gjere dette.",
		"Nobody can act both for the vendor and for those who decide. Somebody else must do this."}
	refRole = phrase{
		"Rollen «%[2]s» kan ikke gjøre dette: %[1]s.",
		"Rolla «%[2]s» kan ikkje gjere dette: %[1]s.",
		"The role “%[2]s” cannot do this: %[1]s."}
	refState = phrase{
		"Dette går ikke nå: %s. Saken er i tilstanden «%s».",
		"Dette går ikkje no: %s. Saka er i tilstanden «%s».",
		"This cannot be done now: %s. The state of the case is “%s”."}
	refFourEyes = phrase{
		"Den som har levert, forberedt eller stanset saken, kan ikke avgjøre dette. En annen må gjøre det.",
		"Den som har levert, førebudd eller stansa saka, kan ikkje avgjere dette. Ein annan må gjere det.",
		"Whoever has submitted, prepared or suspended the case cannot decide this. Somebody else must."}
	refNotFinal = phrase{
		"Dette vedtaket avslutter ikke saken. La fagpanelet avgjøre den, eller send den tilbake til leverandøren.",
		"Dette vedtaket avsluttar ikkje saka. La fagpanelet avgjere ho, eller send ho tilbake til leverandøren.",
		"This decision does not end the case. Let the panel decide, or return the case to the vendor."}
	refOtherTool = phrase{
		"Vedtaket gjelder et annet verktøy eller en annen leverandør. Finn riktig vedtak.",
		"Vedtaket gjeld eit anna verktøy eller ein annan leverandør. Finn rett vedtak.",
		"The decision is about another tool or another vendor. Find the right decision."}
	refOtherDeclaration = phrase{
		"Vedtaket bygger på en annen erklæring enn den som er levert, eller er fra en annen sak. Vurder den leverte på nytt.",
		"Vedtaket byggjer på ei anna erklæring enn den som er levert, eller er frå ei anna sak. Vurder den leverte på nytt.",
		"The decision rests on another declaration than the one submitted, or is from another case. Assess that one again."}
	refUsedDecision = phrase{
		"Saken har hatt dette vedtaket før. En ny vurdering må ende i et nytt vedtak.",
		"Saka har hatt dette vedtaket før. Ei ny vurdering må ende i eit nytt vedtak.",
		"The case has had this decision before. A new review must end in a new decision."}
	refDecisionOver = phrase{
		"Godkjenningen er allerede over. Vurder saken på nytt.",
		"Godkjenninga er alt over. Vurder saka på nytt.",
		"The approval is over already. Review the case again."}
	refAltered = phrase{
		"Vedtaket er endret etter at det ble gjort. Hent det som ble lagret.",
		"Vedtaket er endra etter at det vart gjort. Hent det som vart lagra.",
		"The decision was changed after it was made. Get the one that was stored."}
	refNotApproved = phrase{
		"Verktøyet er ikke godkjent. Saken må avgjøres først.",
		"Verktøyet er ikkje godkjent. Saka må avgjerast først.",
		"The tool is not approved. The case must be decided first."}
	refPublished = phrase{
		"Dette vedtaket er allerede publisert.",
		"Dette vedtaket er alt publisert.",
		"This decision is published already."}
	refSuspended = phrase{
		"Godkjenningen er stanset. Den må gjenopptas eller avgjøres på nytt først.",
		"Godkjenninga er stansa. Ho må takast opp att eller avgjerast på nytt først.",
		"The approval is suspended. It must be resumed or decided again first."}
)

var caseStates = map[CaseState]phrase{
	CaseDraft:       {"Kladd hos leverandøren", "Kladd hos leverandøren", "Draft with the vendor"},
	CaseSubmitted:   {"Levert", "Levert", "Submitted"},
	CaseUnderReview: {"Til vurdering", "Til vurdering", "Under review"},
	CaseDecided:     {"Avgjort", "Avgjort", "Decided"},
	CaseSuspended:   {"Stanset inntil videre", "Stansa inntil vidare", "Suspended"},
	CaseExpired:     {"Godkjenningen er utløpt", "Godkjenninga er utgått", "The approval has expired"},
	CaseWithdrawn:   {"Trukket tilbake", "Trekt tilbake", "Withdrawn"},
}

var caseEventTexts = map[CaseEvent]phrase{
	EventSubmit:      {"Lever erklæringen", "Lever erklæringa", "Submit the declaration"},
	EventReturn:      {"Send tilbake til leverandøren", "Send tilbake til leverandøren", "Return to the vendor"},
	EventStartReview: {"Begynn vurderingen", "Begynn vurderinga", "Start the review"},
	EventAssess:      {"Før opp funn fra en kontroll", "Før opp funn frå ein kontroll", "Enter what an assessor has found"},
	EventDecide:      {"Avgjør saken", "Avgjer saka", "Decide the case"},
	EventPublish:     {"Publiser verktøyet", "Publiser verktøyet", "Publish the tool"},
	EventSuspend:     {"Stans godkjenningen inntil videre", "Stans godkjenninga inntil vidare", "Suspend the approval"},
	EventResume:      {"Gjenoppta godkjenningen", "Ta opp att godkjenninga", "Resume the approval"},
	EventReopen:      {"Vurder saken på nytt", "Vurder saka på nytt", "Review the case again"},
	EventAmend:       {"Meld en vesentlig endring", "Meld ei vesentleg endring", "Report a material change"},
	EventWithdraw:    {"Trekk verktøyet tilbake", "Trekk verktøyet tilbake", "Withdraw the tool"},
}

var caseRoles = map[CaseRole]phrase{
	RoleVendor:      {"leverandør", "leverandør", "vendor"},
	RoleSecretariat: {"sekretariat", "sekretariat", "secretariat"},
	RolePanel:       {"fagpanel", "fagpanel", "panel of experts"},
	RoleManager:     {"forvaltning", "forvaltning", "management"},
	RoleAssessor:    {"vurderer", "vurderar", "assessor"},
}

var caseReasons = map[CaseReason]phrase{
	ReasonSafety:      {"Fare for brukernes sikkerhet", "Fare for tryggleiken til brukarane", "Danger to the users"},
	ReasonPrivacy:     {"Personvern", "Personvern", "Privacy"},
	ReasonSecurity:    {"Informasjonssikkerhet", "Informasjonstryggleik", "Information security"},
	ReasonMisleading:  {"Opplysningene i erklæringen stemmer ikke", "Opplysningane i erklæringa stemmer ikkje", "What was declared does not hold"},
	ReasonObligation:  {"Et vilkår er ikke oppfylt", "Eit vilkår er ikkje oppfylt", "A condition was not kept"},
	ReasonChanged:     {"Verktøyet er endret", "Verktøyet er endra", "The tool has changed"},
	ReasonRules:       {"Reglene eller kravene er endret", "Reglane eller krava er endra", "Rules or requirements have changed"},
	ReasonScheduled:   {"Planlagt ny vurdering", "Planlagd ny vurdering", "Planned review"},
	ReasonComplaint:   {"Klage eller bekymringsmelding", "Klage eller uromelding", "Complaint or concern"},
	ReasonVendorAsked: {"Leverandøren har bedt om det", "Leverandøren har bede om det", "The vendor has asked for it"},
	ReasonReplaced:    {"Et annet verktøy tar over", "Eit anna verktøy tek over", "Another tool takes its place"},
	ReasonOther:       {"Annen grunn", "Annan grunn", "Another reason"},
}

// Text is the state in words, in nb, nn and en.
func (s CaseState) Text() catalogue.Text { return caseStates[s].text() }

// Text is what is done, in words, in nb, nn and en.
func (e CaseEvent) Text() catalogue.Text { return caseEventTexts[e].text() }

// Text is the role in words, in nb, nn and en.
func (r CaseRole) Text() catalogue.Text { return caseRoles[r].text() }

// Text is the reason in words, in nb, nn and en.
func (r CaseReason) Text() catalogue.Text { return caseReasons[r].text() }
