package approvalfhir

import (
	"cmp"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/fhir"
	"github.com/verktoykatalog/verktoy/internal/nationalid"
	"github.com/verktoykatalog/verktoy/internal/problem"
)

// Response writes a declaration as a QuestionnaireResponse to the form of the set in lang: nb, nn or en. Its status is completed when
// nothing is missing that the form demands, otherwise in-progress. [Import] gives the same declaration again, but for what the notes name:
// answers to requirements that do not apply, which a form does not show, and what the form has no room for. What may be a
// national identity number is refused with an [*Error]. Whether the declaration is right is for [approval.CheckDeclaration]. The error is
// [approval.ErrNoDeclaration], [approval.ErrSet] or [approval.ErrOtherSet] for what they say.
func Response(d *approval.SelfDeclaration, set *approval.RequirementSet, lang catalogue.Lang) (data []byte, notes []Problem, err error) {
	switch {
	case d == nil:
		return nil, nil, approval.ErrNoDeclaration
	case set == nil || set.Digest() == "":
		return nil, nil, approval.ErrSet
	case d.Set != set.Ref():
		return nil, nil, approval.ErrOtherSet
	}
	l, err := languageOf(lang)
	if err != nil {
		return nil, nil, err
	}
	w := &writing{form: newForm(set), lang: lang}
	out := w.response(d, l)
	if len(w.personal) > 0 {
		return nil, nil, &Error{w.personal}
	}
	data, err = encode(out)
	return data, w.notes, err
}

// writing writes one response.
type writing struct {
	form     *form
	lang     catalogue.Lang
	notes    []Problem
	personal []Problem
}

const declarationName = "SelfDeclaration"

// note tells of what is left out; question is empty for what the form does not ask.
func (w *writing) note(pointer, question string, code problem.Code) {
	w.notes = append(w.notes, found{problem.Problem{Pointer: pointer, Code: code}, question}.public(declarationName))
}

func (w *writing) response(d *declaration, l language) response {
	v := w.fill(d)
	out := response{ResourceType: resourceName, Language: l.tag, Status: "completed",
		Questionnaire: URL(w.form.set.Ref(), l.lang) + "|" + w.form.set.Version, Item: w.items(w.form.items, v)}
	lacking(w.form.items, "", v, func(string, item, *filled) { out.Status = "in-progress" })
	return out
}

// items are those that have an answer, or others within.
func (w *writing) items(items []item, v *filled) []answered {
	var out []answered
	for _, i := range items {
		if !i.repeats || i.kind != kindGroup {
			out = append(out, w.item(i, v)...)
			continue
		}
		for _, one := range v.again[i.id] {
			out = append(out, w.item(i, one)...)
		}
	}
	return out
}

func (w *writing) item(i item, v *filled) []answered {
	one := answered{LinkID: i.id, Text: i.text.In(w.lang), Item: w.items(i.items, v)}
	for _, a := range v.values[i.id] {
		one.Answer = append(one.Answer, w.answer(i, a))
	}
	if len(one.Answer) == 0 && len(one.Item) == 0 {
		return nil
	}
	one.Extension = v.extensions(i)
	for _, text := range carriedTexts(one.Extension) {
		w.refusePersonal(i, text)
	}
	return []answered{one}
}

func (v *filled) extensions(i item) []fhir.Extension {
	var out []fhir.Extension
	if by := v.by[i.id]; by != nil {
		out = append(out, answeredExtension(by))
	}
	if from := v.from[i.id]; from != nil {
		out = append(out, inheritedExtension(from))
	}
	if i.id == "document" && v.fileOf != nil {
		out = append(out, fileExtension(*v.fileOf))
	}
	return out
}

func (w *writing) refusePersonal(i item, text string) {
	if nationalid.Contains(text) {
		w.personal = append(w.personal, found{problem.Problem{Code: problem.PersonalData}, i.id}.public(declarationName))
	}
}

func (w *writing) answer(i item, v value) answer {
	if i.kind != kindURL && i.pattern != patternDigest {
		w.refusePersonal(i, v.text)
	}
	switch i.kind {
	case kindBoolean:
		return answer{ValueBoolean: &v.yes}
	case kindInteger:
		return answer{ValueInteger: &v.number}
	case kindDate:
		return answer{ValueDate: v.text}
	case kindURL:
		return answer{ValueURI: v.text}
	case kindChoice, kindOpenChoice:
		if i.offers(v) {
			return answer{ValueCoding: &fhir.Coding{System: v.system, Code: v.text, Display: i.display(v, w.lang)}}
		}
	}
	return answer{ValueString: v.text}
}

func (i item) display(v value, lang catalogue.Lang) string {
	for _, o := range i.options {
		if o.system == v.system && o.code == v.text {
			return cmp.Or(o.text.In(lang), o.code)
		}
	}
	return v.text
}
