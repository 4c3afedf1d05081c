package launch

import (
	"context"
	"log/slog"
	"slices"
	"time"

	"github.com/verktoykatalog/verktoy/internal/refresh"
)

// JWKSState is how things stand with an issuer's keys.
type JWKSState string

// The states. A [JWKS] begins as good.
const (
	JWKSGood    JWKSState = "good"    // the issuer answered the last time it was asked
	JWKSFailing JWKSState = "failing" // it did not, and the keys from before are within their age
	JWKSStale   JWKSState = "stale"   // keys past their age are in use: somebody should look into it
	JWKSLost    JWKSState = "lost"    // there are no keys to use: launches get status 503
)

// JWKSChange says that the state of an issuer's keys is another one now, or that
// the issuer publishes private keys. It holds nothing of a launch.
type JWKSChange struct {
	// URL is the configured one.
	URL string
	// State is the new state; where Exposed is not empty, the state that lasts.
	State JWKSState
	// Until is when the keys in hand may no longer be used, for the states
	// failing and stale; else zero.
	Until time.Time
	// Err is why there are no newer keys; nil when the state is good.
	Err error
	// Exposed are the kids of keys that the issuer publishes with their private
	// part, as of now; "" is one without kid. Everybody can sign with such a key,
	// so it verifies nothing, and its messages are refused with [KindKeyUnusable];
	// but what it signed before, here or elsewhere, may be forged. Call the issuer:
	// the key must be replaced, not hidden. Told when the list becomes another
	// one and is not empty. Empty: the change is the state's.
	Exposed []string
}

// judge notes a change of the state, to be told outside the lock.
func (j *JWKS) judge(now time.Duration) (news bool) {
	state := j.stateAt(now)
	if state == j.state {
		return false
	}
	j.state = state
	j.news = append(j.news, j.change())
	return true
}

// change is how things stand.
func (j *JWKS) change() JWKSChange {
	change := JWKSChange{URL: j.cfg.URL, State: j.state}
	if j.reason != nil {
		change.Err = j.reason
	}
	if j.state == JWKSFailing || j.state == JWKSStale {
		change.Until = j.when.Ends()
	}
	return change
}

// expose notes private keys in what was fetched, to be told outside the lock.
func (j *JWKS) expose(kids []string) {
	if !slices.Equal(kids, j.exposed) && len(kids) > 0 {
		change := j.change()
		change.Exposed = slices.Clone(kids)
		j.news = append(j.news, change)
	}
	j.exposed = kids
}

func (j *JWKS) stateAt(now time.Duration) JWKSState {
	if j.when.Failures == 0 {
		return JWKSGood
	}
	switch j.when.At(now) {
	case refresh.Missing:
		return JWKSLost
	case refresh.Old:
		return JWKSStale
	}
	return JWKSFailing
}

// tell logs the changes and hands them to the host, in their order. One caller
// at a time does it for all, without the lock: the host may ask for keys meanwhile.
func (j *JWKS) tell() {
	for change, is := j.next(); is; change, is = j.next() {
		j.tellOne(change)
	}
}

func (j *JWKS) next() (JWKSChange, bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.telling || len(j.news) == 0 {
		return JWKSChange{}, false
	}
	change := j.news[0]
	j.news, j.telling = j.news[1:], true
	return change, true
}

func (j *JWKS) tellOne(change JWKSChange) {
	defer func() {
		j.mu.Lock()
		defer j.mu.Unlock()
		j.telling = false
	}()
	j.log(change)
	j.cfg.OnChange(change)
}

func (j *JWKS) log(c JWKSChange) {
	if len(c.Exposed) > 0 {
		j.cfg.Logger.Error("issuer publishes private keys", "url", c.URL, "kids", c.Exposed)
		return
	}
	level, text := slog.LevelError, "no issuer keys to use"
	switch c.State {
	case JWKSGood:
		j.cfg.Logger.Info("issuer keys available again", "url", c.URL)
		return
	case JWKSFailing:
		level, text = slog.LevelWarn, "issuer keys not available"
	case JWKSStale:
		text = "old issuer keys in use"
	}
	why := asError(c.Err, KindKeysUnavailable, "the issuer's keys")
	j.cfg.Logger.Log(context.Background(), level, text, "url", c.URL, "until", c.Until, "want", why.Want, "cause", why.Unwrap())
}
