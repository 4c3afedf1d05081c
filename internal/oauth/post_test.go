package oauth_test

import (
	"bufio"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/internal/oauth"
)

const canary = "kanarifugl"

// served is a real server that counts.
type served struct {
	*httptest.Server
	calls atomic.Int32
}

func serve(t *testing.T, answer http.HandlerFunc) *served {
	s := &served{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.calls.Add(1)
		answer(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

func answer(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

func post(ctx context.Context, s *served) (*oauth.Answer, error) {
	form := url.Values{"code": {canary}, "client_assertion": {canary}}
	return oauth.Post(ctx, oauth.NewClient(), s.URL+"/token?x="+canary, form, http.Header{"Authorization": {canary}})
}

func TestPostSendsAFormAndReadsTheAnswer(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		assert.Equal(t, "application/x-www-form-urlencoded", r.Header.Get("Content-Type"))
		assert.Equal(t, "application/json", r.Header.Get("Accept"))
		assert.Equal(t, canary, r.Header.Get("Authorization"))
		assert.NoError(t, r.ParseForm())
		assert.Equal(t, url.Values{"code": {canary}, "client_assertion": {canary}}, r.PostForm)
		w.Header().Set("DPoP-Nonce", "n1")
		w.WriteHeader(http.StatusCreated)
		_, _ = io.WriteString(w, `{"access_token":"`+canary+`","expires_in":60,"float":1.5,"minus":-1,"text":"60","list":[],"long":99999999999}`)
	})
	a, err := post(t.Context(), s)
	require.NoError(t, err)
	assert.Equal(t, http.StatusCreated, a.Status)
	assert.Equal(t, "n1", a.Header.Get("DPoP-Nonce"))
	assert.Equal(t, canary, a.Text("access_token"))
	assert.Empty(t, a.Text("none")+a.Text("expires_in")+a.Text("list"))
	assert.True(t, a.Has("list"))
	assert.False(t, a.Has("none"))
	d, is := a.Seconds("expires_in")
	assert.True(t, is)
	assert.Equal(t, time.Minute, d)
	for _, name := range []string{"none", "float", "minus", "text", "list", "long"} {
		_, is := a.Seconds(name)
		assert.False(t, is, name)
	}
}

func TestAnswerPrintsRedacted(t *testing.T) {
	a, err := post(t.Context(), serve(t, answer(200, `{"access_token":"`+canary+`"}`)))
	require.NoError(t, err)
	text, err := json.Marshal(map[string]any{"a": a})
	require.NoError(t, err)
	assert.NotContains(t, fmt.Sprintf("%v %+v %#v %s %v", a, a, a, a, *a)+string(text), canary)
}

// RFC 7009, section 2.2: revocation answers 200, and the body means nothing.
func TestPostTakesAnEmptyBody(t *testing.T) {
	a, err := post(t.Context(), serve(t, answer(200, "")))
	require.NoError(t, err)
	assert.False(t, a.Has("error"))
	assert.Empty(t, a.Text("error"))
	_, is := a.Seconds("expires_in")
	assert.False(t, is)
}

// N55: whatever the endpoint does ends in an *Error after one request, that says whether it may have worked.
func TestN55_PostErrors(t *testing.T) {
	long := strings.Repeat("a", 65)
	for name, c := range map[string]struct {
		answer  http.HandlerFunc
		status  int
		code    string
		unknown bool
	}{
		"OAuth error":          {answer(400, `{"error":"invalid_grant","error_description":"`+canary+`"}`), 400, "invalid_grant", false},
		"error of 64":          {answer(400, `{"error":"`+long[:64]+`"}`), 400, long[:64], false},
		"error of 65":          {answer(400, `{"error":"`+long+`"}`), 400, "", false},
		"error with a quote":   {answer(400, `{"error":"a\"b"}`), 400, "", false},
		"error with a slash":   {answer(400, `{"error":"a\\b"}`), 400, "", false},
		"error with a newline": {answer(400, `{"error":"a\nb"}`), 400, "", false},
		"error not ASCII":      {answer(400, `{"error":"å"}`), 400, "", false},
		"error with a person":  {answer(400, `{"error":"no 13116900216"}`), 400, "", false},
		"error no string":      {answer(401, `{"error":{"a":"`+canary+`"}}`), 401, "", false},
		"HTML":                 {answer(403, `<html>`+canary), 403, "", false},
		"too many":             {answer(429, ``), 429, "", false},
		"server error":         {answer(500, `{"error":"server_error"}`), 500, "server_error", true},
		"bad gateway":          {answer(502, `<html>`+canary), 502, "", true},
		"unavailable":          {answer(503, ``), 503, "", true},
		"redirect":             {answer(302, `{}`), 302, "", true},
		"HTML with 200":        {answer(200, `<html>`+canary), 200, "", true},
		"name twice":           {answer(200, `{"`+canary+`":1,"`+canary+`":2}`), 200, "", true},
		"list":                 {answer(200, `["`+canary+`"]`), 200, "", true},
		"more than an object":  {answer(200, `{}{}`), 200, "", true},
		"10 MiB":               {answer(200, `{"a":"`+strings.Repeat("a", 10<<20)+`"}`), 200, "", true},
		"gzip bomb":            {bomb, 200, "", true},
		"broken off":           {broken, 200, "", true},
		"no answer": {func(w http.ResponseWriter, _ *http.Request) {
			c, _, _ := http.NewResponseController(w).Hijack()
			_ = c.Close()
		}, 0, "", true},
	} {
		t.Run(name, func(t *testing.T) {
			s := serve(t, c.answer)
			a, err := post(t.Context(), s)
			e := oauthError(t, err)
			assert.Nil(t, a)
			assert.Equal(t, c.status, e.Status)
			assert.Equal(t, c.code, e.Code)
			assert.Equal(t, c.unknown, errors.Is(err, oauth.ErrOutcomeUnknown), err.Error())
			assert.NotContains(t, err.Error()+fmt.Sprintf("%+v", *e), canary)
			assert.Equal(t, int32(1), s.calls.Load(), "sent once")
		})
	}
}

// endless is a body of far too much, and counts what is read of it.
type endless struct{ read int }

func (e *endless) Read(p []byte) (int, error) {
	if e.read += len(p); e.read > 1<<20 {
		return 0, io.EOF
	}
	return len(p), nil
}

func (e *endless) Close() error { return nil }

func TestN55_PostReads64KiBAtMost(t *testing.T) {
	for _, status := range []int{200, 400, 500} {
		body := &endless{}
		_, err := oauth.Post(t.Context(), doer(func(r *http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: status, Body: body}, nil
		}), "https://issuer.example/token", nil, nil)
		assert.Equal(t, status, oauthError(t, err).Status)
		assert.LessOrEqual(t, body.read, 64<<10+1)
	}
}

func bomb(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Encoding", "gzip")
	z := gzip.NewWriter(w)
	_, _ = io.WriteString(z, `{"a":"`+strings.Repeat("a", 8<<20)+`"}`)
	_ = z.Close()
}

func broken(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Length", "1000")
	_, _ = io.WriteString(w, `{"a":"`+canary)
}

// silent is a client of a host that takes a request, says this much and no more, without a network.
func silent(says string) *http.Client {
	c := oauth.NewClient()
	c.Transport.(*http.Transport).Proxy = nil
	c.Transport.(*http.Transport).DialContext = func(context.Context, string, string) (net.Conn, error) {
		near, far := net.Pipe()
		go func() {
			r, _ := http.ReadRequest(bufio.NewReader(far))
			_, _ = io.Copy(io.Discard, r.Body)
			_, _ = io.WriteString(far, says)
			_, _ = io.Copy(io.Discard, far)
		}()
		return near, nil
	}
	return c
}

func TestN55_PostIsNotHeldUp(t *testing.T) {
	for name, says := range map[string]string{"header": "", "body": "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"a\":"} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				began := time.Now()
				_, err := oauth.Post(t.Context(), silent(says), "http://issuer.example/token", url.Values{"code": {canary}}, nil)
				require.ErrorIs(t, err, oauth.ErrOutcomeUnknown)
				require.ErrorIs(t, err, context.DeadlineExceeded)
				assert.Equal(t, 15*time.Second, time.Since(began))
			})
		})
	}
}

func TestPostSurelyNotCarriedOut(t *testing.T) {
	gone := serve(t, answer(200, "{}"))
	gone.Close()
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	for name, send := range map[string]func() (*oauth.Answer, error){
		"no connection":  func() (*oauth.Answer, error) { return post(t.Context(), gone) },
		"given up":       func() (*oauth.Answer, error) { return post(ended, serve(t, answer(200, "{}"))) },
		"no client":      func() (*oauth.Answer, error) { return oauth.Post(t.Context(), nil, gone.URL, nil, nil) },
		"not an address": func() (*oauth.Answer, error) { return oauth.Post(t.Context(), oauth.NewClient(), ":"+canary, nil, nil) },
	} {
		t.Run(name, func(t *testing.T) {
			_, err := send()
			assert.False(t, oauthError(t, err).Unknown)
			require.NotErrorIs(t, err, oauth.ErrOutcomeUnknown)
			assert.NotContains(t, err.Error(), canary)
		})
	}
}

func TestPostKeepsTheNonceOfAnError(t *testing.T) {
	_, err := post(t.Context(), serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("DPoP-Nonce", "n1")
		w.Header().Set("Set-Cookie", canary)
		answer(400, `{"error":"use_dpop_nonce"}`)(w, r)
	}))
	e := oauthError(t, err)
	assert.Equal(t, "n1", e.Header.Get("DPoP-Nonce"))
	assert.Empty(t, e.Header.Get("Set-Cookie"))
}

// A client that follows redirects by itself is told not to; from any other an answer from elsewhere is refused.
func TestPostFollowsNoRedirect(t *testing.T) {
	other := serve(t, answer(200, `{}`))
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, other.URL, http.StatusTemporaryRedirect)
	})
	following := &http.Client{}
	for _, client := range []oauth.Doer{following, doer(following.Do)} {
		_, err := oauth.Post(t.Context(), client, s.URL, nil, nil)
		require.ErrorIs(t, err, oauth.ErrOutcomeUnknown)
		assert.Contains(t, err.Error(), "want no redirect")
	}
	assert.Equal(t, int32(1), other.calls.Load(), "only the other Doer went there")
}

type doer func(*http.Request) (*http.Response, error)

func (d doer) Do(r *http.Request) (*http.Response, error) { return d(r) }
