package catalogue

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/verktoykatalog/verktoy/internal/problem"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
	"github.com/verktoykatalog/verktoy/vendor"
)

// Check finds what is wrong with a document, also one that was made in a program: members that are missing, ids and identifiers that
// appear twice, ages and days out of range, days that end before they begin, addresses that are not https, codes and languages that do not exist, texts that are empty, too long or hold
// control characters. It gives nil for a document that is right, and at most 100 problems: [Document.Validate]
// says how many more there are. It cannot see whether an access of only false values was left out.
func (d Document) Check() []Problem {
	shown, _ := public(d.check())
	return shown
}

// Validate is [Document.Check] as an error: nil, or a [*DocumentError].
func (d Document) Validate() error {
	if found := d.check(); len(found) > 0 {
		return newDocumentError(found)
	}
	return nil
}

func (d Document) check() []problem.Problem {
	c := &checker{}
	if d.Version != DocumentVersion {
		c.add("/version", problem.NotAllowed, strconv.Itoa(DocumentVersion))
	}
	ids, identifiers := map[ToolID]string{}, map[string]string{}
	for i, tool := range d.Tools {
		at := strictjson.Pointer("tools", i)
		c.tool(at, tool)
		once(c, ids, tool.ID, at+"/id")
		c.identifiers(at+"/identifiers", tool.Identifiers, identifiers)
	}
	return c.found
}

// The greatest lengths in characters, and the greatest numbers.
const (
	maxName     = 200
	maxSummary  = 1_000
	maxText     = 20_000
	maxKeyword  = 100
	maxKeywords = 100
	maxURL      = 2_000
	maxAge      = 150
	maxDays     = 3_650
)

// checker collects problems.
type checker struct{ found []problem.Problem }

func (c *checker) add(at string, code problem.Code, want string) {
	c.found = append(c.found, problem.Problem{Pointer: at, Code: code, Want: want})
}

// once reports a value that was there before, and where.
func once[T ~string](c *checker, first map[T]string, value T, at string) {
	if place, again := first[value]; again {
		c.add(at, problem.Repeated, place)
	} else if value != "" {
		first[value] = at
	}
}

// oneOf checks a value against a closed list. Empty is not checked here.
func oneOf[T ~string](c *checker, at string, value T, allowed ...T) {
	if value == "" || slices.Contains(allowed, value) {
		return
	}
	names := make([]string, len(allowed))
	for i, a := range allowed {
		names[i] = string(a)
	}
	c.add(at, problem.NotAllowed, strings.Join(names, ", "))
}

// required reports an empty value and says whether there is one.
func required[T ~string](c *checker, at string, value T) bool {
	if value == "" {
		c.add(at, problem.MissingMember, "")
	}
	return value != ""
}

func (c *checker) id(at, value string) {
	if required(c, at, value) && !idForm.MatchString(value) {
		c.add(at, problem.BadFormat, ErrID.Error())
	}
}

// codes checks a list of codes of an open set.
func codes[T ~string](c *checker, at string, list []T) {
	first := map[T]string{}
	for i, code := range list {
		place := at + strictjson.Pointer(i)
		if !idForm.MatchString(string(code)) {
			c.add(place, problem.BadFormat, ErrID.Error())
		}
		once(c, first, code, place)
	}
}

const wantLang = `a language such as nb, nn, en or se ("no" does not say which Norwegian)`

func (c *checker) languages(at string, list []Lang) {
	first := map[Lang]string{}
	for i, lang := range list {
		place := at + strictjson.Pointer(i)
		if !lang.valid() {
			c.add(place, problem.BadFormat, wantLang)
		}
		once(c, first, lang, place)
	}
}

// text checks a text in all its languages; a text that is not there is right.
func (c *checker) text(at string, t Text, most int) {
	for lang, s := range t {
		place := at + strictjson.Pointer(string(lang))
		if !lang.valid() {
			c.add(place, problem.BadFormat, wantLang)
		}
		c.words(place, s, most)
	}
}

func (c *checker) requiredText(at string, t Text, most int) {
	if len(t) == 0 {
		c.add(at, problem.MissingMember, "")
	}
	c.text(at, t, most)
}

// words checks one text in one language.
func (c *checker) words(at, s string, most int) {
	switch {
	case !utf8.ValidString(s):
		c.add(at, problem.NotUTF8, "")
	case strings.TrimSpace(s) == "":
		c.add(at, problem.TooShort, "1")
	case len(s) > most && utf8.RuneCountInString(s) > most:
		c.add(at, problem.TooLong, strconv.Itoa(most))
	case problem.Misleading(s):
		c.add(at, problem.BadValue, "text without control characters")
	}
}

// between reports a number out of range and says whether it is in range.
func (c *checker) between(at string, n, low, high int) bool {
	inside := low <= n && n <= high
	if !inside {
		c.add(at, problem.OutOfRange, fmt.Sprintf("%d–%d", low, high))
	}
	return inside
}

func (c *checker) vendor(at string, v *vendor.Vendor) {
	if v == nil {
		return
	}
	if required(c, at+"/orgNumber", v.OrgNumber) {
		if _, err := vendor.ParseOrgNumber(string(v.OrgNumber)); err != nil {
			c.add(at+"/orgNumber", problem.BadFormat, err.Error())
		}
	}
	if required(c, at+"/name", v.Name) {
		c.words(at+"/name", v.Name, maxName)
	}
	c.reference(at, v)
}

// reference refuses what a vendor may say of itself elsewhere: a catalogue is for everybody, and contacts are people.
func (c *checker) reference(at string, v *vendor.Vendor) {
	for name, there := range map[string]bool{"country": v.Country != "", "roles": v.Roles != nil, "contacts": v.Contacts != nil,
		"subprocessors": v.Subprocessors != nil, "certificates": v.Certificates != nil} {
		if there {
			c.add(at+"/"+name, problem.UnknownMember, "name, orgNumber")
		}
	}
}
