package cataloguefhir

import (
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/fhir"
	"github.com/verktoykatalog/verktoy/internal/problem"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// unit reads a unit into its tool. One whose tool is not there is left, and so becomes a note.
func (r *reader) unit(d fhir.Node, identifier string) {
	tool, id, _ := strings.Cut(identifier, "/")
	t := r.tools[catalogue.ToolID(tool)]
	if t == nil {
		return
	}
	if stop, _ := d.TakeBool("doNotPerform"); stop {
		d.Report("doNotPerform", problem.BadValue, "false, since a catalogue holds what may be done")
	}
	for _, member := range []string{"status", "experimental"} {
		r.agree(t, d, member)
	}
	for _, i := range d.List("identifier") {
		if i.Look("value") == identifier && i.Has("system", SystemUnit) {
			i.Take("value")
		}
	}
	u := unitDraft{node: d, places: map[string]string{"": d.Pointer(), "/id": d.Pointer() + "/identifier"}}
	lang := r.language(d)
	u.unit.ID = catalogue.UnitID(id)
	u.unit.Title = u.text("/title", d, "title", lang)
	u.unit.PatientText = u.text("/patientText", d, "description", lang)
	u.unit.Indications = u.indications(lang)
	u.unit.Exclusions = u.exclusions(lang)
	u.unit.Days, _ = d.TakeUCUM("timingDuration", "d")
	u.places["/days"] = d.Pointer() + "/timingDuration"
	t.units = append(t.units, u)
}

// agree refuses a unit that is in another state than its tool: one that must no longer be prescribed would be read as if it could.
func (r *reader) agree(t *draft, d fhir.Node, member string) {
	if !d.SameMember(t.node, member) {
		d.Report(member, problem.Contradiction, "the tool's "+member)
		return
	}
	d.TakeAny(member)
}

func (u *unitDraft) text(place string, n fhir.Node, member, lang string) catalogue.Text {
	u.places[place] = n.Pointer() + strictjson.Pointer(member)
	return readText(n, member, lang)
}

func (u *unitDraft) indications(lang string) []catalogue.Text {
	var out []catalogue.Text
	for _, c := range u.node.List("useContext") {
		if !isContext(c, "focus") {
			continue
		}
		place := "/indications" + strictjson.Pointer(len(out))
		if t := u.text(place, c.Member("valueCodeableConcept"), "text", lang); t != nil {
			takeContext(c)
			out = append(out, t)
		}
	}
	return out
}

func (u *unitDraft) exclusions(lang string) []catalogue.Text {
	var out []catalogue.Text
	for _, x := range u.node.Extensions(ExtensionExclusion) {
		place := "/exclusions" + strictjson.Pointer(len(out))
		if t := u.text(place, x, "valueString", lang); t != nil {
			x.Take("url")
			out = append(out, t)
		}
	}
	return out
}

// order puts the units in the order in which the tool names them; the others come last.
func (t *draft) order() {
	rank := map[string]int{}
	named := t.node.List("relatedArtifact")
	for i, a := range named {
		address, _, _ := strings.Cut(a.Look("resource"), "|")
		if _, again := rank[address]; !again && a.Look("type") == "composed-of" {
			rank[address] = i - len(named)
		}
	}
	slices.SortStableFunc(t.units, func(a, b unitDraft) int { return rank[a.node.Look("url")] - rank[b.node.Look("url")] })
}
