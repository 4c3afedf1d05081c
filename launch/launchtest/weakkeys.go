package launchtest

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"errors"
	"io"
	"math/big"
)

// forger signs for an RSA key with the exponent 1. The signature is the padded
// digest itself: everybody can write it down.
type forger struct{ n *big.Int }

func (f forger) Public() crypto.PublicKey { return &rsa.PublicKey{N: f.n, E: 1} }

// Sign writes what RFC 8017, section 9.2, gives for SHA-256.
func (f forger) Sign(_ io.Reader, digest []byte, _ crypto.SignerOpts) ([]byte, error) {
	prefix := []byte{0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20}
	padded := make([]byte, (f.n.BitLen()+7)/8)
	padded[1] = 1
	for i := 2; i < len(padded); i++ {
		padded[i] = 0xff
	}
	tail := append(append([]byte{0}, prefix...), digest...)
	copy(padded[len(padded)-len(tail):], tail)
	return padded, nil
}

// roca makes a key as the faulty generator of CVE-2017-15361 did: both primes
// are powers of 65537 modulo a product of small primes.
func roca() (*rsa.PrivateKey, error) {
	for range 100 {
		p, err := rocaPrime()
		if err != nil {
			return nil, err
		}
		q, err := rocaPrime()
		if err != nil {
			return nil, err
		}
		if k := assemble(p, q); k != nil && k.Validate() == nil {
			return k, nil
		}
	}
	return nil, errors.New("launchtest: no ROCA key found")
}

func rocaPrime() (*big.Int, error) {
	m := big.NewInt(2)
	for p := int64(3); p <= 167; p += 2 {
		if n := big.NewInt(p); n.ProbablyPrime(0) {
			m.Mul(m, n)
		}
	}
	top := new(big.Int).Lsh(big.NewInt(3), 1022) // both top bits set: the product has 2048 bits
	for {
		a, err := rand.Int(rand.Reader, m)
		if err != nil {
			return nil, err
		}
		k, err := rand.Int(rand.Reader, new(big.Int).Div(new(big.Int).Lsh(big.NewInt(1), 1022), m))
		if err != nil {
			return nil, err
		}
		p := new(big.Int).Mul(m, k.Add(k, new(big.Int).Div(top, m)))
		if p.Add(p, new(big.Int).Exp(big.NewInt(65537), a, m)); p.ProbablyPrime(10) {
			return p, nil
		}
	}
}

func assemble(p, q *big.Int) *rsa.PrivateKey {
	one := big.NewInt(1)
	phi := new(big.Int).Mul(new(big.Int).Sub(p, one), new(big.Int).Sub(q, one))
	d := new(big.Int).ModInverse(big.NewInt(65537), phi)
	if d == nil {
		return nil
	}
	k := &rsa.PrivateKey{PublicKey: rsa.PublicKey{N: new(big.Int).Mul(p, q), E: 65537}, D: d, Primes: []*big.Int{p, q}}
	k.Precompute()
	return k
}

// badKeys are the keys that must not be used, each with a signature that is
// right as far as there is such a thing, so that only the key is wrong.
func (p *Portal) addBadKeys() error {
	small, err := rsa.GenerateKey(rand.Reader, 1024)
	if err != nil {
		return err
	}
	weak, err := roca()
	if err != nil {
		return err
	}
	ec, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	rs := p.keys["rs"]
	n := rs.private.Public().(*rsa.PublicKey).N
	p.keys["attacker"] = key{algorithm: "ES256", private: ec}
	p.keys["small"], p.keys["roca"] = key{algorithm: "RS256", private: small}, key{algorithm: "RS256", private: weak}
	p.keys["one"] = key{algorithm: "RS256", private: forger{n}}
	p.keys["salt20"], p.keys["saltmax"] = key{"PS256", rs.private, 20}, key{"PS256", rs.private, n.BitLen()/8 - 32 - 2}
	p.publishBad(n)
	return nil
}

func (p *Portal) publishBad(n *big.Int) {
	ec, rs, curve := p.jwk("ec"), p.jwk("rs"), p.jwk("es384")
	large := new(big.Int).Add(new(big.Int).Lsh(n, 8200-uint(n.BitLen())), big.NewInt(1))
	p.bad = []jwk{
		p.named(ec, "enc").with("use", "enc"), p.named(ec, "ops").with("use", nil).with("key_ops", []string{"encrypt"}),
		p.named(ec, "noalg").with("alg", nil), p.named(curve, "curve").with("alg", "ES256"),
		p.named(ec, "private").with("d", b64([]byte("not so secret any more, and long"))),
		p.jwk("small"), p.jwk("roca"), p.jwk("one"), p.named(rs, "even").with("e", b64([]byte{1, 0, 0})),
		p.named(rs, "large").with("n", b64(large.Bytes())),
		p.named(ec, "zero").with("x", b64(append([]byte{0}, decoded(ec["x"].(string))...))),
		p.named(ec, "offcurve").with("y", ec["x"]), p.named(ec, "mixed").with("kty", "RSA"),
		p.named(ec, "crv").with("crv", "P-384"), {"kty": "LMS", "kid": p.KeyID("lms"), "pub": "AAAA"},
		p.named(ec, "es521").with("alg", "ES521"), p.named(ec, "es224").with("alg", "ES224"),
		p.named(rs, "rsa15").with("alg", "RSA1_5"), p.named(ec, "kw").with("alg", "A256KW"),
	}
}

func (p *Portal) named(k jwk, name string) jwk { return k.with("kid", p.KeyID(name)) }
