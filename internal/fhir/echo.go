package fhir

import (
	"encoding/json"

	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// Echo takes what stands at the same place in written, the resource as we would write it from what was read: that is not lost, whether
// or not a reader took it. Items of a list are compared as wholes and in any order.
func (n Node) Echo(written []byte, l strictjson.Limits) error {
	w, err := strictjson.Parse(written, l)
	if err == nil {
		n.r.echo(n.v, w)
	}
	return err
}

func (r *Reader) echo(v, w *strictjson.Value) {
	switch {
	case v.Kind != w.Kind:
	case v.Kind == strictjson.Object:
		for _, m := range v.Members {
			if same, has := w.Member(m.Name); has {
				r.echo(m.Value, same)
			}
		}
	case v.Kind == strictjson.Array:
		r.echoItems(v.Items, w.Items)
	case v.Text == w.Text && v.Bool == w.Bool:
		r.taken[v] = true
	}
}

func (r *Reader) echoItems(items, written []*strictjson.Value) {
	known := map[string]bool{}
	for _, w := range written {
		known[canonical(w)] = true
	}
	for _, item := range items {
		if known[canonical(item)] {
			r.takeAll(item)
		}
	}
}

func (r *Reader) takeAll(v *strictjson.Value) {
	r.taken[v] = true
	for _, item := range v.Items {
		r.takeAll(item)
	}
	for _, m := range v.Members {
		r.takeAll(m.Value)
	}
}

// canonical is equal for values that are equal but for the order of members.
func canonical(v *strictjson.Value) string {
	text, err := json.Marshal(v.Any())
	if err != nil {
		return "" // cannot happen: the value was parsed from JSON
	}
	return string(text)
}
