package approvalfhir

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/fhir"
	"github.com/verktoykatalog/verktoy/internal/nationalid"
	"github.com/verktoykatalog/verktoy/internal/problem"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// Options say how [Import] reads. The zero Options will do.
type Options struct {
	// By and At are who gave the answers, and when, for answers that do not say so themselves: sets that are tracked ask for it. The wording
	// that was answered is the set's, since the response names its version. Both or neither.
	By string
	At time.Time
	// URL is the address, without version, that the form was given where it was published. Empty means ours: [URL].
	URL string
}

// Result is what was read.
type Result struct {
	// Declaration is a draft. [approval.CheckDeclaration] says whether it is right.
	Declaration *approval.SelfDeclaration
	// Completed says that the response was sent as complete, and that nothing that the form demands is missing.
	Completed bool
	// Notes are what is not in the declaration, in the response's order.
	Notes []Problem
}

// limits of a response.
var limits = strictjson.Limits{Bytes: 4 << 20, Depth: 64, Members: 100_000, Number: 32}

// Import reads a QuestionnaireResponse to the form of the set, of at most 4 MiB. The error is an [*Error] that names all mistakes:
// a response to another form or version, a status other than in-progress, stopped, completed and amended, answers of the wrong type or
// not among the choices, what may be a national identity number, and in a completed response what it lacks. It is
// [approval.ErrSet] if the set does not come from [approval.ParseRequirementSet].
func Import(data []byte, set *approval.RequirementSet, o Options) (*Result, error) {
	switch {
	case set == nil || set.Digest() == "":
		return nil, approval.ErrSet
	case nationalid.Contains(o.By):
		return nil, errors.New("approvalfhir: invalid Options: By may hold a national identity number, want a name")
	case (o.By == "") != o.At.IsZero():
		return nil, errors.New("approvalfhir: invalid Options: By and At are given both or neither")
	}
	in, err := fhir.NewReader(data, limits)
	var bad *strictjson.Error
	if errors.As(err, &bad) {
		return nil, (&reading{}).refuse(bad.Problems)
	} else if err != nil {
		return nil, fmt.Errorf("approvalfhir: %w", err)
	}
	r := &reading{Reader: in, form: newForm(set), options: o, at: map[string]string{}}
	return r.read()
}

// reading reads one response.
type reading struct {
	*fhir.Reader
	form    *form
	options Options
	// at are the linkIds of items by their JSON Pointers.
	at    map[string]string
	notes []found
	files int64
}

func (r *reading) read() (*Result, error) {
	root := r.Root()
	root.RefuseModifiers()
	completed := r.head(root)
	if len(r.Problems()) > 0 {
		return nil, r.refuse(r.Problems())
	}
	v := newFilled()
	r.items(root, r.form.items, v)
	if len(r.Problems()) > 0 {
		return nil, r.refuse(r.Problems())
	}
	d := r.declaration(v)
	if missing := r.missing(v); completed && len(missing) > 0 {
		return nil, refusal(missing)
	}
	return &Result{Declaration: d, Completed: completed, Notes: r.public()}, nil
}

// head reads what is said of the response as a whole.
func (r *reading) head(root fhir.Node) (completed bool) {
	if !root.Has("resourceType", resourceName) {
		root.Report("resourceType", problem.BadValue, resourceName)
		return false
	}
	if !slices.Contains(r.canonical(), root.Take("questionnaire")) {
		root.Report("questionnaire", OtherForm, strings.Join(r.canonical(), ", "))
		return false
	}
	for _, name := range []string{"id", "meta", "language", "text"} {
		root.TakeAny(name)
	}
	switch root.Take("status") {
	case "completed", "amended":
		return true
	case "in-progress", "stopped":
		return false
	}
	root.Report("status", problem.NotAllowed, "in-progress, stopped, completed, amended")
	return false
}

const resourceName = "QuestionnaireResponse"

// canonical are the addresses of the form, with version.
func (r *reading) canonical() []string {
	ref := r.form.set.Ref()
	if r.options.URL != "" {
		return []string{r.options.URL + "|" + ref.Version}
	}
	var out []string
	for _, l := range languages {
		out = append(out, URL(ref, l.lang)+"|"+ref.Version)
	}
	return out
}

// missing are the questions that are shown, must be answered and are not; each at the group that it would stand in.
func (r *reading) missing(v *filled) []found {
	var out []found
	lacking(r.form.items, "", v, func(around string, q item, in *filled) {
		out = append(out, found{problem.Problem{Pointer: in.places[around], Code: problem.MissingMember}, q.id})
	})
	return out
}

// public are the notes, with what nobody has read.
func (r *reading) public() []Problem {
	for _, pointer := range r.Untaken() {
		r.notes = append(r.notes, found{problem.Problem{Pointer: pointer, Code: problem.NotKept}, r.question(pointer)})
	}
	slices.SortStableFunc(r.notes, func(a, b found) int { return problem.Compare(a.Problem, b.Problem) })
	var out []Problem
	for _, n := range slices.Compact(r.notes) {
		out = append(out, n.public(resourceName))
	}
	return out
}

// question is the linkId of the item that a place is in.
func (r *reading) question(pointer string) string {
	for pointer != "" {
		if id, has := r.at[pointer]; has {
			return id
		}
		pointer = pointer[:strings.LastIndexByte(pointer, '/')]
	}
	return ""
}

func (r *reading) refuse(problems []problem.Problem) error {
	problem.Sort(problems)
	var out []found
	for _, p := range problems {
		out = append(out, found{p, r.question(p.Pointer)})
	}
	return refusal(out)
}

func refusal(all []found) error {
	e := &Error{}
	for _, p := range all[:min(len(all), problem.Most)] {
		e.Problems = append(e.Problems, p.public(resourceName))
	}
	return e
}

// day reads a date, which must have year, month and day.
func day(s string) bool {
	_, err := catalogue.ParseDate(s)
	return err == nil
}
