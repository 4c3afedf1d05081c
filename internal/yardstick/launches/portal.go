// Package launches receives the same launch messages with package launch and with
// other libraries, to compare their verdicts and their speed. It is apart from
// its parent so that fuzzing it need not build search engines and databases.
package launches

import (
	"crypto/ecdsa"
	"time"

	jose4 "github.com/go-jose/go-jose/v4"

	"github.com/verktoykatalog/verktoy/internal/jose"
	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/hti"
)

// The parties, and the time at which everything happens.
const issuer, audience = "https://portal.example", "https://tool.example"

var clock = time.Date(2026, 9, 21, 8, 0, 0, 0, time.UTC)

func now() time.Time { return clock }

// Portal signs launch messages; the rest is what its receivers know of it.
type Portal struct {
	mint *hti.Portal
	raw  interface {
		SignHeader(header, payload []byte) (string, error)
	}
	keys    launch.Keys
	public  *ecdsa.PublicKey
	kid     string
	profile launch.Profile
	tokens  []string
}

// NewPortal makes a portal with a new key.
func NewPortal() (*Portal, error) {
	signer, err := jose.Generate("ES256")
	if err != nil {
		return nil, err
	}
	private, err := signer.Private()
	if err != nil {
		return nil, err
	}
	key, err := launch.ParseSigningKey(private)
	if err != nil {
		return nil, err
	}
	p := &Portal{raw: signer, kid: key.Public().ID()}
	if p.public, err = publicKey(key.Public()); err != nil {
		return nil, err
	}
	if p.keys, err = launch.NewStaticKeys(key.Public()); err != nil {
		return nil, err
	}
	if p.mint, err = hti.NewPortal(hti.PortalConfig{Issuer: issuer, Key: key, Now: now}); err != nil {
		return nil, err
	}
	p.profile, err = hti.New(hti.Config{Audience: audience, Issuers: []hti.Issuer{{ID: issuer, Keys: p.keys}}})
	return p, err
}

// publicKey reads the key as the others get it: from its JWK.
func publicKey(k launch.PublicKey) (*ecdsa.PublicKey, error) {
	data, err := k.MarshalJSON()
	if err != nil {
		return nil, err
	}
	var key jose4.JSONWebKey
	err = key.UnmarshalJSON(data)
	public, _ := key.Key.(*ecdsa.PublicKey)
	return public, err
}

// messages gives n messages, each with an id of its own.
func (p *Portal) messages(n int) ([]string, error) {
	for len(p.tokens) < n {
		m, err := p.mint.Mint(hti.Message{
			Audience:   audience,
			Actor:      launch.Party{Type: "Patient", ID: "7f0b6c1e9a"},
			Task:       launch.Party{Type: "Task", ID: "58c1"},
			Definition: "https://tool.example/ActivityDefinition/sleep-course",
			Intent:     "plan",
		})
		if err != nil {
			return nil, err
		}
		p.tokens = append(p.tokens, m.Token())
	}
	return p.tokens[:n], nil
}
