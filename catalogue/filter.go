package catalogue

import "slices"

// sieve is a query's filters, made ready for many tools.
type sieve struct {
	x      *Index
	q      *Query
	wanted [len(properties)][]bool // by the number of the value; nil lets all tools pass
}

func (x *Index) sieve(q *Query) *sieve {
	s := &sieve{x: x, q: q}
	for p, property := range properties {
		wanted := property.wanted(q)
		if len(wanted) == 0 {
			continue
		}
		s.wanted[p] = make([]bool, len(x.columns[p].values))
		for _, value := range wanted {
			if n, known := x.columns[p].number(value); known {
				s.wanted[p][n] = true
			}
		}
	}
	return s
}

// others is the bit of the filters that there is no facet for.
const others = uint32(1) << len(properties)

// misses has a bit for each property whose filter keeps the tool out, and [others].
func (s *sieve) misses(tool int) uint32 {
	var out uint32
	for p, wanted := range s.wanted {
		if wanted != nil && !slices.ContainsFunc(s.x.columns[p].of(tool), func(n uint32) bool { return wanted[n] }) {
			out |= 1 << p
		}
	}
	if !s.q.suits(&s.x.tools[tool]) {
		out |= others
	}
	return out
}

// suits applies the filters that there is no facet for.
func (q *Query) suits(t *Tool) bool {
	return (q.Age == nil || t.Ages.Include(*q.Age)) &&
		(q.MinDays == 0 && q.MaxDays == 0 || slices.ContainsFunc(t.Units, q.lasts)) &&
		(q.ReviewedSince == "" || t.Reviewed() >= q.ReviewedSince)
}

// lasts says that the unit's time is given and within the query's limits.
func (q *Query) lasts(u Unit) bool {
	return u.Days > 0 && u.Days >= q.MinDays && (q.MaxDays == 0 || u.Days <= q.MaxDays)
}

// filter keeps the candidates that pass all filters, and counts for the facets that are asked for. It takes found for itself.
func (x *Index) filter(q Query, found []*candidate) ([]*candidate, []FacetCounts) {
	s := x.sieve(&q)
	tally := x.newTally(q.Facets)
	kept := found[:0]
	for _, c := range found {
		misses := s.misses(c.tool)
		if misses == 0 {
			kept = append(kept, c)
		}
		tally.add(c.tool, misses)
	}
	return kept, tally.result(s)
}
