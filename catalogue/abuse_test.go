package catalogue_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
)

// hostile are queries that are made to cost much. Those with a fault must be refused, before any work is done.
func hostile() []hostileQuery {
	var unknown []string
	for i := range 80 {
		unknown = append(unknown, fmt.Sprintf("ukjnt%d", 10+i))
	}
	return []hostileQuery{
		{"1 MB", catalogue.Query{Text: strings.Repeat("å", 1<<19)}, "field Text is longer than 500 characters"},
		{"1 MB of words", catalogue.Query{Text: strings.Repeat("angst ", 1<<20/6)}, "field Text is longer than 500 characters"},
		{"10,000 words", catalogue.Query{Text: strings.Repeat("a ", 10_000)}, "field Text is longer than 500 characters"},
		{"1 MB that is not UTF-8", catalogue.Query{Text: strings.Repeat("\xff", 1<<20)}, "field Text is longer than 500 characters"},
		{"not UTF-8", catalogue.Query{Text: strings.Repeat("\xff", 500)}, "field Text is not valid UTF-8"},
		{"200 facets", catalogue.Query{Facets: slices.Repeat([]catalogue.Facet{"area"}, 200)}, "field Facets has more than"},
		{"a million values", catalogue.Query{Areas: slices.Repeat([]catalogue.Area{"sleep"}, 1_000_000)}, "field Areas has more than 100 values"},
		{"1 MB of a value", catalogue.Query{Areas: []catalogue.Area{catalogue.Area(strings.Repeat("a", 1<<20))}}, "field Areas[0]"},
		{"1 MB of language", catalogue.Query{Lang: catalogue.Lang("nb" + strings.Repeat("-a1", 1<<20/3))}, "field Lang"},
		{"far page", catalogue.Query{Offset: 1<<63 - 1, Limit: 1<<63 - 1}, ""},
		{"control characters", catalogue.Query{Text: strings.Repeat("\x00\x1b\u202e\r\n", 100)}, ""},
		{"marks without letters", catalogue.Query{Text: strings.Repeat("\u0301", 500)}, ""},
		{"250 words of one letter", catalogue.Query{Text: strings.Repeat("a b ", 125)}, ""},
		{"80 words that nobody knows", catalogue.Query{Text: strings.Join(unknown, " ")[:500]}, ""},
		{"one word over and over", catalogue.Query{Text: strings.Repeat("søvnprblm ", 45)}, ""},
		{"one word of 500 letters", catalogue.Query{Text: strings.Repeat("søvn", 125)}, ""},
	}
}

type hostileQuery struct {
	name  string
	query catalogue.Query
	fault string
}

// A refusal costs next to nothing, and an answer no more than the limits allow: that is counted in allocations, which no load of the
// machine can change.
func TestHostileQueriesAreRefusedOrCheap(t *testing.T) {
	x := index(t)
	for _, c := range hostile() {
		t.Run(c.name, func(t *testing.T) {
			c.query.At = noon
			_, err := x.Search(c.query)
			most := 20_000.0
			if c.fault == "" {
				require.NoError(t, err)
			} else {
				require.ErrorIs(t, err, catalogue.ErrQuery)
				require.ErrorContains(t, err, c.fault)
				assert.Less(t, len(err.Error()), 1_000)
				most = 60
			}
			assert.Less(t, testing.AllocsPerRun(1, func() { _, _ = x.Search(c.query) }), most)
			assert.LessOrEqual(t, len(x.Suggest(c.query.Text, c.query.Lang, 1<<30, noon)), catalogue.MaxSuggestions)
		})
	}
}

func TestControlCharactersOnlyPartWords(t *testing.T) {
	plain := search(t, catalogue.Query{Text: "søvn insomni"})
	assert.NotEmpty(t, plain.Hits)
	assert.Equal(t, plain, search(t, catalogue.Query{Text: "\x00søvn\x1b\x07insomni\r\n\u202e"}))
}

// Marks without a letter are no word, alone or with an ending, in a query and in a tool.
func TestMarksAlone(t *testing.T) {
	x := with(t, named("a", "Angst \u07fd \u07fd\u07fd\u07fd\u07fds"))
	for _, text := range []string{"\u07fd", "\u07fd\u07fd\u07fd", "\u07fd\u07fd\u07fd\u07fd\u07fd", "\u0301 \u07fd"} {
		assert.Empty(t, found(t, x, catalogue.Query{Text: text}), "%+q", text)
		assert.Empty(t, x.Suggest(text, "", 10, noon), "%+q", text)
	}
	assert.Equal(t, []string{"a"}, found(t, x, catalogue.Query{Text: "\u07fd angst"}))
	assert.Equal(t, []string{"a"}, found(t, x, catalogue.Query{Text: "\u07fd\u07fd\u07fd\u07fds"}), "it has a letter")
}

// The first 32 telling words of a text decide, and 8 of the unknown ones are guessed at.
func TestOnlySoManyWordsDecide(t *testing.T) {
	x := with(t, named("a", "Angst"), named("b", "Insomni"))
	var filler []string
	for i := range 31 {
		filler = append(filler, fmt.Sprintf("q%d", i))
	}
	long := strings.Join(filler, " ")
	assert.Equal(t, []string{"a"}, found(t, x, catalogue.Query{Text: long + " angst insomni"}), "the 32nd word, and not the 33rd")
	assert.Equal(t, []string{"a"}, found(t, x, catalogue.Query{Text: strings.Repeat("x", 129) + " angst"}), "no word is that long")
	assert.ElementsMatch(t, []string{"a", "b"}, found(t, x, catalogue.Query{Text: "og i på " + long[4:] + " angst insomni"}), "stop words do not count")
	r, err := x.Search(catalogue.Query{Text: "q1 q2 q3 q4 q5 q6 q7 angsts1 angsts2"})
	require.NoError(t, err)
	assert.Empty(t, r.DidYouMean)
	r, err = x.Search(catalogue.Query{Text: "q1 q2 q3 q4 q5 q6 q7 anngst innsomni"})
	require.NoError(t, err)
	assert.Equal(t, "q1 q2 q3 q4 q5 q6 q7 angst innsomni", r.DidYouMean, "the eighth, and not the ninth")
}

func BenchmarkHostile(b *testing.B) {
	x := index(b)
	for _, c := range hostile() {
		b.Run(strings.ReplaceAll(c.name, " ", "-"), func(b *testing.B) {
			c.query.At = noon
			for b.Loop() {
				_, _ = x.Search(c.query)
			}
		})
	}
}
