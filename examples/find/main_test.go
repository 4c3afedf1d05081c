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
)

func call(args ...string) (code int, stdout, stderr string) {
	var out, errs bytes.Buffer
	code = run(args, &out, &errs)
	return code, out.String(), errs.String()
}

func TestFindsInNorwegian(t *testing.T) {
	code, out, errs := call("får", "ikke", "sove")
	require.Equal(t, 0, code, errs)
	assert.Contains(t, out, "sovn-steg-for-steg")
	assert.Contains(t, out, "Søvn steg for steg")
}

func TestJSONHasTheAgreedForm(t *testing.T) {
	code, out, errs := call("-json", "søvnproblemer")
	require.Equal(t, 0, code, errs)
	var got map[string]any
	require.NoError(t, json.Unmarshal([]byte(out), &got))
	require.Contains(t, got, "total")
	require.Contains(t, got, "didYouMean")
	hits := got["hits"].([]any)
	require.NotEmpty(t, hits)
	first := hits[0].(map[string]any)
	assert.NotEmpty(t, first["id"])
	assert.Greater(t, first["score"], 0.0)
	assert.NotEmpty(t, first["why"])
}

func TestNothingFoundIsNoError(t *testing.T) {
	code, out, _ := call("-lang", "nn", "xyzzyplugh")
	assert.Equal(t, 0, code)
	assert.Equal(t, "Vi fann ingen verktøy. Prøv eit anna ord, eller færre ord.\n", out)
	code, out, _ = call("-json", "xyzzyplugh")
	assert.Equal(t, 0, code)
	assert.Equal(t, `{"total":0,"hits":[],"didYouMean":""}`+"\n", out)
}

// A filter that nothing can pass is named, since other words would not help.
func TestSaysThatNoToolHasTheArea(t *testing.T) {
	for lang, want := range map[string]string{
		"nb": "Ingen verktøy har området «slep». Velg et av disse: a", "nn": "Ingen verktøy har området «slep». Vel eitt av desse: a",
		"en": "No tool has the area “slep”. Choose one of these: a",
	} {
		code, out, _ := call("-lang", lang, "-area", "slep", "søvn")
		assert.Equal(t, 0, code)
		assert.True(t, strings.HasPrefix(out, want), out)
		assert.Contains(t, out, ", sleep, ")
		assert.Equal(t, 1, strings.Count(out, "\n"))
	}
	_, out, _ := call("-audience", "dogs", "søvn")
	assert.Contains(t, out, "målgruppen «dogs»")
	_, out, _ = call("-area", "sleep", "-audience", "adults", "xyzzyplugh")
	assert.Contains(t, out, "Prøv et annet ord", "the filters are right")
}

func TestManyQueriesGiveOneLineEach(t *testing.T) {
	file := filepath.Join(t.TempDir(), "queries.txt")
	require.NoError(t, os.WriteFile(file, []byte("angst\n\nxyzzyplugh\n"), 0o600))
	code, out, errs := call("-queries", file)
	require.Equal(t, 0, code, errs)
	lines := strings.Split(strings.TrimSpace(out), "\n")
	require.Len(t, lines, 3)
	assert.NotContains(t, lines[0], `"total":0`)
	assert.Contains(t, lines[1], `"total":0`)
	assert.Contains(t, lines[2], `"total":0`)
}

func TestOwnCatalogue(t *testing.T) {
	file := filepath.Join(t.TempDir(), "tools.json")
	document := `{"version":1,"tools":[{"id":"eget-verktoy","status":"listed","name":{"nb":"Eget verktøy"},"access":{}}]}`
	require.NoError(t, os.WriteFile(file, []byte(document), 0o600))
	code, out, errs := call("-catalogue", file, "verktøyet")
	require.Equal(t, 0, code, errs)
	assert.Contains(t, out, "eget-verktoy")
}

func TestFilters(t *testing.T) {
	for _, c := range []struct {
		args          []string
		with, without string
	}{
		{[]string{"-area", "sleep", "sove"}, "sovn-steg-for-steg", "lysglimt"},
		{[]string{"-area", "sleep,depression", "-mode", "prescribed"}, "sovn-steg-for-steg", "sovnboka"},
		{[]string{"-mode", "open", "-mode", "login", "søvn"}, "sovnboka", "sovn-steg-for-steg"},
		{[]string{"-age", "15", "angst"}, "(", "sovn-steg-for-steg"},
		{[]string{"-audience", "youth", "angst"}, "(", "sovn-steg-for-steg"},
	} {
		code, out, errs := call(c.args...)
		require.Equal(t, 0, code, errs)
		assert.Contains(t, out, c.with, "%q", c.args)
		assert.NotContains(t, out, "("+c.without+")", "%q", c.args)
	}
}

func TestRefusesWithTheReason(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		file := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
		return file
	}
	twice := `{"version":1,"tools":[{"id":"a","status":"listed","name":{"nb":"A"},"access":{}},{"id":"a","status":"listed","name":{"nb":"B"},"access":{}}]}`
	cases := []struct {
		name string
		args []string
		want string
	}{
		{"no words", nil, "no words to search for"},
		{"unknown language", []string{"-lang", "de", "angst"}, `-lang "de", want nb, nn, en or se`},
		{"age in words", []string{"-age", "ten", "angst"}, "want a whole number"},
		{"impossible age", []string{"-age", "200", "angst"}, "field Age is not between 0 and 150"},
		{"unknown mode", []string{"-mode", "open,closed", "angst"}, "field Modes[1] is not one of open, login, prescribed"},
		{"flag after the words", []string{"angst", "-json"}, "want flags before the words"},
		{"a query that is too long", []string{"-queries", write("long.txt", "\n"+strings.Repeat("a", 70_000))}, "long.txt, line 2"},
		{"a query that is not UTF-8", []string{"-queries", write("latin.txt", "s\xf8vn")}, "latin.txt, line 1: not valid UTF-8"},
		{"words and queries", []string{"-queries", "q", "angst"}, "exclude each other"},
		{"no such file", []string{"-catalogue", filepath.Join(dir, "missing.json"), "angst"}, "missing.json"},
		{"a tool id twice", []string{"-catalogue", write("twice.json", twice), "a"}, "/tools/1/id: this is used before"},
		{"unknown member", []string{"-catalogue", write("member.json", `{"version":1,"tools":[],"tool":[]}`), "a"}, "/tool: the member is unknown"},
		{"wrong type", []string{"-catalogue", write("type.json", `{"version":"1","tools":[]}`), "a"}, "/version: the value has the wrong type, want an integer"},
		{"broken UTF-8", []string{"-catalogue", write("utf8.json", "{\"version\":1,\"tools\":[],\"x\":\"\xff\"}"), "a"}, "not valid UTF-8"},
		{"20 MB", []string{"-catalogue", write("large.json", strings.Repeat(" ", 20<<20)), "a"}, "want at most 16 MiB"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			code, out, errs := call(c.args...)
			assert.Equal(t, 2, code)
			assert.NotContains(t, out, "score")
			assert.Contains(t, errs, c.want)
		})
	}
}
