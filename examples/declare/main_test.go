package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const (
	good = "../demo/declaration.json"
	bad  = "../demo/declaration-bad.json"
)

// day is after the declaration was submitted and while its evidence holds.
var day = time.Date(2026, time.November, 2, 9, 0, 0, 0, time.UTC)

func call(args ...string) (code int, stdout, stderr string) {
	var out, errs bytes.Buffer
	code = run(args, day, &out, &errs)
	return code, out.String(), errs.String()
}

func TestSchemaIsTheSetsOwn(t *testing.T) {
	code, out, errs := call("schema")
	require.Equal(t, 0, code, errs)
	var schema map[string]any
	require.NoError(t, json.Unmarshal([]byte(out), &schema))
	assert.Equal(t, "https://json-schema.org/draft/2020-12/schema", schema["$schema"])
	assert.Contains(t, out, `"PRIV-02"`)
	code, _, errs = call("schema", "-set", "no-such-set")
	assert.Equal(t, 2, code)
	assert.Contains(t, errs, "ett av disse: baseline@1.0.0, baseline@1.1.0, web-baseline@1.0.0")
}

func TestCheck(t *testing.T) {
	code, out, errs := call("check", good)
	assert.Equal(t, 0, code, errs)
	assert.Equal(t, good+": Selvdeklarasjonen er gyldig.\n", out)

	code, out, _ = call("check", "-lang", "nn", good, bad)
	assert.Equal(t, 1, code, "the worst of the files counts")
	for _, want := range []string{"/answers/SEC-99: ", "/answers/AI-01/reason AI-01: Krav AI-01", "/facts/minimumAge: ", "/signedBy: ", "/vendor/orgNumber: "} {
		assert.Contains(t, out, "\n  "+want)
	}
}

func TestCheckJSON(t *testing.T) {
	code, out, _ := call("check", "-json", "-lang", "en", bad)
	assert.Equal(t, 1, code)
	var got checked
	require.NoError(t, json.Unmarshal([]byte(out), &got))
	assert.False(t, got.Valid)
	require.Len(t, got.Problems, 12)
	for _, p := range got.Problems {
		assert.NotEmpty(t, p.Pointer)
		assert.NotEmpty(t, p.Code)
		assert.NotEmpty(t, p.Text)
	}
}

func TestDecide(t *testing.T) {
	code, out, errs := call("decide", "-lang", "en", good)
	require.Equal(t, 0, code, errs)
	assert.Contains(t, out, "panel")
	assert.Contains(t, out, "| CLIN-03 ")

	code, out, errs = call("decide", "-json", good)
	require.Equal(t, 0, code, errs)
	var decision struct {
		ID, Outcome string
		Reasons     []any
	}
	require.NoError(t, json.Unmarshal([]byte(out), &decision))
	assert.Equal(t, "needs-review", decision.Outcome)
	assert.GreaterOrEqual(t, len(decision.Reasons), 20)

	page := filepath.Join(t.TempDir(), "report.html")
	code, _, errs = call("decide", "-html", page, good)
	require.Equal(t, 0, code, errs)
	report, err := os.ReadFile(page)
	require.NoError(t, err)
	assert.Contains(t, string(report), "<!DOCTYPE html>")
	assert.Contains(t, string(report), decision.ID)
}

func TestUnusableInput(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		file := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
		return file
	}
	cases := []struct {
		name string
		args []string
		want string
	}{
		{"no command", nil, "want schema, check, decide"},
		{"unknown command", []string{"decode"}, "want schema, check, decide"},
		{"no file", []string{"check"}, "no file"},
		{"two files to decide", []string{"decide", good, good}, "2 files, want one"},
		{"unknown language", []string{"check", "-lang", "se", good}, `-lang "se"`},
		{"missing file", []string{"check", filepath.Join(dir, "none.json")}, "none.json"},
		{"20 MB", []string{"check", write("large.json", strings.Repeat(" ", 20<<20))}, "1 MiB"},
		{"broken UTF-8", []string{"check", write("utf8.json", "{\"id\":\"\xff\"}")}, "UTF-8"},
		{"byte order mark", []string{"check", write("bom.json", "\ufeff{}")}, "Lagre den som UTF-8 uten BOM"},
		{"not JSON", []string{"decide", write("text.json", "hei")}, "JSON"},
		{"two documents", []string{"check", write("two.json", "{} {}")}, "slutt"},
		{"report that cannot be written", []string{"decide", "-html", filepath.Join(dir, "no", "such", "dir.html"), good}, "Rapporten ble ikke skrevet. Finner ikke"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			code, out, errs := call(c.args...)
			assert.Equal(t, 2, code)
			assert.Contains(t, out+errs, c.want)
		})
	}
}

// What a document says must not steer the terminal, nor look like a line of ours.
func TestHostileNamesArePrintedHarmlessly(t *testing.T) {
	file := filepath.Join(t.TempDir(), "hostile.json")
	require.NoError(t, os.WriteFile(file, []byte(`{"a\u001b[2J\nb: Selvdeklarasjonen er gyldig.":1,"`+strings.Repeat("x", 10_000)+`":2}`), 0o600))
	code, out, _ := call("check", file)
	assert.Equal(t, 1, code)
	assert.NotContains(t, out, "\x1b")
	assert.NotContains(t, out, "\nb: ")
	for line := range strings.SplitSeq(out, "\n") {
		assert.Less(t, len(line), 3000)
	}
}

// A declaration may be valid and not complete; check says so.
func TestCheckSaysWhatIsStillMissing(t *testing.T) {
	data, err := os.ReadFile(good)
	require.NoError(t, err)
	var document map[string]any
	require.NoError(t, json.Unmarshal(data, &document))
	delete(document["answers"].(map[string]any), "SEC-02")
	data, err = json.Marshal(document)
	require.NoError(t, err)
	file := filepath.Join(t.TempDir(), "partial.json")
	require.NoError(t, os.WriteFile(file, data, 0o600))
	code, out, _ := call("check", file)
	assert.Equal(t, 0, code)
	assert.Contains(t, out, "Selvdeklarasjonen er gyldig. Vi mangler noe før vi kan avgjøre saken.")
}

func TestDecideDoesNotOverwriteTheDeclaration(t *testing.T) {
	data, err := os.ReadFile(good)
	require.NoError(t, err)
	file := filepath.Join(t.TempDir(), "self.json")
	require.NoError(t, os.WriteFile(file, data, 0o600))
	code, _, errs := call("decide", "-html", file, file)
	assert.Equal(t, 2, code)
	assert.Contains(t, errs, "want another file")
	after, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Equal(t, data, after)
}

func TestHelp(t *testing.T) {
	code, out, _ := call("-h")
	assert.Equal(t, 0, code)
	assert.Contains(t, out, "declare check")
}

func TestInvalidDeclarationGetsNoDecision(t *testing.T) {
	code, out, errs := call("decide", bad)
	assert.Equal(t, 1, code)
	assert.Empty(t, out)
	assert.Contains(t, errs, "/answers/SEC-99")
}
