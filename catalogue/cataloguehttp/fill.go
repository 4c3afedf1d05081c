package cataloguehttp

import "github.com/verktoykatalog/verktoy/catalogue"

func newPage(c *call, q catalogue.Query, r catalogue.Result) Page {
	p := Page{Total: r.Total, Offset: q.Offset, Limit: q.Limit, Generation: c.index.Generation(), DidYouMean: r.DidYouMean,
		Hits: []Hit{}, Facets: list(r.Facets)}
	for _, h := range r.Hits {
		p.Hits = append(p.Hits, Hit{Summary: newSummary(c, h.Tool()), Score: h.Score, Why: list(h.Why)})
	}
	return p
}

func newSummary(c *call, t catalogue.Tool) Summary {
	return Summary{
		ID: t.ID, Status: t.Status, Unavailable: reason(t, c.at),
		Name: c.text(t.Name), Summary: c.optional(t.Summary), Vendor: t.Vendor, Kind: t.Kind,
		Areas: list(t.Areas), Audiences: list(t.Audiences), Languages: list(t.Languages), Ages: t.Ages,
		Access: Access{Mode: t.Access.Mode(), WithoutLogin: t.Access.WithoutLogin, RequiresPrescription: t.Access.RequiresPrescription,
			National: t.Access.National, OnBehalf: t.Access.OnBehalf},
		Prescribable: len(t.Units) > 0, Reviewed: t.Reviewed(), AcuteNotice: c.optional(t.AcuteNotice),
	}
}

func newDetail(c *call, t catalogue.Tool) Detail {
	d := Detail{
		Summary: newSummary(c, t), Identifiers: list(t.Identifiers), Listing: t.Listing, Description: c.optional(t.Description),
		Keywords: list(t.Keywords[c.params.lang()]), Start: list(t.Start), Units: []Unit{}, Approval: t.Approval, Evidence: []Evidence{},
	}
	if d.Unavailable != "" {
		d.Start = []catalogue.Start{}
	}
	for _, u := range t.Units {
		d.Units = append(d.Units, Unit{ID: u.ID, Title: c.text(u.Title), Indications: c.texts(u.Indications), Exclusions: c.texts(u.Exclusions),
			Days: u.Days, PatientText: c.optional(u.PatientText)})
	}
	for _, e := range t.Evidence {
		d.Evidence = append(d.Evidence, Evidence{Kind: e.Kind, Title: c.text(e.Title), URL: e.URL, Reviewed: e.Reviewed, NextReview: e.NextReview,
			Age: c.optional(e.Age(c.at)), Overdue: e.Overdue(c.at)})
	}
	return d
}

func (c *call) text(t catalogue.Text) Text {
	text, lang := t.Find(c.params.lang())
	return Text{Text: text, Lang: lang}
}

func (c *call) optional(t catalogue.Text) *Text {
	text := c.text(t)
	if text.Text == "" {
		return nil
	}
	return &text
}

func (c *call) texts(all []catalogue.Text) []Text {
	out := []Text{}
	for _, t := range all {
		out = append(out, c.text(t))
	}
	return out
}

// list is never null in JSON.
func list[T any](l []T) []T {
	if l == nil {
		return []T{}
	}
	return l
}
