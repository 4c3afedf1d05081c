package main

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/verktoykatalog/verktoy/catalogue"
)

// query reads the address: words, filters by the names of the facets, and how many hits.
func (s clinicianSite) query(r *http.Request, patient citizen) catalogue.Query {
	values := r.URL.Query()
	q := catalogue.Query{Text: strings.TrimSpace(values.Get("q")), Lang: language(r), At: s.now(), Facets: shownFacets, Limit: pageOfHits,
		Kinds: codes[catalogue.Kind](values, catalogue.FacetKind), Areas: codes[catalogue.Area](values, catalogue.FacetArea),
		Audiences: codes[catalogue.Audience](values, catalogue.FacetAudience), Languages: codes[catalogue.Lang](values, catalogue.FacetLanguage),
		Modes: codes[catalogue.Mode](values, catalogue.FacetMode)}
	if n, err := strconv.Atoi(values.Get("n")); err == nil && n > pageOfHits {
		q.Limit = min(n, catalogue.MaxLimit)
	}
	if values.Get("fits") != "" {
		age := patient.age(s.now())
		q.Age = &age
	}
	return q
}

// badSearch says whether the words or the filters of an address cannot be used.
func badSearch(err error) string {
	var bad *catalogue.QueryError
	if errors.As(err, &bad) && slices.ContainsFunc(bad.Faults, func(f catalogue.QueryFault) bool { return f.Field == "Text" }) {
		return "too-long-search"
	}
	return "bad-filter"
}

func codes[T ~string](values url.Values, name catalogue.Facet) []T {
	var out []T
	for _, v := range values[string(name)] {
		out = append(out, T(v))
	}
	return out
}
