package cataloguefhir_test

import (
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue/cataloguefhir"
)

// nodeDir is VERKTOY_TEST_NODE, a folder whose node_modules has npm's fhir, and whose fhir-examples has HL7's ActivityDefinitions.
func nodeDir(t testing.TB) string {
	t.Helper()
	dir := os.Getenv("VERKTOY_TEST_NODE")
	if dir == "" {
		if os.Getenv("VERKTOY_REQUIRE_ALL") == "1" {
			t.Fatal("VERKTOY_TEST_NODE is empty, want a folder with node_modules/fhir and fhir-examples")
		}
		t.Skip("no node: VERKTOY_TEST_NODE is empty")
	}
	return dir
}

// judge lets npm's fhir validate resources: for each, its errors.
func judge(t *testing.T, resources ...[]byte) [][]string {
	t.Helper()
	dir := nodeDir(t)
	input := make([]json.RawMessage, len(resources))
	for i, r := range resources {
		input[i] = r
	}
	in, err := json.Marshal(input)
	require.NoError(t, err)
	file := t.TempDir() + "/input.json"
	require.NoError(t, os.WriteFile(file, in, 0o600))
	script, err := os.Open("testdata/fhir.mjs")
	require.NoError(t, err)
	defer script.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, "node", "--input-type=module")
	cmd.Dir, cmd.Stdin, cmd.Stderr, cmd.Env = dir, script, os.Stderr, append(os.Environ(), "INPUT="+file)
	out, err := cmd.Output()
	require.NoError(t, err)
	var verdicts [][]string
	require.NoError(t, json.Unmarshal(out, &verdicts))
	require.Len(t, verdicts, len(resources))
	return verdicts
}

func TestTheValidatorAcceptsWhatWeWrite(t *testing.T) {
	w := writer(t)
	tools := samples(t)
	resources := [][]byte{bundle(t, tools...), bundle(t, full()), bundle(t)}
	for _, tool := range append(tools, full()) {
		one, err := w.Tool(tool)
		require.NoError(t, err)
		resources = append(resources, one)
		for _, u := range tool.Units {
			unit, err := w.Unit(tool, u.ID)
			require.NoError(t, err)
			resources = append(resources, unit)
		}
	}
	require.Greater(t, len(resources), 100)
	for i, found := range judge(t, resources...) {
		assert.Empty(t, found, "resource %d", i)
	}
}

// The same resources with one thing broken: a judge that takes these takes anything.
func TestTheValidatorRefusesBrokenOnes(t *testing.T) {
	cases := []struct {
		name, want string
		edit       func(tool, unit object)
	}{
		{"a member that does not exist", "ActivityDefinition.titel: Unexpected property", func(tool, _ object) { tool["titel"] = "x" }},
		{"a status that does not exist", `ActivityDefinition.status: Code "listed" not found in value set`, func(tool, _ object) { tool["status"] = "listed" }},
		{"no status", "ActivityDefinition.status: Missing property", func(_, unit object) { delete(unit, "status") }},
		{"one where a list belongs", "ActivityDefinition.topic: Property is not an array", func(tool, _ object) { tool["topic"] = object{"text": "x"} }},
		{"an extension's value of no type", "ActivityDefinition.extension[0].valueText: Unexpected property",
			func(_, unit object) { unit["extension"].([]any)[0].(object)["valueText"] = "x" }},
	}
	resources := make([][]byte, len(cases))
	for i, c := range cases {
		resources[i] = edited(t, c.edit)
	}
	for i, found := range judge(t, resources...) {
		assert.Equal(t, []string{cases[i].want}, found, cases[i].name)
	}
}

// HL7's own examples have nothing to do with tools; each is read, with notes, or refused with a place.
func TestHL7sExamples(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(nodeDir(t), "fhir-examples", "ActivityDefinition-*.json"))
	require.NoError(t, err)
	require.Len(t, files, 9)
	read := 0
	for _, file := range files {
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		_, err = cataloguefhir.Read(data, cataloguefhir.Options{})
		require.ErrorIs(t, err, cataloguefhir.ErrInvalid, "none says its language")

		got, err := cataloguefhir.Read(data, cataloguefhir.Options{Language: "en"})
		if err != nil {
			t.Logf("%s: %v", filepath.Base(file), err)
			assert.NotEmpty(t, problems(t, err))
			continue
		}
		read++
		require.Len(t, got.Tools, 1)
		assert.True(t, got.Tools[0].Access.RequiresPrescription, "none says who may use it")
		assert.Contains(t, codes(got.Notes), "ActivityDefinition.kind not-kept")
		again, err := cataloguefhir.Read(bundle(t, got.Tools...), cataloguefhir.Options{})
		require.NoError(t, err)
		assert.Equal(t, got.Tools, again.Tools)
		assert.Empty(t, codes(again.Notes))
	}
	assert.Positive(t, read)
	t.Logf("read %d of %d", read, len(files))
}
