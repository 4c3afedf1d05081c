package jose

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/sha256"
	_ "crypto/sha512" // linked for crypto.Hash
	"slices"

	"github.com/lestrrat-go/jwx/v2/jwa"
	"github.com/lestrrat-go/jwx/v2/jws"
)

// curves binds each ECDSA algorithm to its one curve and hash. RFC 7518, section 3.4.
var curves = map[string]struct {
	name string
	hash crypto.Hash
}{"ES256": {"P-256", crypto.SHA256}, "ES384": {"P-384", crypto.SHA384}, "ES512": {"P-521", crypto.SHA512}}

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
		return curves[algorithm].name == key.Curve.Params().Name
	case *rsa.PublicKey:
		return Known(algorithm) && (algorithm[:2] == "RS" || algorithm[:2] == "PS")
	case ed25519.PublicKey:
		return algorithm == "EdDSA"
	}
	return false
}

// checker prepares the check of a key's signatures, once for all of them. The
// key must fit the algorithm.
func checker(algorithm string, public crypto.PublicKey) func(signed, signature []byte) error {
	switch key := public.(type) {
	case *ecdsa.PublicKey:
		return ecdsaChecker(curves[algorithm].hash, key)
	case *rsa.PublicKey:
		if hash, isPSS := pss[algorithm]; isPSS {
			return func(signed, signature []byte) error { return checkPSS(hash, key, signed, signature) }
		}
	}
	v, err := jws.NewVerifier(jwa.SignatureAlgorithm(algorithm))
	if err != nil {
		return func(_, _ []byte) error { return err }
	}
	return func(signed, signature []byte) error { return v.Verify(signed, signature, public) }
}

// checkPSS wants the salt as long as the hash, as RFC 7518, section 3.5, says.
func checkPSS(hash crypto.Hash, key *rsa.PublicKey, signed, signature []byte) error {
	return rsa.VerifyPSS(key, hash, sum(hash, signed), signature, &rsa.PSSOptions{SaltLength: rsa.PSSSaltLengthEqualsHash})
}

func sum(hash crypto.Hash, data []byte) []byte {
	if hash == crypto.SHA256 {
		s := sha256.Sum256(data)
		return s[:]
	}
	h := hash.New()
	h.Write(data)
	return h.Sum(nil)
}
