package launchtest

import (
	"context"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
)

// publisher serves the portals' keys on this machine, and the attacker's. It
// counts who asks for what.
type publisher struct {
	base   string
	server *http.Server
	done   chan struct{}

	mu   sync.Mutex
	sets map[string][]byte
	hits map[string]int
	down bool
}

// trap is where an attacker's messages point to. Nobody may ever ask there.
const trap = "/attacker"

func publish(ctx context.Context, address string) (*publisher, error) {
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	p := &publisher{base: "http://" + listener.Addr().String(), done: make(chan struct{}), sets: map[string][]byte{}, hits: map[string]int{}}
	p.server = &http.Server{Handler: p, ReadHeaderTimeout: 5 * time.Second}
	go func() {
		defer close(p.done)
		_ = p.server.Serve(listener) // ends with the close
	}()
	return p, nil
}

func (p *publisher) close() {
	_ = p.server.Close()
	<-p.done
}

// put publishes a set, and gives its address.
func (p *publisher) put(path string, set []byte) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.sets[path] = set
	return p.base + path
}

// fail makes every answer a 503, or ends that.
func (p *publisher) fail(down bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.down = down
}

// asked says how often somebody asked for a path.
func (p *publisher) asked(path string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.hits[path]
}

// ServeHTTP answers with the set. Keys may be kept for a minute, the least there is.
func (p *publisher) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	set, down := p.find(r.URL.Path)
	switch {
	case down:
		http.Error(w, "unavailable", http.StatusServiceUnavailable)
	case set == nil:
		http.NotFound(w, r)
	default:
		w.Header().Set("Content-Type", "application/jwk-set+json")
		w.Header().Set("Cache-Control", "public, max-age=60")
		_, _ = w.Write(set)
	}
}

func (p *publisher) find(path string) ([]byte, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if strings.HasPrefix(path, trap) {
		path = trap
	}
	p.hits[path]++
	return p.sets[path], p.down
}
