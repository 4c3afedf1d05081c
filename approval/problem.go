package approval

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/problem"
)

// Codes of problems that only declarations have. The others are those that
// every document can have: "missing-member", "wrong-type", "unknown-member",
// "duplicate-member", "not-allowed", "bad-format", "contradiction" and so on.
const (
	CodeOtherSet        = "other-set"        // the declaration answers another set or version
	CodeMissingEvidence = "missing-evidence" // a yes without the evidence that it needs
	CodeEvidenceKind    = "evidence-kind"    // evidence, but of none of the kinds that count
	CodeEvidenceTooOld  = "evidence-too-old" // older than the requirement allows
	CodeEvidenceExpired = "evidence-expired" // no longer valid
	CodeEvidenceLevel   = "evidence-level"   // proves less than the requirement asks for
	CodeOtherWording    = "other-wording"    // the requirement's text has changed since it was answered
	CodeInheritedOver   = "inherited-over"   // inherited from the vendor's declaration, and no longer to be relied on
	CodeWithdrawn       = "withdrawn"        // the requirement is no more
)

// Problem is one mistake in a document, in words that say what to do.
type Problem struct {
	// Pointer is the place (RFC 6901); "" is the whole document.
	Pointer string `json:"pointer"`
	// Requirement is the id of the requirement that it concerns, or empty.
	Requirement string `json:"requirement,omitempty"`
	// Code is stable, for programs.
	Code string `json:"code"`
	// Text is for people: nb, nn and en. It never holds the value that was found.
	Text catalogue.Text `json:"text"`
	// Brief is Text without the name of the requirement or the question, for
	// forms that show it beside the field where that name stands. It is not
	// written as JSON.
	Brief catalogue.Text `json:"-"`
}

// DeclarationError holds every problem of a self-declaration, sorted by place.
// [errors.Is] finds [ErrInvalid] in it, and [ErrOtherSet] when that is the problem.
type DeclarationError struct {
	// Problems are at most 100.
	Problems []Problem `json:"problems"`
	// More is how many problems there are beyond those.
	More int `json:"more,omitempty"`
}

// SetError holds every problem of a requirement set; [errors.Is] finds [ErrInvalid] in it.
type SetError struct {
	Problems []Problem `json:"problems"`
	More     int       `json:"more,omitempty"`
}

// DecisionError holds every problem of a stored decision; [errors.Is] finds [ErrInvalid] in it.
type DecisionError struct {
	Problems []Problem `json:"problems"`
	More     int       `json:"more,omitempty"`
}

// Errors that callers tell apart.
var (
	// ErrInvalid: the document has mistakes. See [DeclarationError] and [SetError].
	ErrInvalid = errors.New("approval: invalid document")
	// ErrOtherSet: the declaration answers another requirement set or version.
	ErrOtherSet = errors.New("approval: the declaration answers another requirement set")
	// ErrSet: the requirement set was not made by [ParseRequirementSet].
	ErrSet = errors.New("approval: the requirement set was not read by ParseRequirementSet")
)

// Error lists the places and what is wrong there, in English, at most 20 of them.
func (e *DeclarationError) Error() string {
	return "approval: invalid self-declaration: " + listed(e.Problems, e.More)
}

// Is answers for [ErrInvalid] and [ErrOtherSet].
func (e *DeclarationError) Is(target error) bool {
	other := len(e.Problems) == 1 && e.Problems[0].Code == CodeOtherSet
	return target == ErrInvalid || target == ErrOtherSet && other
}

// Error lists the places and what is wrong there, in English, at most 20 of them.
func (e *SetError) Error() string {
	return "approval: invalid requirement set: " + listed(e.Problems, e.More)
}

// Is answers for [ErrInvalid].
func (e *SetError) Is(target error) bool { return target == ErrInvalid }

// Error lists the places and what is wrong there, in English, at most 20 of them.
func (e *DecisionError) Error() string {
	return "approval: invalid decision: " + listed(e.Problems, e.More)
}

// Is answers for [ErrInvalid].
func (e *DecisionError) Is(target error) bool { return target == ErrInvalid }

// Bounds of an error's text, so that a hostile document cannot fill a log.
const (
	mostListed   = 20
	mostReported = problem.Most
)

func listed(ps []Problem, more int) string {
	shown := ps[:min(len(ps), mostListed)]
	parts := make([]string, len(shown), len(shown)+1)
	for i, p := range shown {
		parts[i] = problem.Place(p.Pointer) + ": " + p.Text["en"]
	}
	if rest := len(ps) - len(shown) + more; rest > 0 {
		parts = append(parts, fmt.Sprintf("and %d more", rest))
	}
	return strings.Join(parts, "; ")
}

// finding is a problem on its way to its words.
type finding struct {
	problem.Problem
	// requirement is set where the pointer does not lead to it.
	requirement string
	// say replaces the general words of the code.
	say catalogue.Text
}

// newError sorts, cuts and words what was found. set may be nil.
func newError(set *RequirementSet, fs []finding) *DeclarationError {
	ps, more := worded(set, fs)
	return &DeclarationError{Problems: ps, More: more}
}

func worded(set *RequirementSet, fs []finding) (ps []Problem, more int) {
	sortFindings(fs)
	shown := fs[:min(len(fs), mostReported)]
	ps = make([]Problem, len(shown))
	for i, f := range shown {
		ps[i] = f.worded(set)
	}
	return ps, len(fs) - len(shown)
}

func sortFindings(fs []finding) {
	slices.SortStableFunc(fs, func(a, b finding) int { return problem.Compare(a.Problem, b.Problem) })
}

func (f finding) worded(set *RequirementSet) Problem {
	p := Problem{Pointer: f.Pointer, Requirement: f.requirement, Code: string(f.Code), Text: f.say}
	if p.Text == nil {
		p.Text = general(f.Problem)
	}
	p.Brief = p.Text
	r, isRequirement := f.about(set)
	if isRequirement {
		p.Requirement = r.ID
		p.Text = aboutRequirement.text(r.ID, r.Title, p.Text)
	} else if q, ok := question(set, f.Pointer); ok {
		p.Text = aboutFact.text(q, p.Text)
	}
	return p
}

// general gives the words that every kind of document uses.
func general(p problem.Problem) catalogue.Text {
	return catalogue.Text{"nb": p.Text("nb"), "nn": p.Text("nn"), "en": sentence(p.Text("en"))}
}

func sentence(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + strings.TrimSuffix(s[size:], ".") + "."
}

// about finds the requirement that a problem concerns, by the answer it lies in.
func (f finding) about(set *RequirementSet) (Requirement, bool) {
	if set == nil {
		return Requirement{}, false
	}
	id := f.requirement
	if id == "" {
		id = member(f.Pointer, "/answers/")
	}
	return set.Requirement(id)
}

func question(set *RequirementSet, pointer string) (catalogue.Text, bool) {
	if set == nil {
		return nil, false
	}
	f, known := set.Fact(member(pointer, "/facts/"))
	return f.Question, known
}

// member is the name of the member below prefix that a pointer leads to or into; ids of requirements and facts need no unescaping.
func member(pointer, prefix string) string {
	rest, below := strings.CutPrefix(pointer, prefix)
	if !below {
		return ""
	}
	name, _, _ := strings.Cut(rest, "/")
	return name
}

func within(pointer, outer string) bool {
	return pointer == outer || strings.HasPrefix(pointer, outer+"/")
}
