package fhir

import (
	"slices"
	"time"

	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// EchoInPlace is [Node.Echo] for what was read into a struct and written again: an item of a list that is there in part is taken in part,
// so that an item of which something is lost is not lost as a whole. Times that name one moment are the same.
func (n Node) EchoInPlace(written []byte, l strictjson.Limits) error {
	w, err := strictjson.Parse(written, l)
	if err == nil {
		n.r.inPlace(n.v, w)
	}
	return err
}

func (r *Reader) inPlace(v, w *strictjson.Value) {
	switch {
	case v.Kind != w.Kind:
	case v.Kind == strictjson.Object:
		for _, m := range v.Members {
			if same, has := w.Member(m.Name); has {
				r.inPlace(m.Value, same)
			}
		}
	case v.Kind == strictjson.Array:
		r.itemsInPlace(v.Items, w.Items)
	case v.Text == w.Text && v.Bool == w.Bool, v.Kind == strictjson.String && sameMoment(v.Text, w.Text):
		r.taken[v] = true
	}
}

func sameMoment(a, b string) bool {
	const least = len("2006-01-02T15:04:05Z")
	if len(a) < least || len(b) < least || a[10] != 'T' || b[10] != 'T' {
		return false // most texts, without making an error of it
	}
	x, err := time.Parse(time.RFC3339, a)
	y, errY := time.Parse(time.RFC3339, b)
	return err == nil && errY == nil && x.Equal(y)
}

// itemsInPlace compares whole items in any order, then items of which a written one is a part, then those that stand at the same place.
func (r *Reader) itemsInPlace(items, written []*strictjson.Value) {
	r.echoItems(items, written)
	for i, item := range items {
		if w := slices.IndexFunc(written, func(w *strictjson.Value) bool { return r.within(w, item) }); w >= 0 {
			r.inPlace(item, written[w])
		}
		if len(items) == len(written) {
			r.inPlace(item, written[i])
		}
	}
}

// mostSteps is how often two values are compared with each other in a resource; then they count as different. Lists are short, or somebody
// wants to keep us busy.
const mostSteps = 200_000

// within says that all of w stands in v too.
func (r *Reader) within(w, v *strictjson.Value) bool {
	r.steps++
	if w.Kind != v.Kind || r.steps > mostSteps {
		return false
	}
	for _, m := range w.Members {
		if same, has := v.Member(m.Name); !has || !r.within(m.Value, same) {
			return false
		}
	}
	for _, item := range w.Items {
		if !slices.ContainsFunc(v.Items, func(in *strictjson.Value) bool { return r.within(item, in) }) {
			return false
		}
	}
	return w.Text == v.Text && w.Bool == v.Bool || sameMoment(w.Text, v.Text)
}
