package approvalfhir

import (
	"errors"
	"fmt"
	"strings"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/fhir"
	"github.com/verktoykatalog/verktoy/internal/problem"
)

// ErrInvalid is what every [*Error] wraps.
var ErrInvalid = errors.New("approvalfhir: cannot be used")

// Problem is one mistake in a response or, among notes, one thing that the caller should know.
type Problem struct {
	// Place is written as in FHIRPath: "QuestionnaireResponse.item[3].answer[0]". What [Response] says has the place in the
	// declaration: "SelfDeclaration.facts.login".
	Place string `json:"place"`
	// Question is the linkId of the question that it is about; empty for none.
	Question string `json:"question,omitempty"`
	// Code names the sort, for programs: the codes of [approval.Problem] and those below. New ones may come.
	Code string `json:"code"`
	// Text says it in nb, nn and en. It never holds the value that was found.
	Text catalogue.Text `json:"text"`
}

// The codes of problems and notes that are only here.
const (
	OtherForm       = "other-form"       // a mistake: the response answers another questionnaire or version
	NotKept         = "not-kept"         // a note: there is no room for this, and it is left out
	UnknownQuestion = "unknown-question" // a note: the form has no question with this linkId at this place; it is left out
	NotShown        = "not-shown"        // a note: for what else was answered the form does not ask this; the answer is left out
)

var texts = map[string]catalogue.Text{
	UnknownQuestion: words("Skjemaet har ikke dette spørsmålet her. Svaret er utelatt.",
		"Skjemaet har ikkje dette spørsmålet her. Svaret er utelate.",
		"The form has no such question here. The answer is left out."),
	NotShown: words("Ut fra de andre svarene er dette ikke aktuelt. Svaret er utelatt.",
		"Ut frå dei andre svara er dette ikkje aktuelt. Svaret er utelate.",
		"From the other answers this does not apply. The answer is left out."),
}

// Error holds what is wrong with a response or a declaration, in its order, at most the first 100 mistakes.
type Error struct {
	Problems []Problem
}

// Error lists the problems in English, in one line.
func (e *Error) Error() string {
	parts := make([]string, len(e.Problems))
	for i, p := range e.Problems {
		parts[i] = p.Place + ": " + p.Text[catalogue.English]
		if p.Question != "" {
			parts[i] = p.Place + fmt.Sprintf(" (%s): ", p.Question) + p.Text[catalogue.English]
		}
	}
	return ErrInvalid.Error() + ": " + strings.Join(parts, "; ")
}

// Unwrap gives [ErrInvalid].
func (e *Error) Unwrap() error { return ErrInvalid }

// found is a problem that is not in words yet.
type found struct {
	problem.Problem
	question string
}

func (p found) public(resource string) Problem {
	text, has := texts[string(p.Code)]
	if !has {
		text = words(p.Text("nb"), p.Text("nn"), p.Text("en"))
	}
	return Problem{Place: fhir.Place(resource, p.Pointer), Question: p.question, Code: string(p.Code), Text: text}
}
