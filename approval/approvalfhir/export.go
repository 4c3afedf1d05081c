package approvalfhir

import (
	"fmt"
	"strings"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/fhir"
)

// language is one of those that a form exists in; tag is as Helsenorge's forms have it.
type language struct {
	lang    catalogue.Lang
	tag     string
	display string
}

var languages = []language{
	{catalogue.Bokmaal, "nb-NO", "Norsk Bokmål"},
	{catalogue.Nynorsk, "nn-NO", "Nynorsk"},
	{catalogue.English, "en-GB", "English"},
}

// Export writes the set as a Bundle of type searchset with one Questionnaire for each of nb-NO, nn-NO and en-GB: the same questions,
// types and conditions, in other words. What the set says and the form cannot is in the losses, in the set's order; none of them lets a
// tool through, since decisions follow the set. The error is [approval.ErrSet] if the set does not come from
// [approval.ParseRequirementSet]. Do not change the set between reading it and this. Equal sets give equal bytes.
func Export(set *approval.RequirementSet) (bundle []byte, losses []Loss, err error) {
	if set == nil || set.Digest() == "" {
		return nil, nil, approval.ErrSet
	}
	f := newForm(set)
	out := fhir.Bundle{ResourceType: "Bundle", Type: "searchset", Total: len(languages)}
	for _, l := range languages {
		out.Entry = append(out.Entry, fhir.BundleEntry{Resource: f.questionnaire(l)})
	}
	bundle, err = encode(out)
	return bundle, f.lost, err
}

// Questionnaire writes the one of these in lang, by itself. Another language than nb, nn and en gives an error.
func Questionnaire(set *approval.RequirementSet, lang catalogue.Lang) ([]byte, error) {
	if set == nil || set.Digest() == "" {
		return nil, approval.ErrSet
	}
	l, err := languageOf(lang)
	if err != nil {
		return nil, err
	}
	return encode(newForm(set).questionnaire(l))
}

func languageOf(lang catalogue.Lang) (language, error) {
	for _, l := range languages {
		if l.lang == lang {
			return l, nil
		}
	}
	return language{}, fmt.Errorf("approvalfhir: language %q, want nb, nn or en", lang)
}

// URL is the canonical address of the Questionnaire in lang, without version.
func URL(set approval.SetRef, lang catalogue.Lang) string {
	return Namespace + "Questionnaire/" + resourceID(set.ID, lang)
}

func resourceID(set string, lang catalogue.Lang) string { return set + "-" + string(lang) }

func (f *form) questionnaire(l language) questionnaire {
	s := f.set
	return questionnaire{
		ResourceType: "Questionnaire", ID: resourceID(s.ID, l.lang), Language: l.tag, URL: URL(s.Ref(), l.lang), Version: s.Version,
		Meta: meta{Tag: []fhir.Coding{{System: systemLanguage, Code: l.tag, Display: l.display}}},
		Name: machineName(s.ID), Title: s.Title.In(l.lang), Status: "active", Description: s.Note.In(l.lang),
		EffectivePeriod: &fhir.Period{Start: string(s.ValidFrom), End: string(s.ValidTo)},
		Item:            questions(f.items, l.lang),
	}
}

// machineName is for generated code, as the invariant que-0 wants it: [A-Z]([A-Za-z0-9_]){0,254}.
func machineName(id string) string { return "Set_" + strings.ReplaceAll(id, "-", "_") }

func questions(items []item, lang catalogue.Lang) []question {
	var out []question
	for _, i := range items {
		q := question{LinkID: i.id, Prefix: i.prefix, Text: i.text.In(lang), Type: i.kind, Required: i.required, Repeats: i.repeats,
			ReadOnly: i.help, Extension: extensions(i, lang), Item: questions(i.items, lang)}
		for _, o := range i.options {
			q.AnswerOption = append(q.AnswerOption, answerOption{fhir.Coding{System: o.system, Code: o.code, Display: o.text.In(lang)}})
		}
		q.enable(i.when)
		out = append(out, q)
	}
	return out
}

// enable always says the behaviour: without it refero shows an item when any test holds, and others when all do.
func (q *question) enable(when *level) {
	if when == nil {
		return
	}
	q.EnableBehavior = "all"
	if when.any {
		q.EnableBehavior = "any"
	}
	for _, t := range when.tests {
		q.EnableWhen = append(q.EnableWhen, t.enableWhen())
	}
}

func (t test) enableWhen() enableWhen {
	out := enableWhen{Question: t.question, Operator: t.operator}
	switch t.kind {
	case kindBoolean:
		out.AnswerBoolean = &t.yes
	case kindInteger:
		out.AnswerInteger = &t.number
	default:
		out.AnswerCoding = &fhir.Coding{System: t.system, Code: t.code}
	}
	return out
}

func extensions(i item, lang catalogue.Lang) []fhir.Extension {
	var out []fhir.Extension
	if i.help {
		help := fhir.Concept(systemItemControl, "help")
		out = append(out, fhir.Extension{URL: extensionItemControl, ValueConcept: &help})
	}
	if i.min != nil {
		out = append(out, fhir.Extension{URL: extensionMin, ValueInteger: i.min})
	}
	if i.max != nil {
		out = append(out, fhir.Extension{URL: extensionMax, ValueInteger: i.max})
	}
	if i.pattern != "" {
		out = append(out, fhir.Extension{URL: extensionRegex, ValueString: i.pattern},
			fhir.Extension{URL: extensionWanted, ValueString: i.wanted.In(lang)})
	}
	if i.kind == kindAttachment {
		out = append(out, attachments()...)
	}
	return out
}

// encode gives equal bytes for equal resources.
func encode(resource any) ([]byte, error) { return fhir.Encode("approvalfhir", resource) }
