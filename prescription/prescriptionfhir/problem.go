package prescriptionfhir

import (
	"errors"
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/fhir"
	"github.com/verktoykatalog/verktoy/internal/nationalid"
	"github.com/verktoykatalog/verktoy/internal/problem"
)

// ErrInvalid is what every [*Error] wraps.
var ErrInvalid = errors.New("prescriptionfhir: invalid resource")

// Problem is one mistake in a resource, or one thing in it that is not kept.
type Problem struct {
	// Pointer is the JSON Pointer (RFC 6901) of the place; "" is the whole resource.
	Pointer string `json:"pointer"`
	// Place is the same, written as in FHIRPath: "Task.restriction.period.end".
	Place string `json:"place"`
	// Code names the sort, for programs: the codes of [catalogue.Problem], and [NotKept]. New ones may come.
	Code string `json:"code"`
	// Text says it in nb, nn and en. It never holds the value that was found.
	Text catalogue.Text `json:"text"`
}

// NotKept is the code of notes: there is no room for this.
const NotKept = string(problem.NotKept)

// Error holds what is wrong with a resource, in its order, at most the first 100 mistakes.
type Error struct {
	Problems []Problem
}

// Error lists the problems in English, in one line.
func (e *Error) Error() string {
	parts := make([]string, len(e.Problems))
	for i, p := range e.Problems {
		parts[i] = p.Place + ": " + p.Text[catalogue.English]
	}
	return ErrInvalid.Error() + ": " + strings.Join(parts, "; ")
}

// Unwrap gives [ErrInvalid].
func (e *Error) Unwrap() error { return ErrInvalid }

// public sorts problems, drops doublets and says them in words. A place whose names come from outside and may hold an identity number is not
// repeated: it becomes the nearest that does not.
func public(resource string, found []problem.Problem) []Problem {
	problem.Sort(found)
	var out []Problem
	for _, p := range slices.Compact(found) {
		for nationalid.Contains(p.Pointer) {
			p.Pointer = p.Pointer[:strings.LastIndexByte(p.Pointer, '/')]
		}
		text := catalogue.Text{catalogue.Bokmaal: p.Text("nb"), catalogue.Nynorsk: p.Text("nn"), catalogue.English: p.Text("en")}
		out = append(out, Problem{Pointer: p.Pointer, Place: fhir.Place(resource, p.Pointer), Code: string(p.Code), Text: text})
	}
	return out
}

func refuse(resource string, found []problem.Problem) error {
	all := public(resource, found)
	return &Error{Problems: all[:min(len(all), problem.Most)]}
}

func notKept(resource string, pointers []string) []Problem {
	found := make([]problem.Problem, len(pointers))
	for i, pointer := range pointers {
		found[i] = problem.Problem{Pointer: pointer, Code: problem.NotKept}
	}
	return public(resource, found)
}
