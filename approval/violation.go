package approval

import (
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"

	"github.com/verktoykatalog/verktoy/internal/problem"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// violations validates a parsed document. The validator's own texts hold the
// values that were found, so only places and kinds are taken from it.
func violations(schema *jsonschema.Schema, document any) []finding {
	err := schema.Validate(document)
	if err == nil {
		return nil
	}
	var invalid *jsonschema.ValidationError
	if !errors.As(err, &invalid) {
		return []finding{{Problem: problem.Problem{Code: problem.BadValue}}}
	}
	var out []finding
	leaves(invalid, func(e *jsonschema.ValidationError) { out = append(out, translated(e)...) })
	return onePerPlace(out)
}

// onePerPlace keeps one problem for each place: a value that breaks two rules of the schema is one mistake.
func onePerPlace(fs []finding) []finding {
	sortFindings(fs)
	return slices.CompactFunc(fs, func(a, b finding) bool { return a.Pointer == b.Pointer })
}

// leaves visits the errors that stand for one mistake each. What lies below a
// failed anyOf or oneOf are alternatives, not mistakes, unless all but one of
// them only say that the value may also be null.
func leaves(e *jsonschema.ValidationError, visit func(*jsonschema.ValidationError)) {
	causes := e.Causes
	switch e.ErrorKind.(type) {
	case *kind.AnyOf, *kind.OneOf:
		causes = slices.DeleteFunc(slices.Clone(causes), onlyNull)
		if len(causes) != 1 {
			causes = nil
		}
	}
	if len(causes) == 0 {
		visit(e)
	}
	for _, cause := range causes {
		leaves(cause, visit)
	}
}

func onlyNull(e *jsonschema.ValidationError) bool {
	k, ok := e.ErrorKind.(*kind.Type)
	return ok && slices.Equal(k.Want, []string{"null"})
}

// translated gives the problems of one leaf: one, or one for each name where the validator collects names.
func translated(e *jsonschema.ValidationError) []finding {
	at := pointer(e.InstanceLocation)
	switch k := e.ErrorKind.(type) {
	case *kind.Required:
		return named(at, k.Missing, problem.MissingMember)
	case *kind.AdditionalProperties:
		return named(at, k.Properties, problem.UnknownMember)
	case *kind.UniqueItems:
		first, second := k.Duplicates[0], k.Duplicates[1]
		return one(at+strictjson.Pointer(max(first, second)), problem.Repeated, at+strictjson.Pointer(min(first, second)))
	}
	code, want := codeAndWant(e.ErrorKind)
	return one(at, code, want)
}

func one(pointer string, code problem.Code, want string) []finding {
	return []finding{{Problem: problem.Problem{Pointer: pointer, Code: code, Want: want}}}
}

func named(at string, names []string, code problem.Code) []finding {
	out := make([]finding, len(names))
	for i, name := range names {
		out[i] = one(at+strictjson.Pointer(name), code, "")[0]
	}
	return out
}

func pointer(location []string) string {
	var b strings.Builder
	for _, part := range location {
		b.WriteString(strictjson.Pointer(part))
	}
	return b.String()
}

func codeAndWant(k jsonschema.ErrorKind) (problem.Code, string) {
	switch k := k.(type) {
	case *kind.Type:
		return problem.WrongType, strings.Join(without(k.Want, "null"), " or ")
	case *kind.Enum:
		return problem.NotAllowed, joined(k.Want)
	case *kind.Const:
		return problem.NotAllowed, fmt.Sprint(k.Want)
	case *kind.Format:
		return problem.BadFormat, forms[k.Want]
	case *kind.Pattern:
		if k.Want == notBlank {
			return problem.TooShort, "1"
		}
		return problem.BadFormat, forms[k.Want]
	}
	return bound(k)
}

func bound(k jsonschema.ErrorKind) (problem.Code, string) {
	switch k := k.(type) {
	case *kind.MinLength:
		return problem.TooShort, strconv.Itoa(k.Want)
	case *kind.MaxLength:
		return problem.TooLong, strconv.Itoa(k.Want)
	case *kind.MinItems:
		return problem.TooFew, strconv.Itoa(k.Want)
	case *kind.MaxItems:
		return problem.TooMany, strconv.Itoa(k.Want)
	case *kind.MinProperties:
		return problem.TooFew, strconv.Itoa(k.Want)
	case *kind.MaxProperties:
		return problem.TooMany, strconv.Itoa(k.Want)
	case *kind.Minimum:
		return problem.OutOfRange, ">= " + number(k.Want)
	case *kind.Maximum:
		return problem.OutOfRange, "<= " + number(k.Want)
	case *kind.FalseSchema:
		return problem.Contradiction, ""
	}
	return problem.BadValue, ""
}

func number(r *big.Rat) string { return r.RatString() }

func joined(values []any) string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = fmt.Sprint(v)
	}
	return strings.Join(out, ", ")
}

func without(items []string, drop string) []string {
	return slices.DeleteFunc(slices.Clone(items), func(s string) bool { return s == drop })
}

// forms says what the formats and patterns of the schemas ask for, in signs that need no translation.
var forms = map[string]string{
	"date":                           "YYYY-MM-DD",
	"date-time":                      "YYYY-MM-DDThh:mm:ssZ",
	"uri":                            "https://…",
	`^https://[^/\p{Z}\p{Cc}\p{Cf}]`: "https://…",
	`^[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z$`: "YYYY-MM-DDThh:mm:ssZ",
	`^[0-9]{9}$`:                                "9 × 0–9",
	`^[0-9a-f]{64}$`:                            "64 × 0–9, a–f (SHA-256)",
	`^d-[0-9a-f]{16}$`:                          "d- + 16 × 0–9, a–f",
	`^[0-9]+\.[0-9]+\.[0-9]+$`:                  "1.0.0",
	`^[a-z0-9]+(-[a-z0-9]+)*$`:                  "a–z, 0–9, -",
	`^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$`:      "a–z, 0–9, -",
	`^[A-Za-z0-9][A-Za-z0-9._-]*$`:              "A–Z, a–z, 0–9, . _ -",
	`^[A-Z]{2}$`:                                "NO, SE, …",
	`^[^\s@<>,;"]+@[^\s@<>,;"]+\.[^\s@<>,;"]+$`: "post@example.no",
	`^\+?[0-9]([ -]?[0-9]){4,14}$`:              "22 22 22 22, +46 70 123 45 67",
}

// notBlank is the pattern of texts that must say something: not spaces alone,
// visible or not. \S would leave a no-break space to Go and not to JavaScript.
const notBlank = `[^\p{Z}\p{Cc}\p{Cf}]`

// merged joins what the schema found with what decoding found. One mistake is
// found by both; decoding alone knows check digits and the members that exist.
func merged(bySchema, byDecoding []finding) []finding {
	if len(byDecoding) == 0 {
		return bySchema
	}
	// Only places of the shorter list are noted: the other may have thousands.
	at := map[string]int{}
	for _, d := range byDecoding {
		at[d.Pointer] = -1
	}
	out := slices.Clone(bySchema)
	for i, f := range slices.Backward(out) {
		if _, wanted := at[f.Pointer]; wanted {
			at[f.Pointer] = i
		}
	}
	for _, d := range byDecoding {
		switch i := at[d.Pointer]; {
		case i < 0:
			at[d.Pointer] = len(out)
			out = append(out, d)
		case out[i].Code == d.Code && out[i].Want == "":
			out[i].Want = d.Want
		}
	}
	return out
}
