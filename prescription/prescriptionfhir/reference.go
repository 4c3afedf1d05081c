package prescriptionfhir

import (
	"regexp"

	"github.com/verktoykatalog/verktoy/internal/fhir"
	"github.com/verktoykatalog/verktoy/prescription"
)

// identifiers are the prescription's id and the request's key, both given out by the tenant.
func (m *Mapper) identifiers(p prescription.Prescription) []fhir.Identifier {
	tenant := func() *fhir.Reference {
		return &fhir.Reference{Type: "Organization", Identifier: &fhir.Identifier{System: m.cfg.Tenant, Value: p.Tenant}}
	}
	return []fhir.Identifier{{System: m.cfg.Prescription, Value: string(p.ID), Assigner: tenant()},
		{System: SystemKey, Value: p.Key, Assigner: tenant()}}
}

// named points to a prescription by its id: a Task and a ServiceRequest have the same one.
func (m *Mapper) named(id prescription.ID, resource string) *fhir.Reference {
	return &fhir.Reference{Type: resource, Identifier: &fhir.Identifier{System: m.cfg.Prescription, Value: string(id)}}
}

func (m *Mapper) patient(p prescription.Patient, o Options) fhir.Reference {
	pseudonym := &fhir.Identifier{System: m.cfg.Patient, Value: p.Pseudonym}
	number := p.NationalID.Reveal(o.NationalIDInClearUnsafe)
	if number == "" {
		return fhir.Reference{Type: "Patient", Identifier: pseudonym}
	}
	return fhir.Reference{Type: "Patient", Identifier: &fhir.Identifier{System: SystemNationalID, Value: number},
		Extension: []fhir.Extension{{URL: ExtensionPseudonym, ValueIdentifier: pseudonym}}}
}

// readPatient takes no reference to a resource for a patient: only identifiers mean the same everywhere.
func (m *Mapper) readPatient(r *fhir.Reference) (p prescription.Patient, badNumber bool) {
	if r == nil {
		return p, false
	}
	for _, x := range r.Extension {
		if x.URL == ExtensionPseudonym && x.ValueIdentifier != nil && x.ValueIdentifier.System == m.cfg.Patient {
			p.Pseudonym = x.ValueIdentifier.Value
		}
	}
	if r.Identifier == nil {
		return p, false
	}
	switch r.Identifier.System {
	case m.cfg.Patient:
		p.Pseudonym = r.Identifier.Value
	case SystemNationalID:
		number, err := prescription.ParseNationalID(r.Identifier.Value)
		p.NationalID, badNumber = number, err != nil
	}
	return p, badNumber
}

// hpr is how an actor's id says a number in Helsepersonellregisteret.
var hpr = regexp.MustCompile(`^hpr/([0-9]{1,9})$`)

func (m *Mapper) actor(a prescription.Actor) *fhir.Reference {
	if found := hpr.FindStringSubmatch(a.ID); found != nil {
		return &fhir.Reference{Type: "Practitioner", Identifier: &fhir.Identifier{System: SystemHPR, Value: found[1]}}
	}
	return &fhir.Reference{Identifier: &fhir.Identifier{System: m.cfg.Actor, Value: a.ID}}
}

// readActor is "" for who has neither a number nor an id of ours.
func (m *Mapper) readActor(r *fhir.Reference) string {
	switch {
	case r == nil || r.Identifier == nil:
	case r.Identifier.System == m.cfg.Actor:
		return r.Identifier.Value
	case r.Identifier.System == SystemHPR && hpr.MatchString("hpr/"+r.Identifier.Value):
		return "hpr/" + r.Identifier.Value
	}
	return ""
}

// readNamed is the id of a prescription that is pointed to.
func (m *Mapper) readNamed(r *fhir.Reference) prescription.ID {
	if r == nil || r.Identifier == nil || r.Identifier.System != m.cfg.Prescription {
		return ""
	}
	return prescription.ID(r.Identifier.Value)
}

// identifier is the only identifier of that system; zero if there is none or more than one.
func identifier(list []fhir.Identifier, system string) fhir.Identifier {
	var found []fhir.Identifier
	for _, i := range list {
		if i.System == system {
			found = append(found, i)
		}
	}
	if len(found) != 1 {
		return fhir.Identifier{}
	}
	return found[0]
}

func isEmpty(r fhir.Reference) bool {
	return r.Reference == "" && r.Type == "" && r.Identifier == nil && r.Display == "" && len(r.Extension) == 0
}
