package catalogue_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/vendor"
)

func from(tool catalogue.Tool, name string) catalogue.Tool {
	tool.Vendor = &vendor.Vendor{OrgNumber: "999999999", Name: name}
	return tool
}

// Whoever knows the vendor finds its tools, and a topic's own tools come first.
func TestFindsByProvider(t *testing.T) {
	sleep := named("a", "Kveldstid")
	sleep.Keywords = map[catalogue.Lang][]string{"nb": {"søvn"}}
	x := with(t, from(sleep, "Lyngtorv Helse AS"), from(named("b", "Rolig"), "Lyngtorv Helse AS"), from(named("c", "Søvnboka"), "Åsenbø Søvnlab"))
	cases := []struct {
		text string
		want []string
	}{
		{"Lyngtorv", []string{"a", "b"}},
		{"lyngtorv helse", []string{"a", "b"}},
		{"aasenboe", []string{"c"}},
		{"Lyngtorv søvn", []string{"a"}},
		{"as", nil},         // what companies end in
		{"lyngtorvet", nil}, // a name is not inflected
		{"torv", nil},       // nor parted
		{"lyngtrov", nil},   // nor guessed
		{"søvnlab", []string{"c"}},
	}
	for _, c := range cases {
		assert.ElementsMatch(t, c.want, found(t, x, catalogue.Query{Text: c.text, At: noon}), c.text)
	}
	r, err := x.Search(catalogue.Query{Text: "lyngtorv", At: noon})
	require.NoError(t, err)
	assert.Equal(t, []catalogue.Match{{Field: "provider", Word: "lyngtorv", Term: "lyngtorv", How: "exact"}}, r.Hits[0].Why)
	assert.Empty(t, r.DidYouMean)
}

// A vendor's name is not what its tools are about.
func TestProviderIsNoTopic(t *testing.T) {
	about := named("a", "Kurs")
	about.Keywords = map[catalogue.Lang][]string{"nb": {"insomni"}}
	x := with(t, about, from(named("b", "Regnskap"), "Søvnløshet AS"), from(named("c", "Kalender"), "Insomni AS"))
	assert.Equal(t, []string{"a"}, found(t, x, catalogue.Query{Text: "får ikke sove", At: noon}), "no synonym leads to it")
	assert.Equal(t, []string{"a", "c"}, found(t, x, catalogue.Query{Text: "insomni", At: noon}), "the matter first")
}
