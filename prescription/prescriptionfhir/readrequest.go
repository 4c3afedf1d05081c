package prescriptionfhir

import (
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/fhir"
	"github.com/verktoykatalog/verktoy/internal/problem"
	"github.com/verktoykatalog/verktoy/prescription"
)

// Asked is a request for a prescription as a ServiceRequest tells of it.
type Asked struct {
	// Request lacks what a ServiceRequest cannot say: the age, that the exclusions were read, and why there shall be a second one. Tenant and
	// Key are empty if it does not say them. Days is that of the period, rounded up; 0 if there is none.
	Request prescription.Request
	// NotKept names each part of the ServiceRequest that is not in Request, in its order: also the ids, the version, the text to the citizen,
	// when it was written and when it begins.
	NotKept []Problem
}

// Request reads a ServiceRequest as a request for a prescription. The error is an [*Error] with all mistakes at once, those of
// [Mapper.ReadServiceRequest] and: a status other than active, an intent other than order; no unit, pseudonym or therapist; a period that is
// not from a time to a later one. The caller must compare the tenant with the one that the sender may act for: anybody can write it.
func (m *Mapper) Request(serviceRequest []byte) (Asked, error) {
	s, found, err := m.parseRequest(serviceRequest)
	if err != nil {
		return Asked{}, err
	}
	if s.value.ResourceType != "ServiceRequest" {
		return Asked{}, refuse("Resource", found)
	}
	p, o, more := s.order()
	if all := joined(found, more); len(all) > 0 {
		return Asked{}, refuse("ServiceRequest", all)
	}
	asked := Asked{Request: prescription.Request{Tenant: p.Tenant, Key: p.Key, Tool: p.Tool, Unit: p.Unit, Patient: p.Patient,
		Prescriber: p.Prescriber, Days: days(p)}}
	asked.NotKept, err = lost("ServiceRequest", serviceRequest, m.kept(p, o))
	return asked, err
}

// Request is [Mapper.Request] of the ServiceRequest.
func (s *ServiceRequest) Request() (Asked, error) { return s.m.Request(s.data) }

func (s *ServiceRequest) order() (p prescription.Prescription, o Options, found []problem.Problem) {
	x, r := s.value, &times{}
	s.m.readOrder(&p, x.Identifier, x.Code, x.Requester)
	var badNumber bool
	if p.Patient, badNumber = s.m.readPatient(&x.Subject); badNumber {
		r.add("/subject/identifier/value", problem.BadValue, "an identity number with right check digits")
	}
	if !p.Patient.NationalID.IsZero() {
		o.NationalIDInClearUnsafe = "compare what was read"
	}
	p.Patient.Lang = catalogue.Lang(x.Language)
	if x.Status != "active" && x.Status != "" {
		r.add("/status", problem.BadValue, "active, since nothing else is to be prescribed")
	}
	if x.Intent != "order" && x.Intent != "" {
		r.add("/intent", problem.BadValue, "order, since nothing else is to be prescribed")
	}
	if e := x.OccurrencePeriod; e != nil {
		p.Issued, p.Expires = r.at("/occurrencePeriod/start", e.Start), r.at("/occurrencePeriod/end", e.End)
		if p.Issued.IsZero() || !p.Expires.After(p.Issued) || p.Expires.Sub(p.Issued) > prescription.MaxDays*day {
			r.add("/occurrencePeriod", problem.BadValue, "a time and a later one, at most ten years apart")
		}
	}
	places := map[string]string{"/for/identifier": "/subject/identifier"}
	return p, o, joined(r.found, misplaced(append(orderFaults(p), s.named(p)...), places))
}

// named checks the tenant and the key, if there are any.
func (s *ServiceRequest) named(p prescription.Prescription) []fault {
	return pick([]check{
		{p.Tenant == "" || isCode(p.Tenant, 64), fault{"Tenant", "/identifier", "as assigner a tenant of 1 to 64 " + wantCode}},
		{p.Key == "" || isCode(p.Key, 128), fault{"Key", "/identifier", "a key of 1 to 128 " + wantCode}},
	})
}

const day = 24 * time.Hour

// days is how long a prescription lasts, in days of 24 hours, rounded up.
func days(p prescription.Prescription) int {
	return int((p.Expires.Sub(p.Issued) + day - 1) / day)
}

// kept is what a request keeps of the order that it was read from: of the period its length, if that is whole days.
func (m *Mapper) kept(p prescription.Prescription, o Options) any {
	whole := p.Issued.Add(time.Duration(days(p)) * day)
	r := m.order(p, o)
	r.ID, r.AuthoredOn, r.PatientInstruction, r.OccurrencePeriod = "", "", "", nil
	if whole.Equal(p.Expires) && !p.Issued.IsZero() {
		r.OccurrencePeriod = &fhir.Period{End: moment(p.Expires)}
	}
	r.Identifier[0].Value = ""
	return r
}
