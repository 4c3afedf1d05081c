package oppgave_test

import (
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/prescription/oppgave"
)

// The Task is one that npm's fhir takes, with nothing in it that R4 does not have; a broken one is not taken.
func TestTheValidatorAcceptsTheTask(t *testing.T) {
	task := goodTask(t)
	task.OnBehalf = true // this validator takes false for a value that is missing
	good, err := oppgave.AssumedWire(oppgave.AssumedDeadlineURL).Task(task)
	require.NoError(t, err)
	task.Final, task.Sender.Phone = task.Deadline.Add(day), "67 00 00 00"
	full, err := oppgave.AssumedWire(oppgave.AssumedDeadlineURL).Task(task)
	require.NoError(t, err)
	broken := []byte(strings.Replace(string(good), `"intent"`, `"intention"`, 1))
	verdicts := validate(t, good, full, broken)
	assert.Empty(t, verdicts[0])
	assert.Empty(t, verdicts[1])
	assert.Contains(t, verdicts[2], "Task.intention: Unexpected property")
}

// validate lets npm's fhir in VERKTOY_TEST_NODE judge resources: for each, its errors.
func validate(t *testing.T, resources ...json.RawMessage) [][]string {
	t.Helper()
	dir := os.Getenv("VERKTOY_TEST_NODE")
	if dir == "" {
		if os.Getenv("VERKTOY_REQUIRE_ALL") == "1" {
			t.Fatal("VERKTOY_TEST_NODE is empty, want a folder with node_modules/fhir")
		}
		t.Skip("no node: VERKTOY_TEST_NODE is empty")
	}
	in, err := json.Marshal(resources)
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
