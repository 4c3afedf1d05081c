package launch

import (
	"context"
	"math/rand/v2"
	"time"
)

// Limits on how long keys are kept without looking again, and on how soon a
// fetch that failed is tried again.
const (
	minAge, defaultAge, maxAge = time.Minute, 10 * time.Minute, 24 * time.Hour
	firstBackoff, lastBackoff  = time.Second, 5 * time.Minute
)

// start gives the running fetch, or a new one if that is due, or nil.
func (j *JWKS) start(due bool) <-chan struct{} {
	if j.flight == nil && due && !j.closed {
		ctx, cancel := context.WithTimeout(context.Background(), j.cfg.Timeout)
		j.flight, j.cancel = make(chan struct{}), cancel
		j.flights.Go(func() { j.fly(ctx, cancel) })
	}
	return j.flight
}

func (j *JWKS) fly(ctx context.Context, cancel context.CancelFunc) {
	defer cancel()
	answer, err := j.fetch(ctx)
	j.land(answer, err)
	j.tell()
}

func (j *JWKS) land(answer published, err *Error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	now := j.clock.read()
	if err != nil {
		j.failed(now, err)
	} else {
		j.fetched(now, answer)
	}
	j.judge(now)
	if err == nil || len(answer.exposed) > 0 {
		j.expose(now, answer.exposed)
	}
	close(j.flight)
	j.flight = nil
}

// fetched replaces the set whole: a key that is not in the new one is gone.
func (j *JWKS) fetched(now time.Duration, answer published) {
	j.set, j.reason, j.failures, j.retry = answer.set, nil, 0, 0
	j.refresh, j.expires, j.stale = now+answer.age*3/4, now+answer.age, now+answer.age+j.cfg.MaxStale
}

func (j *JWKS) failed(now time.Duration, err *Error) {
	wait := min(firstBackoff<<min(j.failures, 16), lastBackoff)
	wait += time.Duration(rand.Int64N(int64(wait) / 5)) // so that many tools do not come back together
	j.failures++
	j.reason, j.retry = err, now+wait
}

// steady counts the time that passed by a clock that may be put forward and
// back: a step back counts as nothing, one forward once. [time.Now] does not
// leap here at all, because its times hold the monotonic clock.
type steady struct {
	now    func() time.Time
	last   time.Time
	passed time.Duration
}

// mostStep is more than any time that is waited for.
const mostStep = maxAge + mostStale

func (s *steady) read() time.Duration {
	at := s.now()
	s.passed += min(max(at.Sub(s.last), 0), mostStep)
	s.last = at
	return s.passed
}
