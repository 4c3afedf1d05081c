package fhir

import (
	"strconv"

	"github.com/verktoykatalog/verktoy/internal/problem"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// Node is a value in a resource. The zero Node stands for one that is not there; all methods but Report do nothing on it.
type Node struct {
	r *Reader
	v *strictjson.Value
}

// Exists says that the value is there.
func (n Node) Exists() bool { return n.v != nil }

// Pointer is the JSON Pointer of the value.
func (n Node) Pointer() string {
	if n.v == nil {
		return ""
	}
	return n.v.Pointer()
}

// Report adds a problem at the member of that name, or at the value itself if name is "".
func (n Node) Report(name string, code problem.Code, want string) {
	pointer := n.v.Pointer()
	if name != "" {
		pointer += strictjson.Pointer(name)
	}
	n.r.add(pointer, code, want)
}

// Names are the names of the members, in the text's order.
func (n Node) Names() []string {
	if n.v == nil {
		return nil
	}
	names := make([]string, len(n.v.Members))
	for i, m := range n.v.Members {
		names[i] = m.Name
	}
	return names
}

// Member gives the object of that name; another type is a problem.
func (n Node) Member(name string) Node { return n.kind(name, strictjson.Object, "object") }

func (n Node) kind(name string, kind strictjson.Kind, want string) Node {
	if n.v == nil {
		return Node{}
	}
	v, has := n.v.Member(name)
	if !has {
		return Node{}
	}
	if v.Kind != kind {
		n.r.add(v.Pointer(), problem.WrongType, want)
		return Node{}
	}
	return Node{n.r, v}
}

// List gives the objects in the array of that name; another type is a problem.
func (n Node) List(name string) []Node {
	list := n.kind(name, strictjson.Array, "array")
	if !list.Exists() {
		return nil
	}
	var out []Node
	for _, item := range list.v.Items {
		if item.Kind != strictjson.Object {
			n.r.add(item.Pointer(), problem.WrongType, "object")
			continue
		}
		out = append(out, Node{n.r, item})
	}
	return out
}

// Look gives the string of that name without taking it; another type is a problem. It is "" if there is none.
func (n Node) Look(name string) string {
	if s := n.kind(name, strictjson.String, "string"); s.Exists() {
		return s.v.Text
	}
	return ""
}

// Take gives the string of that name and takes it.
func (n Node) Take(name string) string {
	s := n.kind(name, strictjson.String, "string")
	if !s.Exists() {
		return ""
	}
	n.r.taken[s.v] = true
	return s.v.Text
}

// TakeBool gives the boolean of that name and takes it.
func (n Node) TakeBool(name string) (value, has bool) {
	b := n.kind(name, strictjson.Bool, "boolean")
	if !b.Exists() {
		return false, false
	}
	n.r.taken[b.v] = true
	return b.v.Bool, true
}

// TakeUCUM gives a whole number in that unit from the quantity of that name and takes it. Any other quantity is left.
func (n Node) TakeUCUM(name, unit string) (value int, has bool) {
	q := n.Member(name)
	number := q.kind("value", strictjson.Number, "number")
	if !number.Exists() || q.Look("system") != SystemUCUM || q.Look("code") != unit {
		return 0, false
	}
	value, err := strconv.Atoi(number.v.Text)
	if err != nil {
		return 0, false
	}
	n.r.taken[number.v] = true
	q.Take("system")
	q.Take("code")
	if q.Look("unit") == unit {
		q.Take("unit")
	}
	return value, true
}

// Has takes the string of that name if it is that one, and says whether.
func (n Node) Has(name, value string) bool {
	if n.Look(name) != value {
		return false
	}
	n.Take(name)
	return true
}
