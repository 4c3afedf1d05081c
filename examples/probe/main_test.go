package main

import (
	"bufio"
	"bytes"
	"crypto/rand"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

func call(t *testing.T, args ...string) (code int, stdout, stderr string) {
	var out, errs bytes.Buffer
	code = run(t.Context(), args, &out, &errs)
	return code, out.String(), errs.String()
}

// freePort is an address that was free a moment ago.
func freePort(t *testing.T) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer l.Close()
	return l.Addr().String()
}

// tool is examples/tool with two portals.
func tool(t *testing.T, keys string) string {
	registration := `{"profile":"hti/2.0","issuer":"%s","audience":"https://tool.example","jwks":"http://%s/%s","algorithms":["ES256","RS256"]}`
	return start(t, fmt.Sprintf(`{"addr":"127.0.0.1:0","baseURL":"https://tool.example","bearerNote":"a trial","registrations":[`+registration+","+registration+"]}",
		"https://portal.example", keys, "jwks.json", "https://second.example", keys, "second.json"))
}

// start builds and starts examples/tool, and gives its address.
func start(t *testing.T, config string) string {
	dir := t.TempDir()
	binary, file := filepath.Join(dir, "tool"), filepath.Join(dir, "tool.json")
	build := exec.CommandContext(t.Context(), "go", "build", "-o", binary, "../tool")
	out, err := build.CombinedOutput()
	require.NoError(t, err, "%s", out)
	require.NoError(t, os.WriteFile(file, []byte(config), 0o600))
	cmd := exec.CommandContext(t.Context(), binary, "-config", file)
	stderr, err := cmd.StderrPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	lines := bufio.NewScanner(stderr)
	for lines.Scan() {
		if _, address, found := strings.Cut(lines.Text(), "listening on "); found {
			go func() {
				for lines.Scan() { // so that the tool can go on writing
				}
			}()
			t.Cleanup(func() { _ = cmd.Process.Signal(os.Interrupt); _ = cmd.Wait() })
			return address
		}
	}
	require.FailNow(t, "the tool does not start")
	return ""
}

func TestProbeOfTheToolIsGreen(t *testing.T) {
	keys := freePort(t)
	base := tool(t, keys)
	junit := filepath.Join(t.TempDir(), "probe.xml")
	code, out, errs := call(t, "-profile", "hti", "-url", base+"/launch", "-whoami", base+"/whoami", "-listen", keys, "-algorithms", "ES256,RS256",
		"-second-issuer", "https://second.example", "-patience", "15s", "-exact", "-json", "-junit", junit)
	require.Equal(t, 0, code, "%s%s", errs, out)
	var got probed
	require.NoError(t, json.Unmarshal([]byte(out), &got))
	assert.Zero(t, got.Failed)
	assert.Greater(t, got.Passed, 330)
	assert.Equal(t, got.Passed+got.NotJudged, len(got.Findings))
	assert.Len(t, got.NotApplicable, 22)
	i := slices.IndexFunc(got.Findings, func(f launchtest.Finding) bool { return slices.Contains(f.Rows, "E-5") })
	assert.Equal(t, launchtest.Passed, got.Findings[i].Outcome, "a slow body is cut")
	data, err := os.ReadFile(junit)
	require.NoError(t, err)
	var suite testSuite
	require.NoError(t, xml.Unmarshal(data, &suite))
	assert.Equal(t, len(got.Findings), len(suite.Cases))
	assert.Equal(t, got.NotJudged, suite.Skipped)
}

// weak lets everybody in who sends anything.
func weak(w http.ResponseWriter, _ *http.Request) {
	http.SetCookie(w, &http.Cookie{Name: "session", Value: rand.Text()})
	w.WriteHeader(http.StatusSeeOther)
}

func TestProbeOfAWeakToolIsRed(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(weak))
	defer server.Close()
	junit := filepath.Join(t.TempDir(), "probe.xml")
	code, _, errs := call(t, "-url", server.URL+"/launch", "-listen", "127.0.0.1:0", "-failed", "-patience", "0", "-junit", junit)
	assert.Equal(t, 2, code)
	assert.Contains(t, errs, "probe: -listen is empty")
	code, out, errs := call(t, "-url", server.URL+"/launch", "-listen", freePort(t), "-failed", "-patience", "0", "-junit", junit)
	require.Equal(t, 1, code, errs)
	for _, want := range []string{"alg none without signature", "another aud", "exp an hour ago", "message for the second time", "one message fifty times at once", "session cookie"} {
		assert.Contains(t, out, want)
	}
	assert.NotContains(t, out, "\npassed")
	data, err := os.ReadFile(junit)
	require.NoError(t, err)
	assert.Contains(t, string(data), "<failure message=")
}

func TestProbeCannotRun(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	defer server.Close()
	busy, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer busy.Close()
	cases := []struct {
		name string
		args []string
		want string
	}{
		{"no address", nil, "no address, want -url URL"},
		{"another profile", []string{"-profile", "x", "-url", server.URL}, `-profile "x", want hti or helsenorge`},
		{"another profile's flag", []string{"-url", server.URL, "-callback", server.URL}, "-callback is for -profile helsenorge"},
		{"words", []string{"-url", server.URL, "x"}, `argument "x", want flags only`},
		{"no web address", []string{"-url", "launch"}, "probe: -url is not an https or http address without query"},
		{"algorithms", []string{"-url", server.URL, "-algorithms", "RS256"}, "-algorithms is without ES256"},
		{"one portal twice", []string{"-url", server.URL, "-issuer", "x", "-second-issuer", "x"}, "-second-issuer is -issuer"},
		{"port taken", []string{"-url", server.URL, "-listen", busy.Addr().String()}, "address already in use"},
		{"nobody there", []string{"-url", "http://" + freePort(t), "-listen", freePort(t), "-wait", "0"}, "no answer: "},
		{"no tool", []string{"-url", server.URL, "-listen", freePort(t), "-wait", "0"}, "not even a good message is accepted (refused with status 404"},
		{"report cannot be written", []string{"-url", server.URL, "-listen", freePort(t), "-wait", "0", "-junit", t.TempDir()}, "not even"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			code, out, errs := call(t, c.args...)
			assert.Equal(t, 2, code)
			assert.Empty(t, out)
			assert.Contains(t, errs, c.want)
		})
	}
	code, _, errs := call(t, "-h")
	assert.Equal(t, 0, code)
	assert.Contains(t, errs, "-whoami")
}
