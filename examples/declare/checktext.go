package main

import "github.com/verktoykatalog/verktoy/catalogue"

// texts are the words of check.
var texts = map[string]catalogue.Text{
	"valid":        {"nb": "Selvdeklarasjonen er gyldig.", "nn": "Sjølvdeklarasjonen er gyldig.", "en": "The self-declaration is valid."},
	"valid-draft":  {"nb": "Det som er fylt ut i utkastet, er riktig.", "nn": "Det som er fylt ut i utkastet, er rett.", "en": "What is filled in in the draft is right."},
	"valid-vendor": {"nb": "Leverandørens erklæring er gyldig.", "nn": "Erklæringa til leverandøren er gyldig.", "en": "The vendor's declaration is valid."},
	"problem":      {"nb": "1 feil å rette:", "nn": "1 feil å rette:", "en": "1 mistake to correct:"},
	"lacks":        {"nb": "Det gjelder %s.", "nn": "Det gjeld %s.", "en": "This is about %s."},
	"problems":     {"nb": "%d feil å rette:", "nn": "%d feil å rette:", "en": "%d mistakes to correct:"},

	"file":    {"nb": "Fil", "nn": "Fil", "en": "File"},
	"set":     {"nb": "Kravsett", "nn": "Kravsett", "en": "Requirement set"},
	"count":   {"nb": "Feil", "nn": "Feil", "en": "Mistakes"},
	"verdict": {"nb": "Vurdering", "nn": "Vurdering", "en": "Verdict"},

	"is-valid":    {"nb": "gyldig", "nn": "gyldig", "en": "valid"},
	"is-invalid":  {"nb": "ikke gyldig", "nn": "ikkje gyldig", "en": "not valid"},
	"is-unusable": {"nb": "kan ikke leses", "nn": "kan ikkje lesast", "en": "cannot be read"},
}
