package hti_test

import (
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// shifting is a clock that the test moves, for this process and for the peer.
type shifting struct {
	mu sync.Mutex
	at time.Time
}

func (c *shifting) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *shifting) to(at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = at
}

func (c *shifting) pass(d time.Duration) { c.to(c.Now().Add(d)) }

// peer is npm's jose as the other party, in one process that keeps its keys and
// what it has fetched. testdata/peer.mjs says what it can be asked.
type peer struct {
	shifting
	t   testing.TB
	in  *json.Encoder
	out *json.Decoder
}

func newPeer(t testing.TB) *peer {
	dir := nodeDir(t)
	script, err := os.ReadFile("testdata/peer.mjs")
	require.NoError(t, err)
	ctx, cancel := context.WithTimeout(context.WithoutCancel(t.Context()), time.Minute) // the peer ends itself, after the test
	t.Cleanup(cancel)
	cmd := exec.CommandContext(ctx, "node", "--input-type=module", "--eval", string(script))
	cmd.Dir, cmd.Stderr = dir, os.Stderr
	in, err := cmd.StdinPipe()
	require.NoError(t, err)
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	t.Cleanup(func() {
		_ = in.Close()
		assert.NoError(t, cmd.Wait())
	})
	return &peer{shifting: shifting{at: interopDay}, t: t, in: json.NewEncoder(in), out: json.NewDecoder(out)}
}

// answer has what any of the commands gives.
type answer struct {
	KID     string
	URL     string
	Token   string
	Private json.RawMessage
	Payload map[string]any
	Header  map[string]any
	Refused string // jose's code
}

func (p *peer) ask(command string, input map[string]any) answer {
	p.t.Helper()
	request := map[string]any{"command": command, "at": p.Now()}
	for name, value := range input {
		request[name] = value
	}
	require.NoError(p.t, p.in.Encode(request))
	var a answer
	require.NoError(p.t, p.out.Decode(&a))
	return a
}

func (p *peer) generate(algorithm string) answer {
	return p.ask("generate", map[string]any{"alg": algorithm})
}

// sign makes a good message of now.
func (p *peer) sign(kid, id string) string {
	now := p.Now().Unix()
	return p.ask("sign", map[string]any{"kid": kid, "claims": map[string]any{"iss": "https://portal.example", "aud": "https://tool.example", "jti": id,
		"iat": now, "exp": now + 120, "sub": "Patient/7f0b6c1e9a", "resource": "Task/58c1"}}).Token
}
