package catalogue_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
)

func keyword(id catalogue.ToolID, words ...string) catalogue.Tool {
	return catalogue.Tool{ID: id, Status: catalogue.StatusListed, Name: catalogue.Text{"nb": "Uten navn"},
		Keywords: map[catalogue.Lang][]string{"nb": words}}
}

// Who writes a part finds the compound, who writes a compound finds its parts, and the word itself comes first.
func TestCompounds(t *testing.T) {
	x, err := catalogue.NewIndex([]catalogue.Tool{
		keyword("whole", "selvmordstanker"),
		keyword("parts", "selvmord", "tanker"),
		keyword("other", "angst", "livet", "live"),
	})
	require.NoError(t, err)
	cases := []struct {
		text string
		want []string
		how  string // of the last hit
	}{
		{"selvmord", []string{"parts", "whole"}, "compound"},
		{"selvmordet", []string{"parts", "whole"}, "compound"},
		{"tanker", []string{"parts", "whole"}, "compound"},
		{"selvmordstanker", []string{"whole", "parts"}, "synonym"}, // selvmord is the same matter
		{"angsttanker", []string{"other"}, "compound"},             // the first part tells what it is about
		{"mord", []string{}, ""},                                   // no word of the catalogue is left beside it
	}
	for _, c := range cases {
		r, err := x.Search(catalogue.Query{Text: c.text})
		require.NoError(t, err)
		assert.Equal(t, c.want, ids(r), c.text)
		if c.how != "" {
			assert.Equal(t, c.how, r.Hits[len(r.Hits)-1].Why[0].How, c.text)
		}
	}
}

// A stop word is found by nobody who did not write it.
func TestStopWordsAnswerToThemselvesOnly(t *testing.T) {
	x, err := catalogue.NewIndex([]catalogue.Tool{keyword("pronoun", "dem"), keyword("memory", "demens")})
	require.NoError(t, err)
	r, err := x.Search(catalogue.Query{Text: "demens"})
	require.NoError(t, err)
	assert.Equal(t, []string{"memory"}, ids(r))
}
