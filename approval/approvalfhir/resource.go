package approvalfhir

import "github.com/verktoykatalog/verktoy/internal/fhir"

// questionnaire is what we write of a Questionnaire (hl7.org/fhir/R4/questionnaire.html).
type questionnaire struct {
	ResourceType    string       `json:"resourceType"`
	ID              string       `json:"id"`
	Meta            meta         `json:"meta"`
	Language        string       `json:"language"`
	URL             string       `json:"url"`
	Version         string       `json:"version"`
	Name            string       `json:"name"`
	Title           string       `json:"title"`
	Status          string       `json:"status"`
	Description     string       `json:"description,omitempty"`
	EffectivePeriod *fhir.Period `json:"effectivePeriod,omitempty"`
	Item            []question   `json:"item"`
}

type meta struct {
	Tag []fhir.Coding `json:"tag"`
}

type question struct {
	Extension      []fhir.Extension `json:"extension,omitempty"`
	LinkID         string           `json:"linkId"`
	Prefix         string           `json:"prefix,omitempty"`
	Text           string           `json:"text,omitempty"`
	Type           string           `json:"type"`
	EnableWhen     []enableWhen     `json:"enableWhen,omitempty"`
	EnableBehavior string           `json:"enableBehavior,omitempty"`
	Required       bool             `json:"required,omitempty"`
	Repeats        bool             `json:"repeats,omitempty"`
	ReadOnly       bool             `json:"readOnly,omitempty"`
	AnswerOption   []answerOption   `json:"answerOption,omitempty"`
	Item           []question       `json:"item,omitempty"`
}

type enableWhen struct {
	Question      string       `json:"question"`
	Operator      string       `json:"operator"`
	AnswerBoolean *bool        `json:"answerBoolean,omitempty"`
	AnswerInteger *int         `json:"answerInteger,omitempty"`
	AnswerCoding  *fhir.Coding `json:"answerCoding,omitempty"`
}

type answerOption struct {
	ValueCoding fhir.Coding `json:"valueCoding"`
}

// response is what we write of a QuestionnaireResponse (hl7.org/fhir/R4/questionnaireresponse.html).
type response struct {
	ResourceType  string     `json:"resourceType"`
	Language      string     `json:"language"`
	Questionnaire string     `json:"questionnaire"`
	Status        string     `json:"status"`
	Item          []answered `json:"item,omitempty"`
}

type answered struct {
	Extension []fhir.Extension `json:"extension,omitempty"`
	LinkID    string           `json:"linkId"`
	Text      string           `json:"text,omitempty"`
	Answer    []answer         `json:"answer,omitempty"`
	Item      []answered       `json:"item,omitempty"`
}

type answer struct {
	ValueBoolean *bool        `json:"valueBoolean,omitempty"`
	ValueInteger *int64       `json:"valueInteger,omitempty"`
	ValueDate    string       `json:"valueDate,omitempty"`
	ValueString  string       `json:"valueString,omitempty"`
	ValueURI     string       `json:"valueUri,omitempty"`
	ValueCoding  *fhir.Coding `json:"valueCoding,omitempty"`
}
