package jose

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha512"
	"encoding/base64"
	"encoding/json"
	"errors"
	"strconv"
	"strings"

	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// Rounds of PBKDF2. A message from outside decides how long we compute: at most
// a million rounds, about half a second (CVE-2023-49290). RFC 7518, section
// 4.8.1.2, wants a thousand at least.
const (
	PasswordRounds    = 210_000
	minPasswordRounds = 1_000
	maxPasswordRounds = 1_000_000
)

// maxSealed bounds what is opened, in bytes.
const maxSealed = 1 << 20

// ErrPassword says that a sealed text cannot be opened: another passphrase, or
// changed bytes. Nobody can tell which.
var ErrPassword = errors.New("jose: wrong passphrase, or changed")

const (
	passwordAlgorithm  = "PBES2-HS512+A256KW"
	passwordEncryption = "A256GCM"
)

type passwordHeader struct {
	Alg    string `json:"alg"`
	Enc    string `json:"enc"`
	Salt   string `json:"p2s"`
	Rounds int    `json:"p2c"`
}

// SealPassword encrypts with a passphrase: a compact JWE with PBES2-HS512+A256KW
// (RFC 7518, section 4.8) and A256GCM. It is for what we keep ourselves; messages
// of others are never opened with a passphrase.
func SealPassword(plain, passphrase []byte, rounds int) (string, error) {
	salt, key := random(16), random(32)
	header, err := json.Marshal(passwordHeader{passwordAlgorithm, passwordEncryption, base64.RawURLEncoding.EncodeToString(salt), rounds})
	if err != nil {
		return "", err
	}
	kek, err := stretch(passphrase, salt, rounds)
	if err != nil {
		return "", err
	}
	wrapped, err := wrapKey(kek, key)
	if err != nil {
		return "", err
	}
	return sealed(header, wrapped, key, plain)
}

func random(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails, crypto/rand
	return b
}

func sealed(header, wrapped, key, plain []byte) (string, error) {
	gcm, err := newGCM(key)
	if err != nil {
		return "", err
	}
	iv := random(gcm.NonceSize())
	first := base64.RawURLEncoding.EncodeToString(header)
	both := gcm.Seal(nil, iv, plain, []byte(first)) // RFC 7516, section 5.1, step 14
	text, tag := both[:len(plain)], both[len(plain):]
	parts := []string{first}
	for _, p := range [][]byte{wrapped, iv, text, tag} {
		parts = append(parts, base64.RawURLEncoding.EncodeToString(p))
	}
	return strings.Join(parts, "."), nil
}

// OpenPassword opens what [SealPassword] made. The error is an [*Error] of kind
// [ErrMalformed] for what is not such a text, and [ErrPassword].
func OpenPassword(text string, passphrase []byte) ([]byte, error) {
	parts, err := passwordParts(text)
	if err != nil {
		return nil, err
	}
	salt, rounds, err := readPasswordHeader(parts[0])
	if err != nil {
		return nil, err
	}
	kek, err := stretch(passphrase, salt, rounds)
	if err != nil {
		return nil, err
	}
	key, err := unwrapKey(kek, parts[1])
	if err != nil {
		return nil, ErrPassword
	}
	gcm, err := newGCM(key)
	if err != nil || len(parts[2]) != gcm.NonceSize() || len(parts[4]) != gcm.Overhead() {
		return nil, ErrPassword
	}
	first, _, _ := strings.Cut(text, ".")
	plain, err := gcm.Open(nil, parts[2], append(parts[3], parts[4]...), []byte(first))
	if err != nil {
		return nil, ErrPassword
	}
	return plain, nil
}

func passwordParts(text string) (parts [5][]byte, err error) {
	segments := strings.Split(text, ".")
	if len(text) > maxSealed || len(segments) != len(parts) {
		return parts, fault(ErrMalformed, "five segments, at most 1 MiB")
	}
	for i, s := range segments {
		if parts[i], err = decode(s); err != nil {
			return parts, fault(ErrMalformed, "segments of base64url")
		}
	}
	return parts, nil
}

func readPasswordHeader(data []byte) (salt []byte, rounds int, err error) {
	var h passwordHeader
	if err := strictjson.Unmarshal(data, &h, strictjson.Message()); err != nil {
		return nil, 0, fault(ErrMalformed, "a header with alg, enc, p2s and p2c")
	}
	if h.Alg != passwordAlgorithm || h.Enc != passwordEncryption {
		return nil, 0, fault(ErrMalformed, passwordAlgorithm+" and "+passwordEncryption)
	}
	if h.Rounds < minPasswordRounds || h.Rounds > maxPasswordRounds {
		return nil, 0, fault(ErrMalformed, "p2c of "+strconv.Itoa(minPasswordRounds)+" to "+strconv.Itoa(maxPasswordRounds))
	}
	salt, err = decode(h.Salt)
	if err != nil || len(salt) < 8 || len(salt) > 64 {
		return nil, 0, fault(ErrMalformed, "p2s of 8 to 64 bytes")
	}
	return salt, h.Rounds, nil
}

// stretch is RFC 7518, section 4.8.1.1: the salt is the algorithm, a zero, and p2s.
func stretch(passphrase, salt []byte, rounds int) ([]byte, error) {
	full := append([]byte(passwordAlgorithm+"\x00"), salt...)
	return pbkdf2.Key(sha512.New, string(passphrase), full, rounds, 32)
}

func newGCM(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// wrapIV is RFC 3394, section 2.2.3.1.
var wrapIV = bytes.Repeat([]byte{0xa6}, 8)

var errUnwrap = errors.New("key wrap: wrong key")

// wrapKey is RFC 3394, section 2.2.1, in the form with shifts.
func wrapKey(kek, key []byte) ([]byte, error) {
	block, err := aes.NewCipher(kek)
	if err != nil || len(key) < 16 || len(key)%8 != 0 {
		return nil, errUnwrap
	}
	r := append(bytes.Clone(wrapIV), key...)
	n := len(key) / 8
	for t := 1; t <= 6*n; t++ {
		at := r[8*((t-1)%n+1):][:8]
		b := append(bytes.Clone(r[:8]), at...)
		block.Encrypt(b, b)
		copy(at, b[8:])
		mix(r, b[:8], t)
	}
	return r, nil
}

// unwrapKey is RFC 3394, section 2.2.2.
func unwrapKey(kek, wrapped []byte) ([]byte, error) {
	block, err := aes.NewCipher(kek)
	if err != nil || len(wrapped) < 24 || len(wrapped)%8 != 0 {
		return nil, errUnwrap
	}
	r := bytes.Clone(wrapped)
	n := len(r)/8 - 1
	for t := 6 * n; t >= 1; t-- {
		at := r[8*((t-1)%n+1):][:8]
		mix(r, bytes.Clone(r[:8]), t)
		b := append(bytes.Clone(r[:8]), at...)
		block.Decrypt(b, b)
		copy(r, b[:8])
		copy(at, b[8:])
	}
	if !bytes.Equal(r[:8], wrapIV) {
		return nil, errUnwrap
	}
	return r[8:], nil
}

// mix puts from, with the step's number, into the first eight bytes.
func mix(r, from []byte, t int) {
	copy(r, from)
	for i := 7; t > 0; i-- {
		r[i] ^= byte(t)
		t >>= 8
	}
}
