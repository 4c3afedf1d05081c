package launchtest_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/internal/jose"
)

// hidCase is one thing that is wrong with a proof or the request that carries it.
type hidCase struct {
	name string
	edit func(*hidLab, *hidDraft)
	send func(*http.Request)
	code string // "" means invalid_dpop_proof
}

func hidEdit(name string, edit func(*hidDraft)) hidCase {
	return hidCase{name: name, edit: func(_ *hidLab, d *hidDraft) { edit(d) }}
}

func hidNo(name string) hidCase { return hidEdit("no "+name, hidClaim(name, nil)) }

func hidSend(name string, send func(*http.Request)) hidCase { return hidCase{name: name, send: send} }

// hidWrongProofs are refused at the token endpoint and at an API. RFC 9449, section 4.3; the OpenID conformance suite's steps.
func hidWrongProofs(t testing.TB) []hidCase {
	rs, other := hidKey(t, "RS256"), hidKey(t, "ES256")
	private, err := other.Private()
	require.NoError(t, err)
	return []hidCase{
		hidEdit("no typ", hidHeader("typ", nil)), hidEdit("no alg", hidHeader("alg", nil)), hidEdit("no jwk", hidHeader("jwk", nil)),
		hidNo("jti"), hidNo("htm"), hidNo("htu"), hidNo("iat"),
		hidEdit("typ JWT", hidHeader("typ", "JWT")), hidEdit("typ at+jwt", hidHeader("typ", "at+jwt")), hidEdit("typ no text", hidHeader("typ", 1)),
		hidEdit("RS256", func(d *hidDraft) { hidSignWith(t, d, rs) }),
		hidEdit("alg none", hidUnsigned), hidEdit("alg NONE", func(d *hidDraft) { hidHeader("alg", "NONE")(d) }),
		hidEdit("HS256 with the public key", hidShared), hidEdit("EdDSA", func(d *hidDraft) { hidSignWith(t, d, hidKey(t, "EdDSA")) }),
		hidEdit("alg of another curve", hidHeader("alg", "ES384")),
		hidEdit("bad signature", hidAfter(func(s string) string { return s[:len(s)-4] + hidFlip(s[len(s)-4:len(s)-3]) + s[len(s)-3:] })),
		hidEdit("signed by another key", func(d *hidDraft) { d.key = other }),
		hidEdit("private jwk", func(d *hidDraft) { d.key = other; hidHeader("jwk", json.RawMessage(private))(d) }),
		hidEdit("symmetric jwk", hidHeader("jwk", map[string]any{"kty": "oct", "k": "c2hhcmVkLXNlY3JldC1vZi10aGlydHktdHdvLWJ5dGU"})),
		hidEdit("jwk no object", hidHeader("jwk", "key")), hidEdit("jwk for encryption", hidJWKWith("use", "enc")),
		hidEdit("jwk for another algorithm", hidJWKWith("alg", "ES384")), hidEdit("jwk off its curve", hidJWKWith("x", strings.Repeat("A", 43))),
		hidEdit("kid alone", func(d *hidDraft) { hidHeader("jwk", nil)(d); hidHeader("kid", "1")(d) }),
		hidEdit("htm of another method", hidClaim("htm", "PUT")), hidEdit("htm in small letters", hidLower("htm")), hidEdit("htm no text", hidClaim("htm", 1)),
		hidEdit("htu with another path", hidClaim("htu", hidIssuer+"/other")), hidEdit("htu with more path", hidMore("htu", "/")),
		hidEdit("htu with a dot at the end", hidMore("htu", "/.")), hidEdit("htu with dots at the end", hidMore("htu", "/x/..")),
		hidEdit("htu with another host", hidClaim("htu", "https://other.example/connect/token")),
		hidEdit("htu with another host in front", hidInHTU("https://", "https://x.")), hidEdit("htu with a user", hidInHTU("https://", "https://helseid@")),
		hidEdit("htu with another scheme", hidInHTU("https://", "http://")), hidEdit("htu with another port", hidInHTU(".example/", ".example:8443/")),
		hidEdit("htu a path", hidClaim("htu", "/connect/token")), hidEdit("htu with a path in capitals", hidUpperPath), hidEdit("htu in a list", hidListed("htu")),
		hidEdit("iat an hour early", hidLater("iat", -3600)), hidEdit("iat an hour late", hidLater("iat", 3600)),
		hidEdit("iat seven seconds early", hidLater("iat", -7)), hidEdit("iat seven seconds late", hidLater("iat", 7)),
		hidEdit("iat a text", func(d *hidDraft) { d.claims["iat"] = fmt.Sprint(d.claims["iat"]) }), hidEdit("iat null", func(d *hidDraft) { d.claims["iat"] = json.RawMessage("null") }),
		hidEdit("iat in milliseconds", func(d *hidDraft) { d.claims["iat"] = d.claims["iat"].(int64) * 1000 }),
		hidEdit("exp in the past", hidClaim("exp", 1)), hidEdit("exp no number", hidClaim("exp", "soon")), hidEdit("nbf in the future", hidLater("iat", 0, "nbf", 3600)),
		hidEdit("jti empty", hidClaim("jti", "")), hidEdit("jti a number", hidClaim("jti", 7)), hidEdit("ath no text", hidClaim("ath", 7)),
		hidEdit("a claim twice", func(d *hidDraft) { d.rawClaims = hidTwice(t, d.claims, "jti") }),
		hidEdit("a header member twice", func(d *hidDraft) { d.rawHeader = hidTwice(t, d.header, "typ") }),
		hidEdit("claims in a list", func(d *hidDraft) { d.rawClaims = "[]" }), hidEdit("claims no JSON", func(d *hidDraft) { d.rawClaims = "jti" }),
		hidEdit("crit", func(d *hidDraft) { hidHeader("crit", []string{"exp"})(d); hidHeader("exp", 1)(d) }),
		hidEdit("b64", hidHeader("b64", true)), hidEdit("x5c", hidHeader("x5c", []string{"MIIB"})), hidEdit("jku", hidHeader("jku", "https://other.example/jwks")),
		hidEdit("JSON serialization", hidAfter(hidSerialized)), hidEdit("padding", hidAfter(func(s string) string { return s + "=" })),
		hidEdit("two segments", hidAfter(func(s string) string { return s[:strings.LastIndexByte(s, '.')] })), hidEdit("four segments", hidAfter(func(s string) string { return s + ".x" })),
		hidEdit("no message", hidAfter(func(string) string { return "proof" })), hidEdit("two in one field", hidAfter(func(s string) string { return s + ", " + s })),
		hidEdit("over the limit", hidClaim("filler", strings.Repeat("x", 8<<10))),
		hidSend("no DPoP header", func(r *http.Request) { r.Header.Del("DPoP") }), hidSend("empty DPoP header", func(r *http.Request) { r.Header.Set("DPoP", "") }),
		hidSend("two DPoP headers", func(r *http.Request) { r.Header.Add("DPoP", r.Header.Get("DPoP")) }),
		hidSend("an empty DPoP header beside", func(r *http.Request) { r.Header.Add("DPoP", "") }),
	}
}

func hidSignWith(t testing.TB, d *hidDraft, key *jose.Signer) {
	d.key = key
	hidHeader("alg", key.Public().Algorithm)(d)
	hidHeader("jwk", hidJWK(t, key))(d)
}

func hidUnsigned(d *hidDraft) {
	hidHeader("alg", "none")(d)
	d.after = func(s string) string { return s[:strings.LastIndexByte(s, '.')+1] }
}

// hidShared signs with the public key as if it were a secret.
func hidShared(d *hidDraft) {
	hidHeader("alg", "HS256")(d)
	secret, _ := json.Marshal(d.header["jwk"])
	d.after = func(s string) string {
		signed := s[:strings.LastIndexByte(s, '.')]
		mac := hmac.New(sha256.New, secret)
		mac.Write([]byte(signed))
		return signed + "." + base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
	}
}

func hidFlip(s string) string {
	if s == "A" {
		return "B"
	}
	return "A"
}

func hidJWKWith(name string, value any) func(*hidDraft) {
	return func(d *hidDraft) {
		jwk := map[string]any{name: value}
		for n, v := range d.header["jwk"].(map[string]any) {
			if n != name {
				jwk[n] = v
			}
		}
		hidHeader("jwk", jwk)(d)
	}
}

func hidLower(name string) func(*hidDraft) {
	return func(d *hidDraft) { d.claims[name] = strings.ToLower(d.claims[name].(string)) }
}

func hidMore(name, more string) func(*hidDraft) {
	return func(d *hidDraft) { d.claims[name] = d.claims[name].(string) + more }
}

func hidInHTU(old, replacement string) func(*hidDraft) {
	return func(d *hidDraft) { d.claims["htu"] = strings.Replace(d.claims["htu"].(string), old, replacement, 1) }
}

func hidUpperPath(d *hidDraft) {
	htu := d.claims["htu"].(string)
	i := strings.Index(htu, ".example/") + len(".example/")
	d.claims["htu"] = htu[:i] + strings.ToUpper(htu[i:])
}

func hidListed(name string) func(*hidDraft) {
	return func(d *hidDraft) { d.claims[name] = []any{d.claims[name]} }
}

// hidLater moves a time of the message by seconds; a second pair makes another claim from the first.
func hidLater(name string, seconds int64, more ...any) func(*hidDraft) {
	return func(d *hidDraft) {
		at := d.claims[name].(int64)
		d.claims[name] = at + seconds
		for i := 0; i+1 < len(more); i += 2 {
			d.claims[more[i].(string)] = at + int64(more[i+1].(int))
		}
	}
}

// hidTwice writes a member again at the end.
func hidTwice(t testing.TB, members map[string]any, name string) string {
	text := string(hidJSON(t, "", members))
	again := string(hidJSON(t, "", map[string]any{name: members[name]}))
	return text[:len(text)-1] + "," + again[1:]
}

// hidSerialized: RFC 7515, section 7.2.2.
func hidSerialized(s string) string {
	parts := strings.Split(s, ".")
	return fmt.Sprintf(`{"protected":"%s","payload":"%s","signature":"%s"}`, parts[0], parts[1], parts[2])
}

func TestHelseIDWrongProofsForTokens(t *testing.T) {
	cases := hidWrongProofs(t)
	require.GreaterOrEqual(t, len(cases), 32)
	l := newHIDLab(t)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d := l.proofFor(http.MethodPost, hidToken, "")
			if c.edit != nil {
				c.edit(l, d)
			}
			r := l.tokenRequest(hidForm(l.assertion("single").sign(t)), d.sign(t))
			if c.send != nil {
				c.send(r)
			}
			a := l.do(r)
			assert.Equal(t, http.StatusBadRequest, a.status)
			assert.Equal(t, "invalid_dpop_proof", a.code(), a.body)
		})
	}
	assert.Zero(t, l.Tokens())
}

func TestHelseIDWrongProofsForCalls(t *testing.T) {
	l := newHIDLab(t)
	cases := append(hidWrongProofs(t), hidWrongBindings(l)...)
	require.GreaterOrEqual(t, len(cases), 32)
	token := l.token()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d := l.proofFor(http.MethodGet, hidTask, token)
			if c.edit != nil {
				c.edit(l, d)
			}
			r := l.call(token, d.sign(t))
			if c.send != nil {
				c.send(r)
			}
			a := l.do(r)
			want := "invalid_dpop_proof"
			if c.code != "" {
				want = c.code
			}
			assert.Equal(t, want, a.code(), a.body)
			assert.Equal(t, http.StatusUnauthorized, a.status)
			assert.Contains(t, a.header.Get("WWW-Authenticate"), "DPoP ")
			assert.Contains(t, a.header.Get("WWW-Authenticate"), `algs="PS256 `)
		})
	}
	assert.Zero(t, l.Calls())
}

// hidWrongBindings are proofs that do not belong to the token, or tokens that are none.
func hidWrongBindings(l *hidLab) []hidCase {
	first, other := l.token(), hidKey(l.t, "ES256")
	invalid := func(name string, send func(*http.Request)) hidCase {
		return hidCase{name: name, send: send, code: "invalid_token"}
	}
	authorization := func(change func(token string) string) func(*http.Request) {
		return func(r *http.Request) {
			r.Header.Set("Authorization", change(strings.TrimPrefix(r.Header.Get("Authorization"), "DPoP ")))
		}
	}
	return []hidCase{
		hidNo("ath"), hidEdit("ath wrong", hidClaim("ath", hidHash("token"))), hidEdit("ath empty", hidClaim("ath", "")),
		hidEdit("ath of another token", hidClaim("ath", hidHash(first))), hidEdit("ath in hexadecimal", hidClaim("ath", fmt.Sprintf("%x", sha256.Sum256([]byte(first))))),
		{name: "proof by another key than the token's", edit: func(_ *hidLab, d *hidDraft) { hidSignWith(l.t, d, other) }, code: "invalid_token"},
		hidEdit("htu with a slash for its percents", hidInHTU("%2F", "/")),
		hidEdit("proof for the token endpoint", func(d *hidDraft) { d.claims["htm"], d.claims["htu"] = http.MethodPost, hidToken }),
		invalid("Bearer", authorization(func(token string) string { return "Bearer " + token })),
		invalid("Bearer without proof", func(r *http.Request) {
			authorization(func(token string) string { return "Bearer " + token })(r)
			r.Header.Del("DPoP")
		}),
		invalid("Basic", func(r *http.Request) { r.SetBasicAuth("single", "a-secret-word") }),
		invalid("no token after the scheme", authorization(func(string) string { return "DPoP" })),
		invalid("two tokens in a field", func(r *http.Request) {
			r.Header.Set("Authorization", r.Header.Get("Authorization")+", DPoP "+first)
			l.proveAgain(r)
		}),
		invalid("token that is changed", func(r *http.Request) {
			r.Header.Set("Authorization", "DPoP "+hidReplaced(first))
			l.proveAgain(r)
		}),
		invalid("token that is a proof", func(r *http.Request) {
			r.Header.Set("Authorization", "DPoP "+r.Header.Get("DPoP"))
			l.proveAgain(r)
		}),
		invalid("token of the client's own making", func(r *http.Request) {
			d := &hidDraft{key: l.proof, header: map[string]any{"alg": "ES256", "typ": "at+jwt", "kid": l.proof.Public().ID}, claims: map[string]any{"iss": hidIssuer}}
			r.Header.Set("Authorization", "DPoP "+d.sign(l.t))
			l.proveAgain(r)
		}),
	}
}

// proveAgain puts a good proof for the token that the request has.
func (l *hidLab) proveAgain(r *http.Request) {
	_, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	r.Header.Set("DPoP", l.proofFor(r.Method, hidTask, token).sign(l.t))
}

// hidReplaced gives the token another payload.
func hidReplaced(token string) string {
	parts := strings.Split(token, ".")
	payload, _ := base64.RawURLEncoding.DecodeString(parts[1])
	parts[1] = base64.RawURLEncoding.EncodeToString([]byte(strings.Replace(string(payload), "nhn:task/read", "nhn:task/full", 1)))
	return strings.Join(parts, ".")
}

// Requests with no token, or more than one. RFC 6750, section 3.1.
func TestHelseIDNotOneToken(t *testing.T) {
	l := newHIDLab(t)
	token := l.token()
	for _, c := range []struct {
		name   string
		send   func(*http.Request)
		status int
		code   string
	}{
		{"two Authorization headers", func(r *http.Request) { r.Header.Add("Authorization", r.Header.Get("Authorization")) }, 400, "invalid_request"},
		{"Bearer beside", func(r *http.Request) { r.Header.Add("Authorization", "Bearer "+token) }, 400, "invalid_request"},
		{"token in the address beside", func(r *http.Request) { r.URL.RawQuery = "access_token=" + token }, 400, "invalid_request"},
		{"token in the address alone", func(r *http.Request) { r.Header.Del("Authorization"); r.URL.RawQuery = "access_token=" + token }, 400, "invalid_request"},
		{"no token", func(r *http.Request) { r.Header.Del("Authorization") }, 401, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := l.call(token, l.proofFor(http.MethodGet, hidTask, token).sign(t))
			c.send(r)
			a := l.do(r)
			assert.Equal(t, c.status, a.status)
			assert.Equal(t, c.code, a.code())
			assert.Contains(t, a.header.Get("WWW-Authenticate"), "DPoP ")
		})
	}
	assert.Zero(t, l.Calls())
}

func TestHelseIDProofTwice(t *testing.T) {
	l := newHIDLab(t)
	proof := l.proofFor(http.MethodPost, hidToken, "").sign(t)
	for i, want := range []int{http.StatusOK, http.StatusBadRequest} {
		a := l.do(l.tokenRequest(hidForm(l.assertion("single").sign(t)), proof))
		assert.Equal(t, want, a.status, "time %d", i+1)
		assert.Equal(t, map[int]string{http.StatusBadRequest: "invalid_dpop_proof"}[want], a.code())
	}
	token := l.token()
	proof = l.proofFor(http.MethodGet, hidTask, token).sign(t)
	for i, want := range []int{http.StatusOK, http.StatusUnauthorized} {
		a := l.do(l.call(token, proof))
		assert.Equal(t, want, a.status, "time %d", i+1)
		assert.Equal(t, map[int]string{http.StatusUnauthorized: "invalid_dpop_proof"}[want], a.code())
	}
	assert.Len(t, l.Proofs(), 5, "also those that were refused")
}

// One jti in two proofs is once too often, wherever they are for.
func TestHelseIDProofIDTwice(t *testing.T) {
	l := newHIDLab(t)
	token := l.token()
	for i, want := range []int{http.StatusOK, http.StatusUnauthorized} {
		d := l.proofFor(http.MethodGet, hidTask, token)
		hidClaim("jti", "the-same")(d)
		assert.Equal(t, want, l.do(l.call(token, d.sign(t))).status, "time %d", i+1)
	}
}
