package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
	"unicode"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/search/query"

	"github.com/verktoykatalog/verktoy/catalogue"
)

// asks are the kinds of query that are timed, each in the way in which an engine does it best. All give the ten best hits.
var asks = []struct {
	name  string
	ours  catalogue.Query
	bleve func() query.Query
	fts   string
	arg   string
}{
	{"1 term", catalogue.Query{Text: "migrenekurs"}, textQuery("migrenekurs"), ftsMatch, anyWord("migrenekurs", "")},
	{"2 terms", catalogue.Query{Text: "migrene eksamen"}, textQuery("migrene eksamen"), ftsMatch, anyWord("migrene eksamen", "")},
	{"prefix", catalogue.Query{Text: "migrenek"}, func() query.Query {
		return matchEach(func(f string, w float64) query.Query {
			q := bleve.NewPrefixQuery("migrenek")
			q.SetField(f)
			q.SetBoost(w)
			return q
		})
	}, ftsMatch, anyWord("migrenek", "*")},
	{"typo", catalogue.Query{Text: "migrenekrus"}, func() query.Query {
		return matchEach(func(f string, w float64) query.Query {
			q := bleve.NewMatchQuery("migrenekrus")
			q.SetField(f)
			q.SetBoost(w)
			q.SetFuzziness(2)
			return q
		})
	}, ftsMatch, anyWord("migre", "*")}, // has no edit distance: what begins alike, for the host to compare
	{"text and filter", catalogue.Query{Text: "migrene", Areas: []catalogue.Area{"area-3"}}, func() query.Query {
		return bleve.NewConjunctionQuery(textQuery("migrene")(), areaQuery("area-3"))
	}, "select id from tool where tool match ? and area like '% area-3 %' order by rank limit 10", anyWord("migrene", "")},
	{"browse", catalogue.Query{Areas: []catalogue.Area{"area-3"}}, func() query.Query { return areaQuery("area-3") },
		"select id from tool where area like ? order by name limit 10", "% area-3 %"},
}

const ftsMatch = "select id from tool where tool match ? order by rank limit 10"

func textQuery(text string) func() query.Query {
	return func() query.Query {
		return matchEach(func(f string, w float64) query.Query {
			q := bleve.NewMatchQuery(text)
			q.SetField(f)
			q.SetBoost(w)
			return q
		})
	}
}

func areaQuery(area string) query.Query {
	q := bleve.NewTermQuery(area)
	q.SetField("area")
	return q
}

// wantedRatio is how many times faster than each of the others ours must be.
const wantedRatio = 10

// runSpeed times every kind of query on 10,000 tools, ops of an engine after those of another in each round, and the building of an index.
func runSpeed(rounds, ops int) error {
	tools := synthetic(10_000)
	opened := make([]finder, len(engines))
	for i, e := range engines {
		f, err := e.open(tools)
		if err != nil {
			return fmt.Errorf("%s: %w", e.name, err)
		}
		opened[i] = f
	}
	if err := timeQueries(os.Stdout, opened, rounds, ops); err != nil {
		return err
	}
	return timeBuild(os.Stdout, tools, min(rounds, 9))
}

// timeQueries judges by the median of all times. The median of the first times of the rounds stands below it: then others have just had the
// processor and its caches, and there is no bar for that.
func timeQueries(w io.Writer, engines []finder, rounds, ops int) error {
	x, b, f := engines[0].(ours), engines[1].(bleveIndex), engines[2].(ftsIndex)
	t := tabwriter.NewWriter(w, 0, 0, 3, ' ', tabwriter.AlignRight)
	_, _ = fmt.Fprintf(t, "\n10,000 tools, p50\tours µs\tbleve µs\tFTS5 µs\tbleve / ours\tFTS5 / ours\twanted\t\n")
	for _, a := range asks {
		q := a.ours
		q.Limit = 10
		all, first, err := timeEach(rounds, ops,
			func() (int, error) { ids, err := x.search(q); return len(ids), err },
			func() (int, error) { ids, err := b.search(a.bleve(), 10); return len(ids), err },
			func() (int, error) { ids, err := f.rows(a.fts, a.arg); return len(ids), err })
		if err != nil {
			return fmt.Errorf("%s: %w", a.name, err)
		}
		verdict := "met"
		if all[1] < wantedRatio*all[0] || all[2] < wantedRatio*all[0] {
			verdict = "missed"
		}
		printTimes(t, a.name, all, fmt.Sprintf("≥ %d, %s", wantedRatio, verdict))
		printTimes(t, "first of a round", first, "")
	}
	return t.Flush()
}

func printTimes(w io.Writer, name string, p50 []float64, verdict string) {
	_, _ = fmt.Fprintf(w, "%s\t%.1f\t%.1f\t%.1f\t%.0f\t%.0f\t%s\t\n", name, p50[0], p50[1], p50[2], p50[1]/p50[0], p50[2]/p50[0], verdict)
}

// timeEach gives the median of the microseconds that each of works takes: of all times, and of the first ones of the rounds.
func timeEach(rounds, ops int, works ...func() (int, error)) (all, first []float64, err error) {
	times, firsts := make([][]float64, len(works)), make([][]float64, len(works))
	for range rounds {
		for i, work := range works {
			took, err := timeWork(ops, work)
			if err != nil {
				return nil, nil, fmt.Errorf("engine %d: %w", i, err)
			}
			times[i], firsts[i] = append(times[i], took...), append(firsts[i], took[0])
		}
	}
	for i := range times {
		all, first = append(all, median(times[i])), append(first, median(firsts[i]))
	}
	return all, first, nil
}

// timeWork does the work ops times and gives how many microseconds each took. Work that finds nothing is no work.
func timeWork(ops int, work func() (int, error)) ([]float64, error) {
	took := make([]float64, ops)
	for i := range took {
		start := time.Now()
		n, err := work()
		took[i] = float64(time.Since(start).Nanoseconds()) / 1000
		if err == nil && n == 0 {
			err = errors.New("nothing found")
		}
		if err != nil {
			return nil, err
		}
	}
	return took, nil
}

// wantedBuild is how many times as long as a bare loop our index may take.
const wantedBuild = 2

func timeBuild(w io.Writer, tools []catalogue.Tool, rounds int) error {
	var ratios []float64
	var build, bare []float64
	for range rounds {
		runtime.GC()
		start := time.Now()
		if _, err := catalogue.NewIndex(tools); err != nil {
			return err
		}
		build = append(build, time.Since(start).Seconds()*1000)
		runtime.GC()
		start = time.Now()
		if len(tokenise(tools)) == 0 {
			return errors.New("no words")
		}
		bare = append(bare, time.Since(start).Seconds()*1000)
		ratios = append(ratios, build[len(build)-1]/bare[len(bare)-1])
	}
	_, err := fmt.Fprintf(w, "\nindex build: ours %.0f ms, tokenise and append %.0f ms, ours / bare %.2f (%.2f–%.2f), wanted < %d\n",
		median(build), median(bare), median(ratios), slices.Min(ratios), slices.Max(ratios), wantedBuild)
	return err
}

// tokenise is the bare loop: every word of every text, and the tools that have it.
func tokenise(tools []catalogue.Tool) map[string][]int32 {
	out := map[string][]int32{}
	for i := range tools {
		for _, c := range columns {
			for _, text := range c.text(&tools[i]) {
				for _, w := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
					out[w] = append(out[w], int32(i))
				}
			}
		}
	}
	return out
}
