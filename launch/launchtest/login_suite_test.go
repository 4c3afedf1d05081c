package launchtest_test

import (
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/helsenorge"
	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

const (
	loginStart    = "https://tool.example/uthopp/start"
	loginCallback = "https://tool.example/uthopp/callback"
	loginWhoami   = "https://tool.example/whoami"
)

// loginKey is the tool's own in all runs: making one takes a while.
var loginKey = sync.OnceValue(func() launch.SigningKey {
	key, err := launch.GenerateSigningKeyFor("RS256")
	if err != nil {
		panic(err)
	}
	return key
})

// loginTarget is a tool in this process.
func loginTarget(tool func(launchtest.LoginAgreement) (http.Handler, error)) launchtest.LoginTarget {
	return launchtest.LoginTarget{Start: loginStart, Callback: loginCallback, Whoami: loginWhoami, Tool: tool,
		Relations: []launchtest.Relation{launchtest.RelationChild}, ProviderKey: providerKey(), ToolKey: loginKey(), Now: now}
}

// sdkLogin is a tool made with this SDK.
func sdkLogin(acting ...launch.Acting) func(launchtest.LoginAgreement) (http.Handler, error) {
	return func(a launchtest.LoginAgreement) (http.Handler, error) {
		profile, err := helsenorge.New(helsenorge.Config{Issuer: a.Issuer, ClientID: a.ClientID, Key: a.Key, RedirectURI: a.Callback, StartPath: "/uthopp/start",
			Claims: helsenorge.ClaimNames{Actor: a.Claims.Actor, Relation: a.Claims.Relation, Confirmed: true}, Client: a.Client, Now: a.Now})
		if err != nil {
			return nil, err
		}
		key, err := launch.GenerateCookieKey()
		if err != nil {
			return nil, err
		}
		s := newSite(false)
		h, err := launch.NewHandler(launch.HandlerConfig{Logins: []launch.LoginProfile{profile}, CookieKeys: []launch.CookieKey{key},
			Replay: launch.NewMemoryReplay(launch.MemoryReplayConfig{Now: a.Now}), Now: a.Now, Policy: launch.Policy{Acting: acting},
			LoginTimeout: 3 * time.Second,
			OnLaunch:     func(w http.ResponseWriter, r *http.Request, l *launch.Launch) { s.begin(w, r, l.Patient.String()) }})
		mux := http.NewServeMux()
		mux.Handle("/uthopp/", h)
		mux.HandleFunc("GET /whoami", s.whoami)
		return mux, err
	}
}

func TestLoginMatrix(t *testing.T) {
	for name, x := range map[string]launchtest.LoginTarget{"nobody for others": loginTarget(sdkLogin()), "parents and representatives": loginTarget(sdkLogin(launch.ActingParent, launch.ActingProxy))} {
		t.Run(name, func(t *testing.T) {
			x.Exact, x.Patience, x.Relations = true, 12*time.Second, nil
			if name != "nobody for others" {
				x.Relations = []launchtest.Relation{launchtest.RelationChild, launchtest.RelationOlder, launchtest.RelationAssigned, launchtest.RelationPower}
			}
			launchtest.RunLogin(t, x)
		})
	}
}

func checkLogin(t testing.TB, x launchtest.LoginTarget) []launchtest.Finding {
	findings, err := launchtest.CheckLogin(t.Context(), x)
	require.NoError(t, err)
	assert.NotEmpty(t, findings)
	return findings
}

// A tool that does not look for a session at its start cannot end it, and is told how it could.
func TestLoginSuiteNamesWhatEndsAnOldSession(t *testing.T) {
	i := slices.IndexFunc(checkLogin(t, loginTarget(sdkLogin(launch.ActingParent))), func(f launchtest.Finding) bool {
		return f.Case == "session of the citizen before" && f.Outcome == launchtest.NotJudged &&
			strings.HasSuffix(f.Why, "at its start only (with this SDK: HandlerConfig.Session and Launch.Earlier)")
	})
	assert.GreaterOrEqual(t, i, 0)
}
