package launch

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"log/slog"
)

// CookieKey seals what a browser keeps for the tool while somebody logs in: it
// can neither be read nor changed there. All processes behind one address need
// the same. It prints as [redacted]; the zero CookieKey seals nothing.
type CookieKey struct{ aead cipher.AEAD }

// cookieKeySize is that of an AES-256 key, in bytes.
const cookieKeySize = 32

// NewCookieKey takes 32 random bytes, from a secret store. The error says that
// they are more or fewer.
func NewCookieKey(secret []byte) (CookieKey, error) {
	if len(secret) != cookieKeySize {
		return CookieKey{}, errors.New("launch: a cookie key is 32 random bytes")
	}
	block, err := aes.NewCipher(secret)
	if err != nil {
		return CookieKey{}, err
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	return CookieKey{aead}, err
}

// GenerateCookieKey makes one for a tool of one process: logins that are under
// way when it stops must begin again.
func GenerateCookieKey() (CookieKey, error) {
	secret := make([]byte, cookieKeySize)
	_, _ = rand.Read(secret) // never fails
	return NewCookieKey(secret)
}

// Seal writes data so that only who has the key can read it (AES-256-GCM), and
// binds it to a name, such as the cookie's that it goes into. The text has the
// letters of base64url and is a third longer, and 38 more. The zero CookieKey
// gives "".
func (k CookieKey) Seal(name string, data []byte) string {
	if k.aead == nil {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(k.aead.Seal(nil, nil, data, []byte(name)))
}

// Open gives what was sealed with this key under that name; false for anything else.
func (k CookieKey) Open(name, sealed string) ([]byte, bool) {
	data, err := base64.RawURLEncoding.Strict().DecodeString(sealed)
	if err != nil || k.aead == nil {
		return nil, false
	}
	text, err := k.aead.Open(nil, nil, data, []byte(name))
	return text, err == nil
}

// Format prints [redacted], whatever the verb.
func (k CookieKey) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, redacted) }

// MarshalText is [redacted].
func (k CookieKey) MarshalText() ([]byte, error) { return []byte(redacted), nil }

// LogValue is [redacted].
func (k CookieKey) LogValue() slog.Value { return slog.StringValue(redacted) }
