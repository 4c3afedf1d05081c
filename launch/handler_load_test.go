package launch_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

// hurried is a server on this machine whose time for headers is short.
func hurried(t testing.TB, h http.Handler) *httptest.Server {
	server := httptest.NewUnstartedServer(h)
	server.Config.ReadHeaderTimeout = 300 * time.Millisecond
	server.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	server.Start()
	t.Cleanup(server.Close)
	return server
}

// quiet makes the tool fit for many callers at once.
func (x *tool) quiet() *tool {
	x.Logger = nil
	x.OnLaunch = func(w http.ResponseWriter, _ *http.Request, _ *launch.Launch) { w.WriteHeader(http.StatusSeeOther) }
	return x
}

// postTo sends the message over the network and gives the status.
func postTo(client *http.Client, address, token string) (int, error) {
	resp, err := client.PostForm(address, url.Values{"token": {token}})
	if err != nil {
		return 0, err
	}
	defer func() { _ = resp.Body.Close() }()
	_, err = io.Copy(io.Discard, resp.Body)
	return resp.StatusCode, err
}

func staying() *http.Client {
	return &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 100},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// slow sends the beginning and then a byte every 50 ms, until the server ends
// it. It gives the answer's status line, "" if the server just closed.
func slow(ctx context.Context, address, beginning string) (string, error) {
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", strings.TrimPrefix(address, "http://"))
	if err != nil {
		return "", err
	}
	defer func() { _ = conn.Close() }()
	if _, err := io.WriteString(conn, beginning); err != nil {
		return "", err
	}
	answered := make(chan string, 1)
	go func() {
		line, _ := bufio.NewReader(conn).ReadString('\n')
		answered <- strings.TrimSpace(line)
	}()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case line := <-answered:
			return line, nil
		case <-tick.C:
			_, _ = conn.Write([]byte("a"))
		}
	}
}

// Rows E-5 and L3: connections that send a byte at a time are cut, and nobody else notices.
func TestE5_L3_SlowConnections(t *testing.T) {
	x := newTool(t).quiet()
	x.ReadTimeout = 300 * time.Millisecond
	server := hurried(t, x.handler(t))
	const connections = 500
	before := runtime.NumGoroutine()
	var all sync.WaitGroup
	var begun, timedOut, closed atomic.Int32
	for n := range connections {
		beginning := "POST /launch HTTP/1.1\r\nHost: tool.example\r\nX-Slow: "
		if n%2 == 0 {
			beginning = "POST /launch HTTP/1.1\r\nHost: tool.example\r\nContent-Type: " + formType + "\r\nContent-Length: 60000\r\n\r\ntoken="
		}
		all.Go(func() {
			begun.Add(1)
			line, err := slow(t.Context(), server.URL, beginning)
			assert.NoError(t, err)
			switch line {
			case "HTTP/1.1 408 Request Timeout":
				timedOut.Add(1)
			case "":
				closed.Add(1)
			default:
				assert.Fail(t, "an answer", line)
			}
		})
	}
	for begun.Load() < connections {
		runtime.Gosched()
	}
	client := staying()
	for range 50 {
		status, err := postTo(client, server.URL, x.portal.Good())
		require.NoError(t, err)
		require.Equal(t, http.StatusSeeOther, status)
	}
	all.Wait()
	assert.Equal(t, int32(connections), timedOut.Load()+closed.Load())
	assert.Greater(t, timedOut.Load(), int32(connections/4), "bodies, but for answers that the closing overtook")
	client.CloseIdleConnections()
	goroutinesBackTo(t, before+5)
}

// junk is what people send to see what happens.
func junk(n int) string {
	switch n % 4 {
	case 0:
		return "token=" + strings.Repeat("a", 60_000)
	case 1:
		return "token=eyJhbGciOiJub25lIn0.e30."
	case 2:
		return "token=" + strings.Repeat(".", 10_000)
	}
	return strings.Repeat("a=b&", 2_000)
}

// Row L2: 40 who send garbage refuse nobody else.
func TestL2_GarbageRefusesNobody(t *testing.T) {
	x := newTool(t).quiet()
	h := x.handler(t)
	var done atomic.Bool
	var sent atomic.Int32
	var all sync.WaitGroup
	for n := range 40 {
		all.Go(func() {
			for k := n; !done.Load(); k++ {
				w := serve(h, request("POST", "https://tool.example/launch", junk(k)))
				assert.Contains(t, []int{400, 403, 413}, w.Code)
				sent.Add(1)
			}
		})
	}
	for range 50 {
		assert.Equal(t, http.StatusSeeOther, post(h, x.portal.Good()).Code)
	}
	for sent.Load() < 40 {
		runtime.Gosched()
	}
	done.Store(true)
	all.Wait()
}

// Row L4: ten minutes of launches by the tool's clock; the heap of the last is that of the second.
func TestL4_HeapIsFlat(t *testing.T) {
	at := start
	clock := func() time.Time { return at }
	x := newTool(t).quiet()
	p := launchtest.NewPortal(t, launchtest.Config{Now: clock})
	i := &issuer{at: start, status: 200, body: string(p.JWKS()), cache: "max-age=60"}
	x.Profiles = []launch.Profile{x.profile(t, i.jwks(t))}
	x.Now, x.Replay = clock, launch.NewMemoryReplay(launch.MemoryReplayConfig{Now: clock})
	h := x.handler(t)
	var heaps []uint64
	for range 10 {
		for n := range 150 {
			at = at.Add(400 * time.Millisecond)
			i.pass(400 * time.Millisecond)
			require.Equal(t, http.StatusSeeOther, post(h, p.Good()).Code)
			require.NotEqual(t, http.StatusSeeOther, serve(h, request("POST", "https://tool.example/launch", junk(n))).Code)
		}
		heaps = append(heaps, heap())
	}
	assert.GreaterOrEqual(t, i.calls.Load(), int32(10), "keys fetched again and again")
	assert.LessOrEqual(t, float64(heaps[9]), 1.1*float64(heaps[1]), "%v", heaps)
	assert.LessOrEqual(t, heaps[9], heaps[1]+1<<20, "%v", heaps)
}

// Row L5: the server is told to stop in the load. Every launch that was accepted is answered.
func TestL5_ShutdownAnswersTheAccepted(t *testing.T) {
	x := newTool(t).quiet()
	var accepted, answered atomic.Int32
	stopping, busy := make(chan struct{}), make(chan struct{})
	x.OnLaunch = func(w http.ResponseWriter, _ *http.Request, _ *launch.Launch) {
		switch n := accepted.Add(1); {
		case n == 201:
			close(busy)
			fallthrough
		case n > 201:
			<-stopping // in the middle of it when the server is told
		}
		w.WriteHeader(http.StatusSeeOther)
	}
	server := httptest.NewServer(x.handler(t))
	defer server.Close()
	server.Config.RegisterOnShutdown(func() { close(stopping) })
	var all sync.WaitGroup
	client := staying()
	for range 8 {
		all.Go(func() {
			for {
				status, err := postTo(client, server.URL, x.portal.Good())
				if err != nil {
					return // the server is gone
				}
				assert.Equal(t, http.StatusSeeOther, status)
				answered.Add(1)
			}
		})
	}
	<-busy
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	require.NoError(t, server.Config.Shutdown(ctx))
	all.Wait()
	assert.GreaterOrEqual(t, accepted.Load(), int32(201))
	assert.Equal(t, accepted.Load(), answered.Load())
}

// Row L1: launches over real connections, four workers and a fresh message each.
func BenchmarkL1_Launches(b *testing.B) { launches(b, 0) }

// Row L2: the same while 40 connections send garbage.
func BenchmarkL2_LaunchesAmongGarbage(b *testing.B) { launches(b, 40) }

func launches(b *testing.B, garbage int) {
	x := newTool(b).quiet()
	x.Replay = launch.NewMemoryReplay(launch.MemoryReplayConfig{Max: 10_000_000, Now: now})
	server := httptest.NewServer(x.handler(b))
	defer server.Close()
	ctx, cancel := context.WithCancel(b.Context())
	var noise sync.WaitGroup
	for n := range garbage {
		noise.Go(func() { sendJunk(ctx, server.URL, n) })
	}
	tokens := make([]string, b.N)
	for n := range tokens {
		tokens[n] = x.portal.Good()
	}
	took := make([]time.Duration, b.N)
	client := staying()
	var next atomic.Int64
	var workers sync.WaitGroup
	b.ResetTimer()
	for range 4 {
		workers.Go(func() {
			for n := next.Add(1) - 1; n < int64(b.N); n = next.Add(1) - 1 {
				begin := time.Now()
				if status, err := postTo(client, server.URL, tokens[n]); err != nil || status != http.StatusSeeOther {
					b.Errorf("status %d, %v", status, err)
				}
				took[n] = time.Since(begin)
			}
		})
	}
	workers.Wait()
	b.StopTimer()
	cancel()
	noise.Wait()
	report(b, took)
}

func sendJunk(ctx context.Context, address string, n int) {
	client := staying()
	defer client.CloseIdleConnections()
	for k := n; ctx.Err() == nil; k++ {
		r, err := http.NewRequestWithContext(ctx, http.MethodPost, address, strings.NewReader(junk(k)))
		if err != nil {
			return
		}
		r.Header.Set("Content-Type", formType)
		if resp, err := client.Do(r); err == nil {
			_, _ = io.Copy(io.Discard, resp.Body)
			_ = resp.Body.Close()
		}
	}
}

func report(b *testing.B, took []time.Duration) {
	slices.Sort(took)
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "launches/s")
	for _, percent := range []int{50, 99} {
		b.ReportMetric(float64(took[(len(took)-1)*percent/100].Microseconds()), fmt.Sprintf("p%d-µs", percent))
	}
}

// What a refusal costs beside an accepted launch, without the network.
func BenchmarkRefusal(b *testing.B) {
	x := newTool(b).quiet()
	h := x.handler(b)
	garbage := request("POST", "https://tool.example/launch", "").Header
	for n, name := range []string{"60 kB", "alg none", "dots", "many fields"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				r := request("POST", "https://tool.example/launch", junk(n))
				r.Header = garbage
				serve(h, r)
			}
		})
	}
	b.Run("accepted", func(b *testing.B) {
		tokens := make([]string, 0, 100_000)
		for range cap(tokens) {
			tokens = append(tokens, x.portal.Good())
		}
		n := 0
		for b.Loop() {
			post(h, tokens[n%len(tokens)])
			n++
		}
	})
}
