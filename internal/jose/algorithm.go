package jose

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	_ "crypto/sha256" // linked for crypto.Hash
	_ "crypto/sha512"
	"slices"

	"github.com/lestrrat-go/jwx/v2/jwa"
	"github.com/lestrrat-go/jwx/v2/jws"
)

// curves binds each ECDSA algorithm to its one curve. RFC 7518, section 3.4.
var curves = map[string]string{"ES256": "P-256", "ES384": "P-384", "ES512": "P-521"}

// pss names the hash of each RSASSA-PSS algorithm. RFC 7518, section 3.5.
var pss = map[string]crypto.Hash{"PS256": crypto.SHA256, "PS384": crypto.SHA384, "PS512": crypto.SHA512}

var algorithms = []string{"ES256", "ES384", "ES512", "EdDSA", "PS256", "PS384", "PS512", "RS256", "RS384", "RS512"}

// Algorithms lists what [Message.Verify] can do: asymmetric signatures only.
func Algorithms() []string { return slices.Clone(algorithms) }

// Known says whether [Algorithms] has name, letter for letter.
func Known(name string) bool { return slices.Contains(algorithms, name) }

// fits says whether a key of this kind can make signatures of the algorithm.
func fits(algorithm string, public crypto.PublicKey) bool {
	switch key := public.(type) {
	case *ecdsa.PublicKey:
		return curves[algorithm] == key.Curve.Params().Name
	case *rsa.PublicKey:
		return Known(algorithm) && (algorithm[:2] == "RS" || algorithm[:2] == "PS")
	case ed25519.PublicKey:
		return algorithm == "EdDSA"
	}
	return false
}

func check(algorithm string, public crypto.PublicKey, signed, signature []byte) error {
	if hash, isPSS := pss[algorithm]; isPSS {
		return checkPSS(hash, public, signed, signature)
	}
	v, err := jws.NewVerifier(jwa.SignatureAlgorithm(algorithm))
	if err != nil {
		return err
	}
	return v.Verify(signed, signature, public)
}

// checkPSS wants the salt as long as the hash, as RFC 7518, section 3.5, says.
func checkPSS(hash crypto.Hash, public crypto.PublicKey, signed, signature []byte) error {
	key, isRSA := public.(*rsa.PublicKey)
	if !isRSA {
		return ErrKeyUnusable
	}
	h := hash.New()
	h.Write(signed)
	return rsa.VerifyPSS(key, hash, h.Sum(nil), signature, &rsa.PSSOptions{SaltLength: rsa.PSSSaltLengthEqualsHash})
}
