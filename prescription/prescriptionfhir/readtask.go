package prescriptionfhir

import (
	"slices"
	"strconv"
	"strings"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/fhir"
	"github.com/verktoykatalog/verktoy/internal/problem"
	"github.com/verktoykatalog/verktoy/prescription"
)

// Stored is a prescription as a Task tells of it.
type Stored struct {
	Prescription prescription.Prescription
	// State is the state when the Task was written: [prescription.Expired] is not stored in Prescription.
	State prescription.State
	// Notes are those that a [Mapper] has written.
	Notes []prescription.Note
	// NotKept names each part of the Task that is not in the other fields, in the Task's order. A Task of the same [Mapper] gives none.
	NotKept []Problem
}

// Prescription reads a Task as a prescription. The error is an [*Error] with all mistakes at once, those of [Mapper.ReadTask] and: no
// identifier of the prescription's or the key's system, or several; no tenant as its assigner; no unit; no pseudonym; no therapist; a time
// that is missing or is only a date; a businessStatus of ours that contradicts the status. The version is meta.versionId: a server that keeps
// Tasks may count on its own. Whether the prescription may exist, and whether the tenant is the sender's, is not checked.
func (m *Mapper) Prescription(task []byte) (Stored, error) {
	t, found, err := m.parseTask(task)
	if err != nil {
		return Stored{}, err
	}
	if t.value.ResourceType != "Task" {
		return Stored{}, refuse("Resource", found)
	}
	s, more := t.stored()
	if all := joined(found, more); len(all) > 0 {
		return Stored{}, refuse("Task", all)
	}
	s.NotKept, err = lost("Task", task, m.task(s.Prescription, s.State, s.options()))
	return s, err
}

// Prescription is [Mapper.Prescription] of the Task.
func (t *Task) Prescription() (Stored, error) { return t.m.Prescription(t.data) }

// options are those that wrote it.
func (s Stored) options() Options {
	o := Options{Notes: s.Notes}
	if !s.Prescription.Patient.NationalID.IsZero() {
		o.NationalIDInClearUnsafe = "compare what was read"
	}
	return o
}

// joined leaves out of more what is at a place where something is wrong already.
func joined(found, more []problem.Problem) []problem.Problem {
	for _, p := range more {
		if !slices.ContainsFunc(found, func(f problem.Problem) bool { return f.Pointer == p.Pointer && f.Code != problem.BadValue }) {
			found = append(found, p)
		}
	}
	return found
}

func (t *Task) stored() (Stored, []problem.Problem) {
	x, r := t.value, &times{}
	var p prescription.Prescription
	t.m.readOrder(&p, x.Identifier, x.Code, x.Requester)
	p.Version, _ = strconv.ParseInt(versionID(x.Meta), 10, 64)
	p.Text, p.Reason = x.Description, codeOf(x.StatusReason, SystemReason)
	var badNumber bool
	if p.Patient, badNumber = t.m.readPatient(x.For); badNumber {
		r.add("/for/identifier/value", problem.BadValue, "an identity number with right check digits")
	}
	p.Patient.Lang = catalogue.Lang(x.Language)
	p.Replaces = t.m.readNamed(part(x.Extension, ExtensionReplaces).ValueReference)
	p.ReplacedBy = t.m.readNamed(part(x.Extension, ExtensionReplacedBy).ValueReference)
	p.Issued, p.Updated = r.at("/authoredOn", x.AuthoredOn), r.at("/lastModified", x.LastModified)
	if x.Restriction != nil && x.Restriction.Period != nil {
		p.Expires = r.at("/restriction/period/end", x.Restriction.Period.End)
	}
	if e := x.ExecutionPeriod; e != nil {
		p.Started, p.Ended = r.at("/executionPeriod/start", e.Start), r.at("/executionPeriod/end", e.End)
	}
	r.milestones(&p, x.Extension)
	state := t.state(&p, r)
	return Stored{Prescription: p, State: state, Notes: t.m.readNotes(x.Note)}, joined(r.found, misplaced(prescriptionFaults(p), nil))
}

// readOrder reads what a ServiceRequest says too.
func (m *Mapper) readOrder(p *prescription.Prescription, list []fhir.Identifier, code *fhir.CodeableConcept, requester *fhir.Reference) {
	id := identifier(list, m.cfg.Prescription)
	p.ID, p.Key = prescription.ID(id.Value), identifier(list, SystemKey).Value
	if a := id.Assigner; a != nil && a.Identifier != nil && a.Identifier.System == m.cfg.Tenant {
		p.Tenant = a.Identifier.Value
	}
	tool, unit, _ := strings.Cut(codeOf(code, SystemUnit), "/")
	p.Tool, p.Unit = catalogue.ToolID(tool), catalogue.UnitID(unit)
	p.Prescriber = prescription.Actor{Role: prescription.RoleTherapist, ID: m.readActor(requester)}
}

func versionID(m *fhir.Meta) string {
	if m == nil {
		return ""
	}
	return m.VersionID
}

// codeOf is the first code of that system.
func codeOf(c *fhir.CodeableConcept, system string) string {
	if c == nil {
		return ""
	}
	for _, coding := range c.Coding {
		if coding.System == system {
			return coding.Code
		}
	}
	return ""
}

// state reads status and businessStatus.
func (t *Task) state(p *prescription.Prescription, r *times) prescription.State {
	said := prescription.State(codeOf(t.value.BusinessStatus, SystemState))
	switch {
	case said == "" || plainState[t.value.Status] == "":
		said = plainState[t.value.Status]
	case taskStatus[said] != t.value.Status:
		r.add("/businessStatus", problem.Contradiction, "status")
	}
	p.State = said
	if said == prescription.Expired {
		p.State = prescription.State(part(t.value.Extension, ExtensionStored).ValueCode)
	}
	if said == prescription.Expired && p.State.Ended() {
		r.add("/extension", problem.BadValue, "an extension "+ExtensionStored+" with a state that has not ended")
	}
	return said
}

// misplaced turns faults into problems at their places in the resource; rename says where it has another name for one.
func misplaced(faults []fault, rename map[string]string) []problem.Problem {
	var found []problem.Problem
	for _, f := range faults {
		place := f.place
		if other, has := rename[place]; has {
			place = other
		}
		found = append(found, problem.Problem{Pointer: place, Code: problem.BadValue, Want: f.want})
	}
	return found
}
