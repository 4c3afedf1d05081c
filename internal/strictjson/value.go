// Package strictjson reads JSON from outside so that one text has one meaning.
//
// The standard library's decoder takes the last of two members with one name,
// folds upper and lower case in names, repairs broken UTF-8 and stops at the
// first mistake. For signed messages and for documents that decide what a
// patient is sent, each of these is a hole. [Parse] and [Unmarshal] refuse
// them, bound size, depth, members and numbers, and report every mistake they
// can with its JSON Pointer. A text that is not JSON at all has one mistake:
// the first place where the grammar breaks.
//
// Rules: RFC 8259 (grammar, UTF-8), RFC 7493 (I-JSON: unique names, no lone
// surrogates), RFC 6901 (pointers).
package strictjson

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/verktoykatalog/verktoy/internal/problem"
)

// Kind is a JSON type.
type Kind int

// The JSON types.
const (
	Null Kind = iota
	Bool
	Number
	String
	Array
	Object
)

// Value is a parsed JSON value. It is not changed after [Parse].
type Value struct {
	Kind    Kind
	Bool    bool
	Text    string // the string, or the number as it was written
	Items   []*Value
	Members []Member

	// Where it stands. A pointer is put together only for who asks: written into
	// every value, one long name would be copied as often as there are values below it.
	parent *Value
	name   string // in an object
	index  int    // in an array
}

// Pointer is the JSON Pointer of the value's place; "" for the whole text.
func (v *Value) Pointer() string {
	var parts []string
	for ; v.parent != nil; v = v.parent {
		if v.parent.Kind == Array {
			parts = append(parts, Pointer(v.index))
		} else {
			parts = append(parts, Pointer(v.name))
		}
	}
	slices.Reverse(parts)
	return strings.Join(parts, "")
}

// Member is one name and its value in an object, in the text's order.
type Member struct {
	Name  string
	Value *Value
}

// Member gives the value of the member with exactly this name.
func (v *Value) Member(name string) (*Value, bool) {
	for _, m := range v.Members {
		if m.Name == name {
			return m.Value, true
		}
	}
	return nil, false
}

// Any gives the value as the types that JSON Schema validators take:
// map[string]any, []any, string, bool, nil and [json.Number].
func (v *Value) Any() any {
	switch v.Kind {
	case Bool:
		return v.Bool
	case Number:
		return json.Number(v.Text)
	case String:
		return v.Text
	case Array:
		return v.items()
	case Object:
		return v.members()
	}
	return nil
}

func (v *Value) items() []any {
	out := make([]any, len(v.Items))
	for i, item := range v.Items {
		out[i] = item.Any()
	}
	return out
}

func (v *Value) members() map[string]any {
	out := make(map[string]any, len(v.Members))
	for _, m := range v.Members {
		out[m.Name] = m.Value.Any()
	}
	return out
}

// Error holds every problem of a text, at most [problem.Most] of them.
type Error struct {
	Problems []problem.Problem
}

// Error names each place and what was wanted, never a value.
func (e *Error) Error() string { return "json: " + problem.Join(e.Problems) }

// Pointer joins member names and item numbers to a JSON Pointer. Runs of eleven
// or more digits, which may be national identity numbers, are redacted.
func Pointer(parts ...any) string {
	var b strings.Builder
	for _, part := range parts {
		b.WriteByte('/')
		b.WriteString(escape(part))
	}
	return b.String()
}

func escape(part any) string {
	switch p := part.(type) {
	case int:
		return strconv.Itoa(p)
	case string:
		if plain(p) {
			return p
		}
		return eleven.ReplaceAllString(escaper.Replace(p), "[redacted]")
	}
	return escape(fmt.Sprint(part))
}

// plain says that a name has neither a character to escape nor six digits in a
// row, as nearly all names: then there is nothing to replace.
func plain[T string | []byte](name T) bool {
	digits := 0
	for i := range len(name) {
		switch c := name[i]; {
		case c == '~' || c == '/':
			return false
		case c < '0' || c > '9':
			digits = 0
		case digits == 5:
			return false
		default:
			digits++
		}
	}
	return true
}

var (
	escaper = strings.NewReplacer("~", "~0", "/", "~1")
	eleven  = regexp.MustCompile(`[0-9]{6}([ \x{a0}-]|%20|%2[Dd]|%[Cc]2%[Aa]0)?[0-9]{5,}`)
)
