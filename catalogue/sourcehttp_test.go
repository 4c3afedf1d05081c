package catalogue_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/underrace"
)

// canary stands in the address and in hostile answers; nothing written holds it.
const canary = "kanarifugl"

func source(t testing.TB, h http.Handler) *catalogue.HTTPSource {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	s, err := catalogue.NewHTTPSource(catalogue.HTTPConfig{URL: server.URL + "/" + canary, AllowLoopback: true})
	require.NoError(t, err)
	return s
}

// published answers as a static file server does.
func published(header ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		for i := 0; i < len(header); i += 2 {
			w.Header()[header[i]] = []string{header[i+1]}
		}
		modified, _ := http.ParseTime(w.Header().Get("Last-Modified"))
		http.ServeContent(w, r, "catalogue.json", modified, bytes.NewReader(small))
	}
}

const (
	date   = "Sat, 31 Oct 2026 12:00:00 GMT"
	before = "Sat, 31 Oct 2026 11:59:59 GMT"
)

func TestHTTPSourceValidators(t *testing.T) {
	cases := []struct {
		name   string
		header []string
		tag    string
	}{
		{"strong", []string{"Etag", `"v1"`}, `"v1"`},
		{"weak", []string{"Etag", `W/"v1"`}, `W/"v1"`},
		{"both", []string{"Etag", `"v1"`, "Last-Modified", before, "Date", date}, `"v1"`},
		{"time", []string{"Last-Modified", before, "Date", date}, "modified " + before},
		{"time of the same second", []string{"Last-Modified", date, "Date", date}, ""},
		{"time to come", []string{"Last-Modified", date, "Date", before}, ""},
		{"none", nil, ""},
	}
	require.NotEmpty(t, cases)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := source(t, published(c.header...))
			d, tag, err := fetch(t, s, "")
			require.NoError(t, err)
			assert.Equal(t, c.tag, tag)
			assert.Len(t, d.Tools, 6)
			again, _, err := fetch(t, s, tag)
			if tag == "" {
				require.NoError(t, err)
				assert.Len(t, again.Tools, 6)
				return
			}
			require.ErrorIs(t, err, catalogue.ErrUnchanged)
			assert.Empty(t, again.Tools)
		})
	}
}

// Validators that are no use, or would be a header of their own, are not sent back.
func TestHTTPSourceIgnoresBadValidators(t *testing.T) {
	for _, etag := range []string{"v1", `"v1`, `w/"v1"`, `"a"b"`, `"` + strings.Repeat("a", 257) + `"`, "\"\xc3\xb8\"", `"a b"`} {
		_, tag, err := fetch(t, source(t, published("Etag", etag)), "")
		if etag != "v1" || err == nil { // ServeContent itself refuses none of them
			require.NoError(t, err, etag)
			assert.Empty(t, tag, etag)
		}
	}
	var seen []http.Header
	s := source(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen = append(seen, r.Header.Clone())
		_, _ = w.Write(small)
	}))
	for _, tag := range []string{"v1", "\"a\"\r\nX-Evil: 1", "modified yesterday", "sha256:00", strings.Repeat("a", 1<<20)} {
		_, _, err := fetch(t, s, tag)
		require.NoError(t, err)
	}
	require.Len(t, seen, 5)
	for _, h := range seen {
		assert.Empty(t, h.Get("If-None-Match")+h.Get("If-Modified-Since")+h.Get("X-Evil"))
	}
}

func gzipped(t testing.TB, from io.Reader) []byte {
	t.Helper()
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	_, err := io.Copy(w, from)
	require.NoError(t, err)
	require.NoError(t, w.Close())
	return out.Bytes()
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// Whatever a server answers, it is a document or an error, and no error holds what it sent or where it was asked.
func TestHTTPSourceHostileAnswers(t *testing.T) {
	size := underrace.Cases(200 << 20) // even a tenth is more than is read
	bomb := gzipped(t, io.LimitReader(zeros{}, int64(size)))
	t.Logf("%d KiB that are %d MiB", len(bomb)>>10, size>>20)
	write := func(status int, body []byte, header ...string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			for i := 0; i < len(header); i += 2 {
				w.Header().Set(header[i], header[i+1])
			}
			w.WriteHeader(status)
			_, _ = w.Write(body)
		}
	}
	cases := []struct {
		name   string
		answer http.HandlerFunc
		want   string // "" is the document
	}{
		{"gzip", write(200, gzipped(t, bytes.NewReader(small)), "Content-Encoding", "gzip"), ""},
		{"gzip bomb", write(200, bomb, "Content-Encoding", "gzip"), "too large, want at most 16 MiB"},
		{"gzip cut off", write(200, gzipped(t, bytes.NewReader(small))[:200], "Content-Encoding", "gzip"), "the connection broke"},
		{"gzip that is none", write(200, small, "Content-Encoding", "gzip"), "the connection broke"},
		{"other encoding", write(200, small, "Content-Encoding", "br"), "want an answer without a Content-Encoding"},
		{"endless", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.Copy(w, zeros{}) }, "too large, want at most 16 MiB"},
		{"shorter than said", write(200, small[:100], "Content-Length", "9999"), "the connection broke"},
		{"half", write(200, small[:100]), "not valid JSON"},
		{"login page", write(200, []byte("<html>"+canary), "Content-Type", "text/html"), "not valid JSON"},
		{"empty", write(200, nil), "not valid JSON"},
		{"twice", write(200, append(small, small...)), "something follows"},
		{"other JSON", write(200, []byte(`{"`+canary+`1":1}`)), "unknown"},
		{"304 unasked", write(304, nil), "status 304 to a question for the whole document"},
		{"redirect", write(302, nil, "Location", "https://"+canary+".example/"), "no redirect"},
		{"redirect with a document", write(301, small, "Location", "/other"), "no redirect"},
		{"300 with a document", write(300, small), "no redirect"},
		{"part", write(206, small, "Content-Range", "bytes 0-9/99"), "want status 200 or 304, not 206"},
		{"203", write(203, small), "want status 200 or 304, not 203"},
		{"404", write(404, []byte(canary)), "want status 200 or 304, not 404"},
		{"403", write(403, small), "want status 200 or 304, not 403"},
		{"429 for a day", write(429, nil, "Retry-After", "86400"), "status 429, the server asks to wait 24h0m0s"},
		{"header too large", write(200, small, "X", strings.Repeat("a", 100<<10)), "the connection broke, or the answer was not HTTP"},
		{"gone", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, "the connection broke"},
	}
	require.NotEmpty(t, cases)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel() // some are asked five times
			ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
			defer cancel()
			d, tag, err := source(t, c.answer).Fetch(ctx, "")
			if c.want == "" {
				require.NoError(t, err)
				assert.Len(t, d.Tools, 6)
				return
			}
			require.Error(t, err)
			require.ErrorContains(t, err, c.want)
			assert.Empty(t, d.Tools)
			assert.Empty(t, tag)
			if c.name != "other JSON" { // names of members are places
				assert.NotContains(t, err.Error(), canary)
			}
		})
	}
}

// stubs answers by a function; a test of time has no network.
type doer func(*http.Request) (*http.Response, error)

func (d doer) Do(r *http.Request) (*http.Response, error) { return d(r) }

func answer(r *http.Request, status int, body []byte) *http.Response {
	return &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(bytes.NewReader(body)), Request: r}
}

func TestHTTPSourceRepeats(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		calls := 0
		var log bytes.Buffer
		s, err := catalogue.NewHTTPSource(catalogue.HTTPConfig{URL: "https://api.example/" + canary, Logger: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})),
			Client: doer(func(r *http.Request) (*http.Response, error) {
				if calls++; calls < 3 {
					return answer(r, 503, nil), nil
				}
				return answer(r, 200, small), nil
			})})
		require.NoError(t, err)
		_, _, err = fetch(t, s, "")
		require.NoError(t, err)
		assert.Equal(t, 3, calls)
		assert.Contains(t, log.String(), "host=api.example")
		assert.NotContains(t, log.String(), canary)
	})
}

// The time is for the whole fetch, the body too.
func TestHTTPSourceEndsInTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, err := catalogue.NewHTTPSource(catalogue.HTTPConfig{URL: "https://api.example/", Timeout: 5 * time.Second,
			Client: doer(func(r *http.Request) (*http.Response, error) {
				resp := answer(r, 200, nil)
				resp.Body = io.NopCloser(waiting{r.Context()})
				return resp, nil
			})})
		require.NoError(t, err)
		began := time.Now()
		_, _, err = fetch(t, s, "")
		require.ErrorIs(t, err, context.DeadlineExceeded)
		assert.Equal(t, 5*time.Second, time.Since(began))
	})
}

// waiting is a body of which nothing comes.
type waiting struct{ ctx context.Context }

func (w waiting) Read([]byte) (int, error) { <-w.ctx.Done(); return 0, w.ctx.Err() }

// A client of the host's that follows redirects by itself is found out.
func TestHTTPSourceRefusesAnAnswerFromElsewhere(t *testing.T) {
	calls := 0
	s, err := catalogue.NewHTTPSource(catalogue.HTTPConfig{URL: "https://api.example/a", Client: doer(func(r *http.Request) (*http.Response, error) {
		calls++
		other, err := http.NewRequestWithContext(r.Context(), http.MethodGet, "https://"+canary+".example/a", nil)
		return answer(other, 200, small), err
	})})
	require.NoError(t, err)
	_, _, err = fetch(t, s, "")
	require.ErrorContains(t, err, "no redirect")
	assert.NotContains(t, err.Error(), canary)
	assert.Equal(t, 1, calls, "not asked again")
}

func TestNewHTTPSourceRefuses(t *testing.T) {
	for _, url := range []string{"", "http://api.example/", "http://127.0.0.1/", "https://user:pw@api.example/", "ftp://api.example/", "https:///a", "/a"} {
		_, err := catalogue.NewHTTPSource(catalogue.HTTPConfig{URL: url, Timeout: -1})
		assert.EqualError(t, err, "catalogue: invalid HTTPConfig: field URL is not an https address (http needs AllowLoopback and a loopback host); field Timeout is negative", url)
	}
}

// A variable that nobody has filled is no client: then it is the one of the package.
func TestHTTPSourceWithAClientOfNil(t *testing.T) {
	server := httptest.NewServer(published())
	defer server.Close()
	s, err := catalogue.NewHTTPSource(catalogue.HTTPConfig{URL: server.URL, Client: (*http.Client)(nil), AllowLoopback: true})
	require.NoError(t, err)
	d, _, err := s.Fetch(t.Context(), "")
	require.NoError(t, err)
	assert.NotEmpty(t, d.Tools)
}
