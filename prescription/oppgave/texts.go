package oppgave

import (
	"maps"
	"strings"

	"github.com/verktoykatalog/verktoy/catalogue"
)

// Text explains a code to the therapist or whoever runs the system, and says what
// to do: that of an [*Error] or a [*Rule], as it stands in
// [prescription.Prescription.Reason] of a failed prescription and in
// [prescription.Message.Code]. Codes that are not known get a text that says so.
func Text(code string) catalogue.Text {
	t, known := texts[code]
	switch {
	case known:
	case strings.HasPrefix(code, "EHSEC-"):
		t = texts["http-401"]
	case strings.HasPrefix(code, "http-5"):
		t = texts["http-503"]
	default:
		t = other
	}
	return maps.Clone(t)
}

func in(nb, nn, en string) catalogue.Text {
	return catalogue.Text{catalogue.Bokmaal: nb, catalogue.Nynorsk: nn, catalogue.English: en}
}

var other = in("Helsenorge tok ikke imot verktøyet. Gi innbyggeren det på en annen måte, og vis koden til den som drifter systemet.",
	"Helsenorge tok ikkje imot verktøyet. Gje innbyggjaren det på ein annan måte, og vis koden til den som driftar systemet.",
	"Helsenorge did not take the tool. Give it to the citizen in another way, and show the code to those who run the system.")

var texts = map[string]catalogue.Text{
	// Helsenorge's own codes.
	"2118": in("Innbyggeren bruker ikke Helsenorge for helsehjelp, og har ikke fått verktøyet. Gi det på en annen måte, eller be innbyggeren logge inn på Helsenorge, og send det på nytt.",
		"Innbyggjaren bruker ikkje Helsenorge for helsehjelp, og har ikkje fått verktøyet. Gje det på ein annan måte, eller be innbyggjaren logge inn på Helsenorge, og send det på nytt.",
		"The citizen does not use Helsenorge for health care and has not got the tool. Give it in another way, or ask the citizen to log in to Helsenorge, and send it again."),
	"2109": in("Oppgaven mangler det den handler om. Si fra til den som drifter systemet: oppsettet mot Helsenorge må rettes.",
		"Oppgåva manglar det ho handlar om. Sei frå til den som driftar systemet: oppsettet mot Helsenorge må rettast.",
		"The task lacks what it is about. Tell those who run the system: the set-up for Helsenorge must be corrected."),
	"2147": in("Verktøyet mangler adressen der innbyggeren starter. Be den som forvalter katalogen om å legge den inn, og send på nytt.",
		"Verktøyet manglar adressa der innbyggjaren startar. Be den som forvaltar katalogen om å leggje ho inn, og send på nytt.",
		"The tool lacks the address where the citizen starts. Ask the catalogue's managers to enter it, and send again."),
	"2174": in("Adressen til verktøyet er ikke sikker (https). Be den som forvalter katalogen om å rette den, og send på nytt.",
		"Adressa til verktøyet er ikkje sikker (https). Be den som forvaltar katalogen om å rette ho, og send på nytt.",
		"The tool's address is not secure (https). Ask the catalogue's managers to correct it, and send again."),
	"EHSEC-110002": in("Organisasjonsnummeret mangler i HelseID-tokenet, eller tokenet er utløpt. Den som drifter systemet må sjekke organisasjonsnummeret først. Sendingen prøves igjen.",
		"Organisasjonsnummeret manglar i HelseID-tokenet, eller tokenet er utgått. Den som driftar systemet må sjekke organisasjonsnummeret først. Sendinga blir prøvd igjen.",
		"The organisation number is missing in the HelseID token, or the token has expired. Those who run the system check the organisation number first. It will be sent again."),
	"204019": in("Adressen som innbyggeren sendes tilbake til, er ikke registrert hos Helsenorge. Verktøyets leverandør må registrere den.",
		"Adressa som innbyggjaren blir send tilbake til, er ikkje registrert hos Helsenorge. Leverandøren av verktøyet må registrere ho.",
		"The address that the citizen is sent back to is not registered at Helsenorge. The tool's vendor must register it."),

	// Answers without a code.
	"http-401": in("Helsenorge godtok ikke innloggingen til systemet. Den som drifter systemet må sjekke HelseID-oppsettet. Sendingen prøves igjen.",
		"Helsenorge godtok ikkje innlogginga til systemet. Den som driftar systemet må sjekke HelseID-oppsettet. Sendinga blir prøvd igjen.",
		"Helsenorge did not accept the system's login. Those who run the system check the HelseID set-up. It will be sent again."),
	"http-403": in("Systemets tilgang til Helsenorge er utløpt eller mangler. Den som drifter systemet må sjekke tilgangen. Sendingen prøves igjen.",
		"Tilgangen til Helsenorge er utgått eller manglar. Den som driftar systemet må sjekke tilgangen. Sendinga blir prøvd igjen.",
		"The system's access to Helsenorge has expired or is missing. Those who run the system check the access. It will be sent again."),
	"http-404": in("Helsenorge finner ikke oppgaven. Den som drifter systemet må sjekke adressene i oppsettet.",
		"Helsenorge finn ikkje oppgåva. Den som driftar systemet må sjekke adressene i oppsettet.",
		"Helsenorge does not find the task. Those who run the system check the addresses in the set-up."),
	"http-429": in("Helsenorge har mye å gjøre. Sendingen prøves igjen av seg selv.", "Helsenorge har mykje å gjere. Sendinga blir prøvd igjen av seg sjølv.",
		"Helsenorge is busy. It will be sent again by itself."),
	"http-503": in("Helsenorge svarer ikke nå. Sendingen prøves igjen av seg selv.", "Helsenorge svarer ikkje no. Sendinga blir prøvd igjen av seg sjølv.",
		"Helsenorge does not answer now. It will be sent again by itself."),
	"no-answer": in("Helsenorge svarte ikke. Sendingen prøves igjen av seg selv.", "Helsenorge svarte ikkje. Sendinga blir prøvd igjen av seg sjølv.",
		"Helsenorge did not answer. It will be sent again by itself."),
	"timeout": in("Helsenorge svarte ikke i tide. Sendingen prøves igjen av seg selv.", "Helsenorge svarte ikkje i tide. Sendinga blir prøvd igjen av seg sjølv.",
		"Helsenorge did not answer in time. It will be sent again by itself."),
	"answer": in("Svaret fra Helsenorge kunne ikke leses. Den som drifter systemet må sjekke oppsettet.",
		"Svaret frå Helsenorge kunne ikkje lesast. Den som driftar systemet må sjekke oppsettet.",
		"The answer from Helsenorge could not be read. Those who run the system check the set-up."),
	"unwritten": in("Oppgaven kunne ikke skrives. Den som drifter systemet må sjekke oppsettet mot Helsenorge.",
		"Oppgåva kunne ikkje skrivast. Den som driftar systemet må sjekke oppsettet mot Helsenorge.",
		"The task could not be written. Those who run the system check the set-up for Helsenorge."),

	// The service's own.
	"expired": in("Forskrivningen var utløpt før den ble sendt. Send verktøyet på nytt om innbyggeren trenger det. Er den ikke utløpt, må den som drifter systemet stille klokka.",
		"Forskrivinga var utgått før ho vart send. Send verktøyet på nytt om innbyggjaren treng det. Er ho ikkje utgått, må den som driftar systemet stille klokka.",
		"The prescription had expired before it was sent. Send the tool again if the citizen needs it. If it has not expired, those who run the system set the clock."),
	"no-route-portal": in("Systemet mangler veien til innbyggerens portal. Den som drifter systemet må rette oppsettet. Sendingen prøves igjen.",
		"Systemet manglar vegen til portalen til innbyggjaren. Den som driftar systemet må rette oppsettet. Sendinga blir prøvd igjen.",
		"The system lacks the way to the citizen's portal. Those who run the system correct the set-up. It will be sent again."),
	"panic": in("Sendingen stoppet på en feil i programmet. Den som drifter systemet finner den i loggen. Sendingen prøves igjen.",
		"Sendinga stoppa på ein feil i programmet. Den som driftar systemet finn han i loggen. Sendinga blir prøvd igjen.",
		"Sending stopped at a fault in the program. Those who run the system find it in the log. It will be sent again."),
	"interrupted": in("Programmet stoppet hver gang dette skulle sendes. Den som drifter systemet må finne ut hvorfor, og kan så sende det på nytt.",
		"Programmet stoppa kvar gong dette skulle sendast. Den som driftar systemet må finne ut kvifor, og kan så sende det på nytt.",
		"The program stopped each time this was to be sent. Those who run the system must find out why, and can then send it again."),

	// Rules.
	"identifier": in("Forskrivningens id må være en GUID. Den som drifter systemet må rette hvordan id-er lages.",
		"Id-en til forskrivinga må vere ein GUID. Den som driftar systemet må rette korleis id-ar blir laga.",
		"The prescription's id must be a GUID. Those who run the system correct how ids are made."),
	"citizen": in("Fødselsnummeret mangler. Legg det inn for å sende til Helsenorge.", "Fødselsnummeret manglar. Legg det inn for å sende til Helsenorge.",
		"The identity number is missing. Enter it to send to Helsenorge."),
	"tool": in("Verktøyet er trukket tilbake. Velg et annet verktøy fra katalogen.", "Verktøyet er trekt tilbake. Vel eit anna verktøy frå katalogen.",
		"The tool has been withdrawn. Choose another tool from the catalogue."),
	"tool-not-now": in("Verktøyet kan ikke sendes akkurat nå. Det kan være satt på pause. Sendingen prøves igjen av seg selv. Haster det, velg et annet verktøy.",
		"Verktøyet kan ikkje sendast akkurat no. Det kan vere sett på pause. Sendinga blir prøvd igjen av seg sjølv. Hastar det, vel eit anna verktøy.",
		"The tool cannot be sent right now. It may be paused. It will be sent again by itself. If it is urgent, choose another tool."),
	"sender": in("Avsenderens navn eller organisasjonsnummer mangler eller er feil. Den som drifter systemet må legge det inn. Sendingen prøves igjen.",
		"Namnet eller organisasjonsnummeret til avsendaren manglar eller er feil. Den som driftar systemet må leggje det inn. Sendinga blir prøvd igjen.",
		"The sender's name or organisation number is missing or wrong. Those who run the system enter it. It will be sent again."),
	"service-area": in("Tjenesteområdet mangler. Den som drifter systemet må legge det inn.", "Tenesteområdet manglar. Den som driftar systemet må leggje det inn.",
		"The service area is missing. Those who run the system enter it."),
	"sensitive-sender": in("Avsenderen må merkes som sensitiv, så navnet ikke vises i SMS og e-post. Den som drifter systemet må slå det på.",
		"Avsendaren må merkast som sensitiv, så namnet ikkje blir vist i SMS og e-post. Den som driftar systemet må slå det på.",
		"The sender must be marked as sensitive, so that SMS and e-mail do not name it. Those who run the system turn it on."),
	"priority": in("Prioriteten er ukjent. Den som drifter systemet må velge en av dem Helsenorge har.", "Prioriteten er ukjend. Den som driftar systemet må velje ein av dei Helsenorge har.",
		"The priority is unknown. Those who run the system choose one that Helsenorge has."),
	"title": in("Verktøyets navn mangler eller er for langt for Helsenorge. Be den som forvalter katalogen om å rette det.",
		"Namnet på verktøyet manglar eller er for langt for Helsenorge. Be den som forvaltar katalogen om å rette det.",
		"The tool's name is missing or too long for Helsenorge. Ask the catalogue's managers to correct it."),
	"description": in("Teksten til innbyggeren mangler eller er for lang for Helsenorge. Be den som forvalter katalogen om å rette den.",
		"Teksten til innbyggjaren manglar eller er for lang for Helsenorge. Be den som forvaltar katalogen om å rette han.",
		"The text for the citizen is missing or too long for Helsenorge. Ask the catalogue's managers to correct it."),
	"personal": in("Det står et fødselsnummer i teksten eller adressen. Ta det bort.", "Det står eit fødselsnummer i teksten eller adressa. Ta det bort.",
		"There is an identity number in the text or the address. Take it out."),
	"link": in("Adressen til verktøyet mangler eller er ikke sikker (https). Be den som forvalter katalogen om å rette den.",
		"Adressa til verktøyet manglar eller er ikkje sikker (https). Be den som forvaltar katalogen om å rette ho.",
		"The tool's address is missing or not secure (https). Ask the catalogue's managers to correct it."),
	"deadline": in("Fristen er passert. Velg en senere frist.", "Fristen er passert. Vel ein seinare frist.", "The deadline has passed. Choose a later one."),
	"deadline-soon": in("Ny frist må være minst ett døgn fram i tid. Velg en senere frist.", "Ny frist må vere minst eitt døgn fram i tid. Vel ein seinare frist.",
		"A new deadline must be at least a day ahead. Choose a later one."),
	"deadline-order": in("Den siste fristen må være senere enn den innbyggeren ser. Velg en senere sluttdato.",
		"Den siste fristen må vere seinare enn den innbyggjaren ser. Vel ein seinare sluttdato.",
		"The final deadline must be later than the one the citizen sees. Choose a later end."),
	"deadlines-together": in("Oppgaven har to frister, og begge må sendes. Den som drifter systemet må rette oppsettet.",
		"Oppgåva har to fristar, og begge må sendast. Den som driftar systemet må rette oppsettet.",
		"The task has two deadlines and both must be sent. Those who run the system correct the set-up."),
	"reason-alone": in("En begrunnelse kan bare sendes når statusen endres. Endre statusen også.", "Ei grunngjeving kan berre sendast når statusen blir endra. Endre statusen også.",
		"A reason can only be sent when the status changes. Change the status too."),
	"status": in("Denne statusen kan ikke settes av avsenderen. Velg en annen.", "Denne statusen kan ikkje setjast av avsendaren. Vel ein annan.",
		"A sender cannot set this status. Choose another."),
	"ended": in("Oppgaven er avsluttet og kan ikke endres. Send verktøyet på nytt om innbyggeren trenger det.",
		"Oppgåva er avslutta og kan ikkje endrast. Send verktøyet på nytt om innbyggjaren treng det.",
		"The task has ended and cannot be changed. Send the tool again if the citizen needs it."),
	"closed": in("Fristen er passert, og oppgaven kan ikke endres. Send verktøyet på nytt om innbyggeren trenger det.",
		"Fristen er passert, og oppgåva kan ikkje endrast. Send verktøyet på nytt om innbyggjaren treng det.",
		"The deadline has passed and the task cannot be changed. Send the tool again if the citizen needs it."),
	"no-change": in("Det er ingenting å endre.", "Det er ingenting å endre.", "There is nothing to change."),
}
