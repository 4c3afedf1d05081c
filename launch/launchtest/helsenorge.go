package launchtest

import (
	"crypto/rand"
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"
)

// Helsenorge simulates Helsenorge's OpenID provider for citizens (uthopp): it
// refuses what the real one is documented to refuse. It knows pushed requests
// (RFC 9126), PKCE (RFC 7636), signed client assertions (RFC 7523), codes that
// come by form_post, revocation (RFC 7009) and representation.
//
// [Helsenorge.Client] reaches it without a network, [Helsenorge.NewBrowser] is a
// citizen's browser without a window. [Helsenorge.APIHandler] and
// [Helsenorge.PortalHandler] can be served. What a tool must refuse of a
// provider comes with [Helsenorge.Misbehave].
//
// Everything is in memory, and safe for concurrent use. It is for tests: anybody
// can choose to be anybody. A citizen who is logged in still chooses on a page.
type Helsenorge struct {
	cfg         HelsenorgeConfig
	api, portal http.Handler

	mu       sync.Mutex
	moved    time.Duration
	clients  map[string]HelsenorgeClient
	citizens []Citizen
	keys     providerKeys
	state    providerState
	trouble  trouble
	records  records
}

// MakeHelsenorge checks the configuration; the error names every fault. See also [NewHelsenorge].
func MakeHelsenorge(cfg HelsenorgeConfig) (*Helsenorge, error) {
	cfg.fill()
	if err := cfg.faults(); err != nil {
		return nil, err
	}
	h := &Helsenorge{cfg: cfg, clients: map[string]HelsenorgeClient{}, citizens: copyCitizens(cfg.Citizens),
		state: newProviderState(), trouble: newTrouble(), records: records{known: map[string]bool{}}}
	h.secret(IdentityNumber())
	for _, c := range h.citizens {
		h.secret(c.NationalID)
	}
	for _, c := range cfg.Clients {
		if err := h.AddClient(c); err != nil {
			return nil, err
		}
	}
	if err := h.firstKey(); err != nil {
		return nil, err
	}
	h.api, h.portal = h.apiRoutes(), h.portalRoutes()
	return h, nil
}

// NewHelsenorge is [MakeHelsenorge] for tests: it ends the test if that fails.
func NewHelsenorge(tb testing.TB, cfg HelsenorgeConfig) *Helsenorge {
	tb.Helper()
	h, err := MakeHelsenorge(cfg)
	if err != nil {
		tb.Fatal(err)
	}
	return h
}

// newGUID makes a random UUID (RFC 9562, version 4).
func newGUID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // does not fail
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

// Now is the provider's time.
func (h *Helsenorge) Now() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.cfg.Now().Add(h.moved)
}

// Advance moves the provider's clock, forward or back.
func (h *Helsenorge) Advance(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.moved += d
}
