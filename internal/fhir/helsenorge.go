package fhir

import "time"

// What Helsenorge has named in its page "FHIR Task" and its code systems.
const (
	SystemServiceArea     = "urn:oid:2.16.578.1.12.4.1.1.7618" // Volven 7618, tjenesteområde
	SystemSensitiveSender = "http://helsenorge.no/fhir/sensitiv-avsender"
	SystemTaskInput       = "http://helsenorge.no/fhir/task-input"

	// AssumedDeadlineURL is the address of the extension hn-task-deadline. Its name is public, its address is assumed.
	AssumedDeadlineURL = "http://helsenorge.no/fhir/StructureDefinition/hn-task-deadline"
)

const (
	representation = "supports-representation"
	requester      = "requester" // id of the contained sender
)

// HelsenorgeTask is what Helsenorge's flavour of Task says. Which members are public and which are assumed stands at [HelsenorgeTask.Resource].
type HelsenorgeTask struct {
	ID, Status, Reason       string // Reason is for people
	Area, Priority           string
	SensitiveSender          bool
	Title, Description, Link string
	Citizen                  string // fødselsnummer, in clear
	SenderNumber, SenderName string // the organisation's
	SenderPhone              string // empty: none
	OnBehalf                 bool
	Deadline, Final          time.Time // zero: none
}

// Resource is the FHIR Task. Public are: meta.security, identifier without a system, instantiatesUri, the statuses, code as title,
// description, focus, the organisation contained for questions, owner, restriction.period.end and the input's code. Assumed are: focus names
// no tool, which is known by its link; the intent, which others have seen; that the requester is the contained organisation; and where and
// how the second deadline stands.
func (h HelsenorgeTask) Resource(deadlineURL string) Task {
	t := Task{ResourceType: "Task", ID: h.ID, Meta: &Meta{Security: h.security()}, Contained: h.sender(),
		Identifier: []Identifier{{Value: h.ID}}, InstantiatesURI: h.Link, Status: h.Status, Intent: "proposal", Priority: h.Priority,
		Code: &CodeableConcept{Text: h.Title}, Description: h.Description, Focus: &Reference{Type: "Task"},
		Requester: &Reference{Reference: "#" + requester}, Owner: &Reference{Identifier: &Identifier{System: SystemNationalID, Value: h.Citizen}},
		Input: []TaskInput{{Concept(SystemTaskInput, representation), &h.OnBehalf}}}
	if !h.Final.IsZero() {
		t.Extension = []Extension{{URL: deadlineURL, ValueDateTime: second(h.Final)}}
	}
	if !h.Deadline.IsZero() {
		t.Restriction = &Restriction{Period: &Period{End: second(h.Deadline)}}
	}
	if h.Reason != "" {
		t.StatusReason = &CodeableConcept{Text: h.Reason}
	}
	return t
}

func second(at time.Time) string { return at.UTC().Format(time.RFC3339) }

func (h HelsenorgeTask) security() []Coding {
	list := []Coding{{System: SystemServiceArea, Code: h.Area}}
	if h.SensitiveSender {
		list = append(list, Coding{System: SystemSensitiveSender, Code: "1"})
	}
	return list
}

func (h HelsenorgeTask) sender() []Organization {
	o := Organization{ResourceType: "Organization", ID: requester, Name: h.SenderName,
		Identifier: []Identifier{{System: SystemOrgNumber, Value: h.SenderNumber}}}
	if h.SenderPhone != "" {
		o.Telecom = []ContactPoint{{"phone", h.SenderPhone}}
	}
	return []Organization{o}
}

// Helsenorge is what t says to who knows that flavour; times that are none are reported by their JSON Pointer. What is not there is zero: it
// checks nothing.
func (t Task) Helsenorge(deadlineURL string, bad func(pointer string)) HelsenorgeTask {
	h := HelsenorgeTask{Status: t.Status, Priority: t.Priority, Description: t.Description, Link: t.InstantiatesURI}
	moment := func(pointer, text string) (at time.Time) {
		at, err := time.Parse(time.RFC3339, text)
		if err != nil && text != "" {
			bad(pointer)
		}
		return at.UTC()
	}
	for _, i := range t.Identifier {
		if i.System == "" && h.ID == "" {
			h.ID = i.Value
		}
	}
	if t.Code != nil {
		h.Title = t.Code.Text
	}
	if t.StatusReason != nil {
		h.Reason = t.StatusReason.Text
	}
	if t.Owner != nil && t.Owner.Identifier != nil && t.Owner.Identifier.System == SystemNationalID {
		h.Citizen = t.Owner.Identifier.Value
	}
	if t.Restriction != nil && t.Restriction.Period != nil {
		h.Deadline = moment("/restriction/period/end", t.Restriction.Period.End)
	}
	for i, x := range t.Extension {
		if x.URL == deadlineURL {
			h.Final = moment(place("/extension", i)+"/valueDateTime", x.ValueDateTime)
		}
	}
	t.labels(&h)
	return h
}
