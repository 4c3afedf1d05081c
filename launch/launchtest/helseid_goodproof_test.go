package launchtest_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

// Proofs that have to be taken at both places. RFC 9449, sections 4.2 and 4.3; RFC 3986, section 6.2.
func TestHelseIDGoodProofs(t *testing.T) {
	exact := func(c *launchtest.HelseIDConfig) { c.ExactHTU = true }
	for _, c := range []struct {
		name  string
		edit  func(*hidDraft)
		exact bool // also where htu has to be exact
	}{
		{"as it should be", func(*hidDraft) {}, true},
		{"iat five seconds early", hidLater("iat", -5), true},
		{"iat five seconds late", hidLater("iat", 5), true},
		{"iat with a fraction", func(d *hidDraft) { d.claims["iat"] = float64(d.claims["iat"].(int64)) + 0.25 }, true},
		{"kid beside", hidHeader("kid", "1"), true},
		{"claims beside", hidClaim("extra", map[string]any{"a": 1}), true},
		{"jwk with kid, alg and use", func(d *hidDraft) {
			hidJWKWith("kid", "1")(d)
			hidJWKWith("alg", "ES256")(d)
			hidJWKWith("use", "sig")(d)
		}, true},
		{"a nonce that nobody asked for", hidClaim("nonce", "n"), true},
		{"htu with its port", hidInHTU(".example/", ".example:443/"), true},
		{"htu with host and scheme in capitals", hidInHTU("https://", "HTTPS://"), true},
		{"htu with a host in capitals", hidInHTU(".example/", ".EXAMPLE/"), true},
		{"htu with dots", hidInHTU(".example/", ".example/./x/../"), true},
		{"htu with needless percents", hidInHTU("/1~a", "/1%7ea"), true},
		{"htu with percents in small letters", hidInHTU("%2F", "%2f"), true},
		{"htu with needless percents in small letters", hidInHTU("/connect", "/c%6fnnect"), true},
		{"htu with a query", hidMore("htu", "?a=b"), false},
		{"htu with a fragment", hidMore("htu", "#a"), false},
		{"htu with an empty query", hidMore("htu", "?"), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			hidBoth(t, newHIDLab(t), c.edit, true)
			hidBoth(t, newHIDLab(t, exact), c.edit, c.exact)
		})
	}
}

// hidBoth sends proofs that are changed to the token endpoint and to an API.
func hidBoth(t *testing.T, l *hidLab, edit func(*hidDraft), good bool) {
	t.Helper()
	d := l.proofFor(http.MethodPost, hidToken, "")
	edit(d)
	a := l.do(l.tokenRequest(hidForm(l.assertion("single").sign(t)), d.sign(t)))
	assert.Equal(t, hidStatus(good, http.StatusBadRequest), a.status, "at the token endpoint: %v", a.body)
	token := l.token()
	d = l.proofFor(http.MethodGet, hidTask, token)
	edit(d)
	a = l.do(l.call(token, d.sign(t)))
	assert.Equal(t, hidStatus(good, http.StatusUnauthorized), a.status, "at the API: %v", a.body)
}

func hidStatus(good bool, otherwise int) int {
	if good {
		return http.StatusOK
	}
	return otherwise
}

// Each algorithm of HelseID's, in assertion and proof; RS256 only where it is said.
func TestHelseIDAlgorithms(t *testing.T) {
	rs := func(c *launchtest.HelseIDConfig) { c.AlsoRS = true }
	for _, c := range []struct {
		algorithm string
		edit      func(*launchtest.HelseIDConfig)
		code      string
	}{
		{"ES256", nil, ""}, {"ES384", nil, ""}, {"ES512", nil, ""}, {"PS256", nil, ""}, {"PS384", nil, ""}, {"PS512", nil, ""},
		{"RS256", nil, "invalid_client"}, {"RS256", rs, ""}, {"RS512", rs, ""}, {"EdDSA", rs, "invalid_client"},
	} {
		t.Run(c.algorithm, func(t *testing.T) {
			key := hidKey(t, c.algorithm)
			l := newHIDLab(t, func(cfg *launchtest.HelseIDConfig) {
				cfg.Clients[0].Keys = hidKeys(t, key)
				if c.edit != nil {
					c.edit(cfg)
				}
			})
			l.key, l.proof = key, key
			a := l.ask("single")
			assert.Equal(t, c.code, a.code(), a.body)
			if c.code == "" {
				assert.Equal(t, http.StatusOK, l.get(a.body["access_token"].(string)).status)
			}
		})
	}
}
