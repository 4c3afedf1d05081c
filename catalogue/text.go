package catalogue

import (
	"maps"
	"regexp"
	"slices"
	"strings"
)

// Lang is a language: a lower-case code of two or three letters, with subtags if needed, at most 35 characters. "no" is not accepted, since it does not say
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

// maxLang is the length that RFC 5646, section 4.4.1, finds enough for any language tag in use.
const maxLang = 35

func (l Lang) valid() bool { return l != "no" && len(l) <= maxLang && langForm.MatchString(string(l)) }

// parent is the language without its last subtag, "" if there is none (RFC 4647, section 3.4).
func (l Lang) parent() Lang {
	return l[:max(strings.LastIndexByte(string(l), '-'), 0)]
}

// Text is a text in one or more languages. Nil and empty mean that there is none.
type Text map[Lang]string

var fallback = []Lang{Bokmaal, Nynorsk, English, NorthernSaami}

// In returns the text in the first of langs that it exists in, otherwise in nb, nn, en or se, otherwise in the language whose code comes
// first in the alphabet. A language with subtags that there is no text in stands for the one without: "en-GB" for "en". It is "" only if
// there is no text at all.
func (t Text) In(langs ...Lang) string {
	text, _ := t.Find(langs...)
	return text
}

// Find is [Text.In] that also says which language the text is in: a page must mark what is not in its own (WCAG 2.1, 3.1.2). The language
// is empty if there is no text.
func (t Text) Find(langs ...Lang) (string, Lang) {
	for _, list := range [][]Lang{langs, fallback} {
		if text, lang := t.first(list); lang != "" {
			return text, lang
		}
	}
	return t.first(slices.Sorted(maps.Keys(t)))
}

func (t Text) first(langs []Lang) (string, Lang) {
	for _, lang := range langs {
		for ; lang != "" && len(lang) <= maxLang; lang = lang.parent() {
			if text := t[lang]; text != "" {
				return text, lang
			}
		}
	}
	return "", ""
}
