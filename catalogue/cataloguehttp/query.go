package cataloguehttp

import (
	"errors"
	"math"
	"strings"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/vendor"
)

// names says which parameter fills which field of a [catalogue.Query].
var names = map[string]string{
	"Text": "q", "Lang": "lang", "Kinds": "kind", "Areas": "area", "Audiences": "audience", "Languages": "language", "Modes": "mode",
	"Platforms": "platform", "Vendors": "vendor", "Statuses": "status", "Profiles": "profile", "Evidence": "evidence", "Every": "every", "WithoutLogin": "withoutLogin", "RequiresPrescription": "requiresPrescription",
	"National": "national", "OnBehalf": "onBehalf", "Prescribable": "prescribable", "Age": "age", "MinDays": "minDays", "MaxDays": "maxDays",
	"ReviewedSince": "reviewedSince", "All": "all", "Facets": "facet", "Sort": "sort", "Offset": "offset", "Limit": "limit",
}

// The greatest numbers that the catalogue takes; it says so itself if they change.
const (
	maxAge  = 150
	maxDays = 3_650
)

// filters reads words and filters, which all paths with a search take.
func (p *params) filters(c *call) catalogue.Query {
	q := catalogue.Query{
		At: c.at, Text: p.text("q"), Lang: catalogue.Lang(p.code("lang")),
		Kinds: many[catalogue.Kind](p, "kind"), Areas: many[catalogue.Area](p, "area"),
		Audiences: many[catalogue.Audience](p, "audience"), Languages: many[catalogue.Lang](p, "language"),
		Modes: many[catalogue.Mode](p, "mode"), Platforms: many[catalogue.Platform](p, "platform"),
		Vendors: many[vendor.OrgNumber](p, "vendor"), Statuses: many[catalogue.Status](p, "status"),
		Profiles: many[string](p, "profile"), Evidence: many[catalogue.EvidenceKind](p, "evidence"),
		Every:        many[catalogue.Facet](p, "every"),
		WithoutLogin: p.truth("withoutLogin"), RequiresPrescription: p.truth("requiresPrescription"),
		National: p.truth("national"), OnBehalf: p.truth("onBehalf"), Prescribable: p.truth("prescribable"),
		ReviewedSince: catalogue.Date(p.code("reviewedSince")),
	}
	if age, given := p.number("age", 0, maxAge); given {
		q.Age = &age
	}
	q.MinDays, _ = p.number("minDays", 1, maxDays)
	q.MaxDays, _ = p.number("maxDays", 1, maxDays)
	if all := p.truth("all"); all != nil {
		q.All = *all
	}
	return q
}

// page reads what /tools takes besides.
func (p *params) page(q *catalogue.Query) {
	q.Sort = catalogue.Sort(p.code("sort"))
	q.Facets = many[catalogue.Facet](p, "facet")
	q.Offset, _ = p.number("offset", 0, math.MaxInt32)
	q.Limit = catalogue.DefaultLimit
	if n, given := p.number("limit", 1, catalogue.MaxLimit); given {
		q.Limit = n
	}
}

// check adds what the catalogue finds wrong with the query, under the parameters' names.
func (p *params) check(q catalogue.Query) *Problem {
	var bad *catalogue.QueryError
	if errors.As(q.Check(), &bad) {
		for _, f := range bad.Faults {
			field, place, _ := strings.Cut(f.Field, "[")
			name := names[field]
			if place != "" {
				name += "[" + place
			}
			p.fault(name, f.Text)
		}
	}
	return p.done()
}
