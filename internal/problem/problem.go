// Package problem describes what is wrong with a document that came in: where,
// what, and in words that a person can act on, in Bokmål, Nynorsk and English.
//
// A [Problem] never holds the value that was found: values may be personal
// data, tokens or keys, and problems end up in logs and on pages.
package problem

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Problem is one mistake at one place.
type Problem struct {
	// Pointer is the JSON Pointer (RFC 6901) of the place; "" is the whole document.
	Pointer string
	// Code says what kind of mistake it is.
	Code Code
	// Want is what was expected: a type, a limit, a list. Never what was found.
	Want string
}

// Most is how many problems one document reports. What goes beyond is counted, not listed.
const Most = 100

// String is for errors and logs: `/tools/3/id: member appears twice`.
func (p Problem) String() string {
	return Place(p.Pointer) + ": " + p.Text("en")
}

// longest is how many characters of a place are shown: names in a document may be as long as the document.
const longest = 200

// Place is a pointer for errors and logs: names come from the document, so what
// would break a line or steer a terminal is escaped, and long ones are cut.
func Place(pointer string) string {
	if pointer == "" {
		return "document"
	}
	letters := []rune(pointer)
	cut := ""
	if len(letters) > longest {
		letters, cut = letters[:longest], "…"
	}
	var b strings.Builder
	for _, r := range letters {
		if strconv.IsPrint(r) {
			b.WriteRune(r)
		} else {
			b.WriteString(strings.Trim(strconv.QuoteRuneToASCII(r), "'"))
		}
	}
	return b.String() + cut
}

// Compare orders problems as a reader meets their places: members by name,
// array items by number, the outer place before the inner one, then the code.
func Compare(a, b Problem) int {
	if c := comparePointers(a.Pointer, b.Pointer); c != 0 {
		return c
	}
	if c := strings.Compare(string(a.Code), string(b.Code)); c != 0 {
		return c
	}
	return strings.Compare(a.Want, b.Want)
}

// Sort orders problems by [Compare].
func Sort(ps []Problem) { slices.SortFunc(ps, Compare) }

// Join is the text of an error that holds several problems: at most [Most] of
// them, then how many more there are.
func Join(ps []Problem) string {
	shown := ps[:min(len(ps), Most)]
	parts := make([]string, 0, len(shown)+1)
	for _, p := range shown {
		parts = append(parts, p.String())
	}
	if rest := len(ps) - len(shown); rest > 0 {
		parts = append(parts, fmt.Sprintf("and %d more", rest))
	}
	return strings.Join(parts, "; ")
}

func comparePointers(a, b string) int {
	for {
		x, restA, moreA := strings.Cut(a, "/")
		y, restB, moreB := strings.Cut(b, "/")
		switch c := compareParts(x, y); {
		case c != 0:
			return c
		case !moreA && !moreB:
			return 0
		case !moreA:
			return -1
		case !moreB:
			return 1
		}
		a, b = restA, restB
	}
}

// compareParts puts shorter numbers before longer ones, so that /tools/9 comes before /tools/10.
func compareParts(a, b string) int {
	if isNumber(a) && isNumber(b) && len(a) != len(b) {
		return len(a) - len(b)
	}
	return strings.Compare(a, b)
}

func isNumber(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}
