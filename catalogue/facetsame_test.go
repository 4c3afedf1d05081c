package catalogue_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/catalogue/sample"
)

// Whatever is asked, counting changes no hit, and a count is what a second search with that value chosen finds.
func TestFacetsAndHitsAgreeOnTheSample(t *testing.T) {
	x, err := sample.Index()
	require.NoError(t, err)
	counted, aged := 0, 0
	for _, text := range []string{"", "søvn", "angst 8 år", "angst hos barn", "barn som ikke får sove", "stress hos eldre", "min datter på 15 år er deprimert"} {
		for _, filter := range []catalogue.Query{
			{}, {Kinds: []catalogue.Kind{"video"}}, {Kinds: []catalogue.Kind{"course", "app"}}, {Areas: []catalogue.Area{"anxiety"}},
			{Modes: []catalogue.Mode{"open"}, National: p(true)}, {Age: p(8)}, {Audiences: []catalogue.Audience{"adults"}, All: true},
		} {
			q := filter
			q.Text, q.At, q.Limit = text, sample.Today(), catalogue.MaxLimit
			plain, err := x.Search(q)
			require.NoError(t, err)
			q.Facets = catalogue.Facets()
			with, err := x.Search(q)
			require.NoError(t, err)
			require.Equal(t, plain.Hits, with.Hits, "%+v", q)
			counted += recount(t, x, q, with)
			if text != "" && plain.Total > 0 {
				aged++
			}
		}
	}
	assert.Greater(t, counted, 500)
	assert.Greater(t, aged, 20)
}

// recount searches again for each value counted, and says for how many.
func recount(t *testing.T, x *catalogue.Index, q catalogue.Query, r catalogue.Result) int {
	t.Helper()
	n := 0
	for _, facet := range r.Facets {
		for _, v := range facet.Values {
			again, err := x.Search(choose(q, facet.Facet, v.Value))
			require.NoError(t, err)
			require.Equal(t, again.Total, v.Count, "%s %s of %q %+v", facet.Facet, v.Value, q.Text, q)
			n++
		}
	}
	return n
}

// Of a facet of which every value must be there, a count is what remains once the value is chosen too.
func TestEveryCountsWhatAFurtherChoiceLeaves(t *testing.T) {
	x, err := sample.Index()
	require.NoError(t, err)
	counted, some := 0, 0
	for _, first := range x.Tools()[0].Areas {
		q := catalogue.Query{At: sample.Today(), Areas: []catalogue.Area{first}, Facets: []catalogue.Facet{"area"}, Every: []catalogue.Facet{"area"}}
		r, err := x.Search(q)
		require.NoError(t, err)
		for _, v := range r.Facets[0].Values {
			q.Areas = []catalogue.Area{first, catalogue.Area(v.Value)}
			again, err := x.Search(q)
			require.NoError(t, err)
			assert.Equal(t, again.Total, v.Count, v.Value)
			for _, h := range again.Hits {
				assert.Subset(t, h.Tool().Areas, q.Areas)
			}
			if counted++; catalogue.Area(v.Value) != first && v.Count > 0 {
				some++
			}
		}
	}
	assert.NotZero(t, counted)
	assert.NotZero(t, some)
}
