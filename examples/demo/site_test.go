package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/prescription"
)

// everyPage is each page of the clinician's, the citizen's and the tool's sites, after a story has begun.
func everyPage(t *testing.T, v *visitor) []string {
	p, one := v.prescribed()
	v.logIn(0)
	landed := v.enter(p.ID, 0, 0)
	require.Equal(t, http.StatusOK, landed.Status, shown(landed.Body))
	c, q, tool := v.w.clinician.url, v.w.portal.url, v.w.tool.url
	return []string{c + "/", c + "/search", c + "/search?q=sosial+angst&area=anxiety&fits=1", c + "/search?q=xyzzyplugh", c + toolPath, c + "/tools/sovn-steg-for-steg",
		c + "/prescriptions", one, one + "?new=1", c + "/statistics", c + "/who?back=/statistics",
		q + "/", q + "/mine", q + "/mine?all=1", q + "/mine?for=" + v.w.portal.people[child].id, q + "/tasks/" + string(p.ID),
		tool + "/", tool + "/goodbye", tool + "/open/kveldsro"}
}

// Each page has one language, a title of its own, and links to itself in the others.
func TestEveryPageInEachLanguage(t *testing.T) {
	w := openWorld(t)
	v := w.visitor(t)
	pages := everyPage(t, v)
	titles := map[string]string{}
	for _, address := range pages {
		for _, lang := range languages {
			joint := "?"
			if strings.Contains(address, "?") {
				joint = "&"
			}
			page := v.get(http.StatusOK, address+joint+"lang="+string(lang))
			assert.Contains(t, page, `<html lang="`+string(lang)+`">`, address)
			assert.NotContains(t, page, "<no value>", address)
			assert.NotContains(t, page, "%!", address)
			title := between(page, "<title>", "</title>")
			assert.NotEmpty(t, title)
			titles[title+string(lang)] = address
			path, _, _ := strings.Cut(strings.SplitN(address, "/", 4)[3], "?")
			assert.Contains(t, page, `href="/`+path+"?", "%s leads to itself", address)
		}
	}
	assert.Greater(t, len(titles), 3*12, "titles tell pages apart")
}

// The first page leads to each site, and says what one can try there.
func TestFrontPageLeadsOn(t *testing.T) {
	w := openWorld(t)
	v := w.visitor(t)
	page := v.get(http.StatusOK, w.clinician.url+"/")
	places := front([3]string{w.clinician.url, w.portal.url, w.tool.url}, w.deskURL).Places
	require.Len(t, places, 5)
	for _, p := range places {
		assert.Contains(t, page, `href="`+p.Href+`"`)
		says(t, page, "nb", p.Key+"-title")
		says(t, page, "nb", p.Key+"-text")
	}
	v.get(http.StatusOK, w.clinician.url+"/search")
	v.get(http.StatusOK, w.portal.url)
	says(t, v.get(http.StatusUnauthorized, w.tool.url), "nb", "no-launch")
	assert.Contains(t, shown(v.get(http.StatusOK, w.clinician.url+"/search?q="+url.QueryEscape(front([3]string{}, "").Words.In("nb")))), "Tryggere steg")
}

// A form that must be mended is shown at its page's address, so that the language can be changed there.
func TestLanguageKeepsThePlace(t *testing.T) {
	w := openWorld(t)
	v := w.visitor(t)
	page := v.get(http.StatusOK, w.clinician.url+"/search?q=sosial+angst&area=anxiety")
	assert.Contains(t, page, `href="/search?area=anxiety&amp;lang=nn&amp;q=sosial&#43;angst"`)

	form := v.form()
	form.Del("acknowledged")
	page = v.post(http.StatusBadRequest, w.clinician.url+toolPath+"?q=sosial", form)
	assert.Contains(t, page, `href="`+toolPath+`?lang=nn&amp;q=sosial"`)
	v.get(http.StatusOK, w.clinician.url+toolPath+"?lang=nn&q=sosial")

	page = v.post(http.StatusNotFound, w.clinician.url+"/no/such/form", nil)
	assert.Contains(t, page, `href="/?lang=nn"`)
}

// What the reader chose holds on the pages that follow.
func TestLanguageIsRemembered(t *testing.T) {
	v := openWorld(t).visitor(t)
	assert.Contains(t, v.get(http.StatusOK, v.w.clinician.url+"/?lang=nn"), `<html lang="nn">`)
	assert.Contains(t, v.get(http.StatusOK, v.w.clinician.url+"/statistics"), `<html lang="nn">`)
	assert.Contains(t, v.get(http.StatusOK, v.w.portal.url+"/"), `<html lang="nn">`)
	assert.Contains(t, v.get(http.StatusOK, v.w.clinician.url+"/?lang=xx"), `<html lang="nn">`, "an unknown language changes nothing")
}

// Each dead end says what it is, and leads on.
func TestDeadEnds(t *testing.T) {
	w := openWorld(t)
	c, p, tool := w.clinician.url, w.portal.url, w.tool.url
	cases := map[string]struct {
		address string
		status  int
		key     string
		way     string
	}{
		"no page":              {c + "/no/such/page", 404, "not-found", "/"},
		"no page of a portal":  {p + "/no/such/page", 404, "not-found", "/"},
		"no tool":              {c + "/tools/no-such-tool", 404, "no-tool", "/search"},
		"no id":                {c + "/tools/%C3%86%20%3F", 404, "no-tool", "/search"},
		"no prescription":      {c + "/prescriptions/none", 404, "no-prescription", "/prescriptions"},
		"a search too long":    {c + "/search?q=" + strings.Repeat("a", 501), 400, "too-long-search", "/search"},
		"a filter of none":     {c + "/search?mode=none", 400, "bad-filter", "/search"},
		"not logged in":        {p + "/mine", 401, "not-logged-in", "/"},
		"a task of nobody":     {p + "/tasks/none", 401, "not-logged-in", "/"},
		"no launch":            {tool + "/", 401, "no-launch", p + "/mine"},
		"an open tool of none": {tool + "/open/%C3%86", 404, "start-no-tool", p + "/mine"},
		"a tool nobody has":    {tool + "/open/no-such-tool", 404, "start-no-tool", p + "/mine"},
		"a tool with a login":  {tool + "/open/sovn-steg-for-steg", 401, "no-launch", p + "/mine"},
		"a tool taken back":    {tool + "/open/eksamensro", 409, "start-withdrawn", p + "/mine"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			for _, lang := range languages {
				v := w.visitor(t)
				joint := "?"
				if strings.Contains(c.address, "?") {
					joint = "&"
				}
				page := v.get(c.status, c.address+joint+"lang="+string(lang))
				says(t, page, lang, c.key)
				assert.Contains(t, page, `<a class="button" href="`+c.way+`">`)
			}
		})
	}
}

// Another site cannot send a form in the reader's name.
func TestCrossOriginFormsAreRefused(t *testing.T) {
	w := openWorld(t)
	for _, address := range []string{w.clinician.url + toolPath, w.clinician.url + "/who", w.clinician.url + "/prescriptions/x", w.portal.url + "/", w.portal.url + "/tasks/x", w.tool.url + "/"} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address, nil)
		require.NoError(t, err)
		r.Header.Set("Sec-Fetch-Site", "cross-site")
		response, err := http.DefaultClient.Do(r)
		require.NoError(t, err)
		response.Body.Close()
		assert.Equal(t, http.StatusForbidden, response.StatusCode, address)
		assert.Equal(t, "no-store", response.Header.Get("Cache-Control"))
		assert.Contains(t, response.Header.Get("Content-Security-Policy"), "frame-ancestors 'none'")
	}
}

// The sites' own addresses take nobody who does not know the shared secret, and nothing but what they are for.
func TestSystemsNeedTheSecret(t *testing.T) {
	w := openWorld(t)
	addresses := map[string][]string{w.portal.url: {"/tasks", "/tasks/x/about", "/reports"}, w.clinician.url: {"/prescriptions/x/citizen", "/reports"}}
	for site, paths := range addresses {
		for _, path := range paths {
			for _, secret := range []string{"", "guess"} {
				assert.ErrorContains(t, newPeer(site, secret).post(t.Context(), path, struct{}{}, nil), "401", path)
			}
			known := newPeer(site, w.clinician.secret)
			assert.ErrorContains(t, known.post(t.Context(), path, map[string]int{"no-such-field": 1}, nil), "answered 4", path)
		}
	}
	known := newPeer(w.portal.url, w.clinician.secret)
	assert.ErrorContains(t, known.post(t.Context(), "/tasks", task{ID: "x", NationalID: "nobody's"}, nil), "404", "a citizen whom nobody knows")
	known = newPeer(w.clinician.url, w.clinician.secret)
	said := status{ID: "portal-cancel", Event: prescription.EventCancel, At: w.clock.now()}
	assert.ErrorContains(t, known.post(t.Context(), "/prescriptions/x/citizen", said, nil), "400", "what no citizen decides")
}

// Only an address of the own site is gone back to.
func TestLocal(t *testing.T) {
	cases := map[string]string{"/statistics": "/statistics", "/search?q=a": "/search?q=a", "": "/search", "https://elsewhere.example/": "/search", "//elsewhere.example": "/search", "//elsewhere.example/x": "/search",
		`/\elsewhere.example`: "/search", "statistics": "/search", "/a\nb": "/search"}
	require.NotEmpty(t, cases)
	for given, want := range cases {
		assert.Equal(t, want, local(given), given)
	}
	v := openWorld(t).visitor(t)
	page := v.send(v.w.clinician.url+"/who", url.Values{"patient": {v.w.clinician.people[1].id}, "back": {"https://elsewhere.example/"}})
	assert.Equal(t, v.w.clinician.url+"/search", page.URL.String())
}
