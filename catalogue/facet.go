package catalogue

import (
	"cmp"
	"slices"
	"strings"
)

// Facet is a property that hits are counted by, so that a page can offer a choice of its values.
type Facet string

// The facets. The values of the last five are "true" and "false".
const (
	FacetKind                 Facet = "kind"
	FacetArea                 Facet = "area"
	FacetAudience             Facet = "audience"
	FacetLanguage             Facet = "language" // the tool's own languages
	FacetMode                 Facet = "mode"
	FacetPlatform             Facet = "platform"
	FacetVendor               Facet = "vendor" // by organisation number
	FacetWithoutLogin         Facet = "withoutLogin"
	FacetRequiresPrescription Facet = "requiresPrescription"
	FacetNational             Facet = "national"
	FacetOnBehalf             Facet = "onBehalf"
	FacetPrescribable         Facet = "prescribable" // has units that a therapist may prescribe
)

// Facets lists all facets.
func Facets() []Facet {
	var out []Facet
	for _, p := range properties {
		out = append(out, p.facet)
	}
	return out
}

// FacetCounts says how many hits there are with each value of a facet. It counts the tools that pass all filters but the facet's own: what
// the result would hold if only this value were chosen.
type FacetCounts struct {
	Facet Facet `json:"facet"`
	// Values holds the values that hits have, and those that the query chose: the most frequent first, then by the alphabet.
	Values []FacetCount `json:"values"`
}

// FacetCount is one value of a facet.
type FacetCount struct {
	Value string `json:"value"`
	// Label is the vendor's name for [FacetVendor]. It is empty for other facets, whose values are codes, and where no tool is counted.
	Label string `json:"label,omitempty"`
	Count int    `json:"count"`
	// Chosen says that the query's filter has this value.
	Chosen bool `json:"chosen"`
}

// tally counts for some facets.
type tally struct {
	x       *Index
	columns []int // of the facets, in the order asked for
	counts  [][]int
	first   [][]int // for each value the first of the tools counted
}

func (x *Index) newTally(asked []Facet) *tally {
	t := &tally{x: x}
	for _, f := range asked {
		p := property(f)
		t.columns = append(t.columns, p)
		t.counts = append(t.counts, make([]int, len(x.columns[p].values)))
		t.first = append(t.first, make([]int, len(x.columns[p].values)))
	}
	return t
}

// property finds a facet that was checked before.
func property(f Facet) int {
	return slices.IndexFunc(properties[:], func(p propertyOf) bool { return p.facet == f })
}

func (t *tally) add(tool int, misses uint32) {
	for i, p := range t.columns {
		if misses&^(1<<p) != 0 {
			continue
		}
		for _, v := range t.x.columns[p].of(tool) {
			if t.counts[i][v] == 0 || tool < t.first[i][v] {
				t.first[i][v] = tool
			}
			t.counts[i][v]++
		}
	}
}

func (t *tally) result(s *sieve) []FacetCounts {
	var out []FacetCounts
	for i, p := range t.columns {
		values := append(t.values(i, p, s.wanted[p]), t.absent(p, s.q)...)
		slices.SortFunc(values, func(a, b FacetCount) int {
			return cmp.Or(b.Count-a.Count, strings.Compare(a.Value, b.Value))
		})
		out = append(out, FacetCounts{Facet: properties[p].facet, Values: values})
	}
	return out
}

// values gives the values that are counted or chosen.
func (t *tally) values(i, p int, wanted []bool) []FacetCount {
	out := []FacetCount{}
	for v, n := range t.counts[i] {
		chosen := wanted != nil && wanted[v]
		if n == 0 && !chosen {
			continue
		}
		count := FacetCount{Value: t.x.columns[p].values[v], Count: n, Chosen: chosen}
		if n > 0 && properties[p].facet == FacetVendor {
			count.Label = t.x.tools[t.first[i][v]].Vendor.Name
		}
		out = append(out, count)
	}
	return out
}

// absent gives the chosen values that no tool has.
func (t *tally) absent(p int, q *Query) []FacetCount {
	var out []FacetCount
	wanted := properties[p].wanted(q)
	slices.Sort(wanted)
	for _, value := range slices.Compact(wanted) {
		if _, known := t.x.columns[p].number(value); !known {
			out = append(out, FacetCount{Value: value, Chosen: true})
		}
	}
	return out
}
