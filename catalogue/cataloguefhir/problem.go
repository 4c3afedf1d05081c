package cataloguefhir

import (
	"errors"
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/fhir"
	"github.com/verktoykatalog/verktoy/internal/problem"
)

// ErrInvalid is what every [*Error] wraps.
var ErrInvalid = errors.New("cataloguefhir: invalid resource")

// Problem is one mistake in a resource, or, in [Result.Notes], one thing that the caller should know.
type Problem struct {
	// Place is written as in FHIRPath: "Bundle.entry[3].resource.useContext[0]". Bytes that are no JSON have the place of the whole.
	Place string `json:"place"`
	// Code names the sort, for programs: the codes of [catalogue.Problem], [NotKept] and [Assumed]. New ones may come.
	Code string `json:"code"`
	// Text says it in nb, nn and en. It never holds the value that was found.
	Text catalogue.Text `json:"text"`
}

// The codes of notes.
const (
	NotKept = string(problem.NotKept) // the tool has no room for this, and none of it is in the tool
	Assumed = string(problem.Assumed) // the resource does not say this, or not clearly; Text says what was taken
)

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

// said are the texts of problems that were said by the catalogue already.
type said map[problem.Problem]catalogue.Text

// public sorts problems, drops doublets and says them in words.
func public(resource string, found []problem.Problem, known said) []Problem {
	problem.Sort(found)
	var out []Problem
	for _, p := range slices.Compact(found) {
		text, has := known[p]
		if !has {
			text = inWords(p)
		}
		out = append(out, Problem{Place: fhir.Place(resource, p.Pointer), Code: string(p.Code), Text: text})
	}
	return out
}

func inWords(p problem.Problem) catalogue.Text {
	return catalogue.Text{catalogue.Bokmaal: p.Text("nb"), catalogue.Nynorsk: p.Text("nn"), catalogue.English: p.Text("en")}
}

func refuse(resource string, found []problem.Problem, known said) error {
	all := public(resource, found, known)
	return &Error{Problems: all[:min(len(all), problem.Most)]}
}
