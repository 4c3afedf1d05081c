package launch_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/hti"
)

func unbase64(t testing.TB, s string) []byte {
	t.Helper()
	data, err := base64.RawURLEncoding.DecodeString(s)
	require.NoError(t, err)
	return data
}

// The default durations: 10 min MaxAge and MaxStale, 5 min MaxToken, 10 s Skew.
const (
	ringLead  = 20*time.Minute + 10*time.Second
	ringKeep  = 25*time.Minute + 10*time.Second
	ringEvery = 30 * 24 * time.Hour
)

func TestARingGoesThroughItsPhasesToTheMicrosecond(t *testing.T) {
	c := &ringClock{ringStart}
	ring := newRing(t, launch.KeyRingConfig{Store: launch.NewMemoryKeys(), Now: c.at(0)})
	tick(t, ring)
	require.Equal(t, "active pending", phases(ring))
	states := ring.States()
	assert.Equal(t, ringStart.Add(ringEvery), states[1].Signs)
	assert.Equal(t, states[1].Signs, states[0].Retires)
	assert.Equal(t, states[1].Signs.Add(ringKeep), states[0].Leaves)
	for _, step := range []struct {
		at   time.Duration
		want string
	}{
		{ringEvery - time.Microsecond, "active pending"}, {ringEvery, "retiring active pending"},
		{ringEvery + ringKeep - time.Microsecond, "retiring active pending"}, {ringEvery + ringKeep, "active pending"},
	} {
		c.now = ringStart.Add(step.at)
		tick(t, ring)
		assert.Equal(t, step.want, phases(ring), step.at)
	}
}

// The next key signs no earlier than everybody has it.
func TestAKeySignsWhenEverybodyHasIt(t *testing.T) {
	c := &ringClock{ringStart}
	ring := newRing(t, launch.KeyRingConfig{Store: launch.NewMemoryKeys(), Now: c.at(0)})
	tick(t, ring)
	old, next := kidIn(t, ring, launch.KeyActive), kidIn(t, ring, launch.KeyPending)
	at, err := ring.Rotate(t.Context())
	require.NoError(t, err)
	assert.Equal(t, ringStart.Add(ringLead), at)
	for _, step := range []struct {
		at   time.Duration
		want string
	}{{ringLead - time.Microsecond, old}, {ringLead, next}} {
		c.now = ringStart.Add(step.at)
		tick(t, ring)
		assert.Equal(t, step.want, kidOf(t, signNow(t, ring, c.now)), step.at)
	}
	c.pass(ringLead)
	tick(t, ring)
	at, err = ring.Rotate(t.Context())
	require.NoError(t, err)
	assert.Equal(t, c.now, at, "published long enough")
}

// client keeps a set for as long as Cache-Control says, never asks in between,
// and checks with what it has.
type client struct {
	handlers []http.Handler
	fetches  int
	until    time.Time
	keys     *launch.StaticKeys
}

func (c *client) has(t testing.TB, now time.Time, kid string) bool {
	t.Helper()
	if !now.Before(c.until) {
		w := ask(c.handlers[c.fetches%len(c.handlers)], http.MethodGet, "")
		c.fetches++
		require.Equal(t, http.StatusOK, w.Code)
		var age int
		_, err := fmt.Sscanf(w.Header().Get("Cache-Control"), "public, max-age=%d", &age)
		require.NoError(t, err)
		c.keys, err = launch.ParseStaticKeys(w.Body.Bytes())
		require.NoError(t, err)
		c.until = now.Add(time.Duration(age) * time.Second)
	}
	_, err := c.keys.Key(t.Context(), kid)
	return err == nil
}

// A hundred rotations on two nodes, of which one hears of news late and whose
// clocks differ, each as soon as the ring allows; clients that fetch at all times
// of the interval. Every message can be checked by every client from when it is
// signed until it ends.
func TestNoClientMeetsAMessageItCannotCheck(t *testing.T) {
	c := &ringClock{ringStart}
	cfg := launch.KeyRingConfig{Store: launch.NewMemoryKeys(), Algorithm: "EdDSA", Now: c.at(-5 * time.Second)}
	early := cfg
	early.Now = c.at(5 * time.Second)
	nodes := []*launch.KeyRing{newRing(t, cfg), newRing(t, early)}
	tick(t, nodes...)
	c.pass(5 * time.Second)
	var clients []*client
	for i := range 5 {
		first, second := nodes[i%2].Handler(), nodes[(i+1)%2].Handler()
		clients = append(clients, &client{handlers: []http.Handler{first, second}, until: ringStart.Add(time.Duration(2*i) * time.Minute)})
		require.True(t, clients[i].has(t, c.now.Add(time.Hour), kidIn(t, nodes[0], launch.KeyActive)))
		clients[i].until = ringStart.Add(time.Duration(2*i) * time.Minute)
	}
	used := map[string]bool{}
	underWay := map[string]time.Time{} // kid: when the last message with it ends
	const step = 30 * time.Second
	for i := 0; len(used) <= 100; i++ {
		require.Less(t, i, 101*45)
		if i%2 == 0 {
			_, err := nodes[0].Rotate(t.Context())
			require.NoError(t, err)
		}
		if i%20 == 0 { // just within MaxStale
			tick(t, nodes[1])
		}
		for _, node := range nodes {
			token, err := node.Sign("JWT", payloadUntil(c.now.Add(4*time.Minute)))
			require.NoError(t, err)
			kid := kidOf(t, token)
			used[kid], underWay[kid] = true, c.now.Add(4*time.Minute)
		}
		for kid, end := range underWay {
			if c.now.After(end) {
				delete(underWay, kid)
			}
			for n, client := range clients {
				require.True(t, c.now.After(end) || client.has(t, c.now, kid), "client %d, step %d, %d keys used", n, i, len(used))
			}
		}
		c.pass(step)
	}
	for _, client := range clients {
		assert.Greater(t, client.fetches, 200)
	}
	assert.LessOrEqual(t, len(nodes[0].States()), 4, "old keys go")
}

// A node that has not heard of a rotation signs with the old key for MaxStale.
// What it signs last can be checked until it ends, by whoever fetches then, and
// with the time that clocks may differ.
func TestTheOldKeyStaysForTheLateNode(t *testing.T) {
	c := &ringClock{ringStart}
	cfg := launch.KeyRingConfig{Store: launch.NewMemoryKeys(), Now: c.at(0)}
	a, late := newRing(t, cfg), newRing(t, cfg)
	tick(t, a)
	c.pass(ringLead)
	tick(t, a, late)
	_, err := a.Rotate(t.Context())
	require.NoError(t, err)
	c.pass(10 * time.Minute)
	last, err := late.Sign("JWT", payloadUntil(c.now.Add(5*time.Minute)))
	require.NoError(t, err)
	require.NotEqual(t, kidIn(t, a, launch.KeyActive), kidOf(t, last))
	c.pass(5*time.Minute + 10*time.Second)
	tick(t, a)
	assert.Contains(t, kidsOf(t, a.Handler()), kidOf(t, last))
	record, _, err := cfg.Store.Load(t.Context())
	require.NoError(t, err)
	assert.Equal(t, 2, strings.Count(string(record), `\"d\"`), "the old key's private part is forgotten: of three keys, two sign")
}

// N67: If-None-Match on our key set, HEAD, POST.
func TestMatrixN67(t *testing.T) {
	c := &ringClock{ringStart}
	ring := newRing(t, launch.KeyRingConfig{Store: launch.NewMemoryKeys(), Now: c.at(0), MaxAge: 7 * time.Minute})
	h := ring.Handler()
	w := ask(h, http.MethodGet, "")
	assert.Equal(t, http.StatusServiceUnavailable, w.Code, "before the first Tick")
	assert.Equal(t, "no-store", w.Header().Get("Cache-Control"))
	assert.Equal(t, http.StatusMethodNotAllowed, ask(h, http.MethodPost, "").Code)
	tick(t, ring)
	w = ask(h, http.MethodGet, "")
	require.Equal(t, http.StatusOK, w.Code)
	assert.Equal(t, "application/jwk-set+json", w.Header().Get("Content-Type"))
	assert.Equal(t, "public, max-age=420", w.Header().Get("Cache-Control"))
	etag, length := w.Header().Get("ETag"), w.Body.Len()
	require.NotEmpty(t, etag)
	assert.NotContains(t, w.Body.String(), `"d"`)
	w = ask(h, http.MethodGet, etag)
	assert.Equal(t, http.StatusNotModified, w.Code)
	assert.Zero(t, w.Body.Len())
	assert.Equal(t, "public, max-age=420", w.Header().Get("Cache-Control"))
	w = ask(h, http.MethodHead, "")
	assert.Equal(t, http.StatusOK, w.Code)
	assert.Zero(t, w.Body.Len())
	assert.Equal(t, fmt.Sprint(length), w.Header().Get("Content-Length"))
	for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodOptions} {
		w = ask(h, method, "")
		assert.Equal(t, http.StatusMethodNotAllowed, w.Code, method)
		assert.Equal(t, "GET, HEAD", w.Header().Get("Allow"), method)
	}
	_, err := ring.Revoke(t.Context(), kidIn(t, ring, launch.KeyPending))
	require.NoError(t, err)
	w = ask(h, http.MethodGet, etag)
	assert.Equal(t, http.StatusOK, w.Code, "another set has another ETag")
}

// N68: a message signed one second after the rotation, and one signed just
// before it by the old key: both pass, with the set from before and after.
func TestMatrixN68(t *testing.T) {
	c := &ringClock{ringStart}
	ring := newRing(t, launch.KeyRingConfig{Store: launch.NewMemoryKeys(), Now: c.at(0)})
	tick(t, ring)
	change := ring.States()[1].Signs
	c.now = change.Add(-time.Second)
	tick(t, ring)
	before := ask(ring.Handler(), http.MethodGet, "").Body.Bytes()
	old := mint(t, ring, c)
	c.now = change.Add(time.Second)
	tick(t, ring)
	after := ask(ring.Handler(), http.MethodGet, "").Body.Bytes()
	young := mint(t, ring, c)
	require.NotEqual(t, kidOf(t, old), kidOf(t, young))
	for _, set := range [][]byte{before, after} {
		for _, token := range []string{old, young} {
			assert.NoError(t, accepts(t, set, token, c.now))
		}
	}
}

// N69: two nodes, one of which has rotated: the set of either node checks the
// messages of both.
func TestMatrixN69(t *testing.T) {
	c := &ringClock{ringStart}
	cfg := launch.KeyRingConfig{Store: launch.NewMemoryKeys(), Now: c.at(0)}
	a, b := newRing(t, cfg), newRing(t, cfg)
	tick(t, a, b)
	c.pass(ringLead)
	tick(t, a, b)
	_, err := a.Rotate(t.Context())
	require.NoError(t, err)
	fromA, fromB := mint(t, a, c), mint(t, b, c)
	require.NotEqual(t, kidOf(t, fromA), kidOf(t, fromB), "b has not heard of it")
	for _, node := range []*launch.KeyRing{a, b} {
		set := ask(node.Handler(), http.MethodGet, "").Body.Bytes()
		for _, token := range []string{fromA, fromB} {
			assert.NoError(t, accepts(t, set, token, c.now))
		}
	}
	tick(t, b)
	assert.Equal(t, kidOf(t, fromA), kidOf(t, mint(t, b, c)))
}

// mint signs a launch with a ring, through a portal.
func mint(t testing.TB, ring *launch.KeyRing, c *ringClock) string {
	t.Helper()
	portal, err := hti.NewPortal(hti.PortalConfig{Issuer: "https://portal.example", Key: ring, Now: c.at(0)})
	require.NoError(t, err)
	out, err := portal.Mint(hti.Message{Audience: "https://tool.example", Lifetime: 5 * time.Minute,
		Actor: launch.Party{Type: "Patient", ID: "7f0b6c1e9a"}, Task: launch.Party{Type: "Task", ID: "task-1"}})
	require.NoError(t, err)
	return out.Token()
}

// accepts is what a tool says that has this key set.
func accepts(t testing.TB, set []byte, token string, now time.Time) error {
	t.Helper()
	keys, err := launch.ParseStaticKeys(set)
	require.NoError(t, err)
	profile, err := hti.New(hti.Config{Audience: "https://tool.example", Issuers: []hti.Issuer{{ID: "https://portal.example", Keys: keys}}})
	require.NoError(t, err)
	_, _, err = profile.Accept(t.Context(), map[string][]string{"token": {token}}, now)
	return err
}

func TestRevokeIsAtOnceAndTheNextKeyIsReady(t *testing.T) {
	c := &ringClock{ringStart}
	cfg := launch.KeyRingConfig{Store: launch.NewMemoryKeys(), Now: c.at(0)}
	a, b := newRing(t, cfg), newRing(t, cfg)
	tick(t, a, b)
	c.pass(ringLead)
	tick(t, a, b)
	stolen, next := kidIn(t, a, launch.KeyActive), kidIn(t, a, launch.KeyPending)
	trusted, err := a.Revoke(t.Context(), stolen)
	require.NoError(t, err)
	assert.Equal(t, c.now.Add(ringLead), trusted)
	assert.Equal(t, next, kidOf(t, signNow(t, a, c.now)))
	assert.NotContains(t, kidsOf(t, a.Handler()), stolen)
	tick(t, b)
	assert.Equal(t, next, kidOf(t, signNow(t, b, c.now)))
	assert.NotContains(t, kidsOf(t, b.Handler()), stolen)
	assert.Equal(t, "gone active pending", phases(a))
	again, err := b.Revoke(t.Context(), stolen)
	require.NoError(t, err)
	assert.Equal(t, trusted, again)
	_, err = a.Revoke(t.Context(), "nobody")
	require.ErrorIs(t, err, launch.ErrNoSuchKey)

	_, err = a.Revoke(t.Context(), next)
	require.NoError(t, err)
	_, err = a.Sign("JWT", payloadUntil(c.now))
	require.ErrorIs(t, err, launch.ErrNoSigningKey, "nobody goes back to an old key, and nobody has the third yet")
	c.pass(ringLead)
	tick(t, a)
	assert.NotEmpty(t, signNow(t, a, c.now))
	c.pass(ringKeep)
	tick(t, a)
	assert.Equal(t, "active pending", phases(a), "revoked keys are forgotten")
}

func TestAKeyThatMustBeRegisteredWaitsForAHuman(t *testing.T) {
	c := &ringClock{ringStart}
	ring := newRing(t, launch.KeyRingConfig{Store: launch.NewMemoryKeys(), Now: c.at(0), Confirm: true})
	tick(t, ring)
	require.Equal(t, "pending", phases(ring))
	assert.True(t, ring.States()[0].Waits)
	_, err := ring.Sign("JWT", payloadUntil(c.now))
	require.ErrorIs(t, err, launch.ErrNoSigningKey)
	jwk, err := json.Marshal(ring.Keys()[0])
	require.NoError(t, err, "to be registered")
	assert.NotContains(t, string(jwk), `"d"`)
	require.ErrorIs(t, ring.Confirm(t.Context(), "nobody"), launch.ErrNoSuchKey)
	first := ring.Keys()[0].ID()
	require.NoError(t, ring.Confirm(t.Context(), first))
	require.Equal(t, "active pending", phases(ring))
	second := kidIn(t, ring, launch.KeyPending)

	c.pass(2 * ringEvery)
	tick(t, ring)
	assert.Equal(t, first, kidOf(t, signNow(t, ring, c.now)), "the rotation waits")
	_, err = ring.Rotate(t.Context())
	require.ErrorIs(t, err, launch.ErrNoSigningKey)
	require.NoError(t, ring.Confirm(t.Context(), second))
	assert.Equal(t, second, kidOf(t, signNow(t, ring, c.now)))
	changed := ring.States()[1].Signs
	c.pass(time.Minute)
	require.NoError(t, ring.Confirm(t.Context(), second))
	assert.Equal(t, changed, ring.States()[1].Signs, "a second time changes nothing")
}

func TestAKeyThatIsPublishedAlreadyGoesOn(t *testing.T) {
	key, err := launch.GenerateSigningKey()
	require.NoError(t, err)
	ring := newRing(t, launch.KeyRingConfig{Store: launch.NewMemoryKeys(), First: key, Confirm: true, Now: (&ringClock{ringStart}).at(0)})
	tick(t, ring)
	assert.Equal(t, key.Public().ID(), kidOf(t, signNow(t, ring, ringStart)))
}

func TestARingThatKnowsTooLittleDoesNothing(t *testing.T) {
	c := &ringClock{ringStart}
	store := &flaky{KeyStore: launch.NewMemoryKeys()}
	ring := newRing(t, launch.KeyRingConfig{Store: store, Now: c.at(0)})
	_, err := ring.Sign("JWT", payloadUntil(c.now))
	require.ErrorIs(t, err, launch.ErrKeysStale)
	assert.Empty(t, ring.States())
	assert.Empty(t, ring.Keys())
	tick(t, ring)
	store.down.Store(true)
	c.pass(10 * time.Minute)
	require.ErrorIs(t, ring.Tick(t.Context()), errRingStore)
	assert.NotEmpty(t, signNow(t, ring, c.now))
	assert.Equal(t, http.StatusOK, ask(ring.Handler(), http.MethodGet, "").Code)
	for _, d := range []time.Duration{time.Microsecond, -ringEvery} {
		c.pass(d)
		_, err = ring.Sign("JWT", payloadUntil(c.now))
		require.ErrorIs(t, err, launch.ErrKeysStale)
		assert.Equal(t, http.StatusServiceUnavailable, ask(ring.Handler(), http.MethodGet, "").Code)
	}
	store.down.Store(false)
	tick(t, ring)
	assert.Equal(t, http.StatusOK, ask(ring.Handler(), http.MethodGet, "").Code)
}

// A message that outlives its key could not be checked.
func TestAMessageThatLivesTooLongIsNotSigned(t *testing.T) {
	c := &ringClock{ringStart}
	ring := newRing(t, launch.KeyRingConfig{Store: launch.NewMemoryKeys(), Now: c.at(0)})
	tick(t, ring)
	for _, payload := range []string{`{}`, `{"exp":"1"}`, `[]`, ``, `{"exp":1,"exp":2}`, string(payloadUntil(c.now.Add(301 * time.Second)))} {
		_, err := ring.Sign("JWT", []byte(payload))
		require.ErrorIs(t, err, launch.ErrTokenLife, payload)
	}
	_, err := ring.Sign("JWT", payloadUntil(c.now.Add(300*time.Second)))
	require.NoError(t, err)
}

// A shorter MaxAge on one node does not shorten what another one promised.
func TestWhatWasPromisedIsKept(t *testing.T) {
	c := &ringClock{ringStart}
	cfg := launch.KeyRingConfig{Store: launch.NewMemoryKeys(), Now: c.at(0)}
	long := cfg
	long.MaxAge, long.MaxStale = time.Hour, time.Minute
	tick(t, newRing(t, long))
	short := newRing(t, cfg)
	tick(t, short)
	_, err := short.Revoke(t.Context(), kidIn(t, short, launch.KeyPending))
	require.NoError(t, err)
	at, err := short.Rotate(t.Context())
	require.NoError(t, err)
	assert.Equal(t, ringStart.Add(time.Hour+10*time.Minute+10*time.Second), at)
}

func TestManyNodesStartAtOnceWithTheSameKeys(t *testing.T) {
	store := launch.NewMemoryKeys()
	rings := make([]*launch.KeyRing, 8)
	var all sync.WaitGroup
	for i := range rings {
		rings[i] = newRing(t, launch.KeyRingConfig{Store: store, Now: (&ringClock{ringStart}).at(0)})
		all.Go(func() { assert.NoError(t, rings[i].Tick(t.Context())) })
	}
	all.Wait()
	for _, r := range rings {
		assert.Equal(t, rings[0].States(), r.States())
		assert.Len(t, r.Keys(), 2)
	}
}

// Nothing of a private key is printed, logged, served, or in an error.
func TestPrivateKeysStayInside(t *testing.T) {
	key, err := launch.GenerateSigningKey()
	require.NoError(t, err)
	jwk, err := key.PrivateJWK()
	require.NoError(t, err)
	var private struct{ D string }
	require.NoError(t, json.Unmarshal(jwk, &private))
	require.Len(t, private.D, 43)
	store := launch.NewMemoryKeys()
	ring := newRing(t, launch.KeyRingConfig{Store: store, First: key, Now: (&ringClock{ringStart}).at(0)})
	tick(t, ring)
	record, revision, err := store.Load(t.Context())
	require.NoError(t, err)
	require.Contains(t, string([]byte(record)), private.D, "what the test looks for")
	sealed, err := launch.SealKeys(launch.NewMemoryKeys(), []byte("a long passphrase"))
	require.NoError(t, err)
	require.NoError(t, sealed.Save(t.Context(), record, 0))

	var out bytes.Buffer
	holder := struct {
		Ring   *launch.KeyRing
		Record launch.KeyRecord
		hidden *launch.KeyRing
	}{ring, record, ring}
	log := slog.New(slog.NewJSONHandler(&out, nil))
	for _, x := range []any{ring, store, record, sealed, holder, &holder, ring.States(), ring.Keys(), ring.Handler()} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%x", "%d", "%q"} {
			fmt.Fprintf(&out, verb+"\n", x)
		}
		text, _ := json.Marshal(x)
		out.Write(text)
		log.Info("x", "x", x)
	}
	out.Write(ask(ring.Handler(), http.MethodGet, "").Body.Bytes())
	damaged := bytes.Replace(record, []byte(`"kid":"`), []byte(`"kid":"x`), 1)
	require.NoError(t, store.Save(t.Context(), damaged, revision))
	err = ring.Tick(t.Context())
	require.ErrorIs(t, err, launch.ErrKeyRecord)
	fmt.Fprintf(&out, "%v %+v %#v", err, err, err)
	for _, secret := range []string{private.D, fmt.Sprintf("%x", private.D), fmt.Sprintf("%x", unbase64(t, private.D)), `"d"`, "a long passphrase"} {
		assert.NotContains(t, out.String(), secret)
	}
}

func TestRecordsThatCannotBeRead(t *testing.T) {
	for name, record := range map[string]string{
		"damaged": `{"version":1`, "newer": `{"version":2,"schedule":{"maxAge":1,"maxStale":1,"maxToken":1,"skew":1},"keys":[]}`,
		"sealed": "eyJhbGciOiJQ.a.b.c.d", "member of a newer program": `{"version":1,"next":1}`, "empty": "",
		"key without public part": `{"version":1,"keys":[{"kid":"a","signs":1}]}`,
	} {
		t.Run(name, func(t *testing.T) {
			store := launch.NewMemoryKeys()
			require.NoError(t, store.Save(t.Context(), launch.KeyRecord(record), 0))
			require.ErrorIs(t, newRing(t, launch.KeyRingConfig{Store: store}).Tick(t.Context()), launch.ErrKeyRecord)
			_, revision, err := store.Load(t.Context())
			require.NoError(t, err)
			assert.EqualValues(t, 1, revision, "nothing is written over it")
		})
	}
}

func TestKeyRingConfigFaults(t *testing.T) {
	_, err := launch.NewKeyRing(launch.KeyRingConfig{Algorithm: "HS256", MaxAge: time.Second, MaxToken: -1, Skew: 2 * time.Hour, MaxStale: -1, RotateEvery: 1})
	require.Error(t, err)
	for _, field := range []string{"Store", "Algorithm", "MaxAge", "MaxToken", "Skew", "MaxStale", "RotateEvery"} {
		assert.ErrorContains(t, err, "field "+field)
	}
	_, err = launch.NewKeyRing(launch.KeyRingConfig{})
	require.EqualError(t, err, "launch: invalid KeyRingConfig: field Store is nil")
	_, err = launch.NewKeyRing(launch.KeyRingConfig{Store: (*launch.MemoryKeys)(nil)})
	require.EqualError(t, err, "launch: invalid KeyRingConfig: field Store is nil")
}

func TestRunTicksUntilTheContextEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log bytes.Buffer
		store := &flaky{KeyStore: launch.NewMemoryKeys()}
		ring := newRing(t, launch.KeyRingConfig{Store: store, RotateEvery: 30 * time.Minute, Logger: slog.New(slog.NewTextHandler(&log, nil))})
		go ring.Run(t.Context())
		time.Sleep(32 * time.Minute) // a fake clock's
		synctest.Wait()
		assert.Equal(t, "retiring active pending", phases(ring))
		store.down.Store(true)
		time.Sleep(2 * time.Minute)
		synctest.Wait()
		assert.Contains(t, log.String(), "level=WARN")
	})
}
