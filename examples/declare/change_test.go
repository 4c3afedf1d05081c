package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/approval/requirement"
	"github.com/verktoykatalog/verktoy/catalogue"
)

func file(t *testing.T, name string, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, data, 0o600))
	return path
}

// changed is the good declaration with one piece of text replaced.
func changed(t *testing.T, old, new string) string {
	t.Helper()
	data, err := os.ReadFile(good)
	require.NoError(t, err)
	require.Contains(t, string(data), old)
	return file(t, "changed.json", []byte(strings.Replace(string(data), old, new, 1)))
}

// stdin lets the program read a file as standard input.
func stdin(t *testing.T, path string) {
	t.Helper()
	f, err := os.Open(path)
	require.NoError(t, err)
	old := os.Stdin
	os.Stdin = f
	t.Cleanup(func() { os.Stdin = old; f.Close() })
}

func TestDiff(t *testing.T) {
	code, out, errs := call("diff", good, good)
	require.Equal(t, 0, code, errs)
	assert.Equal(t, "Erklæringene sier det samme.\n", out)

	code, out, errs = call("diff", "-lang", "en", good, changed(t, `"release": "2.3"`, `"release": "2.4"`))
	require.Equal(t, 1, code, errs)
	assert.Equal(t, "Material changes. Send the declaration for a new assessment.\n"+
		"  /tool/release: The release of the tool is another one. The change is material: certificates, test reports and other evidence are about the "+
		"release they were made for. Look at them again, and send the declaration for a new assessment.\n", out)
	code, out, errs = call("diff", "-lang", "en", good, changed(t, `"title": "Daglig leder"`, `"title": "Leder"`))
	require.Equal(t, 0, code, errs)
	assert.Contains(t, out, "Editorial changes only. No new assessment is needed.\n  /signedBy: ")

	other := changed(t, `"310310565"`, `"974760673"`)
	stdin(t, other)
	code, out, errs = call("diff", "-lang", "nn", "-set", "web-baseline@1.0.0", good, "-")
	require.Equal(t, 1, code, errs)
	assert.Contains(t, out, "Vesentlege endringar.")
	assert.Contains(t, out, "\n  /vendor/orgNumber: ")

	code, out, errs = call("diff", "-json", good, other)
	require.Equal(t, 1, code, errs)
	var got struct {
		Material bool
		Changes  []approval.Change
	}
	require.NoError(t, json.Unmarshal([]byte(out), &got))
	assert.True(t, got.Material)
	assert.Equal(t, approval.ChangedVendor, got.Changes[0].Kind)
}

// nextSet is the released set with another version, one requirement worded
// otherwise, and one that is new.
func nextSet(t *testing.T) string {
	t.Helper()
	set, err := requirement.Get("web-baseline")
	require.NoError(t, err)
	set.Version = "9.0.0"
	added := set.Requirements[0]
	added.ID = "NEW-01"
	set.Requirements[1].Text = catalogue.Text{"nb": "ny", "nn": "ny", "en": "new"}
	set.Requirements = append(set.Requirements, added)
	data, err := json.Marshal(set)
	require.NoError(t, err)
	return file(t, "next.json", data)
}

func TestMigrate(t *testing.T) {
	set, err := requirement.Get("web-baseline")
	require.NoError(t, err)
	next := nextSet(t)
	draft := filepath.Join(t.TempDir(), "draft.json")
	code, out, errs := call("migrate", "-lang", "en", "-to", next, "-out", draft, good)
	require.Equal(t, 1, code, errs)
	assert.Equal(t, "46 answers are carried over. To confirm: 1. Without an answer: 1.\n"+
		"  "+set.Requirements[1].ID+": The wording is another one. Read the new one, and confirm or change the answer.\n"+
		"  Without an answer: NEW-01\n", out)
	var written approval.SelfDeclaration
	data, err := os.ReadFile(draft)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(data, &written))
	assert.Equal(t, approval.SetRef{ID: "web-baseline", Version: "9.0.0"}, written.Set)
	assert.NotContains(t, written.Answers, set.Requirements[1].ID)
	code, out, _ = call("check", "-lang", "en", draft)
	assert.Equal(t, 2, code, "without -set, check knows released sets only")
	assert.Contains(t, out, "/set/version: ")
	assert.Contains(t, out, "not known here")
	code, out, errs = call("decide", "-draft", "-json", "-set", next, draft)
	require.Equal(t, 0, code, errs)
	assert.Contains(t, out, `"outcome": "incomplete"`)
	assert.NotContains(t, string(data), `"submitted"`)
	assert.NotContains(t, string(data), `"signedBy"`)

	mapping := file(t, "map.json", []byte(`{"from":{"id":"web-baseline","version":"1.0.0"},"to":{"id":"web-baseline","version":"9.0.0"},"entries":[
		{"relation":"split","from":["`+set.Requirements[0].ID+`"],"to":["NEW-01","`+set.Requirements[0].ID+`"]}]}`))
	code, out, errs = call("migrate", "-from", "web-baseline@1.0.0", "-to", next, "-map", mapping, "-json", good)
	require.Equal(t, 1, code, errs)
	var got struct {
		Declaration approval.SelfDeclaration
		Report      approval.MigrationReport
	}
	require.NoError(t, json.Unmarshal([]byte(out), &got))
	assert.Contains(t, got.Declaration.Answers, "NEW-01", "the same words under another id")
	assert.Equal(t, approval.FateSplit, got.Report.Answers[0].Fate)

	code, out, errs = call("migrate", "-to", "web-baseline@1.0.0", good)
	assert.Equal(t, 0, code, out+errs)
}

func TestSignAndVerify(t *testing.T) {
	private := filepath.Join(t.TempDir(), "key.json")
	code, jwks, errs := call("key", "-out", private)
	require.Equal(t, 0, code, errs)
	info, err := os.Stat(private)
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	assert.NotContains(t, jwks, `"d"`)
	keys := file(t, "jwks.json", []byte(jwks))

	code, out, errs := call("sign", "-key", private, good)
	assert.Equal(t, 2, code)
	assert.Empty(t, out, "nobody has affirmed anything")
	assert.Contains(t, errs, "-affirm")
	assert.Contains(t, errs, "Jeg bekrefter")

	code, out, errs = call("sign", "-lang", "nn", "-key", private, "-affirm", good)
	require.Equal(t, 0, code, errs)
	signature := file(t, "declaration.jws", []byte(out))
	code, out, errs = call("verify", "-lang", "en", "-keys", keys, "-signature", signature, good)
	require.Equal(t, 0, code, errs)
	assert.Contains(t, out, "Ragnhild Stegvold affirmed this on 2026-11-02T09:00:00Z: “Eg stadfestar")

	stdin(t, good)
	code, out, errs = call("verify", "-json", "-keys", keys, "-signature", signature, "-")
	require.Equal(t, 0, code, errs)
	assert.Contains(t, out, `"valid":true`)
	code, out, _ = call("verify", "-json", "-keys", keys, "-signature", signature, changed(t, `"release": "2.3"`, `"release": "2.4"`))
	assert.Equal(t, 1, code)
	assert.Contains(t, out, `"valid":false`)
	code, out, _ = call("verify", "-keys", keys, "-signature", good, good)
	assert.Equal(t, 1, code)
	assert.Contains(t, out, "ikke en signatur. Sjekk at det er riktig fil.")

	code, out, _ = call("verify", "-keys", keys, "-signature", signature, changed(t, `"release": "2.3"`, `"release": "2.4"`))
	assert.Equal(t, 1, code)
	assert.Contains(t, out, "Be leverandøren om å signere på nytt.")
	large := file(t, "large.json", bytes.Repeat([]byte(" "), 1<<20+1))
	code, out, _ = call("verify", "-keys", keys, "-signature", signature, large)
	assert.Equal(t, 1, code)
	assert.Contains(t, out, "Sjekk at det er riktig fil, på høyst 1 MiB.")
	assert.NotContains(t, out, "signere på nytt")

	code, out, errs = call("sign", "-vendor", "-set", "baseline@1.1.0", "-key", private, "-affirm", own)
	require.Equal(t, 0, code, errs)
	code, _, errs = call("verify", "-keys", keys, "-signature", file(t, "own.jws", []byte(out)), own)
	assert.Equal(t, 0, code, errs)

	code, _, errs = call("sign", "-key", private, "-affirm", bad)
	assert.Equal(t, 1, code, "what is not valid is not signed")
	assert.Contains(t, errs, "/answers/SEC-99")
}

func TestChangeCommandsRefuse(t *testing.T) {
	private := file(t, "key.json", []byte("{}"))
	none := filepath.Join(t.TempDir(), "none.json")
	cases := []struct {
		name string
		args []string
		want string
	}{
		{"one file to compare", []string{"diff", good}, "want two self-declarations"},
		{"a declaration with mistakes", []string{"diff", good, bad}, "without mistakes"},
		{"the older with mistakes", []string{"diff", bad, good}, "without mistakes"},
		{"no such set", []string{"diff", "-set", "web-baseline@7.0.0", good, good}, "Oppgi en fil eller ett av disse: baseline@"},
		{"a set that is none", []string{"diff", "-set", good, good, good}, "invalid requirement set"},
		{"a missing file", []string{"diff", good, none}, "none.json"},
		{"nowhere to migrate to", []string{"migrate", good}, "want -to SET"},
		{"a mapping that is none", []string{"migrate", "-to", nextSet(t), "-map", good, good}, "invalid mapping"},
		{"a draft in the place of the declaration", []string{"migrate", "-to", nextSet(t), "-out", good, good}, "want another file"},
		{"mistakes to migrate", []string{"migrate", "-to", nextSet(t), bad}, "without mistakes"},
		{"an unknown language", []string{"migrate", "-lang", "se", "-to", "x", good}, `-lang "se"`},
		{"a key over another file", []string{"key", "-out", private}, "finnes allerede"},
		{"no place for a key", []string{"key"}, "want -out FILE"},
		{"nothing to sign with", []string{"sign", "-affirm", good}, "want -key FILE"},
		{"a key that is none", []string{"sign", "-key", private, "-affirm", good}, "private JWK"},
		{"no keys to verify with", []string{"verify", "-signature", good, good}, "want -keys FILE"},
		{"keys that are none", []string{"verify", "-keys", private, "-signature", good, good}, "key"},
	}
	before, err := os.ReadFile(good)
	require.NoError(t, err)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			code, out, errs := call(c.args...)
			assert.Equal(t, 2, code)
			assert.Empty(t, out)
			assert.Contains(t, errs, c.want)
		})
	}
	after, err := os.ReadFile(good)
	require.NoError(t, err)
	assert.Equal(t, before, after)
}
