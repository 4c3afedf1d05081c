package launchtest_test

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

func TestCheckLoginCannotRun(t *testing.T) {
	open := func(launchtest.LoginAgreement) (http.Handler, error) {
		return http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}), nil
	}
	broken := func(launchtest.LoginAgreement) (http.Handler, error) { return nil, errors.New("broken") }
	panics := func(launchtest.LoginAgreement) (http.Handler, error) {
		return http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("x") }), nil
	}
	cases := map[string]launchtest.LoginTarget{
		"field Start is not an https or http address; field Callback is not an https address, or http on this machine; field Whoami is not an https or http address; field Callback is not on the host of Start; field Keys is nil: a tool that runs already has a key; field Listen is not host and port of this machine: a tool that runs already must know where Helsenorge is; field Relations has one that is not 2 to 5": {
			Start: "/start", Callback: "http://tool.example/callback", Whoami: "whoami", Relations: []launchtest.Relation{"1"}},
		"field Callback is not on the host of Start":                   {Start: loginStart, Callback: "https://other.example/callback", Tool: open},
		"the whoami address answers 2xx to somebody without a session": loginTarget(open),
		"broken": loginTarget(broken),
		"the tool gives no answer at its start address: the handler panicked": loginTarget(panics),
	}
	for want, x := range cases {
		_, err := launchtest.CheckLogin(t.Context(), x)
		assert.ErrorContains(t, err, want)
	}
	ended, end := context.WithCancel(t.Context())
	end()
	_, err := launchtest.CheckLogin(ended, loginTarget(loginToolWith()))
	assert.ErrorIs(t, err, context.Canceled)
}

// What is wrong with a login that must be good is said in Helsenorge's words.
func TestGoodLoginThatFailsSaysWhy(t *testing.T) {
	cases := map[string]struct {
		tool func(launchtest.LoginAgreement) (http.Handler, error)
		want string
	}{
		"no ui_locales": {loginToolWith("no ui_locales"), "Helsenorge refused the request to par: it wants ui_locales nb"},
		"SameSite=Lax":  {loginToolWith("SameSite=Lax cookie"), "with Helsenorge's post: it wants SameSite=None and Secure"},
		"other claims": {func(a launchtest.LoginAgreement) (http.Handler, error) {
			a.Claims.Actor = "other_sub"
			return sdkLogin()(a)
		}, "no session, and a page with status 403 (Helsenorge gave tokens: look at the claim names, the clock and the policy)"},
		"no tool": {func(launchtest.LoginAgreement) (http.Handler, error) { return http.NotFoundHandler(), nil }, "pushed no request to Helsenorge (PAR)"},
	}
	require.NotEmpty(t, cases)
	for name, c := range cases {
		findings := checkLogin(t, loginTarget(c.tool))
		require.Len(t, findings, 1, name)
		assert.Equal(t, "good login", findings[0].Case)
		assert.Equal(t, launchtest.Failed, findings[0].Outcome)
		assert.Contains(t, findings[0].Why, c.want, name)
	}
}

// Every row of logins has a case, or a reason why not; and no finding has another.
func TestLoginRowsAreComplete(t *testing.T) {
	x := loginTarget(sdkLogin(launch.ActingParent, launch.ActingProxy))
	x.Exact, x.Relations = true, []launchtest.Relation{launchtest.RelationChild, launchtest.RelationOlder, launchtest.RelationAssigned, launchtest.RelationPower}
	judged, said := map[string]bool{}, map[string]bool{}
	for _, f := range checkLogin(t, x) {
		require.NotEmpty(t, f.Rows, f.Case)
		for _, id := range f.Rows {
			judged[id], said[id] = judged[id] || f.Outcome == launchtest.Passed, true
		}
	}
	assert.Greater(t, len(launchtest.LoginRows()), 55)
	for _, r := range launchtest.LoginRows() {
		assert.True(t, said[r.ID], "%s is not among the findings", r.ID)
		assert.Equal(t, r.NotApplicable == "", judged[r.ID], r.ID)
		delete(said, r.ID)
	}
	assert.Empty(t, said, "rows that are not in the list")
}

// Whatever the target shows, a careful tool fails nothing.
func TestLoginSuiteWithoutWhoami(t *testing.T) {
	x := loginTarget(loginToolWith())
	x.Whoami = ""
	findings := checkLogin(t, x)
	assert.Empty(t, failures(findings))
	assert.Greater(t, launchtest.Count(findings, launchtest.Passed), 90)
}

// A tool that runs already is tried over the network of this machine.
func TestLoginSuiteOverTheNetwork(t *testing.T) {
	keys := keysOf(t, publicOf(t))
	listen := freeAddress(t)
	server := httptest.NewUnstartedServer(nil)
	server.Start()
	defer server.Close()
	tool, err := loginToolWith()(launchtest.LoginAgreement{Issuer: "http://" + listen + "/sts/oidcprov/v3", ClientID: "tool-under-test",
		Callback: server.URL + "/uthopp/callback", Key: loginKey(), Claims: launchtest.HelsenorgeClaims{Actor: "actor_sub", Relation: "representation"},
		Client: server.Client(), Now: now})
	require.NoError(t, err)
	server.Config.Handler = tool
	findings := checkLogin(t, launchtest.LoginTarget{Start: server.URL + "/uthopp/start", Callback: server.URL + "/uthopp/callback", Whoami: server.URL + "/whoami",
		Listen: listen, Keys: keys, Relations: []launchtest.Relation{launchtest.RelationChild}, ProviderKey: providerKey(), Now: now})
	assert.Empty(t, failures(findings))
	assert.Greater(t, launchtest.Count(findings, launchtest.Passed), 100)
}

func publicOf(t *testing.T) []byte {
	data, err := json.Marshal(loginKey().Public())
	require.NoError(t, err)
	return data
}

// freeAddress was free a moment ago.
func freeAddress(t *testing.T) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer l.Close()
	return l.Addr().String()
}
