package main

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/verktoykatalog/verktoy/catalogue"
)

// searchPage is the search with its answer. The same template draws the whole
// page and the parts that the script puts into it.
type searchPage struct {
	Words    string
	Result   catalogue.Result
	Hits     []hit
	Facets   []facet
	Suggest  []catalogue.Suggestion
	Patient  person
	FitsAge  bool
	Filtered int    // how many filters are chosen
	More     string // where more hits are; empty for nowhere
	Plain    string // the same search without filters
	Replaces string // the query of what is to be replaced; empty for nothing
}

type hit struct {
	catalogue.Tool
	Why     []catalogue.Match
	Fits    bool // the patient's age
	Sends   bool // can be sent now
	Reviews string
	Href    string // the tool's page, from which one comes back here
}

type facet struct {
	Name   string
	Values []catalogue.FacetCount
	Rest   []catalogue.FacetCount
}

// shownFacets are the ones that a clinician narrows a search by, in this order.
var shownFacets = []catalogue.Facet{catalogue.FacetMode, catalogue.FacetArea, catalogue.FacetAudience, catalogue.FacetKind, catalogue.FacetLanguage}

const (
	pageOfHits     = 10
	mostFacets     = 6 // the rest can be unfolded
	mostReasons    = 3
	mostSuggestion = 5
)

func (s clinicianSite) search(w http.ResponseWriter, r *http.Request) {
	patient := s.patient(r)
	q := s.query(r, patient)
	index := s.catalogue.Index()
	result, err := index.Search(q)
	if err != nil {
		s.stop(w, r, http.StatusBadRequest, badSearch(err), "/search", "search-again")
		return
	}
	page := searchPage{Words: q.Text, Result: result, Facets: facets(result.Facets), Patient: s.person(patient), FitsAge: q.Age != nil,
		Filtered: chosen(r), Plain: with(url.Values{"q": {q.Text}}, "replaces", r.FormValue("replaces")), Replaces: r.FormValue("replaces")}
	for _, h := range result.Hits {
		page.Hits = append(page.Hits, s.hit(h, patient, r))
	}
	if result.Total > len(result.Hits) && q.Limit < catalogue.MaxLimit {
		page.More = with(r.URL.Query(), "n", strconv.Itoa(q.Limit+pageOfHits))
	}
	if result.Total > 0 || q.Text != "" {
		page.Suggest = suggestions(index, q)
	}
	name := "search.html"
	if r.FormValue("part") != "" {
		name = "found"
	}
	s.show(w, r, http.StatusOK, name, page)
}

// facets splits each list into what is shown and what is folded away; what is chosen is shown.
func facets(counts []catalogue.FacetCounts) []facet {
	var out []facet
	for _, c := range counts {
		f := facet{Name: string(c.Facet)}
		for _, v := range c.Values {
			if len(f.Values) < mostFacets || v.Chosen {
				f.Values = append(f.Values, v)
			} else {
				f.Rest = append(f.Rest, v)
			}
		}
		if len(c.Values) > 0 {
			out = append(out, f)
		}
	}
	return out
}

func chosen(r *http.Request) int {
	n := 0
	for _, name := range shownFacets {
		n += len(r.URL.Query()[string(name)])
	}
	if r.FormValue("fits") != "" {
		n++
	}
	return n
}

// with is an address of the search with one more value.
func with(values url.Values, name, value string) string {
	values.Del("part")
	values.Del("lang")
	if value != "" {
		values.Set(name, value)
	}
	return "/search?" + values.Encode()
}

// suggestions complete what is being typed; what is typed already is none.
func suggestions(index *catalogue.Index, q catalogue.Query) []catalogue.Suggestion {
	all := index.Suggest(q.Text, q.Lang, mostSuggestion+1, q.At)
	all = slices.DeleteFunc(all, func(s catalogue.Suggestion) bool { return strings.EqualFold(s.Text, q.Text) })
	return all[:min(len(all), mostSuggestion)]
}

func (s clinicianSite) hit(h catalogue.Hit, patient citizen, r *http.Request) hit {
	tool := h.Tool()
	return hit{Tool: tool, Why: reasons(h.Why), Fits: tool.Ages.Include(patient.age(s.now())), Sends: sendable(tool, s.now()),
		Reviews: newest(tool, language(r), s.now()), Href: toolAddress(tool.ID, r)}
}

// reasons keeps the best match of each word.
func reasons(why []catalogue.Match) []catalogue.Match {
	var out []catalogue.Match
	for _, m := range why {
		seen := slices.ContainsFunc(out, func(o catalogue.Match) bool { return o.Word == m.Word })
		if !seen && len(out) < mostReasons {
			out = append(out, m)
		}
	}
	return out
}

// toolQuery is what a tool's page needs to lead back to the search.
func toolQuery(r *http.Request) string {
	values := r.URL.Query()
	values.Del("part")
	values.Del("lang")
	return values.Encode()
}
