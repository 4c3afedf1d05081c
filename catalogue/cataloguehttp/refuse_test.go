package cataloguehttp_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/catalogue/cataloguehttp"
	"github.com/verktoykatalog/verktoy/vendor"
)

type vendorNumber = vendor.OrgNumber

func vendorOf(t testing.TB, d *desk, id catalogue.ToolID) vendorNumber {
	t.Helper()
	return d.tool(t, id).Vendor.OrgNumber
}

func refused(t testing.TB, w *httptest.ResponseRecorder) cataloguehttp.Problem {
	t.Helper()
	require.Equal(t, "application/problem+json", w.Header().Get("Content-Type"))
	require.Equal(t, "no-store", w.Header().Get("Cache-Control"))
	require.Empty(t, w.Header().Get("ETag"))
	var p cataloguehttp.Problem
	require.NoError(t, json.Unmarshal(w.Body.Bytes(), &p))
	require.Equal(t, w.Code, p.Status)
	require.NotEmpty(t, p.Title)
	return p
}

func TestRefusesOneFault(t *testing.T) {
	d := newDesk(t)
	cases := []struct{ target, parameter, detail string }{
		{"/tools?colour=red", "colour", "is not a parameter here, want one of age, all, area"},
		{"/tools?Area=sleep", "Area", "is not a parameter here"},
		{"/suggest?area=sleep", "area", "want one of lang, limit, q"},
		{"/facets?sort=name", "sort", "is not a parameter here"},
		{"/tools/sovnboka?q=a", "q", "want one of lang"},
		{"/tools?q=a&q=b", "q", "stands more than once"},
		{"/tools?lang=norsk", "lang", "is not a language"},
		{"/tools?lang=", "lang", "is empty"},
		{"/tools?kind=app&kind=game", "kind[1]", "is not a kind of tool"},
		{"/tools?area=", "area[0]", "lower-case letters"},
		{"/tools?audience=Adults", "audience[0]", "lower-case letters"},
		{"/tools?language=no", "language[0]", "is not a language"},
		{"/tools?mode=closed", "mode[0]", "is not one of open, login, prescribed"},
		{"/tools?platform=tv", "platform[0]", "is not one of web, ios, android"},
		{"/tools?vendor=999999998", "vendor[0]", "is not an organisation number"},
		{"/tools?withoutLogin=1", "withoutLogin", "is not true or false"},
		{"/tools?national=", "national", "is not true or false"},
		{"/tools?all=yes", "all", "is not true or false"},
		{"/tools?age=151", "age", "between 0 and 150"},
		{"/tools?age=%2B5", "age", "between 0 and 150"},
		{"/tools?age=05", "age", "between 0 and 150"},
		{"/tools?age=9999999999999999999", "age", "between 0 and 150"},
		{"/tools?minDays=0", "minDays", "between 1 and 3650"},
		{"/tools?minDays=9&maxDays=8", "maxDays", "is less than"},
		{"/tools?reviewedSince=2026-02-29", "reviewedSince", "a day that exists"},
		{"/tools?sort=best", "sort", "is not one of relevance, name, newest, reviewed"},
		{"/tools?every=area&every=kind", "every[1]", "is not a facet of which a tool has several values"},
		{"/tools?status=draft", "status[0]", "is not one of listed, paused, withdrawn"},
		{"/facets?status=withdrawn", "status[0]", "only if all is asked for"},
		{"/tools?profile=lti", "profile[0]", "is not one of helsenorge, hti, link"},
		{"/suggest?q=a&every=area", "every", "want one of lang, limit, q"},
		{"/tools?facet=area&facet=area", "facet[1]", "is there twice"},
		{"/tools?offset=-1", "offset", "between 0 and"},
		{"/tools?limit=0", "limit", "between 1 and 100"},
		{"/tools?limit=101", "limit", "between 1 and 100"},
		{"/suggest?limit=51", "limit", "between 1 and 50"},
		{"/tools?q=%ff", "q", "is not valid UTF-8"},
		{"/tools?q=" + strings.Repeat("a", 501), "q", "is longer than 500 characters"},
		{"/suggest?q=" + strings.Repeat("a", 501), "q", "is longer than 500 characters"},
		{"/tools?q=%zz", "", "percent-encoded"},
		{"/tools?q=a;b=c", "", "percent-encoded"},
		{"/tools?q=" + strings.Repeat("a", 17_000), "", "longer than 16384 bytes"},
		{"/tools?" + strings.Repeat("a&", 600), "", "more than 500 parameters"},
		{"/tools?" + strings.Repeat("area=a&", 101) + "area=a", "area", "has more than 100 values"},
		{"/tools?q=fnr+12345678901", "q", "may hold a national identity number"},
		{"/suggest?q=123456+78901", "q", "may hold a national identity number"},
		{"/tools?12345678901=a", "…", "is not a parameter here"},
		{"/tools?%ff=a", "…", "is not a parameter here"},
	}
	for _, c := range cases {
		t.Run(c.target[:min(len(c.target), 60)], func(t *testing.T) {
			w := d.send("GET", c.target)
			p := refused(t, w)
			require.Equal(t, http.StatusBadRequest, w.Code)
			require.Len(t, p.Faults, 1, w.Body)
			assert.Equal(t, c.parameter, p.Faults[0].Parameter)
			assert.Contains(t, p.Faults[0].Detail, c.detail)
			assert.NotContains(t, w.Body.String(), "12345678901")
		})
	}
}

func TestNamesEveryFaultAtOnce(t *testing.T) {
	w := newDesk(t).send("GET", "/tools?age=SECRET&mode=SECRET&mode=open&limit=SECRET&x=SECRET&y=1&lang=nn&sort=SECRET&q=%ff")
	p := refused(t, w)
	var names []string
	for _, f := range p.Faults {
		names = append(names, f.Parameter)
	}
	assert.ElementsMatch(t, []string{"age", "mode[0]", "limit", "x", "y", "sort", "q"}, names)
	assert.NotContains(t, w.Body.String(), "SECRET")
	assert.Equal(t, "Søket kan ikkje utførast slik det er skrive", p.Title)
	assert.Equal(t, "nn", w.Header().Get("Content-Language"))
	many := refused(t, newDesk(t).send("GET", "/tools?"+strings.Repeat("kind=x&", 90)+strings.Repeat("mode=x&", 90)))
	assert.Len(t, many.Faults, 100)
}

func TestUnknownPathsAndMethods(t *testing.T) {
	d := newDesk(t)
	for _, path := range []string{"/", "/tools/", "/tools/other", "/tools/Sovnboka", "/tools/sovnboka/x", "/tools/sovnboka/", "/tools/%2e%2e", "/facets/", "/other", "//tools"} {
		w := d.send("GET", path)
		assert.Equal(t, http.StatusNotFound, w.Code, path)
		refused(t, w)
	}
	for _, method := range []string{"POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "get"} {
		for _, path := range []string{"/tools", "/tools/sovnboka", "/suggest", "/facets"} {
			w := d.send(method, path)
			assert.Equal(t, http.StatusMethodNotAllowed, w.Code, method)
			assert.Equal(t, "GET, HEAD", w.Header().Get("Allow"))
			refused(t, w)
		}
	}
	assert.Equal(t, "Not in the catalogue", refused(t, d.send("GET", "/tools/other?lang=en")).Title)
}

// Whatever is asked: one of five statuses, JSON that can be read, a tag on what is good and a reason for what is not.
func FuzzHandler(f *testing.F) {
	d := newDesk(f)
	methods := []string{"GET", "HEAD", "POST", "OPTIONS"}
	f.Add(uint8(0), "/tools", "q=angst&area=anxiety&facet=area&limit=5", "")
	f.Add(uint8(1), "/suggest", "q=s%C3%B8", `"x"`)
	f.Fuzz(func(t *testing.T, method uint8, path, query, tag string) {
		r := httptest.NewRequest(methods[int(method)%len(methods)], "/", nil)
		r.URL = &url.URL{Path: path, RawQuery: query}
		r.Header["If-None-Match"] = []string{tag}
		w := httptest.NewRecorder()
		d.handler.ServeHTTP(w, r)
		require.True(t, slices.Contains([]int{200, 304, 400, 404, 405}, w.Code), w.Code)
		if w.Code == 200 || w.Code == 304 {
			require.NotEmpty(t, w.Header().Get("ETag"))
		}
		if r.Method == "HEAD" || w.Code == 304 {
			require.Empty(t, w.Body.String())
			return
		}
		require.Equal(t, fmt.Sprint(w.Body.Len()), w.Header().Get("Content-Length"))
		require.True(t, json.Valid(w.Body.Bytes()))
		if w.Code != 200 {
			require.Equal(t, w.Code == 400, len(refused(t, w).Faults) > 0)
		}
	})
}
