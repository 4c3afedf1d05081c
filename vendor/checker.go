package vendor

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

// checker collects problems.
type checker struct{ found []problem.Problem }

func (c *checker) add(at string, code problem.Code, want string) {
	c.found = append(c.found, problem.Problem{Pointer: at, Code: code, Want: want})
}

// oneOf asks for a value of a closed list.
func oneOf[T ~string](c *checker, at string, value T, allowed []T) {
	switch {
	case value == "":
		c.add(at, problem.MissingMember, "")
	case !slices.Contains(allowed, value):
		c.add(at, problem.NotAllowed, listed(allowed))
	}
}

func listed[T ~string](values []T) string { return strings.Join(texts(values...), ", ") }

// distinct reports values that were there before.
func distinct[T comparable](c *checker, at string, list []T) {
	first := map[T]int{}
	for i, v := range list {
		if before, again := first[v]; again {
			c.add(at+strictjson.Pointer(i), problem.Repeated, at+strictjson.Pointer(before))
		} else {
			first[v] = i
		}
	}
}

// words asks for a text that says something; optional is the same for one that may be empty.
func (c *checker) words(at, s string, longest int) {
	if s == "" {
		c.add(at, problem.MissingMember, "")
		return
	}
	c.optional(at, s, longest)
}

func (c *checker) optional(at, s string, longest int) {
	switch {
	case s == "":
	case !utf8.ValidString(s):
		c.add(at, problem.NotUTF8, "")
	case strings.TrimSpace(s) == "":
		c.add(at, problem.TooShort, "1")
	case utf8.RuneCountInString(s) > longest:
		c.add(at, problem.TooLong, strconv.Itoa(longest))
	case problem.Misleading(s):
		c.add(at, problem.BadValue, "text without control characters")
	case nationalid.Contains(s):
		c.add(at, problem.PersonalData, "")
	}
}

// form checks a value with UnmarshalText that was made in a program; empty is not checked.
func form[T ~string](c *checker, at string, value T, parse func(string) (T, error)) {
	if _, err := parse(string(value)); value != "" && err != nil {
		c.add(at, problem.BadFormat, err.Error())
	}
}

// formed asks for such a value.
func formed[T ~string](c *checker, at string, value T, parse func(string) (T, error)) {
	if value == "" {
		c.add(at, problem.MissingMember, "")
	}
	form(c, at, value, parse)
}

var digestForm = regexp.MustCompile(`^[0-9a-f]{64}$`)

// digest checks a digest; empty is not checked.
func (c *checker) digest(at, s string) {
	if s != "" && !digestForm.MatchString(s) {
		c.add(at, problem.BadFormat, "64 lower-case hexadecimal digits (SHA-256)")
	}
}

// inOrder reports a last day before the first. Days that are not there are in order.
func (c *checker) inOrder(firstAt string, first Day, lastAt string, last Day) {
	if first.Valid() && last.Valid() && last < first {
		c.add(lastAt, problem.Contradiction, firstAt)
	}
}
