// Package schema holds the published JSON Schemas (draft 2020-12) of this SDK's
// approval documents: [SelfDeclaration], [VendorDeclaration], [RequirementSet],
// [Decision] and [Mapping].
//
// They are for forms, editors and programs in other languages. The schemas of
// declarations here know no requirements; those for a certain requirement set,
// with its questions, answers and reasons, are made by
// approval.RequirementSet.Schema, DraftSchema and VendorSchema. A document that fits its schema can still be
// wrong in ways that a schema cannot say: package approval checks those too.
//
// The schemas are generated from the Go types and complete in themselves:
// nothing is fetched. Their $id stays; before version 1 their content may
// change, and the documents carry a version of their own.
package schema

import (
	_ "embed"
	"slices"
)

var (
	//go:embed self-declaration.schema.json
	selfDeclaration []byte
	//go:embed vendor-declaration.schema.json
	vendorDeclaration []byte
	//go:embed requirement-set.schema.json
	requirementSet []byte
	//go:embed decision.schema.json
	decision []byte
	//go:embed mapping.schema.json
	mapping []byte
)

// SelfDeclaration is the schema of what a vendor submits, whatever the
// requirement set. The caller owns the bytes.
func SelfDeclaration() []byte { return slices.Clone(selfDeclaration) }

// VendorDeclaration is the schema of what a vendor answers once for all its
// tools, whatever the requirement set. The caller owns the bytes.
func VendorDeclaration() []byte { return slices.Clone(vendorDeclaration) }

// RequirementSet is the schema of a requirement set's file. The caller owns the bytes.
func RequirementSet() []byte { return slices.Clone(requirementSet) }

// Decision is the schema of a decision as it is stored. The caller owns the bytes.
func Decision() []byte { return slices.Clone(decision) }

// Mapping is the schema of what became of each requirement from one set to
// another. The caller owns the bytes.
func Mapping() []byte { return slices.Clone(mapping) }
