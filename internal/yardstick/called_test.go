package main

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
)

var catalogues = []string{"norwegian", "norwegian-second", "norwegian-fourth", "norwegian-fifth"}

// called is a word or phrase that a tool is called by.
type called struct {
	text string
	lang catalogue.Lang
	id   catalogue.ToolID
}

// openCatalogue opens ours on a catalogue, and gives the names and the keywords of its listed tools.
func openCatalogue(t *testing.T, name string) (f finder, names, keywords []called) {
	t.Helper()
	tools, err := readTools("testdata/" + name + "/catalogue.json")
	require.NoError(t, err)
	f, err = openOurs(tools)
	require.NoError(t, err)
	for _, tool := range tools {
		if tool.Status != catalogue.StatusListed {
			continue
		}
		for lang, name := range tool.Name {
			names = append(names, called{name, lang, tool.ID})
		}
		for lang, words := range tool.Keywords {
			for _, w := range words {
				keywords = append(keywords, called{w, lang, tool.ID})
			}
		}
	}
	require.GreaterOrEqual(t, len(names), 60)
	require.GreaterOrEqual(t, len(keywords), 150)
	return f, names, keywords
}

// Who writes what a tool is called finds it, whatever else the words may mean.
func TestEveryToolIsFoundByWhatItIsCalled(t *testing.T) {
	for _, name := range catalogues {
		f, names, keywords := openCatalogue(t, name)
		for _, c := range names {
			hits, err := f.find(c.text, c.lang, 1)
			require.NoError(t, err)
			assert.Equal(t, []catalogue.ToolID{c.id}, hits, "%s: %s", name, c.text)
		}
		for _, c := range keywords {
			hits, err := f.find(c.text, c.lang, 100)
			require.NoError(t, err)
			assert.Contains(t, hits, c.id, "%s: %s", name, c.text)
		}
	}
}

// Two keywords ask for two things, whatever a text with both is most likely about.
func TestTwoKeywordsFindBoth(t *testing.T) {
	pairs, one, both := 0, 0, 0
	for _, name := range catalogues {
		f, _, keywords := openCatalogue(t, name)
		keywords = slices.DeleteFunc(keywords, func(c called) bool { return c.lang != catalogue.Bokmaal })
		slices.SortFunc(keywords, func(a, b called) int { return slices.Compare([]byte(a.text+string(a.id)), []byte(b.text+string(b.id))) })
		r := rand.New(rand.NewPCG(1, 2))
		for range 300 {
			a, b := keywords[r.IntN(len(keywords))], keywords[r.IntN(len(keywords))]
			if a.id == b.id {
				continue
			}
			pairs++
			hits, err := f.find(a.text+" og "+b.text, catalogue.Bokmaal, depth)
			require.NoError(t, err)
			first, second := slices.Contains(hits, a.id), slices.Contains(hits, b.id)
			one += count(first || second)
			both += count(first && second)
		}
	}
	require.Greater(t, pairs, 1000)
	assert.GreaterOrEqual(t, float64(one)/float64(pairs), 0.995)
	assert.GreaterOrEqual(t, float64(both)/float64(pairs), 0.93)
	t.Logf("of %d pairs, one found: %d, both: %d", pairs, one, both)
}

func count(is bool) int {
	if is {
		return 1
	}
	return 0
}
