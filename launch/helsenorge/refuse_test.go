package helsenorge_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/helsenorge"
	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

// refusals says how a login ends with a provider that misbehaves.
var refusals = map[launchtest.Misbehaviour]launch.Kind{
	launchtest.BadNonceMissing: launch.KindNonce, launchtest.BadNonce: launch.KindNonce,
	launchtest.BadAudience: launch.KindAudience, launchtest.BadAudiences: launch.KindAudience,
	launchtest.BadExpired: launch.KindExpired, launchtest.BadExpiresMissing: launch.KindClaims,
	launchtest.BadIssuedLater: launch.KindNotYetValid, launchtest.BadIssuedMissing: launch.KindClaims,
	launchtest.BadSignature: launch.KindSignature, launchtest.BadKeyUnknown: launch.KindUnknownKey,
	launchtest.BadAlgorithmNone: launch.KindMalformed, launchtest.BadSharedSecret: launch.KindAlgorithm,
	launchtest.BadType: launch.KindType, launchtest.BadIssuer: launch.KindIssuer,
	launchtest.BadSubjectMissing: launch.KindClaims, launchtest.BadSubjectPersonal: launch.KindPersonalData,
	launchtest.BadRelationMissing: launch.KindClaims, launchtest.BadRelation: launch.KindClaims,
	launchtest.BadActorMissing: launch.KindClaims, launchtest.BadMemberTwice: launch.KindMalformed,
	launchtest.BadTokenWithoutIDToken: launch.KindLoginUnavailable,
	launchtest.BadCallbackIssuer:      launch.KindIssuer, launchtest.BadCallbackState: launch.KindState,
	launchtest.BadErrorMarkup: launch.KindLogin, launchtest.BadDiscoveryIssuer: launch.KindLoginUnavailable,
	launchtest.BadTokenHTML: launch.KindLoginUnavailable, launchtest.BadTokenHuge: launch.KindLoginUnavailable,
	launchtest.BadTokenFails: launch.KindLoginUnavailable, launchtest.BadTokenInvalidGrant: launch.KindLoginUnavailable,
	launchtest.BadTokenType: launch.KindLoginUnavailable, launchtest.BadPARRequestURI: launch.KindLoginUnavailable,
	launchtest.BadTokenNever: launch.KindLoginUnavailable,
	launchtest.BadPadding:    launch.KindMalformed, launchtest.BadExpiresText: launch.KindClaims,
	launchtest.BadUTF8: launch.KindMalformed, launchtest.BadCritical: launch.KindHeader,
	launchtest.BadKeyEmbedded: launch.KindSignature, launchtest.BadIssuerSlash: launch.KindIssuer,
	launchtest.BadAudienceLonger: launch.KindAudience,
}

// Rows N07 to N30 and N48 to N56, each with a provider that does it on purpose.
func TestMatrixOfAProviderThatMisbehaves(t *testing.T) {
	all := launchtest.Misbehaviours()
	require.Greater(t, len(all), 30)
	for _, m := range all {
		if m == launchtest.BadPARFailsOnce {
			continue // TestN56_FreshAssertions: the login goes on
		}
		t.Run(m.Row()+" "+string(m), func(t *testing.T) {
			want, known := refusals[m]
			require.True(t, known, "the test must say how it ends")
			w := newWorld(t, options{handler: func(c *launch.HandlerConfig) {
				c.Policy.Acting = []launch.Acting{launch.ActingParent}
				if m == launchtest.BadTokenNever {
					c.LoginTimeout = 50 * time.Millisecond // real time: the connection's
				}
			}})
			w.sim.Misbehave(m)
			page := w.end(t)
			refused := launch.Refuse(want, "", nil)
			assert.Equal(t, refused.Status(), page.Status)
			assert.Contains(t, w.log.String(), "kind="+string(want)+" ")
			assert.Empty(t, w.launches)
			assert.LessOrEqual(t, w.sim.Count(launchtest.EndpointToken), 1, "the code is never sent twice")
			assert.NotContains(t, page.Body, "<script")
			for _, secret := range w.sim.Secrets() {
				assert.NotContains(t, page.Body+w.log.String(), secret)
			}
		})
	}
}

// end goes as far as the login goes; a parent logs in for her child.
func (w *world) end(t *testing.T) *launchtest.Page {
	tab, err := w.browser().Start(t.Context(), startAt)
	require.NoError(t, err)
	if !tab.AtHelsenorge() {
		return tab.Page
	}
	answer, err := tab.Choose(t.Context(), "kari", "ola")
	require.NoError(t, err)
	page, err := answer.Post(t.Context())
	require.NoError(t, err)
	return page
}

// N53, and addresses that are wrong, are found when the tool starts.
func TestCheck(t *testing.T) {
	w := newWorld(t, options{})
	require.NoError(t, w.profile.Check(t.Context()))
	w = newWorld(t, options{})
	w.sim.Misbehave(launchtest.BadDiscoveryIssuer)
	require.ErrorIs(t, w.profile.Check(t.Context()), launch.KindLoginUnavailable)
	w = newWorld(t, options{sim: func(c *launchtest.HelsenorgeConfig) {
		c.Hidden = []string{"pushed_authorization_request_endpoint"}
	}})
	require.ErrorContains(t, w.profile.Check(t.Context()), "PAR")
	w = newWorld(t, options{})
	w.sim.Fail(launchtest.EndpointJWKS, 500, 1)
	require.ErrorIs(t, w.profile.Check(t.Context()), launch.KindKeysUnavailable)
}

// The redirect address is another one than is registered: 204019.
func TestRedirectAddressNotRegistered(t *testing.T) {
	w := newWorld(t, options{client: func(c *launchtest.HelsenorgeClient) { c.RedirectURIs = []string{callback + "/"} }})
	tab, err := w.browser().Start(t.Context(), startAt)
	require.NoError(t, err)
	assert.Equal(t, http.StatusServiceUnavailable, tab.Page.Status)
	assert.Contains(t, w.log.String(), "204019", "the log says what to look at")
	assert.Contains(t, w.log.String(), "status 400")
	assert.Equal(t, 1, w.sim.Count(launchtest.EndpointPAR), "what is refused is not sent again")
}

// A key that Helsenorge does not take makes no assertion.
func TestWrongKey(t *testing.T) {
	w := newWorld(t, options{profile: func(c *helsenorge.Config) { c.Key = newKey("ES256") }})
	tab, err := w.browser().Start(t.Context(), startAt)
	require.NoError(t, err)
	assert.Equal(t, http.StatusServiceUnavailable, tab.Page.Status)
	assert.Contains(t, w.log.String(), "a Config.Key that signs with RS256 or PS512")
	assert.Zero(t, w.sim.Count(launchtest.EndpointPAR))
	require.ErrorContains(t, w.profile.Check(t.Context()), "a Config.Key that signs with RS256 or PS512", "found at start")
}

func TestNewRefuses(t *testing.T) {
	good := newWorld(t, options{}).cfg
	for name, c := range map[string]struct {
		edit func(*helsenorge.Config)
		want string
	}{
		"no issuer":             {func(c *helsenorge.Config) { c.Issuer = "" }, "field Issuer"},
		"http":                  {func(c *helsenorge.Config) { c.Issuer = "http://127.0.0.1:1/sts" }, "field Issuer"},
		"no client":             {func(c *helsenorge.Config) { c.ClientID = "" }, "field ClientID is empty"},
		"no key":                {func(c *helsenorge.Config) { c.Key = nil }, "field Key"},
		"key of nil":            {func(c *helsenorge.Config) { c.Key = (*launch.KeyRing)(nil) }, "field Key is nil"},
		"extender of nil":       {func(c *helsenorge.Config) { c.Extend = (*helsenorge.AssumedExtend)(nil) }, "field Extend is a nil pointer"},
		"zero key":              {func(c *helsenorge.Config) { c.Key = launch.SigningKey{} }, "field Key"},
		"no redirect":           {func(c *helsenorge.Config) { c.RedirectURI = "" }, "field RedirectURI"},
		"redirect by http":      {func(c *helsenorge.Config) { c.RedirectURI = "http://tool.example/cb" }, "field RedirectURI"},
		"redirect with a query": {func(c *helsenorge.Config) { c.RedirectURI = callback + "?x=1" }, "field RedirectURI"},
		"redirect without path": {func(c *helsenorge.Config) { c.RedirectURI = toolSite }, "field RedirectURI"},
		"no start":              {func(c *helsenorge.Config) { c.StartPath = "" }, "field StartPath"},
		"no actor claim":        {func(c *helsenorge.Config) { c.Claims.Actor = "" }, "field Claims.Actor is empty"},
		"no relation claim":     {func(c *helsenorge.Config) { c.Claims.Relation = "" }, "field Claims.Relation is empty"},
		"actor is sub":          {func(c *helsenorge.Config) { c.Claims.Actor = "sub" }, "field Claims: want three names that differ"},
		"relation is the actor": {func(c *helsenorge.Config) { c.Claims.Relation = c.Claims.Actor }, "field Claims: want three names"},
		"number is the actor":   {func(c *helsenorge.Config) { c.Claims.NationalID = c.Claims.Actor }, "field Claims: want three names"},
		"space in the client":   {func(c *helsenorge.Config) { c.ClientID = " x" }, "field ClientID is empty, or has space around it"},
		"another audience":      {func(c *helsenorge.Config) { c.Audience = "foo" }, "field Audience is neither"},
		"start with a query":    {func(c *helsenorge.Config) { c.StartPath = "/x?y" }, "field StartPath"},
		"extender to nowhere":   {func(c *helsenorge.Config) { c.Extend = helsenorge.AssumedExtend{} }, "field Extend"},
		"no algorithm":          {func(c *helsenorge.Config) { c.Algorithms = []string{"none"} }, "field Algorithms"},
		"shared secret":         {func(c *helsenorge.Config) { c.Algorithms = []string{"HS256"} }, "field Algorithms"},
		"a header with a key":   {func(c *helsenorge.Config) { c.Headers = []string{"jku"} }, "field Headers"},
		"lifetime":              {func(c *helsenorge.Config) { c.MaxLifetime = -1 }, "field MaxLifetime"},
		"PAR by http":           {func(c *helsenorge.Config) { c.PAR = "http://par.example" }, "field PAR"},
	} {
		cfg := good
		c.edit(&cfg)
		_, err := helsenorge.New(cfg)
		require.ErrorContains(t, err, c.want, name)
	}
	_, err := helsenorge.New(helsenorge.Config{})
	require.ErrorContains(t, err, "field ClientID")
	require.ErrorContains(t, err, "field Issuer")
	assert.NotContains(t, err.Error(), "VerifierConfig", "a name that the caller does not have")
	assert.NotContains(t, err.Error(), "\n")
}

// Tokens of a login that is refused are ended: nobody gets to see them.
func TestRefusedLoginsTokensAreEnded(t *testing.T) {
	for name, spoil := range map[string]func(*world){
		"the policy refuses":   func(w *world) {},
		"the ID token is none": func(w *world) { w.sim.Misbehave(launchtest.BadNonce) },
	} {
		w := newWorld(t, options{})
		spoil(w)
		require.Equal(t, http.StatusForbidden, w.login(t, "kari", "ola").Status, name)
		assert.Equal(t, 1, w.sim.Count(launchtest.EndpointRevoke), name)
	}
}

// What was asked for and did not come is said once, in the log.
func TestMissingGrantsAreWarnedOf(t *testing.T) {
	w := newWorld(t, options{profile: func(c *helsenorge.Config) { c.Offline = true },
		client: func(c *launchtest.HelsenorgeClient) { c.Refresh, c.Grants = false, nil }})
	require.Equal(t, http.StatusOK, w.login(t, "per", "").Status)
	assert.Contains(t, w.log.String(), "is offline_access granted?")
	assert.Contains(t, w.log.String(), "no national identity number")
}

// A provider that is ill is not asked twice by everybody who starts the tool.
func TestPARIsNotRepeatedWhileTheProviderIsIll(t *testing.T) {
	w := newWorld(t, options{})
	w.sim.Fail(launchtest.EndpointPAR, 503, 100)
	for range 10 {
		tab, err := w.browser().Start(t.Context(), startAt)
		require.NoError(t, err)
		require.Equal(t, http.StatusServiceUnavailable, tab.Page.Status)
	}
	assert.Equal(t, 11, w.sim.Count(launchtest.EndpointPAR), "twice at first, then once each")
	w.sim.Advance(30 * time.Second)
	_, err := w.browser().Start(t.Context(), startAt)
	require.NoError(t, err)
	assert.Equal(t, 13, w.sim.Count(launchtest.EndpointPAR))
}

// At most 64 logins are being prepared at once, whoever starts them.
func TestManyStartsAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, options{handler: func(c *launch.HandlerConfig) { c.LoginTimeout = time.Hour }})
		require.NoError(t, w.profile.Check(t.Context()))
		w.sim.Delay(launchtest.EndpointPAR, time.Second)
		codes := make(chan int, 200)
		for range 200 {
			go func() {
				rec := httptest.NewRecorder()
				w.tool.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, startAt, nil))
				codes <- rec.Code
			}()
		}
		got := map[int]int{}
		for range 200 {
			got[<-codes]++
		}
		assert.Equal(t, map[int]int{http.StatusSeeOther: 64, http.StatusServiceUnavailable: 136}, got)
		assert.Contains(t, w.log.String(), "fewer than 64 logins that begin at once")
	})
}

func TestAssumedNamesAreWarnedOf(t *testing.T) {
	assert.Contains(t, newWorld(t, options{}).log.String(), "ask Norsk helsenett")
	w := newWorld(t, options{profile: func(c *helsenorge.Config) { c.Claims.Confirmed = true }})
	assert.NotContains(t, w.log.String(), "ask Norsk helsenett")
}

// Anybody can post errors; nothing of them is shown, and no code is needed.
func TestAnswersThatAreNone(t *testing.T) {
	for name, c := range map[string]struct {
		form string
		want launch.Kind
	}{
		"neither code nor error": {"", launch.KindRequest},
		"an empty code":          {"&code=", launch.KindRequest},
		"a code of 5 KiB":        {"&code=" + strings.Repeat("x", 5<<10), launch.KindRequest},
		"an unknown error":       {"&error=%3Cscript%3E&error_description=%3Cscript%3Ealert(1)", launch.KindLoginUnavailable},
		"server_error":           {"&error=server_error", launch.KindLoginUnavailable},
		"an error and a code":    {"&error=access_denied&code=x", launch.KindLogin},
	} {
		w := newWorld(t, options{})
		browser := w.browser()
		tab, err := browser.Start(t.Context(), startAt)
		require.NoError(t, err)
		answer, err := tab.Choose(t.Context(), "per", "")
		require.NoError(t, err)
		r := httptest.NewRequest(http.MethodPost, callback, strings.NewReader("state="+answer.Fields.Get("state")+c.form))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		for cookie, value := range browser.Cookies(callback) {
			r.AddCookie(&http.Cookie{Name: cookie, Value: value})
		}
		rec := httptest.NewRecorder()
		w.tool.ServeHTTP(rec, r)
		assert.Contains(t, w.log.String(), "kind="+string(c.want)+" ", name)
		assert.Equal(t, launch.Refuse(c.want, "", nil).Status(), rec.Code, name)
		assert.NotContains(t, rec.Body.String(), "script", name)
		assert.Zero(t, w.sim.Count(launchtest.EndpointToken), name)
	}
}

// The whole login at debug level, with every token, code, verifier, assertion
// and number that came about: none is in the log.
func TestNothingSecretIsLogged(t *testing.T) {
	w := newWorld(t, options{profile: func(c *helsenorge.Config) { c.Offline = true },
		handler: func(c *launch.HandlerConfig) { c.Policy.Acting = []launch.Acting{launch.ActingParent} }})
	require.Equal(t, http.StatusOK, w.login(t, "kari", "ola").Status)
	s := w.profile.NewSession(w.launches[0])
	require.NoError(t, w.profile.Logout(t.Context(), s))
	w.sim.Fail(launchtest.EndpointPAR, 500, 2)
	w.end(t)
	secrets := w.sim.Secrets()
	require.Greater(t, len(secrets), 10)
	for _, secret := range append(secrets, w.launches[0].NationalID.Reveal()) {
		assert.NotContains(t, w.log.String(), secret)
	}
	assert.Contains(t, w.log.String(), "login begun")
	assert.Contains(t, w.log.String(), "launch accepted")
}
