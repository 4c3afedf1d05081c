package launchtest

import (
	"crypto/elliptic"
	"encoding/asn1"
	"encoding/base64"
	"math/big"
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/launch"
)

// signatures: RFC 7518, section 3.4 and 3.5; RFC 8032, section 5.1.7; CVE-2022-21449.
func signatures() []Case {
	const wrong = launch.KindSignature
	n := elliptic.P256().Params().N
	return slices.Concat(
		rows("G-2 N23", bytesOf("one bit flipped", func(s []byte) []byte { s[10] ^= 1; return s })),
		rows("G-3 N23", changed("payload changed after signing", wrong, func(h, c, s string) string {
			return h + "." + b64([]byte(strings.Replace(decoded(c), "Patient/7", "Patient/8", 1))) + "." + s
		}), changed("header changed after signing", wrong, func(h, c, s string) string {
			return b64([]byte(strings.Replace(decoded(h), "{", "{ ", 1))) + "." + c + "." + s
		})),
		rows("G-4 N23", Case{Name: "signature of another message", Want: wrong, after: func(p *Portal, token string) string {
			other := p.Good()
			return token[:strings.LastIndexByte(token, '.')] + other[strings.LastIndexByte(other, '.'):]
		}}, edited("signed by another key under the same kid", wrong, func(_ *Portal, d *Draft) { d.Key = "attacker" }),
			edited("signed by another of the portal's keys", wrong, func(_ *Portal, d *Draft) { d.Key = "es384" })),
		rows("G-5 N23", bytesOf("r and s are 0", func([]byte) []byte { return make([]byte, 64) }),
			bytesOf("r and s are n", func([]byte) []byte { return append(n.Bytes(), n.Bytes()...) }),
			bytesOf("r is 1, s is n", func([]byte) []byte { return append(big.NewInt(1).FillBytes(make([]byte, 32)), n.Bytes()...) })),
		rows("G-6 N23", bytesOf("63 bytes", func(s []byte) []byte { return s[:63] }), bytesOf("65 bytes", func(s []byte) []byte { return append(s, 0) }),
			bytesOf("66 bytes, a zero in front of both numbers", func(s []byte) []byte { return slices.Concat([]byte{0}, s[:32], []byte{0}, s[32:]) }),
			bytesOf("ASN.1", der)),
		rows("G-7 N23", signedBy("PS256 with a salt of 20 bytes", "salt20", "ps", "PS256", launch.KindAlgorithm),
			signedBy("PS256 with the longest salt", "saltmax", "ps", "PS256", launch.KindAlgorithm)),
		rows("G-8 N23", Case{Name: "Ed25519 with S + L", Want: launch.KindAlgorithm, edit: signedBy("", "ed", "ed", "EdDSA", "").edit, after: plusOrder}),
	)
}

func bytesOf(name string, change func(s []byte) []byte) Case {
	return changed(name, launch.KindSignature, func(h, c, s string) string {
		return h + "." + c + "." + b64(change([]byte(decoded(s))))
	})
}

func der(s []byte) []byte {
	data, err := asn1.Marshal([]*big.Int{new(big.Int).SetBytes(s[:32]), new(big.Int).SetBytes(s[32:])})
	if err != nil {
		panic("launchtest: " + err.Error())
	}
	return data
}

// plusOrder adds the group's order to the second half of an Ed25519 signature: the same number to who does not look.
func plusOrder(_ *Portal, token string) string {
	last := strings.LastIndexByte(token, '.')
	s := []byte(decoded(token[last+1:]))
	order, _ := new(big.Int).SetString("7237005577332262213973186563042994240857116359379907606001950938285454250989", 10)
	half := s[32:]
	slices.Reverse(half) // little-endian
	order.Add(order, new(big.Int).SetBytes(half)).FillBytes(half)
	slices.Reverse(half)
	return token[:last+1] + b64(s)
}

func decoded(segment string) string {
	data, err := base64.RawURLEncoding.DecodeString(segment)
	if err != nil {
		panic("launchtest: " + err.Error())
	}
	return string(data)
}

// twin is the other signature that every ECDSA signature (r, s) has: (r, n-s).
func twin(s string) string {
	data := []byte(decoded(s))
	other := new(big.Int).Sub(elliptic.P256().Params().N, new(big.Int).SetBytes(data[32:]))
	other.FillBytes(data[32:])
	return b64(data)
}

// Twin gives another signed form of a message signed with ES256: anybody can
// make it without the key. After the first was used it must be refused, too.
func Twin(token string) string {
	last := strings.LastIndexByte(token, '.')
	return token[:last+1] + twin(token[last+1:])
}
