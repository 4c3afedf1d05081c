package main

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/verktoykatalog/verktoy/catalogue"
)

// said is an error that people read in their own language.
type said struct {
	words catalogue.Text
	args  []any
}

func (e said) Error() string { return e.in("en") }

func (e said) in(lang string) string { return fmt.Sprintf(in(e.words, lang), e.args...) }

// words are those of an error, in the reader's language as far as there are any.
func words(err error, lang string) string {
	text := err.Error()
	var e said
	if errors.As(err, &e) {
		text = strings.Replace(text, e.Error(), e.in(lang), 1)
	}
	var file *fs.PathError
	if errors.As(err, &file) {
		text = strings.Replace(text, file.Error(), fmt.Sprintf(in(errorTexts[reasonOf(file)], lang), file.Path), 1)
	}
	return text
}

func reasonOf(err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "none"
	case errors.Is(err, fs.ErrPermission):
		return "forbidden"
	case errors.Is(err, fs.ErrExist):
		return "there"
	}
	return "unreadable"
}

var errorTexts = map[string]catalogue.Text{
	"none": {
		"nb": "Finner ikke %q. Sjekk navnet og mappen.",
		"nn": "Finn ikkje %q. Sjekk namnet og mappa.",
		"en": "There is no %q. Check the name and the folder."},
	"forbidden": {
		"nb": "Mangler tilgang til %q. Be om tilgang, eller velg en annen fil.",
		"nn": "Manglar tilgang til %q. Be om tilgang, eller vel ei anna fil.",
		"en": "No access to %q. Ask for it, or choose another file."},
	"there": {
		"nb": "Filen %q finnes allerede. Velg et annet navn.",
		"nn": "Fila %q finst frå før. Vel eit anna namn.",
		"en": "The file %q exists already. Choose another name."},
	"unreadable": {
		"nb": "Kan ikke bruke %q. Sjekk at det er en fil.",
		"nn": "Kan ikkje bruke %q. Sjekk at det er ei fil.",
		"en": "Cannot use %q. Check that it is a file."},
	"report": {
		"nb": "Rapporten ble ikke skrevet.",
		"nn": "Rapporten vart ikkje skriven.",
		"en": "The report was not written."},
	"stdin": {
		"nb": "Det som kommer inn, kan bare leses én gang. Bruk «-» ett sted, og navn på filer ellers.",
		"nn": "Det som kjem inn, kan berre lesast éin gong. Bruk «-» éin stad, og namn på filer elles.",
		"en": "Standard input can be read only once. Use “-” in one place, and names of files in the others."},
	"no-set": {
		"nb": "Finner ikke kravsettet %q. Oppgi en fil eller ett av disse: %s.",
		"nn": "Finn ikkje kravsettet %q. Oppgi ei fil eller eitt av desse: %s.",
		"en": "There is no requirement set %q, want a file or one of %s."},
	"unknown-set": {
		"nb": "/set/id: Erklæringen svarer på et kravsett som ikke er kjent her. Rett det, eller oppgi kravsettet med -set: en fil eller ett av disse: %s.",
		"nn": "/set/id: Erklæringa svarer på eit kravsett som ikkje er kjent her. Rett det, eller oppgi kravsettet med -set: ei fil eller eitt av desse: %s.",
		"en": "/set/id: The declaration answers a requirement set that is not known here. Correct it, or name the set with -set: a file or one of %s."},
	"unknown-version": {
		"nb": "/set/version: Erklæringen svarer på en versjon av kravsettet %s som ikke er kjent her. Rett den, eller oppgi kravsettet med -set: en fil eller ett av disse: %s.",
		"nn": "/set/version: Erklæringa svarer på ein versjon av kravsettet %s som ikkje er kjend her. Rett han, eller oppgi kravsettet med -set: ei fil eller eitt av desse: %s.",
		"en": "/set/version: The declaration answers a version of the requirement set %s that is not known here. Correct it, or name the set with -set: a file or one of %s."},
}
