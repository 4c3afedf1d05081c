package main

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
)

// Queries by people who had not seen the search either, hard on purpose: more
// than half of the first are traps, the second, the fourth and the fifth are over
// catalogues of their own, the third over both of the first, and the last two, half
// or two thirds of them traps, over all of these. Half of each but the last was looked at
// afterwards, half was kept for measuring only. On those the search is not where it shall be, at most one trap in twenty: what is
// asserted is that it stays ahead of the other engines and grows no worse.
func TestFreshQueries(t *testing.T) {
	for _, c := range []struct {
		catalogue, queries string
		least              int     // queries
		most               float64 // traps that give a wrong tool
	}{
		{"norwegian", "norwegian-fresh/queries-dev.json", 150, 0.05},
		{"norwegian", "norwegian-fresh/queries-held-out.json", 150, 0.17},
		{"norwegian-second", "norwegian-second/queries-dev.json", 110, 0.10},
		{"norwegian-second", "norwegian-second/queries-held-out.json", 110, 0.30},
		{"norwegian", "norwegian-third/first-dev.json", 75, 0},
		{"norwegian", "norwegian-third/first-held-out.json", 75, 0.25},
		{"norwegian-second", "norwegian-third/second-dev.json", 75, 0.10},
		{"norwegian-second", "norwegian-third/second-held-out.json", 75, 0.10},
		{"norwegian-fourth", "norwegian-fourth/queries-dev.json", 150, 0.05},
		{"norwegian-fourth", "norwegian-fourth/queries-held-out.json", 150, 0.10},
		{"norwegian-fifth", "norwegian-fifth/queries-dev.json", 150, 0.15},
		{"norwegian-fifth", "norwegian-fifth/queries-held-out.json", 145, 0.15},
		{"norwegian", "norwegian-traps/first-dev.json", 100, 0.16},
		{"norwegian", "norwegian-traps/first-held-out.json", 100, 0.30},
		{"norwegian-second", "norwegian-traps/second-dev.json", 100, 0.18},
		{"norwegian-second", "norwegian-traps/second-held-out.json", 100, 0.20},
		{"norwegian-fourth", "norwegian-traps/fourth-dev.json", 100, 0.15},
		{"norwegian-fourth", "norwegian-traps/fourth-held-out.json", 100, 0.35},
		{"norwegian", "norwegian-more/first-dev.json", 180, 0.20},
		{"norwegian-second", "norwegian-more/second-dev.json", 180, 0.15},
		{"norwegian-fourth", "norwegian-more/fourth-dev.json", 180, 0.15},
		{"norwegian-fifth", "norwegian-more/fifth-dev.json", 180, 0.15},
	} {
		t.Run(c.queries, func(t *testing.T) {
			tools, err := readTools("testdata/" + c.catalogue + "/catalogue.json")
			require.NoError(t, err)
			queries, err := readQueries("testdata/" + c.queries)
			require.NoError(t, err)
			require.GreaterOrEqual(t, len(queries), c.least)
			checkJudgements(t, queries, tools)
			isAhead(t, tools, queries, c.most)
		})
	}
}

func checkJudgements(t *testing.T, queries []judged, tools []catalogue.Tool) {
	t.Helper()
	status := map[catalogue.ToolID]catalogue.Status{}
	for _, tool := range tools {
		status[tool.ID] = tool.Status
	}
	for _, q := range queries {
		checkJudgement(t, q, status)
		assert.Contains(t, queryKinds, q.Kind, q.Query)
	}
}

func isAhead(t *testing.T, tools []catalogue.Tool, queries []judged, most float64) {
	t.Helper()
	ours := reached(t, engines[0].open, tools, queries)
	recall, mrr, sprung := ours.mean()
	require.GreaterOrEqual(t, ours.traps, 10)
	assert.LessOrEqual(t, sprung, most)
	for _, other := range engines[1:] {
		r, m, s := reached(t, other.open, tools, queries).mean()
		assert.Greater(t, recall, r+0.2, other.name)
		assert.Greater(t, mrr, m+0.2, other.name)
		assert.Less(t, sprung, s, other.name)
	}
}

func reached(t *testing.T, open func([]catalogue.Tool) (finder, error), tools []catalogue.Tool, queries []judged) marks {
	t.Helper()
	finder, err := open(tools)
	require.NoError(t, err)
	all, err := judge(finder, queries, nil)
	require.NoError(t, err)
	return *all[""]
}

// What people type who tell of their situation and name nothing ("klærne hans henger ennå i gangen"). Before the lists had expressions
// for these the search answered four in ten of them, and it will of others like them; that they are answered stays so.
func TestSituations(t *testing.T) {
	for catalogue, queries := range map[string]string{"norwegian": "first", "norwegian-second": "second", "norwegian-fourth": "fourth"} {
		tools, err := readTools("testdata/" + catalogue + "/catalogue.json")
		require.NoError(t, err)
		list, err := readQueries("testdata/norwegian-situations/" + queries + "-dev.json")
		require.NoError(t, err)
		require.Len(t, list, 70)
		checkJudgements(t, list, tools)
		recall, mrr, _ := reached(t, engines[0].open, tools, list).mean()
		assert.Greater(t, recall, 0.75, queries)
		assert.Greater(t, mrr, 0.80, queries)
	}
}
