package cataloguetest

import (
	"context"
	"net/http"
	"sync"
	"time"
)

// plan is what goes wrong, and when.
type plan struct {
	mu      sync.Mutex
	answers map[Operation][]planned
	delays  map[Operation]time.Duration
}

type planned struct {
	answer http.Handler
	after  bool // the request is carried out first
}

// Fail answers the next requests of an operation with a status and no more. They are not carried out.
func (a *API) Fail(op Operation, times, status int) {
	a.Answer(op, times, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) }))
}

// Answer is [API.Fail] with an answer of your own. One that panics with [http.ErrAbortHandler] ends the connection without an answer.
func (a *API) Answer(op Operation, times int, answer http.Handler) {
	a.plan.add(op, times, planned{answer: answer})
}

// Lose is [API.Answer] for requests that are carried out, and whose answer gets lost.
func (a *API) Lose(op Operation, times int, answer http.Handler) {
	a.plan.add(op, times, planned{answer: answer, after: true})
}

// Slow makes an operation wait before it does anything, until the request's context ends at most. Zero ends that.
func (a *API) Slow(op Operation, wait time.Duration) {
	a.plan.mu.Lock()
	defer a.plan.mu.Unlock()
	if a.plan.delays == nil {
		a.plan.delays = map[Operation]time.Duration{}
	}
	a.plan.delays[op] = wait
}

func (p *plan) add(op Operation, times int, one planned) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.answers == nil {
		p.answers = map[Operation][]planned{}
	}
	for range times {
		p.answers[op] = append(p.answers[op], one)
	}
}

// begin waits and answers as planned. It says whether that is all, or what is to be answered later.
func (p *plan) begin(op Operation, w http.ResponseWriter, r *http.Request) (done bool, late http.Handler) {
	wait, one := p.take(op)
	switch {
	case wait > 0 && !pause(r.Context(), wait):
		w.WriteHeader(http.StatusServiceUnavailable) // nobody listens, or the program ends
		return true, nil
	case one.answer == nil:
		return false, nil
	case one.after:
		return false, one.answer
	}
	one.answer.ServeHTTP(w, r)
	return true, nil
}

func (p *plan) take(op Operation) (time.Duration, planned) {
	p.mu.Lock()
	defer p.mu.Unlock()
	list := p.answers[op]
	if len(list) == 0 {
		return p.delays[op], planned{}
	}
	p.answers[op] = list[1:]
	return p.delays[op], list[0]
}

// pause says whether the context lasted longer.
func pause(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}
