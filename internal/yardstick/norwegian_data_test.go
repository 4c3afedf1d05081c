package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
)

var (
	queryFiles = []string{"queries-dev.json", "queries-held-out.json"}
	queryKinds = []string{
		"layman", "clinical", "nynorsk", "inflection", "compound", "folding",
		"typo", "english", "prefix", "phrase", "trap",
	}
)

func TestNorwegianCatalogue(t *testing.T) {
	tools := norwegianTools(t)
	assert.Len(t, tools, 80)
	count := map[catalogue.Status]int{}
	langs := map[catalogue.Lang]int{}
	for _, tool := range tools {
		count[tool.Status]++
		for lang := range tool.Description {
			langs[lang]++
		}
	}
	assert.Positive(t, count[catalogue.StatusPaused], "paused tools")
	assert.Positive(t, count[catalogue.StatusWithdrawn], "withdrawn tools")
	assert.Equal(t, 80, langs[catalogue.Bokmaal], "tools described in nb")
	assert.GreaterOrEqual(t, langs[catalogue.Nynorsk], 27, "tools described in nn")
	assert.GreaterOrEqual(t, langs[catalogue.English], 15, "tools described in en")
}

func TestNorwegianQueriesAreEnoughOfEachKind(t *testing.T) {
	for _, file := range queryFiles {
		queries := norwegianQueries(t, file)
		assert.GreaterOrEqual(t, len(queries), 120, file)
		count := map[string]int{}
		for _, q := range queries {
			count[q.Kind]++
			assert.Contains(t, queryKinds, q.Kind, "%s: %q", file, q.Query)
		}
		for _, kind := range queryKinds {
			assert.GreaterOrEqual(t, count[kind], 10, "%s: %s", file, kind)
		}
		t.Log(file, len(queries), count)
	}
}

// The held-out file tells nothing if the search was tuned on the same words.
func TestNoNorwegianQueryIsAskedTwice(t *testing.T) {
	asked := map[string]string{}
	for _, file := range queryFiles {
		for _, q := range norwegianQueries(t, file) {
			words := strings.Join(strings.Fields(strings.ToLower(q.Query)), " ")
			assert.NotEmpty(t, words, file)
			assert.Empty(t, asked[words], "%s asks %q again", file, q.Query)
			asked[words] = file
		}
	}
}

func TestNorwegianJudgementsNameTools(t *testing.T) {
	status := map[catalogue.ToolID]catalogue.Status{}
	for _, tool := range norwegianTools(t) {
		status[tool.ID] = tool.Status
	}
	for _, file := range queryFiles {
		for _, q := range norwegianQueries(t, file) {
			checkJudgement(t, q, status)
		}
	}
}

// checkJudgement knows that a paused or withdrawn tool is never to be found, so it can only be wrong.
func checkJudgement(t *testing.T, q judged, status map[catalogue.ToolID]catalogue.Status) {
	t.Helper()
	for _, id := range q.Relevant {
		assert.Equal(t, catalogue.StatusListed, status[id], "%q: relevant %s", q.Query, id)
	}
	for _, id := range q.Wrong {
		assert.Contains(t, status, id, "%q: wrong", q.Query)
	}
	all := slices.Concat(q.Relevant, q.Wrong)
	slices.Sort(all)
	assert.Len(t, slices.Compact(slices.Clone(all)), len(all), "%q names a tool twice", q.Query)
	assert.LessOrEqual(t, len(q.Relevant), 6, q.Query)
	if q.Kind == "trap" {
		assert.NotEmpty(t, q.Wrong, "trap %q", q.Query)
		return
	}
	assert.NotEmpty(t, q.Relevant, q.Query)
}

// norwegianTools reads the invented catalogue; no tool or vendor in it exists.
func norwegianTools(t *testing.T) []catalogue.Tool {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", "norwegian", "catalogue.json"))
	require.NoError(t, err)
	defer f.Close()
	doc, err := catalogue.Read(f)
	require.NoError(t, err)
	require.NotEmpty(t, doc.Tools)
	return doc.Tools
}

func norwegianQueries(t *testing.T, file string) []judged {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "norwegian", file))
	require.NoError(t, err)
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	var queries []judged
	require.NoError(t, decoder.Decode(&queries), file)
	require.NotEmpty(t, queries, file)
	return queries
}
