package norwegian_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/internal/norwegian"
)

func TestWords(t *testing.T) {
	cases := []struct {
		name, text string
		want       []string
	}{
		{"lower case", "Søvn og ANGST", []string{"søvn", "og", "angst"}},
		{"letters that are composed of two characters", "Bla\u030ar", []string{"blår"}},
		{"hyphens and signs separate", "e-læring, 24/7: «hjelp!»", []string{"e", "læring", "24", "7", "hjelp"}},
		{"a soft hyphen between the two characters of a letter", "Bla\u00ad\u030ar", []string{"blår"}},
		{"soft hyphens are dropped", "søvn\u00adproblemer", []string{"søvnproblemer"}},
		{"other alphabets", "Čálli ДОМ", []string{"čálli", "дом"}},
		{"no words", " …!? ", []string{}},
		{"empty", "", []string{}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) { assert.Equal(t, c.want, norwegian.Words(c.text)) })
	}
}

// Words that one inflection parts must share a key of the first tier; words that only look alike must not.
func TestKeysOfTheFirstTier(t *testing.T) {
	together := [][2]string{
		{"angsten", "angst"}, {"søvnproblemer", "søvnproblem"}, {"søvnproblemene", "søvnproblemer"}, {"tanker", "tankene"},
		{"sover", "sove"}, {"kurs", "kurset"}, {"kurs", "kursene"}, {"soevn", "søvn"}, {"soevnproblemer", "søvnproblem"},
		{"saarbar", "sårbar"}, {"oeve", "øve"}, {"oevelser", "øvelse"}, {"laering", "læring"}, {"daarlig", "dårlige"}, {"kafeen", "kafé"},
		{"tankar", "tankane"}, {"problems", "problem"}, {"sömn", "soemn"},
		{"humøret", "humørs"}, {"forhånd", "forhånde"},
	}
	apart := [][2]string{
		{"sovn", "søvn"}, {"darlig", "dårlig"}, {"sar", "sår"}, {"omsorg", "sorg"}, {"kurs", "rus"}, {"barn", "bar"}, {"hjem", "hjelp"},
	}
	for _, p := range together {
		assert.True(t, share(p, norwegian.TierWide), "%v belong together", p)
	}
	for _, p := range apart {
		assert.False(t, share(p, norwegian.TierWide), "%v do not belong together", p)
	}
}

func TestKeysOfTheSecondTier(t *testing.T) {
	for _, p := range [][2]string{{"sovn", "søvn"}, {"darlig", "dårlig"}, {"darlige", "dårlig"}, {"laring", "læring"}, {"sovnproblem", "søvnproblemene"}} {
		assert.True(t, share(p, norwegian.TierBare), "%v belong together", p)
	}
}

// The as of kolsås is no ending, as it is none with its own letters.
func TestAnEndingIsNotMadeByBareLetters(t *testing.T) {
	assert.False(t, share([2]string{"kolsås", "kols"}, norwegian.TierBare))
	assert.True(t, share([2]string{"øvelsene", "ovelse"}, norwegian.TierBare))
}

func share(p [2]string, tier norwegian.Tier) bool {
	other := norwegian.Keys(p[1], tier)
	return slices.ContainsFunc(norwegian.Keys(p[0], tier), func(k string) bool { return slices.Contains(other, k) })
}

func TestStopWord(t *testing.T) {
	cases := []struct {
		lang, word string
		want       bool
	}{
		{"nb", "jeg", true}, {"nn", "eg", true}, {"nb", "the", true}, {"", "ikkje", true}, {"en", "men", false}, {"nb", "men", true},
		{"nb", "same", false}, {"en", "same", true}, {"nb", "trass", false}, {"nn", "trass", true}, {"nb", "frå", true}, {"nb", "fraa", true},
		{"nb", "angst", false}, {"nb", "barn", false}, {"nb", "alene", false}, {"en", "sleep", false}, {"nb", "søvn", false}, {"nb", "hjelp", false},
	}
	for _, c := range cases {
		assert.Equal(t, c.want, norwegian.StopWord(c.lang, c.word), "%s %s", c.lang, c.word)
	}
}

func TestNearest(t *testing.T) {
	vocabulary := []string{strings.Repeat("a", 65), "angst", "depresjon", "mestring", "søvn", "søvnproblemer", "trening", "trøtt"}
	cases := []struct {
		name, word string
		want       []string
	}{
		{"missing letter", "angt", nil},
		{"one wrong letter from five letters", "angsk", []string{"angst"}},
		{"swapped letters", "agnst", []string{"angst"}},
		{"two edits in a short word", "agnstt", nil},
		{"two edits from nine letters", "deprsejoon", []string{"depresjon"}},
		{"three edits", "deprsjooon", nil},
		{"bare letters cost nothing", "sovnprblemr", []string{"søvnproblemer"}},
		{"the word itself", "angst", []string{"angst"}},
		{"the nearest only", "trenink", []string{"trening"}},
		{"one letter more", "mestringg", []string{"mestring"}},
		{"empty", "", nil},
		{"longer than any word", strings.Repeat("a", 65), nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) { assert.Equal(t, c.want, norwegian.Nearest(c.word, vocabulary)) })
	}
}

func TestNearestGivesAllAtTheSameDistance(t *testing.T) {
	assert.Equal(t, []string{"katten", "matten"}, norwegian.Nearest("hatten", []string{"hutt", "katten", "matten", "hatt"}))
}

func TestSortKeyIsDictionaryOrder(t *testing.T) {
	want := []string{"Alene", "Én dag", "en uke", "Zen", "Ærlig", "Øve", "Åpen"}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, func(a, b string) int {
		ka, kb := norwegian.SortKey(a), norwegian.SortKey(b)
		switch {
		case ka < kb:
			return -1
		case ka > kb:
			return 1
		}
		return 0
	})
	assert.Equal(t, want, got)
}

// Whatever is typed: no panic, every word is found again in itself, and every key is made of what a key may hold.
func FuzzWords(f *testing.F) {
	for _, seed := range []string{"søvnproblemer", "ks", "åks", "İstanbul ǅ", "\xff\xfe", "a\u0301\u0301", "erte ert", "ſ", "aͅ"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, w := range norwegian.Words(text) {
			require.True(t, utf8.ValidString(w))
			require.Equal(t, []string{w}, norwegian.Words(w))
			for _, tier := range []norwegian.Tier{norwegian.TierWide, norwegian.TierBare} {
				require.NotEmpty(t, norwegian.Keys(w, tier))
			}
			require.NotPanics(t, func() { norwegian.Nearest(w, []string{"angst", w}) })
			require.NotPanics(t, func() { norwegian.HalfKnown(w) })
		}
	})
}
