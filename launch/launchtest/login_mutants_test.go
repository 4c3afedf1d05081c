package launchtest_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/verktoykatalog/verktoy/internal/underrace"
	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

// A careful tool that is not made with this SDK fails nothing.
func TestLoginSuitePassesAnotherTool(t *testing.T) {
	findings := checkLogin(t, loginTarget(loginToolWith()))
	assert.Empty(t, failures(findings))
	assert.Greater(t, launchtest.Count(findings, launchtest.Passed), 100)
}

// The suite catches every weak tool, with the case that is meant for it.
func TestLoginSuiteCatches(t *testing.T) {
	mutants := []struct{ flaw, want string }{
		{"state not checked", "answer of another browser's login"},
		{"state not checked", "another state"},
		{"state optional", "no state"},
		{"not bound to the browser", "answer of another browser's login"},
		{"not bound to the browser", "answer of another browser's login, where one has begun"},
		{"any login cookie", "answer of another browser's login, where one has begun"},
		{"one cookie for all tabs", "two tabs, the first one first"},
		{"one state for all", "state of several logins"},
		{"SameSite=Lax cookie", "good login"},
		{"login cookie open to scripts", "cookie of a login under way"},
		{"session cookie open to scripts", "session cookie"},
		{"verifier in the cookie", "code_verifier in a cookie"},
		{"nonce not checked", "id token with another nonce"},
		{"nonce optional", "id token without nonce"},
		{"aud not checked", "id token for another client"},
		{"one aud of many", "id token for several clients without azp"},
		{"aud prefix", "id token for a client whose id begins alike"},
		{"signature not checked", "id token signed by another key"},
		{"alg none accepted", "id token with alg none"},
		{"HS256 accepted", "id token with HS256 by the public key"},
		{"embedded key taken", "id token with the attacker's key in it"},
		{"unknown key is any key", "id token that names an unknown key"},
		{"fetch for every kid", "10 unknown keys"},
		{"expiry not checked", "id token that has expired"},
		{"exp optional", "id token without exp"},
		{"exp as a text", "id token whose exp is a text"},
		{"iat optional", "id token without iat"},
		{"iat ahead", "id token issued in the future"},
		{"iss not checked", "id token of another issuer"},
		{"iss without its slash", "id token of the issuer with a slash"},
		{"any typ", "id token with typ at+jwt"},
		{"crit ignored", "id token with a critical header"},
		{"lenient base64", "id token with padding after the signature"},
		{"lenient JSON", "id token with sub twice"},
		{"lenient JSON", "id token that is not UTF-8"},
		{"iss parameter ignored", "callback with another iss"},
		{"discovery issuer not compared", "discovery with another issuer"},
		{"any token_type", "token answer with another token_type"},
		{"code sent again", "token endpoint answers 500"},
		{"answer taken twice", "code of an answer that came three times"},
		{"answer taken twice", "code of one answer twenty times at once"},
		{"500 on everything", "token endpoint answers HTML"},
		{"assertion used again", "PAR answers 503 once"},
		{"PAR five times", "PAR answers 503"},
		{"code in the query accepted", "GET with code and state in the address"},
		{"code in the query accepted", "POST with code and state in the address"},
		{"any content type", "plain text"},
		{"no body limit", "form of a mebibyte"},
		{"first of two fields", "state twice"},
		{"error ignored", "error and a code"},
		{"error_description echoed", "markup in error_description"},
		{"acting for others accepted", "login of the representative with ordinary power"},
		{"acting for others accepted", "id token with an unknown relation"},
		{"actor optional", "id token without actor"},
		{"open redirect", "start with https://attacker.example/ as where to go"},
		{"open redirect", `start with /\attacker.example as where to go`},
		{"session id kept", "login of the next citizen in the same browser"},
		{"session id kept", "session chosen by an attacker"},
		{"old session lives on", "session of the citizen before"},
		{"no headers", "accepted login is kept nowhere"},
		{"no headers", "refused login is in no frame"},
		{"no headers", "answer inside a frame"},
		{"no redirect", "accepted login leads on"},
		{"code in the address", "code and state in pages and addresses"},
		{"client_id at the token endpoint", "client_id beside the client assertion"},
		{"no ui_locales", "good login"},
	}
	wants, order := map[string][]string{}, []string{}
	for _, m := range mutants {
		if wants[m.flaw] == nil {
			order = append(order, m.flaw)
		}
		wants[m.flaw] = append(wants[m.flaw], m.want)
	}
	assert.GreaterOrEqual(t, len(order), 50)
	for _, flaw := range underrace.Some(order) {
		t.Run(flaw, func(t *testing.T) {
			t.Parallel()
			assertCaught(t, checkLogin(t, loginTarget(loginToolWith(flaw))), wants[flaw])
		})
	}
}

func assertCaught(t *testing.T, findings []launchtest.Finding, wants []string) {
	for _, want := range wants {
		i := slices.IndexFunc(findings, func(f launchtest.Finding) bool { return f.Case == want })
		if assert.GreaterOrEqual(t, i, 0, "a case %q", want) {
			assert.Equal(t, launchtest.Failed, findings[i].Outcome, "%s", findings[i])
		}
	}
}

// A tool that waits for ever is let go, and told from one that answers.
func TestLoginSuiteCatchesWhoWaitsForEver(t *testing.T) {
	x := loginTarget(loginToolWith("waits for ever"))
	x.Patience = time.Second
	i := slices.IndexFunc(checkLogin(t, x), func(f launchtest.Finding) bool {
		return f.Case == "token endpoint never answers" && f.Outcome == launchtest.Failed && f.Why == "no answer: the tool still waits"
	})
	assert.GreaterOrEqual(t, i, 0)
}
