package approvalfhir

import (
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/internal/fhir"
	"github.com/verktoykatalog/verktoy/internal/nationalid"
	"github.com/verktoykatalog/verktoy/internal/problem"
)

// items reads the items below a node, which must be among these.
func (r *reading) items(n fhir.Node, among []item, v *filled) {
	for _, child := range n.List("item") {
		id := child.Look("linkId")
		at := slices.IndexFunc(among, func(i item) bool { return i.id == id })
		if at < 0 {
			r.notes = append(r.notes, found{problem.Problem{Pointer: child.Pointer(), Code: UnknownQuestion}, ""})
			child.TakeAll()
			continue
		}
		r.item(child, among[at], v)
	}
}

func (r *reading) item(n fhir.Node, i item, v *filled) {
	r.at[n.Pointer()] = i.id
	for _, name := range []string{"linkId", "text", "id", "definition"} {
		n.TakeAny(name)
	}
	again := i.kind == kindGroup && i.repeats
	if _, seen := v.places[i.id]; seen && !again {
		n.Report("", problem.Repeated, "")
		return
	}
	if again {
		one := newFilled()
		v.again[i.id] = append(v.again[i.id], one)
		v = one
	}
	v.places[i.id] = n.Pointer()
	r.extensions(n, i, v)
	r.answers(n, i, v)
	r.items(n, i.items, v)
}

// answers of a question; those of a heading are left, and told of.
func (r *reading) answers(n fhir.Node, i item, v *filled) {
	if i.kind == kindGroup || i.kind == kindDisplay || i.help {
		return
	}
	all := n.List("answer")
	if len(all) > 1 && !i.repeats {
		n.Report("answer", problem.TooMany, "1")
		return
	}
	for _, a := range all {
		a.TakeAny("id")
		if value, ok := r.answer(a, i); ok {
			v.values[i.id] = append(v.values[i.id], value)
		}
		r.items(a, i.items, v)
	}
}

// members are the names of an answer's value by the question's kind; the first is what is asked for.
var members = map[string][]string{
	kindBoolean: {"valueBoolean"}, kindInteger: {"valueInteger"}, kindDate: {"valueDate"}, kindURL: {"valueUri"},
	kindString: {"valueString"}, kindText: {"valueString"}, kindChoice: {"valueCoding"}, kindOpenChoice: {"valueCoding", "valueString"},
	kindAttachment: {"valueAttachment"},
}

// answer reads the value of one answer.
func (r *reading) answer(a fhir.Node, i item) (value, bool) {
	name := ""
	for _, n := range a.Names() {
		if strings.HasPrefix(n, "value") {
			name = n
		}
	}
	switch {
	case name == "":
		a.Report(members[i.kind][0], problem.MissingMember, "")
		return value{}, false
	case !slices.Contains(members[i.kind], name):
		a.Report(name, problem.WrongType, members[i.kind][0])
		return value{}, false
	}
	return r.value(a, name, i)
}

func (r *reading) value(a fhir.Node, name string, i item) (v value, ok bool) {
	before := len(r.Problems())
	switch name {
	case "valueBoolean":
		v.yes, ok = a.TakeBool(name)
	case "valueInteger":
		v.number, ok = a.TakeInt(name)
	case "valueAttachment":
		if n := a.Member(name); n.Exists() {
			v.file, ok = r.attachment(n), true
		}
	case "valueCoding":
		v, ok = coded(a.Member(name))
	default:
		v.text = a.Take(name)
		ok = v.text != ""
	}
	if ok {
		r.check(a, name, i, v)
	}
	return v, ok && len(r.Problems()) == before
}

// coded takes a coding; display and the rest are for people.
func coded(n fhir.Node) (value, bool) {
	if !n.Exists() {
		return value{}, false
	}
	v := value{system: n.Take("system"), text: n.Take("code")}
	for _, name := range []string{"id", "version", "display", "userSelected"} {
		n.TakeAny(name)
	}
	return v, true
}

func (r *reading) check(a fhir.Node, name string, i item, v value) {
	want := i.wants(v)
	switch {
	case i.kind == kindOpenChoice && name == "valueCoding" && !i.offers(v):
		a.Report(name, problem.NotAllowed, i.codes())
	case i.kind == kindChoice && want != "":
		a.Report(name, problem.NotAllowed, want)
	case i.kind == kindDate && !day(v.text):
		a.Report(name, problem.BadFormat, "YYYY-MM-DD")
	case i.kind != kindURL && i.pattern != patternDigest && nationalid.Contains(v.text):
		a.Report(name, problem.PersonalData, "")
	case i.kind == kindInteger && want != "":
		a.Report(name, problem.OutOfRange, want)
	case want != "":
		a.Report(name, problem.BadFormat, want)
	}
}
