package main

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

// outside is what the tool of a trial is called in the browser.
const outside = "http://localhost:1"

// foundAt is where the citizens of a trial find the tool, and wayBack the link there.
const (
	foundAt = "https://portal.example/mine"
	wayBack = `<a href="` + foundAt + `">`
)

// trial is the tool and the simulated Helsenorge on loopback addresses, with one
// clock, and a browser.
type trial struct {
	t       *testing.T
	sim     *launchtest.Helsenorge
	browser *launchtest.Browser
	log     *bytes.Buffer
	tool    *httptest.Server
}

// newTrial takes the list of who may act for others, "" for none.
func newTrial(t *testing.T, acting string) *trial {
	t.Helper()
	api, portal := httptest.NewUnstartedServer(nil), httptest.NewUnstartedServer(nil)
	sim, err := launchtest.MakeHelsenorge(launchtest.HelsenorgeConfig{API: "http://" + api.Listener.Addr().String(), Portal: "http://" + portal.Listener.Addr().String()})
	require.NoError(t, err)
	api.Config.Handler, portal.Config.Handler = sim.APIHandler(), sim.PortalHandler()
	for _, s := range []*httptest.Server{api, portal} {
		s.Start()
		t.Cleanup(s.Close)
	}
	file, keys := keyFile(t)
	require.NoError(t, sim.AddClient(launchtest.HelsenorgeClient{ID: "tool", RedirectURIs: []string{outside + "/uthopp/callback"}, Keys: keys, OnBehalf: true}))
	if acting != "" {
		acting = `"acting":` + acting + `,`
	}
	x := &trial{t: t, sim: sim, log: &bytes.Buffer{}}
	x.serve(`{"addr":"127.0.0.1:0","baseURL":"` + outside + `","portal":"` + foundAt + `","registrations":[{"profile":"helsenorge",` + acting +
		`"issuer":"` + sim.Issuer() + `","clientId":"tool","key":"` + file + `"}]}`)
	return x
}

func (x *trial) serve(config string) {
	x.t.Helper()
	cfg, err := load(write(x.t, config))
	require.NoError(x.t, err)
	cfg.now = x.sim.Now
	tool, err := newTool(cfg, slog.New(slog.NewTextHandler(x.log, &slog.HandlerOptions{Level: slog.LevelWarn})))
	require.NoError(x.t, err)
	x.t.Cleanup(tool.close)
	tool.check(x.t.Context())
	assert.NotContains(x.t, x.log.String(), "Helsenorge cannot be used")
	x.tool = httptest.NewServer(tool.mux)
	x.t.Cleanup(x.tool.Close)
	target, err := url.Parse(x.tool.URL)
	require.NoError(x.t, err)
	x.browser = x.sim.NewBrowser(launchtest.BrowserConfig{Sites: map[string]http.Handler{outside: httputil.NewSingleHostReverseProxy(target)}})
}

func (x *trial) login(citizen, patient string) *launchtest.Page {
	x.t.Helper()
	page, err := x.browser.Login(x.t.Context(), outside+"/uthopp/start?task=58c1", citizen, patient)
	require.NoError(x.t, err)
	return page
}

// whoami is the status that the browser sees.
func (x *trial) whoami() int {
	x.t.Helper()
	page, err := x.browser.Type(x.t.Context(), outside+"/whoami")
	require.NoError(x.t, err)
	return page.Status
}

func (x *trial) revoked() int { return x.sim.Count(launchtest.EndpointRevoke) }
