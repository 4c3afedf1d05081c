package fhir

import (
	"maps"
	"slices"

	"github.com/verktoykatalog/verktoy/internal/problem"
)

// Texts splits a text in several languages into the value that a resource in the language lang has, and translations into all others. If
// there is no text in lang, there is no value: one in another language would be taken for lang by all who read it.
func Texts[L ~string](texts map[L]string, lang L) (value string, more *Element) {
	for _, l := range slices.Sorted(maps.Keys(texts)) {
		if l == lang {
			continue
		}
		if more == nil {
			more = &Element{}
		}
		more.Extension = append(more.Extension, Localised(ExtensionTranslation, string(l), texts[l]))
	}
	return texts[lang], more
}

// Localised is an extension with a text and its language, formed as a translation is.
func Localised(url, lang, content string) Extension {
	return Extension{URL: url, Extension: []Extension{{URL: "lang", ValueCode: lang}, {URL: "content", ValueString: content}}}
}

// Texts takes a text that [Texts] has written, from the member of that name and the one with "_" before it. lang is the resource's
// language; an empty one is a problem if there is a value.
func (n Node) Texts(name, lang string) map[string]string {
	out := map[string]string{}
	if value := n.Look(name); value != "" && lang == "" {
		n.Report(name, problem.BadValue, "a language of the resource, since it has texts")
	} else if value != "" {
		out[lang] = n.Take(name)
	}
	for _, x := range n.Member("_" + name).Extensions(ExtensionTranslation) {
		l, content := x.localised()
		if _, again := out[l]; !again && l != "" && content != "" {
			out[l] = content
			x.takeLocalised()
		}
	}
	return out
}

// Localised takes an extension that the function of that name has written; both are "" if it does not have that form.
func (n Node) Localised() (lang, content string) {
	lang, content = n.localised()
	if lang == "" || content == "" {
		return "", ""
	}
	n.takeLocalised()
	return lang, content
}

func (n Node) localised() (lang, content string) {
	return n.Extension("lang").Look("valueCode"), n.Extension("content").Look("valueString")
}

func (n Node) takeLocalised() {
	n.Take("url")
	for _, part := range []struct{ url, value string }{{"lang", "valueCode"}, {"content", "valueString"}} {
		x := n.Extension(part.url)
		x.Take("url")
		x.Take(part.value)
	}
}
