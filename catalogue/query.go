package catalogue

import (
	"time"

	"github.com/verktoykatalog/verktoy/vendor"
)

// MaxQueryText is the greatest length of [Query.Text] in characters.
const MaxQueryText = 500

// MaxQueryValues is how many values a filter of a [Query] may have.
const MaxQueryValues = 100

// The number of hits that a [Result] holds.
const (
	DefaultLimit = 20
	MaxLimit     = 100
)

// Query says what to search for. All that is set must hold; within one list one value is enough, unless Every says otherwise. What a tool does not say does not match
// a filter, except for ages. The zero Query is for browsing: every listed tool, by name.
type Query struct {
	// Text is what a person typed, at most [MaxQueryText] characters of valid UTF-8. Tools that have enough of what it tells are found, see
	// [Index.Search]. Of a long text the first 32 words that tell something decide. Empty or blank means all tools, by name. A text without any letter or digit finds nothing.
	Text string
	// Lang is the reader's language. It decides between hits that are equally good, and which name they are ordered by. All languages
	// are searched in any case. Empty means "nb".
	Lang Lang
	// These keep the tools that have one of the values. Languages are the tool's own, Vendors their organisation numbers. Empty keeps all;
	// at most [MaxQueryValues] each.
	Kinds     []Kind
	Areas     []Area
	Audiences []Audience
	Languages []Lang
	Modes     []Mode
	Platforms []Platform
	Vendors   []vendor.OrgNumber
	// Statuses are those of the tools that are found at all: paused and withdrawn ones need All. Profiles are those of [Start], of which a tool
	// has one or more; Evidence is the kinds of its evidence. As above, they keep the tools that have one of the values.
	Statuses []Status
	Profiles []string
	Evidence []EvidenceKind
	// Every are the facets of whose values a tool must have all that the lists above name, and not only one: those of which a tool may have
	// several, [FacetArea], [FacetAudience], [FacetLanguage], [FacetPlatform], [FacetProfile] and [FacetEvidence], each once.
	Every []Facet
	// These keep the tools of which the fact of [Access] is true, or false. Prescribable means that the tool has units. Nil keeps all.
	WithoutLogin, RequiresPrescription, National, OnBehalf, Prescribable *bool
	// Age keeps the tools that are meant for this age in years. Tools without limits are kept. Nil keeps all.
	Age *int
	// MinDays and MaxDays keep the tools with a unit that lasts as long. Zero sets no limit at that end; with either, units that do not say
	// how long they last are not counted.
	MinDays, MaxDays int
	// ReviewedSince keeps the tools with evidence that was reviewed on this day or later. Empty keeps all.
	ReviewedSince Date
	// All finds paused and withdrawn tools too, and those whose last listed day is over. Drafts, and tools whose first day has not come, are
	// never found.
	All bool
	// At is the time at which it is asked, which decides with its location whose days have come. Zero means [time.Now].
	At time.Time
	// Facets are counted into [Result.Facets], each once.
	Facets []Facet
	// Sort is the order. Empty means [SortRelevance].
	Sort Sort
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
	// Facets are those that the query asked for, in its order.
	Facets []FacetCounts
	// DidYouMean is the query's text with a known word in the place of each unknown one that resembles it; lower case, without
	// punctuation. Empty means that there is nothing to suggest.
	DidYouMean string
}

// Hit is a tool that was found.
type Hit struct {
	ID   ToolID
	tool *Tool // the index's own
	// Score compares the hits of one query; it has no unit and says nothing across queries. Zero when browsing.
	Score float64
	// Why says which words were found where: for each word of the query, in its order, the best match in each field. Empty when
	// browsing.
	Why []Match
}

// Tool gives the tool. Each call makes a copy, which is the caller's own. The zero Hit has the zero Tool.
func (h Hit) Tool() Tool {
	if h.tool == nil {
		return Tool{}
	}
	return h.tool.clone()
}

// Match is one reason for a hit.
type Match struct {
	// Field is "name", "keyword", "summary", "description", "unit" (a unit's title, indications and text for the patient), "kind" (a
	// word for the tool's kind) or "provider" (the vendor's name).
	Field string `json:"field"`
	// Word is the word or phrase of the query, or a known expression that it has in other words; all words of the query where How is
	// [HowLikely]. Term is the word or phrase in the tool. Both are in lower case.
	Word string `json:"word"`
	Term string `json:"term"`
	// How is in what way: [HowExact] and so on.
	How string `json:"how"`
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
