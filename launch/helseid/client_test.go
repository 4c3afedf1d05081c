package helseid_test

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/helseid"
)

// facts/norway.md 4.5, 4.6, 4.8: what HelseID and an API see of one call.
func TestCall(t *testing.T) {
	s := newStub()
	c := s.client(t, func(cfg *helseid.Config) { cfg.Resource = "nhn:api" })
	code, body, err := do(t, c, s.request(t, "POST", "Authorization", "Bearer other"))
	require.NoError(t, err)
	assert.Equal(t, 200, code)
	assert.Equal(t, canary, body)
	require.Empty(t, s.wrong)

	form := s.forms[0]
	assert.Equal(t, []string{"client_assertion", "client_assertion_type", "client_id", "grant_type", "resource", "scope"}, slices.Sorted(maps.Keys(form)))
	assert.Equal(t, []string{"client_credentials"}, form["grant_type"])
	assert.Equal(t, []string{"nhn:api/a nhn:api/b"}, form["scope"])
	assert.Equal(t, []string{"nhn:api"}, form["resource"])
	assert.Equal(t, []string{"urn:ietf:params:oauth:client-assertion-type:jwt-bearer"}, form["client_assertion_type"])

	assertion := s.assertions[0]
	assert.Equal(t, s.issuer, assertion["aud"], "the issuer, a string")
	assert.NotContains(t, assertion, "assertion_details")
	assert.EqualValues(t, 30, number(t, assertion, "exp")-number(t, assertion, "iat"))

	require.Len(t, s.proofs, 2)
	assert.Equal(t, "https://helseid.example/connect/token", s.proofs[0]["htu"])
	assert.NotContains(t, s.proofs[0], "ath")
	assert.Equal(t, "https://api.example/"+canary+"/a%2Fb", s.proofs[1]["htu"], "without the query")
	assert.Contains(t, s.proofs[1], "ath")
	assert.NotContains(t, s.proofs[1], "nonce")

	_, _, err = do(t, c, s.request(t, "GET"))
	require.NoError(t, err)
	assert.Len(t, s.forms, 1, "FK3: no new token while the old is valid")
	assert.Equal(t, 1, s.metadata, "FK2: metadata is kept")
}

func number(t *testing.T, claims map[string]any, name string) int64 {
	t.Helper()
	n, err := claims[name].(json.Number).Int64()
	require.NoError(t, err)
	return n
}

// facts/norway.md 4.9: the structures, and nothing for a client that needs its parent only.
func TestOrganisationStructures(t *testing.T) {
	structure := func(system, value string) map[string]any {
		return map[string]any{"type": "helseid_authorization", "practitioner_role": map[string]any{"organization": map[string]any{
			"identifier": map[string]any{"system": system, "type": "ENH", "value": value}}}}
	}
	for name, c := range map[string]struct {
		edit  func(*helseid.Config)
		claim string
		want  any
	}{
		"own parent": {func(*helseid.Config) {}, "assertion_details", nil},
		"own child": {func(cfg *helseid.Config) { cfg.Organisation.Child = "315260183" },
			"assertion_details", structure("urn:oid:2.16.578.1.12.4.1.2.101", "315260183")},
		"customer": {func(cfg *helseid.Config) { cfg.MultiTenant, cfg.Organisation.Parent = true, "999999999" },
			"assertion_details", structure("urn:oid:1.0.6523", "NO:ORGNR:999999999:")},
		"customer's child": {func(cfg *helseid.Config) {
			cfg.MultiTenant, cfg.Organisation = true, helseid.Organisation{Parent: "999999999", Child: "315260183"}
		}, "assertion_details", structure("urn:oid:1.0.6523", "NO:ORGNR:999999999:315260183")},
		"other names": {func(cfg *helseid.Config) {
			cfg.Organisation.Child, cfg.DetailsClaim, cfg.ChildSystem = "315260183", "authorization_details", "urn:oid:2.16.578.1.12.4.1.4.101"
		}, "authorization_details", structure("urn:oid:2.16.578.1.12.4.1.4.101", "315260183")},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStub()
			_, _, err := do(t, s.client(t, c.edit), s.request(t, "GET"))
			require.NoError(t, err)
			assert.Equal(t, c.want, s.assertions[0][c.claim])
		})
	}
}

func TestFor(t *testing.T) {
	s := newStub()
	c := s.client(t, func(cfg *helseid.Config) { cfg.MultiTenant = true })
	_, _, err := do(t, c, s.request(t, "POST"))
	require.ErrorIs(t, err, helseid.ErrToken)
	assert.Contains(t, err.Error(), "Client.For")
	for range 2 {
		for _, parent := range []string{"999999999", "315260183"} {
			other, err := c.For(helseid.Organisation{Parent: parent})
			require.NoError(t, err)
			_, _, err = do(t, other, s.request(t, "GET"))
			require.NoError(t, err)
		}
	}
	assert.Len(t, s.forms, 2, "a token for each, kept for the next call of For")
	assert.Equal(t, 1, s.metadata)
	assert.Empty(t, s.wrong)
}

func TestForRefuses(t *testing.T) {
	multi := newStub().client(t, func(cfg *helseid.Config) { cfg.MultiTenant = true })
	single := newStub().client(t)
	for name, c := range map[string]struct {
		client *helseid.Client
		org    helseid.Organisation
		want   string
	}{
		"no parent":          {multi, helseid.Organisation{Child: "999999999"}, "want a Parent"},
		"a parent":           {single, helseid.Organisation{Parent: "999999999"}, "want no Parent"},
		"wrong check digit":  {multi, helseid.Organisation{Parent: "999999990"}, "nine digits"},
		"check digit is ten": {multi, helseid.Organisation{Parent: "100000300"}, "nine digits"},
		"eight digits":       {multi, helseid.Organisation{Parent: "99999999"}, "nine digits"},
		"zeros":              {multi, helseid.Organisation{Parent: "000000000"}, "nine digits"},
		"letters":            {single, helseid.Organisation{Child: "99999999A"}, "nine digits"},
		"spaces":             {single, helseid.Organisation{Child: "999 999 999"}, "nine digits"},
		"a structure":        {multi, helseid.Organisation{Parent: "999999999", Child: "1:2"}, "nine digits"},
	} {
		_, err := c.client.For(c.org)
		require.ErrorContains(t, err, c.want, name)
		assert.NotContains(t, err.Error(), c.org.Child+c.org.Parent)
	}
}

func TestNewRefuses(t *testing.T) {
	key, err := launch.GenerateSigningKey()
	require.NoError(t, err)
	good := helseid.Config{Issuer: helseid.Test, ClientID: "client-1", Key: key, Scopes: []string{"a"}, APIs: []string{"api.example"}}
	c, err := helseid.New(good)
	require.NoError(t, err)
	require.NoError(t, c.Close())
	for name, c := range map[string]struct {
		edit func(*helseid.Config)
		want string
	}{
		"no issuer":          {func(c *helseid.Config) { c.Issuer = "" }, "field Issuer"},
		"http":               {func(c *helseid.Config) { c.Issuer = "http://helseid.example" }, "field Issuer"},
		"loopback":           {func(c *helseid.Config) { c.Issuer = "http://127.0.0.1" }, "field Issuer"},
		"no client":          {func(c *helseid.Config) { c.ClientID = "" }, "field ClientID"},
		"no key":             {func(c *helseid.Config) { c.Key = nil }, "field Key"},
		"key of nil":         {func(c *helseid.Config) { c.Key = (*launch.KeyRing)(nil) }, "field Key is not set"},
		"zero key":           {func(c *helseid.Config) { c.Key = launch.SigningKey{} }, "field Key"},
		"no scope":           {func(c *helseid.Config) { c.Scopes = nil }, "field Scopes"},
		"two scopes in one":  {func(c *helseid.Config) { c.Scopes = []string{"a b"} }, "field Scopes"},
		"no API":             {func(c *helseid.Config) { c.APIs = nil }, "field APIs"},
		"API as address":     {func(c *helseid.Config) { c.APIs = []string{"https://api.example"} }, "field APIs"},
		"API with path":      {func(c *helseid.Config) { c.APIs = []string{"api.example/x"} }, "field APIs"},
		"API with user":      {func(c *helseid.Config) { c.APIs = []string{"a@api.example"} }, "field APIs"},
		"API empty":          {func(c *helseid.Config) { c.APIs = []string{""} }, "field APIs"},
		"margin":             {func(c *helseid.Config) { c.Margin = time.Millisecond }, "field Margin"},
		"timeout":            {func(c *helseid.Config) { c.Timeout = -1 }, "field Timeout"},
		"organisation":       {func(c *helseid.Config) { c.Organisation.Child = "1" }, "field Organisation: want organisation numbers"},
		"parent":             {func(c *helseid.Config) { c.Organisation.Parent = "999999999" }, "field Organisation: want no Parent"},
		"another claim":      {func(c *helseid.Config) { c.DetailsClaim = "authorisation_details" }, "field DetailsClaim is not assertion_details or authorization_details"},
		"document":           {func(c *helseid.Config) { c.Issuer += "/.well-known/openid-configuration" }, "field Issuer is the address of a document"},
		"event header":       {func(c *helseid.Config) { c.EventHeader = "x event" }, "field EventHeader"},
		"event in proof":     {func(c *helseid.Config) { c.EventHeader = "dpop" }, "field EventHeader"},
		"event in token":     {func(c *helseid.Config) { c.EventHeader = "AUTHORIZATION" }, "field EventHeader"},
		"event in host":      {func(c *helseid.Config) { c.EventHeader = "host" }, "field EventHeader"},
		"event in length":    {func(c *helseid.Config) { c.EventHeader = "Content-Length" }, "field EventHeader"},
		"event in cookie":    {func(c *helseid.Config) { c.EventHeader = "Cookie" }, "field EventHeader"},
		"event as key":       {func(c *helseid.Config) { c.EventHeader = "idempotency-key" }, "field EventHeader"},
		"RS256":              {func(c *helseid.Config) { c.Key = keyFor(t, "RS256") }, "field Key cannot sign with one of PS256, PS384"},
		"customer's without": {func(c *helseid.Config) { c.MultiTenant, c.Organisation.Child = true, "999999999" }, "field Organisation: want a Parent"},
	} {
		t.Run(name, func(t *testing.T) {
			cfg := good
			c.edit(&cfg)
			_, err := helseid.New(cfg)
			require.ErrorContains(t, err, c.want)
		})
	}
	_, err = helseid.New(helseid.Config{})
	for _, field := range []string{"Issuer", "ClientID", "Key", "Scopes", "APIs"} {
		require.ErrorContains(t, err, "field "+field, "every fault at once")
	}
}

func keyFor(t *testing.T, algorithm string) launch.SigningKey {
	key, err := launch.GenerateSigningKeyFor(algorithm)
	require.NoError(t, err)
	return key
}

// What HelseID may answer, and what becomes of a POST: it is not sent.
func TestNoToken(t *testing.T) {
	deny := func(code int, body any) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { reply(w, code, body) }
	}
	for name, c := range map[string]struct {
		answer   http.HandlerFunc
		requests int
		status   int
		code     string
		want     string
	}{
		"invalid_client":   {deny(401, map[string]any{"error": "invalid_client", "error_description": canary}), 1, 401, "invalid_client", "invalid_client"},
		"invalid_request":  {deny(400, map[string]any{"error": "invalid_request"}), 1, 400, "invalid_request", "invalid_request"},
		"HTML":             {deny(200, canary), 1, 200, "", "JSON object"},
		"bearer":           {deny(200, map[string]any{"access_token": canary, "token_type": "Bearer", "expires_in": 300}), 1, 0, "", "token_type DPoP"},
		"no type":          {deny(200, map[string]any{"access_token": canary, "expires_in": 300}), 1, 0, "", "token_type DPoP"},
		"no token":         {deny(200, map[string]any{"token_type": "DPoP", "expires_in": 300}), 1, 0, "", "access_token"},
		"token with space": {deny(200, map[string]any{"access_token": canary + " b", "token_type": "DPoP", "expires_in": 300}), 1, 0, "", "access_token"},
		"no expires_in":    {deny(200, map[string]any{"access_token": canary, "token_type": "DPoP"}), 1, 0, "", "expires_in"},
		"expires_in text":  {deny(200, map[string]any{"access_token": canary, "token_type": "DPoP", "expires_in": "300"}), 1, 0, "", "expires_in"},
		"another scope":    {deny(200, map[string]any{"access_token": canary, "token_type": "DPoP", "expires_in": 300, "scope": "nhn:other"}), 1, 0, "", "all of Config.Scopes"},
		"lives 30 s":       {deny(200, map[string]any{"access_token": canary, "token_type": "DPoP", "expires_in": 30}), 1, 0, "", "longer than 30s"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStub()
			s.onToken = c.answer
			_, _, err := do(t, s.client(t), s.request(t, "POST"))
			require.ErrorIs(t, err, helseid.ErrToken)
			require.NotErrorIs(t, err, helseid.ErrOutcomeUnknown)
			var e *helseid.TokenError
			require.ErrorAs(t, err, &e)
			assert.Equal(t, []any{c.status, c.code}, []any{e.Status, e.Code})
			assert.NotContains(t, err.Error(), "outcome unknown", "of the token request: that is nobody's business")
			assert.Contains(t, err.Error(), "; the request was not carried out (attempt 1)")
			assert.Contains(t, err.Error(), c.want)
			assert.Len(t, s.forms, c.requests)
			assert.Zero(t, s.calls)
		})
	}
}

// facts/norway.md 4.10: the error says what to do, and names only what was asked for.
func TestRejectedScope(t *testing.T) {
	for name, rejected := range map[string]any{"words": "nhn:api/b " + canary, "a list": []any{"nhn:api/b", canary, nil}} {
		t.Run(name, func(t *testing.T) {
			s := newStub()
			s.answer = map[string]any{"rejected_scope": rejected}
			_, _, err := do(t, s.client(t), s.request(t, "GET"))
			var e *helseid.RejectedScopeError
			require.ErrorAs(t, err, &e)
			require.ErrorIs(t, err, helseid.ErrToken)
			assert.Equal(t, []string{"nhn:api/b"}, e.Scopes)
			assert.Contains(t, err.Error(), "the customer must sign the API's terms of use")
			assert.Zero(t, s.calls)
		})
	}
}

// A member that names nothing rejects nothing.
func TestNothingRejected(t *testing.T) {
	for name, rejected := range map[string]any{"null": nil, "empty": "", "space": " ", "empty list": []any{}, "list of nothing": []any{""}} {
		s := newStub()
		s.answer = map[string]any{"rejected_scope": rejected}
		code, _, err := do(t, s.client(t), s.request(t, "GET"))
		require.NoError(t, err, name)
		assert.Equal(t, 200, code, name)
	}
}

// HelseID that fails for a moment costs a moment, for a POST too: it has not been sent.
func TestHelseIDFailsForAMoment(t *testing.T) {
	for _, code := range []int{503, 500, 429} {
		synctest.Test(t, func(t *testing.T) {
			s := newStub()
			s.onToken = func(w http.ResponseWriter, _ *http.Request) {
				s.count(func() { s.onToken = nil })
				reply(w, code, canary)
			}
			c := s.client(t, func(cfg *helseid.Config) { cfg.Now = s.running() })
			_, _, err := do(t, c, s.request(t, "POST"))
			require.NoError(t, err)
			assert.Len(t, s.forms, 2)
			assert.Equal(t, 1, s.calls)
		})
	}
}

// running makes the stub's clock run with the bubble's.
func (s *stub) running() func() time.Time {
	began, at := time.Now(), s.at
	return func() time.Time {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.at = at.Add(time.Since(began))
		return s.at
	}
}

// HelseID that is down is not asked by every call.
func TestHelseIDIsDown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStub()
		s.onToken = func(w http.ResponseWriter, _ *http.Request) { reply(w, 503, canary) }
		c := s.client(t, func(cfg *helseid.Config) { cfg.Now = s.running() })
		for range 100 {
			_, _, err := do(t, c, s.request(t, "POST"))
			require.ErrorIs(t, err, helseid.ErrToken)
			require.NotErrorIs(t, err, helseid.ErrOutcomeUnknown)
			require.EqualError(t, err, "helseid: no access token: the server failed, status 503; the request was not carried out (attempt 5)")
		}
		assert.Less(t, len(s.forms), 30, "100 calls, each of five attempts")
		assert.Zero(t, s.calls)
	})
}

// A caller whose context ends returns at once; the token request goes on for the others.
func TestACallerGivesUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, hold := newStub(), make(chan struct{})
		s.onToken = func(w http.ResponseWriter, _ *http.Request) {
			<-hold
			reply(w, 503, nil)
		}
		c := s.client(t)
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error)
		go func() { _, err := c.Do(s.request(t, "POST").WithContext(ctx)); ended <- err }()
		synctest.Wait()
		cancel()
		err := <-ended
		require.ErrorIs(t, err, context.Canceled)
		require.NotErrorIs(t, err, helseid.ErrOutcomeUnknown, "nothing was sent to the API")
		close(hold)
	})
}

func TestClose(t *testing.T) {
	s := newStub()
	c := s.client(t)
	require.NoError(t, c.Close())
	_, _, err := do(t, c, s.request(t, "GET"))
	require.ErrorIs(t, err, helseid.ErrToken)
	assert.Contains(t, err.Error(), "closed")
	assert.Zero(t, s.metadata)
}

// Close ends a token request that runs; a second Close does nothing.
func TestCloseEndsATokenRequest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStub()
		s.onToken = func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }
		c := s.client(t)
		ended := make(chan error)
		go func() { _, err := c.Do(s.request(t, "GET")); ended <- err }()
		synctest.Wait()
		began := time.Now()
		require.NoError(t, c.Close())
		require.ErrorIs(t, <-ended, helseid.ErrToken)
		assert.Less(t, time.Since(began), time.Second)
		require.NoError(t, c.Close())
	})
}

// An adapter that may not import this package asks with an interface.
func TestOutcomeUnknownByInterface(t *testing.T) {
	s := newStub()
	s.onAPI = func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500) }
	_, _, err := do(t, s.client(t), s.request(t, "POST"))
	var unknown interface{ OutcomeUnknown() bool }
	require.True(t, errors.As(err, &unknown))
	assert.True(t, unknown.OutcomeUnknown())
}
