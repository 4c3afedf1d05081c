package catalogue

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/verktoykatalog/verktoy/vendor"
)

// ErrQuery is what every error of [Index.Search] wraps: the query asks for something that cannot be.
var ErrQuery = errors.New("catalogue: invalid query")

// QueryError holds all that is wrong with a query. It wraps [ErrQuery].
type QueryError struct{ Faults []QueryFault }

// QueryFault is one field of a [Query] that cannot be used.
type QueryFault struct {
	// Field is the name of the field, with the place in a list: "Age", "Modes[1]".
	Field string
	// Text says in English what is wrong, to follow the name: "is negative". It does not hold the value.
	Text string
}

// Error lists the faults, one a line.
func (e *QueryError) Error() string {
	parts := make([]string, len(e.Faults))
	for i, f := range e.Faults {
		parts[i] = "field " + f.Field + " " + f.Text
	}
	return ErrQuery.Error() + ": " + strings.Join(parts, "\n")
}

// Unwrap gives [ErrQuery].
func (e *QueryError) Unwrap() error { return ErrQuery }

// Check finds all that is wrong with a query before it is asked. The error is a [*QueryError]; [Index.Search] gives the same one.
func (q Query) Check() error {
	f := &faults{}
	f.text(q.Text)
	f.when(q.Lang != "" && !q.Lang.valid(), "Lang", "is not "+wantLang)
	f.list("Kinds", len(q.Kinds), func(i int) bool { return slices.Contains(kinds, q.Kinds[i]) }, "is not a kind of tool")
	f.list("Areas", len(q.Areas), func(i int) bool { return idForm.MatchString(string(q.Areas[i])) }, notCode)
	f.list("Audiences", len(q.Audiences), func(i int) bool { return idForm.MatchString(string(q.Audiences[i])) }, notCode)
	f.list("Languages", len(q.Languages), func(i int) bool { return q.Languages[i].valid() }, "is not "+wantLang)
	f.list("Modes", len(q.Modes), func(i int) bool { return q.Modes[i].valid() }, "is not one of open, login, prescribed")
	f.list("Platforms", len(q.Platforms), func(i int) bool { return slices.Contains(platforms, q.Platforms[i]) }, "is not one of web, ios, android")
	f.list("Vendors", len(q.Vendors), func(i int) bool { return isOrgNumber(q.Vendors[i]) }, "is not an organisation number")
	f.list("Statuses", len(q.Statuses), func(i int) bool { return slices.Contains(visibles, q.Statuses[i]) }, "is not one of listed, paused, withdrawn")
	f.unseen(q)
	f.list("Profiles", len(q.Profiles), func(i int) bool { return slices.Contains(profiles, q.Profiles[i]) }, "is not one of helsenorge, hti, link")
	f.list("Evidence", len(q.Evidence), func(i int) bool { return idForm.MatchString(string(q.Evidence[i])) }, notCode)
	f.facets("Every", q.Every, several, "is not a facet of which a tool has several values")
	f.when(q.Age != nil && (*q.Age < 0 || *q.Age > maxAge), "Age", wantAge)
	f.days(q.MinDays, q.MaxDays)
	f.when(q.ReviewedSince != "" && !isDate(q.ReviewedSince), "ReviewedSince", "is not "+ErrDate.Error())
	f.facets("Facets", q.Facets, Facets(), "is not a facet")
	f.when(!slices.Contains(sorts, q.Sort), "Sort", "is not one of relevance, name, newest, reviewed")
	f.when(q.Offset < 0, "Offset", "is negative")
	f.when(q.Limit < 0, "Limit", "is negative")
	if len(f.found) > 0 {
		return &QueryError{Faults: f.found}
	}
	return nil
}

var (
	notCode   = "is not " + ErrID.Error()
	wantAge   = fmt.Sprintf("is not between 0 and %d", maxAge)
	wantDays  = fmt.Sprintf("is not between 0 and %d", maxDays)
	platforms = []Platform{PlatformWeb, PlatformIOS, PlatformAndroid}
	profiles  = []string{ProfileHelsenorge, ProfileHTI, ProfileLink}
	visibles  = []Status{StatusListed, StatusPaused, StatusWithdrawn} // what can be found at all
	sorts     = []Sort{"", SortRelevance, SortName, SortNewest, SortReviewed}
)

func isDate(d Date) bool {
	_, err := ParseDate(string(d))
	return err == nil
}

func isOrgNumber(n vendor.OrgNumber) bool {
	_, err := vendor.ParseOrgNumber(string(n))
	return err == nil
}

// faults collects what is wrong with a query.
type faults struct{ found []QueryFault }

func (f *faults) when(wrong bool, field, text string) {
	if wrong {
		f.found = append(f.found, QueryFault{field, text})
	}
}

func (f *faults) text(s string) {
	if len(s) > utf8.UTFMax*MaxQueryText || utf8.RuneCountInString(s) > MaxQueryText {
		f.when(true, "Text", fmt.Sprintf("is longer than %d characters", MaxQueryText))
		return
	}
	f.when(!utf8.ValidString(s), "Text", "is not valid UTF-8")
}

// list checks the values of a filter, or only how many there are if there are too many.
func (f *faults) list(field string, n int, right func(int) bool, text string) {
	if n > MaxQueryValues {
		f.when(true, field, fmt.Sprintf("has more than %d values", MaxQueryValues))
		return
	}
	for i := range n {
		f.when(!right(i), fmt.Sprintf("%s[%d]", field, i), text)
	}
}

func (f *faults) days(low, high int) {
	f.when(low < 0 || low > maxDays, "MinDays", wantDays)
	f.when(high < 0 || high > maxDays, "MaxDays", wantDays)
	f.when(high > 0 && low > high, "MaxDays", "is less than MinDays")
}

// unseen refuses statuses that the query does not see: a filter that finds nothing is no answer.
func (f *faults) unseen(q Query) {
	for i, s := range q.Statuses[:min(len(q.Statuses), MaxQueryValues)] {
		f.when(!q.All && (s == StatusPaused || s == StatusWithdrawn), fmt.Sprintf("Statuses[%d]", i), "is found only if all is asked for")
	}
}

func (f *faults) facets(name string, list, known []Facet, text string) {
	if len(list) > len(known) {
		f.when(true, name, fmt.Sprintf("has more than the %d facets that there are", len(known)))
		return
	}
	for i, facet := range list {
		field := fmt.Sprintf("%s[%d]", name, i)
		f.when(!slices.Contains(known, facet), field, text)
		f.when(slices.Contains(list[:i], facet), field, "is there twice")
	}
}

// day is the one that the query is asked on.
func (q Query) day() Date {
	if q.At.IsZero() {
		return DateOf(time.Now())
	}
	return DateOf(q.At)
}
