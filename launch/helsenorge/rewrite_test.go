package helsenorge_test

import (
	"bytes"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/helsenorge"
	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

// rewriter changes the answers of the token endpoint, and signs the ID token again.
type rewriter struct {
	http.RoundTripper
	endpoint string
	claims   func(map[string]any)
	answer   func(map[string]any)
}

func (x rewriter) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := x.RoundTripper.RoundTrip(r)
	if err != nil || r.URL.String() != x.endpoint || resp.StatusCode != http.StatusOK {
		return resp, err
	}
	var answer map[string]any
	if err := json.NewDecoder(resp.Body).Decode(&answer); err != nil {
		return nil, err
	}
	if x.claims != nil {
		answer["id_token"] = signAgain(answer["id_token"].(string), x.claims)
	}
	if x.answer != nil {
		x.answer(answer)
	}
	body, err := json.Marshal(answer)
	resp.Body, resp.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	return resp, err
}

func signAgain(token string, edit func(map[string]any)) string {
	part := strings.Split(token, ".")
	data, _ := base64.RawURLEncoding.DecodeString(part[1])
	var claims map[string]any
	if err := json.Unmarshal(data, &claims); err != nil {
		panic(err)
	}
	edit(claims)
	data, _ = json.Marshal(claims)
	signed := part[0] + "." + base64.RawURLEncoding.EncodeToString(data)
	sum := sha256.Sum256([]byte(signed))
	signature, err := rsa.SignPKCS1v15(rand.Reader, simKey(), crypto.SHA256, sum[:])
	if err != nil {
		panic(err)
	}
	return signed + "." + base64.RawURLEncoding.EncodeToString(signature)
}

// What an ID token or a token answer may say, one thing changed at a time.
func TestTokenAnswers(t *testing.T) {
	set := func(name string, value any) func(map[string]any) { return func(m map[string]any) { m[name] = value } }
	without := func(name string) func(map[string]any) { return func(m map[string]any) { delete(m, name) } }
	cases := []struct {
		name           string
		claims, answer func(map[string]any)
		want           launch.Kind // "" is accepted
	}{
		{name: "signed again, nothing changed", claims: func(map[string]any) {}},
		{name: "azp is this tool", claims: set("azp", clientID)},
		{name: "N26 azp is another tool", claims: set("azp", "another"), want: launch.KindAudience},
		{name: "azp is a number", claims: set("azp", 1), want: launch.KindAudience},
		{name: "aud is a list of one", claims: set("aud", []string{clientID})},
		{name: "N26 a second aud, azp is this tool", claims: func(m map[string]any) {
			m["aud"], m["azp"] = []string{clientID, "another"}, clientID
		}, want: launch.KindAudience},
		{name: "N51 nonce is empty", claims: set("nonce", ""), want: launch.KindNonce},
		{name: "N51 nonce is longer", claims: func(m map[string]any) { m["nonce"] = m["nonce"].(string) + "x" }, want: launch.KindNonce},
		{name: "N08 nonce is a number", claims: set("nonce", 1), want: launch.KindNonce},
		{name: "sub is empty", claims: set("sub", ""), want: launch.KindClaims},
		{name: "sub is an address", claims: set("sub", "https://a.example/1"), want: launch.KindPersonalData},
		{name: "sub with a slash", claims: set("sub", "a/b"), want: launch.KindClaims},
		{name: "N08 sub is a number", claims: set("sub", 7), want: launch.KindClaims},
		{name: "N41 actor is an identity number", claims: set("actor_sub", launchtest.SyntheticNumber("128275")), want: launch.KindPersonalData},
		{name: "actor is empty", claims: set("actor_sub", ""), want: launch.KindClaims},
		{name: "relation 8", claims: set("representation", "8"), want: launch.KindClaims},
		{name: "relation 0", claims: set("representation", "0"), want: launch.KindClaims},
		{name: "relation 22", claims: set("representation", "22"), want: launch.KindClaims},
		{name: "N08 relation is a number", claims: set("representation", 1), want: launch.KindClaims},
		{name: "a parent of herself", claims: set("representation", "2"), want: launch.KindClaims},
		{name: "a proxy of herself", claims: set("representation", "4"), want: launch.KindClaims},
		{name: "two persons, relation 1", claims: func(m map[string]any) { m["actor_sub"], m["representation"] = "other", "1" }, want: launch.KindClaims},
		{name: "two persons, relation 6", claims: func(m map[string]any) { m["actor_sub"], m["representation"] = "other", "6" }, want: launch.KindClaims},
		{name: "two persons, relation 7", claims: func(m map[string]any) { m["actor_sub"], m["representation"] = "other", "7" }, want: launch.KindClaims},
		{name: "two persons, relation 4", claims: func(m map[string]any) { m["actor_sub"], m["representation"] = "other", "4" }},
		{name: "N08 the number is a number", claims: set("pid", 1), want: launch.KindClaims},
		{name: "lives two hours", claims: func(m map[string]any) { m["exp"] = m["iat"].(float64) + 7200 }, want: launch.KindLifetime},
		{name: "lives an hour", claims: func(m map[string]any) { m["exp"] = m["iat"].(float64) + 3600 }},
		{name: "no access token", answer: without("access_token"), want: launch.KindLoginUnavailable},
		{name: "an empty access token", answer: set("access_token", ""), want: launch.KindLoginUnavailable},
		{name: "token_type in small letters", answer: set("token_type", "bearer")},
		{name: "no token_type", answer: without("token_type"), want: launch.KindLoginUnavailable},
		{name: "no expires_in", answer: without("expires_in")},
		{name: "ID token is no message", answer: set("id_token", "x"), want: launch.KindMalformed},
	}
	require.NotEmpty(t, cases)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t, options{handler: func(h *launch.HandlerConfig) { h.Policy.Acting = []launch.Acting{launch.ActingProxy} },
				profile: func(p *helsenorge.Config) {
					p.Client = &http.Client{Transport: rewriter{p.Client.(*http.Client).Transport, p.Issuer + "/token", c.claims, c.answer}}
				}})
			require.Equal(t, w.cfg.Issuer+"/token", w.sim.Address(launchtest.EndpointToken))
			page := w.login(t, "per", "")
			if c.want == "" {
				require.Equal(t, http.StatusOK, page.Status, w.log)
				return
			}
			assert.Equal(t, launch.Refuse(c.want, "", nil).Status(), page.Status)
			assert.Contains(t, w.log.String(), "kind="+string(c.want)+" ")
			assert.Empty(t, w.launches)
			if strings.HasPrefix(c.name, "relation 8") {
				assert.Contains(t, w.log.String(), "sub", "which claims there are, for who looks for their names")
				assert.NotContains(t, w.log.String(), launchtest.SyntheticNumber("128275"))
			}
		})
	}
}

// N52: a provider that sends iss must always do so.
func TestN52_IssIsMissing(t *testing.T) {
	w := newWorld(t, options{sim: func(c *launchtest.HelsenorgeConfig) { c.CallbackIssuer = true }})
	tab, err := w.browser().Start(t.Context(), startAt)
	require.NoError(t, err)
	answer, err := tab.Choose(t.Context(), "per", "")
	require.NoError(t, err)
	answer.Fields.Del("iss")
	page, err := answer.Post(t.Context())
	require.NoError(t, err)
	assert.Equal(t, http.StatusForbidden, page.Status)
	assert.Contains(t, w.log.String(), "kind=issuer ")
	assert.Zero(t, w.sim.Count(launchtest.EndpointToken))
}
