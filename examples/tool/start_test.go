package main

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What is printed is what a newcomer opens.
func TestPrintsWhereToStart(t *testing.T) {
	file := write(t, `{"addr":"127.0.0.1:0","baseURL":"http://localhost:4010/","registrations":[`+strings.Replace(helse, "https://a.example", "http://127.0.0.1:1", 1)+`]}`)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	out, in := io.Pipe()
	ended := make(chan int, 1)
	go func() {
		ended <- run(ctx, []string{"-config", file}, in)
		_ = in.Close()
	}()
	var said []string
	for lines := bufio.NewScanner(out); lines.Scan(); {
		said = append(said, lines.Text())
		if strings.Contains(lines.Text(), "citizens start it") {
			stop()
		}
	}
	assert.Equal(t, 0, <-ended)
	assert.Contains(t, strings.Join(said, "\n"), "Helsenorge cannot be used now", "it starts all the same")
	assert.Contains(t, said, "tool: citizens start it at http://localhost:4010/uthopp/start")
}

func TestOtherNamesOfThisMachine(t *testing.T) {
	const asked = "/uthopp/start?task=58c1&a=b%26c"
	cases := []struct{ name, base, method, host, want string }{
		{"number", "http://localhost:4010", "GET", "127.0.0.1:4010", "http://localhost:4010" + asked},
		{"number of IPv6", "http://localhost:4010/", "GET", "[::1]:4010", "http://localhost:4010" + asked},
		{"name", "http://127.0.0.1:4010", "GET", "localhost:4010", "http://127.0.0.1:4010" + asked},
		{"the same", "http://localhost:4010", "GET", "localhost:4010", ""},
		{"another port", "http://localhost:4010", "GET", "127.0.0.1:4011", ""},
		{"another machine", "http://localhost:4010", "GET", "tool.example:4010", ""},
		{"no such host", "http://localhost:4010", "GET", "a/b@127.0.0.1:4010", ""},
		{"a form", "http://localhost:4010", "POST", "127.0.0.1:4010", ""},
		{"https", "https://tool.example", "GET", "127.0.0.1", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			w, r := httptest.NewRecorder(), httptest.NewRequestWithContext(t.Context(), c.method, asked, nil)
			r.Host = c.host
			atBase(c.base, http.NotFoundHandler()).ServeHTTP(w, r)
			assert.Equal(t, c.want, w.Header().Get("Location"))
			if c.want == "" {
				assert.Equal(t, http.StatusNotFound, w.Code, "the login's own answer")
			}
		})
	}
	require.NotEmpty(t, cases)
}
