package approvalsign

import (
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/internal/jose"
)

// SigningKey is the vendor's private key. Make one with [GenerateKey] or
// [ParseSigningKey]; the zero SigningKey signs nothing. It prints as [redacted]
// everywhere but in [SigningKey.PrivateJWK].
type SigningKey struct{ signer *jose.Signer }

const redacted = "[redacted]"

// GenerateKey makes a new ES256 key whose kid is its RFC 7638 thumbprint.
func GenerateKey() (SigningKey, error) { return GenerateKeyFor(ES256) }

// GenerateKeyFor is [GenerateKey] for another algorithm: [ES256], [PS256] (2048
// bits) or [EdDSA].
func GenerateKeyFor(algorithm string) (SigningKey, error) {
	if !slices.Contains(algorithms, algorithm) {
		return SigningKey{}, fmt.Errorf("%w: want algorithm %s", ErrKey, strings.Join(algorithms, ", "))
	}
	signer, err := jose.Generate(algorithm)
	if err != nil {
		return SigningKey{}, fmt.Errorf("%w: %v", ErrKey, err)
	}
	return SigningKey{signer}, nil
}

// ParseSigningKey reads a private JWK (RFC 7517) with alg, one of [ES256],
// [PS256] and [EdDSA]; without kid, the RFC 7638 thumbprint is it. The error is
// [ErrKey] and holds nothing of the key.
func ParseSigningKey(jwk []byte) (SigningKey, error) {
	signer, err := jose.ParseSigner(jwk)
	if err != nil {
		return SigningKey{}, fmt.Errorf("%w: want a private JWK with kty, alg and the members of its kind", ErrKey)
	}
	if !slices.Contains(algorithms, signer.Public().Algorithm) {
		return SigningKey{}, fmt.Errorf("%w: want alg %s", ErrKey, strings.Join(algorithms, ", "))
	}
	return SigningKey{signer}, nil
}

// PrivateJWK gives the key with its private part, to be kept in a secret store.
func (k SigningKey) PrivateJWK() ([]byte, error) {
	if k.signer == nil {
		return nil, errZeroKey
	}
	return k.signer.Private()
}

// ID is the kid; empty for the zero SigningKey.
func (k SigningKey) ID() string {
	if k.signer == nil {
		return ""
	}
	return k.signer.Public().ID
}

// PublicJWKS gives a JWK Set with the public part, for those who verify.
func (k SigningKey) PublicJWKS() ([]byte, error) {
	if k.signer == nil {
		return nil, errZeroKey
	}
	return jose.MarshalSet([]*jose.Key{k.signer.Public()})
}

var errZeroKey = fmt.Errorf("%w: the zero SigningKey has nothing to sign with", ErrKey)

// Format prints [redacted], whatever the verb.
func (k SigningKey) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, redacted) }

// MarshalText is [redacted].
func (k SigningKey) MarshalText() ([]byte, error) { return []byte(redacted), nil }

// LogValue is [redacted].
func (k SigningKey) LogValue() slog.Value { return slog.StringValue(redacted) }

// Keys are the public keys of one vendor. The zero Keys has none and verifies nothing.
type Keys struct{ set *jose.Set }

// ParseKeys reads a JWK Set. Every key needs a kid of its own and its alg; use,
// key_ops, curve and size are honoured. A set with a private key or a shared
// secret in it is refused: whoever has read it can sign. The error is [ErrKey].
func ParseKeys(jwks []byte) (Keys, error) {
	set, exposed, err := jose.ReadSet(jwks)
	if len(exposed) > 0 {
		return Keys{}, fmt.Errorf("%w: want public keys only, and new ones for those whose private part is here (kids %q)", ErrKey, exposed)
	}
	if err != nil {
		return Keys{}, fmt.Errorf("%w: %v", ErrKey, err)
	}
	return Keys{set}, nil
}
