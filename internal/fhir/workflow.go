package fhir

// Reference points to a resource: by its address, by a business identifier, or in words.
type Reference struct {
	Extension  []Extension `json:"extension,omitempty"`
	Reference  string      `json:"reference,omitempty"`
	Type       string      `json:"type,omitempty"`
	Identifier *Identifier `json:"identifier,omitempty"`
	Display    string      `json:"display,omitempty"`
}

// Meta is what a server knows of a resource.
type Meta struct {
	VersionID   string   `json:"versionId,omitempty"`
	LastUpdated string   `json:"lastUpdated,omitempty"`
	Source      string   `json:"source,omitempty"`
	Profile     []string `json:"profile,omitempty"`
	Security    []Coding `json:"security,omitempty"`
	Tag         []Coding `json:"tag,omitempty"`
}

// Annotation is a note.
type Annotation struct {
	Extension       []Extension `json:"extension,omitempty"`
	AuthorReference *Reference  `json:"authorReference,omitempty"`
	AuthorString    string      `json:"authorString,omitempty"`
	Time            string      `json:"time,omitempty"`
	Text            string      `json:"text"`
}

// Organization is one that a resource contains.
type Organization struct {
	ResourceType string         `json:"resourceType"` // "Organization"
	ID           string         `json:"id"`
	Identifier   []Identifier   `json:"identifier,omitempty"`
	Name         string         `json:"name,omitempty"`
	Telecom      []ContactPoint `json:"telecom,omitempty"`
}

// ContactPoint is a telephone number, an address for e-mail or the like.
type ContactPoint struct {
	System string `json:"system,omitempty"`
	Value  string `json:"value,omitempty"`
}

// Task is what somebody is to do (hl7.org/fhir/R4/task.html).
type Task struct {
	ResourceType          string            `json:"resourceType"` // "Task"
	ID                    string            `json:"id,omitempty"`
	Meta                  *Meta             `json:"meta,omitempty"`
	Language              string            `json:"language,omitempty"`
	Contained             []Organization    `json:"contained,omitempty"`
	Extension             []Extension       `json:"extension,omitempty"`
	Identifier            []Identifier      `json:"identifier,omitempty"`
	InstantiatesCanonical string            `json:"instantiatesCanonical,omitempty"`
	InstantiatesURI       string            `json:"instantiatesUri,omitempty"`
	BasedOn               []Reference       `json:"basedOn,omitempty"`
	GroupIdentifier       *Identifier       `json:"groupIdentifier,omitempty"`
	PartOf                []Reference       `json:"partOf,omitempty"`
	Status                string            `json:"status"`
	StatusReason          *CodeableConcept  `json:"statusReason,omitempty"`
	BusinessStatus        *CodeableConcept  `json:"businessStatus,omitempty"`
	Intent                string            `json:"intent"`
	Priority              string            `json:"priority,omitempty"`
	Code                  *CodeableConcept  `json:"code,omitempty"`
	Description           string            `json:"description,omitempty"`
	Focus                 *Reference        `json:"focus,omitempty"`
	For                   *Reference        `json:"for,omitempty"`
	Encounter             *Reference        `json:"encounter,omitempty"`
	ExecutionPeriod       *Period           `json:"executionPeriod,omitempty"`
	AuthoredOn            string            `json:"authoredOn,omitempty"`
	LastModified          string            `json:"lastModified,omitempty"`
	Requester             *Reference        `json:"requester,omitempty"`
	PerformerType         []CodeableConcept `json:"performerType,omitempty"`
	Owner                 *Reference        `json:"owner,omitempty"`
	ReasonCode            *CodeableConcept  `json:"reasonCode,omitempty"`
	Note                  []Annotation      `json:"note,omitempty"`
	Restriction           *Restriction      `json:"restriction,omitempty"`
	Input                 []TaskInput       `json:"input,omitempty"`
}

// Restriction says when a task may be done.
type Restriction struct {
	Period *Period `json:"period,omitempty"`
}

// TaskInput is a fact for whoever does the task.
type TaskInput struct {
	Type         CodeableConcept `json:"type"`
	ValueBoolean *bool           `json:"valueBoolean,omitempty"`
}

// ServiceRequest is an order (hl7.org/fhir/R4/servicerequest.html).
type ServiceRequest struct {
	ResourceType          string            `json:"resourceType"` // "ServiceRequest"
	ID                    string            `json:"id,omitempty"`
	Meta                  *Meta             `json:"meta,omitempty"`
	Language              string            `json:"language,omitempty"`
	Extension             []Extension       `json:"extension,omitempty"`
	Identifier            []Identifier      `json:"identifier,omitempty"`
	InstantiatesCanonical []string          `json:"instantiatesCanonical,omitempty"`
	InstantiatesURI       []string          `json:"instantiatesUri,omitempty"`
	BasedOn               []Reference       `json:"basedOn,omitempty"`
	Replaces              []Reference       `json:"replaces,omitempty"`
	Requisition           *Identifier       `json:"requisition,omitempty"`
	Status                string            `json:"status"`
	Intent                string            `json:"intent"`
	Category              []CodeableConcept `json:"category,omitempty"`
	Priority              string            `json:"priority,omitempty"`
	Code                  *CodeableConcept  `json:"code,omitempty"`
	Subject               Reference         `json:"subject"`
	Encounter             *Reference        `json:"encounter,omitempty"`
	OccurrenceDateTime    string            `json:"occurrenceDateTime,omitempty"`
	OccurrencePeriod      *Period           `json:"occurrencePeriod,omitempty"`
	AuthoredOn            string            `json:"authoredOn,omitempty"`
	Requester             *Reference        `json:"requester,omitempty"`
	Performer             []Reference       `json:"performer,omitempty"`
	ReasonCode            []CodeableConcept `json:"reasonCode,omitempty"`
	Note                  []Annotation      `json:"note,omitempty"`
	PatientInstruction    string            `json:"patientInstruction,omitempty"`
}
