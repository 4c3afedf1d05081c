package main

import "slices"

// block is a few controls under one heading: a requirement, a document, a part of the form.
type block struct {
	Pointer string
	Heading string
	Text    string
	Help    string
	Note    []string // short facts, such as the weight of a requirement
	Class   string
	Fields  []control
	Wrong   []string
	Folded  bool // shown by its heading until it is opened
}

// Open says whether a folded block must be seen: something in it is wrong.
func (b block) Open() bool {
	return len(b.Wrong) > 0 || slices.ContainsFunc(b.Fields, func(c control) bool { return len(c.Wrong) > 0 })
}

func (b block) ID() string { return idOf(b.Pointer) }

// Plain, More and Last are the fields in the order of the page; More are those that few need.
func (b block) Plain() []control {
	return b.part(func(i int, more bool) bool { return !more && i < b.firstMore() })
}
func (b block) More() []control { return b.part(func(_ int, more bool) bool { return more }) }
func (b block) Last() []control {
	return b.part(func(i int, more bool) bool { return !more && i > b.firstMore() })
}

func (b block) part(in func(i int, more bool) bool) []control {
	var out []control
	for i, c := range b.Fields {
		if in(i, c.Class == classMore) {
			out = append(out, c)
		}
	}
	return out
}

func (b block) firstMore() int {
	if i := slices.IndexFunc(b.Fields, func(c control) bool { return c.Class == classMore }); i >= 0 {
		return i
	}
	return len(b.Fields)
}

// MoreOpen says that something is written in those, or wrong with them.
func (b block) MoreOpen() bool {
	return slices.ContainsFunc(b.More(), func(c control) bool { return c.Value != "" || len(c.Wrong) > 0 })
}

// classMore marks a field that few need.
const classMore = "more"
