package prescriptionfhir

import (
	"strconv"
	"time"

	"github.com/verktoykatalog/verktoy/internal/fhir"
	"github.com/verktoykatalog/verktoy/prescription"
)

// Options say how a prescription is written. At is required.
type Options struct {
	// At is when it is written: from [prescription.Prescription.Expires] on, what has not ended is written as expired.
	At time.Time
	// Notes are written too, as [prescription.Notebook] gives them. They are personal data.
	Notes []prescription.Note
	// NationalIDInClearUnsafe names the patient by the identity number (fødselsnummer) instead of the pseudonym alone, for a receiver who
	// may have it and knows the patient by nothing else. It is the purpose, for whoever reads the code ([prescription.NationalID.Reveal]).
	// Empty leaves the number out. A prescription without one is refused.
	NationalIDInClearUnsafe string
}

// Task writes a prescription as a Task. It refuses, with [ErrUnwritable], what lacks something that a stored prescription has.
func (m *Mapper) Task(p prescription.Prescription, o Options) ([]byte, error) {
	if err := writable(p, o); err != nil {
		return nil, err
	}
	return encode(m.task(p, p.StateAt(o.At), o))
}

func writable(p prescription.Prescription, o Options) error {
	found := append(prescriptionFaults(p), pick([]check{
		{!o.At.IsZero(), fault{"Options.At", "", "a time"}},
		{o.NationalIDInClearUnsafe == "" || !p.Patient.NationalID.IsZero(), fault{"Patient.NationalID", "", "a number, since it is asked for"}},
	})...)
	return unwritable(append(found, noteFaults(o.Notes)...))
}

func (m *Mapper) task(p prescription.Prescription, state prescription.State, o Options) fhir.Task {
	patient, code := m.patient(p.Patient, o), unitCode(p)
	t := fhir.Task{ResourceType: "Task", ID: fhir.Fit(string(p.ID)), Meta: versionOf(p), Language: string(p.Patient.Lang),
		Identifier: m.identifiers(p), InstantiatesCanonical: m.definition(p), Status: taskStatus[state], StatusReason: reason(p),
		BusinessStatus: business(state), Intent: "order", Code: &code, Description: p.Text, Focus: m.named(p.ID, "ServiceRequest"),
		For: &patient, Owner: &patient, ExecutionPeriod: period(p.Started, p.Ended), AuthoredOn: moment(p.Issued), LastModified: moment(p.Updated),
		Requester: m.actor(p.Prescriber), Note: m.notes(o.Notes), Restriction: &fhir.Restriction{Period: period(p.Issued, p.Expires)}}
	if p.Replaces != "" {
		t.Extension = append(t.Extension, fhir.Extension{URL: ExtensionReplaces, ValueReference: m.named(p.Replaces, "Task")})
	}
	if p.ReplacedBy != "" {
		t.Extension = append(t.Extension, fhir.Extension{URL: ExtensionReplacedBy, ValueReference: m.named(p.ReplacedBy, "Task")})
	}
	if parts := milestones(p); parts != nil {
		t.Extension = append(t.Extension, fhir.Extension{URL: ExtensionMilestones, Extension: parts})
	}
	if state == prescription.Expired {
		t.Extension = append(t.Extension, fhir.Extension{URL: ExtensionStored, ValueCode: string(p.State)})
	}
	return t
}

func versionOf(p prescription.Prescription) *fhir.Meta {
	return &fhir.Meta{VersionID: strconv.FormatInt(p.Version, 10)}
}

// definition is the canonical address of the unit, as package cataloguefhir forms it.
func (m *Mapper) definition(p prescription.Prescription) string {
	return fhir.DefinitionURL(m.cfg.Base, fhir.UnitDefinition(string(p.Tool), string(p.Unit)))
}

func unitCode(p prescription.Prescription) fhir.CodeableConcept {
	return fhir.Concept(SystemUnit, string(p.Tool)+"/"+string(p.Unit))
}

func business(state prescription.State) *fhir.CodeableConcept {
	c := fhir.Concept(SystemState, string(state))
	return &c
}

func reason(p prescription.Prescription) *fhir.CodeableConcept {
	if p.Reason == "" {
		return nil
	}
	c := fhir.Concept(SystemReason, p.Reason)
	return &c
}

// milestoneNames are the extensions within [ExtensionMilestones], and where each stands in a prescription.
var milestoneNames = []struct {
	url  string
	time func(*prescription.Prescription) *time.Time
}{
	{"sent", func(p *prescription.Prescription) *time.Time { return &p.Sent }},
	{"delivered", func(p *prescription.Prescription) *time.Time { return &p.Delivered }},
	{"opened", func(p *prescription.Prescription) *time.Time { return &p.Opened }},
	{"cancel-asked", func(p *prescription.Prescription) *time.Time { return &p.CancelAsked }},
	{"completed", func(p *prescription.Prescription) *time.Time { return &p.Completed }},
}

func milestones(p prescription.Prescription) []fhir.Extension {
	var parts []fhir.Extension
	for _, n := range milestoneNames {
		if at := *n.time(&p); !at.IsZero() {
			parts = append(parts, fhir.Extension{URL: n.url, ValueDateTime: moment(at)})
		}
	}
	return parts
}

// moment is a FHIR dateTime in UTC, with as many digits as it needs; "" for none.
func moment(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.UTC().Format(time.RFC3339Nano)
}

func period(start, end time.Time) *fhir.Period {
	if start.IsZero() && end.IsZero() {
		return nil
	}
	return &fhir.Period{Start: moment(start), End: moment(end)}
}
