package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
)

// BenchmarkScale builds an index of 100,000 tools and asks it; it prints what is wanted beside what was measured.
func BenchmarkScale(b *testing.B) {
	tools := synthetic(100_000)
	b.ResetTimer()
	for b.Loop() {
		r, err := measureScale(tools)
		require.NoError(b, err)
		b.ReportMetric(r.build.Seconds(), "build-s(<6)")
		b.ReportMetric(float64(r.p99.Microseconds())/1000, "p99-ms(<5)")
		b.ReportMetric(float64(r.slowest.Microseconds())/1000, "slowest-p50-ms")
		b.ReportMetric(r.bytes, "B/tool(<2048)")
	}
}

// abuse are queries that are made to cost much. Each is answered soon, or refused with a clear error.
func abuse() map[string]catalogue.Query {
	var strange, near []string
	for i := range 80 {
		strange = append(strange, fmt.Sprintf("kvxzq%d", 10+i))
		near = append(near, "migrenekrus"[i%4:]+string(rune('a'+i%26)))
	}
	return map[string]catalogue.Query{
		"1 MB":                    {Text: strings.Repeat("å", 1<<19)},
		"1 MB of words":           {Text: strings.Repeat("angst ", 1<<20/6)},
		"10,000 words":            {Text: strings.Repeat("a ", 10_000)},
		"500 characters":          {Text: strings.Repeat("søvn", 125)},
		"250 words":               {Text: strings.Repeat("a b ", 125)},
		"common words":            {Text: strings.Join(append(slices.Clone(subjects), heads...)[:60], " "), Facets: catalogue.Facets()},
		"unknown words":           {Text: strings.Join(strange, " ")[:490]},
		"nearly known words":      {Text: strings.Join(near, " ")[:490], Facets: catalogue.Facets()},
		"beginnings":              {Text: "mig", Facets: catalogue.Facets()},
		"control characters":      {Text: strings.Repeat("\x00\x1b\u202e\r\n", 100)},
		"marks without letters":   {Text: strings.Repeat("\u0301", 500)},
		"1 MB that is not UTF-8":  {Text: strings.Repeat("\xff", 1<<20)},
		"not UTF-8":               {Text: strings.Repeat("\xff", 500)},
		"200 facets":              {Facets: slices.Repeat(catalogue.Facets(), 17)[:200]},
		"all facets":              {Facets: catalogue.Facets(), Sort: catalogue.SortReviewed, Offset: 1 << 40, Limit: 1 << 40},
		"a million values":        {Areas: slices.Repeat([]catalogue.Area{"area-3"}, 1_000_000)},
		"1 MB of a value":         {Areas: []catalogue.Area{catalogue.Area(strings.Repeat("a", 1<<20))}},
		"1 MB of a language code": {Lang: catalogue.Lang("nb" + strings.Repeat("-a1", 1<<20/3))},
	}
}

// BenchmarkAbuse prints for each query of abuse how long it takes at 10,000 tools beside what is wanted, and whether it is refused (1) or
// answered (0).
func BenchmarkAbuse(b *testing.B) {
	x, err := catalogue.NewIndex(synthetic(10_000))
	require.NoError(b, err)
	for name, q := range abuse() {
		b.Run(name, func(b *testing.B) {
			var err error
			for b.Loop() {
				_, err = x.Search(q)
			}
			refused := 0.0
			if err != nil {
				require.ErrorIs(b, err, catalogue.ErrQuery)
				require.Less(b, len(err.Error()), 1_000)
				refused = 1
			}
			b.ReportMetric(refused, "refused")
			b.ReportMetric(float64(b.Elapsed().Microseconds())/1000/float64(b.N), "ms(<50)")
		})
	}
}
