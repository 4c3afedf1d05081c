package launchtest_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/verktoykatalog/verktoy/internal/underrace"
	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

// A careful tool that is not made with this SDK fails nothing.
func TestSuitePassesAnotherTool(t *testing.T) {
	findings := check(t, target(weakTool()))
	assert.Empty(t, failures(findings))
	assert.Greater(t, launchtest.Count(findings, launchtest.Passed), 250)
}

// The suite catches every weak tool, with the case that is meant for it.
func TestSuiteCatches(t *testing.T) {
	one := func(x *launchtest.Target) { x.Algorithms = []string{"ES256"} }
	mutants := []struct {
		flaw, want string
		edit       func(*launchtest.Target)
	}{
		{flaw: "alg none", want: "alg none without signature"},
		{flaw: "HS256", want: "HS256 with the public key as PEM as secret"},
		{flaw: "any algorithm", want: "RS256", edit: one},
		{flaw: "no aud", want: "another aud"},
		{flaw: "aud prefix", want: "aud longer than ours"},
		{flaw: "one aud of many", want: "another tool beside this one"},
		{flaw: "keys from iss", want: "attacker's issuer, with the attacker's keys behind it"},
		{flaw: "keys from iss", want: "addresses in messages"},
		{flaw: "iss without its slash", want: "iss with a slash at the end"},
		{flaw: "exp optional", want: "no exp"},
		{flaw: "exp not checked", want: "exp an hour ago"},
		{flaw: "exp late by skew", want: "exp 5 s ago"},
		{flaw: "iat optional", want: "no iat"},
		{flaw: "iat ahead", want: "iat 20 s ahead"},
		{flaw: "any lifetime", want: "a life of an hour"},
		{flaw: "no replay", want: "message for the second time"},
		{flaw: "replay before signature", want: "the good message after it"},
		{flaw: "replay key without issuer", want: "jti that another issuer used"},
		{flaw: "replay by the message's text", want: "twin of a used message"},
		{flaw: "replay not atomic", want: "one message fifty times at once"},
		{flaw: "jti optional", want: "no jti"},
		{flaw: "last of two members", want: "aud twice"},
		{flaw: "case folding", want: "Iss, AUD and Sub in wrong case"},
		{flaw: "lenient base64", want: "padding after the signature"},
		{flaw: "lenient base64", want: "unused bits in the signature"},
		{flaw: "jku followed, any header", want: "attacker's jku"},
		{flaw: "jku followed, any header", want: "addresses in messages"},
		{flaw: "embedded jwk, any header", want: "attacker's key embedded"},
		{flaw: "kid ignored", want: "unknown kid"},
		{flaw: "key of any issuer", want: "key of the second issuer signs for the first"},
		{flaw: "weak keys", want: "RSA key of 1024 bits"},
		{flaw: "weak keys", want: "key for encryption"},
		{flaw: "weak keys", want: "RSA key of a broken generator (ROCA)"},
		{flaw: "weak keys", want: "two keys with the same kid"},
		{flaw: "fetch for every kid", want: "200 unknown kids"},
		{flaw: "500 without keys", want: "keys down, and not known yet"},
		{flaw: "any typ", want: "typ of an access token"},
		{flaw: "any header", want: "crit names what is there"},
		{flaw: "ASN.1 signatures", want: "ASN.1"},
		{flaw: "personal data", want: "sub refers to an identity number"},
		{flaw: "no message limit", want: "17 KiB"},
		{flaw: "token in the address", want: "GET with the token in the address"},
		{flaw: "token in the address", want: "POST with the token in the address"},
		{flaw: "two tokens", want: "token twice"},
		{flaw: "any content type", want: "plain text"},
		{flaw: "no body limit", want: "body of a mebibyte"},
		{flaw: "no body limit", want: "body of a mebibyte, length not said, read no further"},
		{flaw: "500 on garbage", want: "two segments"},
		{flaw: "error page echoes claims", want: "error page with claims of a bad message"},
		{flaw: "no headers", want: "an accepted launch is in no frame"},
		{flaw: "session kept", want: "session chosen by an attacker"},
		{flaw: "old session lives on", want: "somebody else's session in the browser"},
		{flaw: "cookie open to scripts", want: "session cookie"},
	}
	run := map[string][]launchtest.Finding{}
	for _, m := range underrace.Some(mutants) {
		t.Run(m.flaw+": "+m.want, func(t *testing.T) {
			if run[m.flaw] == nil {
				x := target(weakTool(strings.Split(m.flaw, ", ")...))
				if m.edit != nil {
					m.edit(&x)
				}
				run[m.flaw] = check(t, x)
			}
			i := slices.IndexFunc(run[m.flaw], func(f launchtest.Finding) bool { return f.Case == m.want })
			if assert.GreaterOrEqual(t, i, 0, "a case of this name") {
				assert.Equal(t, launchtest.Failed, run[m.flaw][i].Outcome, "%s", run[m.flaw][i])
			}
		})
	}
	assert.GreaterOrEqual(t, len(run), underrace.Cases(20))
	t.Logf("%d weak tools, %d cases meant for them", len(run), len(mutants))
}

var _ http.Handler = (*weak)(nil)
