package prescriptionfhir_test

import (
	"context"
	"encoding/json"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/prescription/prescriptionfhir"
)

// nodeDir is VERKTOY_TEST_NODE, a folder whose node_modules has npm's fhir, and whose fhir-examples has HL7's Tasks and ServiceRequests.
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
	file := filepath.Join(t.TempDir(), "input.json")
	require.NoError(t, os.WriteFile(file, in, 0o600))
	script, err := os.Open("../../catalogue/cataloguefhir/testdata/fhir.mjs")
	require.NoError(t, err)
	defer func() { _ = script.Close() }()
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
	r, m := rand.New(rand.NewPCG(20261101, 9)), mapper(t)
	var resources [][]byte
	add := func(text []byte, err error) {
		require.NoError(t, err)
		resources = append(resources, text)
	}
	for _, state := range stored() {
		for range 10 {
			p := random(r, state)
			o := prescriptionfhir.Options{At: p.Expires.Add(time.Duration(r.IntN(3)-1) * time.Microsecond), Notes: notes()}
			if !p.Patient.NationalID.IsZero() {
				o.NationalIDInClearUnsafe = "test"
			}
			add(m.Task(p, o))
			add(m.ServiceRequest(p, o))
		}
	}
	add(m.HelsenorgeTaskWithNationalIDUnsafe(atHelsenorge(), "test"))
	require.Greater(t, len(resources), 200)
	for i, found := range judge(t, resources...) {
		assert.Empty(t, found, "resource %d", i)
	}
}

// The same resources with one thing broken: a judge that takes these takes anything.
func TestTheValidatorRefusesBrokenOnes(t *testing.T) {
	order := full()
	cases := []struct {
		want string
		text []byte
		edit func(object)
	}{
		{"Task.title: Unexpected property", taskOf(t, full()), func(o object) { o["title"] = "x" }},
		{`Task.status: Code "sent" not found in value set`, taskOf(t, full()), func(o object) { o["status"] = "sent" }},
		{"Task.intent: Missing property", taskOf(t, full()), func(o object) { delete(o, "intent") }},
		{"Task.extension[0].valueText: Unexpected property", taskOf(t, full()), func(o object) { o["extension"].([]any)[0].(object)["valueText"] = "x" }},
		{"ServiceRequest.subject: Missing property", orderOf(t, order), func(o object) { delete(o, "subject") }},
		{"ServiceRequest.replaces: Property is not an array", orderOf(t, order), func(o object) { o["replaces"] = object{"display": "x"} }},
	}
	resources := make([][]byte, len(cases))
	for i, c := range cases {
		resources[i] = edited(t, c.text, c.edit)
	}
	for i, found := range judge(t, resources...) {
		assert.Equal(t, []string{cases[i].want}, found)
	}
}
