package approval

// lintWords says to the editor of a set what is wrong and what to do, by code.
var lintWords = map[string]phrase{
	LintUnusedFact: {
		"Ingen betingelse spør etter opplysningen «%s», og den vises ikke for noen. Bruk den, eller ta den bort, så slipper leverandøren å svare.",
		"Ikkje noko vilkår spør etter opplysninga «%s», og ingen får sjå ho. Bruk ho, eller ta ho bort, så slepp leverandøren å svare.",
		"No condition asks for the fact “%s”, and nobody is shown it. Use it, or remove it and save the vendor an answer."},
	LintUnusedSource: {
		"Ingen krav viser til kilden «%s». Vis til den, eller ta den bort.",
		"Ingen krav viser til kjelda «%s». Vis til ho, eller ta ho bort.",
		"No requirement refers to the source “%s”. Refer to it, or remove it."},
	LintUnusedGroup: {
		"Gruppen «%s» har ingen krav. Flytt krav dit, eller ta den bort.",
		"Gruppa «%s» har ingen krav. Flytt krav dit, eller ta ho bort.",
		"The group “%s” has no requirements. Move some there, or remove it."},
	LintNoRefs: {
		"Krav %s sier ikke hvor det kommer fra. Vis til en kilde.",
		"Krav %s seier ikkje kvar det kjem frå. Vis til ei kjelde.",
		"Requirement %s does not say where it comes from. Refer to a source."},
	LintNoHelp: {
		"Krav %s ber om dokumentasjon, men hjelper ikke leverandøren å svare. Skriv en hjelpetekst.",
		"Krav %s ber om dokumentasjon, men hjelper ikkje leverandøren å svare. Skriv ein hjelpetekst.",
		"Requirement %s asks for evidence but does not help the vendor to answer. Write a help text."},
	LintSameText: {
		"Teksten under «%s» er den samme som under «%s». Oversett den.",
		"Teksten under «%s» er den same som under «%s». Set han om.",
		"The text under “%s” is the same as under “%s”. Translate it."},
	LintReasonUnbound: {
		"Grunnen «%s» i krav %s henger ikke sammen med noe leverandøren har oppgitt, så ingen kan se om den stemmer. Gi den en betingelse (when) på en opplysning.",
		"Grunnen «%s» i krav %s heng ikkje saman med noko leverandøren har oppgitt, så ingen kan sjå om han stemmer. Gi han eit vilkår (when) på ei opplysning.",
		"The reason “%s” of requirement %s is tied to nothing that the vendor states, so nobody can see whether it is true. Give it a condition (when) on a fact."},
	LintReasonNever: {
		"Grunnen «%s» kan aldri stemme når krav %s gjelder. Rett den ene betingelsen, eller ta grunnen bort.",
		"Grunnen «%s» kan aldri stemme når krav %s gjeld. Rett det eine vilkåret, eller ta grunnen bort.",
		"The reason “%s” can never be true where requirement %s applies. Correct one of the conditions, or remove the reason."},
	LintReasonSibling: {
		"De fleste like krav i gruppen har grunnen «%s», men ikke krav %s. Legg den til hvis den er glemt.",
		"Dei fleste like krav i gruppa har grunnen «%s», men ikkje krav %s. Legg han til om han er gløymd.",
		"Most requirements like it in the group have the reason “%s”, but requirement %s does not. Add it if it was forgotten."},
	LintWhenNever: {
		"Krav %s kan aldri gjelde for noe verktøy. Rett betingelsen.",
		"Krav %s kan aldri gjelde for noko verktøy. Rett vilkåret.",
		"Requirement %s can never apply to any tool. Correct the condition."},
	LintRuleNever: {
		"Regelen «%s» kan aldri slå til. Rett betingelsen, eller ta regelen bort.",
		"Regelen «%s» kan aldri slå til. Rett vilkåret, eller ta regelen bort.",
		"The rule “%s” can never hold. Correct the condition, or remove the rule."},
	LintRuleCovered: {
		"Regelen «%s» blir aldri nådd, fordi regelen «%s» alltid slår til først. Bytt rekkefølge, eller ta en av dem bort.",
		"Regelen «%s» blir aldri nådd, fordi regelen «%s» alltid slår til først. Byt rekkjefølgje, eller ta ein av dei bort.",
		"The rule “%s” is never reached, because the rule “%s” always holds first. Change the order, or remove one of them."},
	LintRuleOrder: {
		"Regelen «%s» godkjenner før den strengere regelen «%s» er prøvd. Flytt den strengeste først.",
		"Regelen «%s» godkjenner før den strengare regelen «%s» er prøvd. Flytt den strengaste først.",
		"The rule “%s” approves before the stricter rule “%s” is tried. Move the stricter one first."},
	LintDefault: {
		"Når ingen regel slår til, må utfallet være needs-review eller rejected. Velg ett av dem.",
		"Når ingen regel slår til, må utfallet vere needs-review eller rejected. Vel eitt av dei.",
		"When no rule holds, the outcome must be needs-review or rejected. Choose one of them."},
	LintAgeMissing: {
		"Krav %s ber om dokumentasjon fra en tredjepart, men sier ikke hvor gammel den kan være. Sett maxAgeMonths.",
		"Krav %s ber om dokumentasjon frå ein tredjepart, men seier ikkje kor gammal han kan vere. Set maxAgeMonths.",
		"Requirement %s asks for evidence from a third party but does not say how old it may be. Set maxAgeMonths."},
	LintRaiseIdle: {
		"Skjerpingen i krav %s endrer ingenting: nivået er like høyt fra før, eller betingelsen slår aldri til. Rett den, eller ta den bort.",
		"Skjerpinga i krav %s endrar ingenting: nivået er like høgt frå før, eller vilkåret slår aldri til. Rett ho, eller ta ho bort.",
		"The raised level in requirement %s changes nothing: the level is as high already, or the condition never holds. Correct it, or remove it."},
	LintWithdrawnAlone: {
		"Krav %s er trukket tilbake, men ingenting sier hva som gjelder nå. Sett replacedBy, eller forklar det i hjelpeteksten.",
		"Krav %s er trekt tilbake, men ingenting seier kva som gjeld no. Set replacedBy, eller forklar det i hjelpeteksten.",
		"Requirement %s is withdrawn, but nothing says what applies now. Set replacedBy, or explain it in the help text."},
	LintAsksWithdrawn: {
		"Betingelsen spør etter krav %s, som er trukket tilbake. Spør etter et krav som gjelder.",
		"Vilkåret spør etter krav %s, som er trekt tilbake. Spør etter eit krav som gjeld.",
		"The condition asks about requirement %s, which is withdrawn. Ask about one that applies."},
	LintNeverInForce: {
		"Krav %s gjelder aldri i denne versjonens tid. Rett datoen, eller trekk kravet tilbake.",
		"Krav %s gjeld aldri i tida til denne versjonen. Rett datoen, eller trekk kravet tilbake.",
		"Requirement %s is never in force during this version's time. Correct the day, or withdraw the requirement."},
	LintDayIdle: {
		"Datoen i krav %s endrer ingenting, fordi den ligger utenfor denne versjonens tid. Ta den bort hvis den ikke trengs.",
		"Datoen i krav %s endrar ingenting, fordi han ligg utanfor tida til denne versjonen. Ta han bort om han ikkje trengst.",
		"The day in requirement %s changes nothing, because it lies outside this version's time. Remove it if it is not needed."},
	LintDepth: {
		"Betingelsen i krav %s har for mange nivåer til å vises i et FHIR-skjema. Skriv den om til høyst %d nivåer.",
		"Vilkåret i krav %s har for mange nivå til å visast i eit FHIR-skjema. Skriv det om til høgst %d nivå.",
		"The condition of requirement %s has too many levels to be shown in a FHIR form. Rewrite it with at most %d levels."},
	LintNot: {
		"Betingelsen i krav %s bruker «not» på en måte som ikke kan vises i et FHIR-skjema. Nevn verdiene som gjelder, i stedet.",
		"Vilkåret i krav %s bruker «not» på ein måte som ikkje kan visast i eit FHIR-skjema. Nemn verdiane som gjeld, i staden.",
		"The condition of requirement %s uses “not” in a way that cannot be shown in a FHIR form. Name the values that apply instead."},

	LintOtherSet: {
		"Versjonen før hører til et annet sett, «%s». Sammenlign med samme sett.",
		"Versjonen før høyrer til eit anna sett, «%s». Samanlikn med same sett.",
		"The version before belongs to another set, “%s”. Compare with the same set."},
	LintVersion: {
		"Versjonen er ikke høyere enn den før, %s. Gi den et høyere nummer.",
		"Versjonen er ikkje høgare enn den før, %s. Gi han eit høgare nummer.",
		"The version is not higher than the one before, %s. Give it a higher number."},
	LintIDGone: {
		"Krav %s er borte. Gamle svar viser til det, så ta det inn igjen med withdrawn.",
		"Krav %s er borte. Gamle svar viser til det, så ta det inn att med withdrawn.",
		"Requirement %s is gone. Old answers refer to it, so put it back with withdrawn."},
	LintIDReused: {
		"Id-en %s hørte til et krav som er trukket tilbake, og kan ikke brukes om igjen. Velg en ny.",
		"Id-en %s høyrde til eit krav som er trekt tilbake, og kan ikkje brukast om att. Vel ein ny.",
		"The id %s belonged to a requirement that was withdrawn and cannot be used again. Choose a new one."},
	LintWording: {
		"Krav %s har fått ny tekst eller hjelp, så gamle svar må ses på igjen. Øk det første eller andre tallet i versjonen.",
		"Krav %s har fått ny tekst eller hjelp, så gamle svar må sjåast på att. Auk det første eller andre talet i versjonen.",
		"Requirement %s has another text or help, so old answers must be looked at again. Raise the first or second number of the version."},
	LintSeverityLowered: {
		"Krav %s veier mindre enn før. Se etter at det er meningen, og si fra om det.",
		"Krav %s veg mindre enn før. Sjå etter at det er meininga, og sei frå om det.",
		"Requirement %s weighs less than before. Make sure that this is meant, and tell people about it."},
	LintFactGone: {
		"Opplysningen «%s» er borte, så gamle svar på den kan ikke tas med videre. Behold den hvis den trengs.",
		"Opplysninga «%s» er borte, så gamle svar på ho kan ikkje takast med vidare. Behald ho om ho trengst.",
		"The fact “%s” is gone, so old answers to it cannot be carried over. Keep it if it is needed."},
}
