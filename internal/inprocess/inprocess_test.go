package inprocess_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/internal/inprocess"
)

func client(handler http.HandlerFunc) *http.Client {
	return &http.Client{Transport: inprocess.Transport(func(*url.URL) (http.Handler, error) { return handler, nil })}
}

func TestHandlersSeeWhatAServerWouldShow(t *testing.T) {
	c := client(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		assert.NoError(t, err)
		assert.Equal(t, []string{"POST", "/a%2Fb", "/a%2Fb?c=d", "api.example", "body", "yes"},
			[]string{r.Method, r.URL.EscapedPath(), r.RequestURI, r.Host, string(body), r.Header.Get("X-Spelled")})
		assert.Empty(t, r.URL.Host)
		assert.NotNil(t, r.TLS)
		w.WriteHeader(http.StatusTeapot)
	})
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "https://api.example/a%2Fb?c=d", strings.NewReader("body"))
	require.NoError(t, err)
	r.Header["x-spelled"] = []string{"yes"}
	resp, err := c.Do(r)
	require.NoError(t, err)
	assert.Equal(t, http.StatusTeapot, resp.StatusCode)
	require.NoError(t, resp.Body.Close())
}

func TestWhatDoesNotArrive(t *testing.T) {
	none, cut := errors.New("no such address"), errors.New("cut off")
	never := func(http.ResponseWriter, *http.Request) { t.Error("arrived") }
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	cases := []struct {
		name   string
		ctx    context.Context
		client *http.Client
		body   io.Reader
		want   error
	}{
		{"no handler", t.Context(), &http.Client{Transport: inprocess.Transport(func(*url.URL) (http.Handler, error) { return nil, none })}, nil, none},
		{"given up", ended, client(never), nil, context.Canceled},
		{"broken body", t.Context(), client(never), iotest.ErrReader(cut), cut},
		{"aborted", t.Context(), client(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }), nil, io.ErrUnexpectedEOF},
	}
	require.NotEmpty(t, cases)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			r, err := http.NewRequestWithContext(c.ctx, http.MethodPost, "http://api.example/", c.body)
			require.NoError(t, err)
			_, err = c.client.Do(r)
			require.ErrorIs(t, err, c.want)
		})
	}
}

func TestAnswersThatNobodyWaitsForAreNone(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	c := client(func(http.ResponseWriter, *http.Request) { cancel() })
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://api.example/", nil)
	require.NoError(t, err)
	_, err = c.Do(r)
	require.ErrorIs(t, err, context.Canceled)
}
