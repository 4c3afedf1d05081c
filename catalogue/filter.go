package catalogue

import "slices"

// sieve is a query's filters, made ready for many tools.
type sieve struct {
	x       *Index
	q       *Query
	filters []filter
	all     set  // the tools that pass all of filters; nil means all tools
	others  bool // there are filters that there is no facet for
	other   set  // the tools found that are for other ages than the query tells; nil if it tells none
	open    bool // every tool must be looked at, since nothing is filtered, or facets are counted, each of which ignores its own filter
}

// filter is that of a property.
type filter struct {
	property int
	passes   set
}

func (x *Index) sieve(q *Query) *sieve {
	s := &sieve{x: x, q: q, others: q.Age != nil || q.MinDays != 0 || q.MaxDays != 0 || q.ReviewedSince != ""}
	for p, property := range properties {
		wanted := property.wanted(q)
		if len(wanted) == 0 {
			continue
		}
		passes := x.having(p, wanted)
		if q.every(p) {
			passes = x.havingEvery(p, wanted)
		}
		s.filters, s.all = append(s.filters, filter{p, passes}), s.all.both(passes)
	}
	s.open = len(q.Facets) > 0 || len(s.filters) == 0 && !s.others
	return s
}

// having is the set of the tools that have one of the values of a property.
func (x *Index) having(property int, values []string) set {
	out, c := newSet(len(x.tools)), &x.columns[property]
	for _, value := range values {
		if n, known := c.number(value); known {
			for _, tool := range c.having(n) {
				out.add(tool)
			}
		}
	}
	return out
}

// havingEvery is the set of the tools that have all of the values of a property.
func (x *Index) havingEvery(property int, values []string) set {
	var out set
	for _, value := range values {
		out = out.both(x.having(property, []string{value}))
	}
	return out
}

// every says that a tool must have all values that the query wants of a property.
func (q *Query) every(property int) bool {
	return slices.Contains(q.Every, properties[property].facet)
}

// passes says that a tool passes all filters.
func (s *sieve) passes(tool int32) bool {
	return (s.all == nil || s.all.has(tool)) && (!s.others || s.q.suits(&s.x.tools[tool]))
}

// likely leaves out of a set the tools that need not be looked at, as far as that is known without looking at each.
func (s *sieve) likely(tools set) set {
	if s.open {
		return tools
	}
	return s.all.both(tools)
}

// collects says that a tool must be looked at.
func (s *sieve) collects(tool int32) bool { return s.open || s.passes(tool) }

// collect keeps of likely candidates those that must be looked at.
func (s *sieve) collect(found []candidate) []candidate {
	if s.open || !s.others {
		return found
	}
	return slices.DeleteFunc(found, func(c candidate) bool { return !s.passes(c.tool) })
}

// others is the bit of the filters that there is no facet for.
const others = uint32(1) << len(properties)

// misses has a bit for each property whose filter keeps the tool out, and [others].
func (s *sieve) misses(tool int32) uint32 {
	var out uint32
	for _, f := range s.filters {
		if !f.passes.has(tool) {
			out |= 1 << f.property
		}
	}
	if s.others && !s.q.suits(&s.x.tools[tool]) {
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
func (s *sieve) filter(found []candidate) ([]candidate, []FacetCounts) {
	if len(s.q.Facets) == 0 {
		return s.ofAge(found), nil // no others were collected
	}
	misses := make([]uint32, len(found))
	for i := range found {
		misses[i] = s.misses(found[i].tool)
	}
	facets := s.facets(found, misses)
	kept := found[:0]
	for i, c := range found {
		if misses[i] == 0 {
			kept = append(kept, c)
		}
	}
	return s.ofAge(kept), facets
}
