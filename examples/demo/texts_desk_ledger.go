package main

import "github.com/verktoykatalog/verktoy/catalogue"

// deskLedgerTexts are those of what has happened in a case.
var deskLedgerTexts = map[string]catalogue.Text{
	"ledger":           inThree("Dette har skjedd i saken", "Dette har skjedd i saka", "What has happened in the case"),
	"ledger-text":      inThree("Hver linje viser til den før, så det synes hvis noe blir endret.", "Kvar linje viser til den før, så det syner om noko blir endra.", "Each line refers to the one before, so a change would show."),
	"ledger-whole":     inThree("Loggen er hel.", "Loggen er heil.", "The record is whole."),
	"ledger-broken":    inThree("Loggen er ikke hel. Si fra til forvaltningen.", "Loggen er ikkje heil. Sei frå til forvaltinga.", "The record is not whole. Tell the managers."),
	"l-seq":            inThree("Nr.", "Nr.", "No."),
	"l-at":             inThree("Når", "Når", "When"),
	"l-event":          inThree("Hva", "Kva", "What"),
	"l-to":             inThree("Da ble saken", "Då vart saka", "The case became"),
	"l-by":             inThree("Hvem", "Kven", "Who"),
	"l-reason":         inThree("Grunn", "Grunn", "Reason"),
	"was-submit":       inThree("Erklæringen ble levert", "Erklæringa vart levert", "Declaration submitted"),
	"was-return":       inThree("Sendt tilbake til leverandøren", "Send tilbake til leverandøren", "Returned to the vendor"),
	"was-start-review": inThree("Vurderingen begynte", "Vurderinga byrja", "Review started"),
	"was-assess":       inThree("Funn fra en kontroll ble ført opp", "Funn frå ein kontroll vart førte opp", "What an assessor found was entered"),
	"was-decide":       inThree("Saken ble avgjort", "Saka vart avgjord", "Case decided"),
	"was-publish":      inThree("Verktøyet ble publisert", "Verktøyet vart publisert", "Tool published"),
	"was-suspend":      inThree("Godkjenningen ble stanset", "Godkjenninga vart stansa", "Approval suspended"),
	"was-resume":       inThree("Godkjenningen gjaldt igjen", "Godkjenninga galdt igjen", "Approval resumed"),
	"was-reopen":       inThree("Saken ble åpnet på nytt", "Saka vart opna på nytt", "Case opened again"),
	"was-amend":        inThree("En vesentlig endring ble meldt", "Ei vesentleg endring vart meld", "Material change reported"),
	"was-withdraw":     inThree("Verktøyet ble trukket tilbake", "Verktøyet vart trekt tilbake", "Tool withdrawn"),
	"l-hash":           inThree("Fingeravtrykk", "Fingeravtrykk", "Fingerprint"),
}
