package cataloguehttp_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/catalogue/cataloguehttp"
	"github.com/verktoykatalog/verktoy/catalogue/sample"
)

// shared is the sample's index, which nobody can change.
var shared = sync.OnceValues(sample.Index)

// desk is a handler over the sample, on a day of its own.
type desk struct {
	live    *catalogue.Live
	at      time.Time
	handler *cataloguehttp.Handler
}

func newDesk(t testing.TB, edit ...func(*cataloguehttp.Config)) *desk {
	t.Helper()
	x, err := shared()
	require.NoError(t, err)
	d := &desk{live: catalogue.NewLive(x), at: sample.Today()}
	cfg := cataloguehttp.Config{Live: d.live, Now: func() time.Time { return d.at }}
	for _, e := range edit {
		e(&cfg)
	}
	d.handler, err = cataloguehttp.NewHandler(cfg)
	require.NoError(t, err)
	return d
}

func (d *desk) send(method, target string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, target, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	d.handler.ServeHTTP(w, r)
	return w
}

func get[T any](t testing.TB, d *desk, target string) T {
	t.Helper()
	w := d.send("GET", target)
	require.Equal(t, 200, w.Code, w.Body)
	require.Equal(t, "application/json", w.Header().Get("Content-Type"))
	var out T
	r := json.NewDecoder(w.Body)
	r.DisallowUnknownFields()
	require.NoError(t, r.Decode(&out))
	return out
}

func (d *desk) change(t testing.TB, tool catalogue.Tool) {
	t.Helper()
	require.NoError(t, d.live.Update(func(x *catalogue.Index) (*catalogue.Index, error) { return x.With(tool) }))
}

func (d *desk) tool(t testing.TB, id catalogue.ToolID) catalogue.Tool {
	t.Helper()
	tool, known := d.live.Get(id)
	require.True(t, known)
	return tool
}

func TestSearchWithFacets(t *testing.T) {
	d := newDesk(t)
	page := get[cataloguehttp.Page](t, d, "/tools?q=insomni&lang=nn&audience=adults&facet=mode&facet=area&limit=1")
	require.Len(t, page.Hits, 1)
	assert.Greater(t, page.Total, 1)
	assert.Equal(t, d.live.Index().Generation(), page.Generation)
	first := page.Hits[0]
	assert.Equal(t, catalogue.ToolID("sovn-steg-for-steg"), first.ID)
	assert.Equal(t, cataloguehttp.Text{Text: "Søvn steg for steg", Lang: "nn"}, first.Name)
	assert.NotEmpty(t, first.Why)
	assert.Positive(t, first.Score)
	assert.Empty(t, first.Unavailable)
	assert.True(t, first.Prescribable)
	assert.Equal(t, catalogue.ModePrescribed, first.Access.Mode)
	require.Len(t, page.Facets, 2)
	assert.Equal(t, catalogue.FacetMode, page.Facets[0].Facet)
	assert.NotEmpty(t, page.Facets[0].Values)
}

// Every parameter reaches its filter: the handler finds what the index finds.
func TestParametersAreTheQuery(t *testing.T) {
	d := newDesk(t)
	yes, no, age := true, false, 15
	cases := map[string]catalogue.Query{
		"kind=app&kind=video":             {Kinds: []catalogue.Kind{"app", "video"}},
		"area=sleep":                      {Areas: []catalogue.Area{"sleep"}},
		"audience=youth":                  {Audiences: []catalogue.Audience{"youth"}},
		"language=se":                     {Languages: []catalogue.Lang{"se"}},
		"mode=open&mode=login":            {Modes: []catalogue.Mode{"open", "login"}},
		"platform=ios":                    {Platforms: []catalogue.Platform{"ios"}},
		"withoutLogin=true":               {WithoutLogin: &yes},
		"requiresPrescription=false":      {RequiresPrescription: &no},
		"national=false":                  {National: &no},
		"onBehalf=true":                   {OnBehalf: &yes},
		"prescribable=false":              {Prescribable: &no},
		"age=15":                          {Age: &age},
		"minDays=60":                      {MinDays: 60},
		"maxDays=40":                      {MaxDays: 40},
		"reviewedSince=2026-01-01":        {ReviewedSince: "2026-01-01"},
		"all=true":                        {All: true},
		"sort=newest":                     {Sort: catalogue.SortNewest},
		"sort=reviewed&lang=en&q=anxiety": {Sort: catalogue.SortReviewed, Lang: "en", Text: "anxiety"},
		"offset=5&limit=4":                {Offset: 5, Limit: 4},
		"vendor=" + string(vendorOf(t, d, "sovnboka")): {Vendors: []vendorNumber{vendorOf(t, d, "sovnboka")}},
	}
	everything := get[cataloguehttp.Page](t, d, "/tools").Total
	for raw, q := range cases {
		t.Run(raw, func(t *testing.T) {
			q.At = d.at
			want, err := d.live.Index().Search(q)
			require.NoError(t, err)
			got := get[cataloguehttp.Page](t, d, "/tools?"+raw)
			assert.Equal(t, want.Total, got.Total)
			require.Len(t, got.Hits, len(want.Hits))
			for i, h := range want.Hits {
				assert.Equal(t, h.ID, got.Hits[i].ID)
			}
			if q.Sort == "" && q.Offset == 0 {
				assert.NotEqual(t, everything, got.Total, "the filter parts the sample")
				assert.Positive(t, got.Total)
				assert.Equal(t, got.Total, get[cataloguehttp.Counts](t, d, "/facets?"+raw).Total)
			}
		})
	}
}

// A field of Query that no parameter is known for would be refused without a name.
func TestEveryFieldOfAQueryHasAParameter(t *testing.T) {
	fields := reflect.VisibleFields(reflect.TypeFor[catalogue.Query]())
	require.NotEmpty(t, fields)
	for _, f := range fields {
		if f.Name != "At" {
			assert.Contains(t, cataloguehttp.Names, f.Name)
		}
	}
}

func TestOneTool(t *testing.T) {
	d := newDesk(t)
	tool := get[cataloguehttp.Detail](t, d, "/tools/sovn-steg-for-steg?lang=en-GB")
	assert.Equal(t, cataloguehttp.Text{Text: "Sleep Step by Step", Lang: "en"}, tool.Name)
	require.NotEmpty(t, tool.Start)
	require.NotEmpty(t, tool.Units)
	assert.NotEmpty(t, tool.Units[0].Exclusions)
	assert.NotEmpty(t, tool.Identifiers)
	require.NotEmpty(t, tool.Evidence)
	require.NotNil(t, tool.Evidence[0].Age)
	assert.Contains(t, tool.Evidence[0].Age.Text, "ago")

	gone := get[cataloguehttp.Detail](t, d, "/tools/tunge-dager")
	assert.Equal(t, catalogue.StatusWithdrawn, gone.Status)
	assert.Equal(t, "withdrawn", gone.Unavailable)
	assert.Empty(t, gone.Start, "what cannot be started has no address to start it at")
	assert.Equal(t, "paused", get[cataloguehttp.Detail](t, d, "/tools/marerittboka").Unavailable)
}

// An id resolves for ever from the first day on, and not before.
func TestToolsThroughTheirDays(t *testing.T) {
	d := newDesk(t)
	tool := d.tool(t, "sovnboka")
	tool.Listing = &catalogue.Listing{From: "2026-11-02", To: "2026-11-03"}
	d.change(t, tool)
	assert.Empty(t, get[cataloguehttp.Detail](t, d, "/tools/sovnboka").Unavailable)
	d.at = sample.Today().AddDate(0, 0, 2)
	assert.Equal(t, "listing-ended", get[cataloguehttp.Detail](t, d, "/tools/sovnboka").Unavailable)
	d.at = sample.Today().AddDate(0, 0, -1)
	assert.Equal(t, 404, d.send("GET", "/tools/sovnboka").Code)
	d.at = sample.Today().AddDate(20, 0, 0)
	assert.Equal(t, "approval-ended", get[cataloguehttp.Detail](t, d, "/tools/lysglimt").Unavailable)
	tool.ID, tool.Status, tool.Identifiers = "utkast", catalogue.StatusDraft, nil
	d.change(t, tool)
	assert.Equal(t, 404, d.send("GET", "/tools/utkast").Code)
}

func TestSuggestAndFacets(t *testing.T) {
	d := newDesk(t)
	s := get[cataloguehttp.Suggestions](t, d, "/suggest?q=sovn&lang=nb&limit=3").Suggestions
	require.Len(t, s, 3)
	assert.Equal(t, "sovner ikke", s[0].Text)
	assert.Contains(t, strings.ToLower(s[2].Text), "søvn", "as if typed without a Norwegian keyboard")
	assert.Equal(t, `{"suggestions":[]}`, d.send("GET", "/suggest").Body.String())
	counts := get[cataloguehttp.Counts](t, d, "/facets?area=sleep")
	assert.Len(t, counts.Facets, len(catalogue.Facets()))
}

// An answer from before a new synonym is not fresh, though no tool has changed.
func TestNewSynonymsAreNewAnswers(t *testing.T) {
	d := newDesk(t)
	tag := d.send("GET", "/tools?q=blubb").Header().Get("ETag")
	require.NotEmpty(t, tag)
	x, err := catalogue.Options{Synonyms: []catalogue.Synonyms{{Same: []string{"søvn", "blubb"}}}}.NewIndex(d.live.Index().Tools())
	require.NoError(t, err)
	d.live.Swap(x)
	w := d.send("GET", "/tools?q=blubb", "If-None-Match", tag)
	require.Equal(t, 200, w.Code)
	assert.NotContains(t, w.Body.String(), `"total":0`)
	assert.Equal(t, 304, d.send("GET", "/tools?q=blubb", "If-None-Match", w.Header().Get("ETag")).Code)
}

// Every list filter reaches the search, also in the form that wants every value.
func TestFiltersOfLists(t *testing.T) {
	d := newDesk(t)
	for target, holds := range map[string]func(catalogue.Tool) bool{
		"/tools?status=withdrawn&status=paused&all=true": func(t catalogue.Tool) bool { return t.Status != catalogue.StatusListed },
		"/tools?profile=helsenorge": func(t catalogue.Tool) bool {
			return slices.ContainsFunc(t.Start, func(s catalogue.Start) bool { return s.Profile == "helsenorge" })
		},
		"/tools?evidence=study": func(t catalogue.Tool) bool {
			return slices.ContainsFunc(t.Evidence, func(e catalogue.Evidence) bool { return e.Kind == "study" })
		},
		"/tools?audience=adults&audience=youth&every=audience": func(t catalogue.Tool) bool {
			return slices.Contains(t.Audiences, "adults") && slices.Contains(t.Audiences, "youth")
		},
	} {
		page := get[cataloguehttp.Page](t, d, target)
		require.NotEmpty(t, page.Hits, target)
		assert.Less(t, page.Total, get[cataloguehttp.Page](t, d, "/tools").Total, target)
		for _, h := range page.Hits {
			assert.True(t, holds(d.tool(t, h.ID)), "%s %s", target, h.ID)
		}
	}
}

// Following next from the first page meets every tool once, and prev leads back.
func TestPagesAreLinked(t *testing.T) {
	d := newDesk(t)
	total := get[cataloguehttp.Page](t, d, "/tools").Total
	require.Greater(t, total, 21)
	seen, pages := map[catalogue.ToolID]bool{}, 0
	target := "/tools?limit=7&kind=app&kind=course&kind=video&kind=forum"
	for target != "" {
		page := get[cataloguehttp.Page](t, d, target)
		for _, h := range page.Hits {
			assert.False(t, seen[h.ID], h.ID)
			seen[h.ID] = true
		}
		links := linked(t, d.send("GET", target).Header().Get("Link"))
		assert.Contains(t, links["first"], "offset=0")
		assert.Contains(t, links, "last")
		assert.Equal(t, pages > 0, links["prev"] != "")
		target = links["next"]
		require.Less(t, pages, 20)
		pages++
	}
	assert.Len(t, seen, get[cataloguehttp.Page](t, d, "/tools?kind=app&kind=course&kind=video&kind=forum").Total)

	whole := d.send("GET", fmt.Sprintf("/tools?limit=%d", total)).Header().Get("Link")
	assert.NotContains(t, whole, `rel="next"`, "the page is full and the last")
	for target, want := range map[string]map[string]string{
		"/tools?offset=2147483647":         {"prev": "offset=", "first": "offset=0"},
		"/tools?q=xyzzyplugh":              {"first": "offset=0", "last": "offset=0"},
		"/tools?q=xyzzyplugh&offset=5":     {"prev": "offset=0"},
		"/tools?q=a%22%3E%3B%2C%0D%0AX%3A": {"first": "q=a%22%3E%3B%2C%0D%0AX%3A"},
	} {
		links := linked(t, d.send("GET", target).Header().Get("Link"))
		for rel, part := range want {
			assert.Contains(t, links[rel], part, target)
		}
		assert.Empty(t, links["next"], target)
	}
}

func linked(t testing.TB, header string) map[string]string {
	t.Helper()
	base, err := url.Parse("/tools")
	require.NoError(t, err)
	out := map[string]string{}
	for _, one := range strings.Split(header, ", ") {
		target, rel, found := strings.Cut(one, `>; rel="`)
		require.True(t, found, header)
		to, err := base.Parse(strings.TrimPrefix(target, "<"))
		require.NoError(t, err)
		out[strings.TrimSuffix(rel, `"`)] = to.String()
	}
	return out
}

func TestETags(t *testing.T) {
	d := newDesk(t)
	for _, target := range []string{"/tools?q=angst&area=anxiety", "/tools/sovnboka", "/suggest?q=so", "/facets"} {
		first := d.send("GET", target)
		tag := first.Header().Get("ETag")
		require.Regexp(t, `^"[A-Za-z0-9_-]+"$`, tag)
		assert.Equal(t, "private, no-cache", first.Header().Get("Cache-Control"))
		for _, sent := range []string{tag, "W/" + tag, `"other", ` + tag, "*"} {
			w := d.send("GET", target, "If-None-Match", sent)
			assert.Equal(t, http.StatusNotModified, w.Code, sent)
			assert.Equal(t, tag, w.Header().Get("ETag"))
			assert.Empty(t, w.Body.String())
		}
		assert.Equal(t, 304, d.send("GET", target, "If-None-Match", `"a"`, "If-None-Match", tag).Code, "two lines")
		for _, sent := range []string{`"other"`, strings.Trim(tag, `"`), ""} {
			assert.Equal(t, 200, d.send("GET", target, "If-None-Match", sent).Code, sent)
		}

		d.at = d.at.AddDate(0, 0, 1)
		assert.Equal(t, 200, d.send("GET", target, "If-None-Match", tag).Code, "another day")
		d.at = d.at.AddDate(0, 0, -1)
		before := d.live.Index()
		tool := d.tool(t, "jobbpust")
		tool.Status = catalogue.StatusPaused
		d.change(t, tool)
		assert.Equal(t, 200, d.send("GET", target, "If-None-Match", tag).Code, "another generation")
		d.live.Swap(before)
		assert.Equal(t, 304, d.send("GET", target, "If-None-Match", tag).Code, "the same content again")
	}
	tag := func(target string) string { return d.send("GET", target).Header().Get("ETag") }
	assert.Equal(t, tag("/tools?q=a&limit=5"), tag("/tools?limit=5&q=a"))
	assert.NotEqual(t, tag("/tools?q=a"), tag("/tools?q=b"))
	assert.NotEqual(t, tag("/tools"), tag("/facets"))
	assert.Equal(t, 400, d.send("GET", "/tools?age=x", "If-None-Match", "*").Code, "a fault is told first")
	assert.Equal(t, 404, d.send("GET", "/tools/other", "If-None-Match", "*").Code)
}

func TestHeadIsGetWithoutBody(t *testing.T) {
	d := newDesk(t)
	for _, target := range []string{"/tools?q=angst", "/tools/sovnboka", "/tools/other", "/tools?x=1", "/suggest?q=a", "/facets"} {
		got, head := d.send("GET", target), d.send("HEAD", target)
		assert.Equal(t, got.Code, head.Code, target)
		assert.Equal(t, got.Header(), head.Header(), target)
		assert.Empty(t, head.Body.String(), target)
		assert.NotEmpty(t, got.Body.String(), target)
	}
}

func TestCrossOrigin(t *testing.T) {
	closed := newDesk(t).send("GET", "/facets", "Origin", "https://epr.example.no")
	assert.Empty(t, closed.Header().Get("Access-Control-Allow-Origin"), "off by default")
	assert.Empty(t, closed.Header().Get("Vary"))
	open := newDesk(t, func(c *cataloguehttp.Config) { c.Origins = []string{"https://epr.example.no"} })
	w := open.send("GET", "/facets", "Origin", "https://epr.example.no")
	assert.Equal(t, "https://epr.example.no", w.Header().Get("Access-Control-Allow-Origin"))
	other := open.send("GET", "/facets", "Origin", "https://other.example.no")
	assert.Empty(t, other.Header().Get("Access-Control-Allow-Origin"))
	assert.Equal(t, "Origin", other.Header().Get("Vary"))
}

func TestMaxAge(t *testing.T) {
	d := newDesk(t, func(c *cataloguehttp.Config) { c.MaxAge = time.Minute })
	assert.Equal(t, "private, max-age=60, must-revalidate", d.send("GET", "/tools").Header().Get("Cache-Control"))
	assert.Equal(t, "no-store", d.send("GET", "/tools?x=1").Header().Get("Cache-Control"))
}

func TestNewHandlerReportsAllFaults(t *testing.T) {
	_, err := cataloguehttp.NewHandler(cataloguehttp.Config{MaxAge: time.Hour, Origins: []string{"https://a.no", "*", "https://a.no/"}})
	for _, want := range []string{"field Live", "field MaxAge", "field Origins[1]", "field Origins[2]"} {
		assert.ErrorContains(t, err, want)
	}
	assert.NotContains(t, err.Error(), "Origins[0]")
}

// Through a real server and a prefix: the mux is the host's.
func TestBehindAPrefix(t *testing.T) {
	d := newDesk(t)
	server := httptest.NewServer(http.StripPrefix("/katalog", d.handler))
	defer server.Close()
	answer, err := server.Client().Head(server.URL + "/katalog/tools?q=angst&limit=2")
	require.NoError(t, err)
	require.NoError(t, answer.Body.Close())
	assert.Equal(t, 200, answer.StatusCode)
	next, err := answer.Request.URL.Parse(strings.TrimPrefix(strings.Split(answer.Header.Get("Link"), ">")[0], "<"))
	require.NoError(t, err)
	assert.Equal(t, "/katalog/tools", next.Path)
}
