package approval

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strings"
)

// Digest is a SHA-256 checksum as 64 lower-case hexadecimal digits, as sha256sum
// prints it. Empty means none.
type Digest string

var errDigest = errors.New("64 lower-case hexadecimal digits (SHA-256)")

// DigestOf is the digest of data.
func DigestOf(data []byte) Digest {
	sum := sha256.Sum256(data)
	return Digest(hex.EncodeToString(sum[:]))
}

// UnmarshalText takes 64 lower-case hexadecimal digits and nothing else.
func (d *Digest) UnmarshalText(text []byte) error {
	if len(text) != hex.EncodedLen(sha256.Size) || strings.Trim(string(text), "0123456789abcdef") != "" {
		return errDigest
	}
	*d = Digest(text)
	return nil
}
