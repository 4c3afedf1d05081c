package retrying_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/internal/outbound"
	"github.com/verktoykatalog/verktoy/internal/retrying"
)

const canary = "kanarifugl"

// answer is what an attempt meets.
type answer func(*http.Request) (*http.Response, error)

// stub answers attempts one after the other; the last answer stays.
type stub struct {
	answers []answer
	seen    []*http.Request
	bodies  []string
	at      []time.Time
}

func (s *stub) Do(r *http.Request) (*http.Response, error) {
	s.seen, s.at = append(s.seen, r), append(s.at, time.Now())
	if r.Body != nil {
		data, _ := io.ReadAll(r.Body)
		s.bodies = append(s.bodies, string(data))
	}
	return s.answers[min(len(s.seen), len(s.answers))-1](r)
}

func status(code int, header ...string) answer {
	return func(r *http.Request) (*http.Response, error) {
		h := http.Header{}
		for i := 0; i < len(header); i += 2 {
			h.Add(header[i], header[i+1])
		}
		return &http.Response{StatusCode: code, Header: h, Body: io.NopCloser(strings.NewReader(canary)), Request: r}, nil
	}
}

func failing(err error) answer {
	return func(*http.Request) (*http.Response, error) { return nil, err }
}

func hanging(r *http.Request) (*http.Response, error) {
	<-r.Context().Done()
	return nil, outbound.Cut(r.Context().Err())
}

var (
	reset   = failing(outbound.Cut(errors.New("reset by peer, " + canary)))
	foreign = failing(errors.New(canary))
	refused = failing(&outbound.Fault{What: "no connection", NotSent: true})
)

func client(t *testing.T, next outbound.Doer, edits ...func(*retrying.Config)) *retrying.Client {
	t.Helper()
	cfg := retrying.Config{Next: next, EventHeader: "nhn-event-id", Event: func() string { return "event-1" }}
	for _, edit := range edits {
		edit(&cfg)
	}
	c, err := retrying.New(cfg)
	require.NoError(t, err)
	return c
}

func request(t *testing.T, method string, header ...string) *http.Request {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, "https://api.example/"+canary+"?"+canary, strings.NewReader(canary))
	require.NoError(t, err)
	r.Header.Set("Authorization", canary)
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	return r
}

// do is one call in a bubble of its own, where time passes by itself.
func do(t *testing.T, s *stub, r *http.Request, edits ...func(*retrying.Config)) (code int, took time.Duration, err error) {
	t.Helper()
	began := time.Now()
	resp, err := client(t, s, edits...).Do(r)
	if err == nil {
		code = resp.StatusCode
		assert.Same(t, r, resp.Request, "not the attempt's request, which has credentials")
		_ = resp.Body.Close()
	} else {
		assert.NotContains(t, fmt.Sprintf("%v %+v", err, err), canary)
	}
	return code, time.Since(began), err
}

// R1: what may have been carried out is sent once, and the error says that nobody knows.
func TestR1_UnsafeRequestsAreSentOnce(t *testing.T) {
	for _, method := range []string{"POST", "PATCH", "PUT", "DELETE", "FOO"} {
		for name, reply := range map[string]answer{
			"500": status(500), "502": status(502), "503": status(503), "504": status(504),
			"reset": reset, "time out": hanging, "another error": foreign,
			"503 with Retry-After": status(503, "Retry-After", "1"),
		} {
			t.Run(method+" "+name, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					s := &stub{answers: []answer{reply, status(200)}}
					_, _, err := do(t, s, request(t, method))
					require.ErrorIs(t, err, retrying.ErrOutcomeUnknown)
					assert.Contains(t, err.Error(), "outcome unknown")
					assert.Len(t, s.seen, 1)
				})
			})
		}
	}
}

func TestAnswersThatAreGivenAsTheyAre(t *testing.T) {
	for _, method := range []string{"GET", "POST"} {
		for _, code := range []int{200, 204, 301, 302, 307, 400, 401, 403, 404, 408, 409, 422, 501, 505} {
			synctest.Test(t, func(t *testing.T) {
				s := &stub{answers: []answer{status(code, "Location", "https://evil.example")}}
				got, _, err := do(t, s, request(t, method))
				require.NoError(t, err)
				assert.Equal(t, code, got)
				assert.Len(t, s.seen, 1)
			})
		}
	}
}

// R2: with a key, at most five deliveries, one key, one body, one identifier.
func TestR2_WithIdempotencyKey(t *testing.T) {
	for name, reply := range map[string]answer{
		"500": status(500), "429": status(429), "reset": reset,
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := &stub{answers: []answer{reply, reply, reply, reply, status(201)}}
				code, _, err := do(t, s, request(t, "POST", "Idempotency-Key", "k1"))
				require.NoError(t, err)
				assert.Equal(t, 201, code)
				require.Len(t, s.seen, 5)
				for i, r := range s.seen {
					assert.Equal(t, "k1", r.Header.Get("Idempotency-Key"))
					assert.Equal(t, "event-1", r.Header.Get("nhn-event-id"))
					assert.Equal(t, canary, s.bodies[i])
				}
			})
		})
	}
	t.Run("never", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			s := &stub{answers: []answer{status(500)}}
			_, _, err := do(t, s, request(t, "POST", "Idempotency-Key", "k1"))
			require.ErrorIs(t, err, retrying.ErrOutcomeUnknown)
			assert.Len(t, s.seen, 5)
			var e *retrying.Error
			require.ErrorAs(t, err, &e)
			assert.Equal(t, []int{500, 5}, []int{e.Status, e.Attempts})
		})
	})
	t.Run("unknown once is unknown", func(t *testing.T) {
		for _, last := range []answer{refused, status(429)} {
			synctest.Test(t, func(t *testing.T) {
				s := &stub{answers: []answer{reset, last}}
				_, _, err := do(t, s, request(t, "POST", "Idempotency-Key", "k1"))
				require.ErrorIs(t, err, retrying.ErrOutcomeUnknown)
			})
		}
	})
	t.Run("429 alone is known", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			s := &stub{answers: []answer{status(429)}}
			code, _, err := do(t, s, request(t, "POST", "Idempotency-Key", "k1"))
			require.NoError(t, err)
			assert.Equal(t, 429, code)
		})
	})
}

// R3: two failures, then an answer; waits grow, with jitter, and stay within the deadline.
func TestR3_SafeRequestsAreRepeated(t *testing.T) {
	waits := map[time.Duration]bool{}
	for _, method := range []string{"GET", "HEAD", "OPTIONS"} {
		for name, reply := range map[string]answer{
			"503": status(503), "500": status(500), "429": status(429), "reset": reset, "another error": foreign,
		} {
			t.Run(method+" "+name, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					s := &stub{answers: []answer{reply, reply, status(200)}}
					code, took, err := do(t, s, request(t, method))
					require.NoError(t, err)
					assert.Equal(t, 200, code)
					require.Len(t, s.seen, 3)
					assert.Less(t, took, 30*time.Second)
					first, second := s.at[1].Sub(s.at[0]), s.at[2].Sub(s.at[1])
					assert.GreaterOrEqual(t, first, 100*time.Millisecond)
					assert.GreaterOrEqual(t, second, 200*time.Millisecond)
					assert.Less(t, second, 400*time.Millisecond)
					waits[first] = true
				})
			})
		}
	}
	assert.Greater(t, len(waits), 1, "jitter")
}

func TestR3_SafeRequestsGiveTheLastAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &stub{answers: []answer{status(503)}}
		code, took, err := do(t, s, request(t, "GET"))
		require.NoError(t, err)
		assert.Equal(t, 503, code)
		assert.Len(t, s.seen, 5)
		assert.Less(t, took, 5*time.Second)
	})
	synctest.Test(t, func(t *testing.T) {
		_, took, err := do(t, &stub{answers: []answer{hanging}}, request(t, "GET"))
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.NotErrorIs(t, err, retrying.ErrOutcomeUnknown, "nothing to know")
		assert.Equal(t, 30*time.Second, took, "the bound of a whole call")
	})
}

// What surely was not sent may be sent, whatever it is.
func TestUnsentRequestsAreRepeated(t *testing.T) {
	locked := errors.New("no token")
	for name, c := range map[string]struct {
		first answer
		want  int
	}{
		"no connection":   {refused, 2},
		"marked as later": {failing(retrying.Later(locked)), 2},
		"marked as final": {failing(retrying.Final(locked)), 1},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := &stub{answers: []answer{c.first, status(201)}}
				code, _, err := do(t, s, request(t, "POST"))
				assert.Len(t, s.seen, c.want)
				if c.want == 2 {
					require.NoError(t, err)
					assert.Equal(t, 201, code)
					return
				}
				require.ErrorIs(t, err, locked)
				require.NotErrorIs(t, err, retrying.ErrOutcomeUnknown)
			})
		})
	}
	synctest.Test(t, func(t *testing.T) {
		_, _, err := do(t, &stub{answers: []answer{refused}}, request(t, "POST"))
		require.Error(t, err)
		require.NotErrorIs(t, err, retrying.ErrOutcomeUnknown)
	})
}

// R4: Retry-After is honoured within the deadline; beyond it the call ends at once and names the time.
func TestR4_RetryAfter(t *testing.T) {
	date := func(d time.Duration) string { return time.Now().Add(d).UTC().Format(http.TimeFormat) }
	for name, c := range map[string]struct {
		text        func() string
		least, most time.Duration
		named       time.Duration // in the error
	}{
		"2 seconds":  {func() string { return "2" }, 2 * time.Second, 3 * time.Second, 0},
		"date":       {func() string { return date(5 * time.Second) }, 4 * time.Second, 6 * time.Second, 0},
		"date gone":  {func() string { return date(-time.Hour) }, 0, time.Second, 0},
		"0":          {func() string { return "0" }, 0, time.Second, 0},
		"-1":         {func() string { return "-1" }, 0, time.Second, 0},
		"garbage":    {func() string { return canary }, 0, time.Second, 0},
		"3600":       {func() string { return "3600" }, 0, 0, time.Hour},
		"date later": {func() string { return date(time.Hour) }, 0, 0, time.Hour},
		"endless":    {func() string { return "9223372036854775807" }, 0, 0, 365 * 24 * time.Hour},
	} {
		for _, code := range []int{503, 429} {
			t.Run(fmt.Sprint(name, " ", code), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					s := &stub{answers: []answer{status(code, "Retry-After", c.text()), status(200)}}
					_, took, err := do(t, s, request(t, "GET"))
					assert.GreaterOrEqual(t, took, c.least)
					assert.LessOrEqual(t, took, c.most)
					if c.named == 0 {
						require.NoError(t, err)
						return
					}
					var e *retrying.Error
					require.ErrorAs(t, err, &e)
					assert.Equal(t, []any{c.named, code}, []any{e.RetryAfter, e.Status})
					assert.Contains(t, err.Error(), c.named.String())
				})
			})
		}
	}
}

func TestR4_TheCallersDeadlineHolds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
		defer cancel()
		s := &stub{answers: []answer{status(503, "Retry-After", "4")}}
		_, took, err := do(t, s, request(t, "GET").WithContext(ctx))
		var e *retrying.Error
		require.ErrorAs(t, err, &e)
		assert.Equal(t, 4*time.Second, e.RetryAfter)
		assert.Zero(t, took)
	})
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		s := &stub{answers: []answer{status(503, "Retry-After", "4")}}
		_, took, err := do(t, s, request(t, "GET").WithContext(ctx))
		require.ErrorIs(t, err, context.Canceled)
		assert.Equal(t, time.Second, took, "a wait ends with the context")
	})
}

// logged is a logger of all levels, and what it wrote.
func logged() (*bytes.Buffer, func(*retrying.Config)) {
	log := &bytes.Buffer{}
	return log, func(c *retrying.Config) {
		c.Logger = slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	}
}

// R5: the canary is in path, query, header, body and answer; nothing written
// holds it. A line at Debug for every attempt, and one WARN for a call that failed.
func TestR5_LogsAndErrorsTellNothing(t *testing.T) {
	for name, c := range map[string]struct {
		reply answer
		warns string
	}{
		"answer": {status(200), ""}, "refusal": {status(403), ""},
		"503":           {status(503), "status=503"},
		"reset":         {reset, `failure="the connection broke`},
		"another error": {foreign, `failure="the connection broke`},
		"refused":       {refused, `failure="no connection; the request was not carried out (attempt 5)"`},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				log, edit := logged()
				s := &stub{answers: []answer{c.reply}}
				_, took, _ := do(t, s, request(t, "GET"), edit)
				assert.NotContains(t, log.String(), canary)
				assert.Equal(t, len(s.seen), strings.Count(log.String(), `level=DEBUG msg="attempt to call an API" method=GET host=api.example`), "a line for every attempt")
				assert.Contains(t, log.String(), "attempt=1 duration=0s event=event-1")
				lines := strings.SplitAfter(log.String(), "\n")
				last := lines[len(s.seen)]
				if c.warns == "" {
					assert.Empty(t, last)
					return
				}
				assert.Contains(t, last, `level=WARN msg="call to an API failed" method=GET host=api.example `+c.warns)
				assert.Contains(t, last, fmt.Sprintf("attempts=5 duration=%v event=event-1", took))
				assert.Len(t, lines, len(s.seen)+2, "and nothing else")
			})
		})
	}
}

func TestTheLogSaysThatNobodyKnows(t *testing.T) {
	log, edit := logged()
	_, _, err := do(t, &stub{answers: []answer{reset}}, request(t, "POST"), edit)
	require.ErrorIs(t, err, retrying.ErrOutcomeUnknown)
	assert.Contains(t, log.String(), "outcome unknown")
}

// What the text says of a request that surely was not carried out, whatever its
// method, and does not say of one that may have been.
func TestTheErrorSaysWhatIsKnown(t *testing.T) {
	for name, c := range map[string]struct {
		method  string
		answers []answer
		want    string
	}{
		"never sent":      {"POST", []answer{failing(retrying.Final(errors.New("no token")))}, "no token; the request was not carried out (attempt 1)"},
		"never sent, GET": {"GET", []answer{failing(retrying.Final(errors.New("no token")))}, "no token; the request was not carried out (attempt 1)"},
		"sent once":       {"GET", []answer{reset, failing(retrying.Final(errors.New("no token")))}, "no token (attempt 2)"},
		"POST sent":       {"POST", []answer{status(500)}, "status 500; outcome unknown (attempt 1)"},
		"429 with a long wait": {"GET", []answer{status(429, "Retry-After", "3600")},
			"status 429, the server asks to wait 1h0m0s, longer than the call may last; the request was not carried out (attempt 1)"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				_, _, err := do(t, &stub{answers: c.answers}, request(t, c.method))
				require.EqualError(t, err, c.want)
			})
		})
	}
}

// net/http takes no method for GET, and a length without a body for a mistake that it finds after it has connected.
func TestAnAttemptIsWhole(t *testing.T) {
	s := &stub{answers: []answer{status(200)}}
	r := request(t, "GET")
	r.Method, r.Body, r.GetBody, r.ContentLength = "", http.NoBody, nil, -1
	_, _, err := do(t, s, r)
	require.NoError(t, err)
	assert.Equal(t, "GET", s.seen[0].Method)
	assert.Zero(t, s.seen[0].ContentLength)
	assert.Empty(t, r.Method, "the caller's is left as it was")
}

func TestR5_ACallersIdentifierIsKeptAndNotLogged(t *testing.T) {
	log, edit := logged()
	s := &stub{answers: []answer{status(501)}}
	_, _, err := do(t, s, request(t, "GET", "nhn-event-id", canary), edit)
	require.NoError(t, err)
	assert.Equal(t, canary, s.seen[0].Header.Get("nhn-event-id"))
	assert.Equal(t, 2, strings.Count(log.String(), "\n"))
	assert.NotContains(t, log.String(), canary)
	assert.NotContains(t, log.String(), "event=")
}

// endless is a body without an end.
type endless struct{ closed bool }

func (e *endless) Read(p []byte) (int, error) { return len(p), nil }
func (e *endless) Close() error               { e.closed = true; return nil }

// R7: an answer ends at 10 MiB and with the call's time.
func TestR7_AnswersAreBounded(t *testing.T) {
	read := func(t *testing.T, from io.ReadCloser) (int64, error) {
		t.Helper()
		s := &stub{answers: []answer{func(*http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: 200, Body: from}, nil
		}}}
		resp, err := client(t, s).Do(request(t, "GET"))
		require.NoError(t, err)
		n, err := io.Copy(io.Discard, resp.Body)
		require.NoError(t, resp.Body.Close())
		require.Error(t, s.seen[0].Context().Err(), "nothing is left running")
		return n, err
	}
	n, err := read(t, io.NopCloser(io.LimitReader(&endless{}, retrying.MaxBody)))
	require.NoError(t, err)
	assert.EqualValues(t, retrying.MaxBody, n)
	for _, from := range []io.ReadCloser{&endless{}, io.NopCloser(io.LimitReader(&endless{}, retrying.MaxBody+1))} {
		n, err = read(t, from)
		require.ErrorIs(t, err, retrying.ErrTooLarge)
		assert.EqualValues(t, retrying.MaxBody, n)
	}
	_, err = read(t, io.NopCloser(io.MultiReader(strings.NewReader("a"), broken{})))
	require.ErrorContains(t, err, "connection broke")
	assert.NotContains(t, err.Error(), canary)
}

func TestR7_AnotherBound(t *testing.T) {
	s := &stub{answers: []answer{func(*http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: 200, Body: &endless{}}, nil
	}}}
	c, err := retrying.New(retrying.Config{Next: s, MaxAnswer: retrying.MaxBody + 7})
	require.NoError(t, err)
	resp, err := c.Do(request(t, "GET"))
	require.NoError(t, err)
	n, err := io.Copy(io.Discard, resp.Body)
	require.ErrorIs(t, err, retrying.ErrTooLarge)
	assert.EqualValues(t, retrying.MaxBody+7, n)
	require.NoError(t, resp.Body.Close())
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, errors.New(canary) }

func TestBodyOfARequest(t *testing.T) {
	s := &stub{answers: []answer{status(503), status(200)}}
	synctest.Test(t, func(t *testing.T) {
		r := request(t, "GET")
		from := &closing{Reader: strings.NewReader("once")}
		r.Body, r.GetBody, r.ContentLength = from, nil, -1
		_, _, err := do(t, s, r)
		require.NoError(t, err)
		assert.Equal(t, []string{"once", "once"}, s.bodies)
		assert.EqualValues(t, 4, s.seen[0].ContentLength)
		assert.True(t, from.closed)
	})
	for want, from := range map[string]io.ReadCloser{"at most 10 MiB": &endless{}, "could not be read": io.NopCloser(broken{})} {
		r := request(t, "POST")
		r.Body, r.GetBody = from, nil
		_, _, err := do(t, s, r)
		require.ErrorContains(t, err, want)
		require.NotErrorIs(t, err, retrying.ErrOutcomeUnknown)
	}
}

type closing struct {
	io.Reader
	closed bool
}

func (c *closing) Close() error { c.closed = true; return nil }

func TestDoRefuses(t *testing.T) {
	s := &stub{answers: []answer{status(200)}}
	for _, edit := range []func(*http.Request){
		func(r *http.Request) { r.URL = nil },
		func(r *http.Request) { r.URL.Host = "" },
		func(r *http.Request) { r.RequestURI = "/" + canary },
	} {
		r := request(t, "GET")
		edit(r)
		_, _, err := do(t, s, r)
		require.ErrorContains(t, err, "want a client's request")
	}
	assert.Empty(t, s.seen)
}

func TestNewRefuses(t *testing.T) {
	next := &stub{}
	for name, cfg := range map[string]retrying.Config{
		"no Next": {}, "negative": {Next: next, Timeout: -1}, "negative size": {Next: next, MaxAnswer: -1}, "no Event": {Next: next, EventHeader: "a"},
	} {
		_, err := retrying.New(cfg)
		require.ErrorContains(t, err, "retrying: want", name)
	}
}

// The caller's request is left as it was.
func TestDoDoesNotChangeTheRequest(t *testing.T) {
	r := request(t, "GET")
	before := r.Header.Clone()
	_, _, err := do(t, &stub{answers: []answer{func(r *http.Request) (*http.Response, error) {
		r.Header.Set("Authorization", "token")
		return status(200)(r)
	}}}, r)
	require.NoError(t, err)
	assert.Equal(t, before, r.Header)
}
