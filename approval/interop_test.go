package approval_test

import (
	"context"
	"encoding/json"
	"math/rand/v2"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/approval/requirement"
	"github.com/verktoykatalog/verktoy/approval/schema"
	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/catalogue/sample"
	catalogueschema "github.com/verktoykatalog/verktoy/catalogue/schema"
	"github.com/verktoykatalog/verktoy/internal/underrace"
)

// ajv judges documents with npm's validator. VERKTOY_TEST_NODE names a folder
// whose node_modules has ajv and ajv-formats.
func ajv(t *testing.T, schema []byte, documents ...[]byte) []bool {
	t.Helper()
	dir := os.Getenv("VERKTOY_TEST_NODE")
	if dir == "" {
		if os.Getenv("VERKTOY_REQUIRE_ALL") == "1" {
			t.Fatal("VERKTOY_TEST_NODE is empty, want a folder with node_modules/ajv")
		}
		t.Skip("no node: VERKTOY_TEST_NODE is empty")
	}
	input := struct {
		Schema    json.RawMessage   `json:"schema"`
		Documents []json.RawMessage `json:"documents"`
	}{Schema: schema, Documents: []json.RawMessage{}}
	for _, d := range documents {
		input.Documents = append(input.Documents, d)
	}
	in, err := json.Marshal(input)
	require.NoError(t, err)
	file := t.TempDir() + "/input.json"
	require.NoError(t, os.WriteFile(file, in, 0o600))
	script, err := os.Open("testdata/ajv.mjs")
	require.NoError(t, err)
	defer script.Close()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, "node", "--input-type=module")
	cmd.Dir, cmd.Stdin, cmd.Stderr, cmd.Env = dir, script, os.Stderr, append(os.Environ(), "INPUT="+file)
	out, err := cmd.Output()
	require.NoError(t, err)
	var verdicts []bool
	require.NoError(t, json.Unmarshal(out, &verdicts))
	require.Len(t, verdicts, len(documents))
	return verdicts
}

// A validator that others wrote, in its strict mode, agrees on what is a
// declaration and what is not.
func TestAjvAgreesOnDeclarations(t *testing.T) {
	set := small(t)
	own, err := set.Schema()
	require.NoError(t, err)
	edits := []struct {
		name string
		edit func(document)
		want bool
	}{
		{"good", nil, true},
		{"unknown member", func(d document) { d["extra"] = 1 }, false},
		{"unknown requirement", func(d document) { d["answers"].(document)["X-9"] = document{"status": "yes"} }, false},
		{"unknown status", func(d document) { d["answers"].(document)["A-1"] = document{"status": "maybe"} }, false},
		{"no status", func(d document) { d["answers"].(document)["A-1"] = document{} }, false},
		{"reason with a yes", func(d document) { d["answers"].(document)["A-1"] = document{"status": "yes", "reason": "x"} }, false},
		{"wrong type of fact", func(d document) { d["facts"].(document)["minimumAge"] = "18" }, false},
		{"no such day", func(d document) { d["submitted"] = "2026-02-30" }, false},
		{"no signatory", func(d document) { delete(d, "signedBy") }, false},
		{"other set", func(d document) { d["set"].(document)["version"] = "9.9.9" }, false},
		{"a fact left out", func(d document) { delete(d["facts"].(document), "login") }, true},
		{"an answer left out", func(d document) { delete(d["answers"].(document), "A-1") }, true},
	}
	documents := make([][]byte, len(edits))
	for i, e := range edits {
		documents[i] = edited(t, "good.json", e.edit)
	}
	for i, verdict := range ajv(t, own, documents...) {
		assert.Equal(t, edits[i].want, verdict, edits[i].name)
	}
}

// A validator that others wrote agrees with ours about generated documents, good
// and broken, of every form. What a schema cannot say is no part of this.
func TestAjvAgreesOnGeneratedDeclarations(t *testing.T) {
	good, bad := 0, 0
	for i, s := range subjects(t) {
		g := generator{rand.New(rand.NewPCG(uint64(i), 2020_12)), s}
		var documents [][]byte
		for range underrace.Cases(60) {
			documents = append(documents, []byte(encode(t, g.document(t))), g.broken(t, g.document(t)), g.broken(t, g.document(t)))
		}
		text, err := s.schema()
		require.NoError(t, err)
		for j, theirs := range ajv(t, text, documents...) {
			ours, err := approval.Fits(documents[j], s.set, s.form)
			require.NoError(t, err)
			assert.Equal(t, ours, theirs, "%s: %s", s.name, documents[j])
			assert.True(t, ours || j%3 != 0, "%s: a generated document is not taken: %s", s.name, documents[j])
			if ours {
				good++
			} else {
				bad++
			}
		}
	}
	t.Logf("%d good, %d broken", good, bad)
	assert.GreaterOrEqual(t, good+bad, underrace.Cases(300))
	assert.GreaterOrEqual(t, good, underrace.Cases(100))
	assert.GreaterOrEqual(t, bad, underrace.Cases(100))
}

func TestAjvTakesWhatWePublish(t *testing.T) {
	set, err := requirement.Get("web-baseline")
	require.NoError(t, err)
	own, err := set.Schema()
	require.NoError(t, err)
	assert.Empty(t, ajv(t, own), "the schema of the released set compiles")

	document, err := sample.Document()
	require.NoError(t, err)
	tools, err := catalogue.Marshal(document)
	require.NoError(t, err)
	assert.Equal(t, []bool{true, false}, ajv(t, catalogueschema.Catalogue(), tools, []byte(`{"version":1,"tools":[{"id":"a"}]}`)))

	assert.Equal(t, []bool{true, false}, ajv(t, schema.SelfDeclaration(), read(t, "good.json"), []byte(`{}`)))
	assert.Equal(t, []bool{true, false}, ajv(t, schema.VendorDeclaration(), read(t, "vendor.json"), []byte(`{}`)))
	assert.Equal(t, []bool{true, false}, ajv(t, schema.RequirementSet(), read(t, "small@1.0.0.json"), []byte(`{}`)))
	mapping := []byte(encode(t, approval.SameIDs(small(t), later(t, nil))))
	assert.Equal(t, []bool{true, false}, ajv(t, schema.Mapping(), mapping, []byte(`{"entries":[{}]}`)))
	decision, err := json.Marshal(evaluate(t, nil))
	require.NoError(t, err)
	assert.Equal(t, []bool{true, false}, ajv(t, schema.Decision(), decision, []byte(`{"version":1}`)))
}
