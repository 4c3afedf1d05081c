package schema_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/verktoykatalog/verktoy/catalogue/schema"
)

// Check a document with a validator, as other languages do. Give the schema to an
// editor and it completes what is being written.
func ExampleCatalogue() {
	parsed, err := jsonschema.UnmarshalJSON(bytes.NewReader(schema.Catalogue()))
	if err != nil {
		log.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat() // or dates are not checked
	if err := compiler.AddResource(schema.CatalogueID, parsed); err != nil {
		log.Fatal(err)
	}
	compiled, err := compiler.Compile(schema.CatalogueID)
	if err != nil {
		log.Fatal(err)
	}
	for _, status := range []string{"listed", "published"} {
		var document any
		text := `{"version": 1, "tools": [{"id": "sov-godt", "status": "` + status + `", "name": {"nb": "Sov godt"}, "access": {}}]}`
		if err := json.Unmarshal([]byte(text), &document); err != nil {
			log.Fatal(err)
		}
		fmt.Println(status, compiled.Validate(document) == nil)
	}
	// Output:
	// listed true
	// published false
}
