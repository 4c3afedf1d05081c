package launch_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/launch"
)

var ringStart = time.Date(2026, 9, 21, 8, 0, 0, 0, time.UTC)

// ringClock is a clock that tests move; nodes may look at it with an offset.
type ringClock struct{ now time.Time }

func (c *ringClock) at(off time.Duration) func() time.Time {
	return func() time.Time { return c.now.Add(off) }
}

func (c *ringClock) pass(d time.Duration) { c.now = c.now.Add(d) }

func newRing(t testing.TB, cfg launch.KeyRingConfig) *launch.KeyRing {
	t.Helper()
	ring, err := launch.NewKeyRing(cfg)
	require.NoError(t, err)
	return ring
}

func tick(t testing.TB, rings ...*launch.KeyRing) {
	t.Helper()
	for _, r := range rings {
		require.NoError(t, r.Tick(t.Context()))
	}
}

// payloadUntil is a message that ends then.
func payloadUntil(exp time.Time) []byte { return fmt.Appendf(nil, `{"exp":%d}`, exp.Unix()) }

func signNow(t testing.TB, r launch.Signer, now time.Time) string {
	t.Helper()
	token, err := r.Sign("JWT", payloadUntil(now.Add(time.Minute)))
	require.NoError(t, err)
	return token
}

// kidOf reads the kid of a message's header.
func kidOf(t testing.TB, token string) string {
	t.Helper()
	first, _, _ := strings.Cut(token, ".")
	var header struct{ Kid string }
	require.NoError(t, json.Unmarshal(unbase64(t, first), &header))
	return header.Kid
}

func phases(r *launch.KeyRing) string {
	var all []string
	for _, s := range r.States() {
		all = append(all, string(s.Phase))
	}
	return strings.Join(all, " ")
}

func kidIn(t testing.TB, r *launch.KeyRing, phase launch.KeyPhase) string {
	t.Helper()
	for _, s := range r.States() {
		if s.Phase == phase {
			return s.ID
		}
	}
	require.Fail(t, "no key is "+string(phase), phases(r))
	return ""
}

func ask(h http.Handler, method, etag string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, "/jwks.json", nil)
	if etag != "" {
		r.Header.Set("If-None-Match", etag)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// kidsOf are the kids in a published set.
func kidsOf(t testing.TB, h http.Handler) []string {
	t.Helper()
	w := ask(h, http.MethodGet, "")
	require.Equal(t, http.StatusOK, w.Code)
	var set struct{ Keys []struct{ Kid string } }
	require.NoError(t, json.Unmarshal(w.Body.Bytes(), &set))
	var kids []string
	for _, k := range set.Keys {
		kids = append(kids, k.Kid)
	}
	return kids
}

// flaky is a store that can be switched off.
type flaky struct {
	launch.KeyStore
	down atomic.Bool
}

var errRingStore = errors.New("down")

func (f *flaky) Load(ctx context.Context) (launch.KeyRecord, int64, error) {
	if f.down.Load() {
		return nil, 0, errRingStore
	}
	return f.KeyStore.Load(ctx)
}
