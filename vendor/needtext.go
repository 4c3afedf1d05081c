package vendor

// What to do to get an agreement.
var obtain = map[AgreementKind]Text{
	AgreementMembership: {
		"Godta medlemsvilkårene for Helsenettet hos Norsk helsenett. Noen med signaturrett må gjøre det, for hvert organisasjonsnummer.",
		"Godta medlemsvilkåra for Helsenettet hos Norsk helsenett. Nokon med signaturrett må gjere det, for kvart organisasjonsnummer.",
		"Accept the members' terms of Helsenettet at Norsk helsenett. Somebody with the right to sign must do so, for each organisation number."},
	AgreementCustomer: {
		"Inngå kundeavtalen med Norsk helsenett.",
		"Inngå kundeavtalen med Norsk helsenett.",
		"Enter into the customer agreement with Norsk helsenett."},
	AgreementDataProcessing: {
		"Inngå databehandleravtalen, og legg inn den signerte avtalen.",
		"Inngå databehandlaravtalen, og legg inn den signerte avtalen.",
		"Enter into the data-processing agreement, and put the signed one on file."},
	AgreementHelsenorgeGeneral: {
		"Godta de generelle bruksvilkårene for Helsenorge.",
		"Godta dei generelle bruksvilkåra for Helsenorge.",
		"Accept the general terms of use of Helsenorge."},
	AgreementHelsenorgeSpecial: {
		"Godta de spesielle bruksvilkårene på Helsenorge for deres type virksomhet.",
		"Godta dei spesielle bruksvilkåra på Helsenorge for verksemda dykkar sin type.",
		"Accept the special terms of use of Helsenorge for your kind of organisation."},
	AgreementConnection: {
		"Inngå avtalen om tilkobling til Helsenorge med Norsk helsenett.",
		"Inngå avtalen om tilkopling til Helsenorge med Norsk helsenett.",
		"Enter into the agreement on connection to Helsenorge with Norsk helsenett."},
	AgreementDelegation: {
		"Be kunden om å delegere rettigheten til leverandøren i Altinn.",
		"Be kunden om å delegere retten til leverandøren i Altinn.",
		"Ask the customer to delegate the right to the supplier in Altinn."},
	AgreementAPI: {
		"Be virksomheten om å godta bruksvilkårene for API-et. Uten dem gir ikke HelseID tilgang.",
		"Be verksemda om å godta bruksvilkåra for API-et. Utan dei gir ikkje HelseID tilgang.",
		"Ask the organisation to accept the API's terms of use. Without them HelseID gives no access."},
	AgreementTool: {
		"Inngå avtalen om å tilby verktøy i katalogen. Spør forvaltningen av katalogen hvordan.",
		"Inngå avtalen om å tilby verktøy i katalogen. Spør forvaltinga av katalogen korleis.",
		"Enter into the agreement on offering tools in the catalogue. Ask the catalogue's managers how."},
}

// The agreements' names, as the beginning of a sentence.
var agreementNames = map[AgreementKind]Text{
	AgreementMembership:        {"Medlemskapet i Helsenettet", "Medlemskapen i Helsenettet", "The membership of Helsenettet"},
	AgreementCustomer:          {"Kundeavtalen", "Kundeavtalen", "The customer agreement"},
	AgreementDataProcessing:    {"Databehandleravtalen", "Databehandlaravtalen", "The data-processing agreement"},
	AgreementHelsenorgeGeneral: {"Avtalen om generelle bruksvilkår", "Avtalen om generelle bruksvilkår", "The agreement on general terms of use"},
	AgreementHelsenorgeSpecial: {"Avtalen om spesielle bruksvilkår", "Avtalen om spesielle bruksvilkår", "The agreement on special terms of use"},
	AgreementConnection:        {"Avtalen om tilkobling", "Avtalen om tilkopling", "The agreement on connection"},
	AgreementDelegation:        {"Delegeringen i Altinn", "Delegeringa i Altinn", "The delegation in Altinn"},
	AgreementAPI:               {"Avtalen om bruksvilkår for API-et", "Avtalen om bruksvilkår for API-et", "The agreement on the API's terms of use"},
	AgreementTool:              {"Avtalen om å tilby verktøy", "Avtalen om å tilby verktøy", "The agreement on offering tools"},
}

// What is wrong with the one that there is, and what to do.
var repair = map[Reason]Text{
	ReasonFaulty: {
		"er ikke riktig lagt inn. Sjekk parter, datoer og fil.",
		"er ikkje rett lagt inn. Sjekk partar, datoar og fil.",
		"is not filed correctly. Check the parties, the days and the document."},
	ReasonExpired: {
		"har gått ut. Forny, og legg inn det nye dokumentet.",
		"har gått ut. Forny, og legg inn det nye dokumentet.",
		"has expired. Renew it, and put the new document on file."},
	ReasonUnsigned: {
		"er ikke signert ennå. Vent til det er gjort.",
		"er ikkje signert enno. Vent til det er gjort.",
		"is not signed yet. Wait until it is."},
	ReasonNotYet: {
		"gjelder ikke ennå. Vent til første dag.",
		"gjeld ikkje enno. Vent til første dag.",
		"is not in force yet. Wait until its first day."},
}

// What is wrong with a question.
var (
	noRule = Text{
		"Ingen regel sier hva som trengs for dette, så svaret er nei. Sjekk at handlingen og reglene er riktige.",
		"Ingen regel seier kva som trengst for dette, så svaret er nei. Sjekk at handlinga og reglane er rette.",
		"No rule says what this needs, so the answer is no. Check the action and the rules."}
	noActor = Text{
		"Oppgi organisasjonsnummeret til virksomheten det gjelder, med ni siffer.",
		"Oppgi organisasjonsnummeret til verksemda det gjeld, med ni siffer.",
		"Give the organisation number of the organisation in question, in nine digits."}
	noDay = Text{
		"Oppgi dagen det gjelder, som ÅÅÅÅ-MM-DD.",
		"Oppgi dagen det gjeld, som ÅÅÅÅ-MM-DD.",
		"Give the day in question, as YYYY-MM-DD."}
	noCustomer = Text{
		"Oppgi organisasjonsnummeret til kunden. Kunden må være en annen virksomhet enn leverandøren.",
		"Oppgi organisasjonsnummeret til kunden. Kunden må vere ei anna verksemd enn leverandøren.",
		"Give the customer's organisation number. The customer must be another organisation than the supplier."}
	noSubject = Text{
		"Oppgi hva det gjelder: navnet på API-et, eller hvilken type virksomhet det er på Helsenorge.",
		"Oppgi kva det gjeld: namnet på API-et, eller kva type verksemd det er på Helsenorge.",
		"Say what it is about: the API's name, or the kind of organisation on Helsenorge."}
)
