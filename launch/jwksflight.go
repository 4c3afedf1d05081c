package launch

import (
	"context"
	"time"
)

// defaultAge is how long keys are kept that come without a word on it.
const defaultAge = 10 * time.Minute

// start gives the running fetch, or a new one if that is due, or nil.
func (j *JWKS) start(due bool) <-chan struct{} { return j.flight.Start(due, j.cfg.Timeout, j.fly) }

func (j *JWKS) fly(ctx context.Context) {
	answer, err := j.fetch(ctx)
	j.land(answer, err)
	j.tell()
}

// land replaces the set whole: a key that is not in the new one is gone.
func (j *JWKS) land(answer published, err *Error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.reason = err; err != nil {
		j.when.Failed()
	} else {
		j.set = answer.set
		j.when.Fetched(answer.age, j.cfg.MaxStale)
	}
	j.judge(j.when.Read())
	if err == nil || len(answer.exposed) > 0 {
		j.expose(answer.exposed)
	}
	j.flight.Land()
}
