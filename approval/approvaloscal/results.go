package approvaloscal

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/nameuuid"
	"github.com/verktoykatalog/verktoy/internal/nationalid"
)

// Options say how [Results] writes. The zero Options write in English, and name the vendor as the one who assessed.
type Options struct {
	// Assessor is the organisation that decided. Empty is the vendor itself.
	Assessor string
	// Lang is the language of the texts; empty is English.
	Lang catalogue.Lang
}

// Results writes a decision as assessment-results. The decision must have been made on this declaration by this set: otherwise the error is that
// of [approval.Decision.CheckBasis]. A declaration with mistakes, such as what may be a national identity number, is refused with the
// [*approval.DeclarationError] of [approval.CheckDeclaration]. Times are those of the decision, and UUIDs are made of digests: the same input
// gives the same bytes.
func Results(dec *approval.Decision, d *approval.SelfDeclaration, set *approval.RequirementSet, o Options) ([]byte, error) {
	if err := dec.CheckBasis(d, set); err != nil {
		return nil, err
	}
	if nationalid.Contains(o.Assessor) {
		return nil, errors.New("approvaloscal: Options.Assessor may hold a national identity number, want the name of an organisation")
	}
	text, err := json.Marshal(d)
	if err != nil {
		return nil, fmt.Errorf("approvaloscal: %w", err)
	}
	if _, err := approval.CheckDeclaration(text, set); err != nil {
		return nil, err
	}
	if o.Lang == "" {
		o.Lang = catalogue.English
	}
	w := &writer{dec: dec, d: d, set: set, o: o}
	return encode("assessment-results", w.results())
}

// writer writes one document.
type writer struct {
	dec *approval.Decision
	d   *approval.SelfDeclaration
	set *approval.RequirementSet
	o   Options
}

func (w *writer) in(t catalogue.Text) string { return t.In(w.o.Lang) }

// uuid is of something in this document.
func (w *writer) uuid(parts ...string) string {
	return nameuuid.New(append([]string{"oscal", w.dec.ID, string(w.o.Lang), w.o.Assessor}, parts...)...)
}

func (w *writer) moment() string { return w.dec.Decided.Format(time.RFC3339) }

func (w *writer) results() results {
	set := w.uuid("set")
	return results{
		UUID: w.uuid("results"), Metadata: w.metadata(), Results: []result{w.result()},
		ImportAP: importAP{Href: "#" + set, Remarks: "There is no assessment plan; the requirement set says what was assessed."},
		BackMatter: backMatter{Resources: []resource{
			{UUID: set, Title: line(w.in(w.set.Title)), Props: []prop{own("set", w.set.ID), {Name: "version", Value: w.set.Version}},
				Rlinks: []rlink{digested("set", w.dec.Set.SHA256)}},
			{UUID: w.uuid("declaration"), Title: "Self-declaration", Props: []prop{own("declaration", w.d.ID)},
				Rlinks: []rlink{digested("declaration", w.dec.Declaration.SHA256)}}}},
	}
}

// digested names a file that is not sent along by its digest.
func digested(kind string, d approval.Digest) rlink {
	return rlink{Href: "urn:uuid:" + nameuuid.New(kind, string(d)), Hashes: []hash{{"SHA-256", string(d)}}}
}

func (w *writer) metadata() metadata {
	vendor := party{w.uuid("party", "vendor"), "organization", line(w.d.Vendor.Name)}
	assessor := vendor
	parties := []party{vendor}
	if name := strings.TrimSpace(w.o.Assessor); name != "" && !strings.EqualFold(name, w.d.Vendor.Name) {
		assessor = party{w.uuid("party", "assessor"), "organization", line(name)}
		parties = append(parties, assessor)
	}
	return metadata{Title: line(w.title()), LastModified: w.moment(), Version: w.dec.ID, OSCALVersion: oscalVersion,
		Roles:       []role{{"assessor", "Assessor"}, {"provider", "Vendor of the tool"}},
		Parties:     parties,
		Responsible: []duty{{"assessor", []string{assessor.UUID}}, {"provider", []string{vendor.UUID}}}}
}

func (w *writer) title() string { return w.in(w.set.Title) + ": " + w.in(w.d.Tool.Name) }

func (w *writer) result() result {
	out := result{UUID: w.uuid("result"), Title: line(w.title()), Description: w.in(w.dec.Summary), Start: w.moment(), End: w.moment(),
		Props: []prop{own("outcome", string(w.dec.Outcome)), own("rule", string(w.dec.Rule)), own("tool", string(w.dec.Tool))}}
	if w.dec.ValidUntil != "" {
		out.Props = append(out.Props, own("valid-until", string(w.dec.ValidUntil)))
	}
	out.Observations = w.observations()
	chosen := selection{}
	for _, r := range w.dec.Reasons {
		if r.Result == approval.ResultNotApplicable {
			chosen.Exclude = append(chosen.Exclude, control{token(r.Requirement)})
			continue
		}
		accepted := w.risk(r)
		out.Risks = append(out.Risks, accepted...)
		out.Findings = append(out.Findings, w.finding(r, accepted))
	}
	out.Reviewed.Selections = []selection{chosen}
	return out
}
