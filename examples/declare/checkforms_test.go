package main

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestCheckForms(t *testing.T) {
	cases := []struct {
		name string
		args []string
		code int
		want string
	}{
		{"a complete declaration", []string{complete}, 0, ": Selvdeklarasjonen er gyldig.\n"},
		{"a draft that is right so far", []string{"-draft", draft}, 0, ": Det som er fylt ut i utkastet, er riktig.\n"},
		{"a draft that is handed in", []string{draft}, 1, "\n  /submitted: "},
		{"a draft with a mistake", []string{"-draft", bad}, 1, "\n  /answers/SEC-99: "},
		{"the vendor's own answers", []string{"-vendor", "-lang", "nn", own}, 0, ": Erklæringa til leverandøren er gyldig.\n"},
		{"a tool's declaration as the vendor's", []string{"-vendor", complete}, 1, "\n  /tool: "},
		{"the vendor's declaration as a tool's", []string{own}, 1, "\n  /facts: "},
		{"a set by its id", []string{"-set", "baseline", complete}, 0, "gyldig"},
		{"another set than the declaration's", []string{"-set", "web-baseline@1.0.0", complete}, 1, "\n  /set/id: "},
		{"both forms", []string{"-draft", "-vendor", draft}, 2, "want one of them"},
		{"no such set", []string{"-set", "none@1.0.0", complete}, 2, "Oppgi en fil eller ett av disse: baseline@"},
		{"a set that is none", []string{"-set", complete, complete}, 2, "invalid requirement set"},
		{"a missing vendor's file", []string{"-vendor", "none.json"}, 2, "none.json"},
		{"no JSON as a draft", []string{"-draft", "main.go"}, 2, "JSON"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			code, out, errs := call(append([]string{"check"}, c.args...)...)
			assert.Equal(t, c.code, code, out+errs)
			assert.Contains(t, out+errs, c.want)
		})
	}
}

// A draft of the next version of a set can be tried before the set is released.
func TestCheckAgainstASetFromAFile(t *testing.T) {
	next := nextSet(t)
	answers := changed(t, `"version": "1.0.0"`, `"version": "9.0.0"`)
	code, out, errs := call("check", "-set", next, answers)
	assert.Equal(t, 0, code, out+errs)
	assert.Contains(t, out, "Selvdeklarasjonen er gyldig. Vi mangler noe", "NEW-01 has no answer")
	code, out, _ = call("check", "-json", "-set", next, answers)
	assert.Equal(t, 0, code)
	assert.Contains(t, out, `"set":"web-baseline@9.0.0"`)
}

func TestCheckSummary(t *testing.T) {
	none := filepath.Join(t.TempDir(), "none.json")
	code, out, errs := call("check", "-lang", "en", complete, bad, none)
	require.Equal(t, 2, code, errs)
	_, table, found := strings.Cut(out, "\n\n")
	require.True(t, found, out)
	var rows [][]string
	for line := range strings.Lines(table) {
		rows = append(rows, strings.Fields(line))
	}
	assert.Equal(t, [][]string{
		{"File", "Requirement", "set", "Mistakes", "Verdict"},
		{complete, "baseline@1.1.0", "0", "valid"},
		{bad, "web-baseline@1.0.0", "12", "not", "valid"},
		{none, "–", "cannot", "be", "read"}}, rows)
}

// Programs read one object a line, and nothing else.
func TestCheckJSONHasNoSummary(t *testing.T) {
	code, out, _ := call("check", "-json", complete, bad)
	assert.Equal(t, 1, code)
	lines := strings.Split(strings.TrimSpace(out), "\n")
	require.Len(t, lines, 2)
	for _, line := range lines {
		assert.NoError(t, json.Unmarshal([]byte(line), &checked{}))
	}
}

// What does not fit in the list is counted all the same.
func TestCheckCountsEveryMistake(t *testing.T) {
	crowded := edited(t, complete, func(d object) {
		for n := range 150 {
			d["answers"].(object)["NO-"+strings.Repeat("X", n%50)+string(rune('A'+n/50))] = object{"status": "yes"}
		}
	})
	code, out, _ := call("check", "-lang", "en", crowded)
	assert.Equal(t, 1, code)
	assert.Contains(t, out, "150 mistakes to correct:")
	assert.Equal(t, 101, strings.Count(out, "\n"))
}
