package norwegian_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/verktoykatalog/verktoy/internal/norwegian"
)

func TestSplit(t *testing.T) {
	vocabulary := []string{"søvn", "vansker", "selvmord", "tanker", "angst", "mestring", "sorg", "rus", "kurs", "problem", "barn", "dom", "hjelp", "sam", "tale",
		"hjerte", "svikt", "vikt", "skole", "vei", "ring", "veg", "vegring"}
	known := func(w string) bool { return slices.Contains(vocabulary, w) }
	cases := []struct {
		word string
		want []string
	}{
		{"søvnvansker", []string{"søvn", "vansker"}},
		{"selvmordstanker", []string{"selvmord", "tanker"}},
		{"angstmestring", []string{"angst", "mestring"}},
		{"angstmestringskurs", []string{"angst", "mestring", "kurs"}},
		{"rusproblem", []string{"rus", "problem"}},
		{"barnehjelp", []string{"barn", "hjelp"}},
		{"hjertesvikt", []string{"hjerte", "svikt"}},   // the s begins a word
		{"skolevegring", []string{"skole", "vegring"}}, // not skole, veg and ring
		{"omsorg", nil},     // om is too short
		{"kurs", nil},       // k is no word
		{"barndom", nil},    // no part is long enough
		{"samtale", nil},    // the list of words that are whole
		{"søvndagbok", nil}, // dagbok is not known
		{"angst", nil},      // no compound
		{"æøå", nil},
		{"", nil},
	}
	for _, c := range cases {
		assert.Equal(t, c.want, norwegian.Split(c.word, known), c.word)
	}
}

// A short stem is no key of what looks like a genitive: demens is not dem, kols is not kolleger.
func TestShortStems(t *testing.T) {
	share := func(a, b string) bool {
		other := norwegian.Keys(b, norwegian.TierWide)
		return slices.ContainsFunc(norwegian.Keys(a, norwegian.TierWide), func(k string) bool { return slices.Contains(other, k) })
	}
	for _, pair := range [][2]string{{"sove", "sover"}, {"rus", "rusen"}, {"far", "faren"}, {"ris", "risen"}} {
		assert.True(t, share(pair[0], pair[1]), pair)
	}
	for _, pair := range [][2]string{{"demens", "dem"}, {"kols", "kolleger"}, {"kols", "kol"}} {
		assert.False(t, share(pair[0], pair[1]), pair)
	}
}
