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
	FacetVendor               Facet = "vendor"   // by organisation number
	FacetStatus               Facet = "status"   // only "listed" is there without [Query.All]
	FacetProfile              Facet = "profile"  // how it is started
	FacetEvidence             Facet = "evidence" // by kind
	FacetWithoutLogin         Facet = "withoutLogin"
	FacetRequiresPrescription Facet = "requiresPrescription"
	FacetNational             Facet = "national"
	FacetOnBehalf             Facet = "onBehalf"
	FacetPrescribable         Facet = "prescribable" // has units that a therapist may prescribe
)

// several are the facets of which one tool may have more values than one.
var several = []Facet{FacetArea, FacetAudience, FacetLanguage, FacetPlatform, FacetProfile, FacetEvidence}

// Facets lists all facets.
func Facets() []Facet {
	var out []Facet
	for _, p := range properties {
		out = append(out, p.facet)
	}
	return out
}

// FacetCounts says how many hits there are with each value of a facet. It counts the tools that pass all filters but the facet's own: what
// the result would hold if only this value were chosen. Of a facet in [Query.Every] it counts what the result would hold if the value were chosen too.
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

// property finds a facet that was checked before.
func property(f Facet) int {
	return slices.IndexFunc(properties[:], func(p propertyOf) bool { return p.facet == f })
}

// facets counts the candidates for each facet that is asked for.
func (s *sieve) facets(found []candidate, misses []uint32) []FacetCounts {
	var out []FacetCounts
	for _, f := range s.q.Facets {
		t := &tally{s: s, property: property(f)}
		t.count(found, misses)
		out = append(out, t.result())
	}
	return out
}

// tally counts for a facet.
type tally struct {
	s        *sieve
	property int
	counts   []int
	first    []int32 // for each vendor the first of the tools counted
}

// own is the bit of the facet's own filter if it is ignored.
func (t *tally) own() uint32 {
	if t.s.q.every(t.property) {
		return 0
	}
	return 1 << t.property
}

func (t *tally) column() *column { return &t.s.x.columns[t.property] }

func (t *tally) count(found []candidate, misses []uint32) {
	c, own := t.column(), t.own()
	t.counts = make([]int, len(c.values))
	if properties[t.property].facet == FacetVendor {
		t.first = make([]int32, len(c.values))
	}
	best := t.bests(found, misses)
	for i := range found {
		if misses[i]&^own != 0 {
			continue
		}
		tool := found[i].tool
		for _, v := range c.of(tool) {
			if best != nil && t.s.outdone(found[i], best[v]) {
				continue
			}
			if t.first != nil && (t.counts[v] == 0 || tool < t.first[v]) {
				t.first[v] = tool
			}
			t.counts[v]++
		}
	}
}

func (t *tally) result() FacetCounts {
	chosen := properties[t.property].wanted(t.s.q)
	slices.Sort(chosen)
	chosen = slices.Compact(chosen)
	values := append(t.values(chosen), t.absent(chosen)...)
	slices.SortFunc(values, func(a, b FacetCount) int {
		return cmp.Or(b.Count-a.Count, strings.Compare(a.Value, b.Value))
	})
	return FacetCounts{Facet: properties[t.property].facet, Values: values}
}

// values gives the values that are counted or chosen, which come sorted.
func (t *tally) values(chosen []string) []FacetCount {
	out := []FacetCount{}
	for v, n := range t.counts {
		count := FacetCount{Value: t.column().values[v], Count: n}
		_, count.Chosen = slices.BinarySearch(chosen, count.Value)
		if n == 0 && !count.Chosen {
			continue
		}
		if n > 0 && t.first != nil {
			count.Label = t.s.x.tools[t.first[v]].Vendor.Name
		}
		out = append(out, count)
	}
	return out
}

// absent gives the chosen values that no tool has.
func (t *tally) absent(chosen []string) []FacetCount {
	var out []FacetCount
	for _, value := range chosen {
		if _, known := t.column().number(value); !known {
			out = append(out, FacetCount{Value: value, Chosen: true})
		}
	}
	return out
}
