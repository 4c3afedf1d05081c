package launch

import (
	"net/http"
	"sync/atomic"
	"time"

	"github.com/verktoykatalog/verktoy/internal/jose"
)

// publishedKeys is all that the handler knows: no private key comes near it.
type publishedKeys struct {
	now              func() time.Time
	maxAge, maxStale time.Duration
	current          atomic.Pointer[publishedSet]
}

type publishedSet struct {
	handler http.Handler
	loaded  time.Time
}

func (p *publishedKeys) publish(keys []PublicKey, loaded time.Time) error {
	list := make([]*jose.Key, len(keys))
	for i, k := range keys {
		list[i] = k.key
	}
	body, err := jose.MarshalSet(list)
	if err == nil {
		p.current.Store(&publishedSet{jwksHandler(body, p.maxAge), loaded})
	}
	return err
}

// Handler serves the published keys as a JWK Set (RFC 7517, section 5), with
// ETag and a Cache-Control of MaxAge. It answers GET and HEAD, and 503 before
// the first [KeyRing.Tick] and when the last one was longer ago than MaxStale:
// who asks then keeps what he has. One handler serves through all rotations.
func (r *KeyRing) Handler() http.Handler { return r.front }

// ServeHTTP serves the newest set.
func (p *publishedKeys) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		jwksHandler(nil, p.maxAge).ServeHTTP(w, r) // which answers 405
		return
	}
	set := p.current.Load()
	if set == nil || stale(set.loaded, p.now(), p.maxStale) {
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("Retry-After", "30")
		http.Error(w, "the keys are not available", http.StatusServiceUnavailable)
		return
	}
	set.handler.ServeHTTP(w, r)
}
