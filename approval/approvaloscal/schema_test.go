package approvaloscal_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval/approvaloscal"
)

// official is NIST's own schema of all OSCAL models.
func official(t *testing.T) *jsonschema.Schema {
	t.Helper()
	dir := os.Getenv("VERKTOY_TESTDATA")
	if dir == "" {
		if os.Getenv("VERKTOY_REQUIRE_ALL") == "1" {
			t.Fatal("VERKTOY_TESTDATA is not set, and VERKTOY_REQUIRE_ALL is")
		}
		t.Skip("VERKTOY_TESTDATA names no folder with OSCAL's schema")
	}
	text, err := os.ReadFile(filepath.Join(dir, "oscal", "oscal_complete_schema-1-2-2.json"))
	require.NoError(t, err)
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	require.NoError(t, err)
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	require.NoError(t, c.AddResource("oscal.json", doc))
	schema, err := c.Compile("oscal.json")
	require.NoError(t, err)
	return schema
}

func judge(t *testing.T, schema *jsonschema.Schema, text []byte) error {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	require.NoError(t, err)
	return schema.Validate(doc)
}

func TestTheSchemaTakesWhatWeWrite(t *testing.T) {
	schema := official(t)
	all := cases(t)
	require.GreaterOrEqual(t, len(all), 6)
	for _, c := range all {
		assert.NoError(t, judge(t, schema, c.written), c.name)
	}
}

// The same documents with one thing broken: a schema that takes these takes anything.
func TestTheSchemaRefusesBrokenOnes(t *testing.T) {
	schema := official(t)
	edits := map[string]func(object){
		"/assessment-results/results/0/findings/0/target/status/state": func(r object) { path(r, "findings", "target", "status")["state"] = "waived" },
		"/assessment-results/results/0/observations/0/collected":       func(r object) { path(r, "observations")["collected"] = "2026-03-01" },
		"/assessment-results/results/0/findings/0/uuid":                func(r object) { path(r, "findings")["uuid"] = "1" },
		"/assessment-results/results/0":                                func(r object) { delete(r, "reviewed-controls") },
	}
	for place, edit := range edits {
		doc := parsed(t, results(t, nil, approvaloscal.Options{}))
		edit(first(doc))
		err := schema.Validate(doc)
		assert.ErrorContains(t, err, "at '"+place+"'", place)
	}
}
