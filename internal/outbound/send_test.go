package outbound_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/internal/outbound"
)

// canary stands in every part of a request and an answer; no error may hold it.
const canary = "kanarifugl"

func request(t *testing.T, ctx context.Context, address string) *http.Request {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address+"/"+canary+"?"+canary, strings.NewReader(canary))
	require.NoError(t, err)
	r.Header.Set("Authorization", canary)
	return r
}

func fault(t *testing.T, client outbound.Doer, r *http.Request) *outbound.Fault {
	t.Helper()
	resp, err := outbound.Send(client, r)
	if err == nil {
		_ = resp.Body.Close()
	}
	var f *outbound.Fault
	require.ErrorAs(t, err, &f)
	assert.NotContains(t, err.Error(), canary)
	return f
}

// raw answers every connection with the same bytes.
func raw(t *testing.T, answer string) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			_, _ = c.Read(make([]byte, 4096))
			_, _ = io.WriteString(c, answer)
			_ = c.Close()
		}
	}()
	return "http://" + l.Addr().String()
}

// silent is a client of a host that takes all requests and says nothing, without a network.
func silent() *http.Client {
	own := outbound.Transport(false)
	own.Proxy = nil
	own.DialContext = func(context.Context, string, string) (net.Conn, error) {
		near, far := net.Pipe()
		go func() { _, _ = io.Copy(io.Discard, far) }()
		return near, nil
	}
	return &http.Client{Transport: own}
}

func TestSendSaysWhatHappenedAndNothingElse(t *testing.T) {
	client := outbound.Client(time.Minute)
	untrusted := httptest.NewTLSServer(http.NotFoundHandler())
	defer untrusted.Close()
	closed := httptest.NewServer(http.NotFoundHandler())
	closed.Close()

	t.Run("not HTTP", func(t *testing.T) {
		f := fault(t, client, request(t, t.Context(), raw(t, canary+"\r\n\r\n")))
		assert.Equal(t, outbound.Fault{What: "the connection broke, or the answer was not HTTP"}, *f)
	})
	t.Run("broken off", func(t *testing.T) {
		assert.False(t, fault(t, client, request(t, t.Context(), raw(t, ""))).NotSent)
	})
	t.Run("refused", func(t *testing.T) {
		assert.Equal(t, outbound.Fault{What: "no connection", NotSent: true}, *fault(t, client, request(t, t.Context(), closed.URL)))
	})
	t.Run("untrusted", func(t *testing.T) {
		f := fault(t, client, request(t, t.Context(), untrusted.URL))
		assert.Equal(t, outbound.Fault{What: "the host's certificate is not trusted", NotSent: true}, *f)
	})
	t.Run("in time", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) { // the time passes when the host has it, not before
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			defer cancel()
			f := fault(t, silent(), request(t, ctx, "http://host.example"))
			require.ErrorIs(t, f, context.DeadlineExceeded)
			assert.Equal(t, "no answer in time", f.What)
			assert.False(t, f.NotSent, "the host had it")
		})
	})
	t.Run("given up before", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		f := fault(t, client, request(t, ctx, closed.URL))
		require.ErrorIs(t, f, context.Canceled)
		assert.True(t, f.NotSent)
	})
	t.Run("given up while dialling", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		own := outbound.Transport(false)
		own.DialContext = func(ctx context.Context, _, _ string) (net.Conn, error) {
			cancel()
			<-ctx.Done()
			return nil, errors.New(canary)
		}
		assert.True(t, fault(t, &http.Client{Transport: own}, request(t, ctx, "http://127.0.0.1:9")).NotSent)
	})
}

type doer func(*http.Request) (*http.Response, error)

func (d doer) Do(r *http.Request) (*http.Response, error) { return d(r) }

// Who is no net/http client may have sent it: nothing is known.
func TestSendWithAnotherDoer(t *testing.T) {
	body := &closing{Reader: strings.NewReader("")}
	f := fault(t, doer(func(*http.Request) (*http.Response, error) {
		return &http.Response{Body: body}, errors.New(canary)
	}), request(t, t.Context(), "https://host.example"))
	assert.False(t, f.NotSent)
	assert.True(t, body.closed, "what came with an error is closed")
	f = fault(t, doer(func(*http.Request) (*http.Response, error) { return nil, nil }), request(t, t.Context(), "https://host.example"))
	assert.Equal(t, "the client gave no answer", f.What)
}

type closing struct {
	io.Reader
	closed bool
}

func (c *closing) Close() error { c.closed = true; return nil }

func TestClientStaysWhereItWasSent(t *testing.T) {
	hops := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		hops++
		http.Redirect(w, r, "/elsewhere", http.StatusFound)
	}))
	defer server.Close()
	for _, client := range []outbound.Doer{outbound.Client(time.Minute), outbound.Staying(server.Client())} {
		resp, err := outbound.Send(client, request(t, t.Context(), server.URL))
		require.NoError(t, err)
		assert.Equal(t, http.StatusFound, resp.StatusCode)
		assert.False(t, outbound.Elsewhere(resp, server.URL+"/"+canary+"?"+canary))
		require.NoError(t, resp.Body.Close())
	}
	assert.Equal(t, 2, hops)
	followed, err := server.Client().Get(raw(t, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"))
	require.NoError(t, err)
	assert.True(t, outbound.Elsewhere(followed, server.URL))
	require.NoError(t, followed.Body.Close())
}

func TestClientCapsTheHeader(t *testing.T) {
	address := raw(t, "HTTP/1.1 200 OK\r\nX-Long: "+strings.Repeat("a", 80<<10)+"\r\n\r\n")
	assert.False(t, fault(t, outbound.Client(time.Minute), request(t, t.Context(), address)).NotSent)
}

func TestSecure(t *testing.T) {
	for address, want := range map[string][2]bool{ // without and with loopback
		"https://host.example":           {true, true},
		"https://host.example:8443/path": {true, true},
		"http://host.example":            {false, false},
		"http://127.0.0.1:8080":          {false, true},
		"http://[::1]/":                  {false, true},
		"http://localhost":               {false, true},
		"http://localhost.example":       {false, false},
		"https://user@host.example":      {false, false},
		"https://host.example/#part":     {false, false},
		"https://":                       {false, false},
		"https://:443":                   {false, false},
		"ftp://host.example":             {false, false},
		"host.example":                   {false, false},
		"":                               {false, false},
		"https://host.example\n":         {false, false},
	} {
		assert.Equal(t, want, [2]bool{outbound.Secure(address, false), outbound.Secure(address, true)}, "%q", address)
	}
}
