package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/catalogue"
)

// mark puts each problem beside its field, and all of them into the summary.
func (m *form) mark(declared []approval.Problem, entry []catalogue.Problem) {
	for _, p := range declared {
		t := trouble{Pointer: p.Pointer, Requirement: p.Requirement, Brief: m.words(p)}
		if p.Code == unknownMember {
			t.Stray, t.Text = p.Pointer, t.Brief
			m.problems = append(m.problems, t)
			continue
		}
		m.trouble(t)
	}
	m.markReferences(declared)
	for _, p := range entry {
		place := strings.Replace(p.Pointer, "/tools/0", entryPlace, 1)
		if place != entryPlace+"/id" && !within(place, entryPlace+"/name") { // these are the declaration's
			m.trouble(trouble{Pointer: place, Brief: p.Text.In(m.lang)})
		}
	}
}

// markReferences says beside the answers which of their documents cannot be used
// as they are. The summary has the documents themselves.
func (m *form) markReferences(declared []approval.Problem) {
	for i := range m.documentCount() {
		at := fmt.Sprintf("/evidence/%d", i)
		if !slices.ContainsFunc(declared, func(p approval.Problem) bool { return within(p.Pointer, at) }) {
			continue
		}
		brief := fmt.Sprintf(m.say("faulty-document"), m.file.draft.text(at+"/title"))
		for _, r := range m.file.set.Requirements {
			place := "/answers/" + r.ID + "/evidence"
			if slices.Contains(m.file.draft.texts(place), m.file.draft.text(at+"/id")) {
				m.beside(trouble{Pointer: place, Requirement: r.ID, Brief: brief})
			}
		}
	}
}

// unknownMember is the code of what a document has and its form has not.
const unknownMember = "unknown-member"

// words are the problem's own, but where those speak of the document's members and the form has fields.
func (m *form) words(p approval.Problem) string {
	last := p.Pointer[strings.LastIndexByte(p.Pointer, '/')+1:]
	if p.Requirement != "" && within(p.Pointer, "/answers/"+p.Requirement+"/evidence") && last != "evidence" {
		return m.say("wrong-reference")
	}
	if text, found := deskTexts["wrong-"+last+"-"+p.Code]; found {
		return text.In(m.lang)
	}
	if text, found := deskTexts["wrong-"+p.Code]; found {
		return text.In(m.lang)
	}
	if fact, known := m.file.set.Fact(last); known && fact.Type == approval.TypeNumber && p.Code == "wrong-type" {
		return m.say("wrong-whole-number")
	}
	return m.plainKinds(p.Brief.In(m.lang))
}

// trouble keeps a problem where its field is, under the field's name. What the form has no field for is stray.
func (m *form) trouble(t trouble) {
	if s, anchor, name := m.beside(t); s != nil {
		t.Section, t.Anchor = s.Name, anchor
		t.Text = labelOf(name) + t.Brief
		t.Href = "/vendor/" + m.file.id + "/" + s.Name + "#" + anchor
	} else {
		t.Stray, t.Text = t.Pointer, t.Brief
	}
	m.problems = append(m.problems, t)
}

// beside keeps a problem beside its field alone; nil where the form has none for it.
func (m *form) beside(t trouble) (s *section, anchor, name string) {
	for i := range m.Sections {
		s := &m.Sections[i]
		for j := range s.Blocks {
			if anchor, name, found := s.Blocks[j].take(t); found {
				return s, anchor, name
			}
		}
	}
	return nil, "", ""
}

// labelOf is a name before what is said of it.
func labelOf(name string) string {
	if strings.HasSuffix(name, "?") || name == "" {
		return name + " "
	}
	return name + ": "
}

// take keeps a problem that lies in the block: beside its field if there is one,
// else beside the first field that it speaks of, else at the top.
func (b *block) take(t trouble) (anchor, name string, found bool) {
	i := slices.IndexFunc(b.Fields, func(c control) bool { return within(t.Pointer, c.Pointer) })
	if i < 0 && t.Pointer != "" && within(t.Pointer, b.Pointer) {
		i = slices.IndexFunc(b.Fields, func(c control) bool { return within(c.Pointer, t.Pointer) && t.Pointer != b.Pointer || b.Class == "" })
	}
	switch {
	case i >= 0:
		c := &b.Fields[i]
		c.Wrong = append(c.Wrong, t.Brief)
		return c.anchor(), b.called(c.Label), true
	case within(t.Pointer, b.Pointer):
		b.Wrong = append(b.Wrong, t.Brief)
		return b.firstAnchor(), b.Heading, true
	}
	return "", "", false
}

// called is what a field of the block is called where the block is not seen.
func (b *block) called(label string) string {
	switch {
	case b.Heading == "":
		return label
	case strings.HasPrefix(b.Class, "requirement"):
		return b.Heading
	}
	return b.Heading + ", " + label
}

// anchor is where a link to the control leads: to what takes the focus.
func (c control) anchor() string {
	if slices.Contains([]controlKind{kindRadio, kindChecks, kindYesNo}, c.Kind) && len(c.Options) > 0 {
		return c.ID() + "-0"
	}
	return c.ID()
}

func (b *block) firstAnchor() string {
	if len(b.Fields) > 0 {
		return b.Fields[0].anchor()
	}
	return b.ID()
}

func within(pointer, outer string) bool {
	return pointer == outer || strings.HasPrefix(pointer, outer+"/")
}

// stray are the places of what the form has no field for.
func (m *form) stray() []string {
	var out []string
	for _, t := range m.problems {
		if t.Stray != "" {
			out = append(out, t.Stray)
		}
	}
	return out
}

// of are the problems of one section, with links within its page.
func (m *form) of(section string) []trouble {
	var out []trouble
	for _, t := range m.problems {
		if t.Section == section {
			t.Href = "#" + t.Anchor
			out = append(out, t)
		}
	}
	return out
}

// where is the section and the place in it that a requirement or a fact is answered.
func (m *form) where(requirement, fact string) (section, anchor string) {
	place := "/facts/" + fact
	if requirement != "" {
		place = "/answers/" + requirement
	}
	for _, s := range m.Sections {
		for i := range s.Blocks {
			if b := &s.Blocks[i]; b.Pointer == place || fact != "" && b.Pointer == place+"-block" {
				return s.Name, b.firstAnchor()
			}
		}
	}
	return "", ""
}
