package main

import (
	"fmt"

	"github.com/verktoykatalog/verktoy/catalogue"
)

var languages = []catalogue.Lang{"nb", "nn", "en"}

// say gives one of the demo's texts; a key that is not there is an error, so that no page shows a hole.
func say(lang catalogue.Lang, key string) (string, error) {
	text, found := texts[key]
	if !found {
		return "", fmt.Errorf("no text %q", key)
	}
	return text.In(lang), nil
}

// texts is everything that the three sites say.
var texts = map[string]catalogue.Text{
	"demo-note": {"nb": "Demo med oppdiktede personer og verktøy.", "nn": "Demo med oppdikta personar og verktøy.", "en": "A demo with invented people and tools."},

	// The clinician's site.
	"clinician":               {"nb": "Finn og send verktøy", "nn": "Finn og send verktøy", "en": "Find and send tools"},
	"search":                  {"nb": "Søk", "nn": "Søk", "en": "Search"},
	"search-label":            {"nb": "Hva trenger pasienten hjelp med?", "nn": "Kva treng pasienten hjelp med?", "en": "What does the patient need help with?"},
	"search-example":          {"nb": "For eksempel: sosial angst, får ikke sove", "nn": "Til dømes: sosial angst, får ikkje sove", "en": "For example: social anxiety, cannot sleep"},
	"hits":                    {"nb": "verktøy", "nn": "verktøy", "en": "tools"},
	"no-hits":                 {"nb": "Vi fant ingen verktøy. Prøv et annet ord, eller færre ord.", "nn": "Vi fann ingen verktøy. Prøv eit anna ord, eller færre ord.", "en": "No tools found. Try another word, or fewer words."},
	"did-you-mean":            {"nb": "Mente du", "nn": "Meinte du", "en": "Did you mean"},
	"found-in":                {"nb": "Funnet i", "nn": "Funne i", "en": "Found in"},
	"field-name":              {"nb": "navn", "nn": "namn", "en": "name"},
	"field-keyword":           {"nb": "stikkord", "nn": "stikkord", "en": "keyword"},
	"field-summary":           {"nb": "ingress", "nn": "ingress", "en": "summary"},
	"field-description":       {"nb": "beskrivelse", "nn": "skildring", "en": "description"},
	"field-unit":              {"nb": "forløp", "nn": "forløp", "en": "course"},
	"mode-open":               {"nb": "Åpent for alle", "nn": "Ope for alle", "en": "Open to everyone"},
	"mode-login":              {"nb": "Innbyggeren logger inn selv", "nn": "Innbyggjaren loggar inn sjølv", "en": "The citizen logs in"},
	"mode-prescribed":         {"nb": "Må sendes av behandler", "nn": "Må sendast av behandlar", "en": "Must be sent by a clinician"},
	"for-whom":                {"nb": "Passer for", "nn": "Passar for", "en": "Suits"},
	"not-for":                 {"nb": "Passer ikke for", "nn": "Passar ikkje for", "en": "Does not suit"},
	"unit":                    {"nb": "Forløp", "nn": "Forløp", "en": "Course"},
	"days":                    {"nb": "dager", "nn": "dagar", "en": "days"},
	"patient":                 {"nb": "Pasient", "nn": "Pasient", "en": "Patient"},
	"letter":                  {"nb": "Dette får pasienten lese", "nn": "Dette får pasienten lese", "en": "What the patient will read"},
	"send":                    {"nb": "Send verktøyet", "nn": "Send verktøyet", "en": "Send the tool"},
	"my-sent":                 {"nb": "Sendte verktøy", "nn": "Sende verktøy", "en": "Sent tools"},
	"none-sent":               {"nb": "Du har ikke sendt noen verktøy ennå.", "nn": "Du har ikkje sendt nokon verktøy enno.", "en": "You have not sent any tools yet."},
	"state":                   {"nb": "Status", "nn": "Status", "en": "Status"},
	"deadline":                {"nb": "Frist", "nn": "Frist", "en": "Deadline"},
	"tool":                    {"nb": "Verktøy", "nn": "Verktøy", "en": "Tool"},
	"sent-at":                 {"nb": "Sendt", "nn": "Sendt", "en": "Sent"},
	"delivered-at":            {"nb": "Levert", "nn": "Levert", "en": "Delivered"},
	"started-at":              {"nb": "Startet", "nn": "Starta", "en": "Started"},
	"completed-at":            {"nb": "Fullført", "nn": "Fullført", "en": "Completed"},
	"history":                 {"nb": "Hva har skjedd", "nn": "Kva har skjedd", "en": "What has happened"},
	"event-prescribe":         {"nb": "Sendt", "nn": "Sendt", "en": "Sent"},
	"event-deliver":           {"nb": "Levert til innbyggeren", "nn": "Levert til innbyggjaren", "en": "Delivered to the citizen"},
	"event-start":             {"nb": "Innbyggeren startet", "nn": "Innbyggjaren starta", "en": "The citizen started"},
	"event-complete":          {"nb": "Innbyggeren fullførte", "nn": "Innbyggjaren fullførte", "en": "The citizen completed it"},
	"event-cancel":            {"nb": "Trukket tilbake", "nn": "Trekt tilbake", "en": "Withdrawn"},
	"cancel":                  {"nb": "Trekk tilbake", "nn": "Trekk tilbake", "en": "Withdraw"},
	"cancel-reason":           {"nb": "Hvorfor?", "nn": "Kvifor?", "en": "Why?"},
	"reason-wrong-patient":    {"nb": "Sendt til feil pasient", "nn": "Sendt til feil pasient", "en": "Sent to the wrong patient"},
	"reason-no-longer-needed": {"nb": "Det trengs ikke lenger", "nn": "Det trengst ikkje lenger", "en": "It is no longer needed"},
	"reason-patient-asked":    {"nb": "Pasienten ønsker det ikke", "nn": "Pasienten ønskjer det ikkje", "en": "The patient does not want it"},
	"acknowledge":             {"nb": "Jeg har lest hvem dette ikke passer for", "nn": "Eg har lese kven dette ikkje passar for", "en": "I have read whom this does not suit"},
	"not-acknowledged":        {"nb": "Gå tilbake og kryss av for at du har lest hvem verktøyet ikke passer for.", "nn": "Gå tilbake og kryss av for at du har lese kven verktøyet ikkje passar for.", "en": "Go back and tick that you have read whom the tool does not suit."},
	"once-more":               {"nb": "Send selv om pasienten har verktøyet fra før", "nn": "Send sjølv om pasienten har verktøyet frå før", "en": "Send even if the patient has the tool already"},
	"already-active":          {"nb": "Pasienten har dette verktøyet fra før, og det er ikke avsluttet. Gå tilbake og kryss av om du vil sende det likevel.", "nn": "Pasienten har dette verktøyet frå før, og det er ikkje avslutta. Gå tilbake og kryss av om du vil sende det likevel.", "en": "The patient has this tool already, and it has not ended. Go back and tick the box if you want to send it all the same."},
	"event-confirm-cancel":    {"nb": "Avslutningen er bekreftet", "nn": "Avslutninga er stadfesta", "en": "The ending is confirmed"},
	"state-cancel-asked":      {"nb": "Bedt om å avslutte", "nn": "Bedt om å avslutte", "en": "Asked to end"},
	"state-sent":              {"nb": "Sendt, venter på portalen", "nn": "Sendt, ventar på portalen", "en": "Sent, waiting for the portal"},
	"state-delivered":         {"nb": "Levert, ikke åpnet", "nn": "Levert, ikkje opna", "en": "Delivered, not opened"},
	"state-opened":            {"nb": "Åpnet", "nn": "Opna", "en": "Opened"},
	"state-started":           {"nb": "Påbegynt", "nn": "Påbyrja", "en": "Started"},
	"state-paused":            {"nb": "Satt på pause", "nn": "Sett på pause", "en": "Paused"},
	"state-completed":         {"nb": "Fullført", "nn": "Fullført", "en": "Completed"},
	"state-cancelled":         {"nb": "Trukket tilbake", "nn": "Trekt tilbake", "en": "Withdrawn"},
	"state-declined":          {"nb": "Takket nei", "nn": "Takka nei", "en": "Declined"},
	"state-failed":            {"nb": "Mislyktes", "nn": "Mislukkast", "en": "Failed"},
	"state-expired":           {"nb": "Fristen gikk ut", "nn": "Fristen gjekk ut", "en": "Expired"},

	// What stops a clinician.
	"problem":         {"nb": "Dette gikk ikke", "nn": "Dette gjekk ikkje", "en": "That did not work"},
	"back":            {"nb": "Gå tilbake", "nn": "Gå tilbake", "en": "Go back"},
	"too-long-search": {"nb": "Søket er for langt. Bruk noen få ord.", "nn": "Søket er for langt. Bruk nokre få ord.", "en": "The search is too long. Use a few words."},
	"no-tool":         {"nb": "Vi finner ikke dette verktøyet. Søk på nytt.", "nn": "Vi finn ikkje dette verktøyet. Søk på nytt.", "en": "We cannot find this tool. Please search again."},
	"no-unit":         {"nb": "Forløpet finnes ikke lenger. Åpne verktøyet på nytt og velg et annet.", "nn": "Forløpet finst ikkje lenger. Opne verktøyet på nytt og vel eit anna.", "en": "The course no longer exists. Open the tool again and choose another."},
	"no-patient":      {"nb": "Velg en pasient før du sender.", "nn": "Vel ein pasient før du sender.", "en": "Choose a patient before you send."},
	"no-prescription": {"nb": "Vi finner ikke dette. Se i listen over sendte verktøy.", "nn": "Vi finn ikkje dette. Sjå i lista over sende verktøy.", "en": "We cannot find this. Look in the list of sent tools."},
	"withdrawn":       {"nb": "Verktøyet er trukket tilbake og kan ikke sendes. Søk etter et annet.", "nn": "Verktøyet er trekt tilbake og kan ikkje sendast. Søk etter eit anna.", "en": "The tool has been withdrawn and cannot be sent. Please search for another."},
	"paused":          {"nb": "Verktøyet er satt på pause og kan ikke sendes nå. Velg et annet, eller prøv senere.", "nn": "Verktøyet er sett på pause og kan ikkje sendast no. Vel eit anna, eller prøv seinare.", "en": "The tool is paused and cannot be sent now. Choose another, or try later."},
	"approval-ended":  {"nb": "Godkjenningen har gått ut. Verktøyet kan ikke sendes før det er vurdert på nytt.", "nn": "Godkjenninga har gått ut. Verktøyet kan ikkje sendast før det er vurdert på nytt.", "en": "The approval has ended. The tool cannot be sent until it has been reviewed again."},
	"not-sendable":    {"nb": "Dette verktøyet tar innbyggeren i bruk selv. Tips gjerne pasienten om det.", "nn": "Dette verktøyet tek innbyggjaren i bruk sjølv. Tips gjerne pasienten om det.", "en": "Citizens take up this tool themselves. Feel free to tell your patient about it."},
	"key-reused":      {"nb": "Dette er sendt før, med annet innhold. Åpne verktøyet på nytt og send derfra.", "nn": "Dette er sendt før, med anna innhald. Opne verktøyet på nytt og send derifrå.", "en": "This was sent before with other content. Open the tool again and send from there."},
	"changed-since":   {"nb": "Noe har skjedd siden du åpnet siden. Se på den igjen før du bestemmer deg.", "nn": "Noko har skjedd sidan du opna sida. Sjå på ho igjen før du bestemmer deg.", "en": "Something has happened since you opened the page. Look again before you decide."},
	"not-now":         {"nb": "Dette kan ikke gjøres med et verktøy i denne statusen.", "nn": "Dette kan ikkje gjerast med eit verktøy i denne statusen.", "en": "This cannot be done with a tool in this state."},
	"open-again":      {"nb": "Siden er ikke lenger den du åpnet. Åpne verktøyet på nytt og prøv derfra.", "nn": "Sida er ikkje lenger den du opna. Opne verktøyet på nytt og prøv derifrå.", "en": "The page is no longer the one you opened. Open the tool again and try from there."},
	"no-reason":       {"nb": "Velg hvorfor du trekker det tilbake.", "nn": "Vel kvifor du trekkjer det tilbake.", "en": "Choose why you take it back."},
	"not-found":       {"nb": "Denne siden finnes ikke. Gå tilbake til forsiden.", "nn": "Denne sida finst ikkje. Gå tilbake til framsida.", "en": "There is no such page. Go back to the start."},
	"other-site":      {"nb": "Skjemaet kom fra et annet nettsted, så vi gjorde ingenting. Gå til forsiden og prøv derfra.", "nn": "Skjemaet kom frå ein annan nettstad, så vi gjorde ingenting. Gå til framsida og prøv derifrå.", "en": "The form came from another site, so we did nothing. Go to the start and try from there."},
	"help-now":        {"nb": "Trenger du hjelp nå? Ring 113 når det er fare for liv, legevakten på 116 117, eller snakk med Mental Helse på 116 123.", "nn": "Treng du hjelp no? Ring 113 når det er fare for liv, legevakta på 116 117, eller snakk med Mental Helse på 116 123.", "en": "Do you need help now? Call 113 when a life is in danger, the out-of-hours doctor on 116 117, or talk to Mental Helse on 116 123."},
	"try-again":       {"nb": "Noe svikter hos oss. Vent litt og prøv igjen.", "nn": "Noko sviktar hos oss. Vent litt og prøv igjen.", "en": "Something is failing on our side. Wait a little and try again."},

	// The portal.
	"portal":                {"nb": "Mine verktøy", "nn": "Mine verktøy", "en": "My tools"},
	"who-are-you":           {"nb": "Hvem er du? I virkeligheten logger du inn med ID-porten her.", "nn": "Kven er du? I røynda loggar du inn med ID-porten her.", "en": "Who are you? In real life you log in with ID-porten here."},
	"log-in":                {"nb": "Logg inn", "nn": "Logg inn", "en": "Log in"},
	"hello":                 {"nb": "Hei,", "nn": "Hei,", "en": "Hello,"},
	"your-tools":            {"nb": "Dine verktøy", "nn": "Dine verktøy", "en": "Your tools"},
	"none-yours":            {"nb": "Du har ingen verktøy ennå. Når en behandler sender deg ett, ligger det her.", "nn": "Du har ingen verktøy enno. Når ein behandlar sender deg eitt, ligg det her.", "en": "You have no tools yet. When a clinician sends you one, it will be here."},
	"sent-by":               {"nb": "Sendt av behandleren din", "nn": "Sendt av behandlaren din", "en": "Sent by your clinician"},
	"chosen":                {"nb": "Valgt av deg", "nn": "Valt av deg", "en": "Chosen by you"},
	"start":                 {"nb": "Start", "nn": "Start", "en": "Start"},
	"start-alone":           {"nb": "Verktøy du kan starte på egen hånd", "nn": "Verktøy du kan starte på eiga hand", "en": "Tools you can start on your own"},
	"add":                   {"nb": "Legg til", "nn": "Legg til", "en": "Add"},
	"task-new":              {"nb": "Ikke startet", "nn": "Ikkje starta", "en": "Not started"},
	"task-started":          {"nb": "Påbegynt", "nn": "Påbyrja", "en": "Started"},
	"task-completed":        {"nb": "Utført", "nn": "Utført", "en": "Done"},
	"start-withdrawn":       {"nb": "Verktøyet er trukket tilbake og kan ikke startes. Spør behandleren din hva du kan bruke i stedet.", "nn": "Verktøyet er trekt tilbake og kan ikkje startast. Spør behandlaren din kva du kan bruke i staden.", "en": "The tool has been withdrawn and cannot be started. Ask your clinician what you can use instead."},
	"start-paused":          {"nb": "Verktøyet er satt på pause. Prøv igjen om noen dager.", "nn": "Verktøyet er sett på pause. Prøv igjen om nokre dagar.", "en": "The tool is paused. Try again in a few days."},
	"start-needs-clinician": {"nb": "Dette verktøyet må en behandler sende deg. Snakk med fastlegen eller behandleren din.", "nn": "Dette verktøyet må ein behandlar sende deg. Snakk med fastlegen eller behandlaren din.", "en": "A clinician has to send you this tool. Talk to your GP or your therapist."},
	"start-deadline":        {"nb": "Fristen har gått ut. Be behandleren din sende verktøyet på nytt hvis du vil bruke det.", "nn": "Fristen har gått ut. Be behandlaren din sende verktøyet på nytt om du vil bruke det.", "en": "The deadline has passed. Ask your clinician to send the tool again if you want to use it."},
	"start-done":            {"nb": "Du er ferdig med dette. Godt jobbet!", "nn": "Du er ferdig med dette. Godt jobba!", "en": "You have finished this. Well done!"},
	"start-taken-back":      {"nb": "Behandleren din har trukket dette tilbake. Ta kontakt om du lurer på noe.", "nn": "Behandlaren din har trekt dette tilbake. Ta kontakt om du lurer på noko.", "en": "Your clinician has taken this back. Get in touch if you wonder about anything."},
	"task-withdrawn":        {"nb": "Trukket tilbake", "nn": "Trekt tilbake", "en": "Taken back"},
	"start-not-yours":       {"nb": "Vi finner ikke dette på listen din.", "nn": "Vi finn ikkje dette på lista di.", "en": "We cannot find this on your list."},
	"start-no-tool":         {"nb": "Vi finner ikke dette verktøyet.", "nn": "Vi finn ikkje dette verktøyet.", "en": "We cannot find this tool."},

	// The tool.
	"tool-site":     {"nb": "Øvelser for deg", "nn": "Øvingar for deg", "en": "Exercises for you"},
	"welcome":       {"nb": "Velkommen inn", "nn": "Velkomen inn", "en": "Welcome"},
	"came-from":     {"nb": "Du kom fra", "nn": "Du kom frå", "en": "You came from"},
	"no-identity":   {"nb": "Vi vet ikke hva du heter. Vi kjenner deg bare som", "nn": "Vi veit ikkje kva du heiter. Vi kjenner deg berre som", "en": "We do not know your name. We only know you as"},
	"exercise":      {"nb": "Dagens øvelse", "nn": "Øvinga i dag", "en": "Today's exercise"},
	"exercise-text": {"nb": "Tenk på én situasjon du pleier å unngå. Skriv ned hva du tror kommer til å skje, og hva som er et lite første steg. Det er nok for i dag.", "nn": "Tenk på éin situasjon du brukar å unngå. Skriv ned kva du trur kjem til å skje, og kva som er eit lite første steg. Det er nok for i dag.", "en": "Think of one situation that you tend to avoid. Write down what you think will happen, and what a small first step would be. That is enough for today."},
	"done":          {"nb": "Jeg er ferdig", "nn": "Eg er ferdig", "en": "I am done"},
	"thanks":        {"nb": "Takk, da er du ferdig. Har en behandler sendt deg hit, ser de det nå. Du kan lukke siden.", "nn": "Takk, då er du ferdig. Har ein behandlar sendt deg hit, ser dei det no. Du kan lukke sida.", "en": "Thank you, you are done. If a clinician sent you here, they can see it now. You can close the page."},
	"thanks-late":   {"nb": "Takk. Behandleren din har avsluttet dette eller fristen er ute, så svaret ble ikke sendt. Ta kontakt om du lurer på noe.", "nn": "Takk. Behandlaren din har avslutta dette eller fristen er ute, så svaret vart ikkje sendt. Ta kontakt om du lurer på noko.", "en": "Thank you. Your clinician has ended this or the deadline has passed, so your answer was not sent. Get in touch if you wonder about anything."},
	"no-launch":     {"nb": "Start verktøyet fra portalen. Da kommer du rett inn.", "nn": "Start verktøyet frå portalen. Då kjem du rett inn.", "en": "Start the tool from the portal. It will let you straight in."},
	"report-failed": {"nb": "Vi fikk ikke sagt fra til portalen. Last siden på nytt om litt.", "nn": "Vi fekk ikkje sagt frå til portalen. Last sida på nytt om litt.", "en": "We could not tell the portal. Please reload the page in a moment."},
}
