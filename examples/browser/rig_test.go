package browser_test

import (
	"fmt"
	"image/png"
	"maps"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The tests in this file try the rig itself, with two sites made for it. Each
// fact that other tests lean on has its opposite beside it.

// oldTool sets cookies of each kind, and says which of them come back, and how.
func oldTool() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/start", func(w http.ResponseWriter, r *http.Request) {
		base := http.Cookie{Value: "1", Path: "/", Secure: true, HttpOnly: true}
		none, lax, strict, domain := base, base, base, base
		none.Name, none.SameSite = "__Host-none", http.SameSiteNoneMode
		lax.Name, lax.SameSite = "__Host-lax", http.SameSiteLaxMode
		strict.Name, strict.SameSite = "__Host-strict", http.SameSiteStrictMode
		domain.Name, domain.Domain, domain.SameSite = "__Host-domain", toolHost, http.SameSiteNoneMode
		for _, c := range []http.Cookie{none, lax, strict, domain} {
			http.SetCookie(w, &c)
		}
		sitePage(w, "start", `<form method="post" action="/cb"><button id="own">Own form</button></form>`)
	})
	mux.HandleFunc("/turn", func(w http.ResponseWriter, r *http.Request) {
		sitePage(w, "turn", `<script>setTimeout(function () { location.replace("`+portalURL+`/turn") })</script>`)
	})
	mux.HandleFunc("/cb", func(w http.ResponseWriter, r *http.Request) {
		names := []string{}
		for _, c := range r.Cookies() {
			names = append(names, c.Name)
		}
		slices.Sort(names)
		sitePage(w, "cb", fmt.Sprintf(`<p id="seen">%s %s</p>`, r.Method, strings.Join(names, " ")))
	})
	return mux
}

// oldPortal sends the browser to the tool, by a form that sends itself or by a link.
func oldPortal() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/post", func(w http.ResponseWriter, r *http.Request) {
		sitePage(w, "post", `<form method="post" action="`+toolURL+`/cb"><input name="code" value="c"></form>`+
			`<script>document.forms[0].submit()</script>`)
	})
	mux.HandleFunc("/turn", func(w http.ResponseWriter, r *http.Request) {
		sitePage(w, "turn", `<script>setTimeout(function () { location.replace("`+toolURL+`/turn") })</script>`)
	})
	mux.HandleFunc("/link", func(w http.ResponseWriter, r *http.Request) {
		sitePage(w, "link", `<a id="go" href="`+toolURL+`/cb">To the tool</a>`)
	})
	return mux
}

func sitePage(w http.ResponseWriter, title, body string) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	fmt.Fprintf(w, `<!DOCTYPE html><title>%s</title><h1>%s</h1>%s`, title, title, body)
}

// newTab opens a tab in a new browser that knows both sites.
func newTab(t *testing.T, p preferences) *tab {
	t.Helper()
	w := newWeb(t)
	w.site(t, portalHost, oldPortal())
	w.site(t, toolHost, oldTool())
	return start(t, w, p).tab(t)
}

// form_post is a POST from one site to another: only SameSite=None comes along.
func TestCookiesFromSiteToSite(t *testing.T) {
	b := newTab(t, preferences{})
	b.open(toolURL + "/start")
	b.click("#own")
	b.arrive(toolURL + "/cb")
	assert.Equal(t, "POST __Host-lax __Host-none __Host-strict", b.text("#seen"), "from the site itself")

	b.open(portalURL + "/post")
	b.arrive(toolURL + "/cb")
	assert.Equal(t, "POST __Host-none", b.text("#seen"), "by a form of another site")

	b.open(portalURL + "/link")
	b.click("#go")
	b.arrive(toolURL + "/cb")
	assert.Equal(t, "GET __Host-lax __Host-none", b.text("#seen"), "by a link of another site")
}

func TestCookiesInTheJar(t *testing.T) {
	b := newTab(t, preferences{})
	require.Empty(t, b.cookies(), "a new profile")
	b.open(toolURL + "/start")
	got := b.cookies()
	assert.Equal(t, []string{"__Host-lax", "__Host-none", "__Host-strict"}, slices.Sorted(maps.Keys(got)),
		"a __Host- cookie with a domain is refused")
	none := got["__Host-none"]
	assert.True(t, none.Secure && none.HTTPOnly && none.Session)
	assert.Equal(t, toolHost, none.Domain)
	assert.Equal(t, "None", string(none.SameSite))
}

func TestBlockedCookies(t *testing.T) {
	b := newTab(t, preferences{blockCookies: true})
	b.open(toolURL + "/start")
	assert.Empty(t, b.cookies())
	b.click("#own")
	b.arrive(toolURL + "/cb")
	assert.Equal(t, "POST", b.text("#seen"))
}

// A look at a tab that is always on its way somewhere else is no failure.
func TestLooksWhileTheTabLeaves(t *testing.T) {
	b := newTab(t, preferences{})
	b.open(portalURL + "/turn")
	seen := map[string]bool{}
	for range 150 {
		seen[b.url()] = true
	}
	assert.Subset(t, []string{portalURL + "/turn", toolURL + "/turn"}, slices.Collect(maps.Keys(seen)))
}

func TestBack(t *testing.T) {
	b := newTab(t, preferences{})
	b.open(toolURL + "/start")
	b.open(portalURL + "/link")
	b.click("#go")
	b.arrive(toolURL + "/cb")
	b.back()
	assert.Equal(t, portalURL+"/link", b.url())
	b.back()
	b.wait("#own")
	assert.Equal(t, toolURL+"/start", b.url())
}

// Two tabs share cookies, two browsers do not.
func TestTabsAndBrowsers(t *testing.T) {
	w := newWeb(t)
	w.site(t, toolHost, oldTool())
	one, other := start(t, w, preferences{}), start(t, w, preferences{})
	one.tab(t).open(toolURL + "/start")
	assert.Len(t, one.tab(t).cookies(), 3)
	assert.Empty(t, other.tab(t).cookies())
}

// The browser reaches nobody else, and trusts nobody else. The name that needs no
// resolver shows that the rule is at work, and not that there is no network.
func TestNothingElseIsReached(t *testing.T) {
	b := newTab(t, preferences{})
	assert.ErrorContains(t, b.try("https://localhost/"), "ERR_NAME_NOT_RESOLVED")

	w, stranger := newWeb(t), newWeb(t)
	stranger.site(t, toolHost, oldTool())
	w.resolver = stranger.resolver
	assert.ErrorContains(t, start(t, w, preferences{}).tab(t).try(toolURL+"/start"), "ERR_CERT_AUTHORITY_INVALID")
}

func TestPicture(t *testing.T) {
	b := newTab(t, preferences{})
	b.open(toolURL + "/start")
	file, err := os.Open(b.picture("start"))
	require.NoError(t, err)
	defer file.Close()
	shown, err := png.DecodeConfig(file)
	require.NoError(t, err)
	assert.Equal(t, 1280, shown.Width)
	assert.Greater(t, shown.Height, 600)
}
