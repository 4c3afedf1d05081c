package main

import (
	"maps"

	"github.com/verktoykatalog/verktoy/approval/approvalsign"
	"github.com/verktoykatalog/verktoy/catalogue"
)

// deskTexts is what the desk says besides what package approval says.
var deskTexts = joined(deskFrameTexts, deskVendorTexts, deskFormTexts, deskReportTexts, deskLedgerTexts, deskPanelTexts)

func joined(all ...map[string]catalogue.Text) map[string]catalogue.Text {
	out := map[string]catalogue.Text{}
	for _, texts := range all {
		maps.Copy(out, texts)
	}
	return out
}

func inThree(nb, nn, en string) catalogue.Text { return catalogue.Text{"nb": nb, "nn": nn, "en": en} }

// deskFrameTexts are those of the layout and of pages that say no.
var deskFrameTexts = map[string]catalogue.Text{
	"desk":           inThree("Godkjenning av verktøy", "Godkjenning av verktøy", "Approval of tools"),
	"desk-note":      inThree("Skranken glemmer alt når demoen stanser. Last ned erklæringer, signaturer og vedtak som du vil ta vare på, eller start demoen med -db og et filnavn.", "Skranken gløymer alt når demoen stansar. Last ned erklæringar, signaturar og vedtak som du vil ta vare på, eller start demoen med -db og eit filnamn.", "The desk forgets everything when the demo stops. Download declarations, signatures and decisions that you want to keep, or start the demo with -db and a file name."),
	"desk-note-kept": inThree("Sakene er her også neste gang demoen starter med samme database.", "Sakene er her òg neste gong demoen startar med same database.", "The cases are here the next time the demo starts with the same database, too."),
	"skip":           inThree("Gå til innholdet", "Gå til innhaldet", "Skip to the content"),
	"languages":      inThree("Språk", "Språk", "Language"),
	"sides":          inThree("Hvem er du?", "Kven er du?", "Who are you?"),
	"vendor-side":    inThree("Leverandør", "Leverandør", "Vendor"),
	"panel-side":     inThree("Fagpanel og forvaltning", "Fagpanel og forvalting", "Panel and managers"),
	"clinician-side": inThree("Behandlerens søk", "Søket til behandlaren", "The clinician's search"),
	"choose":         inThree("Velg …", "Vel …", "Choose …"),
	"of":             inThree("av", "av", "of"),
	"yes":            inThree("Ja", "Ja", "Yes"),
	"no":             inThree("Nei", "Nei", "No"),
	"wrong-title":    inThree("Se på dette først", "Sjå på dette først", "Please look at this first"),
	"to-vendor":      inThree("Til leverandørens side", "Til sida for leverandøren", "To the vendor's page"),
	"to-panel":       inThree("Til fagpanelets saker", "Til sakene i fagpanelet", "To the panel's cases"),

	"no-file":       inThree("Vi finner ikke denne saken. Kanskje er demoen startet på nytt. Begynn fra listen.", "Vi finn ikkje denne saka. Kanskje er demoen starta på nytt. Begynn frå lista.", "We cannot find this case. Perhaps the demo was started again. Begin from the list."),
	"not-submitted": inThree("Leverandøren har ikke sendt inn denne ennå. Panelet ser den når den er sendt inn.", "Leverandøren har ikkje sendt inn denne enno. Panelet ser ho når ho er send inn.", "The vendor has not submitted this yet. The panel sees it once it is submitted."),
	"not-editable":  inThree("Erklæringen er sendt inn og kan ikke endres nå. Åpne den fra listen og meld en endring hvis noe er feil.", "Erklæringa er send inn og kan ikkje endrast no. Opne ho frå lista og meld ei endring om noko er feil.", "The declaration is submitted and cannot be changed now. Open it from the list and report a change if something is wrong."),
	"section-gone":  inThree("Denne delen gjelder ikke lenger, fordi svarene om verktøyet er endret. Gå tilbake til oversikten.", "Denne delen gjeld ikkje lenger, fordi svara om verktøyet er endra. Gå tilbake til oversikta.", "This part no longer applies, because the answers about the tool have changed. Go back to the overview."),
	"too-large":     inThree("Filen er for stor. Velg en på høyst 20 MB, eller oppgi adressen der dokumentet ligger.", "Fila er for stor. Vel ei på høgst 20 MB, eller oppgi adressa der dokumentet ligg.", "The file is too large. Choose one of at most 20 MB, or give the address of the document."),
	"no-person":     inThree("Velg hvem du er før du logger inn.", "Vel kven du er før du loggar inn.", "Choose who you are before you log in."),
}

// deskVendorTexts are those of the vendor's side.
var deskVendorTexts = map[string]catalogue.Text{
	"start-what":  inThree("Her svarer en leverandør på kravene til et digitalt verktøy, og et fagpanel avgjør om innbyggere kan få det.", "Her svarar ein leverandør på krava til eit digitalt verktøy, og eit fagpanel avgjer om innbyggjarar kan få det.", "Here a vendor answers the requirements for a digital tool, and a panel decides whether citizens may have it."),
	"start-where": inThree("Under ser du hvor langt hver erklæring er kommet, og hva som er neste steg.", "Under ser du kor langt kvar erklæring er komen, og kva som er neste steg.", "Below you see how far each declaration has come and what the next step is."),

	"your-declarations":  inThree("Erklæringene dine", "Erklæringane dine", "Your declarations"),
	"no-files":           inThree("Du har ingen ennå. Begynn med et eksempel, så ser du hvordan det virker.", "Du har ingen enno. Begynn med eit døme, så ser du korleis det verkar.", "You have none yet. Begin with an example to see how it works."),
	"in-catalogue":       inThree("I katalogen", "I katalogen", "In the catalogue"),
	"begin":              inThree("Begynn på en ny", "Begynn på ei ny", "Begin a new one"),
	"begin-good":         inThree("Et ferdig eksempel", "Eit ferdig døme", "A complete example"),
	"begin-good-text":    inThree("Et søvnkurs der alt er fylt ut. Du kan sende det inn med én gang.", "Eit søvnkurs der alt er fylt ut. Du kan sende det inn med ein gong.", "A sleep course with everything filled in. You can submit it at once."),
	"begin-good-button":  inThree("Åpne eksempelet", "Opne dømet", "Open the example"),
	"begin-bad":          inThree("Et eksempel med feil", "Eit døme med feil", "An example with mistakes"),
	"begin-bad-text":     inThree("Det samme kurset, med tolv feil som er gjort med vilje. Se hvordan de blir forklart.", "Det same kurset, med tolv feil som er gjorde med vilje. Sjå korleis dei blir forklarte.", "The same course with twelve mistakes made on purpose. See how they are explained."),
	"begin-bad-button":   inThree("Åpne det med feil", "Opne det med feil", "Open the one with mistakes"),
	"begin-blank":        inThree("Ditt eget verktøy", "Ditt eige verktøy", "Your own tool"),
	"which-set":          inThree("Hvilke krav skal du svare på?", "Kva krav skal du svare på?", "Which requirements will you answer?"),
	"set-web-baseline":   inThree("De for nettapplikasjoner (51 krav)", "Dei for nettapplikasjonar (51 krav)", "Those for web applications (51 requirements)"),
	"set-baseline":       inThree("De for alle slags verktøy, også mobilapper (60 krav)", "Dei for alle slags verktøy, også mobilappar (60 krav)", "Those for tools of every kind, mobile apps too (60 requirements)"),
	"begin-blank-button": inThree("Begynn med blankt skjema", "Begynn med blankt skjema", "Begin with an empty form"),
	"no-name":            inThree("Skriv hva verktøyet heter, med høyst 200 tegn.", "Skriv kva verktøyet heiter, med høgst 200 teikn.", "Write the tool's name, at most 200 characters."),

	"back-to-list":          inThree("Alle erklæringer", "Alle erklæringar", "All declarations"),
	"back-to":               inThree("Tilbake til", "Tilbake til", "Back to"),
	"parts":                 inThree("Delene av skjemaet", "Delane av skjemaet", "The parts of the form"),
	"parts-text":            inThree("Begynn øverst. Svarene om verktøyet bestemmer hvilke krav du får.", "Begynn øvst. Svara om verktøyet avgjer kva krav du får.", "Begin at the top. The answers about the tool decide which requirements you get."),
	"documents-count":       inThree("dokumenter", "dokument", "documents"),
	"standing":              inThree("Slik ligger du an", "Slik ligg du an", "How you are doing"),
	"progress":              inThree("Hvor langt du er kommet", "Kor langt du er komen", "How far you have come"),
	"facts-answered":        inThree("spørsmål om verktøyet er besvart", "spørsmål om verktøyet er svara på", "questions about the tool are answered"),
	"requirements-answered": inThree("krav har et svar som kan brukes", "krav har eit svar som kan brukast", "requirements have an answer that can be used"),
	"possible":              inThree("Dette kan det fortsatt ende med", "Dette kan det framleis ende med", "This is how it may still end"),
	"leads-to":              inThree("Dette fører svarene til", "Dette fører svara til", "This is what the answers lead to"),
	"missing":               inThree("Dette mangler, det viktigste først", "Dette manglar, det viktigaste først", "What is missing, the most decisive first"),
	"and-more":              inThree("Og", "Og", "And"),
	"more":                  inThree("til. De kommer fram etter hvert.", "til. Dei kjem fram etter kvart.", "more. They will show as you go."),
	"nothing-missing":       inThree("Ingenting mangler.", "Ingenting manglar.", "Nothing is missing."),
	"why":                   inThree("Hva skal til for å bli godkjent?", "Kva skal til for å bli godkjend?", "What would lead to approval?"),
	"report-draft":          inThree("Foreløpig rapport", "Førebels rapport", "Preliminary report"),
	"submit":                inThree("Send inn", "Send inn", "Submit"),
	"submit-text":           inThree("Da går erklæringen til sekretariatet, og du kan ikke endre den mens den blir vurdert.", "Då går erklæringa til sekretariatet, og du kan ikkje endre ho medan ho blir vurdert.", "The declaration then goes to the secretariat, and you cannot change it while it is assessed."),
	"signs":                 inThree("%s signerer med nøkkelen til leverandøren.", "%s signerer med nøkkelen til leverandøren.", "%s signs with the vendor's key."),
	"sure":                  approvalsign.Statement(), // the sentence that the signature affirms
	"not-sure":              inThree("Kryss av for at svarene er riktige før du sender inn.", "Kryss av for at svara er rette før du sender inn.", "Tick that the answers are right before you submit."),
	"submit-button":         inThree("Send inn erklæringen", "Send inn erklæringa", "Submit the declaration"),
	"not-complete":          inThree("Erklæringen er ikke ferdig ennå. Under «Slik ligger du an» ser du hva som mangler.", "Erklæringa er ikkje ferdig enno. Under «Slik ligg du an» ser du kva som manglar.", "The declaration is not complete yet. “How you are doing” shows what is missing."),
	"id-taken":              inThree("Et annet verktøy har denne id-en. Velg en annen under «Hvem og hva».", "Eit anna verktøy har denne id-en. Vel ein annan under «Kven og kva».", "Another tool has this id. Choose another under “Who and what”."),
	"entry-wrong":           inThree("Katalogen kan ikke ta imot teksten slik den er. Leverandøren må rette den under «Det katalogen skal si».", "Katalogen kan ikkje ta imot teksten slik han er. Leverandøren må rette han under «Det katalogen skal seie».", "The catalogue cannot take the text as it is. The vendor must correct it under “What the catalogue will say”."),
	"returned":              inThree("Sendt tilbake til deg", "Sendt tilbake til deg", "Sent back to you"),
	"returned-text":         inThree("Sekretariatet ber deg se på dette en gang til:", "Sekretariatet ber deg sjå på dette ein gong til:", "The secretariat asks you to look at this again:"),
	"stray-text":            inThree("Noe i erklæringen har skjemaet ikke plass til. Vi kan ta det bort for deg.", "Noko i erklæringa har skjemaet ikkje plass til. Vi kan ta det bort for deg.", "The form has no room for some of what the declaration holds. We can take that away for you."),
	"tidy":                  inThree("Rydd opp", "Rydd opp", "Tidy up"),
	"now":                   inThree("Hva skjer nå?", "Kva skjer no?", "What happens now?"),
	"now-draft":             inThree("Svar ferdig og send inn.", "Svar ferdig og send inn.", "Answer what is left and submit."),
	"now-submitted":         inThree("Sekretariatet har fått erklæringen og begynner snart å se på den.", "Sekretariatet har fått erklæringa og begynner snart å sjå på ho.", "The secretariat has the declaration and will soon begin to look at it."),
	"now-under-review":      inThree("Fagpanelet ser på erklæringen nå. Du får vite det når de har bestemt seg.", "Fagpanelet ser på erklæringa no. Du får vite det når dei har bestemt seg.", "The panel is looking at the declaration now. You will hear when they have decided."),
	"now-decided":           inThree("Saken er avgjort.", "Saka er avgjord.", "The case is decided."),
	"now-suspended":         inThree("Godkjenningen er stanset for en tid, og ingen finner verktøyet i søket. Ta kontakt med forvaltningen, eller meld en endring.", "Godkjenninga er stansa for ei tid, og ingen finn verktøyet i søket. Ta kontakt med forvaltinga, eller meld ei endring.", "The approval is suspended for a time, and nobody finds the tool in the search. Get in touch with the managers, or report a change."),
	"now-expired":           inThree("Godkjenningen er utløpt. Meld en endring og send inn på nytt.", "Godkjenninga er utgått. Meld ei endring og send inn på nytt.", "The approval is over. Report a change and submit again."),
	"now-withdrawn":         inThree("Verktøyet er trukket tilbake for godt.", "Verktøyet er trekt tilbake for godt.", "The tool is withdrawn for good."),
	"new-declaration":       inThree("Begynn på en ny erklæring", "Begynn på ei ny erklæring", "Begin a new declaration"),
	"see-in-catalogue":      inThree("Se verktøyet slik behandleren ser det", "Sjå verktøyet slik behandlaren ser det", "See the tool as the clinician sees it"),
	"see-panel":             inThree("Vil du se saken slik fagpanelet ser den, logger du inn som en av dem.", "Vil du sjå saka slik fagpanelet ser ho, loggar du inn som ein av dei.", "To see the case as the panel does, log in as one of them."),
	"change":                inThree("Noe har endret seg", "Noko har endra seg", "Something has changed"),
	"why-change":            inThree("Hvorfor?", "Kvifor?", "Why?"),
	"amend":                 inThree("Meld en endring", "Meld ei endring", "Report a change"),
	"amend-text":            inThree("Er verktøyet et annet enn før, retter du erklæringen og sender den inn på nytt. Godkjenningen gjelder imens.", "Er verktøyet eit anna enn før, rettar du erklæringa og sender ho inn på nytt. Godkjenninga gjeld imens.", "If the tool is not what it was, correct the declaration and submit it again. The approval holds in the meantime."),
	"amend-button":          inThree("Åpne erklæringen for endring", "Opne erklæringa for endring", "Open the declaration for changes"),
	"withdraw":              inThree("Trekk verktøyet tilbake", "Trekk verktøyet tilbake", "Withdraw the tool"),
	"withdraw-text":         inThree("Da forsvinner det fra søket for godt. Det kan ikke angres.", "Då forsvinn det frå søket for godt. Det kan ikkje gjerast om.", "It then disappears from the search for good. This cannot be undone."),
	"withdraw-button":       inThree("Trekk tilbake for godt", "Trekk tilbake for godt", "Withdraw for good"),

	"done-saved":       inThree("Lagret.", "Lagra.", "Saved."),
	"done-saved-wrong": inThree("Lagret. Noe må rettes før du kan sende inn.", "Lagra. Noko må rettast før du kan sende inn.", "Saved. Something must be corrected before you can submit."),
	"done-tidied":      inThree("Ryddet. Det som skjemaet ikke har plass til, er borte.", "Rydda. Det skjemaet ikkje har plass til, er borte.", "Tidied. What the form has no room for is gone."),
	"done-submit":      inThree("Sendt inn. Takk!", "Sendt inn. Takk!", "Submitted. Thank you!"),
	"done-amend":       inThree("Erklæringen er åpen for endring. Send den inn på nytt når du er ferdig.", "Erklæringa er open for endring. Send ho inn på nytt når du er ferdig.", "The declaration is open for changes. Submit it again when you are done."),
	"done-withdraw":    inThree("Verktøyet er trukket tilbake og er borte fra søket.", "Verktøyet er trekt tilbake og er borte frå søket.", "The tool is withdrawn and gone from the search."),

	"why-text":        inThree("Vi prøver ut hvilke endringer som ville føre til godkjenning. Svar bare det som er sant.", "Vi prøver ut kva endringar som ville føre til godkjenning. Svar berre det som er sant.", "We try out which changes would lead to approval. Answer only what is true."),
	"working":         inThree("Vi regner ut. Det tar et øyeblikk.", "Vi reknar ut. Det tek ein augneblink.", "We are working it out. It takes a moment."),
	"faulty-document": inThree("«%s» kan ikke brukes ennå. Rett det under «Dokumenter».", "«%s» kan ikkje brukast enno. Rett det under «Dokument».", "“%s” cannot be used yet. Correct it under “Documents”."),
	"why-ready":       inThree("Ferdig.", "Ferdig.", "Done."),
	"why-there":       inThree("Dit fører svarene allerede.", "Dit fører svara alt.", "Your answers lead there already."),
	"why-none":        inThree("Vi fant ingen vei dit fra svarene dine. Svar på mer, og prøv igjen.", "Vi fann ingen veg dit frå svara dine. Svar på meir, og prøv igjen.", "We found no way there from your answers. Answer more, and try again."),
	"why-or":          inThree("Eller", "Eller", "Or"),
}
