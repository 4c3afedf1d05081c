package jose

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"

	"github.com/lestrrat-go/jwx/v2/jwa"
	"github.com/lestrrat-go/jwx/v2/jwe"
	"github.com/lestrrat-go/jwx/v2/jwk"

	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// Decrypter is a private key that opens messages of one algorithm. It does not change.
type Decrypter struct {
	id, algorithm string
	private       any // *rsa.PrivateKey or *ecdsa.PrivateKey
}

// GenerateDecrypter makes a new key for RSA-OAEP-256 (2048 bits), ECDH-ES or
// ECDH-ES+A256KW (P-256); its kid is the thumbprint. The error is of kind
// [ErrAlgorithm] for another algorithm.
func GenerateDecrypter(algorithm string) (*Decrypter, error) {
	rule, known := envelopes.wrappings[algorithm]
	if !known {
		return nil, fault(ErrAlgorithm, "RSA-OAEP-256, ECDH-ES or ECDH-ES+A256KW")
	}
	var private crypto.Signer
	var err error
	if rule.ephemeral {
		private, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	} else {
		private, err = rsa.GenerateKey(rand.Reader, 2048)
	}
	if err != nil {
		return nil, err
	}
	return newDecrypter(private, "", algorithm)
}

// ParseDecrypter reads a private JWK with alg; use and key_ops, if they are
// there, must be for decryption. Without kid, the thumbprint is it. The error is
// of kind [ErrKeyUnusable] and holds nothing of the key.
func ParseDecrypter(data []byte) (*Decrypter, error) {
	v, err := strictjson.Parse(data, setLimits)
	if err != nil || v.Kind != strictjson.Object {
		return nil, fault(ErrKeyUnusable, "one JSON object with unique names")
	}
	if why := decrypts(v); why != "" {
		return nil, fault(ErrKeyUnusable, why)
	}
	private, err := parsePrivate(data)
	if err != nil {
		return nil, err
	}
	return newDecrypter(private, member(v, "kid"), member(v, "alg"))
}

func parsePrivate(data []byte) (private any, err error) {
	key, err := jwk.ParseKey(data)
	if err != nil || key.Raw(&private) != nil {
		return nil, fault(ErrKeyUnusable, "a private JWK")
	}
	return private, nil
}

// decrypts honours use and key_ops. RFC 7517, sections 4.2 and 4.3.
func decrypts(v *strictjson.Value) string {
	if use, there := v.Member("use"); there && use.Text != "enc" {
		return "a key with use enc"
	}
	ops, there := v.Member("key_ops")
	if there && !contains(ops.Items, "unwrapKey") && !contains(ops.Items, "decrypt") && !contains(ops.Items, "deriveKey") && !contains(ops.Items, "deriveBits") {
		return "a key with unwrapKey or deriveKey among its key_ops"
	}
	return ""
}

func newDecrypter(private any, id, algorithm string) (*Decrypter, error) {
	rule, known := envelopes.wrappings[algorithm]
	if !known {
		return nil, fault(ErrKeyUnusable, "a key with alg RSA-OAEP-256, ECDH-ES or ECDH-ES+A256KW")
	}
	if why := unfit(private, rule); why != "" {
		return nil, fault(ErrKeyUnusable, why)
	}
	d := &Decrypter{id: id, algorithm: algorithm, private: private}
	if id != "" {
		return d, nil
	}
	var err error
	d.id, err = (&Key{public: d.public()}).Thumbprint()
	return d, err
}

func unfit(private any, rule wrapping) string {
	switch k := private.(type) {
	case *rsa.PrivateKey:
		if rule.ephemeral || k.Validate() != nil {
			return "a private key that fits its alg"
		}
		return weakness(&k.PublicKey)
	case *ecdsa.PrivateKey:
		if _, err := k.ECDH(); err != nil || !rule.ephemeral {
			return "a private key that fits its alg"
		}
		return ""
	}
	return "a private key of type RSA or EC"
}

// ID is the kid and Algorithm the one algorithm that the key is used for.
func (d *Decrypter) ID() string { return d.id }

// Algorithm is the key's alg.
func (d *Decrypter) Algorithm() string { return d.algorithm }

func (d *Decrypter) public() crypto.PublicKey {
	if k, can := d.private.(crypto.Signer); can {
		return k.Public()
	}
	return nil
}

// Public gives the public JWK with kid, alg and use enc.
func (d *Decrypter) Public() ([]byte, error) { return d.jwk(d.public()) }

// Private gives the private JWK. It is a secret.
func (d *Decrypter) Private() ([]byte, error) { return d.jwk(d.private) }

func (d *Decrypter) jwk(raw any) ([]byte, error) {
	key, err := jwk.FromRaw(raw)
	if err != nil {
		return nil, err
	}
	for name, value := range map[string]string{"kid": d.id, "alg": d.algorithm, "use": "enc"} {
		if err := key.Set(name, value); err != nil {
			return nil, err
		}
	}
	return json.Marshal(key)
}

// Open decrypts with the key that the message names. The error is an [*Error] of
// kind [ErrMalformed] when the message is another algorithm's or curve's, which
// everybody can see, and of [ErrDecryption], always with the same words, for the
// rest.
func (e *Envelope) Open(d *Decrypter) ([]byte, error) {
	if e.Algorithm != d.algorithm {
		return nil, fault(ErrMalformed, "the key's own algorithm, "+d.algorithm)
	}
	if err := e.fits(d); err != nil {
		return nil, err
	}
	plain, err := jwe.Decrypt([]byte(e.text), jwe.WithKey(jwa.KeyEncryptionAlgorithm(d.algorithm), d.private))
	if err != nil {
		return nil, fault(ErrDecryption, "a message encrypted to the key that it names, unchanged")
	}
	return plain, nil
}

// fits checks the length of what RSA wrapped, and that the sender's one-time key
// is a point on our key's own curve (RFC 7518, section 4.6.1.1; invalid-curve attacks).
func (e *Envelope) fits(d *Decrypter) error {
	switch k := d.private.(type) {
	case *rsa.PrivateKey:
		if len(e.wrappedKey) != k.Size() {
			return fault(ErrMalformed, "a wrapped key as long as the RSA key")
		}
	case *ecdsa.PrivateKey:
		if epk, _ := e.header.Member("epk"); !onCurve(epk, k.Curve) {
			return fault(ErrMalformed, "epk to be a public key on the curve of the tool's key")
		}
	}
	return nil
}

func onCurve(epk *strictjson.Value, curve elliptic.Curve) bool {
	if epk.Kind != strictjson.Object || len(epk.Members) != 4 || member(epk, "kty") != "EC" || member(epk, "crv") != curve.Params().Name {
		return false
	}
	key, why := readEC(epk)
	return key != nil && why == ""
}
