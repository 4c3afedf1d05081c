package launchtest

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"maps"

	"github.com/verktoykatalog/verktoy/internal/jose"
)

// algorithms of the good keys, by kid. Keys of one family share their numbers: making RSA keys takes time.
var algorithms = map[string]string{"ec": "ES256", "es384": "ES384", "es512": "ES512", "ed": "EdDSA", "rs": "RS256",
	"rs384": "RS384", "rs512": "RS512", "ps": "PS256"}

type jwk map[string]any

// with gives a copy with one member changed; nil takes it away.
func (k jwk) with(name string, value any) jwk {
	c := maps.Clone(k)
	if c[name] = value; value == nil {
		delete(c, name)
	}
	return c
}

func (p *Portal) makeKeys() error {
	rs, err := jose.Generate("RS256")
	if err != nil {
		return err
	}
	for kid, algorithm := range algorithms {
		base := rs
		if algorithm[0] == 'E' {
			if base, err = jose.Generate(algorithm); err != nil {
				return err
			}
		}
		if p.signers[kid], err = renamed(base, kid, algorithm); err != nil {
			return err
		}
	}
	return p.publish()
}

func renamed(s *jose.Signer, kid, algorithm string) (*jose.Signer, error) {
	private, err := s.Private()
	if err != nil {
		return nil, err
	}
	var members jwk
	if err := json.Unmarshal(private, &members); err != nil {
		return nil, err
	}
	data, err := json.Marshal(members.with("kid", kid).with("alg", algorithm))
	if err != nil {
		return nil, err
	}
	return jose.ParseSigner(data)
}

func (p *Portal) publish() error {
	var keys []jwk
	for kid := range algorithms {
		k, err := p.public(kid)
		if err != nil {
			return err
		}
		keys = append(keys, k)
	}
	bad, err := p.badKeys()
	if err != nil {
		return err
	}
	p.jwks, err = json.Marshal(map[string]any{"keys": append(keys, bad...)})
	return err
}

func (p *Portal) public(kid string) (jwk, error) {
	data, err := p.signers[kid].Public().MarshalJSON()
	if err != nil {
		return nil, err
	}
	var k jwk
	return k, json.Unmarshal(data, &k)
}

// badKeys are the good ones' numbers with something wrong, so that the
// signatures that name them are right.
func (p *Portal) badKeys() ([]jwk, error) {
	ec, err := p.public("ec")
	if err != nil {
		return nil, err
	}
	rs, err := p.public("rs")
	if err != nil {
		return nil, err
	}
	curve, err := p.public("es384")
	if err != nil {
		return nil, err
	}
	small, err := rsa.GenerateKey(rand.Reader, 1024)
	if err != nil {
		return nil, err
	}
	return []jwk{
		ec.with("kid", "enc").with("use", "enc"),
		ec.with("kid", "ops").with("use", nil).with("key_ops", []string{"encrypt"}),
		ec.with("kid", "noalg").with("alg", nil),
		curve.with("kid", "curve").with("alg", "ES256"),
		rs.with("kid", "small").with("n", b64(small.N.Bytes())),
		ec.with("kid", "private").with("d", b64([]byte("not so secret any more, and long"))),
	}, nil
}

func b64(data []byte) string { return base64.RawURLEncoding.EncodeToString(data) }
