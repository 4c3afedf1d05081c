package fhir

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// Encode writes a resource as JSON, indented by two spaces, with "<", ">" and "&" as they are and a line feed at the end: equal resources
// give equal bytes. The error begins with the package whose resource it is; only a value that JSON cannot hold gives one.
func Encode(pkg string, resource any) ([]byte, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(resource); err != nil {
		return nil, fmt.Errorf("%s: %w", pkg, err)
	}
	return out.Bytes(), nil
}
