package launchtest_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

func TestHelsenorgeConfigFaults(t *testing.T) {
	good := func() []launchtest.Citizen {
		return []launchtest.Citizen{{ID: "a", Name: "A", NationalID: launchtest.SyntheticNumber("018180"), Represents: []launchtest.Representation{{Citizen: "b", Relation: "5"}}},
			{ID: "b", Name: "B", NationalID: launchtest.SyntheticNumber("018181")}}
	}
	person := func(edit func(*launchtest.Citizen)) func(*launchtest.HelsenorgeConfig) {
		return func(c *launchtest.HelsenorgeConfig) {
			c.Citizens = good()
			edit(&c.Citizens[0])
		}
	}
	client := func(edit func(*launchtest.HelsenorgeClient)) func(*launchtest.HelsenorgeConfig) {
		return func(c *launchtest.HelsenorgeConfig) {
			c.Clients = []launchtest.HelsenorgeClient{registered(t, edit)}
		}
	}
	represents := func(citizen string, relation launchtest.Relation) func(*launchtest.HelsenorgeConfig) {
		return person(func(c *launchtest.Citizen) {
			c.Represents = []launchtest.Representation{{Citizen: citizen, Relation: relation}}
		})
	}
	cases := []struct {
		name string
		edit func(*launchtest.HelsenorgeConfig)
		want string
	}{
		{"http", func(c *launchtest.HelsenorgeConfig) { c.API = "http://api.example" }, "field API is not https"},
		{"a path", func(c *launchtest.HelsenorgeConfig) { c.Portal = "https://portal.example/" }, "field Portal is not https"},
		{"one host", func(c *launchtest.HelsenorgeConfig) { c.API, c.Portal = "https://a.example", "https://a.example" }, "field Portal is the same as API"},
		{"status", func(c *launchtest.HelsenorgeConfig) { c.InvalidClient = 403 }, "field InvalidClient is not 400 or 401"},
		{"negative life", func(c *launchtest.HelsenorgeConfig) { c.CodeLife = -1 }, "field CodeLife is less than a second"},
		{"names twice", func(c *launchtest.HelsenorgeConfig) { c.Claims.Actor = "pid" }, "field Claims has a name twice"},
		{"nobody", func(c *launchtest.HelsenorgeConfig) { c.Citizens = []launchtest.Citizen{} }, "field Citizens is empty"},
		{"no id", person(func(c *launchtest.Citizen) { c.ID = "" }), "Citizens[0] has no ID of its own"},
		{"id twice", person(func(c *launchtest.Citizen) { c.ID = "b" }), "Citizens[1] has no ID of its own"},
		{"no name", person(func(c *launchtest.Citizen) { c.Name = "" }), "Citizens[0] has no name"},
		{"no number", person(func(c *launchtest.Citizen) { c.NationalID = "" }), "Citizens[0] has no synthetic identity number"},
		{"wrong check digit", person(func(c *launchtest.Citizen) { c.NationalID = "01818012345" }), "Citizens[0] has no synthetic identity number"},
		{"a number that somebody may bear", person(func(c *launchtest.Citizen) { c.NationalID = "01010100050" }), "Citizens[0] has no synthetic identity number"},
		{"alone as a parent", person(func(c *launchtest.Citizen) { c.Alone = launchtest.RelationChild }), "Citizens[0] has an Alone that is not 1, 6 or 7"},
		{"acts for nobody known", represents("x", "5"), "Citizens[0].Represents[0] is not another citizen"},
		{"acts for himself", represents("a", "5"), "Citizens[0].Represents[0] is not another citizen"},
		{"no relation", represents("b", ""), "Citizens[0].Represents[0] has a relation that is not 2 to 5"},
		{"relation 1", represents("b", "1"), "Citizens[0].Represents[0] has a relation that is not 2 to 5"},
		{"two relations", represents("b", "23"), "Citizens[0].Represents[0] has a relation that is not 2 to 5"},
		{"hidden address", person(func(c *launchtest.Citizen) { c.Alone = launchtest.RelationHidden }), "Citizens[0].Represents[0] is of somebody with a hidden address"},
		{"the other has a hidden address", func(c *launchtest.HelsenorgeConfig) {
			c.Citizens = good()
			c.Citizens[1].Alone = launchtest.RelationHidden
		}, "Citizens[0].Represents[0] is of somebody with a hidden address"},
		{"client without id", client(func(c *launchtest.HelsenorgeClient) { c.ID = "" }), "invalid HelsenorgeClient: field ID is empty"},
		{"client without keys", client(func(c *launchtest.HelsenorgeClient) { c.Keys = nil }), "field Keys is nil"},
		{"client with another key", client(func(c *launchtest.HelsenorgeClient) { c.Keys = keysOf(t, ellipticWithoutKid(t)) }), "field Keys has a key that is not RSA"},
		{"client without callback", client(func(c *launchtest.HelsenorgeClient) { c.RedirectURIs = nil }), "field RedirectURIs is empty"},
		{"callback with http", client(func(c *launchtest.HelsenorgeClient) { c.RedirectURIs[0] = "http://tool.example/" }), "RedirectURIs[0] is not https"},
		{"callback with fragment", client(func(c *launchtest.HelsenorgeClient) { c.RedirectURIs[0] += "#a" }), "RedirectURIs[0] is not https"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			cfg := launchtest.HelsenorgeConfig{Key: providerKey()}
			c.edit(&cfg)
			_, err := launchtest.MakeHelsenorge(cfg)
			require.ErrorContains(t, err, c.want)
			for _, citizen := range cfg.Citizens {
				if citizen.NationalID != "" {
					assert.NotContains(t, err.Error(), citizen.NationalID)
				}
			}
		})
	}
	require.NotEmpty(t, cases)
	_, err := launchtest.MakeHelsenorge(launchtest.HelsenorgeConfig{API: "x", InvalidClient: 1, Citizens: []launchtest.Citizen{{}}})
	require.ErrorContains(t, err, "launchtest: invalid HelsenorgeConfig: field API is not https, or http on this machine, without a path; field InvalidClient")
}

// ellipticWithoutKid is a public key for ES256.
func ellipticWithoutKid(t *testing.T) []byte {
	key, err := launch.GenerateSigningKey()
	require.NoError(t, err)
	data, err := json.Marshal(key.Public())
	require.NoError(t, err)
	var members map[string]string
	require.NoError(t, json.Unmarshal(data, &members))
	delete(members, "kid")
	data, err = json.Marshal(members)
	require.NoError(t, err)
	return data
}

func TestHelsenorgeCopiesItsConfig(t *testing.T) {
	citizens := launchtest.Citizens()
	a := newHandTool(t, func(c *launchtest.HelsenorgeConfig) { c.Citizens = citizens })
	citizens[0].Represents[0].Citizen = "per"
	a.tab(a.browser(), "kari", "ola")
	require.NoError(t, a.h.SetDigitallyActive("per", false))
	assert.False(t, citizens[1].NotDigitallyActive)
}

func TestHelsenorgeWithoutAnything(t *testing.T) {
	h, err := launchtest.MakeHelsenorge(launchtest.HelsenorgeConfig{})
	require.NoError(t, err)
	assert.Equal(t, "https://eksternapi.helsenorge.example/sts/oidcprov/v3", h.Issuer())
	assert.WithinRange(t, h.Now(), start.Add(-50*365*24*time.Hour), start.Add(50*365*24*time.Hour))
	_, err = launch.ParseStaticKeys(h.JWKS())
	require.NoError(t, err)
}

func TestSyntheticNumber(t *testing.T) {
	assert.Panics(t, func() { launchtest.SyntheticNumber("010190") }, "a month of people who live")
	assert.Panics(t, func() { launchtest.SyntheticNumber("0181") })
	assert.Equal(t, launchtest.IdentityNumber(), launchtest.SyntheticNumber("018190"))
}

// admin sends an order.
func admin(h http.Handler, method, path, body string, edit ...func(*http.Request)) (int, string) {
	r := httptest.NewRequest(method, "http://127.0.0.1:9/admin/"+path, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	for _, e := range edit {
		e(r)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Code, w.Body.String()
}

func TestHelsenorgeAdminRefuses(t *testing.T) {
	h := newHandTool(t).h.Admin()
	cases := []struct{ path, body, want string }{
		{"keys", `{"action":"lose"}`, "/action: want announce, rotate or retire"},
		{"keys", `{}`, "/action: want announce, rotate or retire"},
		{"keys", `[]`, "object"},
		{"clock", `{}`, "/seconds: want a number that is not 0"},
		{"clock", `{"seconds":1e9}`, "/seconds"},
		{"clock", `{"seconds":400000000}`, "/seconds: want a number that is not 0, at most ten years"},
		{"clock", `{"seconds":1,"seconds":2}`, "/seconds"},
		{"client", `{"id":"x","redirectURIs":["https://x.example/"]}`, "static keys"},
		{"client", `{"id":"x","jwks":{"keys":[` + string(jwkOf(toolKey(), "", "")) + `]}}`, "field RedirectURIs is empty"},
		{"client", `{"idd":"x"}`, "/idd"},
		{"citizen", `{"id":"per"}`, "/digitallyActive: want true or false"},
		{"citizen", `{"id":"x","digitallyActive":true}`, "no such citizen"},
		{"delay", `{"endpoint":"x","milliseconds":1}`, "/endpoint: want one of GET /admin/names"},
		{"delay", `{"endpoint":"par","milliseconds":-1}`, "/milliseconds: want 0 to 600000"},
		{"fail", `{"endpoint":"x","status":500,"times":1}`, "/endpoint: want one of GET /admin/names"},
		{"fail", `{"endpoint":"par","status":200,"times":1}`, "/status: want 400 to 599"},
		{"misbehave", `{"how":["badly"]}`, "/how: want names of GET /admin/names"},
		{"misbehave", `{"how":"badly"}`, "/how"},
		{"delay", `x`, "json"}, {"fail", ``, "json"}, {"citizen", `x`, "json"}, {"keys", strings.Repeat(" ", 1<<20) + "{}", "1 MiB"},
	}
	for _, c := range cases {
		t.Run(c.path+" "+c.want, func(t *testing.T) {
			status, body := admin(h, http.MethodPost, c.path, c.body)
			assert.Equal(t, http.StatusBadRequest, status)
			assert.Contains(t, body, c.want)
		})
	}
	require.NotEmpty(t, cases)
	status, _ := admin(h, http.MethodGet, "keys", "")
	assert.Equal(t, http.StatusMethodNotAllowed, status)
	status, _ = admin(h, http.MethodPost, "nothing", "{}")
	assert.Equal(t, http.StatusNotFound, status)
	const rotate = `{"action":"rotate"}`
	status, _ = admin(h, http.MethodPost, "keys", rotate, func(r *http.Request) { r.Header.Set("Content-Type", "text/plain") })
	assert.Equal(t, http.StatusUnsupportedMediaType, status, "what a web page's form can send")
	status, body := admin(h, http.MethodPost, "keys", rotate, func(r *http.Request) { r.Host = "attacker.example:9" })
	assert.Equal(t, http.StatusForbidden, status, "a name that somebody bent to this machine")
	assert.Contains(t, body, "want a request to a loopback address")
	for _, host := range []string{"localhost", "localhost:9", "[::1]:9", "127.0.0.1"} {
		status, _ = admin(h, http.MethodGet, "names", "", func(r *http.Request) { r.Host = host })
		assert.Equal(t, http.StatusOK, status, host)
	}
}

func TestHelsenorgeAdmin(t *testing.T) {
	a := newHandTool(t)
	h := a.h.Admin()
	order := func(path, body string) {
		t.Helper()
		status, answer := admin(h, http.MethodPost, path, body)
		require.Equal(t, http.StatusNoContent, status, answer)
	}
	order("keys", `{"action":"announce"}`)
	assert.Len(t, a.published(), 2)
	order("keys", `{"action":"rotate"}`)
	order("keys", `{"action":"retire"}`)
	assert.Len(t, a.published(), 1)
	order("clock", `{"seconds":-3600}`)
	assert.Equal(t, start.Add(-time.Hour), a.h.Now())
	order("citizen", `{"id":"per","digitallyActive":false}`)
	assert.Equal(t, "access_denied", a.tab(a.browser(), "per", "").Fields.Get("error"))
	order("misbehave", `{"how":["callback with another iss"]}`)
	assert.Contains(t, a.tab(a.browser(), "kari", "").Fields, "iss")
	order("misbehave", `{}`)
	assert.NotContains(t, a.tab(a.browser(), "kari", "").Fields, "iss")
	order("fail", `{"endpoint":"jwks","status":502,"times":1}`)
	assert.Equal(t, 502, a.get(a.h.Address(launchtest.EndpointJWKS)).status)
	order("delay", `{"endpoint":"revoke","milliseconds":600000}`)
	order("client", `{"id":"other","name":"Annet","redirectURIs":["http://localhost:4010/callback"],"jwks":{"keys":[`+string(jwkOf(toolKey(), "k1", "RS256"))+
		`]},"refresh":true,"onBehalf":true,"grants":["oidcfodselsnummer"]}`)
	theirs, form := a.assertion(), a.pushForm("state-0123", strings.Repeat("v", 43))
	theirs.claims["iss"], theirs.claims["sub"] = "other", "other"
	form.Set("client_id", "other")
	form.Set("redirect_uri", "http://localhost:4010/callback")
	form.Set("client_assertion", theirs.sign(t))
	assert.Equal(t, http.StatusCreated, a.post(launchtest.EndpointPAR, form).status)
	var seen []map[string]any
	status, body := admin(h, http.MethodGet, "requests", "")
	assert.Equal(t, http.StatusOK, status)
	require.NoError(t, json.Unmarshal([]byte(body), &seen))
	require.NotEmpty(t, seen)
	assert.Equal(t, "other", seen[len(seen)-1]["client"])
	for _, secret := range a.h.Secrets() {
		assert.NotContains(t, body, secret)
	}
	var names map[string][]string
	_, body = admin(h, http.MethodGet, "names", "")
	require.NoError(t, json.Unmarshal([]byte(body), &names))
	assert.Len(t, names["endpoints"], len(launchtest.Endpoints()))
	assert.Len(t, names["misbehaviours"], len(launchtest.Misbehaviours()))
}
