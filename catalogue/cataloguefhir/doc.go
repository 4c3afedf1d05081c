// Package cataloguefhir writes the tools of a catalogue as FHIR R4 ActivityDefinitions, and reads them.
//
// Most programs need three functions. [NewWriter] and [Writer.Bundle] write; [Read] reads what they wrote without loss, and what others
// wrote as far as a [catalogue.Tool] has room for it. All else is in [Result.Notes], with its place: nothing is dropped silently.
//
// The caller must look at the notes before the tools of another catalogue are shown to anyone, and must not keep the ids of resources:
// they are the server's. What lasts is the business identifier, with [SystemTool] or [SystemUnit].
//
// # What is written
//
// A tool is one ActivityDefinition, and each of its prescribable units another that is derived-from it: a unit has an indication, a
// duration and a text of its own, and a prescription points to one. A unit repeats what its tool has, so that who holds the unit alone has
// the ages, the exclusions and the acute notice too.
//
//   - url: "<base>/ActivityDefinition/<id>", the same for ever. version: a digest of the tool, another after each change.
//   - identifier: [SystemTool] and the tool's id, and after it the identifiers of other systems; [SystemUnit] and "tool/unit".
//   - language, and the extension translation: texts, each in all its languages. A text that is missing in the resource's language has
//     translations only.
//   - title: name. subtitle: summary. description: description; of a unit the patient text, since FHIR wants it "from a consumer's
//     perspective".
//   - status: draft, active, retired. A paused tool is retired with [ExtensionStatus] "paused": FHIR says that what is retired "should no
//     longer be used" and what is draft "is not yet ready", and who does not know our extension must not start the tool.
//   - publisher: the vendor's name, with [ExtensionVendor].
//   - useContext: age, user (audiences, [SystemAudience]) and, of a unit, focus (each indication in words).
//   - topic: areas ([SystemArea]), and [SystemTopic] "self-treatment" for a tool that may be started without a prescription.
//   - jurisdiction NO, kind Task, code ([SystemKind]), timingDuration in days.
//   - effectivePeriod: from the first day of the listing to its last, or to that of the approval if that comes first; [ExtensionListing]
//     has the listing's own days.
//   - relatedArtifact: composed-of names the units in order, derived-from the tool. The tool's evidence is citation (study, guideline) or
//     documentation, with display (title), url and [ExtensionEvidence]. lastReviewDate: its newest review.
//   - extensions of ours, documented at the constants below. None is a modifier: ignoring them makes nobody use a tool that may not be used.
//
// date, experimental, purpose, usage and approvalDate are not written: a tool has nothing to fill them with.
//
// # What is refused
//
// Read refuses JSON that is not strict, members that ActivityDefinition does not have, implicitRules and modifierExtension, which FHIR
// forbids to ignore, doNotPerform, and tools that [catalogue.Document.Check] would refuse. It does not check elements that it does not
// read, beyond that they exist in FHIR; a validator does. Where FHIR leaves open what decides who may use a tool, Read takes the careful
// answer and says so in a note: experimental and unknown become draft, and without access facts or topic a prescription is required.
//
// An effectivePeriod without our extension is the listing's. An identifier that a catalogue cannot have, or that stood in the resources
// before, is left. So is a relatedArtifact without our extension, and any other lastReviewDate: Read does not make up a review.
//
// The resource is hl7.org/fhir/R4/activitydefinition.html. Koppeltaal 2.0 keeps its catalogue in the same way; the topic is theirs.
//
// Before version 1 exported names may still change; changes are listed.
package cataloguefhir
