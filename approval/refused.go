package approval

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/verktoykatalog/verktoy/internal/nationalid"
	"github.com/verktoykatalog/verktoy/internal/problem"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// RefusedError says everything for which a panel's session, a waiver or an
// event of a case was refused, sorted by place. [errors.Is] finds Kind in it.
type RefusedError struct {
	// Kind is one of this package's errors, such as [ErrVotes], or stands for
	// [ErrPanel] and [ErrSession] both: compare with [errors.Is].
	Kind error `json:"-"`
	// Problems have pointers into what was refused, at most 100.
	Problems []Problem `json:"problems"`
	// More is how many problems there are beyond those.
	More int `json:"more,omitempty"`
}

// Error lists the places and what is wrong there, in English, at most 20 of them.
func (e *RefusedError) Error() string { return e.Kind.Error() + ": " + listed(e.Problems, e.More) }

// Unwrap gives Kind.
func (e *RefusedError) Unwrap() error { return e.Kind }

// refusal collects what is wrong. Its zero value has found nothing.
type refusal struct{ found []finding }

// add takes the general words of the code; want is what they ask for.
func (r *refusal) add(pointer string, code problem.Code, want string) {
	r.found = append(r.found, one(pointer, code, want)...)
}

func (r *refusal) say(pointer string, code problem.Code, words phrase, args ...any) {
	r.found = append(r.found, finding{Problem: problem.Problem{Pointer: pointer, Code: code}, say: words.text(args...)})
}

func (r *refusal) missing(pointer string) { r.say(pointer, problem.MissingMember, refMissing) }

// err is nil if nothing was found.
func (r *refusal) err(kind error) error {
	if len(r.found) == 0 {
		return nil
	}
	ps, more := worded(nil, r.found)
	return &RefusedError{Kind: kind, Problems: ps, More: more}
}

// refuse is a refusal for one thing.
func refuse(kind error, pointer string, code problem.Code, words phrase, args ...any) error {
	var r refusal
	r.say(pointer, code, words, args...)
	return r.err(kind)
}

// longestProse is the most characters of a text that a person writes.
const longestProse = 8000

// prose is a text that people read and that is published: not too long, nothing that steers, no identity number.
func (r *refusal) prose(pointer, text string, required bool) {
	r.proseUpTo(longestProse, pointer, text, required)
}

func (r *refusal) proseUpTo(most int, pointer, text string, required bool) {
	switch {
	case strings.TrimSpace(text) == "":
		if required {
			r.missing(pointer)
		}
	case utf8.RuneCountInString(text) > most:
		r.add(pointer, problem.TooLong, strconv.Itoa(most))
	case problem.Misleading(text):
		r.add(pointer, problem.BadValue, "text without control characters")
	case holdsNumber(text):
		r.say(pointer, CodePersonalData, refNumber)
	}
}

var codeLike = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._:/-]*$`)

// isCode is the form of what names somebody or something and is kept in clear:
// no free text, and nothing like an identity number.
func isCode(s string) bool {
	return len(s) <= 64 && codeLike.MatchString(s) && !nationalid.Contains(s)
}

func (r *refusal) code(pointer, s string) {
	switch {
	case s == "":
		r.missing(pointer)
	case nationalid.Contains(s):
		r.say(pointer, CodePersonalData, refNumber)
	case !isCode(s):
		r.add(pointer, problem.BadFormat, "A–Z, a–z, 0–9, . _ : / -, ≤ 64")
	}
}

// name is an id that may stand in a document: letters, digits, "-", "." and "_".
func (r *refusal) name(pointer, s string) {
	if holdsNumber(s) {
		r.say(pointer, CodePersonalData, refNumber)
	} else if len(s) > 64 || !nameLike.MatchString(s) {
		r.add(pointer, problem.BadFormat, "A–Z, a–z, 0–9, . _ -, ≤ 64")
	}
}

func (r *refusal) digest(pointer string, d Digest) {
	if new(Digest).UnmarshalText([]byte(d)) != nil {
		r.say(pointer, problem.BadFormat, sayDigest)
	}
}

// samePerson compares names or ids without regard to case and spaces. Nobody is not the same as nobody.
func samePerson(a, b string) bool {
	a, b = strings.Join(strings.Fields(a), " "), strings.Join(strings.Fields(b), " ")
	return a != "" && strings.EqualFold(a, b)
}

func among(people []string, one string) bool {
	return slices.ContainsFunc(people, func(p string) bool { return samePerson(p, one) })
}

// anybody says whether somebody is named at all.
func anybody(people []string) bool {
	return slices.ContainsFunc(people, func(p string) bool { return strings.TrimSpace(p) != "" })
}

// at is the place of a member of an item of a list, or of the item if the member is empty.
func at(list string, i int, member string) string {
	if member == "" {
		return strictjson.Pointer(list, i)
	}
	return strictjson.Pointer(list, i, member)
}
