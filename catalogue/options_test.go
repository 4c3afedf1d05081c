package catalogue_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
)

func TestAHostAddsSynonyms(t *testing.T) {
	own := catalogue.Options{Synonyms: []catalogue.Synonyms{{Same: []string{"plommekur", "rød knapp"}, For: []string{"blå sko", "grenseløs"}}}}
	tools := []catalogue.Tool{keyword("word", "plommekuren"), keyword("phrase", "en rød knapp"), keyword("asks", "grenseløs")}
	x, err := own.NewIndex(tools)
	require.NoError(t, err)
	own.Synonyms[0].Same[0] = "changed"
	x, err = x.With(keyword("added", "xylofon"))
	require.NoError(t, err, "the new index has the options, too")
	cases := map[string][]string{
		"plommekur":          {"word", "phrase"},
		"rød knapp":          {"phrase", "word"},
		"jeg vil ha blå sko": {"phrase", "word"},
		"grenseløs":          {"asks", "phrase", "word"},
	}
	for text, want := range cases {
		assert.Equal(t, want, found(t, x, catalogue.Query{Text: text}), text)
	}
	plain := with(t, tools...)
	assert.Equal(t, []string{"word"}, found(t, plain, catalogue.Query{Text: "plommekur"}))
}

func TestOptionsAreChecked(t *testing.T) {
	cases := map[string]struct {
		synonyms catalogue.Synonyms
		want     string
	}{
		"nothing to find": {catalogue.Synonyms{For: []string{"a"}}, "field Synonyms[0].Same is empty"},
		"no word":         {catalogue.Synonyms{Same: []string{"angst", "?!"}}, "field Synonyms[0] has an expression without a telling word"},
		"stop words":      {catalogue.Synonyms{Same: []string{"angst", "jeg og du"}}, "field Synonyms[0] has an expression without a telling word"},
		"marks alone":     {catalogue.Synonyms{Same: []string{"angst", "\u07fd"}}, "field Synonyms[0] has an expression without a telling word"},
		"long":            {catalogue.Synonyms{Same: []string{strings.Repeat("å", 201)}}, "longer than 200 characters"},
		"not UTF-8":       {catalogue.Synonyms{Same: []string{"angst\xff"}}, "field Synonyms[0] has an expression without a telling word"},
		"many":            {catalogue.Synonyms{Same: make([]string, 1001)}, "more than 1000 expressions"},
	}
	for name, c := range cases {
		_, err := catalogue.Options{Synonyms: []catalogue.Synonyms{c.synonyms}}.NewIndex(nil)
		require.ErrorIs(t, err, catalogue.ErrOptions, name)
		assert.ErrorContains(t, err, c.want, name)
	}
	_, err := catalogue.Options{Synonyms: make([]catalogue.Synonyms, catalogue.MaxSynonyms+1)}.NewIndex(nil)
	assert.ErrorIs(t, err, catalogue.ErrOptions)
}

// Braces mean nothing in a host's own expressions, though they do in the list of this module.
func TestOptionsHaveNoClasses(t *testing.T) {
	own := catalogue.Options{Synonyms: []catalogue.Synonyms{{Same: []string{"plommekur"}, For: []string{"{familie} gjelder"}}}}
	x, err := own.NewIndex([]catalogue.Tool{about("plum", "P", "", "plommekur")})
	require.NoError(t, err)
	assert.Equal(t, []string{"plum"}, found(t, x, catalogue.Query{Text: "familie gjelder"}))
	assert.Empty(t, found(t, x, catalogue.Query{Text: "mamma gjelder"}))
}
