package helseid_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/internal/jose"
	"github.com/verktoykatalog/verktoy/launch/helseid"
)

// R1 to R7 of facts/security.md 2.4.

// served is a stub behind a real server, with the client's own transport.
func served(t *testing.T, edits ...func(*helseid.Config)) (*stub, *helseid.Client) {
	t.Helper()
	s := newStub()
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	s.issuer, s.apiHost = server.URL, strings.TrimPrefix(server.URL, "http://")
	return s, s.client(t, append([]func(*helseid.Config){func(c *helseid.Config) { c.HTTP, c.AllowLoopback = nil, true }}, edits...)...)
}

func drop(w http.ResponseWriter, _ *http.Request) {
	c, _, err := http.NewResponseController(w).Hijack()
	if err == nil {
		_ = c.Close()
	}
}

func hang(_ http.ResponseWriter, r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body)
	<-r.Context().Done()
}

func status(code int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
}

func TestR1_OneDeliveryAndOutcomeUnknown(t *testing.T) {
	for _, method := range []string{"POST", "PATCH"} {
		for name, answer := range map[string]http.HandlerFunc{"500": status(500), "503": status(503), "reset after read": drop, "time-out": hang} {
			t.Run(method+" "+name, func(t *testing.T) {
				s, c := served(t)
				_, _, err := do(t, c, s.request(t, "GET")) // so that there is a token
				require.NoError(t, err)
				s.onAPI = answer
				ctx, cancel := context.WithTimeout(t.Context(), time.Second)
				defer cancel()
				_, _, err = do(t, c, s.request(t, method).WithContext(ctx))
				require.ErrorIs(t, err, helseid.ErrOutcomeUnknown)
				assert.Equal(t, 2, s.calls)
				assert.Empty(t, s.wrong)
			})
		}
	}
}

func TestR2_WithIdempotencyKey(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, effects := newStub(), map[string]int{}
		s.onAPI = func(w http.ResponseWriter, r *http.Request) {
			if key := r.Header.Get("Idempotency-Key"); effects[key] == 0 {
				effects[key]++
			}
			w.WriteHeader(500)
		}
		_, _, err := do(t, s.client(t), s.request(t, "POST", "Idempotency-Key", "k1"))
		require.ErrorIs(t, err, helseid.ErrOutcomeUnknown)
		assert.Equal(t, 5, s.calls)
		assert.Equal(t, map[string]int{"k1": 1}, effects)
		assert.Empty(t, s.wrong)
	})
}

func TestR3_SafeRequestsAreRepeated(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, events := newStub(), map[string]int{}
		s.onAPI = func(w http.ResponseWriter, r *http.Request) {
			if events[r.Header.Get("nhn-event-id")]++; s.calls < 3 {
				w.WriteHeader(503)
			}
		}
		began := time.Now()
		code, _, err := do(t, s.client(t), s.request(t, "GET"))
		require.NoError(t, err)
		assert.Equal(t, 200, code)
		assert.Equal(t, 3, s.calls)
		assert.Less(t, time.Since(began), 30*time.Second)
		assert.Len(t, events, 1, "one identifier for all attempts")
		for id, n := range events {
			assert.Equal(t, 3, n)
			assert.Len(t, id, 36)
		}
	})
}

func TestEventHeaderByAnotherNameOrNone(t *testing.T) {
	for header, want := range map[string]string{"x-correlation": "X-Correlation", "-": ""} {
		s := newStub()
		var seen http.Header
		s.onAPI = func(_ http.ResponseWriter, r *http.Request) { seen = r.Header }
		_, _, err := do(t, s.client(t, func(c *helseid.Config) { c.EventHeader = header }), s.request(t, "GET"))
		require.NoError(t, err)
		assert.Empty(t, seen.Get("nhn-event-id"))
		assert.Equal(t, want != "", want != "" && seen.Get(want) != "")
	}
}

func TestR4_RetryAfterBeyondTheDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStub()
		s.onAPI = func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", "3600")
			w.WriteHeader(503)
		}
		began := time.Now()
		_, _, err := do(t, s.client(t), s.request(t, "GET"))
		var e *helseid.Error
		require.ErrorAs(t, err, &e)
		assert.Equal(t, []any{503, 1, time.Hour}, []any{e.Status, e.Attempts, e.RetryAfter})
		assert.Contains(t, err.Error(), "1h0m0s")
		assert.Zero(t, time.Since(began), "at once")
	})
}

// R5: the canary is in path, query, header, body, token, descriptions and answers.
func TestR5_NothingIsTold(t *testing.T) {
	for name, edit := range map[string]func(*stub){
		"good":         func(*stub) {},
		"API 500":      func(s *stub) { s.onAPI = status(500) },
		"API 503":      func(s *stub) { s.onAPI = status(503) },
		"API 403":      func(s *stub) { s.onAPI = status(403) },
		"API reset":    func(s *stub) { s.onAPI = drop },
		"API not HTTP": func(s *stub) { s.onAPI = notHTTP },
		"token 400":    func(s *stub) { s.onToken = func(w http.ResponseWriter, _ *http.Request) { reply(w, 400, canary) } },
		"token not HTTP": func(s *stub) {
			s.onToken = notHTTP
		},
		"token nonsense": func(s *stub) {
			s.onToken = func(w http.ResponseWriter, _ *http.Request) {
				reply(w, 200, map[string]any{canary: canary, "token_type": canary})
			}
		},
		"rejected":    func(s *stub) { s.answer = map[string]any{"rejected_scope": canary} },
		"unknown key": func(s *stub) { s.keys = func(string) *jose.Key { return nil } },
	} {
		t.Run(name, func(t *testing.T) {
			var log bytes.Buffer
			s, c := served(t, func(c *helseid.Config) {
				c.Timeout = 300 * time.Millisecond
				c.Logger = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug, AddSource: true}))
			})
			edit(s)
			for _, method := range []string{"GET", "POST"} {
				_, _, _ = do(t, c, s.request(t, method)) // do looks at the error
			}
			require.NoError(t, c.Close())
			assert.NotEmpty(t, log.String())
			assert.NotContains(t, log.String(), canary)
			assert.NotContains(t, log.String(), "eyJ", "no assertion and no proof")
			assert.NotContains(t, log.String(), "connect/token")
		})
	}
}

func notHTTP(w http.ResponseWriter, _ *http.Request) {
	c, _, err := http.NewResponseController(w).Hijack()
	if err == nil {
		_, _ = io.WriteString(c, canary+" "+canary+"\r\n\r\n")
		_ = c.Close()
	}
}

func TestR6_RedirectsAreNotFollowed(t *testing.T) {
	var elsewhere atomic.Int32
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { elsewhere.Add(1) }))
	defer other.Close()
	for name, location := range map[string]string{"other host": other.URL, "loop": "", "http": "http://api.example/"} {
		t.Run(name, func(t *testing.T) {
			s, c := served(t)
			s.onAPI = func(w http.ResponseWriter, r *http.Request) {
				http.Redirect(w, r, location, http.StatusTemporaryRedirect)
			}
			code, _, err := do(t, c, s.request(t, "POST", "X-Api-Key", canary))
			require.NoError(t, err)
			assert.Equal(t, http.StatusTemporaryRedirect, code)
			assert.Equal(t, 1, s.calls)
		})
	}
	assert.Zero(t, elsewhere.Load())
}

type doer func(*http.Request) (*http.Response, error)

func (d doer) Do(r *http.Request) (*http.Response, error) { return d(r) }

// A Doer that follows redirects cannot be told; its answer from elsewhere is refused.
func TestR6_AnAnswerFromElsewhere(t *testing.T) {
	s := newStub()
	c := s.client(t, func(c *helseid.Config) {
		c.HTTP = doer(func(r *http.Request) (*http.Response, error) {
			resp, err := s.Do(r)
			if r.URL.Host == s.apiHost {
				resp.Request = httptest.NewRequest("GET", "https://evil.example/"+canary, nil)
			}
			return resp, err
		})
	})
	_, _, err := do(t, c, s.request(t, "POST"))
	require.ErrorIs(t, err, helseid.ErrOutcomeUnknown)
	assert.Contains(t, err.Error(), "want no redirect")
}

// A token goes to the listed hosts alone.
func TestR6_OnlyListedHosts(t *testing.T) {
	s := newStub()
	c := s.client(t, func(c *helseid.Config) { c.APIs = append(c.APIs, "Other.example:8443") })
	for address, allowed := range map[string]bool{
		"https://api.example/":            true,
		"https://API.example:443/":        true,
		"https://other.example:8443/":     true,
		"https://other.example/":          false,
		"https://api.example:8443/":       false,
		"https://api.example.evil.no/":    false,
		"https://evil.no/api.example":     false,
		"https://helseid.example/":        false,
		"https://user@api.example/":       false,
		"http://api.example/":             false,
		"http://127.0.0.1/":               false,
		"ftp://api.example/":              false,
		"//api.example/":                  false,
		"/" + canary:                      false,
		"https:api.example/" + canary:     false,
		"https://api.example@evil.no/":    false,
		"https://evil.no#@api.example/":   false,
		"https://evil.no\\@api.example/a": false,
	} {
		r, err := http.NewRequestWithContext(t.Context(), "GET", address, nil)
		if err != nil {
			continue // net/http refuses it already
		}
		calls := s.calls
		_, _, err = do(t, c, r)
		if allowed {
			require.NoError(t, err, address)
			continue
		}
		require.ErrorIs(t, err, helseid.ErrNotAllowed, address)
		assert.Equal(t, calls, s.calls)
	}
	r := s.request(t, "POST")
	r.Host = "evil.example"
	body := &closing{Reader: strings.NewReader("")}
	r.Body = body
	_, _, err := do(t, c, r)
	require.ErrorIs(t, err, helseid.ErrNotAllowed)
	assert.True(t, body.closed)
	_, _, err = do(t, c, &http.Request{Header: http.Header{}})
	require.ErrorIs(t, err, helseid.ErrNotAllowed)
	assert.Empty(t, s.wrong)
}

type closing struct {
	io.Reader
	closed bool
}

func (c *closing) Close() error { c.closed = true; return nil }

func TestR7_AnswersAreBounded(t *testing.T) {
	const size = 10 << 20
	for name, answer := range map[string]http.HandlerFunc{
		"64 MiB": func(w http.ResponseWriter, _ *http.Request) { flood(w, 64<<20) },
		"chunks without end": func(w http.ResponseWriter, r *http.Request) {
			for r.Context().Err() == nil {
				flood(w, 1<<20)
			}
		},
		"gzip bomb": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			z := gzip.NewWriter(w)
			flood(z, 64<<20)
			_ = z.Close()
		},
	} {
		t.Run(name, func(t *testing.T) {
			s, c := served(t)
			s.onAPI = answer
			resp, err := c.Do(s.request(t, "GET"))
			require.NoError(t, err)
			n, err := io.Copy(io.Discard, resp.Body)
			require.ErrorIs(t, err, helseid.ErrTooLarge)
			assert.EqualValues(t, size, n)
			require.NoError(t, resp.Body.Close())
		})
	}
	t.Run("slow", func(t *testing.T) {
		s, c := served(t, func(c *helseid.Config) { c.Timeout = 300 * time.Millisecond })
		s.onAPI = func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.WriteString(w, "a")
			_ = http.NewResponseController(w).Flush()
			hang(w, r)
		}
		_, _, err := do(t, c, s.request(t, "GET"))
		require.ErrorIs(t, err, context.DeadlineExceeded)
	})
}

func flood(w io.Writer, n int) {
	block := bytes.Repeat([]byte("a"), 64<<10)
	for ; n > 0; n -= len(block) {
		if _, err := w.Write(block); err != nil {
			return
		}
	}
}
