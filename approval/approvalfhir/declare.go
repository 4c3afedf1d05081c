package approvalfhir

import (
	"time"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/problem"
)

// declaration makes one of the answers. What the form does not show for the other answers is left out, as a renderer does, and told of.
func (r *reading) declaration(v *filled) *declaration {
	d := &declaration{Version: approval.DeclarationVersion, Set: r.form.set.Ref(), Facts: map[string]approval.FactValue{},
		Answers: map[string]approval.Answer{}}
	for _, f := range declarationFields {
		if text := v.text(f.id); text != "" {
			f.set(d, text)
		}
	}
	for _, n := range v.values[revisionItem.id] {
		d.Revision = int(n.number)
	}
	for _, fact := range r.form.set.Facts {
		r.fact(fact, v, d)
	}
	for _, one := range v.again["document"] {
		switch e := r.document(one); {
		case says(e):
			d.Evidence = append(d.Evidence, e)
		case one.fileOf != nil:
			r.note(v, "document", NotKept)
		}
	}
	r.answersOf(v, d)
	return d
}

func (r *reading) fact(fact approval.Fact, v *filled, d *declaration) {
	id := factItem(fact.ID)
	answers := v.values[id]
	if len(answers) == 0 {
		return
	}
	switch fact.Type {
	case approval.TypeBoolean:
		d.Facts[fact.ID] = answers[0].yes
	case approval.TypeNumber:
		d.Facts[fact.ID] = int(answers[0].number)
	case approval.TypeChoice:
		d.Facts[fact.ID] = answers[0].text
	default:
		d.Facts[fact.ID] = r.several(id, v)
	}
}

// several are the codes that were chosen; "none of these" beside others is told of and does not count.
func (r *reading) several(id string, v *filled) []string {
	codes := []string{}
	none := false
	for _, a := range v.values[id] {
		if a.system == SystemNone {
			none = true
		} else {
			codes = append(codes, a.text)
		}
	}
	if none && len(codes) > 0 {
		r.note(v, id, problem.Contradiction)
	}
	return codes
}

func (r *reading) note(v *filled, id string, code problem.Code) {
	r.notes = append(r.notes, found{problem.Problem{Pointer: v.places[id], Code: code}, id})
}

// says is false for an empty row of the form, and for one that only tells what kind of file there would be.
func says(e approval.Evidence) bool {
	e.MediaType, e.Size = "", 0
	return e != approval.Evidence{}
}

func (r *reading) document(v *filled) approval.Evidence {
	e := approval.Evidence{}
	for _, f := range documentFields {
		if text := v.text(f.id); text != "" {
			f.set(&e, text)
		}
	}
	if v.fileOf != nil {
		e.MediaType, e.Size = v.fileOf.mediaType, v.fileOf.size
	}
	for _, a := range v.values[fileItem.id] {
		if e.URL != "" {
			r.note(v, fileItem.id, NotKept) // the address was written too
		} else {
			e.URL, e.MediaType, e.Size = a.file.url, a.file.mediaType, a.file.size
		}
	}
	for _, a := range v.values[secretItem.id] {
		e.Confidential = a.yes
	}
	return e
}

// answersOf reads all answers first: conditions ask about others.
func (r *reading) answersOf(v *filled, d *declaration) {
	for _, req := range r.form.set.Requirements {
		if a, given := r.answerTo(req, v); given {
			d.Answers[req.ID] = a
		}
	}
	apply := newApplicable(r.form.set, d)
	for _, req := range r.form.set.Requirements {
		if _, given := d.Answers[req.ID]; given && apply.of(req) == approval.False {
			delete(d.Answers, req.ID)
			r.note(v, statusItem(req.ID), NotShown)
		}
	}
}

// answerTo a requirement; what was written without a status, or does not go with it, is no part of it.
func (r *reading) answerTo(req approval.Requirement, v *filled) (a approval.Answer, given bool) {
	for _, i := range r.form.requirement(req).items {
		if len(v.values[i.id]) == 0 || i.id == statusItem(req.ID) {
			continue
		}
		if v.text(statusItem(req.ID)) == "" {
			r.note(v, i.id, NotKept)
			delete(v.values, i.id)
		} else if i.when.holds(v) == approval.False {
			r.note(v, i.id, NotShown)
			delete(v.values, i.id)
		}
	}
	a = approval.Answer{Status: approval.Status(v.text(statusItem(req.ID))), Reason: v.text("reason." + req.ID),
		Explanation: v.text("explanation."+req.ID) + v.text("comment."+req.ID), Due: catalogue.Date(v.text("due." + req.ID)),
		Answered: v.by[requirementItem(req.ID)], Inherited: v.from[requirementItem(req.ID)]}
	for _, e := range v.values["evidence."+req.ID] {
		a.Evidence = append(a.Evidence, e.text)
	}
	if a.Answered == nil && r.options.By != "" {
		a.Answered = &approval.Answered{By: r.options.By, At: r.options.At.UTC().Truncate(time.Second), Wording: req.Wording()}
	}
	return a, a.Status != ""
}
