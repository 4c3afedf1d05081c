package launchtest_test

import (
	"context"
	"crypto"
	"crypto/hmac"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

// idTokenFor logs kari in for somebody.
func (a *handTool) idTokenFor(patient string) string {
	a.t.Helper()
	page, err := a.browser().Login(a.t.Context(), toolStart, "kari", patient)
	require.NoError(a.t, err)
	require.Equal(a.t, http.StatusOK, page.Status, page.Body)
	text, _ := a.last()["id_token"].(string)
	return text
}

func TestHelsenorgeIDTokenOfWhoActsForAnother(t *testing.T) {
	a := newHandTool(t)
	ran := 0
	for patient, relation := range map[string]string{"ola": "2", "ine": "3", "leif": "4", "gerd": "5"} {
		ran++
		claims := a.claims(a.idTokenFor(patient))
		assert.Equal(t, a.h.Subject(toolID, patient), claims["sub"], patient)
		assert.Equal(t, a.h.Subject(toolID, "kari"), claims["actor_sub"], patient)
		assert.Equal(t, relation, claims["representation"], patient)
	}
	assert.Equal(t, 4, ran)
	claims := a.claims(a.idTokenFor("ola"))
	assert.Equal(t, launchtest.SyntheticNumber("098418"), claims["pid"], "the patient's number")
	claims = a.claims(a.idTokenFor(""))
	assert.Equal(t, claims["sub"], claims["actor_sub"])
	assert.NotContains(t, claims, "representation")
}

func TestHelsenorgeClaimNamesAndGrants(t *testing.T) {
	a := newHandTool(t, func(c *launchtest.HelsenorgeConfig) {
		c.Claims = launchtest.HelsenorgeClaims{Actor: "act", Relation: "rel", NationalID: "fnr"}
		c.RelationAlways = true
	})
	claims := a.claims(a.idTokenFor(""))
	assert.Equal(t, a.h.Subject(toolID, "kari"), claims["act"])
	assert.Equal(t, "1", claims["rel"])
	assert.Equal(t, launchtest.SyntheticNumber("018180"), claims["fnr"])
	for _, name := range []string{"actor_sub", "representation", "pid"} {
		assert.NotContains(t, claims, name)
	}
	require.NoError(t, a.h.AddClient(registered(t, func(c *launchtest.HelsenorgeClient) { c.Grants = nil })))
	assert.NotContains(t, a.claims(a.idTokenFor("")), "fnr", "without the grant")
}

func TestHelsenorgePseudonymsArePairwise(t *testing.T) {
	a := newHandTool(t)
	seen := map[string]bool{}
	for _, client := range []string{toolID, "other"} {
		for _, citizen := range []string{"kari", "ola"} {
			sub := a.h.Subject(client, citizen)
			assert.Regexp(t, `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, sub)
			assert.Equal(t, sub, a.h.Subject(client, citizen))
			seen[sub] = true
		}
	}
	assert.Len(t, seen, 4)
}

func TestHelsenorgeAuthTimeIsTheSessions(t *testing.T) {
	a := newHandTool(t)
	b := a.browser()
	login := func(citizen string) float64 {
		_, err := b.Login(t.Context(), toolStart, citizen, "")
		require.NoError(t, err)
		return a.claims(a.last()["id_token"].(string))["auth_time"].(float64)
	}
	assert.InDelta(t, start.Unix(), login("per"), 0)
	a.h.Advance(29 * time.Minute)
	assert.InDelta(t, start.Unix(), login("per"), 0, "still logged in")
	a.h.Advance(30 * time.Minute)
	assert.InDelta(t, start.Unix()+59*60, login("per"), 0, "idle for 30 minutes")
	a.h.Advance(time.Minute)
	assert.InDelta(t, start.Unix()+60*60, login("kari"), 0, "another citizen")
	a.h.Advance(time.Minute)
	page, err := b.Open(t.Context(), a.h.Address(launchtest.EndpointLogout))
	require.NoError(t, err)
	assert.Contains(t, page.Body, "Du er logget ut")
	assert.InDelta(t, start.Unix()+61*60, login("kari"), 0, "logged out")
}

// published gives the kids of the provider's set.
func (a *handTool) published() (kids []string) {
	var set struct {
		Keys []struct{ Kid, Kty, Alg, Use, N string }
	}
	got := a.get(a.h.Address(launchtest.EndpointJWKS))
	require.Equal(a.t, "application/jwk-set+json", got.header.Get("Content-Type"))
	require.NoError(a.t, json.Unmarshal([]byte(got.body), &set))
	for _, k := range set.Keys {
		assert.Equal(a.t, []string{"RSA", "RS256", "sig"}, []string{k.Kty, k.Alg, k.Use})
		kids = append(kids, k.Kid)
	}
	return kids
}

func TestHelsenorgeKeysRotate(t *testing.T) {
	a := newHandTool(t)
	kid := func() any { return part(t, a.idTokenFor(""), 0)["kid"] }
	first := a.published()
	require.Len(t, first, 1)
	require.NoError(t, a.h.AnnounceKey())
	announced := a.published()
	require.NoError(t, a.h.AnnounceKey())
	require.Equal(t, announced, a.published(), "one is announced at a time")
	require.Len(t, announced, 2)
	assert.Equal(t, first[0], kid(), "an announced key does not sign yet")
	require.NoError(t, a.h.RotateKey())
	assert.Equal(t, announced[1], kid())
	assert.ElementsMatch(t, announced, a.published(), "the old key stays")
	a.h.RetireKeys()
	assert.Equal(t, announced[1:], a.published())
	require.NoError(t, a.h.RotateKey())
	assert.NotContains(t, announced, kid(), "a key that nobody knows yet")
	assert.JSONEq(t, string(a.h.JWKS()), a.get(a.h.Address(launchtest.EndpointJWKS)).body)
}

func TestHelsenorgeDiscovery(t *testing.T) {
	a := newHandTool(t, func(c *launchtest.HelsenorgeConfig) { c.Hidden = []string{"extend_endpoint"} })
	got := a.get(a.h.Issuer() + "/.well-known/openid-configuration").members
	const api, portal = "https://eksternapi.helsenorge.example", "https://tjenester.helsenorge.example"
	for name, want := range map[string]any{"issuer": api + "/sts/oidcprov/v3", "authorization_endpoint": portal + "/sts/oidcprov/v2/authorize",
		"token_endpoint": api + "/sts/oidcprov/v3/token", "end_session_endpoint": portal + "/sts/oidcprov/v2/logout",
		"revocation_endpoint": api + "/sts/oidcprov/v1/revoke", "pushed_authorization_request_endpoint": api + "/sts/oidcprov/v1/par",
		"introspection_endpoint": api + "/sts/oidcprov/introspect/v1", "jwks_uri": api + "/sts/oidcprov/v3/jwks",
		"authorization_response_iss_parameter_supported": false} {
		assert.Equal(t, want, got[name], name)
	}
	assert.NotContains(t, got, "extend_endpoint")
}

// signedByProvider checks an ID token with the standard library.
func signedByProvider(t *testing.T, token string) bool {
	cut := strings.LastIndexByte(token, '.')
	digest := sha256.Sum256([]byte(token[:cut]))
	return rsa.VerifyPKCS1v15(&providerKey().PublicKey, crypto.SHA256, digest[:], unbase64(t, token[cut+1:])) == nil
}

func TestHelsenorgeMisbehaves(t *testing.T) {
	claims := func(check func(t *testing.T, a *handTool, c map[string]any)) func(*testing.T, *handTool) {
		return func(t *testing.T, a *handTool) {
			token := a.idTokenFor("ola")
			assert.True(t, signedByProvider(t, token), "all else is good")
			check(t, a, a.claims(token))
		}
	}
	without := func(name string) func(*testing.T, *handTool) {
		return claims(func(t *testing.T, _ *handTool, c map[string]any) { assert.NotContains(t, c, name); assert.Len(t, c, 9) })
	}
	with := func(name string, want any) func(*testing.T, *handTool) {
		return claims(func(t *testing.T, _ *handTool, c map[string]any) { assert.Equal(t, want, c[name]) })
	}
	header := func(name string, want any) func(*testing.T, *handTool) {
		return func(t *testing.T, a *handTool) { assert.Equal(t, want, part(t, a.idTokenFor(""), 0)[name]) }
	}
	tokenEndpoint := func(check func(t *testing.T, got reply)) func(*testing.T, *handTool) {
		return func(t *testing.T, a *handTool) {
			code, verifier := a.code()
			check(t, a.post(launchtest.EndpointToken, a.tokenForm(code, verifier)))
			a.h.Misbehave()
			assert.Equal(t, http.StatusOK, a.post(launchtest.EndpointToken, a.tokenForm(code, verifier)).status, "the code was not used up")
		}
	}
	callbackFields := func(citizen string, check func(t *testing.T, a *handTool, c *launchtest.Callback)) func(*testing.T, *handTool) {
		return func(t *testing.T, a *handTool) {
			tab, err := a.browser().Start(t.Context(), toolStart)
			require.NoError(t, err)
			c, err := tab.Choose(t.Context(), citizen, "")
			require.NoError(t, err)
			check(t, a, c)
		}
	}
	at := float64(start.Unix())
	checks := map[launchtest.Misbehaviour]func(*testing.T, *handTool){
		launchtest.BadNonceMissing: without("nonce"), launchtest.BadExpiresMissing: without("exp"), launchtest.BadIssuedMissing: without("iat"),
		launchtest.BadSubjectMissing: without("sub"), launchtest.BadRelationMissing: without("representation"), launchtest.BadActorMissing: without("actor_sub"),
		launchtest.BadNonce: claims(func(t *testing.T, _ *handTool, c map[string]any) {
			assert.False(t, strings.HasPrefix(c["nonce"].(string), "nonce-"))
		}),
		launchtest.BadAudience:  with("aud", "another-client"),
		launchtest.BadAudiences: with("aud", []any{toolID, "another-client"}),
		launchtest.BadExpired:   with("exp", at-3600), launchtest.BadIssuedLater: with("iat", at+3600),
		launchtest.BadIssuer:          with("iss", "https://attacker.example/sts/oidcprov/v3"),
		launchtest.BadSubjectPersonal: with("sub", launchtest.IdentityNumber()), launchtest.BadRelation: with("representation", "99"),
		launchtest.BadType: header("typ", "at+jwt"),
		launchtest.BadKeyUnknown: func(t *testing.T, a *handTool) {
			assert.NotContains(t, a.published(), part(t, a.idTokenFor(""), 0)["kid"])
		},
		launchtest.BadSignature: func(t *testing.T, a *handTool) {
			token := a.idTokenFor("")
			assert.Contains(t, a.published(), part(t, token, 0)["kid"])
			assert.False(t, signedByProvider(t, token))
		},
		launchtest.BadAlgorithmNone: func(t *testing.T, a *handTool) {
			token := a.idTokenFor("")
			assert.Equal(t, "none", part(t, token, 0)["alg"])
			assert.True(t, strings.HasSuffix(token, "."))
		},
		launchtest.BadSharedSecret: func(t *testing.T, a *handTool) {
			token := a.idTokenFor("")
			cut := strings.LastIndexByte(token, '.')
			der, err := x509.MarshalPKIXPublicKey(providerKey().Public())
			require.NoError(t, err)
			mac := hmac.New(sha256.New, pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}))
			mac.Write([]byte(token[:cut]))
			assert.Equal(t, encode(mac.Sum(nil)), token[cut+1:])
			assert.Equal(t, "HS256", part(t, token, 0)["alg"])
		},
		launchtest.BadMemberTwice: func(t *testing.T, a *handTool) {
			assert.Equal(t, 2, strings.Count(string(unbase64(t, strings.Split(a.idTokenFor(""), ".")[1])), `"sub":`))
		},
		launchtest.BadPadding: func(t *testing.T, a *handTool) {
			assert.True(t, strings.HasSuffix(a.idTokenFor(""), "=="))
		},
		launchtest.BadExpiresText:    with("exp", strconv.FormatInt(start.Add(5*time.Minute).Unix(), 10)),
		launchtest.BadIssuerSlash:    with("iss", "https://eksternapi.helsenorge.example/sts/oidcprov/v3/"),
		launchtest.BadAudienceLonger: with("aud", toolID+"-2"),
		launchtest.BadUTF8: func(t *testing.T, a *handTool) {
			token := a.idTokenFor("")
			assert.True(t, signedByProvider(t, token))
			assert.False(t, utf8.Valid(unbase64(t, strings.Split(token, ".")[1])))
		},
		launchtest.BadCritical: header("crit", []any{"x"}),
		launchtest.BadKeyEmbedded: func(t *testing.T, a *handTool) {
			token := a.idTokenFor("")
			assert.False(t, signedByProvider(t, token))
			assert.NotEqual(t, encode(providerKey().N.Bytes()), part(t, token, 0)["jwk"].(map[string]any)["n"])
		},
		launchtest.BadTokenWithoutIDToken: func(t *testing.T, a *handTool) {
			assert.NotContains(t, a.post(launchtest.EndpointToken, a.tokenForm(a.code())).members, "id_token")
		},
		launchtest.BadTokenType: func(t *testing.T, a *handTool) {
			assert.Equal(t, "DPoP", a.post(launchtest.EndpointToken, a.tokenForm(a.code())).text("token_type"))
		},
		launchtest.BadTokenHTML: tokenEndpoint(func(t *testing.T, got reply) { assert.Equal(t, "text/html", got.header.Get("Content-Type")) }),
		launchtest.BadTokenHuge: tokenEndpoint(func(t *testing.T, got reply) { assert.Greater(t, len(got.body), 10<<20) }),
		launchtest.BadTokenFails: tokenEndpoint(func(t *testing.T, got reply) {
			assertRefused(t, got, http.StatusInternalServerError, "server_error", "ordered")
		}),
		launchtest.BadTokenInvalidGrant: tokenEndpoint(func(t *testing.T, got reply) {
			assertRefused(t, got, http.StatusBadRequest, "invalid_grant", "ordered")
		}),
		launchtest.BadTokenNever: tokenNever,
		launchtest.BadPARFailsOnce: func(t *testing.T, a *handTool) {
			page, err := a.browser().Open(t.Context(), toolStart)
			require.NoError(t, err)
			assert.Equal(t, http.StatusServiceUnavailable, page.Status)
			a.code()
			assert.Equal(t, 2, a.h.Count(launchtest.EndpointPAR))
		},
		launchtest.BadPARRequestURI: func(t *testing.T, a *handTool) {
			got := a.post(launchtest.EndpointPAR, a.pushForm("state-0123", strings.Repeat("v", 43)))
			assert.Equal(t, http.StatusCreated, got.status)
			assert.NotContains(t, got.members, "request_uri")
		},
		launchtest.BadDiscoveryIssuer: func(t *testing.T, a *handTool) {
			assert.NotEqual(t, a.h.Issuer(), a.get(a.h.Address(launchtest.EndpointDiscovery)).members["issuer"])
		},
		launchtest.BadCallbackIssuer: callbackFields("per", func(t *testing.T, a *handTool, c *launchtest.Callback) {
			assert.Equal(t, "https://attacker.example/sts/oidcprov/v3", c.Fields.Get("iss"))
			assert.NotEmpty(t, c.Fields.Get("code"))
		}),
		launchtest.BadCallbackState: callbackFields("per", func(t *testing.T, a *handTool, c *launchtest.Callback) {
			assert.NotContains(t, a.verifier, c.Fields.Get("state"))
			assert.NotEmpty(t, c.Fields.Get("code"))
		}),
		launchtest.BadErrorMarkup: callbackFields("per", func(t *testing.T, a *handTool, c *launchtest.Callback) {
			assert.Equal(t, "access_denied", c.Fields.Get("error"))
			assert.Contains(t, c.Fields.Get("error_description"), "<script>")
			assert.Empty(t, c.Fields.Get("code"))
		}),
	}
	require.NotEmpty(t, launchtest.Misbehaviours())
	for _, m := range launchtest.Misbehaviours() {
		t.Run(string(m), func(t *testing.T) {
			require.Contains(t, checks, m)
			a := newHandTool(t)
			a.h.Misbehave(m)
			checks[m](t, a)
		})
	}
	assert.Len(t, checks, len(launchtest.Misbehaviours()))
}

func tokenNever(t *testing.T, a *handTool) {
	form := a.tokenForm(a.code())
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		_, err := send(ctx, a, launchtest.EndpointToken, form)
		require.ErrorIs(t, err, context.DeadlineExceeded)
	})
	assert.Len(t, a.h.JTIs(launchtest.EndpointToken), 1, "the request was seen")
}

// send posts a form, or says why it could not.
func send(ctx context.Context, a *handTool, e launchtest.Endpoint, form url.Values) (status int, err error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, a.h.Address(e), strings.NewReader(form.Encode()))
	if err != nil {
		return 0, err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := a.client.Do(r)
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, resp.Body.Close()
}

func TestHelsenorgeMisbehaviourRows(t *testing.T) {
	known := map[string]bool{"": true}
	for _, r := range launchtest.Rows() {
		known[r.ID] = true
	}
	for _, m := range launchtest.Misbehaviours() {
		assert.True(t, known[m.Row()], "%s: row %s", m, m.Row())
	}
	assert.Equal(t, "N51", launchtest.BadNonce.Row())
	assert.Empty(t, launchtest.Misbehaviour("good").Row())
}

func contextWithin(t *testing.T, d time.Duration) (context.Context, context.CancelFunc) {
	return context.WithTimeout(t.Context(), d)
}
