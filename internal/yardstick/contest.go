package main

import (
	"fmt"
	"io"
	"slices"
	"testing"
	"text/tabwriter"
)

// contest is one piece of work and who does it. The first contestant is this module.
type contest struct {
	name        string
	contestants []contestant
	// byTime says that the time on the clock is what counts.
	byTime bool
}

type contestant struct {
	name string
	// most is the greatest ratio of the first contestant's time to this one's
	// that we want; 0 if it is here for information.
	most float64
	// prepare makes what n operations need; it is not timed. The function it
	// gives does operation i of n.
	prepare func(n int) (func(i int) error, error)
}

// contests are all there are; each is opened when its turn comes.
var contests = []func() (*contest, error){acceptContest, decideContest}

// bench does the work b.N times. Whoever does not do it right fails.
func (c contestant) bench(b *testing.B) {
	do, err := c.prepare(b.N)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	b.ResetTimer()
	before := processorTime()
	for i := range b.N {
		if err := do(i); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64((processorTime()-before).Nanoseconds())/float64(b.N), processor)
}

const processor = "cpu-ns/op"

// row is what was measured of one contestant: a number per round.
type row struct {
	micros, cpu   []float64 // µs an operation
	times, ratios []float64 // the first contestant's share of this one's: of micros and of cpu
	allocs        int64
}

func (c *contest) measure(rounds int) ([]row, error) {
	rows := make([]row, len(c.contestants))
	for range rounds {
		for i, who := range c.contestants {
			r := testing.Benchmark(who.bench)
			if r.N == 0 {
				return nil, fmt.Errorf("%s: %s does not do the work", c.name, who.name)
			}
			rows[i].add(r)
		}
		for i := range rows {
			rows[i].compare(rows[0])
		}
	}
	return rows, nil
}

func (r *row) add(b testing.BenchmarkResult) {
	r.micros = append(r.micros, float64(b.T.Nanoseconds())/float64(b.N)/1000)
	r.cpu = append(r.cpu, b.Extra[processor]/1000)
	r.allocs = b.AllocsPerOp()
}

func (r *row) compare(first row) {
	r.times = append(r.times, last(first.micros)/last(r.micros))
	r.ratios = append(r.ratios, last(first.cpu)/last(r.cpu))
}

// printByTime judges by the time on the clock, for work that another process does too.
func (c *contest) printByTime(w io.Writer, rounds int) error {
	c.byTime = true
	return c.print(w, rounds)
}

func (c *contest) print(w io.Writer, rounds int) error {
	rows, err := c.measure(rounds)
	if err != nil {
		return err
	}
	t := tabwriter.NewWriter(w, 0, 0, 3, ' ', tabwriter.AlignRight)
	_, _ = fmt.Fprintf(t, "\n%s\tµs\tprocessor µs\tallocs\tby time\tours / theirs\trange\tof the best\twanted\t\n", c.name)
	for i, who := range c.contestants {
		r := rows[i]
		_, _ = fmt.Fprintf(t, "%s\t%.1f\t%.1f\t%d\t%.2f\t%.2f\t%.2f–%.2f\t%.2f\t%s\t\n", who.name, median(r.micros), median(r.cpu), r.allocs,
			median(r.times), median(r.ratios), slices.Min(r.ratios), slices.Max(r.ratios), slices.Min(rows[0].cpu)/slices.Min(r.cpu), who.verdict(c.judged(r)))
	}
	return t.Flush()
}

// judged is the ratio that is compared with what is wanted.
func (c *contest) judged(r row) float64 {
	if c.byTime {
		return median(r.times)
	}
	return median(r.ratios)
}

func (c contestant) verdict(ratio float64) string {
	switch {
	case c.most == 0:
		return ""
	case ratio <= c.most:
		return fmt.Sprintf("≤ %.2f, met", c.most)
	}
	return fmt.Sprintf("≤ %.2f, missed", c.most)
}

func last(xs []float64) float64 { return xs[len(xs)-1] }

// median is that of a list that is not empty.
func median(xs []float64) float64 {
	sorted := slices.Sorted(slices.Values(xs))
	return (sorted[(len(sorted)-1)/2] + sorted[len(sorted)/2]) / 2
}
