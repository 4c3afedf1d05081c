package helsenorge_test

import (
	"bufio"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/helsenorge"
	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

// nodeJob makes the test binary another process of the same tool.
const nodeJob = "VERKTOY_TEST_NODE_JOB"

// node is all that the processes of a tool have in common: configuration.
type node struct {
	Issuer, Redirect string
	Key              json.RawMessage
	Cookie           []byte
}

func TestMain(m *testing.M) {
	if job := os.Getenv(nodeJob); job != "" {
		if err := runNode(job); err != nil {
			fmt.Println("error:", err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// runNode is a process's main function: it prints its address, and serves until
// its input ends.
func runNode(text string) error {
	var n node
	if err := json.Unmarshal([]byte(text), &n); err != nil {
		return err
	}
	h, err := n.handler()
	if err != nil {
		return err
	}
	server := httptest.NewServer(h)
	defer server.Close()
	fmt.Println(server.URL)
	_, err = io.Copy(io.Discard, os.Stdin)
	return err
}

func (n node) handler() (http.Handler, error) {
	key, err := launch.ParseSigningKey(n.Key)
	if err != nil {
		return nil, err
	}
	cookie, err := launch.NewCookieKey(n.Cookie)
	if err != nil {
		return nil, err
	}
	profile, err := helsenorge.New(helsenorge.Config{Issuer: n.Issuer, ClientID: clientID, Key: key, RedirectURI: n.Redirect, StartPath: startPath,
		Claims: helsenorge.AssumedClaims(), AllowLoopback: true})
	if err != nil {
		return nil, err
	}
	return launch.NewHandler(launch.HandlerConfig{Logins: []launch.LoginProfile{profile}, CookieKeys: []launch.CookieKey{cookie},
		Replay: launch.NewMemoryReplay(launch.MemoryReplayConfig{}),
		OnLaunch: func(w http.ResponseWriter, _ *http.Request, l *launch.Launch) {
			_, _ = fmt.Fprintf(w, "%d %s %s", os.Getpid(), l.Patient, l.Context.Get("task"))
		}})
}

// process starts one, and gives a handler that reaches it.
func process(t *testing.T, job []byte) http.Handler {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), nodeJob+"="+string(job))
	stdin, err := cmd.StdinPipe()
	require.NoError(t, err)
	stdout, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	t.Cleanup(func() {
		_ = stdin.Close()
		assert.NoError(t, cmd.Wait())
	})
	line, _, err := bufio.NewReader(stdout).ReadLine()
	require.NoError(t, err)
	address, err := url.Parse(string(line))
	require.NoError(t, err)
	require.Equal(t, "http", address.Scheme, string(line))
	return httputil.NewSingleHostReverseProxy(address)
}

// The bar: the answer is taken by another process than the one that began the
// login; they share configuration, and no state. A process of another key takes
// nothing. These processes have the machine's clock, and so has the simulator.
func TestTwoProcesses(t *testing.T) {
	api, portal := httptest.NewUnstartedServer(nil), httptest.NewUnstartedServer(nil)
	keys, err := launch.NewStaticKeys(toolKey().Public())
	require.NoError(t, err)
	sim := launchtest.NewHelsenorge(t, launchtest.HelsenorgeConfig{API: "http://" + api.Listener.Addr().String(), Portal: "http://" + portal.Listener.Addr().String(), Key: simKey(),
		Clients: []launchtest.HelsenorgeClient{{ID: clientID, RedirectURIs: []string{callback}, Keys: keys}}})
	api.Config.Handler, portal.Config.Handler = sim.APIHandler(), sim.PortalHandler()
	api.Start()
	defer api.Close()
	portal.Start()
	defer portal.Close()

	private, err := toolKey().PrivateJWK()
	require.NoError(t, err)
	job := func() []byte {
		n := node{Issuer: sim.Issuer(), Redirect: callback, Key: private, Cookie: make([]byte, 32)}
		_, _ = rand.Read(n.Cookie)
		text, err := json.Marshal(n)
		require.NoError(t, err)
		return text
	}
	same := job()
	first, second, stranger := process(t, same), process(t, same), process(t, job())

	var now http.Handler // where the load balancer sends the browser
	browser := sim.NewBrowser(launchtest.BrowserConfig{Sites: map[string]http.Handler{
		toolSite: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { now.ServeHTTP(w, r) })}})
	for _, c := range []struct {
		takes  http.Handler
		status int
	}{{second, http.StatusOK}, {stranger, http.StatusForbidden}, {first, http.StatusOK}} {
		now = first
		tab, err := browser.Start(t.Context(), startAt+"?task=58c1")
		require.NoError(t, err)
		answer, err := tab.Choose(t.Context(), "per", "")
		require.NoError(t, err)
		now = c.takes
		page, err := answer.Post(t.Context())
		require.NoError(t, err)
		assert.Equal(t, c.status, page.Status)
		if c.status == http.StatusOK {
			assert.Contains(t, page.Body, " Patient/"+sim.Subject(clientID, "per")+" 58c1")
		}
	}
}
