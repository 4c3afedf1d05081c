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
		"Svaret mangler. Svar på kravet og send inn erklæringen på nytt.",
		"Svaret manglar. Svar på kravet og send inn erklæringa på nytt.",
		"The answer is missing. Answer this and submit the declaration again."}
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
	sumUnsigned = phrase{
		"Erklæringen mangler id eller underskrift. Fyll ut det som mangler, og send den inn på nytt.",
		"Erklæringa manglar id eller underskrift. Fyll ut det som manglar, og send ho inn på nytt.",
		"The declaration has no id or signatory. Fill in what is missing and submit it again."}
	sumNameless = phrase{
		"Erklæringen sier ikke hvilket verktøy eller hvilken leverandør den gjelder. Fyll ut verktøyets id og organisasjonsnummeret, og send den inn på nytt.",
		"Erklæringa seier ikkje kva verktøy eller kva leverandør ho gjeld. Fyll ut id-en til verktøyet og organisasjonsnummeret, og send ho inn på nytt.",
		"The declaration does not say which tool or which vendor it is about. Fill in the tool's id and the organisation number and submit it again."}
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
	untilEvidence = phrase{
		"Gjelder til og med %s, fordi dokumentasjonen «%s» går ut da.",
		"Gjeld til og med %s, fordi dokumentasjonen «%s» går ut då.",
		"Holds through %s, because the evidence “%s” expires then."}
	untilPanel = phrase{
		"Gjelder til og med %s. Fagpanelet har satt datoen.",
		"Gjeld til og med %s. Fagpanelet har sett datoen.",
		"Holds through %s. The panel of experts has set the day."}
)
