package launchtest

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/verktoykatalog/verktoy/internal/jose"
	"github.com/verktoykatalog/verktoy/launch"
)

// Config is a fake portal's identity. Every field may be empty.
type Config struct {
	// Issuer; empty means https://portal.example.
	Issuer string
	// Audience is the tool; empty means https://tool.example.
	Audience string
	// Now is the clock. Nil means [time.Now].
	Now func() time.Time
}

// Portal is a fake portal. Its published keys are good ones of each kind
// (kid ec, es384, es512, rs, rs384, rs512, ps, ed) and ones that must not be used
// (kid enc, ops, noalg, curve, small, private).
type Portal struct {
	cfg     Config
	signers map[string]*jose.Signer
	jwks    []byte
}

// NewPortal makes a portal with new keys. It ends the test if that fails.
func NewPortal(tb testing.TB, cfg Config) *Portal {
	tb.Helper()
	setDefault(&cfg.Issuer, "https://portal.example")
	setDefault(&cfg.Audience, "https://tool.example")
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	p := &Portal{cfg: cfg, signers: map[string]*jose.Signer{}}
	if err := p.makeKeys(); err != nil {
		tb.Fatalf("launchtest: %v", err)
	}
	return p
}

func setDefault(field *string, value string) {
	if *field == "" {
		*field = value
	}
}

// Issuer is the portal's iss.
func (p *Portal) Issuer() string { return p.cfg.Issuer }

// Audience is the aud of the portal's messages.
func (p *Portal) Audience() string { return p.cfg.Audience }

// JWKS is what the portal publishes.
func (p *Portal) JWKS() []byte { return p.jwks }

// Keys are the published keys as a key source that needs no network.
func (p *Portal) Keys() launch.Keys {
	keys, err := launch.ParseStaticKeys(p.jwks)
	if err != nil {
		panic(fmt.Sprintf("launchtest: %v", err)) // cannot be: the set is ours
	}
	return keys
}

// Draft is a message that is not signed yet, to be changed in one place.
type Draft struct {
	// Header and Claims are written as JSON.
	Header, Claims map[string]any
	// RawHeader and RawClaims are written instead, as they are, if not nil.
	RawHeader, RawClaims []byte
	// Key is the kid of the key that signs, whatever the header says.
	Key string
}

// Draft is a good HTI 2.0 message with a new jti, issued now, for two minutes.
func (p *Portal) Draft() *Draft {
	now := p.cfg.Now().Unix()
	return &Draft{
		Header: map[string]any{"alg": "ES256", "kid": "ec", "typ": "JWT"},
		Claims: map[string]any{"iss": p.cfg.Issuer, "aud": p.cfg.Audience, "jti": rand.Text(), "iat": now, "exp": now + 120,
			"sub": "Patient/7f0b6c1e9a", "resource": "Task/58c1", "definition": "https://tool.example/ActivityDefinition/sleep",
			"intent": "plan", "hti-version": "2.0"},
		Key: "ec",
	}
}

// Good is a good message, signed.
func (p *Portal) Good() string { return p.Sign(p.Draft()) }

// Sign signs the draft as it is. It panics if the draft cannot be written as JSON or names a key that is not there.
func (p *Portal) Sign(d *Draft) string {
	token, err := p.signers[d.Key].SignHeader(raw(d.RawHeader, d.Header), raw(d.RawClaims, d.Claims))
	if err != nil {
		panic(fmt.Sprintf("launchtest: %v", err))
	}
	return token
}

func raw(as []byte, members map[string]any) []byte {
	if as != nil {
		return as
	}
	data, err := json.Marshal(members)
	if err != nil {
		panic(fmt.Sprintf("launchtest: %v", err))
	}
	return data
}
