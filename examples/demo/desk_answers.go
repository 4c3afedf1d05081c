package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/approval"
)

// groups are a section for each group of requirements that has one that applies, in the set's order.
func (m *form) groups() []section {
	var out []section
	for _, r := range m.file.set.Requirements {
		if !m.progress.applies(r) {
			continue
		}
		i := slices.IndexFunc(out, func(s section) bool { return s.Name == groupName(r.Group) })
		if i < 0 {
			part := m.progress.parts[r.Group]
			i = len(out)
			out = append(out, section{Name: groupName(r.Group), Title: m.groupTitle(r.Group), Done: part[0], Of: part[1]})
		}
		out[i].Blocks = append(out[i].Blocks, m.requirement(r))
	}
	return out
}

func groupName(id string) string { return "group-" + id }

// groupTitle is the set's; for the groups of a set that names none the desk has words.
func (m *form) groupTitle(id string) string {
	for _, g := range m.file.set.Groups {
		if g.ID == id {
			return g.Title.In(m.lang)
		}
	}
	if title, found := deskTexts[groupName(id)]; found {
		return title.In(m.lang)
	}
	return id
}

// requirement asks whether one is met, and for what such an answer needs.
func (m *form) requirement(r approval.Requirement) block {
	at := "/answers/" + r.ID
	b := block{Pointer: at, Heading: r.ID + " " + r.Title.In(m.lang), Text: r.Text.In(m.lang), Help: r.Help.In(m.lang), Class: "requirement",
		Note: []string{r.Severity.Text().In(m.lang)}}
	if r.Panel {
		b.Note = append(b.Note, m.say("panel-looks"))
	}
	b.Fields = append(b.Fields, m.status(at, r))
	if len(r.NotApplicable) > 0 {
		b.Fields = append(b.Fields, m.reason(at, r))
	}
	b.Fields = append(b.Fields, m.explanation(at, r))
	if slices.Contains(r.Allowed, approval.Planned) {
		due := m.field(kindDate, at+"/due", m.say("f-due"), m.say("date-hint"))
		due.Class = "when-planned"
		b.Fields = append(b.Fields, due)
	}
	if r.Evidence != nil {
		b.Fields = append(b.Fields, m.references(at, r))
	}
	return b
}

// explanation is needed for some answers, and may always be given.
func (m *form) explanation(at string, r approval.Requirement) control {
	hint := m.say("f-explanation-free")
	if len(r.Allowed) > 0 {
		hint = m.say("f-explanation-hint")
	}
	return m.field(kindArea, at+"/explanation", m.say("f-explanation"), hint)
}

func (m *form) status(at string, r approval.Requirement) control {
	c := m.field(kindRadio, at+"/status", m.say("f-status"), "")
	all := append([]approval.Status{approval.Yes, approval.No}, r.Allowed...)
	if len(r.NotApplicable) > 0 {
		all = append(all, approval.NotApplicable)
	}
	for _, s := range all {
		c.Options = append(c.Options, option{Value: string(s), Label: sentence(s.Text().In(m.lang))})
	}
	return c.chosen(c.Value)
}

func (m *form) reason(at string, r approval.Requirement) control {
	c := m.field(kindRadio, at+"/reason", m.say("f-reason"), "")
	c.Class = "when-not-applicable"
	for _, n := range r.NotApplicable {
		c.Options = append(c.Options, option{Value: n.Code, Label: n.Text.In(m.lang)})
	}
	return c.chosen(c.Value)
}

// references are the documents that an answer refers to, those of a kind that counts first.
func (m *form) references(at string, r approval.Requirement) control {
	c := m.field(kindChecks, at+"/evidence", m.say("f-evidence"), m.wanted(r.Evidence))
	c.Class = "when-evidence"
	given := m.file.draft.texts(c.Pointer)
	var other []option
	for i := range m.documentCount() {
		place := fmt.Sprintf("/evidence/%d", i)
		kind, id := m.file.draft.text(place+"/kind"), m.file.draft.text(place+"/id")
		o := option{Value: id, Label: m.file.draft.text(place+"/title") + " (" + m.kind(kind) + ")"}
		switch {
		case slices.Contains(r.Evidence.Kinds, kind):
			c.Options = append(c.Options, o)
		case slices.Contains(given, id):
			other = append(other, o)
		}
	}
	c.Options = append(c.Options, other...)
	if len(c.Options) == 0 {
		c.Hint += " " + m.say("no-documents")
	}
	return c.chosen(given...)
}

// wanted says in words which documents count.
func (m *form) wanted(rule *approval.EvidenceRule) string {
	var kinds []string
	for _, k := range rule.Kinds {
		kinds = append(kinds, strings.ToLower(m.kind(k)))
	}
	text := fmt.Sprintf(m.say("counts"), strings.Join(kinds, ", "))
	if rule.MaxAgeMonths > 0 {
		text += " " + fmt.Sprintf(m.say("max-age"), rule.MaxAgeMonths)
	}
	if level := rule.MinLevel; level != "" && level != approval.Declared {
		text += " " + fmt.Sprintf(m.say("min-level"), level.Text().In(m.lang))
	}
	return text
}

// kind is a kind of document in words; a set may have kinds that the desk has no words for.
func (m *form) kind(code string) string {
	if text, found := deskTexts["kind-"+code]; found {
		return text.In(m.lang)
	}
	return code
}

func sentence(s string) string {
	if s == "" {
		return ""
	}
	r := []rune(s)
	return strings.ToUpper(string(r[:1])) + string(r[1:])
}
