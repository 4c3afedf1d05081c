package launchtest

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"testing"
	"time"

	"github.com/verktoykatalog/verktoy/launch"
)

// Config is a fake portal's identity. Every field may be empty.
type Config struct {
	// Issuer; empty means https://portal.example.
	Issuer string
	// Audience is the tool; empty means https://tool.example.
	Audience string
	// KeySuffix is put after the kids, so that a tool that kept the keys of
	// another portal with this issuer does not take the new ones for them.
	KeySuffix string
	// Now is the clock. Nil means [time.Now].
	Now func() time.Time
}

// Portal is a fake portal. Its published keys are good ones of each kind, by
// name ec, es384, es512, ed, rs, rs384, rs512 and ps, and many that must not be used.
type Portal struct {
	cfg       Config
	keys      map[string]key
	good, bad []jwk
	trap      string // an address of the attacker's, to be named in messages
}

// MakePortal makes a portal with new keys. The error is one of making keys.
func MakePortal(cfg Config) (*Portal, error) {
	p := newPortal(cfg)
	if err := p.makeKeys(); err != nil {
		return nil, fmt.Errorf("launchtest: %w", err)
	}
	return p, nil
}

func newPortal(cfg Config) *Portal {
	setDefault(&cfg.Issuer, "https://portal.example")
	setDefault(&cfg.Audience, "https://tool.example")
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	return &Portal{cfg: cfg, keys: map[string]key{}, trap: "https://attacker.example"}
}

// NewPortal is [MakePortal] for tests: it ends the test if that fails.
func NewPortal(tb testing.TB, cfg Config) *Portal {
	tb.Helper()
	p, err := MakePortal(cfg)
	if err != nil {
		tb.Fatal(err)
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

// KeyID is the kid of the key with this name.
func (p *Portal) KeyID(name string) string { return name + p.cfg.KeySuffix }

// JWKS is what the portal publishes: the good keys, and among them those that must not be used.
func (p *Portal) JWKS() []byte { return keySet(append(p.good[:len(p.good):len(p.good)], p.bad...)...) }

// Keys are the published keys as a key source that needs no network. They are
// not launch.StaticKeys, which take no set with a private key in it.
func (p *Portal) Keys() launch.Keys {
	keys, err := launch.NewJWKS(launch.JWKSConfig{URL: "https://portal.example/jwks.json", Client: answering(p.JWKS()), Now: p.cfg.Now})
	if err != nil {
		panic(fmt.Sprintf("launchtest: %v", err)) // cannot be: the configuration is ours
	}
	return keys
}

// answering is a server that gives everybody the same.
type answering []byte

func (a answering) Do(r *http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: http.StatusOK, Body: io.NopCloser(bytes.NewReader(a)), Request: r}, nil
}

// Draft is a message that is not signed yet, to be changed in one place.
type Draft struct {
	// Header and Claims are written as JSON.
	Header, Claims map[string]any
	// RawHeader and RawClaims are written instead, as they are, if not nil.
	RawHeader, RawClaims []byte
	// Key is the name of the key that signs, whatever the header says.
	Key string
}

// Draft is a good HTI 2.0 message with a new jti, issued now, for two minutes.
func (p *Portal) Draft() *Draft {
	now := p.cfg.Now().Unix()
	return &Draft{
		Header: map[string]any{"alg": "ES256", "kid": p.KeyID("ec"), "typ": "JWT"},
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
	signed := b64(raw(d.RawHeader, d.Header)) + "." + b64(raw(d.RawClaims, d.Claims))
	return signed + "." + b64(p.signature(d.Key, signed))
}

func (p *Portal) signature(name, signed string) []byte {
	k, there := p.keys[name]
	if !there {
		panic("launchtest: no key " + name)
	}
	signature, err := k.sign([]byte(signed))
	if err != nil {
		panic(fmt.Sprintf("launchtest: %v", err))
	}
	return signature
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
