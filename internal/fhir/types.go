package fhir

// The addresses that FHIR, its standards and Norway have given.
const (
	SystemUCUM         = "http://unitsofmeasure.org"
	SystemCountry      = "urn:iso:std:iso:3166"
	SystemUsageContext = "http://terminology.hl7.org/CodeSystem/usage-context-type"
	SystemOrgNumber    = "urn:oid:2.16.578.1.12.4.1.4.101"
	SystemNationalID   = "urn:oid:2.16.578.1.12.4.1.4.1" // fødselsnummer
	SystemHPR          = "urn:oid:2.16.578.1.12.4.1.4.4" // number in Helsepersonellregisteret

	ExtensionTranslation = "http://hl7.org/fhir/StructureDefinition/translation"
)

// Element is what a primitive value has beside its value; in JSON it stands under the name with "_" before it.
type Element struct {
	Extension []Extension `json:"extension,omitempty"`
}

// Extension has one value, or extensions of its own.
type Extension struct {
	URL              string           `json:"url"`
	Extension        []Extension      `json:"extension,omitempty"`
	ValueBoolean     *bool            `json:"valueBoolean,omitempty"`
	ValueCode        string           `json:"valueCode,omitempty"`
	ValueDate        string           `json:"valueDate,omitempty"`
	ValueDateTime    string           `json:"valueDateTime,omitempty"`
	ValueIdentifier  *Identifier      `json:"valueIdentifier,omitempty"`
	ValueMarkdown    string           `json:"valueMarkdown,omitempty"`
	MoreMarkdown     *Element         `json:"_valueMarkdown,omitempty"`
	ValuePositiveInt int64            `json:"valuePositiveInt,omitempty"`
	ValueReference   *Reference       `json:"valueReference,omitempty"`
	ValueString      string           `json:"valueString,omitempty"`
	MoreString       *Element         `json:"_valueString,omitempty"`
	ValueURL         string           `json:"valueUrl,omitempty"`
	ValueConcept     *CodeableConcept `json:"valueCodeableConcept,omitempty"`
	ValueDecimal     *int64           `json:"valueDecimal,omitempty"`
	ValueInteger     *int             `json:"valueInteger,omitempty"`
}

// Identifier is a business identifier: it means the same wherever the resource lies.
type Identifier struct {
	Use      string     `json:"use,omitempty"`
	System   string     `json:"system,omitempty"`
	Value    string     `json:"value,omitempty"`
	Assigner *Reference `json:"assigner,omitempty"`
}

// Coding is a code of a code system; Display is what people read.
type Coding struct {
	System  string `json:"system,omitempty"`
	Version string `json:"version,omitempty"`
	Code    string `json:"code,omitempty"`
	Display string `json:"display,omitempty"`
}

// CodeableConcept is a concept in codes, in words, or both.
type CodeableConcept struct {
	Coding   []Coding `json:"coding,omitempty"`
	Text     string   `json:"text,omitempty"`
	MoreText *Element `json:"_text,omitempty"`
}

// Concept has one code.
func Concept(system, code string) CodeableConcept {
	return CodeableConcept{Coding: []Coding{{System: system, Code: code}}}
}

// Quantity is a number in a unit; with the unit's system and code it is also FHIR's Duration and SimpleQuantity.
type Quantity struct {
	Value  int    `json:"value"`
	Unit   string `json:"unit,omitempty"`
	System string `json:"system,omitempty"`
	Code   string `json:"code,omitempty"`
}

// UCUM is a quantity in a unit of UCUM: "a" is a year, "d" a day.
func UCUM(n int, unit string) *Quantity {
	return &Quantity{Value: n, Unit: unit, System: SystemUCUM, Code: unit}
}

// Range has both ends included; nil is no limit.
type Range struct {
	Low  *Quantity `json:"low,omitempty"`
	High *Quantity `json:"high,omitempty"`
}

// Period is from and to, each a date or a time; both are included.
type Period struct {
	Start string `json:"start,omitempty"`
	End   string `json:"end,omitempty"`
}

// UsageContext says for whom or what a definition is.
type UsageContext struct {
	Code                 Coding           `json:"code"`
	ValueCodeableConcept *CodeableConcept `json:"valueCodeableConcept,omitempty"`
	ValueRange           *Range           `json:"valueRange,omitempty"`
}

// RelatedArtifact points to what a definition belongs with.
type RelatedArtifact struct {
	Extension   []Extension `json:"extension,omitempty"`
	Type        string      `json:"type"`
	Display     string      `json:"display,omitempty"`
	MoreDisplay *Element    `json:"_display,omitempty"`
	URL         string      `json:"url,omitempty"`
	Resource    string      `json:"resource,omitempty"`
}

// Bundle is a resource that holds others.
type Bundle struct {
	ResourceType string        `json:"resourceType"` // "Bundle"
	Type         string        `json:"type"`
	Total        int           `json:"total,omitempty"` // of a searchset: how many match
	Entry        []BundleEntry `json:"entry,omitempty"`
}

// BundleEntry is one of them.
type BundleEntry struct {
	FullURL  string `json:"fullUrl,omitempty"`
	Resource any    `json:"resource"`
}
