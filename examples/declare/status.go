package main

import (
	"errors"
	"slices"

	"github.com/verktoykatalog/verktoy/approval"
)

// status tells a document with mistakes from input that is none at all.
func status(err error) int {
	ps, _ := mistakes(err)
	switch {
	case err == nil:
		return valid
	case len(ps) > 0 && !slices.ContainsFunc(ps, notJSON):
		return invalid
	}
	return unusable
}

func notJSON(p approval.Problem) bool {
	return slices.Contains([]string{"too-large", "not-utf8", "byte-order-mark", "syntax", "trailing", "too-deep"}, p.Code)
}

// mistakes takes the problems out of the error of a declaration or a requirement
// set; more is how many there are beyond those.
func mistakes(err error) (ps []approval.Problem, more int) {
	var declaration *approval.DeclarationError
	var set *approval.SetError
	switch {
	case errors.As(err, &declaration):
		return declaration.Problems, declaration.More
	case errors.As(err, &set):
		return set.Problems, set.More
	}
	return nil, 0
}
