package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/approval"
)

func (m *form) documentCount() int { return m.file.documentCount() }

func (f *file) documentCount() int {
	list, _ := f.draft.get("/evidence").([]any)
	return len(list)
}

// documents are what answers refer to, and an empty one to add.
func (m *form) documents() section {
	n := m.documentCount()
	s := section{Name: "documents", Title: m.say("s-documents"), Intro: m.say("s-documents-intro"), Done: n, Of: n}
	for i := range n + 1 {
		s.Blocks = append(s.Blocks, m.document(i, i < n))
	}
	return s
}

func (m *form) document(i int, old bool) block {
	at := fmt.Sprintf("/evidence/%d", i)
	b := block{Pointer: at, Heading: m.file.draft.text(at + "/title"), Class: "document", Folded: old}
	if !old {
		b.Heading, b.Text, b.Class = m.say("new-document"), m.say("new-document-text"), "document new"
	} else if b.Heading == "" {
		b.Heading = fmt.Sprintf(m.say("document-number"), i+1)
	}
	field := func(kind controlKind, name, key string) control {
		return m.field(kind, at+"/"+name, m.say(key), m.hint(key))
	}
	kind := field(kindSelect, "kind", "f-kind")
	kind.Options = m.kinds(kind.Value)
	b.Fields = []control{kind, field(kindText, "title", "f-title"), field(kindText, "url", "f-url"),
		field(kindFile, "file", "f-file"), field(kindDate, "issued", "f-issued"), field(kindDate, "expires", "f-expires")}
	level := field(kindSelect, "level", "f-level")
	for _, l := range []approval.Level{approval.Declared, approval.Documented, approval.Checked, approval.ThirdParty} {
		level.Options = append(level.Options, option{Value: string(l), Label: sentence(l.Text().In(m.lang))})
	}
	for _, c := range []control{level.chosen(level.Value), field(kindText, "issuer", "f-issuer"), field(kindText, "checkedBy", "f-checked"),
		field(kindText, "sha256", "f-digest"), field(kindTick, "confidential", "f-confidential")} {
		c.Class = classMore
		b.Fields = append(b.Fields, c)
	}
	if old {
		b.Fields = append(b.Fields, field(kindTick, "remove", "f-remove"))
	}
	return b
}

// kinds are those that the set asks for, and the one that is written.
func (m *form) kinds(written string) []option {
	var codes []string
	for _, r := range m.file.set.Requirements {
		if r.Evidence != nil {
			codes = append(codes, r.Evidence.Kinds...)
		}
	}
	if written != "" {
		codes = append(codes, written)
	}
	slices.Sort(codes)
	var out []option
	for _, code := range slices.Compact(codes) {
		out = append(out, option{code, m.kind(code), code == written})
	}
	return out
}

// plainKinds puts words in place of codes: approval's sentences are for those who write JSON as well.
func (m *form) plainKinds(text string) string {
	text = strings.ReplaceAll(text, "yes eller no", "ja eller nei")
	for _, o := range m.kinds("") {
		text = strings.ReplaceAll(text, `"`+o.Value+`"`, strings.ToLower(o.Label))
	}
	return text
}

// entry is what the catalogue will say: no part of the declaration, and written by the vendor too.
func (m *form) entry() section {
	s := section{Name: "listing", Title: m.say("s-listing"), Intro: m.say("s-listing-intro"), Of: 1}
	if m.file.listing.text("/summary/nb") != "" {
		s.Done = 1
	}
	text := func(kind controlKind, place, key string) []control {
		var out []control
		for _, lang := range languages {
			c := m.field(kind, entryPlace+place+"/"+string(lang), m.say(key)+" "+m.say("in-"+string(lang)), "")
			c.Lang = string(lang)
			out = append(out, c)
		}
		return out
	}
	days := m.field(kindNumber, entryPlace+"/units/0/days", m.say("f-days"), "")
	s.Blocks = []block{
		{Pointer: entryPlace + "/summary", Heading: m.say("b-summary"), Text: m.say("b-summary-text"), Fields: text(kindArea, "/summary", "f-summary")},
		{Pointer: entryPlace + "/description", Heading: m.say("b-description"), Fields: text(kindArea, "/description", "f-description")},
		{Pointer: entryPlace + "/units/0", Heading: m.say("b-unit"), Text: m.say("b-unit-text"), Fields: append(text(kindText, "/units/0/title", "f-unit"), days)},
	}
	return s
}
