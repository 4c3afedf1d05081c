package main

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

// keyFile is a tool's key, as the tool reads it, and as Helsenorge knows it.
func keyFile(t *testing.T) (string, launch.Keys) {
	key, err := launch.GenerateSigningKeyFor("RS256")
	require.NoError(t, err)
	private, err := key.PrivateJWK()
	require.NoError(t, err)
	file := filepath.Join(t.TempDir(), "tool.jwk")
	require.NoError(t, os.WriteFile(file, private, 0o600))
	keys, err := launch.NewStaticKeys(key.Public())
	require.NoError(t, err)
	return file, keys
}

// The whole way over the network of this machine: a citizen starts the tool from
// the simulated Helsenorge and is logged in there.
func TestLoginAtHelsenorge(t *testing.T) {
	file, keys := keyFile(t)
	api, portal := httptest.NewUnstartedServer(nil), httptest.NewUnstartedServer(nil)
	sim, err := launchtest.MakeHelsenorge(launchtest.HelsenorgeConfig{API: "http://" + api.Listener.Addr().String(), Portal: "http://" + portal.Listener.Addr().String()})
	require.NoError(t, err)
	api.Config.Handler, portal.Config.Handler = sim.APIHandler(), sim.PortalHandler()
	api.Start()
	defer api.Close()
	portal.Start()
	defer portal.Close()

	addr := server(t, `{"addr":"127.0.0.1:0","baseURL":"http://localhost:1","registrations":[
		{"profile":"helsenorge","issuer":"`+sim.Issuer()+`","clientId":"tool","key":"`+file+`"}]}`)
	require.NoError(t, sim.AddClient(launchtest.HelsenorgeClient{ID: "tool", RedirectURIs: []string{"http://localhost:1/uthopp/callback"}, Keys: keys}))

	target, err := url.Parse(addr)
	require.NoError(t, err)
	browser := sim.NewBrowser(launchtest.BrowserConfig{Sites: map[string]http.Handler{"http://localhost:1": httputil.NewSingleHostReverseProxy(target)}})
	page, err := browser.Login(t.Context(), "http://localhost:1/uthopp/start?task=58c1", "per", "")
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, page.Status, page.Body)
	var got map[string]any
	require.NoError(t, json.NewDecoder(bytes.NewBufferString(page.Body)).Decode(&got))
	assert.Equal(t, "helsenorge", got["profile"])
	assert.Equal(t, "authenticated", got["assurance"])
	assert.Equal(t, "self", got["acting"])
	assert.Equal(t, "Patient/"+sim.Subject("tool", "per"), got["patient"])
	assert.Equal(t, map[string]any{"task": []any{"58c1"}}, got["context"])
}

func TestKeyFileMustBeTheOwnersAlone(t *testing.T) {
	file, _ := keyFile(t)
	require.NoError(t, os.Chmod(file, 0o640))
	_, err := readKey(file)
	require.ErrorContains(t, err, "chmod 600")
	require.NoError(t, os.Chmod(file, 0o600))
	require.NoError(t, os.WriteFile(file, []byte("{}"), 0o600))
	_, err = readKey(file)
	require.ErrorContains(t, err, "a private JWK")
}

func TestKeyMustBeOneThatHelsenorgeTakes(t *testing.T) {
	for algorithm, want := range map[string]string{"ES256": `with "alg": "RS256"`, "PS256": `with "alg": "RS256"`, "PS512": ""} {
		key, err := launch.GenerateSigningKeyFor(algorithm)
		require.NoError(t, err)
		private, err := key.PrivateJWK()
		require.NoError(t, err)
		file := filepath.Join(t.TempDir(), "tool.jwk")
		require.NoError(t, os.WriteFile(file, private, 0o600))
		_, err = readKey(file)
		if want == "" {
			require.NoError(t, err, algorithm)
			continue
		}
		require.ErrorContains(t, err, want, algorithm)
	}
}
