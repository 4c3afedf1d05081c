package approvalfhir

// Namespace is where the addresses that this project has given begin. They are names; nothing need answer there.
const Namespace = "https://github.com/verktoykatalog/verktoy/fhir/"

// The systems of codes. A fact's choices have the system [Namespace] + "fact/<set>/<fact>", a requirement's reasons for
// not-applicable [Namespace] + "reason/<set>/<requirement>".
const (
	SystemStatus = Namespace + "status" // the codes of approval.Status
	SystemLevel  = Namespace + "level"  // the codes of approval.Level
	SystemKind   = Namespace + "evidence-kind"
	// SystemNone has the code "none": the answer to a question with several choices that none of them fits.
	// Without it nobody could tell that answer from none at all.
	SystemNone = Namespace + "none"
)

// The extensions of a response's items. A form does not ask for what is in them; [Response] writes it and [Import] reads it.
const (
	// ExtensionAnswered is who gave an answer: the extensions "by" (valueString), "at" (valueDateTime) and "wording" (valueString). It
	// stands on the item of the requirement.
	ExtensionAnswered = Namespace + "answered"
	// ExtensionInherited is where an answer comes from: the extensions "declaration" and "sha256" (valueString) and "until" (valueDate). It
	// stands on the item of the requirement.
	ExtensionInherited = Namespace + "inherited"
	// ExtensionFile is the file of a piece of evidence: the extensions "mediaType" (valueString) and "size" (valueDecimal, bytes). It
	// stands on the item of the document.
	ExtensionFile = Namespace + "file"
)

// What Helsenorge's forms use (helsenorge/structor, a form of version 2.0.7 in three languages).
const (
	systemLanguage    = "urn:ietf:bcp:47"
	systemItemControl = "http://hl7.org/fhir/ValueSet/questionnaire-item-control"

	extensionItemControl = "http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl"
	extensionRegex       = "http://hl7.org/fhir/StructureDefinition/regex"
	extensionMin         = "http://hl7.org/fhir/StructureDefinition/minValue"
	extensionMax         = "http://hl7.org/fhir/StructureDefinition/maxValue"
	extensionMediaType   = "http://hl7.org/fhir/StructureDefinition/mimeType"
	extensionMaxSize     = "http://hl7.org/fhir/StructureDefinition/maxSize"
	extensionWanted      = "http://ehelse.no/fhir/StructureDefinition/validationtext"
)
