package prescriptionfhir

import (
	"github.com/verktoykatalog/verktoy/internal/fhir"
	"github.com/verktoykatalog/verktoy/prescription"
)

// ServiceRequest writes the order that a prescription is. How far it has come is in [Mapper.Task], which has this as its focus: a
// ServiceRequest says whether the order still stands. Errors are those of Task.
func (m *Mapper) ServiceRequest(p prescription.Prescription, o Options) ([]byte, error) {
	if err := writable(p, o); err != nil {
		return nil, err
	}
	r := m.order(p, o)
	r.Status, r.Meta, r.Note = requestStatus[p.StateAt(o.At)], versionOf(p), m.notes(o.Notes)
	if p.Replaces != "" {
		r.Replaces = []fhir.Reference{*m.named(p.Replaces, "ServiceRequest")}
	}
	if p.ReplacedBy != "" {
		r.Extension = []fhir.Extension{{URL: ExtensionReplacedBy, ValueReference: m.named(p.ReplacedBy, "ServiceRequest")}}
	}
	return encode(r)
}

// order is what a request for a prescription says too.
func (m *Mapper) order(p prescription.Prescription, o Options) fhir.ServiceRequest {
	code := unitCode(p)
	return fhir.ServiceRequest{ResourceType: "ServiceRequest", ID: fhir.Fit(string(p.ID)), Language: string(p.Patient.Lang),
		Identifier: m.identifiers(p), InstantiatesCanonical: []string{m.definition(p)}, Status: "active", Intent: "order", Code: &code,
		Subject: m.patient(p.Patient, o), OccurrencePeriod: period(p.Issued, p.Expires), AuthoredOn: moment(p.Issued),
		Requester: m.actor(p.Prescriber), PatientInstruction: p.Text}
}
