package approval

// Sentences of reasons: what was found for one requirement.
var (
	whyYes = phrase{
		"Leverandøren svarer ja.",
		"Leverandøren svarer ja.",
		"The vendor answers yes."}
	whyNo = phrase{
		"Leverandøren svarer at dette ikke er på plass.",
		"Leverandøren svarer at dette ikkje er på plass.",
		"The vendor answers that this is not in place."}
	whyPanel = phrase{
		"Leverandøren svarer ja. Her må fagpanelet vurdere svaret.",
		"Leverandøren svarer ja. Her må fagpanelet vurdere svaret.",
		"The vendor answers yes. The panel of experts must assess the answer."}
	whyNotThisTool = phrase{
		"Gjelder ikke for dette verktøyet, etter det leverandøren har oppgitt.",
		"Gjeld ikkje for dette verktøyet, etter det leverandøren har oppgitt.",
		"Does not apply to this tool, according to what the vendor has stated."}
	whyReason = phrase{
		"Ikke aktuelt: %s",
		"Ikkje aktuelt: %s",
		"Not applicable: %s"}
	whyNoAnswer = phrase{
		"Svaret mangler. Svar på kravet.",
		"Svaret manglar. Svar på kravet.",
		"The answer is missing. Answer this requirement."}
	whyNoReason = phrase{
		"Svaret er «ikke aktuelt», men grunnen er ikke en av dem som godtas.",
		"Svaret er «ikkje aktuelt», men grunnen er ikkje ein av dei som blir godtekne.",
		"The answer is “not applicable”, but the reason is not one that is accepted."}
	whyContradiction = phrase{
		"Svaret er «ikke aktuelt» («%s»), men det stemmer ikke med det leverandøren ellers har oppgitt.",
		"Svaret er «ikkje aktuelt» («%s»), men det stemmer ikkje med det leverandøren elles har oppgitt.",
		"The answer is “not applicable” (“%s”), but that does not agree with what the vendor has stated elsewhere."}
	whyFactMissing = phrase{
		"Vi vet ikke om dette gjelder, fordi svaret mangler på spørsmålet «%s».",
		"Vi veit ikkje om dette gjeld, fordi svaret manglar på spørsmålet «%s».",
		"We do not know whether this applies, because there is no answer to the question “%s”."}
	whyNoEvidence = phrase{
		"Leverandøren svarer ja, men har ikke lagt ved dokumentasjon som kan brukes. Disse typene godtas: %s.",
		"Leverandøren svarer ja, men har ikkje lagt ved dokumentasjon som kan brukast. Desse typane blir godtekne: %s.",
		"The vendor answers yes, but has added no evidence that can be used. These kinds are accepted: %s."}
	whyExpired = phrase{
		"Leverandøren svarer ja, men dokumentasjonen er ikke lenger gyldig. Legg ved ny.",
		"Leverandøren svarer ja, men dokumentasjonen er ikkje lenger gyldig. Legg ved ny.",
		"The vendor answers yes, but the evidence is no longer valid. Add new evidence."}
	whyTooOld = phrase{
		"Leverandøren svarer ja, men dokumentasjonen var for gammel da erklæringen ble levert. Den kan være høyst %d måneder.",
		"Leverandøren svarer ja, men dokumentasjonen var for gammal då erklæringa vart levert. Han kan vere høgst %d månader.",
		"The vendor answers yes, but the evidence was too old when the declaration was submitted. It may be at most %d months old."}
	whyWithdrawn = phrase{
		"Kravet er trukket tilbake og gjelder ikke lenger.",
		"Kravet er trekt tilbake og gjeld ikkje lenger.",
		"The requirement has been withdrawn and applies no more."}
	whyNotYet = phrase{
		"Kravet gjelder først fra %s.",
		"Kravet gjeld først frå %s.",
		"The requirement is not in force until %s."}
	whyNoLonger = phrase{
		"Kravet gjaldt til og med %s.",
		"Kravet gjaldt til og med %s.",
		"The requirement was in force through %s."}
	whyAnswerMissing = phrase{
		"Vi vet ikke om dette gjelder, fordi krav %s «%s» ikke har noe svar som kan brukes ennå.",
		"Vi veit ikkje om dette gjeld, fordi krav %s «%s» ikkje har noko svar som kan brukast enno.",
		"We do not know whether this applies, because requirement %s “%s” has no answer that can be used yet."}
	whyStatus = phrase{
		"Dette kravet kan ikke besvares på den måten. Velg et av svarene i skjemaet.",
		"Dette kravet kan ikkje svarast på den måten. Vel eit av svara i skjemaet.",
		"This requirement cannot be answered in that way. Choose one of the answers in the form."}
	whyNotTracked = phrase{
		"Det mangler hvem som har svart, eller når. Svaret må være gitt senest den dagen erklæringen ble levert.",
		"Det manglar kven som har svart, eller når. Svaret må vere gitt seinast den dagen erklæringa vart levert.",
		"It does not say who answered, or when. The answer must have been given by the day on which the declaration was submitted."}
	whyWording = phrase{
		"Svaret gjelder en annen ordlyd enn kravet har nå. Les kravet på nytt, og bekreft eller endre svaret.",
		"Svaret gjeld ei anna ordlyding enn kravet har no. Les kravet på nytt, og stadfest eller endre svaret.",
		"The answer is to another wording than the requirement has now. Read it again and confirm or change the answer."}
	whyInherited = phrase{
		"Svaret er hentet fra leverandørens felles erklæring og gjelder ikke lenger. Svar på nytt.",
		"Svaret er henta frå den felles erklæringa til leverandøren og gjeld ikkje lenger. Svar på nytt.",
		"The answer comes from the vendor's common declaration and holds no longer. Answer again."}
	whyPartial = phrase{
		"Leverandøren svarer at dette bare delvis er på plass. Det regnes som ikke oppfylt.",
		"Leverandøren svarer at dette berre delvis er på plass. Det blir rekna som ikkje oppfylt.",
		"The vendor answers that this is only partly in place. That counts as not met."}
	whyPlanned = phrase{
		"Leverandøren skal ha dette på plass innen %s.",
		"Leverandøren skal ha dette på plass innan %s.",
		"The vendor will have this in place by %s."}
	whyPlannedBlocker = phrase{
		"Leverandøren planlegger dette, men kravet må være oppfylt før verktøyet kan godkjennes.",
		"Leverandøren planlegg dette, men kravet må vere oppfylt før verktøyet kan godkjennast.",
		"The vendor plans this, but the requirement must be met before the tool can be approved."}
	whyPlannedOver = phrase{
		"Leverandøren har planlagt dette, men fristen mangler eller er ute. Er det på plass, svar ja.",
		"Leverandøren har planlagt dette, men fristen manglar eller er ute. Er det på plass, svar ja.",
		"The vendor has planned this, but the day is missing or has come. If it is in place, answer yes."}
	whyPlannedLate = phrase{
		"Leverandøren planlegger dette, men fristen er mer enn %d måneder etter at erklæringen ble levert.",
		"Leverandøren planlegg dette, men fristen er meir enn %d månader etter at erklæringa vart levert.",
		"The vendor plans this, but the day is more than %d months after the declaration was submitted."}
	whyAlternative = phrase{
		"Leverandøren oppfyller dette på en annen måte og har forklart hvordan.",
		"Leverandøren oppfyller dette på ein annan måte og har forklart korleis.",
		"The vendor meets this in another way and has explained how."}
	whyAlternativePanel = phrase{
		"Leverandøren oppfyller dette på en annen måte. Fagpanelet må vurdere om den er like god.",
		"Leverandøren oppfyller dette på ein annan måte. Fagpanelet må vurdere om han er like god.",
		"The vendor meets this in another way. The panel of experts must assess whether it is as good."}
	whyUnexplained = phrase{
		"Svaret er at dette er løst på en annen måte, men forklaringen mangler. Skriv hvordan.",
		"Svaret er at dette er løyst på ein annan måte, men forklaringa manglar. Skriv korleis.",
		"The answer is that this is met in another way, but there is no explanation. Write how."}
	whyWaived = phrase{
		"%s Det er gitt dispensasjon (%s) til og med %s.",
		"%s Det er gitt dispensasjon (%s) til og med %s.",
		"%s It has been waived (%s) through %s."}
	whyLevel = phrase{
		"Leverandøren svarer ja, men dokumentasjonen er ikke sikker nok. Den må være %s.",
		"Leverandøren svarer ja, men dokumentasjonen er ikkje sikker nok. Han må vere %s.",
		"The vendor answers yes, but the evidence does not prove enough. It must be %s."}
	whyPanelMet = phrase{
		"Fagpanelet har vurdert dette og godtar svaret.",
		"Fagpanelet har vurdert dette og godtek svaret.",
		"The panel of experts has assessed this and accepts the answer."}
	whyPanelNotMet = phrase{
		"Fagpanelet har vurdert dette og godtar ikke svaret.",
		"Fagpanelet har vurdert dette og godtek ikkje svaret.",
		"The panel of experts has assessed this and does not accept the answer."}
)

// Sentences of summaries: the whole decision in a few words, and what to do next.
var (
	sumBlocker = phrase{
		"Verktøyet kan ikke godkjennes nå. Antall absolutte krav som ikke er oppfylt: %d. Rett på det som mangler, og send inn en ny erklæring.",
		"Verktøyet kan ikkje godkjennast no. Talet på absolutte krav som ikkje er oppfylte: %d. Rett på det som manglar, og send inn ei ny erklæring.",
		"The tool cannot be approved now. Number of absolute requirements that are not met: %d. Put right what is missing and submit a new declaration."}
	sumUnanswered = phrase{
		"Vi mangler noe før vi kan avgjøre saken. Antall krav uten svar som kan brukes: %d. Se hva som mangler under hvert krav, og send inn erklæringen på nytt.",
		"Vi manglar noko før vi kan avgjere saka. Talet på krav utan svar som kan brukast: %d. Sjå kva som manglar under kvart krav, og send inn erklæringa på nytt.",
		"Something is missing before we can decide. Number of requirements without an answer that can be used: %d. See what is missing under each of them and submit the declaration again."}
	sumGuidance = phrase{
		"Vi mangler noe før vi kan avgjøre saken: om verktøyet skal brukes alene eller sammen med behandler. Svar på det, og send inn erklæringen på nytt.",
		"Vi manglar noko før vi kan avgjere saka: om verktøyet skal brukast åleine eller saman med behandlar. Svar på det, og send inn erklæringa på nytt.",
		"Something is missing before we can decide: whether the tool is for use alone or together with a therapist. Answer that and submit the declaration again."}
	sumPanel = phrase{
		"Saken går til fagpanelet. Antall krav som panelet må vurdere: %d. Leverandøren trenger ikke å gjøre noe nå.",
		"Saka går til fagpanelet. Talet på krav som panelet må vurdere: %d. Leverandøren treng ikkje å gjere noko no.",
		"The case goes to the panel of experts. Number of requirements that the panel must assess: %d. The vendor need not do anything now."}
	sumMajor = phrase{
		"Saken går til fagpanelet, fordi viktige krav ikke er oppfylt. Antall: %d.",
		"Saka går til fagpanelet, fordi viktige krav ikkje er oppfylte. Talet er %d.",
		"The case goes to the panel of experts, because important requirements are not met. Number: %d."}
	sumGuided = phrase{
		"Godkjent for bruk sammen med behandler. Alle krav som teller, er oppfylt.",
		"Godkjent for bruk saman med behandlar. Alle krav som tel, er oppfylte.",
		"Approved for use together with a therapist. All requirements that count are met."}
	sumAllMet = phrase{
		"Godkjent for bruk uten behandler. Alle krav som teller, er oppfylt.",
		"Godkjent for bruk utan behandlar. Alle krav som tel, er oppfylte.",
		"Approved for use without a therapist. All requirements that count are met."}
	sumFacts = phrase{
		"Vi mangler noe før vi kan avgjøre saken. Se hva som mangler nedenfor, og send inn erklæringen på nytt.",
		"Vi manglar noko før vi kan avgjere saka. Sjå kva som manglar nedanfor, og send inn erklæringa på nytt.",
		"Something is missing before we can decide. See below what it is and submit the declaration again."}
	sumDefault = phrase{
		"Ingen av reglene i kravsettet passer på saken. Da avgjøres den slik kravsettet sier for slike tilfeller.",
		"Ingen av reglane i kravsettet passar på saka. Då blir ho avgjord slik kravsettet seier for slike tilfelle.",
		"None of the rules of the requirement set fits the case. It is then decided as the set says for such cases."}
	sumUnsigned = phrase{
		"Erklæringen mangler id eller underskrift. Fyll ut det som mangler, og send den inn på nytt.",
		"Erklæringa manglar id eller underskrift. Fyll ut det som manglar, og send ho inn på nytt.",
		"The declaration has no id or signatory. Fill in what is missing and submit it again."}
	sumNameless = phrase{
		"Erklæringen sier ikke hvilket verktøy eller hvilken leverandør den gjelder. Fyll ut verktøyets id og organisasjonsnummeret.",
		"Erklæringa seier ikkje kva verktøy eller kva leverandør ho gjeld. Fyll ut id-en til verktøyet og organisasjonsnummeret.",
		"The declaration does not say which tool or which vendor it is about. Fill in the tool's id and the organisation number."}
	sumNotSubmitted = phrase{
		"Datoen for innsending mangler eller er ikke kommet ennå. Rett den, og send inn erklæringen på nytt.",
		"Datoen for innsending manglar eller er ikkje komen enno. Rett han, og send inn erklæringa på nytt.",
		"The day of submission is missing or has not come yet. Correct it and submit the declaration again."}
	sumOutdated = phrase{
		"Erklæringen er eldre enn %d måneder. Gå gjennom den, og send inn en ny.",
		"Erklæringa er eldre enn %d månader. Gå gjennom ho, og send inn ei ny.",
		"The declaration is more than %d months old. Go through it and submit a new one."}
	sumPanelWithout = phrase{
		"Fagpanelet har godkjent verktøyet for bruk uten behandler.",
		"Fagpanelet har godkjent verktøyet for bruk utan behandlar.",
		"The panel of experts has approved the tool for use without a therapist."}
	sumPanelWith = phrase{
		"Fagpanelet har godkjent verktøyet for bruk sammen med behandler.",
		"Fagpanelet har godkjent verktøyet for bruk saman med behandlar.",
		"The panel of experts has approved the tool for use together with a therapist."}
	sumPanelRejected = phrase{
		"Fagpanelet har ikke godkjent verktøyet. Se panelets begrunnelser, rett på det som mangler, og send inn en ny erklæring.",
		"Fagpanelet har ikkje godkjent verktøyet. Sjå grunngivingane til panelet, rett på det som manglar, og send inn ei ny erklæring.",
		"The panel of experts has not approved the tool. See the panel's reasons, put right what is missing and submit a new declaration."}
	sumPanelAgain = phrase{
		"Fagpanelet vil se på saken igjen. Les begrunnelsene for å se hva panelet trenger.",
		"Fagpanelet vil sjå på saka igjen. Les grunngivingane for å sjå kva panelet treng.",
		"The panel of experts wants to look at the case again. Read the reasons to see what it needs."}
	sumPanelUndecided = phrase{
		"Fagpanelet er ikke kommet til noe flertall. Saken må tas opp igjen i panelet.",
		"Fagpanelet har ikkje kome til noko fleirtal. Saka må takast opp att i panelet.",
		"The panel of experts has not reached a majority. The case must come back to the panel."}
	untilReview = phrase{
		"Gjelder til og med %s. En godkjenning kan vare høyst %d måneder før verktøyet vurderes på nytt.",
		"Gjeld til og med %s. Ei godkjenning kan vare høgst %d månader før verktøyet blir vurdert på nytt.",
		"Holds through %s. An approval may last at most %d months before the tool is reviewed again."}
	untilStale = phrase{
		"Gjelder til og med %s. En erklæring kan brukes i høyst %d måneder, og denne ble levert %s.",
		"Gjeld til og med %s. Ei erklæring kan brukast i høgst %d månader, og denne vart levert %s.",
		"Holds through %s. A declaration can be used for at most %d months, and this one was submitted on %s."}
	untilEvidence = phrase{
		"Gjelder til og med %s, fordi dokumentasjonen «%s» går ut da.",
		"Gjeld til og med %s, fordi dokumentasjonen «%s» går ut då.",
		"Holds through %s, because the evidence “%s” expires then."}
	untilInherited = phrase{
		"Gjelder til og med %s, fordi leverandørens felles svar på krav %s «%s» går ut da.",
		"Gjeld til og med %s, fordi det felles svaret frå leverandøren på krav %s «%s» går ut då.",
		"Holds through %s, because the vendor's common answer to requirement %s “%s” ends then."}
	untilWaiver = phrase{
		"Gjelder til og med %s, fordi dispensasjonen %s fra krav %s «%s» går ut da.",
		"Gjeld til og med %s, fordi dispensasjonen %s frå krav %s «%s» går ut då.",
		"Holds through %s, because the waiver %s of requirement %s “%s” ends then."}
	untilPlanned = phrase{
		"Gjelder til og med %s, fordi krav %s «%s» skal være oppfylt %s.",
		"Gjeld til og med %s, fordi krav %s «%s» skal vere oppfylt %s.",
		"Holds through %s, because requirement %s “%s” must be met on %s."}
	untilForce = phrase{
		"Gjelder til og med %s, fordi krav %s «%s» endres dagen etter.",
		"Gjeld til og med %s, fordi krav %s «%s» blir endra dagen etter.",
		"Holds through %s, because requirement %s “%s” changes the day after."}
	needFact = phrase{
		"Svar på spørsmålet «%s».",
		"Svar på spørsmålet «%s».",
		"Answer the question “%s”."}
	obligation = phrase{
		"Få «%s» på plass før %s.",
		"Få «%s» på plass før %s.",
		"Have “%s” in place before %s."}
	untilPanel = phrase{
		"Gjelder til og med %s. Fagpanelet har satt datoen.",
		"Gjeld til og med %s. Fagpanelet har sett datoen.",
		"Holds through %s. The panel of experts has set the day."}
)
