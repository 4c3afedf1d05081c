package main

import (
	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/catalogue"
)

// facts are the questions about the tool, which decide what is asked next.
func (m *form) facts() section {
	s := section{Name: "facts", Title: m.say("s-facts"), Intro: m.say("s-facts-intro"), Done: m.progress.Known, Of: m.progress.Facts}
	for _, f := range m.file.set.Facts {
		s.Blocks = append(s.Blocks, block{Pointer: "/facts/" + f.ID + "-block", Class: "fact", Fields: []control{m.fact(f)}})
	}
	return s
}

func (m *form) fact(f approval.Fact) control {
	c := m.field(kindRadio, "/facts/"+f.ID, f.Question.In(m.lang), "")
	switch f.Type {
	case approval.TypeBoolean:
		c.Kind, c.Options = kindYesNo, []option{{Value: "true", Label: m.say("yes")}, {Value: "false", Label: m.say("no")}}
	case approval.TypeNumber:
		c.Kind = kindNumber
	case approval.TypeChoices:
		c.Kind, c.Options = kindChecks, choicesOf(f.Choices, m.lang)
		c.Hint = m.say("several")
		return c.chosen(m.file.draft.texts(c.Pointer)...)
	default:
		c.Options = choicesOf(f.Choices, m.lang)
	}
	return c.chosen(c.Value)
}

func choicesOf(choices []approval.Choice, lang catalogue.Lang) []option {
	var out []option
	for _, c := range choices {
		out = append(out, option{Value: c.Code, Label: c.Text.In(lang)})
	}
	return out
}
