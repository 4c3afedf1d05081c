package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/launch"
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
	x := newTrial(t, "")
	page := x.login("per", "")
	require.Equal(t, http.StatusOK, page.Status, page.Body)
	var got map[string]any
	require.NoError(t, json.NewDecoder(bytes.NewBufferString(page.Body)).Decode(&got))
	assert.Equal(t, "helsenorge", got["profile"])
	assert.Equal(t, "authenticated", got["assurance"])
	assert.Equal(t, "self", got["acting"])
	assert.Equal(t, "Patient/"+x.sim.Subject("tool", "per"), got["patient"])
	assert.Equal(t, map[string]any{"task": []any{"58c1"}}, got["context"])
}

// Who acts for another needs Helsenorge's leave and the tool's.
func TestActing(t *testing.T) {
	for acting, takes := range map[string][]string{"": nil, `["parent"]`: {"ola"}, `["proxy"]`: {"gerd"}, `["parent","proxy"]`: {"ola", "gerd"}} {
		x := newTrial(t, acting)
		for _, patient := range []string{"ola", "gerd"} {
			want := http.StatusForbidden
			if slices.Contains(takes, patient) {
				want = http.StatusOK
			}
			assert.Equal(t, want, x.login("kari", patient).Status, "%s with %s", patient, acting)
		}
	}
}

// Who is refused at the login or by a portal's message is led to where the tool is found.
func TestARefusalLeadsToThePortal(t *testing.T) {
	x := newTrial(t, "")
	page := x.login("kari", "ola")
	require.Equal(t, http.StatusForbidden, page.Status)
	assert.Contains(t, page.Body, wayBack)

	for text, has := range map[string]bool{good: false, strings.Replace(good, `"baseURL"`, `"portal":"`+foundAt+`","baseURL"`, 1): true} {
		resp, err := (&http.Client{Timeout: 10 * time.Second}).PostForm(server(t, text)+"/launch", url.Values{"token": {"none"}})
		require.NoError(t, err)
		body, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		require.NoError(t, err)
		require.Equal(t, http.StatusBadRequest, resp.StatusCode)
		assert.Equal(t, has, strings.Contains(string(body), wayBack), "%s", body)
	}
}

// The file in this folder is the one that the documentation speaks of.
func TestShippedConfig(t *testing.T) {
	cfg, err := load("tool.json")
	require.NoError(t, err)
	require.Len(t, cfg.Registrations, 1)
	r := cfg.Registrations[0]
	issuer, err := url.Parse(r.Issuer)
	require.NoError(t, err)
	portal, err := url.Parse(cfg.Portal)
	require.NoError(t, err)
	command := "go run ./examples/helsenorge -addr " + portal.Host + " -api-addr " + issuer.Host + " -client " + r.ClientID + " -redirect " + cfg.address("/uthopp/callback") +
		" -jwks " + cfg.address("/.well-known/jwks.json") + "\n"
	for _, file := range []string{"doc.go", "../helsenorge/main.go"} {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		assert.Contains(t, string(text), command, file)
		assert.Contains(t, string(text), "-config examples/tool/tool.json\n", file)
		assert.Contains(t, string(text), cfg.address(startPath), file)
	}
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
