package jose

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"errors"
)

var errECDSA = errors.New("wrong ECDSA signature")

// ecdsaChecker checks with the standard library: jwx gives it the same numbers,
// but looks at the key's type and its point anew for every signature, and goes
// through big integers. That is a good part of what accepting a message costs.
func ecdsaChecker(hash crypto.Hash, key *ecdsa.PublicKey) func(signed, signature []byte) error {
	half := (key.Curve.Params().BitSize + 7) / 8
	return func(signed, signature []byte) error {
		if len(signature) != 2*half || !ecdsa.VerifyASN1(key, sum(hash, signed), asn1Signature(signature)) {
			return errECDSA
		}
		return nil
	}
}

// asn1Signature writes R and S, which a JWS has side by side in full length
// (RFC 7518, section 3.4), as the DER sequence of X9.62 (RFC 3279, section 2.2.3).
func asn1Signature(signature []byte) []byte {
	half := len(signature) / 2
	der := make([]byte, 3, len(signature)+9)
	der = appendInteger(appendInteger(der, signature[:half]), signature[half:])
	length := byte(len(der) - 3) // 138 at most, for P-521
	if length < 0x80 {
		der[1], der[2] = 0x30, length
		return der[1:]
	}
	der[0], der[1], der[2] = 0x30, 0x81, length
	return der
}

// appendInteger writes a number without leading zeros, but for the one that
// says that it is not negative. Zero has no digits here, which is no DER and refused.
func appendInteger(der, number []byte) []byte {
	number = bytes.TrimLeft(number, "\x00")
	if len(number) > 0 && number[0] >= 0x80 {
		der = append(der, 0x02, byte(len(number)+1), 0)
	} else {
		der = append(der, 0x02, byte(len(number)))
	}
	return append(der, number...)
}
