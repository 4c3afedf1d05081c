package launch_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/launch"
)

// has asks for the key and wants it.
func has(t testing.TB, j *launch.JWKS, key launch.SigningKey) {
	t.Helper()
	_, err := j.Key(t.Context(), key.Public().ID())
	require.NoError(t, err)
}

// ended is the context of a caller who does not wait.
func ended(t testing.TB) context.Context {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	return ctx
}

// together starts the callers at once and waits for them.
func together(callers int, call func(n int)) {
	var ready atomic.Int32
	var all sync.WaitGroup
	for n := range callers {
		all.Go(func() {
			for ready.Add(1); ready.Load() < int32(callers); {
				runtime.Gosched()
			}
			call(n)
		})
	}
	all.Wait()
}

func TestJ1_ColdStartFetchesOnce(t *testing.T) {
	key := signingKey(t)
	server, j := keyServer(t, jwksOf(t, key))
	var good atomic.Int32
	together(1000, func(int) {
		if _, err := j.Key(t.Context(), key.Public().ID()); err == nil {
			good.Add(1)
		}
	})
	assert.Equal(t, int32(1000), good.Load())
	assert.Equal(t, int32(1), server.calls.Load())
}

// Also row N20. One early fetch is allowed, then one per interval.
func TestJ2_UnknownKids(t *testing.T) {
	key := signingKey(t)
	i, j := newIssuer(t, key)
	has(t, j, key)
	before := i.calls.Load()
	together(100, func(n int) {
		for k := range 100 {
			i.pass(time.Millisecond)
			_, err := j.Key(t.Context(), fmt.Sprintf("kid-%d-%d", n, k))
			assert.ErrorIs(t, err, launch.KindUnknownKey)
		}
	})
	assert.Equal(t, before+1, i.calls.Load(), "10 000 kids in 10 s")
	for range 10 {
		i.pass(19*time.Second + 999*time.Millisecond)
		_, _ = j.Key(t.Context(), "another")
		i.pass(10 * time.Second)
		_, _ = j.Key(t.Context(), "another")
	}
	assert.LessOrEqual(t, i.calls.Load(), before+1+10, "one per 30 s")
	assert.GreaterOrEqual(t, i.calls.Load(), before+8, "and they come")
}

// A known kid is answered while the fetch for an unknown one runs.
func TestJ2_KnownKidsDoNotWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		key := signingKey(t)
		i, j := newIssuer(t, key)
		has(t, j, key)
		i.set(func(i *issuer) { i.hold = make(chan struct{}) })
		_, err := j.Key(ended(t), "unknown")
		require.ErrorIs(t, err, launch.KindKeysUnavailable)
		synctest.Wait()
		require.Equal(t, int32(2), i.calls.Load(), "the fetch runs")
		for range 1000 {
			_, err := j.Key(ended(t), key.Public().ID())
			require.NoError(t, err)
		}
		require.NoError(t, j.Close())
	})
}

func TestJ3_NewKeyWorksAtOnce(t *testing.T) {
	old, fresh := signingKey(t), signingKey(t)
	i, j := newIssuer(t, old)
	has(t, j, old)
	i.set(func(i *issuer) { i.body = jwksOf(t, old, fresh) })
	has(t, j, fresh)
	assert.Equal(t, int32(2), i.calls.Load(), "one more fetch")
}

func TestJ4_RemovedKeyIsGone(t *testing.T) {
	old, fresh := signingKey(t), signingKey(t)
	for name, trigger := range map[string]func(*issuer, *launch.JWKS){
		"by the new key":    func(_ *issuer, j *launch.JWKS) { has(t, j, fresh) },
		"when the age ends": func(i *issuer, _ *launch.JWKS) { i.pass(10 * time.Minute) },
	} {
		t.Run(name, func(t *testing.T) {
			i, j := newIssuer(t, old)
			has(t, j, old)
			i.set(func(i *issuer) { i.body = jwksOf(t, fresh) })
			has(t, j, old)
			trigger(i, j)
			_, err := j.Key(t.Context(), old.Public().ID())
			require.ErrorIs(t, err, launch.KindUnknownKey, "replaced, not merged")
			has(t, j, fresh)
		})
	}
}

// Also row N40, stale. No launch fails until the stale window is over.
func TestJ5_Outage(t *testing.T) {
	for window, config := range map[time.Duration]time.Duration{time.Hour: 0, 24 * time.Hour: 24 * time.Hour} {
		synctest.Test(t, func(t *testing.T) {
			key := signingKey(t)
			i, _ := newIssuer(t, key)
			j := i.jwks(t, func(c *launch.JWKSConfig) { c.MaxStale = config })
			has(t, j, key)
			i.set(func(i *issuer) { i.err = errors.New("connection refused") })
			step := 10 * time.Second
			for at := step; at < 10*time.Minute+window; at += step {
				i.pass(step)
				_, err := j.Key(t.Context(), key.Public().ID())
				require.NoError(t, err, "%s of %s", at, window)
				synctest.Wait()
			}
			i.pass(step)
			_, err := j.Key(t.Context(), key.Public().ID())
			require.ErrorIs(t, err, launch.KindKeysUnavailable)
			i.set(func(i *issuer) { i.err = nil })
			i.pass(6 * time.Minute)
			has(t, j, key)
		})
	}
}

// The tries of an outage that nobody has keys for: after a second, then twice as
// long each time, up to twenty seconds, and up to a fifth more. With keys in hand
// it goes on to five minutes: see the tests of internal/refresh.
func TestJ5_BackOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		i, j := newIssuer(t)
		i.err = errors.New("connection refused")
		want, last, fetches := time.Second, start, int32(0)
		for fetches < 15 {
			_, err := j.Key(t.Context(), "kid")
			require.ErrorIs(t, err, launch.KindKeysUnavailable)
			if n := i.calls.Load(); n > fetches && n > 1 {
				gap := i.Now().Sub(last)
				require.GreaterOrEqual(t, gap, want)
				require.LessOrEqual(t, gap, want+want/5+100*time.Millisecond)
				want = min(2*want, 20*time.Second)
			}
			if n := i.calls.Load(); n > fetches {
				fetches, last = n, i.Now()
			}
			i.pass(100 * time.Millisecond)
		}
	})
}

func TestJ6_BadAnswers(t *testing.T) {
	for name, fault := range badAnswers() {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				key := signingKey(t)
				i, _ := newIssuer(t, key)
				alarm := &recorder{}
				j := i.jwks(t, alarm.listen)
				has(t, j, key)
				i.set(fault)
				for range 69 {
					i.pass(time.Minute)
					has(t, j, key)
					synctest.Wait()
				}
				assert.Equal(t, []launch.JWKSState{launch.JWKSFailing, launch.JWKSStale}, alarm.states(), "each once")
				assert.Equal(t, 1, strings.Count(alarm.log.String(), "issuer keys not available"))
				i.pass(61 * time.Minute)
				_, err := j.Key(t.Context(), key.Public().ID())
				require.Error(t, err)
			})
		})
	}
}

func badAnswers() map[string]func(*issuer) {
	return map[string]func(*issuer){
		"down":         func(i *issuer) { i.err = errors.New("connection refused") },
		"500":          func(i *issuer) { i.status = 500 },
		"404":          func(i *issuer) { i.status = 404 },
		"redirect":     func(i *issuer) { i.status = 302 },
		"HTML":         func(i *issuer) { i.body = "<html>" },
		"empty":        func(i *issuer) { i.body = "" },
		"no keys":      func(i *issuer) { i.body = `{"keys":[]}` },
		"wrong type":   func(i *issuer) { i.body = `{"keys":{}}` },
		"unknown keys": func(i *issuer) { i.body = `{"keys":[{"kty":"XYZ","kid":"a"}]}` },
		"a list":       func(i *issuer) { i.body = `[` + i.body + `]` },
		"truncated":    func(i *issuer) { i.body = i.body[:50] },
		"too large":    func(i *issuer) { i.body += strings.Repeat(" ", 256<<10) },
		"a secret":     func(i *issuer) { i.body = `{"keys":[{"kty":"oct","k":"AAAA","kid":"x"}]}` },
		"kid twice":    func(i *issuer) { i.body = `{"keys":[` + i.body[9:len(i.body)-2] + `,` + i.body[9:] },
	}
}

// Row N40: every step of an outage is told once, in order, and may be asked about meanwhile.
func TestStaleKeysRaiseAnAlarm(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		key := signingKey(t)
		i, _ := newIssuer(t, key)
		alarm := &recorder{}
		j := i.jwks(t, alarm.listen)
		alarm.during = func() { _, _ = j.Key(ended(t), key.Public().ID()) }
		has(t, j, key)
		assert.Empty(t, alarm.states())
		i.set(func(i *issuer) { i.err = errors.New("connection refused") })
		i.pass(8 * time.Minute)
		has(t, j, key)
		synctest.Wait()
		assert.Equal(t, []launch.JWKSState{launch.JWKSFailing}, alarm.states())
		assert.NotContains(t, alarm.log.String(), "level=ERROR")
		i.pass(2 * time.Minute)
		has(t, j, key)
		synctest.Wait()
		assert.Equal(t, []launch.JWKSState{launch.JWKSFailing, launch.JWKSStale}, alarm.states(), "with the first old key")
		assert.Equal(t, launch.JWKSChange{URL: "https://portal.example/jwks", State: launch.JWKSStale,
			Until: start.Add(70 * time.Minute), Err: alarm.changes[1].Err}, alarm.changes[1])
		require.ErrorIs(t, alarm.changes[1].Err, launch.KindKeysUnavailable)
		assert.Equal(t, 1, strings.Count(alarm.log.String(), "level=ERROR"))
		assert.Contains(t, alarm.log.String(), `level=ERROR msg="old issuer keys in use" url=https://portal.example/jwks until=2026-09-21T09:10:00.000Z`)
		i.pass(time.Hour)
		_, _ = j.Key(t.Context(), key.Public().ID())
		i.set(func(i *issuer) { i.err = nil })
		i.pass(6 * time.Minute)
		has(t, j, key)
		synctest.Wait()
		assert.Equal(t, []launch.JWKSState{launch.JWKSFailing, launch.JWKSStale, launch.JWKSLost, launch.JWKSGood}, alarm.states())
		require.NoError(t, alarm.changes[3].Err)
	})
}

// A key that nobody has seen may have been published since the issuer went away.
func TestN40_UnknownKidWhileTheIssuerIsDown(t *testing.T) {
	key := signingKey(t)
	i, j := newIssuer(t, key)
	has(t, j, key)
	i.set(func(i *issuer) { i.err = errors.New("connection refused") })
	for range 200 {
		_, err := j.Key(t.Context(), "new")
		require.ErrorIs(t, err, launch.KindKeysUnavailable)
	}
	has(t, j, key)
	assert.Equal(t, int32(2), i.calls.Load())
}

func TestJ11_CacheControl(t *testing.T) {
	for header, age := range map[string]time.Duration{
		"": 10 * time.Minute, "public, max-age=120": 2 * time.Minute, "max-age=0": time.Minute, "max-age=-5": time.Minute, "MAX-AGE=\"300\"": 5 * time.Minute,
		"max-age=99999999": 24 * time.Hour, "max-age=315360000": 24 * time.Hour, "max-age=99999999999999999999": 24 * time.Hour, "max-age=x": time.Minute,
		"no-store": time.Minute, "no-cache": time.Minute, "max-age=600, no-store": time.Minute, "max-age=600 | 120": 8 * time.Minute, "max-age=600 | 99999": time.Minute,
		"max-age=600 | -5": 10 * time.Minute, "max-age=600 | x": 10 * time.Minute,
	} {
		synctest.Test(t, func(t *testing.T) {
			key := signingKey(t)
			i, j := newIssuer(t, key)
			i.cache, i.age, _ = strings.Cut(header, " | ")
			has(t, j, key)
			i.pass(age*3/4 - time.Second)
			has(t, j, key)
			synctest.Wait()
			assert.Equal(t, int32(1), i.calls.Load(), "%q: fresh", header)
			i.pass(age - age*3/4 + time.Second)
			has(t, j, key)
			assert.Equal(t, int32(2), i.calls.Load(), "%q: old", header)
		})
	}
}

func TestJ12_CallerGivesUp(t *testing.T) {
	key := signingKey(t)
	i, j := newIssuer(t, key)
	i.hold = make(chan struct{})
	_, err := j.Key(ended(t), key.Public().ID())
	require.ErrorIs(t, err, launch.KindKeysUnavailable)
	require.ErrorIs(t, err, context.Canceled)
	close(i.hold)
	has(t, j, key)
	assert.Equal(t, int32(1), i.calls.Load())
}

func TestJ14_NothingAfterClose(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // which fails if a goroutine is left
		key := signingKey(t)
		i, _ := newIssuer(t, key)
		alarm := &recorder{}
		j := i.jwks(t, alarm.listen)
		i.hold = make(chan struct{})
		_, _ = j.Key(ended(t), key.Public().ID())
		synctest.Wait()
		began := time.Now()
		require.NoError(t, j.Close())
		assert.Zero(t, time.Since(began), "the fetch was ended, not waited out")
		assert.Equal(t, []launch.JWKSState{launch.JWKSLost}, alarm.states(), "the fetch is over when Close is")
		require.NoError(t, j.Close())
		close(i.hold)
		i.pass(time.Hour)
		_, err := j.Key(t.Context(), key.Public().ID())
		require.ErrorIs(t, err, launch.KindKeysUnavailable)
		assert.Equal(t, int32(1), i.calls.Load())
	})
}

func TestJ15_RefreshWhileManyRead(t *testing.T) {
	stable, a, b := signingKey(t), signingKey(t), signingKey(t)
	i, j := newIssuer(t, stable, a)
	bodies := []string{jwksOf(t, stable, a), jwksOf(t, stable, b)}
	var done atomic.Bool
	var all sync.WaitGroup
	for range 100 {
		all.Go(func() {
			for !done.Load() {
				_, err := j.Key(t.Context(), stable.Public().ID())
				assert.NoError(t, err, "in every set")
				for _, key := range []launch.SigningKey{a, b} {
					if found, err := j.Key(t.Context(), key.Public().ID()); err == nil {
						assert.Equal(t, key.Public().ID(), found.ID())
					} else {
						assert.ErrorIs(t, err, launch.KindUnknownKey)
					}
				}
			}
		})
	}
	for n := range 100 {
		i.set(func(i *issuer) { i.body, i.at = bodies[n%2], i.at.Add(11*time.Minute) })
		has(t, j, stable)
	}
	done.Store(true)
	all.Wait()
	assert.GreaterOrEqual(t, i.calls.Load(), int32(100))
}

// Whatever the wall clock does, keys are there, fetched again in time, and not fetched again and again.
func TestJ16_ClockLeaps(t *testing.T) {
	for name, leaps := range map[string][]time.Time{
		"+2 h": {start.Add(2 * time.Hour)}, "-2 h": {start.Add(-2 * time.Hour)}, "1970": {time.Unix(0, 0)}, "year 1": {{}}, "2500": {start.AddDate(474, 0, 0)},
		"to and fro": {start.Add(2 * time.Hour), start, time.Unix(0, 0), start.AddDate(300, 0, 0), start, start.AddDate(300, 0, 0), start},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				key := signingKey(t)
				i, j := newIssuer(t, key)
				has(t, j, key)
				for _, leap := range leaps {
					i.set(func(i *issuer) { i.at = leap })
					before := i.calls.Load()
					for range 20 * 60 {
						i.pass(time.Second)
						has(t, j, key)
						synctest.Wait()
					}
					assert.GreaterOrEqual(t, i.calls.Load(), before+1, "no freeze")
					assert.LessOrEqual(t, i.calls.Load(), before+4, "no storm")
				}
			})
		})
	}
}

// The default clock, which a wall clock's leap does not touch.
func TestJ16_DefaultClock(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		key := signingKey(t)
		i, _ := newIssuer(t, key)
		j := i.jwks(t, func(c *launch.JWKSConfig) { c.Now = nil })
		has(t, j, key)
		<-time.After(10*time.Minute - time.Second)
		has(t, j, key)
		synctest.Wait()
		assert.Equal(t, int32(2), i.calls.Load(), "in the background")
	})
}
