package cataloguefhir

import "github.com/verktoykatalog/verktoy/internal/fhir"

// Namespace is where the addresses that this project has given begin. They are names; nothing need answer there.
const Namespace = fhir.Namespace

// The systems of identifiers and codes.
const (
	SystemTool     = fhir.SystemTool        // identifier of a tool: its id
	SystemUnit     = fhir.SystemUnit        // identifier of a unit: the tool's id, "/", the unit's
	SystemKind     = Namespace + "kind"     // the codes of catalogue.Kind
	SystemArea     = Namespace + "area"     // the codes of catalogue.Area
	SystemAudience = Namespace + "audience" // the codes of catalogue.Audience

	// SystemTopic is Koppeltaal's. Its codes self-treatment and self-assessment mean that a patient may start on one's own.
	SystemTopic = "http://vzvz.nl/fhir/CodeSystem/koppeltaal-definition-topic"
)

// The extensions of ActivityDefinition.
const (
	// ExtensionStatus has valueCode "paused" when status says retired and the tool will come back.
	ExtensionStatus = Namespace + "status"
	// ExtensionVendor has valueIdentifier: the organisation number of the publisher.
	ExtensionVendor = Namespace + "vendor"
	// ExtensionLanguage has valueCode: a language that the tool itself is in. It comes once for each.
	ExtensionLanguage = Namespace + "language"
	// ExtensionKeyword has the extensions "lang" (valueCode) and "content" (valueString). It comes once for each word.
	ExtensionKeyword = Namespace + "keyword"
	// ExtensionAccess has the extensions "withoutLogin", "requiresPrescription", "national" and "onBehalf", each a valueBoolean.
	ExtensionAccess = Namespace + "access"
	// ExtensionEndpoint is a way to start the tool: the extensions "platform" (valueCode), "url" (valueUrl) and "profile" (valueCode).
	ExtensionEndpoint = Namespace + "endpoint"
	// ExtensionApproval has the extensions "decision" (valueString) and "validUntil" (valueDate).
	ExtensionApproval = Namespace + "approval"
	// ExtensionListing has the extensions "from" and "to", each a valueDate that may be missing: the days on which a listed tool is there.
	// effectivePeriod cannot say them, since it ends with the approval if that is over earlier.
	ExtensionListing = Namespace + "listing"
	// ExtensionEvidence stands in a relatedArtifact and has the extensions "kind" (valueCode), "reviewed" (valueDate) and "nextReview"
	// (valueDate, may be missing).
	ExtensionEvidence = Namespace + "evidence"
	// ExtensionAcuteNotice has valueMarkdown with translations: where to turn in an emergency.
	ExtensionAcuteNotice = Namespace + "acute-notice"
	// ExtensionExclusion has valueString with translations: whom a unit is not for. It comes once for each.
	ExtensionExclusion = Namespace + "exclusion"
)
