package main

import (
	"strings"

	"github.com/verktoykatalog/verktoy/catalogue"
)

// section is a page of the form.
type section struct {
	Name   string // in the address
	Title  string
	Intro  string
	Blocks []block
	Done   int // of Of questions
	Of     int
}

// form is a file's whole form in one language.
type form struct {
	file     *file
	lang     catalogue.Lang
	progress progress
	Sections []section
	problems []trouble
}

// trouble is a problem, as a form shows it.
type trouble struct {
	Pointer     string
	Requirement string
	Text        string // with the name of what it is about
	Brief       string // beside the field
	Section     string
	Anchor      string // of the field
	Href        string
	Stray       string // the place, where the form has no field for it
}

func (d *desk) form(f *file, lang catalogue.Lang) (*form, error) {
	p, err := d.follow(f, d.usable(f))
	if err != nil {
		return nil, err
	}
	m := &form{file: f, lang: lang, progress: p}
	m.Sections = append(m.Sections, m.about(), m.facts(), m.documents())
	m.Sections = append(m.Sections, m.groups()...)
	m.Sections = append(m.Sections, m.entry())
	m.mark(d.problems(f), f.entryProblems())
	return m, nil
}

func (m *form) say(key string) string { return deskTexts[key].In(m.lang) }

func (m *form) section(name string) (*section, bool) {
	for i := range m.Sections {
		if m.Sections[i].Name == name {
			return &m.Sections[i], true
		}
	}
	return nil, false
}

// after is the name of the section behind one, or "" at the end.
func (m *form) after(name string) string {
	for i, s := range m.Sections[:len(m.Sections)-1] {
		if s.Name == name {
			return m.Sections[i+1].Name
		}
	}
	return ""
}

// field is a control for a place, with what is written there.
func (m *form) field(kind controlKind, pointer, label, hint string) control {
	c := control{Pointer: pointer, Kind: kind, Label: label, Hint: hint, Value: m.tree(pointer).text(pointer)}
	if kind == kindTick {
		c.Options = []option{{"true", label, c.Value == "true"}}
	}
	return c
}

// tree is the document that a place lies in: what is in the catalogue's entry is no part of the declaration.
func (m *form) tree(pointer string) tree { return m.file.tree(pointer) }

const entryPlace = "/listing"

func (f *file) tree(pointer string) tree {
	if pointer == entryPlace || strings.HasPrefix(pointer, entryPlace+"/") {
		return tree{"listing": map[string]any(f.listing)}
	}
	return f.draft
}

// hint is the text of a key with "-hint" behind it, where there is one.
func (m *form) hint(key string) string { return deskTexts[key+"-hint"].In(m.lang) }
