package main

import (
	"maps"

	"github.com/verktoykatalog/verktoy/catalogue"
)

// deskTexts is what the desk says besides what package approval says.
var deskTexts = joined(deskFrameTexts, deskFormTexts, deskPanelTexts)

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
	"desk-note":      inThree("Skranken glemmer alt når demoen stanser.", "Skranken gløymer alt når demoen stansar.", "The desk forgets everything when the demo stops."),
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
