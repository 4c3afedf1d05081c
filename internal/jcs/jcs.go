// Package jcs writes JSON in its canonical form (RFC 8785), so that two texts
// that say the same are the same bytes and can be signed.
//
// [Canonical] is most of it. It refuses what has no one meaning: what package
// strictjson refuses, such as two members with one name or half a surrogate
// pair, and numbers that a 64-bit floating point number cannot hold as they are
// written. The canonical form goes through such numbers, so that two documents
// with different long numbers would be the same bytes (RFC 8785, section 3.2.2.3;
// RFC 7493, section 2.2).
package jcs

import (
	"errors"
	"math/big"

	"github.com/gowebpki/jcs"

	"github.com/verktoykatalog/verktoy/internal/problem"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// Canonical gives the canonical form of one JSON value, which is read within
// the limits. The error is a [*strictjson.Error].
func Canonical(data []byte, l strictjson.Limits) ([]byte, error) {
	v, err := strictjson.Parse(data, l)
	if err != nil {
		return nil, err
	}
	return Of(data, v)
}

// Of gives the canonical form of data, which v was parsed from.
func Of(data []byte, v *strictjson.Value) ([]byte, error) {
	if bad := inexact(v, nil); len(bad) > 0 {
		problem.Sort(bad)
		return nil, &strictjson.Error{Problems: bad}
	}
	out, err := jcs.Transform(data)
	if err != nil {
		return nil, errors.New("json: no canonical form") // its texts hold what was found
	}
	return out, nil
}

// inexact collects the numbers that the canonical form would change.
func inexact(v *strictjson.Value, found []problem.Problem) []problem.Problem {
	if v.Kind == strictjson.Number && !exact(v.Text) && len(found) < problem.Most {
		return append(found, problem.Problem{Pointer: v.Pointer(), Code: problem.BadNumber, Want: want})
	}
	for _, item := range v.Items {
		found = inexact(item, found)
	}
	for _, m := range v.Members {
		found = inexact(m.Value, found)
	}
	return found
}

const want = "whole numbers within ±9007199254740991 and fractions of at most 15 digits"

// greatest is 2^53-1: beyond it not every whole number is a 64-bit floating point number.
var greatest = big.NewRat(1<<53-1, 1)

// exact says whether a number keeps its value, as written, in the canonical form.
func exact(text string) bool {
	n, ok := new(big.Rat).SetString(text)
	if !ok || n.IsInt() && new(big.Rat).Abs(n).Cmp(greatest) > 0 {
		return false
	}
	f, _ := n.Float64()
	written, err := jcs.NumberToJSON(f)
	if err != nil {
		return false
	}
	same, ok := new(big.Rat).SetString(written)
	return ok && same.Cmp(n) == 0
}
