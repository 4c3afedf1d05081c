package fhir

import (
	"slices"
	"strconv"

	"github.com/verktoykatalog/verktoy/internal/problem"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// TakeNumber takes the number of that name if it is written in this way.
func (n Node) TakeNumber(name, value string) {
	if number := n.kind(name, strictjson.Number, "number"); number.Exists() && number.v.Text == value {
		n.r.taken[number.v] = true
	}
}

// TakeInt gives the whole number of that name and takes it; another type, and a number that is not whole, is a problem.
func (n Node) TakeInt(name string) (value int64, has bool) {
	number := n.kind(name, strictjson.Number, "number")
	if !number.Exists() {
		return 0, false
	}
	value, err := strconv.ParseInt(number.v.Text, 10, 64)
	if err != nil {
		n.Report(name, problem.WrongType, "whole number")
		return 0, false
	}
	n.r.taken[number.v] = true
	return value, true
}

// TakeAll takes the value with all in it.
func (n Node) TakeAll() {
	if n.v != nil {
		n.r.takeAll(n.v)
	}
}

// TakeAny takes what has that name, of any type, with all in it.
func (n Node) TakeAny(name string) {
	if v, has := n.member(name); has {
		n.r.takeAll(v)
	}
}

// SameMember says that both have no member of that name, or an equal one.
func (n Node) SameMember(other Node, name string) bool {
	a, has := n.member(name)
	b, hasToo := other.member(name)
	return has == hasToo && (!has || canonical(a) == canonical(b))
}

func (n Node) member(name string) (*strictjson.Value, bool) {
	if n.v == nil {
		return nil, false
	}
	return n.v.Member(name)
}

// RefuseModifiers reports each member in n, at any depth, that changes the meaning of others: FHIR forbids to go on without
// understanding it (hl7.org/fhir/R4/extensibility.html#modifierExtension, resource.html#Resource.implicitRules).
func (n Node) RefuseModifiers() { n.r.modifiers(n.v) }

func (r *Reader) modifiers(v *strictjson.Value) {
	for _, item := range v.Items {
		r.modifiers(item)
	}
	for _, m := range v.Members {
		if m.Name == "modifierExtension" || m.Name == "implicitRules" {
			r.add(m.Value.Pointer(), problem.BadValue, "no member that changes the meaning of others")
			continue
		}
		r.modifiers(m.Value)
	}
}

// TakeCode takes the code of that system from the codeable concept.
func (n Node) TakeCode(system string) string {
	for _, c := range n.List("coding") {
		if code := c.Look("code"); code != "" && c.Look("system") == system {
			c.Take("system")
			return c.Take("code")
		}
	}
	return ""
}

// Extensions gives the extensions with that url, without taking them.
func (n Node) Extensions(url string) []Node {
	return slices.DeleteFunc(n.List("extension"), func(x Node) bool { return x.Look("url") != url })
}

// Extension gives the first of them.
func (n Node) Extension(url string) Node {
	if all := n.Extensions(url); len(all) > 0 {
		return all[0]
	}
	return Node{}
}
