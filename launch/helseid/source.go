package helseid

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/verktoykatalog/verktoy/internal/retrying"
)

// How long a token request may take, how soon one that failed is made again, and
// how soon a token is doubted again when a new one was refused as well.
const (
	tokenTimeout              = 20 * time.Second
	firstBackoff, lastBackoff = 250 * time.Millisecond, 30 * time.Second
	doubtInterval             = 30 * time.Second
)

// source keeps the token for one organisation. One request for it runs at a
// time, however many callers wait.
type source struct {
	*shared
	org Organisation

	mu       sync.Mutex
	token    *token
	reason   error     // why there is no newer one
	failures int       // in a row
	retry    time.Time // no request before
	doubt    time.Time // no token is given up before
	flight   chan struct{}
}

// get is have for the retrying client: its error says that nothing was sent to
// the API, and whether a moment may help.
func (s *source) get(ctx context.Context, refused *token) (*token, error) {
	t, err := s.have(ctx, refused)
	return t, marked(err)
}

// have gives a token with enough time left, and not the one that was refused. A
// caller whose context ends returns at once; the request goes on for the others.
func (s *source) have(ctx context.Context, refused *token) (*token, error) {
	t, wait, err := s.plan(refused)
	if wait == nil {
		return t, err
	}
	select {
	case <-wait:
	case <-ctx.Done():
		return nil, noToken(ctx.Err(), false)
	}
	return s.look(refused)
}

func marked(err error) error {
	var e *TokenError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &e) && e.again:
		return retrying.Later(err)
	}
	return retrying.Final(err)
}

// plan gives the token in hand, or what to wait for, or why there is neither.
func (s *source) plan(refused *token) (*token, <-chan struct{}, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.cfg.Now()
	switch {
	case s.good(now, refused):
		return s.token, nil, nil
	case s.flight == nil && now.Before(s.retry):
		return nil, nil, s.reason
	case s.flight == nil && !s.start():
		return nil, nil, noToken(errors.New("the client is closed"), false)
	}
	return nil, s.flight, nil
}

func (s *source) look(refused *token) (*token, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.good(s.cfg.Now(), refused):
		return s.token, nil
	case s.reason != nil:
		return nil, s.reason
	}
	return nil, noToken(errors.New("the token's time was over before it could be used"), true)
}

func (s *source) good(now time.Time, refused *token) bool {
	return s.token != nil && s.token != refused && now.Before(s.token.ends)
}

// start makes a request of its own, that ends with the client or its time.
func (s *source) start() bool {
	flight := make(chan struct{})
	started := s.begin(func(ctx context.Context) {
		t, err := s.request(ctx)
		s.land(t, err)
		close(flight)
	})
	if started {
		s.flight = flight
	}
	return started
}

func (s *source) land(t *token, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.flight = nil
	if err == nil {
		s.token, s.reason, s.failures, s.retry = t, nil, 0, time.Time{}
		s.cfg.Logger.Debug("access token received", "until", t.ends)
		return
	}
	s.reason, s.retry = err, time.Time{}
	s.cfg.Logger.LogAttrs(context.Background(), slog.LevelDebug, "no access token", slog.String("cause", err.Error()))
	if local := (*TokenError)(nil); errors.As(err, &local) && local.local {
		return // nobody was asked, and whoever mends it need not wait
	}
	wait := min(firstBackoff<<min(s.failures, 16), lastBackoff)
	wait += time.Duration(rand.Int64N(int64(wait) / 5)) // so that many clients do not come back together
	s.failures++
	s.retry = s.cfg.Now().Add(wait)
}

// mayDoubt says whether a token that an API refused may be the reason. Where a
// new one was refused as well, it is not, and the next is not given up so soon.
func (s *source) mayDoubt() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return !s.cfg.Now().Before(s.doubt)
}

// useless notes that a new token was refused as well.
func (s *source) useless() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.doubt = s.cfg.Now().Add(doubtInterval)
}
