package launchtest

import (
	"context"
	"net/http"
	"time"
)

// trouble is what the tests ordered. Whoever uses it holds the lock.
type trouble struct {
	delays   map[Endpoint]time.Duration
	failures map[Endpoint]failure
	bad      map[Misbehaviour]int // how often it shows again; negative: always
}

type failure struct{ status, times int }

func newTrouble() trouble {
	return trouble{delays: map[Endpoint]time.Duration{}, failures: map[Endpoint]failure{}, bad: map[Misbehaviour]int{}}
}

// Delay makes an endpoint slow: it waits before it looks at a request, or until
// the request's context ends. Zero ends that. The wait is real time (or that of
// a synctest bubble), whatever the provider's clock says. It panics on an unknown endpoint.
func (h *Helsenorge) Delay(e Endpoint, d time.Duration) {
	e.mustBe()
	h.mu.Lock()
	defer h.mu.Unlock()
	h.trouble.delays[e] = d
}

func (h *Helsenorge) delayed(ctx context.Context, e Endpoint) error {
	h.mu.Lock()
	d := h.trouble.delays[e]
	h.mu.Unlock()
	if d <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return ctx.Err()
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Fail makes an endpoint answer so many of the next requests with a status, 400
// to 599. Where a client assertion is wanted, it is checked and used up before
// that. Zero times ends it. It panics on an unknown endpoint and another status.
func (h *Helsenorge) Fail(e Endpoint, status, times int) {
	e.mustBe()
	if status < 400 || status > 599 {
		panic("launchtest: a failure with a status that is not 400 to 599")
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.trouble.failures[e] = failure{status, times}
}

func (e Endpoint) mustBe() {
	if !e.known() {
		panic("launchtest: no such endpoint of Helsenorge")
	}
}

func (e Endpoint) known() bool { return paths[e] != "" }

// ordered is the failure that was ordered for this request, if any.
func (h *Helsenorge) ordered(e Endpoint) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	f := h.trouble.failures[e]
	if f.times <= 0 {
		return nil
	}
	f.times--
	h.trouble.failures[e] = f
	code := map[int]string{http.StatusBadRequest: "invalid_request", http.StatusUnauthorized: "invalid_client", http.StatusForbidden: "access_denied",
		http.StatusServiceUnavailable: "temporarily_unavailable"}[f.status]
	setDefault(&code, "server_error")
	return refuse(f.status, code, "no failure, which was ordered")
}

// Misbehave makes the provider break these rules from now on, and no others:
// without arguments it behaves again. It panics on one that it does not know.
func (h *Helsenorge) Misbehave(how ...Misbehaviour) {
	h.mu.Lock()
	defer h.mu.Unlock()
	clear(h.trouble.bad)
	for _, m := range how {
		if !m.known() {
			panic("launchtest: no such misbehaviour of Helsenorge")
		}
		h.trouble.bad[m] = -1
		if m == BadPARFailsOnce {
			h.trouble.bad[m] = 1
		}
	}
}

// misbehaves says whether a rule is to be broken now.
func (h *Helsenorge) misbehaves(m Misbehaviour) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	n := h.trouble.bad[m]
	if n > 0 {
		h.trouble.bad[m]--
	}
	return n != 0
}
