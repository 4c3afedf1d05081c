package approval

import (
	"maps"
	"reflect"
	"slices"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// facts compares in the order of the set, and then what the set does not ask for.
func (d *diff) facts() {
	for _, id := range inOrder(d.set.factIDs(), d.a.Facts, d.b.Facts) {
		d.fact(id)
	}
}

func (d *diff) fact(id string) {
	before, after := factValue(d.a.Facts[id]), factValue(d.b.Facts[id])
	c := Change{Kind: ChangedFact, Fact: id, Pointer: strictjson.Pointer("facts", id)}
	switch {
	case reflect.DeepEqual(before, after):
		return
	case before == nil:
		c.Kind = AddedFact
	case after == nil:
		c.Kind = RemovedFact
	}
	f, _ := d.set.Fact(id)
	d.add(c, d.set.matters(f), called(id, f.Question))
}

// matters says why a fact is material; nil if it is not.
func (s *RequirementSet) matters(f Fact) *phrase {
	asked := func(c placedCondition) bool { return slices.Contains(c.cond.facts(), f.ID) }
	switch {
	case f.Material || slices.ContainsFunc(s.placedConditions(), asked):
		return &becauseFact
	case f.Publish:
		return &becausePublished
	}
	return nil
}

// factValue is the plain value; several choices are sorted, for their order says nothing.
func factValue(v FactValue) any {
	p := plain(v)
	if list, ok := p.([]string); ok {
		slices.Sort(list)
		return slices.Compact(list)
	}
	return p
}

// scope finds what the facts move in or out.
func (d *diff) scope() {
	a, b := d.set.usable(d.a.Facts), d.set.usable(d.b.Facts)
	if d.set.guidedOnly().Holds(a) != d.set.guidedOnly().Holds(b) {
		d.add(Change{Kind: ChangedUse, Pointer: "/facts"}, &becauseUse)
	}
	for _, r := range d.set.Requirements {
		before, after := r.When.Holds(a), r.When.Holds(b)
		c := Change{Requirement: r.ID, Pointer: "/facts"}
		switch {
		case r.Withdrawn || (before == False) == (after == False):
			continue
		case after == False:
			c.Kind = NoLongerApplies
		default:
			c.Kind = NowApplies
		}
		d.add(c, r.ifWeighty(&becauseScope), called(r.ID, r.Title))
	}
}

// weighty requirements are those whose answers can change an outcome.
func (r Requirement) weighty() bool {
	return !r.Withdrawn && (r.Severity == Blocker || r.Severity == Major)
}

func (r Requirement) ifWeighty(because *phrase) *phrase {
	if !r.weighty() {
		return nil
	}
	return because
}

func (s *RequirementSet) factIDs() []string {
	return idsOf(s.Facts, func(f Fact) string { return f.ID })
}

func (s *RequirementSet) requirementIDs() []string {
	return idsOf(s.Requirements, func(r Requirement) string { return r.ID })
}

func idsOf[T any](list []T, id func(T) string) []string {
	ids := make([]string, len(list))
	for i, item := range list {
		ids[i] = id(item)
	}
	return ids
}

// inOrder lists the keys of both maps: the known ones first, in their order, then the others sorted.
func inOrder[V any](known []string, a, b map[string]V) []string {
	all := maps.Clone(a)
	if all == nil {
		all = map[string]V{}
	}
	maps.Copy(all, b)
	var out []string
	for _, id := range known {
		if _, there := all[id]; there {
			out = append(out, id)
			delete(all, id)
		}
	}
	return append(out, slices.Sorted(maps.Keys(all))...)
}

func sameText(a, b catalogue.Text) bool { return maps.Equal(a, b) }
