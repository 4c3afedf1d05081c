package launchtest_test

import (
	"io"
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

// What a browser does with a cookie, by the header that sets it.
func TestBrowserCookies(t *testing.T) {
	const at = "https://tool.example/a/b"
	cases := []struct {
		name, from, header string
		// kept says whether it is there for its own site; post whether it goes along with a post from Helsenorge, and link with a link from there.
		kept, post, link bool
	}{
		{"no attribute is Lax", at, "c=1", true, false, true},
		{"Lax", at, "c=1; SameSite=Lax", true, false, true},
		{"Strict", at, "c=1; SameSite=Strict", true, false, false},
		{"None and Secure", at, "c=1; SameSite=None; Secure", true, true, true},
		{"None without Secure", at, "c=1; SameSite=None", false, false, false},
		{"__Host- as it must be", at, "__Host-c=1; SameSite=None; Secure; Path=/", true, true, true},
		{"__Host- without Secure", at, "__Host-c=1; Path=/", false, false, false},
		{"__Host- without Path", at, "__Host-c=1; Secure", false, false, false},
		{"__Host- with another Path", at, "__Host-c=1; Secure; Path=/a", false, false, false},
		{"__Host- with Domain", at, "__Host-c=1; Secure; Path=/; Domain=tool.example", false, false, false},
		{"__Secure- without Secure", at, "__Secure-c=1", false, false, false},
		{"__Secure-", at, "__Secure-c=1; Secure", true, false, true},
		{"Secure over http", "http://tool.example/a/b", "c=1; Secure", false, false, false},
		{"over http", "http://tool.example/a/b", "c=1", true, false, true},
		{"Secure over http on this machine", "http://localhost:4010/a/b", "c=1; Secure; SameSite=None", true, true, true},
		{"another Path", at, "c=1; Path=/x", false, false, false},
		{"a Path that only begins so", at, "c=1; Path=/a/bc", false, false, false},
		{"a Path that the address only begins with", "https://tool.example/a/bc", "c=1; Path=/a/b", false, false, false},
		{"the Path above", at, "c=1; Path=/a", true, false, true},
		{"Domain", at, "c=1; Domain=tool.example", true, false, true},
		{"another's Domain", at, "c=1; Domain=other.example", false, false, false},
		{"a Domain below", at, "c=1; Domain=x.tool.example", false, false, false},
		{"a top Domain", at, "c=1; Domain=example", false, false, false},
		{"Max-Age", at, "c=1; Max-Age=60", true, false, true},
		{"Max-Age 0", at, "c=1; Max-Age=0", false, false, false},
		{"expired", at, "c=1; Expires=Mon, 21 Sep 2026 07:59:59 GMT", false, false, false},
		{"not expired", at, "c=1; Expires=Mon, 21 Sep 2026 08:00:01 GMT", true, false, true},
	}
	a := newHandTool(t)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			sets := true
			u, err := url.Parse(c.from)
			require.NoError(t, err)
			site := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if sets {
					w.Header().Set("Set-Cookie", c.header)
				}
				_, _ = io.WriteString(w, r.Header.Get("Cookie"))
			})
			b := a.h.NewBrowser(launchtest.BrowserConfig{Sites: map[string]http.Handler{u.Scheme + "://" + u.Host: site}})
			_, err = b.Type(t.Context(), c.from)
			require.NoError(t, err)
			sets = false
			typed, err := b.Type(t.Context(), c.from)
			require.NoError(t, err)
			assert.Equal(t, c.kept, typed.Body != "", "typed")
			assert.Equal(t, c.kept, len(b.Cookies(c.from)) == 1)
			link, err := b.Open(t.Context(), c.from)
			require.NoError(t, err)
			assert.Equal(t, c.link, link.Body != "", "link from Helsenorge")
			post, err := b.Post(t.Context(), "https://tjenester.helsenorge.example/", c.from, nil)
			require.NoError(t, err)
			assert.Equal(t, c.post, post.Body != "", "post from Helsenorge")
			own, err := b.Post(t.Context(), c.from, c.from, nil)
			require.NoError(t, err)
			assert.Equal(t, c.kept, own.Body != "", "post from its own page")
			b.DropCookies()
			assert.Empty(t, b.Cookies(c.from))
		})
	}
	require.NotEmpty(t, cases)
}

func TestBrowserCookiesGoAndComeBack(t *testing.T) {
	a := newHandTool(t)
	set := []string{"c=1; Max-Age=60; Domain=tool.example; Path=/", "d=1; Path=/; Secure", "e=1; Path=/"}
	site := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.Header()["Set-Cookie"] = set })
	b := a.h.NewBrowser(launchtest.BrowserConfig{Sites: map[string]http.Handler{"https://tool.example": site}})
	open := func() {
		_, err := b.Type(t.Context(), "https://tool.example/")
		require.NoError(t, err)
	}
	open()
	assert.Equal(t, map[string]string{"c": "1", "d": "1", "e": "1"}, b.Cookies("https://tool.example/"))
	assert.Equal(t, map[string]string{"c": "1"}, b.Cookies("https://www.tool.example/"))
	assert.Equal(t, map[string]string{"c": "1", "e": "1"}, b.Cookies("http://tool.example/"), "without Secure")
	set = []string{"d=2; Path=/", "e=; Path=/; Max-Age=0"}
	open()
	assert.Equal(t, map[string]string{"c": "1", "d": "2"}, b.Cookies("https://tool.example/"))
	a.h.Advance(time.Minute)
	assert.Equal(t, map[string]string{"d": "2"}, b.Cookies("https://tool.example/"))
}

// The headers by which a site tells where a request comes from.
func TestBrowserSaysWhereItComesFrom(t *testing.T) {
	for policy, origin := range map[string]string{"": "https://tjenester.helsenorge.example", "no-referrer": "null"} {
		var seen []string
		a := newHandTool(t, func(c *launchtest.HelsenorgeConfig) { c.ReferrerPolicy = policy })
		site := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			for _, name := range []string{"Sec-Fetch-Mode", "Sec-Fetch-Dest"} {
				assert.NotEmpty(t, r.Header.Get(name))
			}
			seen = append(seen, r.Method+" "+r.URL.Path+" "+r.Header.Get("Sec-Fetch-Site")+" "+r.Header.Get("Origin"))
			a.ServeHTTP(w, r)
		})
		b := a.h.NewBrowser(launchtest.BrowserConfig{Sites: map[string]http.Handler{"https://tool.example": site}})
		_, err := b.Login(t.Context(), toolStart, "per", "")
		require.NoError(t, err)
		_, err = b.Type(t.Context(), "https://tool.example/home")
		require.NoError(t, err)
		_, err = b.Post(t.Context(), "https://tool.example/home", "https://tool.example/other", nil)
		require.NoError(t, err)
		_, err = b.Post(t.Context(), "https://x.tool.example/", "https://tool.example/other", nil)
		require.NoError(t, err)
		assert.Equal(t, []string{"GET /start cross-site ", "POST /callback cross-site " + origin, "GET /home cross-site ", "GET /home none ",
			"POST /other same-origin https://tool.example", "POST /other same-site https://x.tool.example"}, seen)
	}
}

func TestBrowserRedirects(t *testing.T) {
	a := newHandTool(t)
	from := ""
	site := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/round":
			http.Redirect(w, r, "/round", http.StatusFound)
		case "/again":
			http.Redirect(w, r, "/end", http.StatusTemporaryRedirect)
		case "/other":
			http.Redirect(w, r, "/end", http.StatusSeeOther)
		case "/broken":
			w.Header().Set("Location", "https://[")
			w.WriteHeader(http.StatusFound)
		case "/away":
			http.Redirect(w, r, "https://other.example/back", http.StatusSeeOther)
		case "/back":
			http.Redirect(w, r, "https://tool.example/end", http.StatusSeeOther)
		case "/end":
			from = r.Header.Get("Sec-Fetch-Site")
			_, _ = io.WriteString(w, r.Method+r.PostFormValue("a"))
		}
	})
	b := a.h.NewBrowser(launchtest.BrowserConfig{Sites: map[string]http.Handler{"https://tool.example": site, "https://other.example": site}})
	post := func(path string) (string, error) {
		page, err := b.Post(t.Context(), "https://tool.example/", "https://tool.example"+path, url.Values{"a": {"1"}})
		if err != nil {
			return "", err
		}
		assert.Equal(t, "/end", page.URL.Path)
		return page.Body, nil
	}
	body, err := post("/again")
	require.NoError(t, err)
	assert.Equal(t, "POST1", body)
	body, err = post("/other")
	require.NoError(t, err)
	assert.Equal(t, "GET", body)
	assert.Equal(t, "same-origin", from)
	_, err = post("/away")
	require.NoError(t, err)
	assert.Equal(t, "cross-site", from, "back from another site")
	_, err = post("/round")
	require.EqualError(t, err, "launchtest: too many redirects")
	_, err = post("/broken")
	require.ErrorContains(t, err, "no address")
	_, err = b.Type(t.Context(), "https://[")
	require.EqualError(t, err, "launchtest: not an address")
	_, err = b.Post(t.Context(), "https://[", "https://tool.example/end", nil)
	require.Error(t, err)
}
