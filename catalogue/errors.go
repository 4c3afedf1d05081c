package catalogue

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/internal/problem"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// ErrInvalid is what every [*DocumentError] wraps.
var ErrInvalid = errors.New("catalogue: invalid document")

// Problem is one mistake in a document.
type Problem struct {
	// Pointer is the JSON Pointer (RFC 6901) of the place, "" for the whole document. For a member that is missing it is where the
	// member would be.
	Pointer string `json:"pointer"`
	// Code names the sort of mistake, for programs: "missing-member", "unknown-member", "wrong-type", "bad-format", "not-allowed",
	// "repeated", "out-of-range", "too-long" and so on. Codes do not change; new ones may come.
	Code string `json:"code"`
	// Text says what is wrong and what to do, in nb, nn and en. It never holds the value that was found.
	Text Text `json:"text"`
}

// DocumentError holds what is wrong with a document, in the document's order, at most the first 100 mistakes.
type DocumentError struct {
	Problems []Problem
	// More is how many mistakes were found beyond Problems. The JSON reader looks no further than its hundredth unknown, repeated or mistyped
	// member: with that many there may be others of that sort that nobody counted.
	More int
}

// Error lists the problems in English, in one line, and how many more there are.
func (e *DocumentError) Error() string {
	parts := make([]string, len(e.Problems))
	for i, p := range e.Problems {
		parts[i] = problem.Place(p.Pointer) + ": " + p.Text[English]
	}
	if e.More > 0 {
		parts = append(parts, fmt.Sprintf("and %d more", e.More))
	}
	return ErrInvalid.Error() + ": " + strings.Join(parts, "; ")
}

// Unwrap gives [ErrInvalid].
func (e *DocumentError) Unwrap() error { return ErrInvalid }

func newDocumentError(found []problem.Problem) *DocumentError {
	shown, more := public(found)
	return &DocumentError{Problems: shown, More: more}
}

// public sorts the problems, drops doublets and what goes beyond the limit, says how many that are, and adds the texts.
func public(found []problem.Problem) (shown []Problem, more int) {
	problem.Sort(found)
	found = slices.Compact(found)
	n := min(len(found), problem.Most)
	for _, p := range found[:n] {
		text := Text{Bokmaal: p.Text("nb"), Nynorsk: p.Text("nn"), English: p.Text("en")}
		shown = append(shown, Problem{Pointer: p.Pointer, Code: string(p.Code), Text: text})
	}
	return shown, len(found) - n
}

// documentError turns an error of the JSON reader into one of this package.
func documentError(err error) error {
	var bad *strictjson.Error
	if errors.As(err, &bad) {
		return newDocumentError(bad.Problems)
	}
	return fmt.Errorf("catalogue: %w", err)
}
