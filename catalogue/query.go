package catalogue

import (
	"errors"
	"fmt"
	"slices"
	"unicode/utf8"
)

// ErrQuery is what every error of [Index.Search] wraps: the query asks for something that cannot be.
var ErrQuery = errors.New("catalogue: invalid query")

// MaxQueryText is the greatest length of [Query.Text] in characters.
const MaxQueryText = 500

// The number of hits that a [Result] holds.
const (
	DefaultLimit = 20
	MaxLimit     = 100
)

// Query says what to search for. All that is set must hold; within Areas, Audiences and Modes one is enough. The zero Query is for
// browsing: every listed tool, by name.
type Query struct {
	// Text is what a person typed, at most [MaxQueryText] characters. Tools that have one of its words are found; those that have more
	// of them come first. Empty or blank means all tools, by name. A text without any letter or digit finds nothing.
	Text string
	// Lang is the reader's language. It decides between hits that are equally good, and which name they are ordered by. All languages
	// are searched in any case. Empty means "nb".
	Lang Lang
	// Areas, Audiences and Modes keep the tools that have one of these. Empty keeps all.
	Areas     []Area
	Audiences []Audience
	Modes     []Mode
	// Age keeps the tools that are meant for this age in years. Tools without limits are kept. Nil keeps all.
	Age *int
	// All finds paused and withdrawn tools too. Drafts are never found.
	All bool
	// Offset is how many hits are left out at the beginning. Limit is how many are given: 0 means [DefaultLimit], more than [MaxLimit]
	// means [MaxLimit].
	Offset, Limit int
}

// Result is a page of hits.
type Result struct {
	// Total is the number of hits on all pages.
	Total int
	// Hits are those of this page, the best first. The order is the same every time.
	Hits []Hit
	// DidYouMean is the query's text with a known word in the place of each unknown one that resembles it; lower case, without
	// punctuation. Empty means that there is nothing to suggest.
	DidYouMean string
}

// Hit is a tool that was found.
type Hit struct {
	// Tool is the caller's own copy.
	Tool Tool
	// Score compares the hits of one query; it has no unit and says nothing across queries. Zero when browsing.
	Score float64
	// Why says which words were found where: for each word of the query, in its order, the best match in each field. Empty when
	// browsing.
	Why []Match
}

// Match is one reason for a hit.
type Match struct {
	// Field is "name", "keyword", "summary", "description" or "unit" (a unit's title, indications and text for the patient).
	Field string `json:"field"`
	// Word is the word of the query, Term the word in the tool, both in lower case.
	Word string `json:"word"`
	Term string `json:"term"`
	// How is "exact", "inflected" (another form of the word), "compound" (the word is part of a longer one, or the other way round) or
	// "folded" (æ, ø, å or accents written otherwise).
	How string `json:"how"`
}

// check finds all that is wrong with a query.
func (q Query) check() error {
	var faults []error
	if utf8.RuneCountInString(q.Text) > MaxQueryText {
		faults = append(faults, fmt.Errorf("field Text is longer than %d characters", MaxQueryText))
	}
	if q.Offset < 0 {
		faults = append(faults, errors.New("field Offset is negative"))
	}
	if q.Limit < 0 {
		faults = append(faults, errors.New("field Limit is negative"))
	}
	if q.Age != nil && (*q.Age < 0 || *q.Age > maxAge) {
		faults = append(faults, fmt.Errorf("field Age is not between 0 and %d", maxAge))
	}
	if i := slices.IndexFunc(q.Modes, func(m Mode) bool { return !m.valid() }); i >= 0 {
		faults = append(faults, fmt.Errorf("field Modes[%d] is not one of open, login, prescribed", i))
	}
	if len(faults) == 0 {
		return nil
	}
	return fmt.Errorf("%w: %w", ErrQuery, errors.Join(faults...))
}

// keeps says that a tool passes the filters.
func (q Query) keeps(t *Tool) bool {
	return (len(q.Areas) == 0 || overlap(q.Areas, t.Areas)) &&
		(len(q.Audiences) == 0 || overlap(q.Audiences, t.Audiences)) &&
		(len(q.Modes) == 0 || slices.Contains(q.Modes, t.Access.Mode())) &&
		(q.Age == nil || t.Ages.Include(*q.Age))
}

// sees says that a tool of this status is there for the query at all.
func (q Query) sees(s Status) bool {
	return s == StatusListed || q.All && (s == StatusPaused || s == StatusWithdrawn)
}

// page is the part of n hits that the query asks for.
func (q Query) page(n int) (from, to int) {
	limit := min(q.Limit, MaxLimit)
	if limit == 0 {
		limit = DefaultLimit
	}
	from = min(q.Offset, n)
	return from, min(from+limit, n)
}

func overlap[T comparable](a, b []T) bool {
	return slices.ContainsFunc(a, func(v T) bool { return slices.Contains(b, v) })
}
