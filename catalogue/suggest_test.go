package catalogue_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
)

func offered(x *catalogue.Index, prefix string, lang catalogue.Lang, n int) []string {
	var out []string
	for _, s := range x.Suggest(prefix, lang, n, noon) {
		out = append(out, s.Text)
	}
	return out
}

func TestSuggest(t *testing.T) {
	sleep, calm, late := named("sleep", "Sov godt"), named("calm", "Godt søvnkurs"), named("late", "Søvn senere")
	sleep.Name["en"] = "Sleep well"
	sleep.Keywords = map[catalogue.Lang][]string{"nb": {"søvn", "får ikke sove"}, "en": {"sleep"}}
	calm.Keywords = map[catalogue.Lang][]string{"nb": {"søvn", "Søvnløshet", "søvnløshet"}}
	late.Listing = &catalogue.Listing{From: "2026-11-01"}
	gone := named("gone", "Søvn før")
	gone.Status = catalogue.StatusWithdrawn
	x := with(t, sleep, calm, late, gone)
	cases := []struct {
		name, prefix string
		lang         catalogue.Lang
		want         []string
	}{
		{"a word, keywords of more tools first, then inside a name", "søvn", "nb", []string{"søvn", "Søvnløshet", "Godt søvnkurs"}},
		{"ae, oe and aa", "soevn", "nb", []string{"søvn", "Søvnløshet", "Godt søvnkurs"}},
		{"bare letters", "sovn", "nb", []string{"søvn", "Søvnløshet", "Godt søvnkurs"}},
		{"bare letters after the others", "sov", "nb", []string{"Sov godt", "får ikke sove", "søvn", "Søvnløshet", "Godt søvnkurs"}},
		{"capitals and blanks", "  SOV  GODT ", "nb", []string{"Sov godt", "Godt søvnkurs"}},
		{"words in another order", "godt sov", "nb", []string{"Sov godt", "Godt søvnkurs"}},
		{"the middle of a keyword", "ikke so", "nb", []string{"får ikke sove"}},
		{"not within a word", "kurs", "nb", nil},
		{"the reader's language first", "s", "en", []string{"Sleep well", "sleep", "søvn", "Søvnløshet"}},
		{"a variant of the language", "sl", "en-GB", []string{"Sleep well", "sleep"}},
		{"no letter", "?!", "nb", nil},
		{"empty", "", "nb", nil},
		{"too long", "søvn" + strings.Repeat(" ", 500), "nb", nil},
		{"not UTF-8", "\xff", "nb", nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := offered(x, c.prefix, c.lang, 0)
			if c.name == "the reader's language first" {
				got = got[:4]
			}
			assert.Equal(t, c.want, got)
		})
	}
	first := x.Suggest("sov", "nb", 2, noon)
	assert.Equal(t, []catalogue.Suggestion{{Text: "Sov godt", Lang: "nb", Tool: "sleep"}, {Text: "får ikke sove", Lang: "nb"}}, first)
	assert.Contains(t, fmt.Sprint(x.Suggest("søvn s", "nb", 0, noon.Add(24*time.Hour))), "Søvn senere", "its day has come")
	assert.Empty(t, new(catalogue.Index).Suggest("a", "nb", 0, noon))
}

// A keyword that many tools have, of which few can be seen, comes after one that more of those have, and one of none is not offered.
func TestSuggestCountsWhatCanBeSeen(t *testing.T) {
	var tools []catalogue.Tool
	for i, keywords := range [][]string{{"pust", "puls"}, {"pust", "pute"}, {"puls", "pute", "puma"}, {"puls", "puma"}, {"puls"}} {
		tool := named(fmt.Sprintf("t-%d", i), fmt.Sprintf("Verktøy %d", i))
		tool.Keywords = map[catalogue.Lang][]string{"nb": keywords}
		if i >= 2 {
			tool.Status = catalogue.StatusWithdrawn
		}
		tools = append(tools, tool)
	}
	assert.Equal(t, []string{"pust", "puls", "pute"}, offered(with(t, tools...), "pu", "nb", 0))
}

// One letter in a large catalogue: the number of words looked at and of suggestions is bounded, and the answer is the same every time.
func TestSuggestIsBounded(t *testing.T) {
	var tools []catalogue.Tool
	for i := range 20_500 {
		tools = append(tools, named(fmt.Sprintf("t-%05d", i), fmt.Sprintf("A%05d", i)))
	}
	x := with(t, tools...)
	assert.Len(t, offered(x, "a", "nb", 1000), catalogue.MaxSuggestions)
	assert.Len(t, offered(x, "a", "nb", 0), catalogue.DefaultSuggestions)
	want := offered(x, "a", "nb", 7)
	require.Len(t, want, 7)
	assert.Equal(t, want, offered(x, "a", "nb", 7))
}
