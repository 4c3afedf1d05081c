package main

import "github.com/verktoykatalog/verktoy/catalogue"

// deskPanelTexts are those of the side where cases are prepared, decided and published.
var deskPanelTexts = map[string]catalogue.Text{
	"as-manager":      inThree("daglig leder", "dagleg leiar", "managing director"),
	"as-secretary":    inThree("saksbehandler i sekretariatet", "saksbehandlar i sekretariatet", "case officer in the secretariat"),
	"as-lister":       inThree("forvalter av katalogen", "forvaltar av katalogen", "manager of the catalogue"),
	"as-psychologist": inThree("psykolog", "psykolog", "psychologist"),
	"as-doctor":       inThree("fastlege", "fastlege", "general practitioner"),
	"as-user":         inThree("brukerrepresentant", "brukarrepresentant", "user representative"),
	"as-lawyer":       inThree("jurist", "jurist", "lawyer"),
}
