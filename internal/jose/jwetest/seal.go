// Package jwetest encrypts messages for tests, good ones and such as nobody
// should accept. [Seal] is all there is. It is written with the standard library
// alone, so that what package jose reads through its library is judged by
// another hand. Adopters never link it.
//
// Not checked here: anything. Rules: RFC 7516 (JWE), RFC 7518, sections 4.3, 4.6
// and 5.3.
package jwetest

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"maps"
	"math/big"
)

// Draft is what to encrypt, and what to do wrong.
type Draft struct {
	// Enc is A128GCM or A256GCM; empty means A256GCM.
	Enc string
	// Header is put over the header that belongs there; a nil value takes a member away.
	Header map[string]any
	// ContentKey is the content's key where it is sent; nil is a new one of the right length.
	ContentKey []byte
	// Plain is the message inside.
	Plain []byte
}

type jwk struct{ Kty, Crv, X, Y, N, E, Kid, Alg string }

var curves = map[string]ecdh.Curve{"P-256": ecdh.P256(), "P-384": ecdh.P384(), "P-521": ecdh.P521()}

// Seal encrypts to a public JWK, by the algorithm that this names. It panics on
// a key that it cannot use.
func Seal(public []byte, d Draft) string {
	var to jwk
	must(json.Unmarshal(public, &to))
	if d.Enc == "" {
		d.Enc = "A256GCM"
	}
	size := map[string]int{"A128GCM": 16, "A256GCM": 32}[d.Enc]
	header := map[string]any{"alg": to.Alg, "enc": d.Enc, "kid": to.Kid}
	key, wrapped := to.wrap(header, d.Enc, size, d.ContentKey)
	maps.Copy(header, d.Header)
	maps.DeleteFunc(header, func(_ string, v any) bool { return v == nil })
	data, err := json.Marshal(header)
	must(err)
	return compact(b64(data), key, wrapped, d.Plain)
}

// wrap gives the content's key and what is sent of it.
func (to jwk) wrap(header map[string]any, enc string, size int, key []byte) (content, wrapped []byte) {
	if key == nil {
		key = random(size)
	}
	switch to.Alg {
	case "RSA-OAEP-256":
		wrapped, err := rsa.EncryptOAEP(sha256.New(), rand.Reader, to.rsa(), key, nil)
		must(err)
		return key, wrapped
	case "ECDH-ES":
		return to.agree(header, enc, size), nil
	case "ECDH-ES+A256KW":
		return key, wrapAES(to.agree(header, to.Alg, 32), key)
	}
	panic("jwetest: unknown alg")
}

func (to jwk) rsa() *rsa.PublicKey {
	return &rsa.PublicKey{N: new(big.Int).SetBytes(unb64(to.N)), E: int(new(big.Int).SetBytes(unb64(to.E)).Int64())}
}

// agree is ECDH with a one-time key and one round of the Concat KDF, as SHA-256
// is long enough for all our keys. RFC 7518, section 4.6.2.
func (to jwk) agree(header map[string]any, algorithm string, size int) []byte {
	curve := curves[to.Crv]
	theirs, err := curve.NewPublicKey(append([]byte{4}, append(unb64(to.X), unb64(to.Y)...)...))
	must(err)
	ours, err := curve.GenerateKey(rand.Reader)
	must(err)
	point := ours.PublicKey().Bytes()[1:]
	header["epk"] = map[string]any{"kty": "EC", "crv": to.Crv, "x": b64(point[:len(point)/2]), "y": b64(point[len(point)/2:])}
	shared, err := ours.ECDH(theirs)
	must(err)
	info := binary.BigEndian.AppendUint32(nil, 1)
	info = append(info, shared...)
	info = append(binary.BigEndian.AppendUint32(info, uint32(len(algorithm))), algorithm...)
	info = append(info, 0, 0, 0, 0, 0, 0, 0, 0) // no apu, no apv
	info = binary.BigEndian.AppendUint32(info, uint32(size*8))
	sum := sha256.Sum256(info)
	return sum[:size]
}

// wrapAES is RFC 3394, section 2.2.1.
func wrapAES(with, key []byte) []byte {
	block, err := aes.NewCipher(with)
	must(err)
	n := len(key) / 8
	out := append([]byte{0xa6, 0xa6, 0xa6, 0xa6, 0xa6, 0xa6, 0xa6, 0xa6}, key...)
	for t := range 6 * n {
		at := 8 * (t%n + 1)
		step := append(append([]byte{}, out[:8]...), out[at:at+8]...)
		block.Encrypt(step, step)
		copy(out, binary.BigEndian.AppendUint64(nil, binary.BigEndian.Uint64(step)^uint64(t+1)))
		copy(out[at:], step[8:])
	}
	return out
}

// compact seals the content. RFC 7516, section 5.1, steps 9 to 19.
func compact(header string, key, wrapped, plain []byte) string {
	block, err := aes.NewCipher(key)
	must(err)
	gcm, err := cipher.NewGCM(block)
	must(err)
	iv := random(12)
	sealed := gcm.Seal(nil, iv, plain, []byte(header))
	tag := len(sealed) - gcm.Overhead()
	return header + "." + b64(wrapped) + "." + b64(iv) + "." + b64(sealed[:tag]) + "." + b64(sealed[tag:])
}

func random(n int) []byte {
	b := make([]byte, n)
	_, err := rand.Read(b)
	must(err)
	return b
}

func b64(data []byte) string { return base64.RawURLEncoding.EncodeToString(data) }

func unb64(s string) []byte {
	data, err := base64.RawURLEncoding.DecodeString(s)
	must(err)
	return data
}

func must(err error) {
	if err != nil {
		panic(fmt.Sprintf("jwetest: %v", err))
	}
}
