package catalogue

import (
	"maps"
	"slices"
	"strconv"
)

// propertyOf says which values a tool has, and which of them a query's filter wants, none for no filter.
type propertyOf struct {
	facet  Facet
	of     func(*Tool) []string
	wanted func(*Query) []string
}

// properties are those of all facets.
var properties = [...]propertyOf{
	{FacetKind, func(t *Tool) []string { return given(string(t.Kind)) }, func(q *Query) []string { return texts(q.Kinds) }},
	{FacetArea, func(t *Tool) []string { return texts(t.Areas) }, func(q *Query) []string { return texts(q.Areas) }},
	{FacetAudience, func(t *Tool) []string { return texts(t.Audiences) }, func(q *Query) []string { return texts(q.Audiences) }},
	{FacetLanguage, func(t *Tool) []string { return texts(t.Languages) }, func(q *Query) []string { return texts(q.Languages) }},
	{FacetMode, func(t *Tool) []string { return given(string(t.Access.Mode())) }, func(q *Query) []string { return texts(q.Modes) }},
	{FacetPlatform, (*Tool).platforms, func(q *Query) []string { return texts(q.Platforms) }},
	{FacetVendor, (*Tool).vendors, func(q *Query) []string { return texts(q.Vendors) }},
	{FacetStatus, func(t *Tool) []string { return given(string(t.Status)) }, func(q *Query) []string { return texts(q.Statuses) }},
	{FacetProfile, (*Tool).profiles, func(q *Query) []string { return texts(q.Profiles) }},
	{FacetEvidence, (*Tool).evidence, func(q *Query) []string { return texts(q.Evidence) }},
	{FacetWithoutLogin, func(t *Tool) []string { return fact(t.Access.WithoutLogin) }, func(q *Query) []string { return factOf(q.WithoutLogin) }},
	{FacetRequiresPrescription, func(t *Tool) []string { return fact(t.Access.RequiresPrescription) }, func(q *Query) []string { return factOf(q.RequiresPrescription) }},
	{FacetNational, func(t *Tool) []string { return fact(t.Access.National) }, func(q *Query) []string { return factOf(q.National) }},
	{FacetOnBehalf, func(t *Tool) []string { return fact(t.Access.OnBehalf) }, func(q *Query) []string { return factOf(q.OnBehalf) }},
	{FacetPrescribable, func(t *Tool) []string { return fact(len(t.Units) > 0) }, func(q *Query) []string { return factOf(q.Prescribable) }},
}

// column holds one property of all tools: the values by number, so that counting needs no texts.
type column struct {
	values []string // in alphabetical order
	start  []uint32 // of each tool's part of ids, and the end of the last one's
	ids    []uint32
	begin  []uint32 // of each value's part of tools, and the end of the last one's
	tools  []int32
}

// of gives the numbers of a tool's values, each once.
func (c *column) of(tool int32) []uint32 { return c.ids[c.start[tool]:c.start[tool+1]] }

// having gives the tools that have a value.
func (c *column) having(value int) []int32 { return c.tools[c.begin[value]:c.begin[value+1]] }

// number finds a value; it is false for one that no tool has.
func (c *column) number(value string) (int, bool) { return slices.BinarySearch(c.values, value) }

func newColumns(tools []Tool) [len(properties)]column {
	var out [len(properties)]column
	for p := range out {
		out[p] = newColumn(len(tools), func(tool int) []string { return properties[p].of(&tools[tool]) })
	}
	return out
}

// newColumn makes the column of n tools, each of which has the values of one.
func newColumn(n int, of func(tool int) []string) column {
	c := column{start: make([]uint32, n+1)}
	met := map[string]uint32{} // the values numbered as they come
	for i := range n {
		for _, v := range of(i) {
			number, known := met[v]
			if !known {
				number = uint32(len(met))
				met[v] = number
			}
			c.ids = append(c.ids, number)
		}
		c.start[i+1] = uint32(len(c.ids))
	}
	c.arrange(met)
	c.turn(n)
	return c
}

// arrange puts the values, which are numbered as they came, in alphabetical order.
func (c *column) arrange(met map[string]uint32) {
	c.values = slices.Sorted(maps.Keys(met))
	place := make([]uint32, len(met))
	for i, v := range c.values {
		place[met[v]] = uint32(i)
	}
	c.ids = slices.Clone(c.ids) // without the room for more
	for i, number := range c.ids {
		c.ids[i] = place[number]
	}
}

// turn files the tools by their values.
func (c *column) turn(tools int) {
	c.begin, c.tools = make([]uint32, len(c.values)+1), make([]int32, len(c.ids))
	for _, v := range c.ids {
		c.begin[v+1]++
	}
	for v := range c.values {
		c.begin[v+1] += c.begin[v]
	}
	next := slices.Clone(c.begin)
	for tool := range int32(tools) {
		for _, v := range c.of(tool) {
			c.tools[next[v]] = tool
			next[v]++
		}
	}
}

func (t *Tool) platforms() []string {
	return each(t.Start, func(s Start) string { return string(s.Platform) })
}
func (t *Tool) profiles() []string { return each(t.Start, func(s Start) string { return s.Profile }) }
func (t *Tool) evidence() []string {
	return each(t.Evidence, func(e Evidence) string { return string(e.Kind) })
}

// each gives a member of all in a list, every value once.
func each[T any](list []T, of func(T) string) []string {
	var out []string
	for _, v := range list {
		out = append(out, of(v))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func (t *Tool) vendors() []string {
	if t.Vendor == nil {
		return nil
	}
	return given(string(t.Vendor.OrgNumber))
}

func given(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

func fact(b bool) []string { return []string{strconv.FormatBool(b)} }

func factOf(b *bool) []string {
	if b == nil {
		return nil
	}
	return fact(*b)
}

func texts[T ~string](list []T) []string {
	var out []string
	for _, v := range list {
		out = append(out, string(v))
	}
	return out
}
