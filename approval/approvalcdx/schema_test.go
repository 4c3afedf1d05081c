package approvalcdx_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// testData is a file that others wrote.
func testData(t *testing.T, name string) []byte {
	t.Helper()
	dir := os.Getenv("VERKTOY_TESTDATA")
	if dir == "" {
		if os.Getenv("VERKTOY_REQUIRE_ALL") == "1" {
			t.Fatal("VERKTOY_TESTDATA is not set, and VERKTOY_REQUIRE_ALL is")
		}
		t.Skip("VERKTOY_TESTDATA names no folder with CycloneDX's schema")
	}
	data, err := os.ReadFile(filepath.Join(dir, name))
	require.NoError(t, err)
	return data
}

// official is CycloneDX's own schema. The schemas of licence names and of signatures, which it refers to, are not at hand: anything is a
// licence or a signature here. We write neither.
func official(t *testing.T) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	add := func(url string, text []byte) {
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		require.NoError(t, err)
		require.NoError(t, c.AddResource(url, doc))
	}
	const base = "http://cyclonedx.org/schema/"
	add(base+"bom-1.6.schema.json", testData(t, "cyclonedx/bom-1.6.schema.json"))
	add(base+"spdx.schema.json", []byte(`{}`))
	add(base+"jsf-0.82.schema.json", []byte(`{"definitions":{"signature":{}}}`))
	schema, err := c.Compile(base + "bom-1.6.schema.json")
	require.NoError(t, err)
	return schema
}

// places are where a document breaks the schema, as JSON Pointers.
func places(t *testing.T, schema *jsonschema.Schema, text []byte) []string {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	require.NoError(t, err)
	err = schema.Validate(doc)
	if err == nil {
		return nil
	}
	var wrong *jsonschema.ValidationError
	require.True(t, errors.As(err, &wrong))
	return leaves(wrong)
}

func leaves(e *jsonschema.ValidationError) []string {
	at := "/" + strings.Join(e.InstanceLocation, "/")
	if more, is := e.ErrorKind.(*kind.AdditionalProperties); is {
		return []string{at + "/" + strings.Join(more.Properties, ","+at+"/")}
	}
	if len(e.Causes) == 0 {
		return []string{at}
	}
	var out []string
	for _, c := range e.Causes {
		out = append(out, leaves(c)...)
	}
	return out
}

func TestTheSchemaTakesWhatWeWrite(t *testing.T) {
	schema := official(t)
	written := 0
	for _, c := range cases(t) {
		assert.Empty(t, places(t, schema, c.written), c.name)
		written++
	}
	assert.GreaterOrEqual(t, written, 4)
	assert.Empty(t, places(t, schema, testData(t, "cyclonedx/valid-attestation-1.6.json")), "CycloneDX's own example")
}

// OWASP publishes ASVS 5.0.0 with the standard where only declarations may stand (OWASP/ASVS#3354). A check that takes it takes anything.
func TestTheSchemaRefusesASVSsOwnExport(t *testing.T) {
	assert.Equal(t, []string{"/declarations/standards"}, places(t, official(t), testData(t, "asvs/asvs-5.0.0-en.cdx.json")))
}
