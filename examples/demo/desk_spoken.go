package main

import (
	"net/http"
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/approval"
)

// declaredPage is the declaration as it was submitted, to read.
type declaredPage struct {
	frame
	ID, Name string
	Declared *approval.SelfDeclaration
	Facts    []labelled
	Groups   []answeredGroup
	Signed   *signatureView // nil for what is not submitted as it is here
}

type labelled struct{ Label, Value string }

type answeredGroup struct {
	Title        string
	Requirements []answeredRequirement
}

// answeredRequirement is what the vendor says to a requirement and what was found.
type answeredRequirement struct {
	approval.Requirement
	Found    approval.Reason
	Answer   approval.Answer
	Evidence []shownEvidence
}

type shownEvidence struct{ Title, URL, Kind, Day string }

func (s deskSite) declared(w http.ResponseWriter, r *http.Request) {
	f, m, formed := s.formed(w, r)
	if !formed {
		return
	}
	_, decision, on, found := s.weighed(w, r)
	if !found {
		return
	}
	page := declaredPage{frame: s.frame(r, "", s.say(r, "declaration")), ID: f.id, Name: f.name(language(r)),
		Declared: on, Facts: m.spoken(on), Groups: m.answered(on, decision)}
	if on == f.declared {
		page.Signed = s.signature(f)
	}
	s.pages.show(w, r, http.StatusOK, "declaration.html", page)
}

// spoken are the facts in words.
func (m *form) spoken(d *approval.SelfDeclaration) []labelled {
	var out []labelled
	for _, f := range m.file.set.Facts {
		if v := d.Facts[f.ID]; v != nil {
			out = append(out, labelled{f.Question.In(m.lang), m.value(f, v)})
		}
	}
	return out
}

func (m *form) value(f approval.Fact, v any) string {
	switch v := v.(type) {
	case bool:
		if v {
			return m.say("yes")
		}
		return m.say("no")
	case []any:
		var all []string
		for _, each := range v {
			all = append(all, m.value(f, each))
		}
		return strings.Join(all, "; ")
	}
	if choice, known := f.Choice(plain(v)); known {
		return choice.Text.In(m.lang)
	}
	return plain(v)
}

// answered are the requirements that apply, each with its answer and what was found.
func (m *form) answered(d *approval.SelfDeclaration, found *approval.Decision) []answeredGroup {
	var out []answeredGroup
	p := progress{declared: d, found: found}
	for _, r := range m.file.set.Requirements {
		if !p.applies(r) {
			continue
		}
		title := m.groupTitle(r.Group)
		if len(out) == 0 || out[len(out)-1].Title != title {
			out = append(out, answeredGroup{Title: title})
		}
		last := &out[len(out)-1]
		last.Requirements = append(last.Requirements, m.one(d, r, p.reason(r.ID)))
	}
	return out
}

// one is a requirement with what the vendor says of it.
func (m *form) one(d *approval.SelfDeclaration, r approval.Requirement, found approval.Reason) answeredRequirement {
	a := answeredRequirement{Requirement: r, Found: found, Answer: d.Answers[r.ID]}
	for _, e := range d.Evidence {
		if slices.Contains(a.Answer.Evidence, e.ID) {
			a.Evidence = append(a.Evidence, shownEvidence{e.Title, e.URL, strings.ToLower(m.kind(e.Kind)), dayIn(m.lang, e.Issued)})
		}
	}
	return a
}
