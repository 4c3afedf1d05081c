package vendor_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/vendor"
)

func TestUnknownIsNotZero(t *testing.T) {
	a, err := vendor.Assess([]vendor.Score{
		{Domain: vendor.DomainPrivacy, Known: 4, Total: 8, Value: 1},
		{Domain: vendor.DomainProduct, Known: 10, Total: 10, Value: 0.5},
		{Domain: vendor.DomainOperations, Known: 0, Total: 6},
	})
	require.NoError(t, err)
	require.NotNil(t, a.Value)
	assert.InDelta(t, 0.75, *a.Value, 1e-9)
	assert.InDelta(t, (0.5+1)/5, a.Coverage, 1e-9)
	assert.Equal(t, []vendor.Domain{vendor.DomainOrganisation, vendor.DomainOperations, vendor.DomainSupplyChain}, a.Unknown)
	assert.Len(t, a.Scores, 5)

	more, err := vendor.Assess([]vendor.Score{
		{Domain: vendor.DomainPrivacy, Known: 4, Total: 80, Value: 1}, {Domain: vendor.DomainProduct, Known: 10, Total: 10, Value: 0.5},
	})
	require.NoError(t, err)
	assert.InDelta(t, *a.Value, *more.Value, 1e-9, "questions without an answer change the coverage alone")
	assert.Less(t, more.Coverage, a.Coverage)
}

func TestNothingKnownHasNoValue(t *testing.T) {
	for _, scores := range [][]vendor.Score{nil, {{Domain: vendor.DomainPrivacy, Total: 8}}} {
		a, err := vendor.Assess(scores)
		require.NoError(t, err)
		assert.Nil(t, a.Value)
		assert.Zero(t, a.Coverage)
		assert.Len(t, a.Unknown, 5)
	}
}

func TestAllKnown(t *testing.T) {
	var scores []vendor.Score
	for _, d := range []vendor.Domain{"organisation", "product", "operations", "privacy", "supply-chain"} {
		scores = append(scores, vendor.Score{Domain: d, Known: 3, Total: 3, Value: 1})
	}
	a, err := vendor.Assess(scores)
	require.NoError(t, err)
	assert.InDelta(t, 1, *a.Value, 1e-9)
	assert.InDelta(t, 1, a.Coverage, 1e-9)
	assert.Empty(t, a.Unknown)
	assert.Equal(t, scores, a.Scores)
}

func TestScoresAreChecked(t *testing.T) {
	good := vendor.Score{Domain: vendor.DomainPrivacy, Known: 1, Total: 2, Value: 1}
	for name, tt := range map[string]struct {
		score vendor.Score
		want  string
	}{
		"no domain":         {vendor.Score{Known: 1, Total: 1}, "score 1: want one of organisation, product, operations, privacy, supply-chain"},
		"twice":             {good, "score 1: the domain has one already"},
		"more than all":     {vendor.Score{Domain: "product", Known: 2, Total: 1}, "score 1: want Known from 0 to Total"},
		"less than nothing": {vendor.Score{Domain: "product", Known: -1, Total: 1}, "score 1: want Known from 0 to Total"},
		"more than 1":       {vendor.Score{Domain: "product", Known: 1, Total: 1, Value: 1.1}, "score 1: want a Value from 0 to 1"},
		"negative":          {vendor.Score{Domain: "product", Known: 1, Total: 1, Value: -0.1}, "score 1: want a Value from 0 to 1"},
		"not a number":      {vendor.Score{Domain: "product", Known: 1, Total: 1, Value: math.NaN()}, "score 1: want a Value from 0 to 1"},
		"value of nothing":  {vendor.Score{Domain: "product", Total: 1, Value: 1}, "and 0 where nothing is known"},
	} {
		a, err := vendor.Assess([]vendor.Score{good, tt.score})
		require.ErrorContains(t, err, tt.want, name)
		assert.Empty(t, a.Scores)
	}
}
