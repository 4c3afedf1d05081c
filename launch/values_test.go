package launch_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/launch"
)

func TestLaunchAsJSON(t *testing.T) {
	l := launch.Launch{Profile: "hti", Issuer: "https://portal.example", MessageID: "m", Actor: launch.Party{Type: "Patient", ID: "7f"},
		Patient: launch.Party{Type: "Patient", ID: "7f"}, Acting: launch.ActingSelf, Task: launch.Party{ID: "58c1"},
		Assurance: launch.Bearer, Issued: start, Expires: start.Add(time.Minute)}
	data, err := json.Marshal(l)
	require.NoError(t, err)
	assert.Equal(t, `{"profile":"hti","issuer":"https://portal.example","messageId":"m","actor":"Patient/7f","patient":"Patient/7f",`+
		`"acting":"self","task":"58c1","definition":"","intent":"","assurance":"bearer",`+
		`"issued":"2026-09-21T08:00:00Z","expires":"2026-09-21T08:01:00Z"}`, string(data))
	var again launch.Launch
	require.NoError(t, json.Unmarshal(data, &again))
	assert.Equal(t, l, again)
}

func TestParseParty(t *testing.T) {
	for text, want := range map[string]launch.Party{
		"Patient/7f0b": {Type: "Patient", ID: "7f0b"}, "58c1": {ID: "58c1"}, "Task/A-1.b": {Type: "Task", ID: "A-1.b"},
	} {
		got, err := launch.ParseParty(text)
		require.NoError(t, err)
		assert.Equal(t, want, got)
		assert.Equal(t, text, got.String())
	}
	for _, text := range []string{"", "/", "Patient/", "/1", "patient/1", "Patient/1/2", "Patient/1 ", "Patient/1\n", "Patient/æ", "P/1", "https://x.example/Patient/1"} {
		_, err := launch.ParseParty(text)
		require.ErrorIs(t, err, launch.ErrParty, "%q", text)
	}
}

func TestErrorAnswersToItsKind(t *testing.T) {
	cause := errors.New("cause")
	err := fmt.Errorf("tool: %w", launch.Refuse(launch.KindReplayUnavailable, "the store", cause))
	assert.ErrorIs(t, err, launch.KindReplayUnavailable)
	assert.NotErrorIs(t, err, launch.KindReplayed)
	assert.ErrorIs(t, err, cause)
	assert.EqualError(t, err, "tool: launch: replay_unavailable, want the store: cause")
	assert.EqualError(t, launch.Refuse(launch.KindReplayed, "a new one", cause), "launch: replayed, want a new one")
	for kind, status := range map[launch.Kind]int{launch.KindMalformed: 400, launch.KindTooLarge: 413, launch.KindKeysUnavailable: 503,
		launch.KindReplayUnavailable: 503, launch.KindReplayed: 403, launch.KindExpired: 403, launch.KindIssuer: 403} {
		assert.Equal(t, status, launch.Refuse(kind, "", nil).Status(), kind)
	}
}

func TestMemoryReplayForgetsInTime(t *testing.T) {
	at := start
	m := launch.NewMemoryReplay(launch.MemoryReplayConfig{Max: 2, Now: func() time.Time { return at }})
	consume := func(id string, until time.Time) (bool, error) { return m.Consume(t.Context(), "i", id, until) }
	for _, id := range []string{"a", "b"} {
		first, err := consume(id, start.Add(time.Minute))
		require.NoError(t, err)
		require.True(t, first)
	}
	_, err := consume("c", start.Add(time.Hour))
	require.ErrorIs(t, err, launch.ErrReplayFull)
	at = start.Add(59 * time.Second)
	first, err := consume("a", start.Add(time.Minute))
	require.NoError(t, err)
	assert.False(t, first, "kept until then")
	at = start.Add(2 * time.Minute)
	first, err = consume("c", start.Add(time.Hour))
	require.NoError(t, err, "room again")
	assert.True(t, first)
	_, err = consume("d", at)
	require.Error(t, err, "until is over")
}

func TestMemoryReplayRemembersUntilTheEnd(t *testing.T) {
	for seconds := range 180 {
		at := start
		m := launch.NewMemoryReplay(launch.MemoryReplayConfig{Now: func() time.Time { return at }})
		until := start.Add(time.Duration(seconds+2) * time.Second)
		_, err := m.Consume(t.Context(), "i", "a", until)
		require.NoError(t, err)
		at = until.Add(-time.Second)
		first, err := m.Consume(t.Context(), "i", "a", until)
		require.NoError(t, err)
		require.False(t, first, "%d", seconds)
	}
}

func TestStaticKeys(t *testing.T) {
	key := signingKey(t)
	_, err := launch.NewStaticKeys()
	require.Error(t, err)
	_, err = launch.NewStaticKeys(launch.PublicKey{})
	require.Error(t, err)
	_, err = launch.NewStaticKeys(key.Public(), key.Public())
	require.Error(t, err)
	keys, err := launch.NewStaticKeys(key.Public())
	require.NoError(t, err)
	_, err = keys.Key(t.Context(), "")
	require.ErrorIs(t, err, launch.KindUnknownKey, "the key has a kid, so messages must name it")
	_, err = launch.ParsePublicKey([]byte(`{"kty":"oct","k":"AAAA"}`))
	require.ErrorIs(t, err, launch.KindKeyUnusable)
}

func TestGenerateSigningKeyFor(t *testing.T) {
	for _, algorithm := range []string{"RS256", "PS256", "ES384", "EdDSA"} {
		key, err := launch.GenerateSigningKeyFor(algorithm)
		require.NoError(t, err)
		public, err := key.Public().MarshalJSON()
		require.NoError(t, err)
		assert.Contains(t, string(public), `"alg":"`+algorithm+`"`)
	}
	for _, bad := range []string{"", "none", "HS256", "es256"} {
		_, err := launch.GenerateSigningKeyFor(bad)
		require.ErrorContains(t, err, "one of the asymmetric algorithms")
	}
}

func TestSigningKeyRoundTrip(t *testing.T) {
	key := signingKey(t)
	private, err := key.PrivateJWK()
	require.NoError(t, err)
	again, err := launch.ParseSigningKey(private)
	require.NoError(t, err)
	assert.Equal(t, key.Public().ID(), again.Public().ID())
	_, err = launch.ParseSigningKey([]byte(`{"kty":"EC","d":"secret"}`))
	require.Error(t, err)
	assert.NotContains(t, err.Error(), "secret")
	assert.Equal(t, "[redacted]", fmt.Sprint(key))
	assert.Equal(t, "[redacted]", fmt.Sprintf("%#v", &key))
	var zero launch.SigningKey
	_, err = zero.Sign("JWT", nil)
	require.Error(t, err)
	_, err = zero.PrivateJWK()
	require.Error(t, err)
}

func TestPersonalData(t *testing.T) {
	for _, text := range []string{"01810000186", "pid-01810000186", "018100 00186", "a@b", "https://x", "Kari Nordmann", "Nordmann,Kari", "Kari%20Nordmann"} {
		assert.True(t, launch.PersonalData(text), text)
	}
	for _, text := range []string{"", "Patient/7f0b6c1e9a", "Patient/0192f3a4-1234-7654-9876-012345678901", "Task/58c1"} {
		assert.False(t, launch.PersonalData(text), text)
	}
}
