package launchtest

import (
	"crypto/elliptic"
	"encoding/asn1"
	"encoding/base64"
	"math/big"
	"strings"

	"github.com/verktoykatalog/verktoy/launch"
)

// signatures: RFC 7518, section 3.4; CVE-2022-21449.
func signatures() []Case {
	const wrong = launch.KindSignature
	n := elliptic.P256().Params().N
	return []Case{
		bytesOf("one bit flipped", func(s []byte) []byte { s[10] ^= 1; return s }),
		changed("payload changed after signing", wrong, func(h, c, s string) string {
			return h + "." + b64([]byte(strings.Replace(decoded(c), "Patient/7", "Patient/8", 1))) + "." + s
		}),
		changed("header changed after signing", wrong, func(h, c, s string) string {
			return b64([]byte(strings.Replace(decoded(h), "{", "{ ", 1))) + "." + c + "." + s
		}),
		{Name: "signature of another message", Want: wrong, after: func(p *Portal, token string) string {
			other := p.Good()
			return token[:strings.LastIndexByte(token, '.')] + other[strings.LastIndexByte(other, '.'):]
		}},
		edited("signed by another of the portal's keys", wrong, func(_ *Portal, d *Draft) { d.Key = "es384" }),
		bytesOf("r and s are 0", func([]byte) []byte { return make([]byte, 64) }),
		bytesOf("r and s are n", func([]byte) []byte { return append(n.Bytes(), n.Bytes()...) }),
		bytesOf("r is 1, s is n", func([]byte) []byte { return append(big.NewInt(1).FillBytes(make([]byte, 32)), n.Bytes()...) }),
		bytesOf("63 bytes", func(s []byte) []byte { return s[:63] }),
		bytesOf("65 bytes", func(s []byte) []byte { return append(s, 0) }),
		bytesOf("ASN.1", func(s []byte) []byte {
			der, err := asn1.Marshal([]*big.Int{new(big.Int).SetBytes(s[:32]), new(big.Int).SetBytes(s[32:])})
			if err != nil {
				panic("launchtest: " + err.Error())
			}
			return der
		}),
	}
}

func bytesOf(name string, change func(s []byte) []byte) Case {
	return changed(name, launch.KindSignature, func(h, c, s string) string {
		return h + "." + c + "." + b64(change([]byte(decoded(s))))
	})
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
