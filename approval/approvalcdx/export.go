package approvalcdx

import (
	"bytes"
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

// Options say how [Export] writes. The zero Options write in English, and claim no more than that the vendor assessed itself.
type Options struct {
	// Assessor is the organisation that decided. Empty, or the vendor's name, is the vendor; another is a third party.
	Assessor string
	// Lang is the language of the texts; empty is English.
	Lang catalogue.Lang
}

// Export writes the attestation. The decision must have been made on this declaration by this set: otherwise the error is that of
// [approval.Decision.CheckBasis]. A declaration with mistakes, such as what may be a national identity number, is refused with the
// [*approval.DeclarationError] of [approval.CheckDeclaration]. Nothing is read but what is passed, and the time is that of the decision:
// the same input gives the same bytes.
func Export(dec *approval.Decision, d *approval.SelfDeclaration, set *approval.RequirementSet, o Options) ([]byte, error) {
	if err := dec.CheckBasis(d, set); err != nil {
		return nil, err
	}
	if nationalid.Contains(o.Assessor) {
		return nil, errors.New("approvalcdx: Options.Assessor may hold a national identity number, want the name of an organisation")
	}
	text, err := json.Marshal(d)
	if err != nil {
		return nil, fmt.Errorf("approvalcdx: %w", err)
	}
	if _, err := approval.CheckDeclaration(text, set); err != nil {
		return nil, err
	}
	if o.Lang == "" {
		o.Lang = catalogue.English
	}
	w := &writer{dec: dec, d: d, set: set, o: o}
	return encode(w.bom())
}

// writer writes one document.
type writer struct {
	dec *approval.Decision
	d   *approval.SelfDeclaration
	set *approval.RequirementSet
	o   Options
}

func (w *writer) in(t catalogue.Text) string { return t.In(w.o.Lang) }

func (w *writer) bom() bom {
	return bom{
		Schema: "http://cyclonedx.org/schema/bom-1.6.schema.json", Format: "CycloneDX", SpecVersion: "1.6", Version: 1,
		SerialNumber: "urn:uuid:" + nameuuid.New("cyclonedx", w.dec.ID, string(w.o.Lang), w.o.Assessor),
		Metadata:     metadata{Timestamp: w.dec.Decided.Format(time.RFC3339)},
		Definitions:  definitions{Standards: []standard{w.standard()}},
		Declarations: declarations{
			Assessors:    []assessor{w.assessor()},
			Attestations: []attestation{{Summary: w.in(w.dec.Summary), Assessor: "assessor", Map: w.mappings()}},
			Claims:       w.claims(),
			Evidence:     w.evidence(),
			Targets:      targets{Components: []component{w.tool()}},
			Affirmation:  w.affirmation(),
		},
	}
}

func (w *writer) assessor() assessor {
	vendor := w.d.Vendor.Name
	name := strings.TrimSpace(w.o.Assessor)
	if name == "" || strings.EqualFold(name, vendor) {
		return assessor{Ref: "assessor", Organization: organization{vendor}}
	}
	return assessor{Ref: "assessor", ThirdParty: true, Organization: organization{name}}
}

func (w *writer) tool() component {
	return component{Type: "application", Ref: "tool", Supplier: contact{w.d.Vendor.Name}, Name: w.in(w.d.Tool.Name), Version: w.d.Tool.Release}
}

// affirmation names who answers for the declaration, and its digest: whether it was signed is not known here.
func (w *writer) affirmation() affirmation {
	return affirmation{Statement: w.in(statement), Signatories: []signatory{{
		Name: w.d.SignedBy.Name, Role: w.d.SignedBy.Title, Organization: organization{w.d.Vendor.Name},
		Reference: reference{Type: "attestation", URL: "urn:uuid:" + nameuuid.New("declaration", string(w.dec.Declaration.SHA256)),
			Hashes: []hash{{Alg: "SHA-256", Content: string(w.dec.Declaration.SHA256)}}},
	}}}
}

// encode gives equal bytes for equal documents.
func encode(v any) ([]byte, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		return nil, fmt.Errorf("approvalcdx: %w", err)
	}
	return out.Bytes(), nil
}
