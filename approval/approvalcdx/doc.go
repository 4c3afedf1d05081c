// Package approvalcdx writes a decision and what it rests on as a CycloneDX 1.6 attestation (CDXA).
//
// [Export] is all there is. The requirement set becomes a standard, each answer a claim about the tool, each document evidence, and the
// decision an attestation by an assessor.
//
// The caller says who assessed. Conformance and confidence are kept apart: conformance is what was found, and confidence how well
// the answer is proven. What nobody knows has no score: unknown is not zero.
//
// Not written: evidence that is confidential, and what refers to it; votes and names of a panel; signatures. Nothing is signed here; the
// affirmation names the signatory and the digest of the declaration. Days become midnight UTC.
//
// The format is ECMA-424, 1st edition; cyclonedx.org/docs/1.6/json, declarations and definitions.standards.
//
// Before version 1 exported names may still change; changes are listed.
package approvalcdx
