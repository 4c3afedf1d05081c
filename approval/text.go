package approval

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/verktoykatalog/verktoy/internal/nationalid"
	"github.com/verktoykatalog/verktoy/internal/problem"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// CodePersonalData: a text holds what may be a national identity number. A declaration is read by many and published in part.
const CodePersonalData = "personal-data"

// texts looks at every text of a document for what must not be in any: control
// characters, which can make a page show something else than what was written,
// and identity numbers, also written as a number or escaped in an address. It
// stops when there are as many as are reported.
func texts(v *strictjson.Value) []finding {
	var out []finding
	walk(v, func(each *strictjson.Value) {
		if len(out) == mostReported {
			return
		}
		if f, wrong := textFault(each); wrong {
			out = append(out, f)
		}
	})
	return out
}

// longestName is more than any member of a declaration has, in bytes. What lies
// below a longer one is not looked at: its name would be in each of those places.
const longestName = 200

func longNames(v *strictjson.Value) []finding {
	var out []finding
	for _, item := range v.Items {
		out = append(out, longNames(item)...)
	}
	for _, m := range v.Members {
		if len(m.Name) > longestName {
			out = append(out, one(m.Value.Pointer(), problem.UnknownMember, "")...)
		} else {
			out = append(out, longNames(m.Value)...)
		}
	}
	return out
}

// walk visits a value and what is in it, in the text's order.
func walk(v *strictjson.Value, visit func(*strictjson.Value)) {
	visit(v)
	for _, item := range v.Items {
		walk(item, visit)
	}
	for _, m := range v.Members {
		walk(m.Value, visit)
	}
}

func textFault(v *strictjson.Value) (finding, bool) {
	switch {
	case v.Kind == strictjson.String && problem.Misleading(v.Text):
		return one(v.Pointer(), problem.BadValue, "text without control characters")[0], true
	case holdsIdentity(v):
		return finding{Problem: problem.Problem{Pointer: v.Pointer(), Code: CodePersonalData}, say: sayPersonalData.text()}, true
	}
	return finding{}, false
}

// holdsIdentity: how large a file is may have eleven digits too.
func holdsIdentity(v *strictjson.Value) bool {
	switch v.Kind {
	case strictjson.Number:
		return len(v.Text) == elevenDigits && nationalid.Contains(v.Text) && lastPart(v.Pointer()) != "size"
	case strictjson.String:
		return holdsNumber(v.Text)
	}
	return false
}

const elevenDigits = 11

// unescaped is a text without the escapes of an address; what is no address stays as it is.
func unescaped(s string) string {
	plain, err := url.PathUnescape(s)
	if err != nil {
		return s
	}
	return plain
}

// fitting drops what is too long only because of how it is written: an accent
// of its own (NFD) counts as a character for a schema and not for a reader.
func fitting(found []finding, v *strictjson.Value) []finding {
	most := map[string]int{}
	for _, f := range found {
		if n, err := strconv.Atoi(f.Want); err == nil && f.Code == problem.TooLong {
			most[f.Pointer] = n
		}
	}
	if len(most) == 0 {
		return found
	}
	short := map[string]bool{}
	walk(v, func(each *strictjson.Value) {
		if len(short) < mostReported && each.Kind == strictjson.String && !norm.NFC.IsNormalString(each.Text) {
			at := each.Pointer()
			short[at] = utf8.RuneCountInString(norm.NFC.String(each.Text)) <= most[at]
		}
	})
	return slices.DeleteFunc(found, func(f finding) bool { return f.Code == problem.TooLong && short[f.Pointer] })
}

// holdsNumber says whether there may be an identity number in a text, as it is or escaped as in an address.
func holdsNumber(s string) bool {
	return nationalid.Contains(s) || strings.Contains(s, "%") && nationalid.Contains(unescaped(s))
}
