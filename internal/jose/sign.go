package jose

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"

	"github.com/lestrrat-go/jwx/v2/jwa"
	"github.com/lestrrat-go/jwx/v2/jwk"
	"github.com/lestrrat-go/jwx/v2/jws"

	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// Signer is a private key that makes signatures of one algorithm.
type Signer struct {
	private crypto.Signer
	public  *Key
}

// Generate makes a new key; its kid is the thumbprint. RSA keys have 2048 bits.
// The error is of kind [ErrAlgorithm] for an algorithm that is not in [Algorithms].
func Generate(algorithm string) (*Signer, error) {
	private, err := generate(algorithm)
	if err != nil {
		return nil, err
	}
	return newSigner(private, "", algorithm)
}

func generate(algorithm string) (crypto.Signer, error) {
	switch algorithm {
	case "ES256":
		return ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	case "ES384":
		return ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	case "ES512":
		return ecdsa.GenerateKey(elliptic.P521(), rand.Reader)
	case "EdDSA":
		_, private, err := ed25519.GenerateKey(rand.Reader)
		return private, err
	}
	if !Known(algorithm) {
		return nil, fault(ErrAlgorithm, "one of the asymmetric algorithms")
	}
	return rsa.GenerateKey(rand.Reader, 2048)
}

func newSigner(private crypto.Signer, id, algorithm string) (*Signer, error) {
	public, err := NewKey(id, algorithm, private.Public())
	if err != nil {
		return nil, err
	}
	if id != "" {
		return &Signer{private, public}, nil
	}
	public.ID, err = public.Thumbprint()
	return &Signer{private, public}, err
}

// ParseSigner reads a private JWK with kid (empty: the thumbprint) and alg. The
// error is of kind [ErrKeyUnusable] and holds nothing of the key.
func ParseSigner(data []byte) (*Signer, error) {
	v, err := strictjson.Parse(data, strictjson.Message())
	if err != nil || v.Kind != strictjson.Object {
		return nil, fault(ErrKeyUnusable, "one JSON object with unique names")
	}
	key, err := jwk.ParseKey(data)
	if err != nil {
		return nil, fault(ErrKeyUnusable, "a private JWK")
	}
	var private any
	if err := key.Raw(&private); err != nil {
		return nil, fault(ErrKeyUnusable, "a private JWK")
	}
	signer, can := private.(crypto.Signer)
	if !can {
		return nil, fault(ErrKeyUnusable, "a private JWK of type EC, RSA or OKP")
	}
	return newSigner(signer, member(v, "kid"), member(v, "alg"))
}

// Private gives the private JWK. It is a secret.
func (s *Signer) Private() ([]byte, error) {
	key, err := jwk.FromRaw(s.private)
	if err != nil {
		return nil, err
	}
	for name, value := range map[string]string{"kid": s.public.ID, "alg": s.public.Algorithm} {
		if err := key.Set(name, value); err != nil {
			return nil, err
		}
	}
	return json.Marshal(key)
}

// Public gives the public part.
func (s *Signer) Public() *Key { return s.public }

// Sign makes a compact message. The header has alg, kid and typ ("" leaves it out).
func (s *Signer) Sign(typ string, payload []byte) (string, error) {
	header, err := json.Marshal(struct {
		Alg string `json:"alg"`
		Kid string `json:"kid"`
		Typ string `json:"typ,omitempty"`
	}{s.public.Algorithm, s.public.ID, typ})
	if err != nil {
		return "", err
	}
	return s.SignHeader(header, payload)
}

// SignHeader makes a compact message with a header as it is given; nothing of it is checked.
func (s *Signer) SignHeader(header, payload []byte) (string, error) {
	signed := base64.RawURLEncoding.EncodeToString(header) + "." + base64.RawURLEncoding.EncodeToString(payload)
	signature, err := s.Signature([]byte(signed))
	return signed + "." + base64.RawURLEncoding.EncodeToString(signature), err
}

// Signature signs the bytes as they are.
func (s *Signer) Signature(signed []byte) ([]byte, error) {
	signer, err := jws.NewSigner(jwa.SignatureAlgorithm(s.public.Algorithm))
	if err != nil {
		return nil, err
	}
	return signer.Sign(signed, s.private)
}
