// Package schema publishes the JSON Schema (draft 2020-12) of the catalogue's document, for editors, for other languages and for those who
// want to check a document before they send it.
//
// [Catalogue] gives the schema. Package catalogue does not need it: catalogue.Parse checks all that the schema does and more, such as ids
// and identifiers that appear twice, ages and days that contradict each other, the check digit of organisation numbers, and blank or deceptive characters in
// texts. To find wrong dates a validator must check formats ("format": "date").
//
// The schema is generated from the Go types of package catalogue and does not change its meaning while "version" in a document is 1,
// except that members may be added.
package schema

import (
	_ "embed"
	"slices"
)

//go:embed catalogue.schema.json
var document []byte

// CatalogueID is the schema's $id. Nothing has to be fetched from it: the schema refers to itself only.
const CatalogueID = "https://verktoykatalog.github.io/schema/catalogue.schema.json"

// Catalogue gives the schema of a catalogue's document. The bytes are the caller's own.
func Catalogue() []byte { return slices.Clone(document) }
