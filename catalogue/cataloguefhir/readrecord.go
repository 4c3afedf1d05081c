package cataloguefhir

import (
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/fhir"
	"github.com/verktoykatalog/verktoy/internal/problem"
)

// identifiers takes those besides the tool's id that a catalogue may have. Others are left, and so become notes: those of a form that a
// catalogue does not have, and those that stood in the resources before.
func (r *reader) identifiers(t *draft) {
	ours := t.tool.ID != ""
	for _, i := range t.node.List("identifier") {
		id := catalogue.Identifier{System: i.Look("system"), Value: i.Look("value")}
		if ours && id.System == SystemTool && id.Value == string(t.tool.ID) {
			ours = false
			continue
		}
		if r.called[id] || !possible(id) {
			continue
		}
		r.called[id] = true
		t.at("/identifiers", len(t.tool.Identifiers), i)
		t.tool.Identifiers = append(t.tool.Identifiers, catalogue.Identifier{System: i.Take("system"), Value: i.Take("value")})
	}
}

// possible asks the catalogue about a tool that is right but for the identifier.
func possible(id catalogue.Identifier) bool {
	d := catalogue.Document{Version: catalogue.DocumentVersion, Tools: []catalogue.Tool{{ID: "a", Status: catalogue.StatusDraft,
		Name: catalogue.Text{catalogue.English: "a"}, Identifiers: []catalogue.Identifier{id}}}}
	return len(d.Check()) == 0
}

// listing reads our extension. Where it is missing or has no day, effectivePeriod says the days.
func (r *reader) listing(t *draft) {
	x := t.node.Extension(ExtensionListing)
	l := catalogue.Listing{From: catalogue.Date(part(x, "from", "valueDate")), To: catalogue.Date(part(x, "to", "valueDate"))}
	if l != (catalogue.Listing{}) {
		x.Take("url")
		t.places["/listing"] = x.Pointer()
	} else {
		l = r.period(t)
	}
	if l != (catalogue.Listing{}) {
		t.tool.Listing = &l
	}
}

// period leaves an end that is the approval's.
func (r *reader) period(t *draft) (l catalogue.Listing) {
	p := t.node.Member("effectivePeriod")
	t.places["/listing"] = p.Pointer()
	t.places["/listing/to"] = p.Pointer() + "/end"
	l.From = r.day(p, "start", false)
	if a := t.tool.Approval; a == nil || p.Look("end") != string(a.ValidUntil) {
		l.To = r.day(p, "end", true)
	}
	return l
}

// day takes a FHIR dateTime. A year or a month is its first or last day: the end of a period "includes any matching date/time"
// (hl7.org/fhir/R4/datatypes.html#Period). A time is its day where it is written, with a note. What is no dateTime is left.
func (r *reader) day(n fhir.Node, member string, last bool) catalogue.Date {
	s := n.Look(member)
	for _, form := range []struct {
		layout        string
		years, months int
	}{{"2006", 1, 0}, {"2006-01", 0, 1}, {time.DateOnly, 0, 0}, {time.RFC3339, 0, 0}} {
		at, err := time.Parse(form.layout, s)
		if err != nil {
			continue
		}
		if last && form.years+form.months > 0 {
			at = at.AddDate(form.years, form.months, -1)
		}
		if form.layout == time.RFC3339 {
			r.note(n, member, problem.Assumed, "the whole day is meant")
		}
		n.Take(member)
		return catalogue.DateOf(at)
	}
	return ""
}

// evidence takes the artifacts with our extension. Others say nothing of a review, and none is made up: they are left, as is a
// lastReviewDate that is not the newest review of them.
func (t *draft) evidence() {
	for _, a := range t.node.List("relatedArtifact") {
		x := a.Extension(ExtensionEvidence)
		if !x.Exists() {
			continue
		}
		t.at("/evidence", len(t.tool.Evidence), a)
		x.Take("url")
		e := catalogue.Evidence{Kind: catalogue.EvidenceKind(part(x, "kind", "valueCode")), Title: readText(a, "display", t.lang),
			URL: a.Take("url"), Reviewed: catalogue.Date(part(x, "reviewed", "valueDate")),
			NextReview: catalogue.Date(part(x, "nextReview", "valueDate"))}
		a.Has("type", artifactType(e.Kind))
		t.tool.Evidence = append(t.tool.Evidence, e)
	}
}
