package catalogue

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
)

// Lang is a language: a lower-case code of two or three letters, with subtags if needed. "no" is not accepted, since it does not say
// which Norwegian it is. Empty means that the caller does not mind.
type Lang string

// The languages that catalogues in Norway use most.
const (
	Bokmaal       Lang = "nb"
	Nynorsk       Lang = "nn"
	English       Lang = "en"
	NorthernSaami Lang = "se"
)

var langForm = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$`)

func (l Lang) valid() bool { return l != "no" && langForm.MatchString(string(l)) }

// Text is a text in one or more languages. Nil and empty mean that there is none.
type Text map[Lang]string

var fallback = []Lang{Bokmaal, Nynorsk, English, NorthernSaami}

// In returns the text in the first of langs that it exists in, otherwise in nb, nn, en or se, otherwise in the language whose code comes
// first in the alphabet. It is "" only if there is no text at all.
func (t Text) In(langs ...Lang) string {
	if text := cmp.Or(t.first(langs), t.first(fallback)); text != "" {
		return text
	}
	return t.first(slices.Sorted(maps.Keys(t)))
}

func (t Text) first(langs []Lang) string {
	for _, lang := range langs {
		if text := t[lang]; text != "" {
			return text
		}
	}
	return ""
}
