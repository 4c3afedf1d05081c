package approvalfhir

import "github.com/verktoykatalog/verktoy/catalogue"

func words(nb, nn, en string) catalogue.Text {
	return catalogue.Text{catalogue.Bokmaal: nb, catalogue.Nynorsk: nn, catalogue.English: en}
}

// What the form says besides the set's own texts.
var (
	textDeclaration = words("Om selvdeklarasjonen", "Om sjølvdeklarasjonen", "About the self-declaration")
	textID          = words("Leverandørens eget navn på denne deklarasjonen", "Leverandøren sitt eige namn på denne deklarasjonen",
		"The vendor's own name for this declaration")
	textIDForm    = words("Bruk bokstaver, tall, punktum, understrek og bindestrek, høyst 64 tegn.", "Bruk bokstavar, tal, punktum, understrek og bindestrek, høgst 64 teikn.", "Use letters, digits, full stop, underscore and hyphen, at most 64 characters.")
	textRevision  = words("Hvilken endring av deklarasjonen er dette? Den første er 0.", "Kva endring av deklarasjonen er dette? Den første er 0.", "Which change of the declaration is this? The first is 0.")
	textTool      = words("Verktøyets id i katalogen", "Verktøyet sin id i katalogen", "The tool's id in the catalogue")
	textToolForm  = words("Bruk små bokstaver, tall og bindestrek.", "Bruk små bokstavar, tal og bindestrek.", "Use lower-case letters, digits and hyphens.")
	textNameNB    = words("Verktøyets navn på bokmål", "Verktøyet sitt namn på bokmål", "The tool's name in Bokmål")
	textNameNN    = words("Verktøyets navn på nynorsk", "Verktøyet sitt namn på nynorsk", "The tool's name in Nynorsk")
	textNameEN    = words("Verktøyets navn på engelsk", "Verktøyet sitt namn på engelsk", "The tool's name in English")
	textRelease   = words("Hvilken utgave av verktøyet gjelder det?", "Kva utgåve av verktøyet gjeld det?", "Which release of the tool is it about?")
	textOrgNumber = words("Leverandørens organisasjonsnummer", "Leverandøren sitt organisasjonsnummer", "The vendor's organisation number")
	textNine      = words("Skriv ni sifre uten mellomrom.", "Skriv ni siffer utan mellomrom.", "Write nine digits without spaces.")
	textVendor    = words("Leverandørens navn", "Leverandøren sitt namn", "The vendor's name")
	textSubmitted = words("Dagen deklarasjonen sendes inn", "Dagen deklarasjonen blir send inn", "The day on which the declaration is sent")
	textSigned    = words("Navnet på den som står ansvarlig", "Namnet på den som står ansvarleg", "The name of the person who answers for it")
	textSignedAs  = words("Stilling", "Stilling", "Position")

	textFacts = words("Om verktøyet", "Om verktøyet", "About the tool")
	textNone  = words("Ingen av disse", "Ingen av desse", "None of these")

	textStatus      = words("Er kravet oppfylt?", "Er kravet oppfylt?", "Is the requirement met?")
	textReason      = words("Hvorfor er kravet ikke aktuelt?", "Kvifor er kravet ikkje aktuelt?", "Why does the requirement not apply?")
	textExplanation = words("Forklar svaret", "Forklar svaret", "Explain the answer")
	textComment     = words("Kommentar", "Kommentar", "Comment")
	textDue         = words("Når er kravet oppfylt?", "Når er kravet oppfylt?", "By when will the requirement be met?")
	textReferences  = words("Dokumentasjon: skriv id-ene fra listen nederst", "Dokumentasjon: skriv id-ane frå lista nedst",
		"Evidence: write the ids from the list at the end")

	textDocuments = words("Dokumentasjon", "Dokumentasjon", "Evidence")
	textDocument  = words("Dokument", "Dokument", "Document")
	textDocID     = words("Id som svarene viser til", "Id som svara viser til", "Id that answers refer to")
	textKind      = words("Hva slags dokument er det?", "Kva slags dokument er det?", "What kind of document is it?")
	textTitle     = words("Dokumentets tittel", "Dokumentet sin tittel", "The document's title")
	textURL       = words("Adressen der dokumentet kan leses", "Adressa der dokumentet kan lesast", "The address where the document can be read")
	textFile      = words("Eller last opp dokumentet", "Eller last opp dokumentet", "Or attach the document")
	textDigest    = words("Filens SHA-256", "Fila sin SHA-256", "The file's SHA-256")
	text64        = words("Skriv 64 små heksadesimale tegn.", "Skriv 64 små heksadesimale teikn.", "Write 64 lower-case hexadecimal digits.")
	textIssued    = words("Utstedt dato", "Utferda dato", "Day of issue")
	textExpires   = words("Siste dag dokumentet gjelder", "Siste dag dokumentet gjeld", "Last day on which the document holds")
	textLevel     = words("Hvor godt er det dokumentert?", "Kor godt er det dokumentert?", "How well is it proven?")
	textIssuer    = words("Hvem har utstedt dokumentet?", "Kven har utferda dokumentet?", "Who issued the document?")
	textCheckedBy = words("Hvem har kontrollert dokumentet? Skriv navn, ikke fødselsnummer.", "Kven har kontrollert dokumentet? Skriv namn, ikkje fødselsnummer.", "Who checked the document? Write a name, no identity number.")
	textSecret    = words("Skal dokumentet holdes utenfor det som publiseres?", "Skal dokumentet haldast utanfor det som blir publisert?", "Is the document to be left out of what is published?")
)
