package launch_test

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/launch"
)

// exposed is what was told of private keys.
func (r *recorder) exposed() (kids [][]string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, c := range r.changes {
		if len(c.Exposed) > 0 {
			kids = append(kids, c.Exposed)
		}
	}
	return kids
}

const secretPart = "bm90IHNvIHNlY3JldCBhbnkgbW9yZSwgYW5kIGxvbmc"

// leaking is the key's set, and in it copies of the key under other names with
// their private part; "-" has no kid.
func leaking(t testing.TB, key launch.SigningKey, kids ...string) string {
	set := jwksOf(t, key)
	public := strings.TrimSuffix(strings.TrimPrefix(set, `{"keys":[`), `]}`)
	for _, kid := range kids {
		leaked := strings.Replace(public, key.Public().ID(), kid, 1)
		if kid == "-" {
			leaked = strings.Replace(public, `"kid"`, `"no-kid"`, 1)
		}
		set = strings.TrimSuffix(set, `]}`) + `,` + strings.TrimSuffix(leaked, `}`) + `,"d":"` + secretPart + `"}]}`
	}
	return set
}

// Rows N24 and K-8: a published private key verifies nothing, and raises an
// alarm: once, until others are there.
func TestN24_K8_PrivateKeysRaiseAnAlarm(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		key := signingKey(t)
		i, _ := newIssuer(t, key)
		alarm := &recorder{}
		j := i.jwks(t, alarm.listen)
		alarm.during = func() { _, _ = j.Key(ended(t), key.Public().ID()) }
		fetch := func(body string) {
			i.set(func(i *issuer) { i.body = body })
			i.pass(11 * time.Minute)
			has(t, j, key)
			synctest.Wait()
		}
		steps := []struct {
			name, body string
			told       int
		}{
			{"none", leaking(t, key), 0}, {"one", leaking(t, key, "a"), 1}, {"still the one", leaking(t, key, "a"), 1},
			{"another one", leaking(t, key, "a", "b"), 2}, {"one less", leaking(t, key, "b"), 3}, {"without kid", leaking(t, key, "-"), 4},
			{"a kid that is no name", leaking(t, key, strings.Repeat("k", 257)), 4}, {"none again", leaking(t, key), 4}, {"and again", leaking(t, key, "a"), 5},
		}
		for _, s := range steps {
			fetch(s.body)
			assert.Len(t, alarm.exposed(), s.told, s.name)
		}
		assert.Equal(t, [][]string{{"a"}, {"a", "b"}, {"b"}, {""}, {"a"}}, alarm.exposed())
		assert.Empty(t, alarm.states(), "the keys beside it are good")
		assert.Equal(t, launch.JWKSChange{URL: "https://portal.example/jwks", State: launch.JWKSGood, Exposed: []string{"a"}}, alarm.changes[0])
		assert.Contains(t, alarm.log.String(), `level=ERROR msg="issuer publishes private keys" url=https://portal.example/jwks kids="[a b]"`)
		assert.Equal(t, 5, strings.Count(alarm.log.String(), "level=ERROR"))
		assert.NotContains(t, alarm.log.String(), secretPart)
		_, err := j.Key(t.Context(), "a")
		require.ErrorIs(t, err, launch.KindKeyUnusable)
	})
}

// A set that is refused, for that reason or another, raises the alarm all the
// same, after what it means for the state; an issuer that is down takes nothing back.
func TestN24_K8_PrivateKeysInARefusedSet(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		key := signingKey(t)
		i, _ := newIssuer(t, key)
		alarm := &recorder{}
		j := i.jwks(t, alarm.listen)
		for name, body := range map[string]string{
			"nothing else in it": `{"keys":[` + strings.SplitN(leaking(t, key, "a"), "},", 2)[1],
			"two with one kid":   leaking(t, key, key.Public().ID()),
		} {
			before := len(alarm.changes)
			i.set(func(i *issuer) { i.body = body })
			i.pass(6 * time.Minute)
			_, err := j.Key(t.Context(), "a")
			require.Error(t, err, name)
			synctest.Wait()
			require.Greater(t, len(alarm.changes), before, name)
			last := alarm.changes[len(alarm.changes)-1]
			assert.Len(t, last.Exposed, 1, name)
			assert.Equal(t, launch.JWKSLost, last.State, name)
			require.Error(t, last.Err, name)
		}
		assert.Equal(t, []launch.JWKSState{launch.JWKSLost}, alarm.states())
		assert.Empty(t, alarm.changes[0].Exposed, "the state first")
		told := len(alarm.exposed())
		i.set(func(i *issuer) { i.err = errors.New("connection refused") })
		i.pass(6 * time.Minute)
		_, _ = j.Key(t.Context(), "a")
		i.set(func(i *issuer) { i.err = nil })
		i.pass(6 * time.Minute)
		_, _ = j.Key(t.Context(), "a")
		synctest.Wait()
		assert.Len(t, alarm.exposed(), told, "no news")
	})
}

// What the host is given is its own.
func TestExposedIsTheHostsOwn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		key := signingKey(t)
		i, _ := newIssuer(t, key)
		i.body = leaking(t, key, "a")
		calls := 0
		j := i.jwks(t, func(c *launch.JWKSConfig) {
			c.OnChange = func(change launch.JWKSChange) { calls++; change.Exposed[0] = "changed" }
		})
		for range 3 {
			has(t, j, key)
			synctest.Wait()
			i.pass(11 * time.Minute)
		}
		assert.Equal(t, 1, calls)
	})
}

// Rows N24 and K-8: keys that are given by hand are refused at once, and the place is said.
func TestN24_K8_StaticKeysTakeNoPrivateKey(t *testing.T) {
	key := signingKey(t)
	_, err := launch.ParseStaticKeys([]byte(leaking(t, key, "a", "-")))
	require.ErrorIs(t, err, launch.KindKeyUnusable)
	require.EqualError(t, err, `launch: static keys: launch: key_unusable, want public keys only, and new ones for those whose private part is here (kids ["a" ""])`)
	_, err = launch.ParseStaticKeys([]byte(leaking(t, key)))
	require.NoError(t, err)
	private, err := key.PrivateJWK()
	require.NoError(t, err)
	_, err = launch.ParseStaticKeys([]byte(`{"keys":[` + string(private) + `]}`))
	require.ErrorIs(t, err, launch.KindKeyUnusable)
	assert.NotContains(t, err.Error(), strings.SplitN(strings.SplitN(string(private), `"d":"`, 2)[1], `"`, 2)[0])
}
