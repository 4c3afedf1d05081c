package norwegian_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/verktoykatalog/verktoy/internal/norwegian"
)

func TestSplit(t *testing.T) {
	vocabulary := []string{"søvn", "vansker", "selvmord", "tanker", "angst", "mestring", "sorg", "rus", "kurs", "problem", "barn", "dom", "hjelp"}
	known := func(w string) bool { return slices.Contains(vocabulary, w) }
	cases := []struct {
		word, first, second string
	}{
		{"søvnvansker", "søvn", "vansker"},
		{"selvmordstanker", "selvmord", "tanker"},
		{"angstmestring", "angst", "mestring"},
		{"rusproblem", "rus", "problem"},
		{"barnehjelp", "barn", "hjelp"},
		{"omsorg", "", ""},     // om is too short
		{"kurs", "", ""},       // k is no word
		{"barndom", "", ""},    // no part is long enough
		{"søvndagbok", "", ""}, // dagbok is not known
		{"angst", "", ""},      // no compound
		{"æøå", "", ""},
	}
	for _, c := range cases {
		first, second, ok := norwegian.Split(c.word, known)
		assert.Equal(t, c.first, first, c.word)
		assert.Equal(t, c.second, second, c.word)
		assert.Equal(t, c.first != "", ok, c.word)
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
