package fhir_test

import (
	"strings"
	"testing"

	"github.com/verktoykatalog/verktoy/internal/fhir"
)

func TestEncodeIsPlainAndNamesThePackage(t *testing.T) {
	got, err := fhir.Encode("somefhir", map[string]string{"b": "<p> & å", "a": "1"})
	if want := "{\n  \"a\": \"1\",\n  \"b\": \"<p> & å\"\n}\n"; err != nil || string(got) != want {
		t.Fatalf("got %q, %v; want %q", got, err, want)
	}
	if _, err := fhir.Encode("somefhir", func() {}); err == nil || !strings.HasPrefix(err.Error(), "somefhir: ") {
		t.Fatalf("a function as a resource: %v; want an error that begins with somefhir", err)
	}
}
