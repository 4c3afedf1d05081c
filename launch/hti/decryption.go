package hti

import (
	"errors"
	"fmt"
	"io"
	"log/slog"

	"github.com/verktoykatalog/verktoy/internal/jose"
	"github.com/verktoykatalog/verktoy/launch"
)

// DecryptionKey opens messages that a portal encrypted to this tool (profile
// HTI:jwe). Make one with [GenerateDecryptionKey] or [ParseDecryptionKey]; the
// zero DecryptionKey opens nothing. It prints as [redacted] everywhere but in
// [DecryptionKey.PrivateJWK].
type DecryptionKey struct{ key *jose.Decrypter }

var errNoKey = errors.New("hti: the zero DecryptionKey has no key")

// GenerateDecryptionKey makes a new key for one algorithm: RSA-OAEP-256, ECDH-ES
// or ECDH-ES+A256KW; empty means ECDH-ES. Its kid is its RFC 7638 thumbprint.
func GenerateDecryptionKey(algorithm string) (DecryptionKey, error) {
	if algorithm == "" {
		algorithm = "ECDH-ES"
	}
	key, err := jose.GenerateDecrypter(algorithm)
	if err != nil {
		return DecryptionKey{}, fmt.Errorf("hti: decryption key: %w", err)
	}
	return DecryptionKey{key}, nil
}

// ParseDecryptionKey reads a private JWK with alg, one of those of
// [GenerateDecryptionKey]; without kid, the thumbprint is it. RSA keys have 2048
// bits at least, the others are on P-256, P-384 or P-521. The error holds
// nothing of the key.
func ParseDecryptionKey(jwk []byte) (DecryptionKey, error) {
	key, err := jose.ParseDecrypter(jwk)
	if err != nil {
		return DecryptionKey{}, fmt.Errorf("hti: decryption key: %w", err)
	}
	return DecryptionKey{key}, nil
}

// ID is the kid that a message must name; "" for the zero DecryptionKey.
func (k DecryptionKey) ID() string {
	if k.key == nil {
		return ""
	}
	return k.key.ID()
}

// PublicJWK gives the public part, with use enc: what the portals get.
func (k DecryptionKey) PublicJWK() ([]byte, error) {
	if k.key == nil {
		return nil, errNoKey
	}
	return k.key.Public()
}

// PrivateJWK gives the key with its private part, to be kept in a secret store.
func (k DecryptionKey) PrivateJWK() ([]byte, error) {
	if k.key == nil {
		return nil, errNoKey
	}
	return k.key.Private()
}

// Format prints [redacted], whatever the verb.
func (k DecryptionKey) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, redacted) }

// MarshalText is [redacted].
func (k DecryptionKey) MarshalText() ([]byte, error) { return []byte(redacted), nil }

// LogValue is [redacted].
func (k DecryptionKey) LogValue() slog.Value { return slog.StringValue(redacted) }

var (
	checkEnvelope = launch.Check{Name: "envelope", Want: "five segments, header and lengths of RSA-OAEP-256 or ECDH-ES with GCM",
		Rule: "RFC 7516, sections 3.1, 4.1 and 5.2; RFC 7518, sections 4.3, 4.6 and 5.3; RFC 8725, sections 3.2 and 3.6"}
	checkEnvelopeKey = launch.Check{Name: "envelope-key", Want: wantEnvelopeKey, Rule: `HTI 1.1 and 2.0, "JWE message encryption (HTI:jwe)"; RFC 7516, section 4.1.6`}
	checkDecryption  = launch.Check{Name: "decryption", Want: "a message encrypted to the key that it names, unchanged",
		Rule: "RFC 7516, section 5.2, steps 6 to 17; RFC 8725, section 3.3"}
)

const wantEnvelopeKey = "a kid of this tool's decryption keys"

// open gives the signed message inside an encrypted one, and any other text as
// it is. What is inside must be signed: the verifier takes nothing else, another
// envelope least of all.
func (p *profile) open(token string, x *launch.Explanation) (string, error) {
	if len(p.keys) == 0 || !jose.Encrypted(token) {
		return token, nil
	}
	e, err := jose.ParseEnvelope(token)
	err = fromJOSE(err)
	step := checkEnvelope
	if err == nil {
		step.Found = "alg " + e.Algorithm + ", enc " + e.Encryption
	}
	x.Step(step, err)
	if err != nil {
		skip(x, checkEnvelopeKey, checkDecryption)
		return "", err
	}
	return p.decrypt(e, x)
}

func (p *profile) decrypt(e *jose.Envelope, x *launch.Explanation) (string, error) {
	key, ours := p.keys[e.KeyID]
	if !ours {
		err := launch.Refuse(launch.KindUnknownKey, wantEnvelopeKey, nil)
		x.Step(checkEnvelopeKey, err)
		skip(x, checkDecryption)
		return "", err
	}
	step := checkEnvelopeKey
	step.Found = fmt.Sprintf("kid %q", key.ID())
	x.Step(step, nil)
	plain, err := e.Open(key.key)
	err = fromJOSE(err)
	x.Step(checkDecryption, err)
	return string(plain), err
}

// skip notes checks that come after one that failed.
func skip(x *launch.Explanation, checks ...launch.Check) {
	for _, c := range checks {
		x.Step(c, nil)
	}
}

// fromJOSE makes one kind of all that can be wrong with an envelope, but for its size.
func fromJOSE(err error) error {
	var fault *jose.Error
	switch {
	case err == nil:
		return nil
	case !errors.As(err, &fault):
		return launch.Refuse(launch.KindMalformed, "an encrypted message", nil)
	case errors.Is(err, jose.ErrTooLarge):
		return launch.Refuse(launch.KindTooLarge, fault.Want, nil)
	}
	return launch.Refuse(launch.KindMalformed, fault.Want, nil)
}
