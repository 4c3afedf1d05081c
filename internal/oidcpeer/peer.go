package oidcpeer

import (
	"bufio"
	_ "embed"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"testing"
	"time"
)

//go:embed provider.mjs
var script string

// Client is what the provider knows of a client.
type Client struct {
	// ID is the client_id.
	ID string
	// Keys is the JWK Set of its public keys.
	Keys json.RawMessage
	// Algorithm is the only one for its assertions, as RS256.
	Algorithm string
	// Type is the typ that its assertions must have, and Lifetime, in whole
	// seconds, how long after iat their exp may be. Empty and zero let none in.
	Type     string
	Lifetime time.Duration
	// Scope is all that it may ask for, and what it is granted when a citizen
	// logs in. With offline_access, a login gives a refresh token. A scope that
	// is no client's is left out of the answer, not refused.
	Scope string
	// RedirectURIs are where a login may come back to. A client without any
	// gets tokens for itself (client_credentials).
	RedirectURIs []string
	// DPoP says that its tokens must be bound to a key.
	DPoP bool
}

// Config is what the provider knows.
type Config struct {
	Clients []Client
	// Subject is the sub of the citizen who logs in, and Claims what its ID
	// tokens say besides.
	Subject string
	Claims  map[string]any
}

// Peer is a provider that runs.
type Peer struct {
	// Issuer is its name, and where its discovery document is found.
	Issuer string `json:"issuer"`
	// Resource is an API that answers a GET with the token's client and scope,
	// if the token is bound to the key of the DPoP proof, of this client alone.
	Resource string `json:"resource"`
}

// Start starts a provider that runs until the test ends. Where there is no
// Node, it skips the test, or ends it under VERKTOY_REQUIRE_ALL=1.
func Start(t testing.TB, c Config) *Peer {
	t.Helper()
	cmd := exec.Command("node", "--input-type=module", "--eval", script)
	cmd.Dir = modules(t)
	cmd.Env = append(os.Environ(), "INPUT="+input(t, c))
	cmd.Stderr = t.Output()
	stdin, err := cmd.StdinPipe()
	must(t, err)
	stdout, err := cmd.StdoutPipe()
	must(t, err)
	must(t, cmd.Start())
	t.Cleanup(func() { stop(t, cmd, stdin) })
	line, err := bufio.NewReader(stdout).ReadBytes('\n')
	must(t, err)
	p := &Peer{}
	must(t, json.Unmarshal(line, p))
	return p
}

// stop ends the provider's input, upon which it goes.
func stop(t testing.TB, cmd *exec.Cmd, stdin io.Closer) {
	_ = stdin.Close()
	if err := cmd.Wait(); err != nil {
		t.Errorf("oidcpeer: the provider did not end by itself: %v", err)
	}
}

// modules is the folder whose node_modules has the provider.
func modules(t testing.TB) string {
	t.Helper()
	dir := os.Getenv("VERKTOY_TEST_NODE")
	if dir != "" {
		return dir
	}
	if os.Getenv("VERKTOY_REQUIRE_ALL") == "1" {
		t.Fatal("VERKTOY_TEST_NODE is empty, want a folder with node_modules/oidc-provider")
	}
	t.Skip("no node: VERKTOY_TEST_NODE is empty")
	return ""
}

// input is the set-up as the script reads it.
func input(t testing.TB, c Config) string {
	t.Helper()
	clients := []map[string]any{}
	for _, k := range c.Clients {
		clients = append(clients, map[string]any{"id": k.ID, "keys": k.Keys, "algorithm": k.Algorithm, "type": k.Type,
			"seconds": int(k.Lifetime.Seconds()), "scope": k.Scope, "redirectURIs": k.RedirectURIs, "dpop": k.DPoP})
	}
	data, err := json.Marshal(map[string]any{"clients": clients, "account": map[string]any{"subject": c.Subject, "claims": c.Claims}})
	must(t, err)
	return string(data)
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("oidcpeer: %v", err)
	}
}
