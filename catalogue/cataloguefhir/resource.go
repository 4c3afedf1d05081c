package cataloguefhir

import (
	"strings"

	"github.com/verktoykatalog/verktoy/internal/fhir"
)

// definition is what we write of an ActivityDefinition.
type definition struct {
	ResourceType    string                 `json:"resourceType"`
	ID              string                 `json:"id"`
	Language        string                 `json:"language"`
	Extension       []fhir.Extension       `json:"extension,omitempty"`
	URL             string                 `json:"url"`
	Identifier      []fhir.Identifier      `json:"identifier"`
	Version         string                 `json:"version"`
	Name            string                 `json:"name"`
	Title           string                 `json:"title,omitempty"`
	MoreTitle       *fhir.Element          `json:"_title,omitempty"`
	Subtitle        string                 `json:"subtitle,omitempty"`
	MoreSubtitle    *fhir.Element          `json:"_subtitle,omitempty"`
	Status          string                 `json:"status"`
	Publisher       string                 `json:"publisher,omitempty"`
	Description     string                 `json:"description,omitempty"`
	MoreDescription *fhir.Element          `json:"_description,omitempty"`
	UseContext      []fhir.UsageContext    `json:"useContext,omitempty"`
	Jurisdiction    []fhir.CodeableConcept `json:"jurisdiction,omitempty"`
	LastReviewDate  string                 `json:"lastReviewDate,omitempty"`
	EffectivePeriod *fhir.Period           `json:"effectivePeriod,omitempty"`
	Topic           []fhir.CodeableConcept `json:"topic,omitempty"`
	RelatedArtifact []fhir.RelatedArtifact `json:"relatedArtifact,omitempty"`
	Kind            string                 `json:"kind"`
	Code            *fhir.CodeableConcept  `json:"code,omitempty"`
	TimingDuration  *fhir.Quantity         `json:"timingDuration,omitempty"`
}

// elements are the members that an ActivityDefinition may have (R4, 4.0.1); those of primitive types also with "_" before them.
var (
	elements = set(`resourceType id meta implicitRules language text contained extension modifierExtension url identifier version name title
		subtitle status experimental subjectCodeableConcept subjectReference date publisher contact description useContext jurisdiction purpose
		usage copyright approvalDate lastReviewDate effectivePeriod topic author editor reviewer endorser relatedArtifact library kind profile
		code intent priority doNotPerform timingTiming timingDateTime timingAge timingPeriod timingRange timingDuration location participant
		productReference productCodeableConcept quantity dosage bodySite specimenRequirement observationRequirement
		observationResultRequirement transform dynamicValue`)
	primitives = set(`id implicitRules language url version name title subtitle status experimental date publisher description purpose usage
		copyright approvalDate lastReviewDate library kind profile intent priority doNotPerform timingDateTime transform`)
	bundleElements = set(`resourceType id meta implicitRules language identifier type timestamp total link entry signature`)
)

func set(words string) map[string]bool {
	out := map[string]bool{}
	for _, word := range strings.Fields(words) {
		out[word] = true
	}
	return out
}

func isElement(name string) bool {
	bare, more := strings.CutPrefix(name, "_")
	return elements[name] || more && primitives[bare]
}
