package catalogue

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/internal/norwegian"
)

// Sort is the order of hits. Hits that are equal in it go by relevance, then by name.
type Sort string

// The orders. Empty means [SortRelevance].
const (
	SortRelevance Sort = "relevance" // the best first; by name when browsing
	SortName      Sort = "name"      // as in a Norwegian dictionary, by the name in the reader's language
	SortNewest    Sort = "newest"    // by the first day of the listing, the latest first, those without one last
	SortReviewed  Sort = "reviewed"  // by the latest review of the evidence, the latest first, those without one last
)

// ordering compares hits as the query wants them. Browsing goes by name where others go by relevance.
func (x *Index) ordering(q Query, browsing bool) func(a, b candidate) int {
	lang := cmp.Or(q.Lang, Bokmaal)
	place, named := x.ranks.of(lang).place, x.named(lang)
	name := func(a, b candidate) int { return int(place[a.tool] - place[b.tool]) }
	relevance := func(a, b candidate) int {
		switch {
		case a.matched != b.matched:
			return int(b.matched - a.matched)
		case a.score != b.score:
			return cmp.Compare(b.score, a.score)
		case a.matched > 0 && named.has(a.tool) != named.has(b.tool):
			return first(named.has(a.tool), named.has(b.tool))
		}
		return name(a, b)
	}
	if browsing {
		relevance = name
	}
	switch q.Sort {
	case SortName:
		return name
	case SortNewest:
		return byDay(x.dayNumbers().first, relevance)
	case SortReviewed:
		return byDay(x.dayNumbers().reviewed, relevance)
	}
	return relevance
}

// named is the set of the tools that have a name in exactly this language.
func (x *Index) named(lang Lang) set {
	r, known := x.ranks[lang]
	switch {
	case known:
		return r.named
	case len(x.ranks) < maxRanks:
		return newSet(len(x.tools)) // nobody's
	}
	return namedIn(x.tools, lang)
}

func namedIn(tools []Tool, lang Lang) set {
	out := newSet(len(tools))
	for i := range tools {
		if tools[i].Name[lang] != "" {
			out.add(int32(i))
		}
	}
	return out
}

func byDay(day []int32, next func(a, b candidate) int) func(a, b candidate) int {
	return func(a, b candidate) int {
		if c := day[b.tool] - day[a.tool]; c != 0 {
			return int(c)
		}
		return next(a, b)
	}
}

// dayNumbers are each tool's days to sort by: a catalogue is ordered by comparing numbers that stand side by side.
type dayNumbers struct{ first, reviewed []int32 }

func (x *Index) dayNumbers() dayNumbers {
	return x.days.get(func() dayNumbers {
		d := dayNumbers{make([]int32, len(x.tools)), make([]int32, len(x.tools))}
		for i := range x.tools {
			d.first[i], d.reviewed[i] = x.tools[i].firstDay().number(), x.tools[i].Reviewed().number()
		}
		return d
	})
}

// firstDay is the first day of the listing, "" if it is not given.
func (t *Tool) firstDay() Date {
	if t.Listing == nil {
		return ""
	}
	return t.Listing.From
}

// ranks holds the order of names for each language; nb is always there.
type ranks map[Lang]ranking

// ranking is the order of tools by their names in a language: place says where each tool stands, named which have a name in it.
type ranking struct {
	place []int32
	named set
}

// maxRanks bounds how many languages a catalogue's names are ordered in. A reader of a language beyond it meets the order of nb.
const maxRanks = 16

// of gives the order for a reader: of the language, or of the one that it is a variant of, or of nb.
func (r ranks) of(lang Lang) ranking {
	for ; lang != ""; lang = lang.parent() {
		if rank, known := r[lang]; known {
			return rank
		}
	}
	return r[Bokmaal]
}

// newRanks orders tools, which come by id, in every language that a name is given in.
func newRanks(tools []Tool) ranks {
	known := map[Lang]bool{}
	for i := range tools {
		for lang := range tools[i].Name {
			known[lang] = true
		}
	}
	out := ranks{Bokmaal: newRanking(tools, Bokmaal)}
	for _, lang := range append(slices.Clone(fallback), slices.Sorted(maps.Keys(known))...) {
		if _, done := out[lang]; !done && known[lang] && len(out) < maxRanks {
			out[lang] = newRanking(tools, lang)
		}
	}
	return out
}

func newRanking(tools []Tool, lang Lang) ranking {
	keys, order := make([]string, len(tools)), make([]int32, len(tools))
	for i := range tools {
		keys[i], order[i] = norwegian.SortKey(tools[i].Name.In(lang)), int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int { return cmp.Or(strings.Compare(keys[a], keys[b]), int(a-b)) })
	r := ranking{place: make([]int32, len(tools)), named: namedIn(tools, lang)}
	for place, tool := range order {
		r.place[tool] = int32(place)
	}
	return r
}
