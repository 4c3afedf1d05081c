package approval

// Sentences about findings that are refused.
var (
	refFindingSubject = phrase{
		"Et funn gjelder enten ett dokument (evidence) eller én opplysning (fact). Oppgi id-en til det ene, og bare det.",
		"Eit funn gjeld anten eitt dokument (evidence) eller éi opplysning (fact). Oppgi id-en til det eine, og berre det.",
		"A finding is about either one document (evidence) or one fact. Give the id of one of them, and no more."}
	refFindingValue = phrase{
		"Funnet gjelder et dokument. Verdien (value) hører bare til en opplysning. Ta den bort.",
		"Funnet gjeld eit dokument. Verdien (value) høyrer berre til ei opplysning. Ta han bort.",
		"The finding is about a document. A value belongs to a fact only. Remove it."}
	refFindingLevel = phrase{
		"Funnet gjelder en opplysning. Dette hører bare til et dokument. Ta det bort.",
		"Funnet gjeld ei opplysning. Dette høyrer berre til eit dokument. Ta det bort.",
		"The finding is about a fact. This belongs to a document only. Remove it."}
	refFindingNoValue = phrase{
		"Skriv hva som er riktig svar (value): en kode, en liste av koder, true eller false, eller et tall.",
		"Skriv kva som er rett svar (value): ein kode, ei liste av kodar, true eller false, eller eit tal.",
		"Write the right answer (value): a code, a list of codes, true or false, or a number."}
	refFindingTwice = phrase{
		"Denne id-en er brukt på et annet funn lenger opp. Gi hvert funn sin egen id.",
		"Denne id-en er brukt på eit anna funn lenger oppe. Gi kvart funn sin eigen id.",
		"This id is used for another finding further up. Give each finding an id of its own."}
	refVendorFinds = phrase{
		"Den som har signert erklæringen eller hører til hos leverandøren, kan ikke vurdere den. En annen må gjøre det.",
		"Den som har signert erklæringa eller høyrer til hos leverandøren, kan ikkje vurdere ho. Ein annan må gjere det.",
		"Whoever signed the declaration or belongs to the vendor cannot assess it. Somebody else must."}
)

// Sentences about findings that do not count.
var (
	notOtherDeclaration = phrase{
		"Brukes ikke: funnet gjelder en annen erklæring, eller denne slik den var før. Vurder den på nytt.",
		"Blir ikkje brukt: funnet gjeld ei anna erklæring, eller denne slik ho var før. Vurder ho på nytt.",
		"Not used: the finding is about another declaration, or about this one as it was before. Assess it again."}
	notYetFound = phrase{
		"Brukes ikke: funnet er datert %s, som ikke er kommet ennå. Rett datoen.",
		"Blir ikkje brukt: funnet er datert %s, som ikkje er komen enno. Rett datoen.",
		"Not used: the finding is dated %s, which has not come yet. Correct the day."}
	notFoundBefore = phrase{
		"Brukes ikke: funnet er datert %s, før erklæringen ble levert. Rett datoen, eller vurder den på nytt.",
		"Blir ikkje brukt: funnet er datert %s, før erklæringa vart levert. Rett datoen, eller vurder ho på nytt.",
		"Not used: the finding is dated %s, before the declaration was submitted. Correct the day, or assess it again."}
	notStated = phrase{
		"Brukes ikke: leverandøren har ikke oppgitt noe som kan brukes om %s. Be leverandøren om det først.",
		"Blir ikkje brukt: leverandøren har ikkje oppgitt noko som kan brukast om %s. Be leverandøren om det først.",
		"Not used: the vendor has stated nothing that can be used about %s. Ask the vendor for it first."}
	notFitting = phrase{
		"Brukes ikke: det som er funnet, er ikke et mulig svar på spørsmålet «%s». Velg et av svarene i skjemaet.",
		"Blir ikkje brukt: det som er funne, er ikkje eit mogleg svar på spørsmålet «%s». Vel eitt av svara i skjemaet.",
		"Not used: what was found is no possible answer to the question “%s”. Choose one of the answers in the form."}
	notListed = phrase{
		"Brukes ikke: erklæringen har ikke noe dokument med id-en %s. Sjekk skrivemåten.",
		"Blir ikkje brukt: erklæringa har ikkje noko dokument med id-en %s. Sjekk skrivemåten.",
		"Not used: the declaration has no document with the id %s. Check the spelling."}
	notSameBytes = phrase{
		"Brukes ikke: filen som ble åpnet, er en annen enn den som er oppgitt for «%s»: sjekksummene (SHA-256) er ulike. Spør leverandøren hvilken som gjelder.",
		"Blir ikkje brukt: fila som vart opna, er ei anna enn den som er oppgitt for «%s»: sjekksummane (SHA-256) er ulike. Spør leverandøren kva for ei som gjeld.",
		"Not used: the file that was opened is another one than the one declared for “%s”: the checksums (SHA-256) differ. Ask the vendor which one holds."}
	notHeldFast = phrase{
		"Brukes ikke: «%s» har ingen sjekksum (SHA-256) i erklæringen, så innholdet kan bli byttet ut. Be leverandøren oppgi den.",
		"Blir ikkje brukt: «%s» har ingen sjekksum (SHA-256) i erklæringa, så innhaldet kan bli bytt ut. Be leverandøren oppgi han.",
		"Not used: “%s” has no checksum (SHA-256) in the declaration, so what is there may be exchanged. Ask the vendor for it."}
	notThirdParty = phrase{
		"Brukes ikke: den som kontrollerer, kan ikke gjøre «%s» til et dokument fra en uavhengig part. Er innholdet i orden, før opp funnet som checked.",
		"Blir ikkje brukt: den som kontrollerer, kan ikkje gjere «%s» til eit dokument frå ein uavhengig part. Er innhaldet i orden, før opp funnet som checked.",
		"Not used: whoever checks cannot make “%s” a document of an independent party. If its content is in order, enter the finding as checked."}
	notLatest = phrase{
		"Brukes ikke: funnet %s om det samme er senere, datert %s.",
		"Blir ikkje brukt: funnet %s om det same er seinare, datert %s.",
		"Not used: finding %s about the same is later, dated %s."}
	notLowest = phrase{
		"Brukes ikke: funnet %s om det samme er fra samme dag og er det forsiktigste.",
		"Blir ikkje brukt: funnet %s om det same er frå same dag og er det mest varsame.",
		"Not used: finding %s about the same is of the same day and the more careful one."}
	notAgreed = phrase{
		"Brukes ikke: funnet %s fra samme dag sier noe annet. Bli enige, og før opp ett nytt funn.",
		"Blir ikkje brukt: funnet %s frå same dag seier noko anna. Bli einige, og før opp eitt nytt funn.",
		"Not used: finding %s of the same day says something else. Agree, and enter one new finding."}
)

// Sentences about findings that count.
var (
	foundLevel = phrase{
		"«%s» er %s. Funnet av %s (%s) %s: %s",
		"«%s» er %s. Funne av %s (%s) %s: %s",
		"“%s” is %s. Found by %s (%s) on %s: %s"}
	foundFact = phrase{
		"«%s»: %s. Funnet av %s (%s) %s: %s",
		"«%s»: %s. Funne av %s (%s) %s: %s",
		"“%s”: %s. Found by %s (%s) on %s: %s"}
	labelFindings       = phrase{"Funn fra kontroll", "Funn frå kontroll", "Findings of assessors"}
	labelFindingsUnused = phrase{"Funn som ikke er brukt", "Funn som ikkje er brukte", "Findings that were not used"}
	labelFinding        = phrase{"Funn", "Funn", "Finding"}
	explainFound        = phrase{"«%s» er et av: %s. Funnet: %s", "«%s» er eitt av: %s. Funne: %s", "“%s” is one of: %s. Found: %s"}
	explainUnassessed   = phrase{
		"oppgitt, men ikke kontrollert av en vurderer", "oppgitt, men ikkje kontrollert av ein vurderar", "stated, but not checked by an assessor"}
)

var foundLevels = map[Level]phrase{
	Declared:   {"ikke mer enn leverandørens egne ord", "ikkje meir enn orda til leverandøren", "no more than the vendor's word"},
	Documented: {"et dokument som kan leses, uten at innholdet er kontrollert", "eit dokument som kan lesast, utan at innhaldet er kontrollert", "a document that can be read, without its content being checked"},
	Checked:    {"kontrollert", "kontrollert", "checked"},
	ThirdParty: {"utstedt av en uavhengig part, som oppgitt", "utferda av ein uavhengig part, som oppgitt", "issued by an independent party, as stated"},
}

// Sentences about what no assessor has looked at.
var (
	whyUnassessed = phrase{
		"Leverandøren svarer ja, men dokumentasjonen er ikke kontrollert ennå. En vurderer må åpne den og føre opp hva den viser.",
		"Leverandøren svarer ja, men dokumentasjonen er ikkje kontrollert enno. Ein vurderar må opne han og føre opp kva han viser.",
		"The vendor answers yes, but the evidence has not been checked yet. An assessor must open it and enter what it shows."}
	whyNotHeldFast = phrase{
		"Leverandøren svarer ja, men dokumentasjonen kan ikke kontrolleres, fordi sjekksummen (SHA-256) mangler. Oppgi den.",
		"Leverandøren svarer ja, men dokumentasjonen kan ikkje kontrollerast, fordi sjekksummen (SHA-256) manglar. Oppgi han.",
		"The vendor answers yes, but the evidence cannot be checked, because its checksum (SHA-256) is missing. Give it."}
	whyFoundLow = phrase{
		"Leverandøren svarer ja, men dokumentasjonen er kontrollert, og den er ikke sikker nok. Den må være %s.",
		"Leverandøren svarer ja, men dokumentasjonen er kontrollert, og han er ikkje sikker nok. Han må vere %s.",
		"The vendor answers yes, but the evidence has been checked and does not prove enough. It must be %s."}
	whyFactUnassessed = phrase{
		"Vi vet ikke om dette gjelder, fordi svaret på spørsmålet «%s» ikke er kontrollert. En vurderer må bekrefte eller rette det.",
		"Vi veit ikkje om dette gjeld, fordi svaret på spørsmålet «%s» ikkje er kontrollert. Ein vurderar må stadfeste eller rette det.",
		"We do not know whether this applies, because the answer to the question “%s” has not been checked. An assessor must confirm or correct it."}
	needFinding = phrase{
		"En vurderer må kontrollere svaret på spørsmålet «%s» og bekrefte eller rette det.",
		"Ein vurderar må kontrollere svaret på spørsmålet «%s» og stadfeste eller rette det.",
		"An assessor must check the answer to the question “%s” and confirm or correct it."}
	sumUnassessed = phrase{
		"En vurderer må kontrollere det som mangler, før saken kan avgjøres. Se nedenfor hva det er. Leverandøren trenger ikke å gjøre noe nå.",
		"Ein vurderar må kontrollere det som manglar, før saka kan avgjerast. Sjå nedanfor kva det er. Leverandøren treng ikkje å gjere noko no.",
		"An assessor must check what is missing before the case can be decided. See below what it is. The vendor need not do anything now."}
	changeFinding = phrase{
		"En vurderer må kontrollere dokumentasjonen til krav %s «%s» og finne at den er god nok.",
		"Ein vurderar må kontrollere dokumentasjonen til krav %s «%s» og finne at han er god nok.",
		"An assessor must check the evidence of requirement %s “%s” and find that it is good enough."}
	changeFindingFact = phrase{
		"En vurderer må kontrollere svaret på spørsmålet «%s» og finne at det er: %s.",
		"Ein vurderar må kontrollere svaret på spørsmålet «%s» og finne at det er: %s.",
		"An assessor must check the answer to the question “%s” and find that it is: %s."}
)
