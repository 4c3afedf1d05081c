package launchtest

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	_ "crypto/sha256" // linked for crypto.Hash
	_ "crypto/sha512"
	"math/big"
)

// key is a key pair that signs with one algorithm. The signing is the standard
// library's, so that what is tested is not tested with itself.
type key struct {
	algorithm string
	private   crypto.Signer
	// salt of RSASSA-PSS; zero is the length of the hash, as it must be.
	salt int
}

var hashes = map[string]crypto.Hash{"256": crypto.SHA256, "384": crypto.SHA384, "512": crypto.SHA512}

func (k key) hash() crypto.Hash { return hashes[k.algorithm[2:]] }

// sign makes the signature of RFC 7518, section 3, or RFC 8037, section 3.1.
func (k key) sign(signed []byte) ([]byte, error) {
	if k.algorithm == "EdDSA" {
		return k.private.Sign(rand.Reader, signed, crypto.Hash(0))
	}
	h := k.hash().New()
	h.Write(signed)
	digest := h.Sum(nil)
	switch private := k.private.(type) {
	case *ecdsa.PrivateKey:
		return signEC(private, digest)
	case *rsa.PrivateKey:
		if k.algorithm[0] == 'P' {
			return rsa.SignPSS(rand.Reader, private, k.hash(), digest, &rsa.PSSOptions{SaltLength: k.saltLength()})
		}
	}
	return k.private.Sign(rand.Reader, digest, k.hash())
}

func (k key) saltLength() int {
	if k.salt != 0 {
		return k.salt
	}
	return rsa.PSSSaltLengthEqualsHash
}

func signEC(private *ecdsa.PrivateKey, digest []byte) ([]byte, error) {
	r, s, err := ecdsa.Sign(rand.Reader, private, digest)
	if err != nil {
		return nil, err
	}
	size := (private.Curve.Params().BitSize + 7) / 8
	signature := make([]byte, 2*size)
	r.FillBytes(signature[:size])
	s.FillBytes(signature[size:])
	return signature, nil
}

// jwk is the public part as it is published: RFC 7518, section 6; RFC 8037, section 2.
func (k key) jwk(kid string) jwk {
	members := jwk{"kid": kid, "alg": k.algorithm, "use": "sig"}
	switch public := k.private.Public().(type) {
	case *ecdsa.PublicKey:
		return members.and(ecMembers(public))
	case *rsa.PublicKey:
		return members.and(jwk{"kty": "RSA", "n": b64(public.N.Bytes()), "e": b64(big.NewInt(int64(public.E)).Bytes())})
	case ed25519.PublicKey:
		return members.and(jwk{"kty": "OKP", "crv": "Ed25519", "x": b64(public)})
	}
	return members
}

func ecMembers(public *ecdsa.PublicKey) jwk {
	point, err := public.Bytes()
	if err != nil {
		panic("launchtest: " + err.Error()) // cannot be: the key was generated
	}
	size := len(point) / 2
	return jwk{"kty": "EC", "crv": public.Curve.Params().Name, "x": b64(point[1 : 1+size]), "y": b64(point[1+size:])}
}
