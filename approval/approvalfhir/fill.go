package approvalfhir

import (
	"maps"
	"reflect"
	"slices"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
	"github.com/verktoykatalog/verktoy/vendor"
)

// fill answers the form with what a declaration says.
func (w *writing) fill(d *declaration) *filled {
	v := newFilled()
	for _, f := range declarationFields {
		w.put(v, f.item, "", f.get(d), "")
	}
	w.number(v, revisionItem, int64(d.Revision), "/revision")
	w.apart(d)
	plain := w.facts(d, v)
	for i := range d.Evidence {
		v.again["document"] = append(v.again["document"], w.document(strictjson.Pointer("evidence", i), &d.Evidence[i]))
	}
	w.answers(&declaration{Facts: plain, Answers: d.Answers}, v)
	return v
}

// put answers a question, if the form takes that answer.
func (w *writing) put(v *filled, i item, system, text, pointer string) {
	if text == "" {
		return
	}
	a := value{system: system, text: text}
	if i.wants(a) != "" || i.kind == kindDate && !day(text) {
		w.note(pointer, i.id, NotKept)
		return
	}
	v.values[i.id] = append(v.values[i.id], a)
}

func (w *writing) number(v *filled, i item, n int64, pointer string) {
	if i.wants(value{number: n}) != "" {
		w.note(pointer, i.id, NotKept)
		return
	}
	v.values[i.id] = []value{{number: n}}
}

// apart tells of what the form does not ask about tool and vendor.
func (w *writing) apart(d *declaration) {
	for _, lang := range slices.Sorted(maps.Keys(d.Tool.Name)) {
		if !slices.Contains([]catalogue.Lang{catalogue.Bokmaal, catalogue.Nynorsk, catalogue.English}, lang) {
			w.note(strictjson.Pointer("tool", "name", string(lang)), "", NotKept)
		}
	}
	if !reflect.DeepEqual(d.Vendor, vendor.Vendor{OrgNumber: d.Vendor.OrgNumber, Name: d.Vendor.Name}) {
		w.note("/vendor", "", NotKept)
	}
}

func (w *writing) document(at string, e *approval.Evidence) *filled {
	v := newFilled()
	for _, f := range documentFields {
		w.put(v, w.question(f.item), systemOf(f.id), f.get(e), at)
	}
	if e.MediaType != "" || e.Size != 0 {
		v.fileOf = &file{mediaType: e.MediaType, size: e.Size}
	}
	if e.Confidential {
		v.values[secretItem.id] = []value{{yes: true}}
	}
	return v
}

// question is the item as the form has it: the kinds of documents are the set's.
func (w *writing) question(i item) item {
	if i.kind == kindOpenChoice {
		i.options = w.form.kinds()
	}
	return i
}

func systemOf(id string) string {
	switch id {
	case "document.kind":
		return SystemKind
	case "document.level":
		return SystemLevel
	}
	return ""
}

// answers are those to requirements that apply or may apply.
func (w *writing) answers(d *declaration, v *filled) {
	apply := newApplicable(w.form.set, d)
	for _, id := range slices.Sorted(maps.Keys(d.Answers)) {
		r, known := w.form.set.Requirement(id)
		at := strictjson.Pointer("answers", id)
		switch {
		case !known || r.Withdrawn:
			w.note(at, "", NotKept)
		case apply.of(r) == approval.False:
			w.note(at, statusItem(id), NotShown)
		default:
			w.answerTo(r, d.Answers[id], v)
		}
	}
}

func (w *writing) answerTo(r approval.Requirement, a approval.Answer, v *filled) {
	at := strictjson.Pointer("answers", r.ID)
	said := map[string][]string{statusItem(r.ID): {string(a.Status)}, "reason." + r.ID: {a.Reason}, "due." + r.ID: {string(a.Due)},
		"evidence." + r.ID: a.Evidence, w.explanation(r, a) + r.ID: {a.Explanation}}
	systems := map[string]string{statusItem(r.ID): SystemStatus, "reason." + r.ID: w.form.reasonSystem(r.ID)}
	for _, i := range w.form.requirement(r).items {
		for _, text := range said[i.id] {
			if text != "" && i.when.holds(v) != approval.True {
				w.note(at, i.id, NotShown)
			} else {
				w.put(v, i, systems[i.id], text, at)
			}
		}
		delete(said, i.id)
	}
	for _, id := range slices.Sorted(maps.Keys(said)) {
		if slices.ContainsFunc(said[id], func(s string) bool { return s != "" }) {
			w.note(at, id, NotShown) // this requirement has no such question
		}
	}
	v.by[requirementItem(r.ID)], v.from[requirementItem(r.ID)] = a.Answered, a.Inherited
}

// explanation is where what was explained stands.
func (w *writing) explanation(r approval.Requirement, a approval.Answer) string {
	if must, _ := explained(r); slices.Contains(must, a.Status) {
		return "explanation."
	}
	return "comment."
}
