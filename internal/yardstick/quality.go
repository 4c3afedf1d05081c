package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"text/tabwriter"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/catalogue/sample"
)

// judged is a query and what a person says of the tools: those that must come, and those that must not come near the top.
type judged struct {
	Query string         `json:"query"`
	Kind  string         `json:"kind"`
	Lang  catalogue.Lang `json:"lang"`
	// Relevant are the tools that fit, best first. Only a trap may have none.
	Relevant []catalogue.ToolID `json:"relevant"`
	// Wrong are tools that must not be among the first five.
	Wrong []catalogue.ToolID `json:"wrong"`
}

// The depths to which a list of hits is read: for tools that must come, and for those that must not.
const depth, trapDepth = 10, 5

// finder is a search engine that holds a catalogue.
type finder interface {
	find(text string, lang catalogue.Lang, n int) ([]catalogue.ToolID, error)
}

// marks are what a finder reached on the queries of a kind.
type marks struct {
	queries        int // with relevant tools
	recall, mrr    float64
	traps, springs int // queries with wrong tools, and those that gave one
}

func (m marks) mean() (recall, mrr, sprung float64) {
	n, t := float64(max(1, m.queries)), float64(max(1, m.traps))
	return m.recall / n, m.mrr / n, float64(m.springs) / t
}

func (m *marks) add(j judged, hits []catalogue.ToolID) {
	if len(j.Relevant) > 0 {
		m.queries++
		found, first := 0, 0
		for i, id := range hits[:min(depth, len(hits))] {
			if slices.Contains(j.Relevant, id) {
				found++
				if first == 0 {
					first = i + 1
				}
			}
		}
		m.recall += float64(found) / float64(min(depth, len(j.Relevant)))
		if first > 0 {
			m.mrr += 1 / float64(first)
		}
	}
	if len(j.Wrong) > 0 {
		m.traps++
		if slices.ContainsFunc(hits[:min(trapDepth, len(hits))], func(id catalogue.ToolID) bool { return slices.Contains(j.Wrong, id) }) {
			m.springs++
		}
	}
}

// judge gives the marks of each kind of query; those of all stand under "".
func judge(f finder, queries []judged, verbose io.Writer) (map[string]*marks, error) {
	out := map[string]*marks{"": {}}
	for _, j := range queries {
		hits, err := f.find(j.Query, j.Lang, depth)
		if err != nil {
			return nil, fmt.Errorf("%q: %w", j.Query, err)
		}
		if out[j.Kind] == nil {
			out[j.Kind] = &marks{}
		}
		alone := marks{}
		for _, m := range []*marks{out[""], out[j.Kind], &alone} {
			m.add(j, hits)
		}
		if r, first, _ := alone.mean(); verbose != nil && (alone.springs > 0 || alone.queries > 0 && (r < 1 || first < 1)) {
			_, _ = fmt.Fprintf(verbose, "%s %q: wanted %v not %v, got %v\n", j.Kind, j.Query, j.Relevant, j.Wrong, hits)
		}
	}
	return out, nil
}

// compare prints what ours and the others reach on the same queries.
func compare(w io.Writer, tools []catalogue.Tool, queries []judged, verbose bool) error {
	t := tabwriter.NewWriter(w, 0, 0, 3, ' ', tabwriter.AlignRight)
	_, _ = fmt.Fprintf(t, "\nengine\tkind\tqueries\trecall@%d\tMRR\ttraps\twrong tool in the top %d\t\n", depth, trapDepth)
	for _, e := range engines {
		f, err := e.open(tools)
		if err != nil {
			return fmt.Errorf("%s: %w", e.name, err)
		}
		var log io.Writer
		if verbose && e.name == engines[0].name {
			log = os.Stderr
		}
		all, err := judge(f, queries, log)
		if err != nil {
			return fmt.Errorf("%s: %w", e.name, err)
		}
		for _, kind := range kinds(queries) {
			m := all[kind]
			recall, mrr, sprung := m.mean()
			if kind == "" {
				kind = "all"
			}
			_, _ = fmt.Fprintf(t, "%s\t%s\t%d\t%.3f\t%.3f\t%d\t%.0f %%\t\n", e.name, kind, m.queries, recall, mrr, m.traps, 100*sprung)
		}
	}
	return t.Flush()
}

// kinds are those of the queries in the order in which they come, and "" for all.
func kinds(queries []judged) []string {
	var out []string
	for _, j := range queries {
		if !slices.Contains(out, j.Kind) {
			out = append(out, j.Kind)
		}
	}
	return append(out, "")
}

func readQueries(file string) ([]judged, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var out []judged
	if err := json.Unmarshal(data, &out); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("%s: no queries, want some", file)
	}
	return out, nil
}

// readTools gives the tools of a catalogue document, or of the sample without one.
func readTools(file string) ([]catalogue.Tool, error) {
	if file == "" {
		d, err := sample.Document()
		return d.Tools, err
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	d, err := catalogue.Read(f)
	return d.Tools, err
}
