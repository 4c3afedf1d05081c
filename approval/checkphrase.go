package approval

// Sentences about the parts of an answer that hang on its status, about who
// answered and about how well evidence proves.
var (
	sayExplanationMissing = phrase{
		"Dette svaret trenger en forklaring. Skriv i explanation hva som er gjort, og hva som mangler.",
		"Dette svaret treng ei forklaring. Skriv i explanation kva som er gjort, og kva som manglar.",
		"This answer needs an explanation. Write in explanation what is done and what is missing."}
	sayDueMissing = phrase{
		"Svaret er at kravet skal oppfylles senere, men dagen mangler. Oppgi i due når det er gjort.",
		"Svaret er at kravet skal oppfyllast seinare, men dagen manglar. Oppgi i due når det er gjort.",
		"The answer is that this will be met later, but the day is missing. Say in due when it will be done."}
	sayDueNotNeeded = phrase{
		"Dagen (due) hører bare til svaret «planned». Ta den bort, eller endre svaret.",
		"Dagen (due) høyrer berre til svaret «planned». Ta han bort, eller endre svaret.",
		"The day (due) belongs to the answer “planned” only. Remove it, or change the answer."}
	sayDueEarlier = phrase{
		"Dagen er før erklæringen ble levert. Er kravet oppfylt, svar yes; ellers oppgi en senere dag.",
		"Dagen er før erklæringa vart levert. Er kravet oppfylt, svar yes; elles oppgi ein seinare dag.",
		"The day is before the declaration was submitted. If this is met, answer yes; otherwise give a later day."}
	sayDueTooLate = phrase{
		"Dagen er for langt fram: høyst %d måneder etter at erklæringen ble levert. Oppgi en tidligere dag, eller svar no.",
		"Dagen er for langt fram: høgst %d månader etter at erklæringa vart levert. Oppgi ein tidlegare dag, eller svar no.",
		"The day is too far ahead: at most %d months after the declaration was submitted. Give an earlier day, or answer no."}
	sayAnsweredMissing = phrase{
		"Det mangler hvem som har svart, når, og på hvilken tekst. Fyll ut answered.",
		"Det manglar kven som har svart, når, og på kva tekst. Fyll ut answered.",
		"It is missing who answered, when, and which text was read. Fill in answered."}
	sayAnsweredLater = phrase{
		"Svaret er datert etter at erklæringen ble levert. Rett tidspunktet, eller lever erklæringen på nytt.",
		"Svaret er datert etter at erklæringa vart levert. Rett tidspunktet, eller lever erklæringa på nytt.",
		"The answer is dated after the declaration was submitted. Correct the time, or submit the declaration again."}
	sayOtherWording = phrase{
		"Teksten i kravet er endret siden dere svarte. Les kravet på nytt, og bekreft eller endre svaret.",
		"Teksten i kravet er endra sidan de svarte. Les kravet på nytt, og stadfest eller endre svaret.",
		"The text of the requirement has changed since you answered. Read it again, and confirm or change the answer."}
	sayNotInherited = phrase{
		"Dette svaret kan ikke hentes fra leverandørens felles erklæring. Svar for dette verktøyet, og ta bort inherited.",
		"Dette svaret kan ikkje hentast frå den felles erklæringa til leverandøren. Svar for dette verktøyet, og ta bort inherited.",
		"This answer cannot be taken from the vendor's common declaration. Answer for this tool, and remove inherited."}
	sayInheritedOver = phrase{
		"Svaret er hentet fra leverandørens felles erklæring og gjelder ikke lenger. Forny den erklæringen, eller svar for dette verktøyet.",
		"Svaret er henta frå den felles erklæringa til leverandøren og gjeld ikkje lenger. Forny den erklæringa, eller svar for dette verktøyet.",
		"The answer comes from the vendor's common declaration and no longer holds. Renew that declaration, or answer for this tool."}
	sayNotVendorWide = phrase{
		"Dette kravet gjelder hvert enkelt verktøy. Ta bort svaret her, og svar i erklæringen om verktøyet.",
		"Dette kravet gjeld kvart enkelt verktøy. Ta bort svaret her, og svar i erklæringa om verktøyet.",
		"This requirement concerns each tool. Remove the answer here, and answer in the tool's declaration."}
	sayWithdrawn = phrase{
		"Dette kravet gjelder ikke lenger. Ta bort svaret.",
		"Dette kravet gjeld ikkje lenger. Ta bort svaret.",
		"This requirement is no longer in use. Remove the answer."}
	sayReplaced = phrase{
		"Dette kravet gjelder ikke lenger. Ta bort svaret, og svar på %s i stedet.",
		"Dette kravet gjeld ikkje lenger. Ta bort svaret, og svar på %s i staden.",
		"This requirement is no longer in use. Remove the answer, and answer %s instead."}
	sayCheckedByMissing = phrase{
		"Dokumentet er oppgitt som kontrollert. Skriv i checkedBy hvem som har kontrollert det, eller endre level.",
		"Dokumentet er oppgitt som kontrollert. Skriv i checkedBy kven som har kontrollert det, eller endre level.",
		"The document is said to be checked. Write in checkedBy who checked it, or change the level."}
	sayIssuerMissing = phrase{
		"Dokumentet er oppgitt å være fra en uavhengig part. Skriv i issuer hvem det er, eller endre level.",
		"Dokumentet er oppgitt å vere frå ein uavhengig part. Skriv i issuer kven det er, eller endre level.",
		"The document is said to be from an independent party. Write in issuer who that is, or change the level."}
	sayNotFound = phrase{
		"Dokumentet mangler både adresse og sjekksum, og da teller det bare som leverandørens egne ord. Fyll ut «url» eller «sha256».",
		"Dokumentet manglar både adresse og sjekksum, og då tel det berre som leverandøren sine eigne ord. Fyll ut «url» eller «sha256».",
		"The document has neither an address nor a digest, so it counts as the vendor's own word only. Fill in “url” or “sha256”."}
	sayFactForLevel = phrase{
		"Svaret mangler. Det avgjør hvor sikker dokumentasjonen må være.",
		"Svaret manglar. Det avgjer kor sikker dokumentasjonen må vere.",
		"The answer is missing. It decides how much the evidence must prove."}
	sayOwnIssuer = phrase{
		"Dokumentet er oppgitt å være fra en uavhengig part, men er utstedt av leverandøren selv. Rett issuer, eller endre level.",
		"Dokumentet er oppgitt å vere frå ein uavhengig part, men er utferda av leverandøren sjølv. Rett issuer, eller endre level.",
		"The document is said to be from an independent party, but the vendor issued it. Correct the issuer, or change the level."}
	sayMoment = phrase{
		"Skriv tidspunktet i UTC med hele sekunder, for eksempel 2026-11-30T09:15:00Z.",
		"Skriv tidspunktet i UTC med heile sekund, til dømes 2026-11-30T09:15:00Z.",
		"Write the time in UTC with whole seconds, such as 2026-11-30T09:15:00Z."}
	sayWordingForm = phrase{
		"Dette skal være kontrollsummen av kravteksten som ble lest: 64 tegn, bare 0–9 og små bokstaver a–f.",
		"Dette skal vere kontrollsummen av kravteksten som vart lesen: 64 teikn, berre 0–9 og små bokstavar a–f.",
		"This should be the digest of the requirement's text as it was read: 64 characters, only 0–9 and lower-case a–f."}
)

// sayLevel asks for better evidence, by the level that is wanted.
var sayLevel = map[Level]phrase{
	Documented: {
		"Her er det ikke nok at dere sier det. Legg ved et dokument som viser det, og sett level til documented.",
		"Her er det ikkje nok at de seier det. Legg ved eit dokument som viser det, og set level til documented.",
		"Saying so is not enough here. Add a document that shows it, and set level to documented."},
	Checked: {
		"Dokumentet må være kontrollert av noen andre enn den som har skrevet det. Oppgi hvem i checkedBy, og sett level til checked.",
		"Dokumentet må vere kontrollert av nokon andre enn den som har skrive det. Oppgi kven i checkedBy, og set level til checked.",
		"Somebody other than the author must have checked the document. Say who in checkedBy, and set level to checked."},
	ThirdParty: {
		"Dokumentet må være utstedt av en uavhengig part. Oppgi hvem i issuer, og sett level til third-party.",
		"Dokumentet må vere utferda av ein uavhengig part. Oppgi kven i issuer, og set level til third-party.",
		"An independent party must have issued the document. Say who in issuer, and set level to third-party."},
}
