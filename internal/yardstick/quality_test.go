package main

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
)

// The queries over the sample were written with the search; those over
// testdata/norwegian by somebody who had not seen it. Half of each was kept for
// measuring only.
var sets = []struct{ catalogue, queries string }{
	{"", "testdata/norwegian-own/queries.json"},
	{"", "testdata/norwegian-own/queries-held-out.json"},
	{"testdata/norwegian/catalogue.json", "testdata/norwegian/queries-dev.json"},
	{"testdata/norwegian/catalogue.json", "testdata/norwegian/queries-held-out.json"},
}

// What search in Norwegian must reach. There are too few traps in one set for a
// share of them to say something.
func TestOursFindsInNorwegian(t *testing.T) {
	traps, springs := 0, 0
	for _, set := range sets {
		tools, err := readTools(set.catalogue)
		require.NoError(t, err)
		require.GreaterOrEqual(t, len(tools), 60)
		ours, err := engines[0].open(tools)
		require.NoError(t, err)
		queries, err := readQueries(set.queries)
		require.NoError(t, err)
		require.GreaterOrEqual(t, len(queries), 75)
		all, err := judge(ours, queries, nil)
		require.NoError(t, err)
		recall, mrr, _ := all[""].mean()
		assert.GreaterOrEqual(t, recall, 0.90, "%s: recall", set.queries)
		assert.GreaterOrEqual(t, mrr, 0.80, "%s: MRR", set.queries)
		t.Logf("%s: recall@10 %.3f, MRR %.3f, %d of %d traps", set.queries, recall, mrr, all[""].springs, all[""].traps)
		traps, springs = traps+all[""].traps, springs+all[""].springs
	}
	require.GreaterOrEqual(t, traps, 30)
	assert.LessOrEqual(t, float64(springs)/float64(traps), 0.05, "of %d traps", traps)
}

// A query names tools that are there; otherwise its marks mean nothing.
func TestQueriesNameTools(t *testing.T) {
	tools, err := readTools("")
	require.NoError(t, err)
	known := map[catalogue.ToolID]bool{}
	for _, tool := range tools {
		known[tool.ID] = true
	}
	for _, name := range []string{"queries.json", "queries-held-out.json"} {
		queries, err := readQueries("testdata/norwegian-own/" + name)
		require.NoError(t, err)
		for _, j := range queries {
			require.NotEmpty(t, append(j.Relevant, j.Wrong...), j.Query)
			for _, id := range append(j.Relevant, j.Wrong...) {
				assert.True(t, known[id], "%s: %s", j.Query, id)
			}
		}
	}
}

func TestMarks(t *testing.T) {
	var m marks
	m.add(judged{Relevant: []catalogue.ToolID{"a", "b"}}, []catalogue.ToolID{"x", "b", "y"})
	m.add(judged{Wrong: []catalogue.ToolID{"z"}}, []catalogue.ToolID{"1", "2", "3", "4", "z"})
	m.add(judged{Wrong: []catalogue.ToolID{"z"}}, []catalogue.ToolID{"1", "2", "3", "4", "5", "z"})
	recall, mrr, sprung := m.mean()
	assert.Equal(t, []float64{0.5, 0.5, 0.5}, []float64{recall, mrr, sprung})
}
