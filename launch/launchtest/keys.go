package launchtest

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"maps"
)

// algorithms of the good keys, by name, in the order in which they are published.
var algorithms = [][2]string{{"ec", "ES256"}, {"es384", "ES384"}, {"es512", "ES512"}, {"ed", "EdDSA"}, {"rs", "RS256"},
	{"rs384", "RS384"}, {"rs512", "RS512"}, {"ps", "PS256"}}

type jwk map[string]any

// with gives a copy with one member changed; nil takes it away.
func (k jwk) with(name string, value any) jwk {
	c := maps.Clone(k)
	if c[name] = value; value == nil {
		delete(c, name)
	}
	return c
}

func (k jwk) and(members jwk) jwk {
	maps.Copy(k, members)
	return k
}

// makeKeys makes the good keys. Those of RSA share their numbers: making them takes time.
func (p *Portal) makeKeys() error {
	rs, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return err
	}
	for _, good := range algorithms {
		if p.keys[good[0]], err = makeKey(good[1], rs); err != nil {
			return err
		}
		p.good = append(p.good, p.jwk(good[0]))
	}
	return p.addBadKeys()
}

func makeKey(algorithm string, rs *rsa.PrivateKey) (key, error) {
	curve := map[string]elliptic.Curve{"ES256": elliptic.P256(), "ES384": elliptic.P384(), "ES512": elliptic.P521()}[algorithm]
	var private crypto.Signer = rs
	var err error
	switch {
	case curve != nil:
		private, err = ecdsa.GenerateKey(curve, rand.Reader)
	case algorithm == "EdDSA":
		_, private, err = edKey()
	}
	return key{algorithm: algorithm, private: private}, err
}

func edKey() (ed25519.PublicKey, crypto.Signer, error) { return ed25519.GenerateKey(rand.Reader) }

// jwk is the key with this name as it is published.
func (p *Portal) jwk(name string) jwk { return p.keys[name].jwk(p.KeyID(name)) }

// goodKeys is a set without any bad one.
func (p *Portal) goodKeys() []byte { return keySet(p.good...) }

// oneKeyPortal has no key but ec and the attacker's.
func oneKeyPortal(cfg Config) (*Portal, error) {
	p := newPortal(cfg)
	ec, err := makeKey("ES256", nil)
	p.keys["ec"] = ec
	if err == nil {
		p.good = []jwk{p.jwk("ec")}
	}
	return p, err
}

func keySet(keys ...jwk) []byte { return raw(nil, map[string]any{"keys": keys}) }

func b64(data []byte) string { return base64.RawURLEncoding.EncodeToString(data) }

func object(v any) json.RawMessage {
	data, err := json.Marshal(v)
	if err != nil {
		panic("launchtest: " + err.Error())
	}
	return data
}
