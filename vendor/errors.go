package vendor

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/internal/problem"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// ErrInvalid is what every [*DocumentError] wraps.
var ErrInvalid = errors.New("vendor: not valid")

// Problem is one mistake in the description of a vendor or in an agreement.
type Problem struct {
	// Pointer is the place (JSON Pointer, RFC 6901); "" is the whole. For a
	// member that is missing it is where the member would be.
	Pointer string `json:"pointer"`
	// Code names the sort of mistake, for programs: "missing-member",
	// "unknown-member", "wrong-type", "bad-format", "not-allowed", "repeated",
	// "too-long", "contradiction", "personal-data" and so on. Codes do not change.
	Code string `json:"code"`
	// Text says what is wrong and what to do. It never holds the value that was found.
	Text Text `json:"text"`
}

// DocumentError holds what is wrong, sorted by place, at most the first 100
// mistakes. [errors.Is] finds [ErrInvalid] in it.
type DocumentError struct {
	Problems []Problem `json:"problems"`
	// More is how many mistakes there are beyond those.
	More int `json:"more,omitempty"`
}

// Error lists places and mistakes in English, at most 20 of them.
func (e *DocumentError) Error() string {
	shown := e.Problems[:min(len(e.Problems), 20)]
	parts := make([]string, len(shown), len(shown)+1)
	for i, p := range shown {
		parts[i] = problem.Place(p.Pointer) + ": " + p.Text.EN
	}
	if rest := len(e.Problems) - len(shown) + e.More; rest > 0 {
		parts = append(parts, fmt.Sprintf("and %d more", rest))
	}
	return ErrInvalid.Error() + ": " + strings.Join(parts, "; ")
}

// Unwrap gives [ErrInvalid].
func (e *DocumentError) Unwrap() error { return ErrInvalid }

// invalid makes the error of what was found, nil for nothing. It sorts found.
func invalid(found []problem.Problem) error {
	if len(found) == 0 {
		return nil
	}
	problem.Sort(found)
	found = slices.Compact(found)
	shown := found[:min(len(found), problem.Most)]
	e := &DocumentError{More: len(found) - len(shown)}
	for _, p := range shown {
		text := Text{NB: p.Text("nb"), NN: p.Text("nn"), EN: p.Text("en")}
		e.Problems = append(e.Problems, Problem{Pointer: p.Pointer, Code: string(p.Code), Text: text})
	}
	return e
}

// problems are those of an error of the JSON reader.
func problems(err error) []problem.Problem {
	var bad *strictjson.Error
	if errors.As(err, &bad) {
		return bad.Problems
	}
	return []problem.Problem{{Code: problem.BadValue}} // it has no others
}
