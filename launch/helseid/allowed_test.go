package helseid_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/launch/helseid"
)

// What net/http finds out about only when it has connected must not look as if it had been sent.
func TestMalformedRequestsAreNotSent(t *testing.T) {
	for name, c := range map[string]struct {
		edit func(*http.Request)
		want string
	}{
		"method with a space":    {func(r *http.Request) { r.Method = "PO ST" }, "want a method without"},
		"method with a newline":  {func(r *http.Request) { r.Method = "POST\n" }, "want a method without"},
		"method not ASCII":       {func(r *http.Request) { r.Method = "PØST" }, "want a method without"},
		"name with a space":      {func(r *http.Request) { r.Header["X Name"] = []string{"a"} }, "header name"},
		"name with a colon":      {func(r *http.Request) { r.Header["X:Name"] = []string{"a"} }, "header name"},
		"no name":                {func(r *http.Request) { r.Header[""] = []string{"a"} }, "header name"},
		"value with a newline":   {func(r *http.Request) { r.Header.Set("X-Name", canary+"\n") }, "header value"},
		"second value":           {func(r *http.Request) { r.Header["X-Name"] = []string{"a", "b\r\nX-Other: c"} }, "header value"},
		"value with NUL":         {func(r *http.Request) { r.Header.Set("X-Name", "a\x00") }, "header value"},
		"value with DEL":         {func(r *http.Request) { r.Header.Set("X-Name", "a\x7f") }, "header value"},
		"query with a newline":   {func(r *http.Request) { r.URL.RawQuery = "a=\n" }, "path and query"},
		"query with a space":     {func(r *http.Request) { r.URL.RawQuery = "a=b c" }, "path and query"},
		"path without a slash":   {func(r *http.Request) { r.URL.Path, r.URL.RawPath = canary, "" }, "path and query"},
		"a trailer":              {func(r *http.Request) { r.Trailer = http.Header{"Content-Length": nil} }, "Trailer"},
		"a length and no body":   {func(r *http.Request) { r.Body, r.GetBody, r.ContentLength = nil, nil, 5 }, "ContentLength"},
		"upgrade":                {func(r *http.Request) { r.Header.Set("Upgrade", "websocket") }, "connection"},
		"other coding":           {func(r *http.Request) { r.Header.Set("Transfer-Encoding", "gzip") }, "connection"},
		"connection with a name": {func(r *http.Request) { r.Header.Set("Connection", "X-Name") }, "connection"},
	} {
		t.Run(name, func(t *testing.T) {
			s, client := served(t)
			r := s.request(t, "POST")
			c.edit(r)
			body := &closing{Reader: strings.NewReader(canary)}
			if r.Body != nil {
				r.Body, r.GetBody = body, nil
			}
			_, _, err := do(t, client, r)
			require.ErrorIs(t, err, helseid.ErrNotAllowed)
			require.NotErrorIs(t, err, helseid.ErrOutcomeUnknown)
			assert.Contains(t, err.Error(), c.want)
			assert.Equal(t, r.Body != nil, body.closed)
			assert.Zero(t, s.calls+len(s.forms))
		})
	}
}

// What is unusual and good passes, over HTTP/1.1 and HTTP/2.
func TestWellFormedRequestsPass(t *testing.T) {
	s := newStub()
	server := httptest.NewUnstartedServer(s)
	server.EnableHTTP2 = true
	server.StartTLS()
	t.Cleanup(server.Close)
	s.issuer, s.apiHost = server.URL, strings.TrimPrefix(server.URL, "https://")
	modern := s.client(t, func(c *helseid.Config) { c.HTTP = server.Client() })
	plain, client := served(t)
	for name, edit := range map[string]func(*http.Request){
		"method":    func(r *http.Request) { r.Method = "PATCH" },
		"own one":   func(r *http.Request) { r.Method = "M-SEARCH" },
		"tab":       func(r *http.Request) { r.Header.Set("X-Name", "a\tb") },
		"not ASCII": func(r *http.Request) { r.Header.Set("X-Name", "blåbær") },
		"no value":  func(r *http.Request) { r.Header["X-Name"] = nil },
		"close":     func(r *http.Request) { r.Header.Set("Connection", "close") },
		"a length unknown": func(r *http.Request) {
			r.Body, r.GetBody, r.ContentLength = io.NopCloser(strings.NewReader("")), nil, -1
		},
	} {
		for _, world := range []struct {
			*stub
			*helseid.Client
		}{{s, modern}, {plain, client}} {
			r := world.request(t, "POST")
			edit(r)
			code, _, err := do(t, world.Client, r)
			require.NoError(t, err, name)
			assert.Equal(t, 200, code, name)
			assert.Empty(t, world.wrong, name)
		}
	}
}

// net/http takes no method for GET, and so must the proof.
func TestNoMethodIsGET(t *testing.T) {
	s, client := served(t)
	for range 2 {
		r := s.request(t, "")
		r.Method, r.Body, r.GetBody, r.ContentLength = "", nil, nil, 0
		code, _, err := do(t, client, r)
		require.NoError(t, err)
		assert.Equal(t, 200, code)
	}
	assert.Equal(t, "GET", s.proofs[1]["htm"])
	assert.Empty(t, s.wrong)
	assert.Empty(t, strings.Join(s.lengths, ""))
}
