package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/catalogue"
)

// strange says, where nothing was found, which values of the filters no tool in the catalogue has, and which there are: other words would
// not help.
func (o options) strange(tools *catalogue.Index, r catalogue.Result) []string {
	if r.Total > 0 {
		return nil
	}
	all, err := tools.Search(catalogue.Query{At: o.query.At, Facets: []catalogue.Facet{catalogue.FacetArea, catalogue.FacetAudience}})
	if err != nil {
		return nil // the query for everything is right
	}
	var out []string
	for i, chosen := range [][]string{names(o.query.Areas), names(o.query.Audiences)} {
		var known []string
		for _, v := range all.Facets[i].Values {
			known = append(known, v.Value)
		}
		slices.Sort(known)
		for _, value := range chosen {
			if len(known) > 0 && !slices.Contains(known, value) {
				out = append(out, fmt.Sprintf(unknown[i].In(o.query.Lang), value, strings.Join(known, ", ")))
			}
		}
	}
	return out
}

func names[T ~string](list []T) []string {
	var out []string
	for _, v := range list {
		out = append(out, string(v))
	}
	return out
}

// unknown is for areas, and for audiences.
var unknown = [...]catalogue.Text{
	{
		"nb": "Ingen verktøy har området «%s». Velg et av disse: %s.",
		"nn": "Ingen verktøy har området «%s». Vel eitt av desse: %s.",
		"en": "No tool has the area “%s”. Choose one of these: %s.",
	}, {
		"nb": "Ingen verktøy er for målgruppen «%s». Velg en av disse: %s.",
		"nn": "Ingen verktøy er for målgruppa «%s». Vel ei av desse: %s.",
		"en": "No tool is for the audience “%s”. Choose one of these: %s.",
	},
}
