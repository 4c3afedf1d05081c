package hti_test

import (
	"encoding/base64"
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/hti"
	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

// kindsOf says for each check the kinds that it may refuse with: Explain must
// blame a check that can have failed.
var kindsOf = map[string][]launch.Kind{
	"envelope": {launch.KindMalformed, launch.KindTooLarge}, "envelope-key": {launch.KindUnknownKey}, "decryption": {launch.KindMalformed},
	"size": {launch.KindTooLarge}, "structure": {launch.KindMalformed}, "algorithm": {launch.KindAlgorithm}, "payload": {launch.KindMalformed},
	"issuer": {launch.KindIssuer}, "issuer-algorithm": {launch.KindAlgorithm},
	"key":           {launch.KindUnknownKey, launch.KindKeyUnusable, launch.KindKeysUnavailable},
	"key-algorithm": {launch.KindAlgorithm}, "signature": {launch.KindSignature}, "header": {launch.KindHeader}, "type": {launch.KindType},
	"audience": {launch.KindAudience}, "times": {launch.KindClaims}, "expiry": {launch.KindExpired}, "not-yet-valid": {launch.KindNotYetValid},
	"lifetime": {launch.KindLifetime, launch.KindClaims}, "id": {launch.KindClaims}, "personal-data": {launch.KindPersonalData},
	"hti-version": {launch.KindClaims}, "actor": {launch.KindClaims}, "patient": {launch.KindClaims}, "task": {launch.KindClaims},
	"definition": {launch.KindClaims}, "intent": {launch.KindClaims}, "task-object": {launch.KindClaims}, "fhir-version": {launch.KindClaims},
	"task-personal-data": {launch.KindPersonalData},
}

// agrees holds an explanation against what Accept says of the same message.
func agrees(t *testing.T, profile launch.Profile, token, name string, blamed map[string]bool) *launch.Explanation {
	t.Helper()
	_, _, err := profile.Accept(t.Context(), form(token), clock)
	x := launch.Explain(t.Context(), profile, form(token), clock)
	require.Equal(t, err == nil, x.Accepted, name)
	failed := slices.IndexFunc(x.Checks, func(c launch.Check) bool { return c.Outcome == launch.CheckFailed })
	if err == nil {
		require.Equal(t, -1, failed, name)
		require.Empty(t, x.Kind, name)
		failed = len(x.Checks)
	} else {
		var refused *launch.Error
		require.ErrorAs(t, err, &refused, name)
		require.Equal(t, refused.Kind, x.Kind, name)
		check, there := x.Failed()
		require.True(t, there, name)
		require.Contains(t, kindsOf[check.Name], x.Kind, "%s: blamed on %s", name, check.Name)
		require.Equal(t, refused.Want, check.Want, name)
		blamed[check.Name] = true
	}
	for i, c := range x.Checks {
		require.Contains(t, kindsOf, c.Name)
		require.NotEmpty(t, c.Rule, c.Name)
		require.NotEmpty(t, c.Want, c.Name)
		require.Equal(t, outcome(i, failed), c.Outcome, "%s: %s", name, c.Name)
	}
	return x
}

func outcome(at, failed int) launch.Outcome {
	switch {
	case at < failed:
		return launch.CheckPassed
	case at == failed:
		return launch.CheckFailed
	}
	return launch.CheckNotReached
}

// messages are all that the matrices have: plain, of both versions, and in envelopes.
func messages(t *testing.T, p *launchtest.Portal, public []byte) map[string]string {
	all := map[string]string{}
	for _, c := range launchtest.Cases() {
		token := c.Message(p)
		all[c.Name], all["encrypted: "+c.Name] = token, seal(public, token, nil)
	}
	for _, c := range cases11() {
		d, task := draft11(p)
		c.edit(d.Claims, task)
		all["1.1: "+c.name] = p.Sign(d)
	}
	_, strange := decryptionKey(t, "")
	all["no kid"], all["strange kid"] = seal(public, p.Good(), map[string]any{"kid": nil}), seal(strange, p.Good(), nil)
	all["zip"], all["tag"] = seal(public, p.Good(), map[string]any{"zip": "DEF"}), all["encrypted: good"][:len(all["encrypted: good"])-4]+"AAAA"
	return all
}

// One verdict: whatever the message, Explain says what Accept says, blames the
// check that refused, and shows nothing of the message.
func TestExplainAgreesWithAccept(t *testing.T) {
	p := fakePortal(t)
	key, public := decryptionKey(t, "ECDH-ES")
	profile := encrypted(t, p, key)
	blamed, ran := map[string]bool{}, 0
	for name, token := range messages(t, p, public) {
		x := agrees(t, profile, token, name, blamed)
		data, err := json.Marshal(x)
		require.NoError(t, err)
		shows(t, p, token, string(data)+x.String(), name)
		ran++
	}
	assert.GreaterOrEqual(t, ran, 500)
	never := []string{}
	for name := range kindsOf {
		if !blamed[name] {
			never = append(never, name)
		}
	}
	slices.Sort(never)
	assert.Equal(t, []string{"issuer-algorithm"}, never, "checks that no case fails; see TestExplainIssuerAlgorithm")
}

// shows looks for persons, ids and strangers' words in a text.
func shows(t *testing.T, p *launchtest.Portal, token, text, name string) {
	t.Helper()
	secrets := []string{"7f0b6c1e9a", "58c1", "82421", "Kari", "Nordmann", "kari@", launchtest.IdentityNumber(), "evil", "other.example", "sleep", "Bearer "}
	for _, segment := range strings.Split(token, ".") {
		if len(segment) >= 16 && segment != strings.Repeat("A", len(segment)) {
			secrets = append(secrets, segment[:16])
		}
	}
	if payload := strings.Split(token, "."); len(payload) == 3 {
		secrets = append(secrets, jti(payload[1])...)
	}
	for _, secret := range secrets {
		require.NotContains(t, text, secret, name)
	}
}

func jti(segment string) []string {
	data, err := base64url(segment)
	var c struct{ JTI any }
	if err != nil || json.Unmarshal(data, &c) != nil {
		return nil
	}
	if id, is := c.JTI.(string); is && len(id) > 3 {
		return []string{id}
	}
	return nil
}

func TestExplainIssuerAlgorithm(t *testing.T) {
	p := fakePortal(t)
	profile, err := hti.New(hti.Config{Audience: p.Audience(), Issuers: []hti.Issuer{{ID: p.Issuer(), Keys: p.Keys(), Algorithms: []string{"RS256"}}}})
	require.NoError(t, err)
	blamed := map[string]bool{}
	agrees(t, profile, p.Good(), "ES256 from an issuer of RS256", blamed)
	assert.Equal(t, map[string]bool{"issuer-algorithm": true}, blamed)
}

// What an engineer gets to see.
func TestExplainShowsTheDifference(t *testing.T) {
	p := fakePortal(t)
	profile := profileFor(t, p)
	find := func(x *launch.Explanation, name string) launch.Check {
		at := slices.IndexFunc(x.Checks, func(c launch.Check) bool { return c.Name == name })
		require.GreaterOrEqual(t, at, 0, name)
		return x.Checks[at]
	}
	explain := func(edit func(d *launchtest.Draft)) *launch.Explanation {
		d := p.Draft()
		edit(d)
		return launch.Explain(t.Context(), profile, form(p.Sign(d)), clock)
	}
	good := explain(func(*launchtest.Draft) {})
	for name, found := range map[string]string{"algorithm": "alg ES256", "key": `kid "ec"`, "type": "typ JWT", "header": "alg, kid, typ",
		"issuer": p.Issuer(), "audience": p.Audience(), "expiry": "exp 120 s after now", "not-yet-valid": "iat 0 s after now", "lifetime": "exp 120 s after iat",
		"times": "exp 2026-09-21T08:02:00Z, iat 2026-09-21T08:00:00Z", "id": "26 characters", "actor": "a reference to a Patient", "hti-version": "hti/2.0", "definition": "one"} {
		assert.Equal(t, found, find(good, name).Found, name)
	}
	assert.Contains(t, find(good, "lifetime").Rule, "RFC 7519, sections 4.1.4 and 4.1.6; HTI 2.0")
	for _, c := range []struct {
		check, found string
		edit         func(d *launchtest.Draft)
	}{
		{"expiry", "exp 3 s before now", func(d *launchtest.Draft) { d.Claims["exp"], d.Claims["iat"] = clock.Unix()-3, clock.Unix()-60 }},
		{"not-yet-valid", "iat 11 s after now", func(d *launchtest.Draft) { d.Claims["iat"] = clock.Unix() + 11 }},
		{"lifetime", "exp 301 s after iat", func(d *launchtest.Draft) { d.Claims["exp"] = clock.Unix() + 301 }},
		{"algorithm", "alg HS256", func(d *launchtest.Draft) { d.Header["alg"] = "HS256" }},
		{"algorithm", "alg ES256 in other letters", func(d *launchtest.Draft) { d.Header["alg"] = "es256" }},
		{"algorithm", "alg one that is not shown", func(d *launchtest.Draft) { d.Header["alg"] = "Kari" }},
		{"type", "typ one that is not shown", func(d *launchtest.Draft) { d.Header["typ"] = "Kari" }},
		{"type", "typ at+jwt", func(d *launchtest.Draft) { d.Header["typ"] = "at+jwt" }},
		{"key", "a kid that is not shown", func(d *launchtest.Draft) { d.Header["kid"] = "Kari" }},
		{"key", "no kid", func(d *launchtest.Draft) { delete(d.Header, "kid") }},
		{"issuer", "none of the 1 agreed", func(d *launchtest.Draft) { d.Claims["iss"] = "https://kari.example" }},
		{"audience", "a list of 2", func(d *launchtest.Draft) { d.Claims["aud"] = []string{"https://kari.example", p.Audience()} }},
		{"audience", "another", func(d *launchtest.Draft) { d.Claims["aud"] = "https://kari.example" }},
		{"audience", "the same but for case or a slash at the end", func(d *launchtest.Draft) { d.Claims["aud"] = p.Audience() + "/" }},
	} {
		x := explain(c.edit)
		failed, _ := x.Failed()
		assert.Equal(t, c.check, failed.Name)
		assert.Equal(t, c.found, failed.Found, c.check)
		assert.NotContains(t, strings.ToLower(x.String()), "kari")
	}
}

// A profile that cannot explain itself gives its verdict.
type silent struct{ launch.Profile }

func TestExplainOfAnotherProfile(t *testing.T) {
	p := fakePortal(t)
	quiet := silent{profileFor(t, p)}
	x := launch.Explain(t.Context(), quiet, form(p.Good()), clock)
	assert.True(t, x.Accepted)
	assert.Len(t, x.Checks, 1)
	x = launch.Explain(t.Context(), quiet, url.Values{}, clock)
	assert.Equal(t, launch.KindMalformed, x.Kind)
	assert.Equal(t, clock.In(time.UTC), x.At)
}

func base64url(segment string) ([]byte, error) { return base64.RawURLEncoding.DecodeString(segment) }
