package launchtest_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

// hidWrongAssertions are refused with invalid_client. RFC 7523, section 3; HelseID's own rules: issuer as aud, 60 seconds, its typ.
func hidWrongAssertions(t testing.TB) []hidCase {
	other, rs := hidKey(t, "ES256"), hidKey(t, "RS256")
	return []hidCase{
		hidEdit("no typ", hidHeader("typ", nil)), hidEdit("typ JWT", hidHeader("typ", "JWT")), hidEdit("typ of a proof", hidHeader("typ", "dpop+jwt")),
		hidEdit("no alg", hidHeader("alg", nil)), hidEdit("alg none", hidUnsigned), hidEdit("HS256", hidShared), hidEdit("alg of another curve", hidHeader("alg", "ES384")),
		hidEdit("RS256", func(d *hidDraft) { d.key = rs; hidHeader("alg", "RS256")(d) }),
		hidEdit("no kid", hidHeader("kid", nil)), hidEdit("kid of nobody", hidHeader("kid", "other")), hidEdit("signed by another key", func(d *hidDraft) { d.key = other }),
		hidEdit("its own key in the header", func(d *hidDraft) { d.key = other; hidHeader("kid", nil)(d); hidHeader("jwk", hidJWK(t, other))(d) }),
		hidEdit("jwk beside", hidHeader("jwk", hidJWK(t, other))), hidEdit("crit", hidHeader("crit", []string{"alg"})),
		hidEdit("bad signature", hidAfter(func(s string) string { return s[:len(s)-4] + hidFlip(s[len(s)-4:len(s)-3]) + s[len(s)-3:] })),
		hidNo("iss"), hidNo("sub"), hidNo("aud"), hidNo("jti"), hidNo("nbf"), hidNo("iat"), hidNo("exp"),
		hidEdit("iss of nobody", hidClaim("iss", "nobody")), hidEdit("iss of another client", hidClaim("iss", "many")), hidEdit("sub of another client", hidClaim("sub", "many")),
		hidEdit("aud the token endpoint", hidClaim("aud", hidToken)), hidEdit("aud with a slash", hidClaim("aud", hidIssuer+"/")),
		hidEdit("aud in capitals", hidClaim("aud", strings.ToUpper(hidIssuer))), hidEdit("aud in a list", hidListed("aud")),
		hidEdit("aud of two", hidClaim("aud", []string{hidIssuer, hidToken})), hidEdit("aud another issuer", hidClaim("aud", "https://helseid.other.example")),
		hidEdit("jti empty", hidClaim("jti", "")), hidEdit("jti a number", hidClaim("jti", 1)),
		hidEdit("exp 61 seconds ahead", hidLater("exp", 1)), hidEdit("exp an hour ahead", hidLater("exp", 3600)), hidEdit("exp now", hidLater("exp", -60)),
		hidEdit("exp in the past", hidLater("exp", -120)), hidEdit("exp 61 seconds after iat", hidLater("iat", -1)),
		hidEdit("exp a text", hidClaim("exp", "2026-11-02T09:01:00Z")), hidEdit("exp null", hidClaim("exp", json.RawMessage("null"))), hidEdit("exp negative", hidClaim("exp", -1)),
		hidEdit("iat in the future", hidLater("iat", 1)), hidEdit("iat a text", hidClaim("iat", "now")),
		hidEdit("nbf in the future", hidLater("nbf", 1)), hidEdit("nbf a text", hidClaim("nbf", "now")),
		hidEdit("a claim twice", func(d *hidDraft) { d.rawClaims = hidTwice(t, d.claims, "jti") }),
		hidEdit("a header member twice", func(d *hidDraft) { d.rawHeader = hidTwice(t, d.header, "typ") }),
		hidEdit("claims in a list", func(d *hidDraft) { d.rawClaims = "[]" }), hidEdit("JSON serialization", hidAfter(hidSerialized)),
		hidEdit("two segments", hidAfter(func(s string) string { return s[:strings.LastIndexByte(s, '.')] })), hidEdit("padding", hidAfter(func(s string) string { return s + "=" })),
		hidEdit("over the limit", hidClaim("filler", strings.Repeat("x", 16<<10))),
	}
}

func TestHelseIDWrongAssertions(t *testing.T) {
	cases := hidWrongAssertions(t)
	require.GreaterOrEqual(t, len(cases), 20)
	l := newHIDLab(t)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			a := l.ask("single", func(d *hidDraft) { c.edit(l, d) })
			assert.Equal(t, "invalid_client", a.code(), a.body)
			assert.Equal(t, http.StatusUnauthorized, a.status)
		})
	}
	assert.Zero(t, l.Tokens())
}

func TestHelseIDGoodAssertions(t *testing.T) {
	old := func(c *launchtest.HelseIDConfig) { c.AlsoJWT = true }
	skewed := func(c *launchtest.HelseIDConfig) { c.Skew = 2 * time.Second }
	for _, c := range []struct {
		name   string
		config func(*launchtest.HelseIDConfig)
		edit   func(*hidDraft)
	}{
		{"a short life", nil, hidLater("exp", -30)}, {"a second old", nil, hidLater("iat", -1, "nbf", -1, "exp", 59)},
		{"claims beside", nil, hidClaim("extra", []int{1})}, {"typ JWT where it is taken", old, hidHeader("typ", "JWT")},
		{"the new typ where the old one is taken", old, func(*hidDraft) {}},
		{"a clock that is two seconds ahead", skewed, hidLater("iat", 2, "nbf", 2)},
	} {
		t.Run(c.name, func(t *testing.T) {
			edits := []func(*launchtest.HelseIDConfig){}
			if c.config != nil {
				edits = append(edits, c.config)
			}
			a := newHIDLab(t, edits...).ask("single", c.edit)
			assert.Equal(t, http.StatusOK, a.status, a.body)
		})
	}
}

// A clock that may be ahead does not make a longer life.
func TestHelseIDSkew(t *testing.T) {
	l := newHIDLab(t, func(c *launchtest.HelseIDConfig) { c.Skew = 2 * time.Second })
	a := l.ask("single", hidLater("iat", 2), hidLater("exp", 2))
	assert.Equal(t, "invalid_client", a.code())
	assert.Contains(t, a.body["error_description"], "exp, at most 60 seconds ahead")
}

// An assertion is used up by its first use, whatever came of that.
func TestHelseIDAssertionTwice(t *testing.T) {
	l := newHIDLab(t)
	d := l.assertion("single")
	text := d.sign(t)
	ask := func(proof string) hidAnswer { return l.do(l.tokenRequest(hidForm(text), proof)) }
	assert.Equal(t, "invalid_dpop_proof", ask("").code())
	a := ask(l.proofFor(http.MethodPost, hidToken, "").sign(t))
	assert.Equal(t, "invalid_client", a.code())
	assert.Contains(t, a.body["error_description"], "jti, used once")
	jti := d.claims["jti"]
	assert.Equal(t, []string{jti.(string), jti.(string)}, l.Assertions())
	assert.Equal(t, http.StatusOK, l.ask("many", hidClaim("jti", jti), hidDetails("urn:oid:1.0.6523", "NO:ORGNR:910000003:")).status, "another client's jti")
}
