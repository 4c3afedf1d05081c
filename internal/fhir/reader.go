package fhir

import (
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/internal/problem"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// Reader reads one JSON text and remembers which of its values were taken.
type Reader struct {
	root     *strictjson.Value
	taken    map[*strictjson.Value]bool
	problems []problem.Problem
	steps    int // of comparing, see within
}

// NewReader parses strictly, and by FHIR's own rules for JSON: no member and no list is empty, and null only holds a place in a list
// (hl7.org/fhir/R4/json.html, "primitive" and "null"). The error is a [*strictjson.Error].
func NewReader(data []byte, l strictjson.Limits) (*Reader, error) {
	root, err := strictjson.Parse(data, l)
	if err != nil {
		return nil, err
	}
	r := &Reader{root: root, taken: map[*strictjson.Value]bool{}}
	if root.Kind != strictjson.Object {
		r.add(root.Pointer(), problem.WrongType, "object")
	}
	r.filled(root, false)
	if len(r.problems) > 0 {
		return nil, &strictjson.Error{Problems: r.problems}
	}
	return r, nil
}

func (r *Reader) filled(v *strictjson.Value, inList bool) {
	switch {
	case v.Kind == strictjson.Null && !inList:
		r.add(v.Pointer(), problem.WrongType, "no null: leave the member out")
	case v.Kind == strictjson.String && v.Text == "":
		r.add(v.Pointer(), problem.TooShort, "1")
	case v.Kind == strictjson.Array && len(v.Items) == 0, v.Kind == strictjson.Object && len(v.Members) == 0:
		r.add(v.Pointer(), problem.TooFew, "1")
	}
	for _, item := range v.Items {
		r.filled(item, true)
	}
	for _, m := range v.Members {
		r.filled(m.Value, false)
	}
}

func (r *Reader) add(pointer string, code problem.Code, want string) {
	p := problem.Problem{Pointer: pointer, Code: code, Want: want}
	if len(r.problems) < problem.Most && !slices.Contains(r.problems, p) {
		r.problems = append(r.problems, p)
	}
}

// Report adds a problem at that JSON Pointer.
func (r *Reader) Report(pointer string, code problem.Code, want string) { r.add(pointer, code, want) }

// Problems are those that were found while reading, each once, in no order, at most [problem.Most].
func (r *Reader) Problems() []problem.Problem { return r.problems }

// Root is the resource.
func (r *Reader) Root() Node { return Node{r, r.root} }

// Untaken gives the pointers of what nobody took, in the text's order: of a value of which nothing was taken its own, not
// those within; but for a list those of its items, as in FHIRPath.
func (r *Reader) Untaken() []string {
	whole, parts := r.untaken(r.root)
	if whole {
		return []string{""}
	}
	return parts
}

func (r *Reader) untaken(v *strictjson.Value) (whole bool, parts []string) {
	if len(v.Items) == 0 && len(v.Members) == 0 {
		return !r.taken[v], nil
	}
	whole = true
	add := func(child *strictjson.Value, name string) {
		all, some := r.untaken(child)
		if all {
			some = pointers(child, name)
		}
		whole = whole && all
		parts = append(parts, some...)
	}
	for _, item := range v.Items {
		add(item, "")
	}
	for _, m := range v.Members {
		add(m.Value, m.Name)
	}
	return whole, parts
}

// pointers are those of the items of a list, and of what stands beside a primitive value: "title" would be taken for the value itself.
func pointers(v *strictjson.Value, name string) []string {
	var out []string
	for _, item := range v.Items {
		out = append(out, pointers(item, "")...)
	}
	if strings.HasPrefix(name, "_") {
		for _, m := range v.Members {
			out = append(out, pointers(m.Value, m.Name)...)
		}
	}
	if len(out) == 0 {
		return []string{v.Pointer()}
	}
	return out
}
