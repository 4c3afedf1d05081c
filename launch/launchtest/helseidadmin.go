package launchtest

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/verktoykatalog/verktoy/internal/jose"
)

// RotateKeys signs with a new key from now on. The old ones stay published. The
// error is one of making the key.
func (h *HelseID) RotateKeys() error {
	signer, err := jose.Generate("ES256")
	if err != nil {
		return fmt.Errorf("launchtest: %w", err)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.keys = append(h.keys, signer)
	return nil
}

// Now is the simulator's time: the config's clock, moved by [HelseID.MoveClock].
func (h *HelseID) Now() time.Time {
	h.mu.Lock()
	offset := h.offset
	h.mu.Unlock()
	return h.cfg.Now().Add(offset)
}

// MoveClock moves the simulator's clock, and not the config's, by so much more.
func (h *HelseID) MoveClock(by time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.offset += by
}

// ExpireTokens makes all tokens that were issued until now expired for the APIs, whatever their exp says.
func (h *HelseID) ExpireTokens() {
	h.mu.Lock()
	defer h.mu.Unlock()
	clear(h.live)
}

// firstTime remembers an id. Ids are kept for as long as the simulator.
func (h *HelseID) firstTime(parts ...string) bool {
	key := strings.Join(parts, "\x00")
	h.mu.Lock()
	defer h.mu.Unlock()
	used := h.used[key]
	h.used[key] = true
	return !used
}

// helseIDPlan is what goes wrong, and when.
type helseIDPlan struct {
	mu      sync.Mutex
	answers map[HelseIDEndpoint][]http.Handler
	delays  map[HelseIDEndpoint]time.Duration
}

// Fail answers the next requests to an endpoint with a status and no more.
// What they bring is judged and used up before, but no token is issued and no
// protected handler is reached: who sends it again sends it twice.
func (h *HelseID) Fail(e HelseIDEndpoint, times, status int) {
	h.Answer(e, times, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) }))
}

// Answer is [HelseID.Fail] with an answer of your own. One that panics with
// [http.ErrAbortHandler] ends the connection without an answer.
func (h *HelseID) Answer(e HelseIDEndpoint, times int, answer http.Handler) {
	h.plan.mu.Lock()
	defer h.plan.mu.Unlock()
	if h.plan.answers == nil {
		h.plan.answers = map[HelseIDEndpoint][]http.Handler{}
	}
	for range times {
		h.plan.answers[e] = append(h.plan.answers[e], answer)
	}
}

// Slow makes an endpoint wait before it answers, until the request's context ends at most. Zero ends that.
func (h *HelseID) Slow(e HelseIDEndpoint, wait time.Duration) {
	h.plan.mu.Lock()
	defer h.plan.mu.Unlock()
	if h.plan.delays == nil {
		h.plan.delays = map[HelseIDEndpoint]time.Duration{}
	}
	h.plan.delays[e] = wait
}

// answered waits and answers as planned. It says whether there is nothing more to answer.
func (p *helseIDPlan) answered(e HelseIDEndpoint, w http.ResponseWriter, r *http.Request) bool {
	wait, answer := p.take(e)
	if wait > 0 && !pause(r.Context(), wait) {
		return true
	}
	if answer == nil {
		return false
	}
	answer.ServeHTTP(w, r)
	return true
}

func (p *helseIDPlan) take(e HelseIDEndpoint) (time.Duration, http.Handler) {
	p.mu.Lock()
	defer p.mu.Unlock()
	planned := p.answers[e]
	if len(planned) == 0 {
		return p.delays[e], nil
	}
	p.answers[e] = planned[1:]
	return p.delays[e], planned[0]
}
