package cataloguehttp

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/verktoykatalog/verktoy/catalogue"
)

// search answers /tools.
func search(c *call) (any, *Problem) {
	q := c.params.filters(c)
	c.params.page(&q)
	if p := c.params.check(q); p != nil {
		return nil, p
	}
	if c.fresh() {
		return nil, errFresh
	}
	r, err := c.index.Search(q)
	if err != nil {
		return nil, failed(c.head)
	}
	links(c.head, c.params.values, q.Offset, q.Limit, r.Total)
	return newPage(c, q, r), nil
}

// facets answers /facets: a search for no hits.
func facets(c *call) (any, *Problem) {
	q := c.params.filters(c)
	if p := c.params.check(q); p != nil {
		return nil, p
	}
	if c.fresh() {
		return nil, errFresh
	}
	q.Facets, q.Limit = catalogue.Facets(), 1
	r, err := c.index.Search(q)
	if err != nil {
		return nil, failed(c.head)
	}
	return Counts{Total: r.Total, Generation: c.index.Generation(), Facets: r.Facets}, nil
}

// suggest answers /suggest.
func suggest(c *call) (any, *Problem) {
	text, lang := c.params.text("q"), catalogue.Lang(c.params.code("lang"))
	n, _ := c.params.number("limit", 1, catalogue.MaxSuggestions)
	if p := c.params.check(catalogue.Query{Text: text, Lang: lang}); p != nil {
		return nil, p
	}
	if c.fresh() {
		return nil, errFresh
	}
	found := c.index.Suggest(text, lang, n, c.at)
	return Suggestions{Suggestions: list(found)}, nil
}

// tool answers /tools/{id}. A draft, or a tool whose first day has not come, is nobody's to see.
func tool(c *call, id string) (any, *Problem) {
	lang := catalogue.Lang(c.params.code("lang"))
	if p := c.params.check(catalogue.Query{Lang: lang}); p != nil {
		return nil, p
	}
	t, known := c.index.Get(catalogue.ToolID(id))
	if !known || t.Status == catalogue.StatusDraft || reason(t, c.at) == notYetListed {
		return nil, notFound()
	}
	if c.fresh() {
		return nil, errFresh
	}
	return newDetail(c, t), nil
}

// links names the other pages (RFC 8288). They are relative, so that they hold wherever the handler is mounted.
func links(head http.Header, values url.Values, offset, limit, total int) {
	last := max(total-1, 0) / limit * limit
	var out []string
	add := func(rel string, to int) {
		other := url.Values{}
		for name, list := range values {
			other[name] = list
		}
		other.Set("offset", strconv.Itoa(to))
		other.Set("limit", strconv.Itoa(limit))
		out = append(out, fmt.Sprintf(`<?%s>; rel="%s"`, other.Encode(), rel))
	}
	add("first", 0)
	if offset > 0 {
		add("prev", max(min(offset-limit, last), 0))
	}
	if offset < total-limit {
		add("next", offset+limit)
	}
	add("last", last)
	head.Set("Link", strings.Join(out, ", "))
}
