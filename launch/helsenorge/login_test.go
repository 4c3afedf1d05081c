package helsenorge_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/helsenorge"
	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

func TestLogin(t *testing.T) {
	w := newWorld(t, options{})
	page, err := w.browser().Login(t.Context(), startAt+"?prom_entry_id=58c1", "per", "")
	require.NoError(t, err)
	assert.Equal(t, "your task", page.Body)
	require.Len(t, w.launches, 1)
	l := w.launches[0]
	per := launch.Party{Type: "Patient", ID: w.sim.Subject(clientID, "per")}
	assert.Equal(t, per, l.Patient)
	assert.Equal(t, per, l.Actor)
	assert.Equal(t, launch.ActingSelf, l.Acting)
	assert.Equal(t, launch.Authenticated, l.Assurance)
	assert.Equal(t, "helsenorge", l.Profile)
	assert.Equal(t, w.sim.Issuer(), l.Issuer)
	assert.Equal(t, url.Values{"prom_entry_id": {"58c1"}}, l.Context)
	assert.Equal(t, today, l.Issued)
	assert.Equal(t, launchtest.SyntheticNumber("128275"), l.NationalID.Reveal())
	assert.Equal(t, today.Add(30*time.Minute), l.Tokens.Expires)
	assert.True(t, w.sim.Active(l.Tokens.Access.Reveal()))
	assert.True(t, l.Tokens.Refresh.IsZero(), "not asked for")
	shown, err := json.Marshal(l)
	require.NoError(t, err)
	for _, secret := range []string{l.NationalID.Reveal(), l.Tokens.Access.Reveal()} {
		assert.NotContains(t, string(shown), secret)
	}
}

// Who is logged in, who is represented, and how: codes of KanUtforesAv.
func TestRepresentation(t *testing.T) {
	cases := []struct {
		citizen, patient string
		want             launch.Acting
	}{
		{"kari", "", launch.ActingSelf},
		{"kari", "ola", launch.ActingParent},
		{"kari", "ine", launch.ActingParent},
		{"kari", "leif", launch.ActingProxy},
		{"kari", "gerd", launch.ActingProxy},
		{"ine", "", launch.ActingSelf},
		{"hilde", "", launch.ActingSelf},
	}
	require.NotEmpty(t, cases)
	for _, always := range []bool{false, true} {
		w := newWorld(t, options{sim: func(c *launchtest.HelsenorgeConfig) { c.RelationAlways = always },
			handler: func(c *launch.HandlerConfig) {
				c.Policy.Acting = []launch.Acting{launch.ActingParent, launch.ActingProxy}
			}})
		for _, c := range cases {
			w.launches = nil
			require.Equal(t, http.StatusOK, w.login(t, c.citizen, c.patient).Status, c)
			require.Len(t, w.launches, 1, c)
			l := w.launches[0]
			assert.Equal(t, c.want, l.Acting, c)
			assert.Equal(t, l.Relation != "", always || c.patient != "", c)
			patient := c.patient
			if patient == "" {
				patient = c.citizen
			}
			assert.Equal(t, "Patient/"+w.sim.Subject(clientID, patient), l.Patient.String(), c)
			actor := "RelatedPerson/" + w.sim.Subject(clientID, c.citizen)
			if c.patient == "" {
				actor = l.Patient.String()
			}
			assert.Equal(t, actor, l.Actor.String(), c)
		}
	}
}

// N61: acting for another is refused unless the tool takes it.
func TestN61_Representation(t *testing.T) {
	w := newWorld(t, options{handler: func(c *launch.HandlerConfig) { c.Policy.Acting = []launch.Acting{launch.ActingParent} }})
	page := w.login(t, "kari", "gerd")
	assert.Equal(t, http.StatusForbidden, page.Status)
	assert.Contains(t, page.Body, "ikke bruke dette verktøyet på vegne av denne personen")
	assert.Empty(t, w.launches)
	assert.Equal(t, http.StatusOK, w.login(t, "kari", "ola").Status)
}

func TestN48_AnotherBrowser(t *testing.T) {
	w := newWorld(t, options{})
	tab, err := w.browser().Start(t.Context(), startAt)
	require.NoError(t, err)
	answer, err := tab.Choose(t.Context(), "per", "")
	require.NoError(t, err)
	victim := w.browser()
	page, err := answer.PostFrom(t.Context(), victim)
	require.NoError(t, err)
	assert.Equal(t, http.StatusForbidden, page.Status)
	assert.Contains(t, w.log.String(), "kind=state ")
	assert.Empty(t, w.launches)
	assert.Zero(t, w.sim.Count(launchtest.EndpointToken), "the code was not used")
	page, err = answer.Post(t.Context())
	require.NoError(t, err)
	assert.Equal(t, http.StatusOK, page.Status, "it is good in the browser that began")
}

func TestN49_TwoTabs(t *testing.T) {
	for _, order := range [][2]int{{0, 1}, {1, 0}} {
		w := newWorld(t, options{})
		browser := w.browser()
		var answers []*launchtest.Callback
		for _, citizen := range []string{"per", "ine"} {
			tab, err := browser.Start(t.Context(), startAt)
			require.NoError(t, err)
			answer, err := tab.Choose(t.Context(), citizen, "")
			require.NoError(t, err)
			answers = append(answers, answer)
		}
		for _, i := range order {
			page, err := answers[i].Post(t.Context())
			require.NoError(t, err)
			assert.Equal(t, http.StatusOK, page.Status)
		}
		require.Len(t, w.launches, 2)
		assert.NotEqual(t, w.launches[0].Patient, w.launches[1].Patient)
	}
}

func TestN50_CallbackTwice(t *testing.T) {
	w := newWorld(t, options{})
	tab, err := w.browser().Start(t.Context(), startAt)
	require.NoError(t, err)
	answer, err := tab.Choose(t.Context(), "per", "")
	require.NoError(t, err)
	for _, status := range []int{http.StatusOK, http.StatusForbidden} {
		page, err := answer.Post(t.Context())
		require.NoError(t, err)
		assert.Equal(t, status, page.Status)
	}
	assert.Len(t, w.launches, 1)
	assert.Equal(t, 1, w.sim.Count(launchtest.EndpointToken), "the code is sent once")
	assert.True(t, w.sim.Active(w.launches[0].Tokens.Access.Reveal()), "a second use would have ended it")
}

// N54: the person stops.
func TestN54_Stopped(t *testing.T) {
	w := newWorld(t, options{})
	tab, err := w.browser().Start(t.Context(), startAt)
	require.NoError(t, err)
	answer, err := tab.Cancel(t.Context())
	require.NoError(t, err)
	page, err := answer.Post(t.Context())
	require.NoError(t, err)
	assert.Equal(t, http.StatusForbidden, page.Status)
	assert.Contains(t, page.Body, "Innloggingen ble ikke fullført")
	assert.Contains(t, w.log.String(), "kind=login ")
	page = w.login(t, "nils", "") // who is not digitally active
	assert.Equal(t, http.StatusForbidden, page.Status)
}

// N56: each attempt has an assertion of its own, and PAR is tried once more.
func TestN56_FreshAssertions(t *testing.T) {
	w := newWorld(t, options{})
	w.sim.Misbehave(launchtest.BadPARFailsOnce)
	require.Equal(t, http.StatusOK, w.login(t, "per", "").Status)
	assert.Len(t, w.sim.JTIs(launchtest.EndpointPAR), 2)
	seen := map[string]bool{}
	for _, e := range []launchtest.Endpoint{launchtest.EndpointPAR, launchtest.EndpointToken} {
		for _, jti := range w.sim.JTIs(e) {
			assert.False(t, seen[jti])
			seen[jti] = true
		}
	}
	assert.Len(t, seen, 3)
	w.sim.Fail(launchtest.EndpointPAR, 500, 2)
	tab, err := w.browser().Start(t.Context(), startAt)
	require.NoError(t, err)
	assert.Equal(t, http.StatusServiceUnavailable, tab.Page.Status, "tried twice, no more")
	assert.Len(t, w.sim.JTIs(launchtest.EndpointPAR), 4)
}

// The other audience, the other algorithm, iss on the callback, no-referrer, PAR
// by configuration: what the real one may do all works.
func TestWhatIsNotPublishedWorksEitherWay(t *testing.T) {
	cases := map[string]options{
		"the fixed audience":   {profile: func(c *helsenorge.Config) { c.Audience = helsenorge.FixedAudience }},
		"iss on the callback":  {sim: func(c *launchtest.HelsenorgeConfig) { c.CallbackIssuer = true }},
		"no-referrer":          {sim: func(c *launchtest.HelsenorgeConfig) { c.ReferrerPolicy = "no-referrer" }},
		"client_id is refused": {sim: func(c *launchtest.HelsenorgeConfig) { c.RefuseClientID = true }},
		"a refresh token":      {profile: func(c *helsenorge.Config) { c.Offline = true }},
		"no number for us":     {client: func(c *launchtest.HelsenorgeClient) { c.Grants = nil }},
		"other names of claims": {sim: func(c *launchtest.HelsenorgeConfig) {
			c.Claims = launchtest.HelsenorgeClaims{Actor: "a", Relation: "b", NationalID: "c"}
		}, profile: func(c *helsenorge.Config) {
			c.Claims = helsenorge.ClaimNames{Actor: "a", Relation: "b", NationalID: "c", Confirmed: true}
		}},
	}
	require.NotEmpty(t, cases)
	for name, o := range cases {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, o)
			require.Equal(t, http.StatusOK, w.login(t, "per", "").Status, w.log)
			assert.Equal(t, w.cfg.Offline, !w.launches[0].Tokens.Refresh.IsZero())
		})
	}
	w := newWorld(t, options{sim: func(c *launchtest.HelsenorgeConfig) {
		c.Hidden = []string{"pushed_authorization_request_endpoint"}
	}, profile: func(c *helsenorge.Config) { c.PAR = "https://eksternapi.helsenorge.example/sts/oidcprov/v1/par" }})
	require.Equal(t, http.StatusOK, w.login(t, "per", "").Status)
}

// Keys that the provider rotates are found; those that it has let go are not.
func TestProviderRotatesItsKey(t *testing.T) {
	w := newWorld(t, options{})
	require.Equal(t, http.StatusOK, w.login(t, "per", "").Status)
	require.NoError(t, w.sim.AnnounceKey())
	w.sim.Advance(time.Minute)
	require.NoError(t, w.sim.RotateKey())
	w.sim.RetireKeys()
	require.Equal(t, http.StatusOK, w.login(t, "per", "").Status, w.log)
}

// Two processes of the tool share the cookie key, and nothing else.
func TestTwoNodes(t *testing.T) {
	one := newWorld(t, options{})
	tab, err := one.browser().Start(t.Context(), startAt+"?task=1")
	require.NoError(t, err)
	second, err := helsenorge.New(one.cfg)
	require.NoError(t, err)
	defer second.Close()
	cfg := one.handler
	cfg.Logins = []launch.LoginProfile{second}
	cfg.Replay = launch.NewMemoryReplay(launch.MemoryReplayConfig{Now: one.sim.Now})
	answer, err := tab.Choose(t.Context(), "per", "")
	require.NoError(t, err)
	other := site(t, cfg)
	one.tool.(*http.ServeMux).Handle("POST /uthopp/callback", other) // the load balancer sends the answer there
	page, err := answer.Post(t.Context())
	require.NoError(t, err)
	assert.Equal(t, http.StatusOK, page.Status)
	require.Len(t, one.launches, 1)
	assert.Equal(t, url.Values{"task": {"1"}}, one.launches[0].Context)
}
