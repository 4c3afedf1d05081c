package hti_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/hti"
	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

// What a portal mints, a tool accepts, claim by claim.
func TestMintThenAccept(t *testing.T) {
	key, err := launch.GenerateSigningKey()
	require.NoError(t, err)
	portal, err := hti.NewPortal(hti.PortalConfig{Issuer: "https://portal.example", Key: key, Now: now})
	require.NoError(t, err)
	keys, err := launch.NewStaticKeys(key.Public())
	require.NoError(t, err)
	profile, err := hti.New(hti.Config{Audience: "https://tool.example", Issuers: []hti.Issuer{{ID: "https://portal.example", Keys: keys}}})
	require.NoError(t, err)
	m := message()
	m.Actor = launch.Party{Type: "Practitioner", ID: "82421"}
	m.Patient = launch.Party{Type: "Patient", ID: "7f0b6c1e9a"}
	m.Definition, m.Intent, m.Lifetime = "https://tool.example/ActivityDefinition/sleep", "review the plan", 5*time.Minute
	out, err := portal.Mint(m)
	require.NoError(t, err)
	l, _, err := profile.Accept(t.Context(), form(out.Token()), clock)
	require.NoError(t, err)
	assert.Equal(t, &launch.Launch{Profile: "hti/2.0", Issuer: "https://portal.example", MessageID: out.MessageID, Actor: m.Actor,
		Patient: m.Patient, Acting: launch.ActingProfessional, Task: m.Task, Definition: m.Definition, Intent: m.Intent,
		Assurance: launch.Bearer, Issued: clock, Expires: clock.Add(5 * time.Minute)}, l)
	assert.Equal(t, l.Expires, out.Expires)
	again, err := portal.Mint(m)
	require.NoError(t, err)
	assert.NotEqual(t, out.MessageID, again.MessageID)
}

func TestMintRefuses(t *testing.T) {
	portal := newPortal(t)
	number := launchtest.IdentityNumber()
	party := func(kind, id string) launch.Party { return launch.Party{Type: kind, ID: id} }
	cases := []struct {
		name string
		edit func(m *hti.Message)
		want error
		text string
	}{
		{"no audience", func(m *hti.Message) { m.Audience = "" }, hti.ErrMessage, "field Audience"},
		{"no actor", func(m *hti.Message) { m.Actor = launch.Party{} }, hti.ErrMessage, "field Actor"},
		{"actor without type", func(m *hti.Message) { m.Actor = party("", "1") }, hti.ErrMessage, "field Actor"},
		{"slash in the actor's id", func(m *hti.Message) { m.Actor = party("", "Patient/1") }, hti.ErrMessage, "field Actor"},
		{"patient is a practitioner", func(m *hti.Message) { m.Patient = party("Practitioner", "1") }, hti.ErrMessage, "field Patient"},
		{"no task", func(m *hti.Message) { m.Task = launch.Party{} }, hti.ErrMessage, "field Task"},
		{"task of another type", func(m *hti.Message) { m.Task = party("Observation", "1") }, hti.ErrMessage, "field Task"},
		{"relative definition", func(m *hti.Message) { m.Definition = "sleep" }, hti.ErrMessage, "field Definition"},
		{"long intent", func(m *hti.Message) { m.Intent = strings.Repeat("a", 65) }, hti.ErrMessage, "field Intent"},
		{"life of 301 s", func(m *hti.Message) { m.Lifetime = 301 * time.Second }, hti.ErrMessage, "field Lifetime"},
		{"life less than nothing", func(m *hti.Message) { m.Lifetime = -time.Second }, hti.ErrMessage, "field Lifetime"},
		{"life of half a second", func(m *hti.Message) { m.Lifetime = time.Second / 2 }, hti.ErrMessage, "field Lifetime"},
		{"unknown language", func(m *hti.Message) { m.Lang = "xx" }, hti.ErrMessage, "field Lang"},
		{"identity number", func(m *hti.Message) { m.Actor.ID = number }, launch.KindPersonalData, "identity numbers"},
		{"identity number as patient", func(m *hti.Message) { m.Patient = party("Patient", number) }, launch.KindPersonalData, ""},
		{"identity number as task", func(m *hti.Message) { m.Task.ID = number }, launch.KindPersonalData, ""},
		{"identity number in the definition", func(m *hti.Message) { m.Definition = "https://tool.example/" + number }, launch.KindPersonalData, ""},
		{"e-mail address", func(m *hti.Message) { m.Actor.ID = "kari@example.org" }, launch.KindPersonalData, ""},
		{"e-mail address as intent", func(m *hti.Message) { m.Intent = "kari@example.org" }, launch.KindPersonalData, ""},
		{"name", func(m *hti.Message) { m.Actor.ID = "Kari Nordmann" }, launch.KindPersonalData, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			m := message()
			c.edit(&m)
			out, err := portal.Mint(m)
			require.ErrorIs(t, err, c.want)
			require.ErrorIs(t, err, hti.ErrMessage)
			assert.Contains(t, err.Error(), c.text)
			assert.Empty(t, out.Token())
			for _, value := range []string{number, "kari", "Kari"} {
				assert.NotContains(t, err.Error(), value)
			}
		})
	}
	_, err := portal.Mint(hti.Message{})
	assert.ErrorContains(t, err, "field Audience is empty; field Actor")
	assert.ErrorContains(t, err, "field Task", "every fault at once")
}

func TestConfigFaults(t *testing.T) {
	_, err := hti.NewPortal(hti.PortalConfig{})
	assert.EqualError(t, err, "hti: invalid PortalConfig: field Issuer is empty; field Key is nil or the zero SigningKey")
	_, err = hti.NewPortal(hti.PortalConfig{Issuer: "x", Key: (*launch.KeyRing)(nil)})
	assert.EqualError(t, err, "hti: invalid PortalConfig: field Key is nil or the zero SigningKey")
	_, err = hti.New(hti.Config{})
	assert.EqualError(t, err, "hti: launch: invalid VerifierConfig: field Audience is empty; field Issuers is empty")
	p := fakePortal(t)
	_, err = hti.New(hti.Config{Audience: "a", Skew: 61 * time.Second, Issuers: []hti.Issuer{
		{ID: "x", Keys: p.Keys(), Algorithms: []string{"HS256"}}, {ID: "x"}, {Keys: p.Keys()}, {ID: "y", Keys: (*launch.JWKS)(nil)}}})
	require.Error(t, err)
	for _, fault := range []string{"Skew", "issuer x is listed twice", "issuer x: field Keys is nil", "issuer y: field Keys is nil", "field ID is empty", "issuer x: field Algorithms"} {
		assert.ErrorContains(t, err, fault)
	}
}

func TestIssuersAreHeldToTheirOwn(t *testing.T) {
	a := fakePortal(t)
	b := launchtest.NewPortal(t, launchtest.Config{Issuer: "https://other.example", Now: now})
	profile, err := hti.New(hti.Config{Audience: a.Audience(), Issuers: []hti.Issuer{
		{ID: a.Issuer(), Keys: a.Keys()}, {ID: b.Issuer(), Keys: b.Keys(), Algorithms: []string{"ES256"}}}})
	require.NoError(t, err)
	mixed := b.Draft()
	mixed.Claims["iss"] = a.Issuer()
	_, _, err = profile.Accept(t.Context(), form(b.Sign(mixed)), clock)
	require.ErrorIs(t, err, launch.KindSignature, "key of one issuer, name of another, same kid")
	rs := b.Draft()
	rs.Key, rs.Header["kid"], rs.Header["alg"] = "rs", "rs", "RS256"
	_, _, err = profile.Accept(t.Context(), form(b.Sign(rs)), clock)
	require.ErrorIs(t, err, launch.KindAlgorithm, "not agreed with this issuer")
	bound := b.Draft()
	bound.Header["kid"] = "noalg"
	_, _, err = profile.Accept(t.Context(), form(b.Sign(bound)), clock)
	require.NoError(t, err, "the only agreed algorithm binds a key that names none")
}

// PS256 and its kin are not HTI's: taken of who lists them, and of nobody else.
func TestPSByAgreementOnly(t *testing.T) {
	a := fakePortal(t)
	b := launchtest.NewPortal(t, launchtest.Config{Issuer: "https://other.example", Now: now})
	signed := func(p *launchtest.Portal) string {
		d := p.Draft()
		d.Key, d.Header["kid"], d.Header["alg"] = "ps", "ps", "PS256"
		return p.Sign(d)
	}
	accept := func(token string, issuers ...hti.Issuer) error {
		profile, err := hti.New(hti.Config{Audience: a.Audience(), Issuers: issuers})
		require.NoError(t, err)
		_, _, err = profile.Accept(t.Context(), form(token), clock)
		return err
	}
	silent := hti.Issuer{ID: a.Issuer(), Keys: a.Keys()}
	agreed := hti.Issuer{ID: b.Issuer(), Keys: b.Keys(), Algorithms: []string{"PS256"}}
	both := hti.Issuer{ID: b.Issuer(), Keys: b.Keys(), Algorithms: append(hti.Algorithms(), "PS256")}
	other := hti.Issuer{ID: b.Issuer(), Keys: b.Keys(), Algorithms: []string{"PS384", "PS512"}}
	require.ErrorIs(t, accept(signed(a), silent), launch.KindAlgorithm, "the default")
	require.NoError(t, accept(signed(b), agreed))
	require.NoError(t, accept(signed(b), both))
	require.ErrorIs(t, accept(b.Good(), agreed), launch.KindAlgorithm, "PS256 and nothing else")
	require.NoError(t, accept(b.Good(), both))
	require.ErrorIs(t, accept(signed(b), other), launch.KindAlgorithm, "others of its kin")
	require.ErrorIs(t, accept(signed(a), silent, both), launch.KindAlgorithm, "agreed with another portal")
	require.NoError(t, accept(a.Good(), silent, both))
	assert.Empty(t, silent.Algorithms, "the caller's issuers stay as they are")

	_, err := hti.New(hti.Config{Audience: a.Audience(), Issuers: []hti.Issuer{{ID: a.Issuer(), Keys: a.Keys(), Algorithms: []string{"EdDSA"}}}})
	require.EqualError(t, err, "hti: launch: invalid VerifierConfig: issuer https://portal.example: field Algorithms may hold only "+
		"RS256, RS384, RS512, ES256, ES384, ES512, PS256, PS384, PS512")
}

// With two that would fit, nothing says which one the key is for.
func TestKeyWithoutAlgorithmNeedsOneAgreed(t *testing.T) {
	p := fakePortal(t)
	profile, err := hti.New(hti.Config{Audience: p.Audience(), Issuers: []hti.Issuer{
		{ID: p.Issuer(), Keys: p.Keys(), Algorithms: []string{"ES256", "ES384"}}}})
	require.NoError(t, err)
	d := p.Draft()
	d.Header["kid"] = "noalg"
	_, _, err = profile.Accept(t.Context(), form(p.Sign(d)), clock)
	require.ErrorIs(t, err, launch.KindKeyUnusable)
}

func TestAllowMissingType(t *testing.T) {
	p := fakePortal(t)
	profile, err := hti.New(hti.Config{Audience: p.Audience(), AllowMissingType: true, Issuers: []hti.Issuer{{ID: p.Issuer(), Keys: p.Keys()}}})
	require.NoError(t, err)
	d := p.Draft()
	delete(d.Header, "typ")
	_, _, err = profile.Accept(t.Context(), form(p.Sign(d)), clock)
	require.NoError(t, err)
	d.Header["typ"] = "at+jwt"
	_, _, err = profile.Accept(t.Context(), form(p.Sign(d)), clock)
	require.ErrorIs(t, err, launch.KindType)
}

func TestFormPage(t *testing.T) {
	for lang, button := range map[string]string{"": "Åpne verktøyet", "nb": "Åpne verktøyet", "nn": "Opne verktøyet", "en": "Open the tool"} {
		m := message()
		m.Lang = lang
		out, err := newPortal(t).Mint(m)
		require.NoError(t, err)
		w := httptest.NewRecorder()
		require.NoError(t, out.Form(w, "https://tool.example/launch"))
		page := w.Body.String()
		assert.Contains(t, page, `<form id="launch" method="post" action="https://tool.example/launch">`)
		assert.Contains(t, page, `<input type="hidden" name="token" value="`+out.Token()+`">`)
		assert.Contains(t, page, button)
		assert.Equal(t, "no-store", w.Header().Get("Cache-Control"))
		assert.Equal(t, "no-referrer", w.Header().Get("Referrer-Policy"))
		assert.Contains(t, w.Header().Get("Content-Security-Policy"), "script-src 'nonce-")
		assert.Contains(t, w.Header().Get("Content-Security-Policy"), "form-action https: https://tool.example; frame-ancestors 'none'")
	}
}

func TestFormRefusesAddresses(t *testing.T) {
	out, err := newPortal(t).Mint(message())
	require.NoError(t, err)
	for _, action := range []string{"", "/launch", "http://tool.example/launch", "javascript:alert(1)", "https://a:b@tool.example/", "https:///x",
		"https://tool.example/launch?patient=" + launchtest.IdentityNumber(), "https://tool.example/?mail=kari@example.org", "https://tool.example/#x"} {
		w := httptest.NewRecorder()
		require.Error(t, out.Form(w, action), action)
		assert.Empty(t, w.Body.String())
	}
	require.NoError(t, out.Form(httptest.NewRecorder(), "http://127.0.0.1:8081/launch"))
	require.Error(t, hti.Outgoing{}.Form(httptest.NewRecorder(), "https://tool.example/launch"))
}

type holder struct {
	hidden  hti.Outgoing
	Out     hti.Outgoing
	Pointer *hti.Outgoing
	Key     launch.SigningKey
	key     launch.SigningKey
}

// However it is printed, the message and the key stay secret.
func TestSecretsDoNotPrint(t *testing.T) {
	key, err := launch.GenerateSigningKey()
	require.NoError(t, err)
	private, err := key.PrivateJWK()
	require.NoError(t, err)
	var jwk struct{ D string }
	require.NoError(t, json.Unmarshal(private, &jwk))
	require.NotEmpty(t, jwk.D)
	portal, err := hti.NewPortal(hti.PortalConfig{Issuer: "https://portal.example", Key: key, Now: now})
	require.NoError(t, err)
	out, err := portal.Mint(message())
	require.NoError(t, err)
	var all strings.Builder
	log := slog.New(slog.NewJSONHandler(&all, nil))
	for _, v := range []any{out, &out, []hti.Outgoing{out}, map[string]any{"x": out}, holder{out, out, &out, key, key}, key, &key, portal, *portal} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
			_, _ = fmt.Fprintf(&all, verb+"\n", v)
		}
		data, err := json.Marshal(v)
		require.NoError(t, err)
		all.Write(data)
		log.Info("x", "v", v)
	}
	assert.Equal(t, "[redacted]", fmt.Sprint(out))
	text := all.String()
	require.Greater(t, len(text), 1000)
	assert.NotContains(t, text, out.Token())
	assert.NotContains(t, text, strings.Split(out.Token(), ".")[2])
	assert.NotContains(t, text, fmt.Sprintf("%x", out.Token()))
	assert.NotContains(t, text, jwk.D)
}
