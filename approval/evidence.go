package approval

import (
	"slices"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/problem"
)

// fault says why a piece of evidence does not count; "" means that it does.
type fault = problem.Code

// judge says whether evidence meets the rule. Its age is measured on the day on
// which the declaration was submitted; whether it has expired, on the day at.
// Evidence with a day that cannot be read, or from after the submission, does
// not count.
func (r EvidenceRule) judge(e Evidence, submitted, at catalogue.Date) fault {
	if !slices.Contains(r.Kinds, e.Kind) {
		return CodeEvidenceKind
	}
	if _, ok := day(submitted); !ok {
		return problem.BadFormat
	}
	if f := e.consistent(submitted); f != "" {
		return f
	}
	switch {
	case r.MaxAgeMonths > 0 && addMonths(e.Issued, r.MaxAgeMonths) < submitted:
		return CodeEvidenceTooOld
	case e.Expires != "" && e.Expires < at:
		return CodeEvidenceExpired
	}
	return ""
}

// consistent compares the days of a piece of evidence with each other.
func (e Evidence) consistent(submitted catalogue.Date) fault {
	_, issued := day(e.Issued)
	_, expires := day(e.Expires)
	switch {
	case !issued || e.Expires != "" && !expires:
		return problem.BadFormat
	case e.Issued > submitted, e.Expires != "" && e.Expires < e.Issued:
		return problem.Contradiction
	}
	return ""
}

// lasting says that a lasts longer than b. Nothing lasts longer than evidence without an end.
func lasting(a, b Evidence) bool {
	return b.Expires != "" && (a.Expires == "" || a.Expires > b.Expires)
}

// evidence finds the items that an answer refers to, each by its place in the declaration.
func (d *SelfDeclaration) evidence(ids []string) (places []int) {
	for _, id := range ids {
		i := slices.IndexFunc(d.Evidence, func(e Evidence) bool { return e.ID == id })
		if i >= 0 {
			places = append(places, i)
		}
	}
	return places
}
