package launch_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// N50, as browsers are: the session's cookie is SameSite=Lax, and therefore not
// with what another site posts, but with the GET that follows.
func TestN50_TheSessionIsSeenWithTheNextRequest(t *testing.T) {
	s := newSite(t)
	s.Running = func(r *http.Request, issuer, messageID string) string {
		if r.Method == http.MethodGet && issuer == s.launches[0].Issuer && messageID == s.launches[0].MessageID {
			return "/task"
		}
		return ""
	}
	s.handler = s.tool.handler(t)
	form := s.begin(t, "7f0b")
	require.Equal(t, http.StatusSeeOther, s.post(form, "cross-site").Code)
	w := s.post(form, "cross-site")
	require.Equal(t, http.StatusSeeOther, w.Code)
	require.Regexp(t, `^\?launch_again=state&`, w.Header().Get("Location"))
	assert.NotContains(t, w.Header().Get("Location"), form.Get("state"))
	w = s.get(t, w.Header().Get("Location"))
	assert.Equal(t, http.StatusSeeOther, w.Code)
	assert.Equal(t, "/task", w.Header().Get("Location"))
	assert.Len(t, s.launches, 1)
	assert.Equal(t, 403, s.post(form, "same-origin").Code, "a session would have been seen")
}

// Another browser, or none at all: the page is the same as without the detour.
func TestN50_NoSessionWithTheNextRequestEither(t *testing.T) {
	s := newSite(t)
	s.Running = func(*http.Request, string, string) string { return "" }
	s.handler = s.tool.handler(t)
	form := s.begin(t, "7f0b")
	clear(s.jar)
	w := s.get(t, s.post(form, "cross-site").Header().Get("Location"))
	assert.Equal(t, 403, w.Code)
	assert.Contains(t, w.Body.String(), "informasjonskapsler")
	assert.Contains(t, w.Body.String(), `href="/one/start"`)
	assert.Contains(t, s.log.String(), "kind=state")
	assert.Empty(t, s.launches)
}

// What is in that address is anybody's to write: it gives no more than a page.
func TestTheNextRequestIsOnlyThat(t *testing.T) {
	s := newSite(t)
	s.Running = func(*http.Request, string, string) string { return "https://evil.example/" }
	s.handler = s.tool.handler(t)
	cases := map[string]struct {
		query string
		want  int
	}{
		"as it is sent":        {"launch_again=state&launch_profile=one", 403},
		"another kind":         {"launch_again=expired&launch_profile=one", 405},
		"an unknown profile":   {"launch_again=state&launch_profile=evil", 405},
		"no profile":           {"launch_again=state", 405},
		"nothing":              {"", 405},
		"more than an address": {"launch_again=state&launch_profile=one&launch_message=" + string(make([]byte, 2<<10)), 405},
	}
	require.NotEmpty(t, cases)
	for name, c := range cases {
		query, err := url.ParseQuery(c.query)
		require.NoError(t, err)
		assert.Equal(t, c.want, s.get(t, "?"+query.Encode()).Code, name)
	}
	assert.NotContains(t, s.log.String(), "evil")
	s.Running = nil
	s.handler = s.tool.handler(t)
	assert.Equal(t, 405, s.get(t, "?launch_again=state&launch_profile=one").Code, "nobody is sent on")
}

// A launch of a portal comes the same way.
func TestN50_ALaunchOfAPortalComesAgain(t *testing.T) {
	x := newTool(t)
	x.Running = func(r *http.Request, _, messageID string) string {
		if r.Method == http.MethodGet && messageID == x.launches[0].MessageID {
			return "/task"
		}
		return ""
	}
	h := http.StripPrefix("/tool", x.handler(t))
	send := func(r *http.Request) *httptest.ResponseRecorder { return serve(h, r) }
	message := url.Values{"token": {x.portal.Good()}}.Encode()
	first := func() *http.Request {
		r := request(http.MethodPost, "https://tool.example/tool/launch", message)
		r.Header.Set("Sec-Fetch-Site", "cross-site")
		return r
	}
	require.Equal(t, http.StatusSeeOther, send(first()).Code)
	w := send(first())
	require.Equal(t, http.StatusSeeOther, w.Code)
	to, err := url.Parse("https://tool.example/tool/launch")
	require.NoError(t, err)
	to, err = to.Parse(w.Header().Get("Location"))
	require.NoError(t, err)
	require.Equal(t, "/tool/launch", to.Path)
	w = send(httptest.NewRequest(http.MethodGet, to.String(), nil))
	assert.Equal(t, "/task", w.Header().Get("Location"))
	assert.Len(t, x.launches, 1)
}

// post is a callback by a page of this relation to the tool.
func (s *site) post(form url.Values, relation string) *httptest.ResponseRecorder {
	r := request(http.MethodPost, "https://tool.example/one/callback", form.Encode())
	r.Header.Set("Sec-Fetch-Site", relation)
	return s.send(r)
}

// get follows a redirect from the callback address.
func (s *site) get(t testing.TB, location string) *httptest.ResponseRecorder {
	to, err := url.Parse("https://tool.example/one/callback")
	require.NoError(t, err)
	to, err = to.Parse(location)
	require.NoError(t, err)
	return s.send(httptest.NewRequest(http.MethodGet, to.String(), nil))
}
