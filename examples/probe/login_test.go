package main

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/launch"
)

// loginTool is examples/tool with Helsenorge, and what the probe is told of it.
// The tool looks for Helsenorge when it starts, does not find it yet, and looks
// again after a second.
func loginTool(t *testing.T, more ...string) []string {
	addr, listen := freePort(t), freePort(t)
	base := start(t, fmt.Sprintf(`{"addr":"%s","baseURL":"http://%s","registrations":[{"profile":"helsenorge","issuer":"http://%s/sts/oidcprov/v3","clientId":"tool"}]}`,
		addr, addr, listen))
	return append([]string{"-profile", "helsenorge", "-url", base + "/uthopp/start", "-callback", base + "/uthopp/callback", "-whoami", base + "/whoami",
		"-client", "tool", "-keys", base + "/.well-known/jwks.json", "-listen", listen, "-wait", "3s", "-patience", "0"}, more...)
}

func TestProbeOfTheToolsLoginsIsGreen(t *testing.T) {
	junit := filepath.Join(t.TempDir(), "probe.xml")
	code, out, errs := call(t, loginTool(t, "-exact", "-json", "-junit", junit)...)
	require.Equal(t, 0, code, "%s%s", errs, out)
	var got probed
	require.NoError(t, json.Unmarshal([]byte(out), &got))
	assert.Equal(t, "helsenorge", got.Profile)
	assert.Zero(t, got.Failed)
	assert.Greater(t, got.Passed, 95)
	assert.Equal(t, got.Passed+got.NotJudged, len(got.Findings))
	assert.Empty(t, got.NotApplicable)
	data, err := os.ReadFile(junit)
	require.NoError(t, err)
	var suite testSuite
	require.NoError(t, xml.Unmarshal(data, &suite))
	assert.Equal(t, "launch helsenorge", suite.Name)
	assert.Len(t, suite.Cases, len(got.Findings))
}

// The tool takes nobody for others: where the probe is told that it does, it says so.
func TestProbeOfTheToolsLoginsIsRed(t *testing.T) {
	code, out, errs := call(t, loginTool(t, "-relations", "2,5", "-failed")...)
	require.Equal(t, 1, code, "%s%s", errs, out)
	assert.Contains(t, out, "login of the parent of a child under 12")
	assert.Contains(t, out, "login of the representative with ordinary power")
	assert.Contains(t, out, "2 failed")
	assert.NotContains(t, out, "\npassed")
}

// A tool that asks for what Helsenorge does not give is told what is missing.
func TestProbeOfAToolWithAnotherKey(t *testing.T) {
	key, err := launch.GenerateSigningKeyFor("RS256")
	require.NoError(t, err)
	public, err := json.Marshal(map[string]any{"keys": []any{key.Public()}})
	require.NoError(t, err)
	file := filepath.Join(t.TempDir(), "keys.json")
	require.NoError(t, os.WriteFile(file, public, 0o600))
	code, out, errs := call(t, loginTool(t, "-keys", file)...)
	require.Equal(t, 1, code, "%s%s", errs, out)
	assert.Contains(t, out, "good login")
	assert.Contains(t, out, "Helsenorge refused the request to par: it wants a key that is registered")
}

func TestProbeOfLoginsCannotRun(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	defer server.Close()
	broken := filepath.Join(t.TempDir(), "keys.json")
	require.NoError(t, os.WriteFile(broken, []byte("{}"), 0o600))
	key, err := launch.GenerateSigningKeyFor("RS256")
	require.NoError(t, err)
	keys := httptest.NewServer(launch.JWKSHandler(key.Public()))
	defer keys.Close()
	cases := []struct {
		name string
		args []string
		want string
	}{
		{"no callback", []string{"-callback", ""}, "no callback, want -callback URL"},
		{"no client", []string{"-client", ""}, "no client id, want -client ID"},
		{"no keys", []string{"-keys", ""}, "no key set of the tool, want -keys FILE or URL"},
		{"no address", []string{"-url", ""}, "no address, want -url URL"},
		{"a flag of hti", []string{"-issuer", "https://portal.example"}, "-issuer is for -profile hti"},
		{"words", []string{"x"}, `argument "x", want flags only`},
		{"no such file", []string{"-keys", broken + "x"}, "-keys: "},
		{"no key set in the file", []string{"-keys", broken}, "-keys: "},
		{"no key set there", []string{"-keys", server.URL}, "-keys: no key set at " + server.URL},
		{"no web address", []string{"-url", "start"}, "probe: -url is not an https or http address"},
		{"callback elsewhere", []string{"-callback", "https://other.example/callback"}, "-callback is not on the host of -url"},
		{"callback that is none", []string{"-callback", "http://other.example/callback"}, "-callback is not an https address"},
		{"whoami that is none", []string{"-whoami", "whoami"}, "-whoami is not an https or http address"},
		{"any port", []string{"-listen", "127.0.0.1:0"}, "-listen is not host and port of this machine"},
		{"another machine", []string{"-listen", "192.0.2.1:9100"}, "-listen is not host and port of this machine"},
		{"a relation that is none", []string{"-relations", "2,9"}, "-relations has one that is not 2 to 5"},
		{"one name for two claims", []string{"-actor-claim", "x", "-relation-claim", "x"}, "-actor-claim and -relation-claim have one name"},
		{"port taken", []string{"-listen", server.Listener.Addr().String()}, "address already in use"},
	}
	require.NotEmpty(t, cases)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			args := append([]string{"-profile", "helsenorge", "-url", server.URL + "/start", "-callback", server.URL + "/callback", "-client", "tool", "-keys", keys.URL,
				"-listen", freePort(t), "-wait", "0"}, c.args...)
			code, out, errs := call(t, args...)
			assert.Equal(t, 2, code)
			assert.Empty(t, out)
			assert.Contains(t, errs, c.want)
		})
	}
	gone := "http://" + freePort(t)
	code, _, errs := call(t, "-profile", "helsenorge", "-url", gone+"/start", "-callback", gone+"/callback", "-client", "tool", "-keys", keys.URL, "-listen", freePort(t), "-wait", "0")
	assert.Equal(t, 2, code)
	assert.Contains(t, errs, "the tool gives no answer at its start address: ")
}
