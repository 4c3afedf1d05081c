package launch

import (
	"context"
	"crypto"
	"errors"
	"fmt"

	"github.com/verktoykatalog/verktoy/internal/jose"
)

// Keys finds an issuer's public keys.
type Keys interface {
	// Key gives the key with this kid; "" means that the message names none.
	// The error should be an [*Error] of kind [KindUnknownKey],
	// [KindKeyUnusable] or [KindKeysUnavailable]; any other counts as the last.
	Key(ctx context.Context, kid string) (PublicKey, error)
}

// PublicKey checks signatures. Make one with [ParsePublicKey] or
// [SigningKey.Public]; the zero PublicKey checks nothing and is refused.
type PublicKey struct{ key *jose.Key }

// ParsePublicKey reads one public key as a JWK (RFC 7517). Type, curve, size,
// use, key_ops and alg are honoured. The error is an [*Error] of [KindKeyUnusable].
func ParsePublicKey(jwk []byte) (PublicKey, error) {
	key, err := jose.ParseKey(jwk)
	if err != nil {
		return PublicKey{}, fromJOSE(err)
	}
	return PublicKey{key}, nil
}

// NewPublicKey takes a public key that came as something else than a JWK, for
// signatures of one algorithm. The error is an [*Error] of [KindKeyUnusable].
func NewPublicKey(kid, algorithm string, public crypto.PublicKey) (PublicKey, error) {
	key, err := jose.NewKey(kid, algorithm, public)
	if err != nil {
		return PublicKey{}, fromJOSE(err)
	}
	return PublicKey{key}, nil
}

// ID is the kid; "" if there is none.
func (k PublicKey) ID() string {
	if k.key == nil {
		return ""
	}
	return k.key.ID
}

// MarshalJSON gives the JWK. The zero PublicKey is an error.
func (k PublicKey) MarshalJSON() ([]byte, error) {
	if k.key == nil {
		return nil, errors.New("launch: the zero PublicKey has no JWK")
	}
	return k.key.MarshalJSON()
}

// StaticKeys are keys that the two parties exchanged by hand. They do not change.
type StaticKeys struct{ set *jose.Set }

var _ Keys = (*StaticKeys)(nil)

// NewStaticKeys takes the keys of one issuer. Two with the same kid, or none,
// are an error. A single key without kid is used for messages without one.
func NewStaticKeys(keys ...PublicKey) (*StaticKeys, error) {
	list := make([]*jose.Key, len(keys))
	for i, k := range keys {
		if k.key == nil {
			return nil, fmt.Errorf("launch: key %d is the zero PublicKey", i)
		}
		list[i] = k.key
	}
	set, err := jose.NewSet(list)
	if err != nil {
		return nil, fmt.Errorf("launch: static keys: %w", err)
	}
	return &StaticKeys{set}, nil
}

// ParseStaticKeys reads a JWK Set. Entries of a type or algorithm that is not
// for signatures are left out. A set with a private key in it is refused, with
// an [*Error] of [KindKeyUnusable] that names its kid: nobody looks at these keys
// again, so that this is the only place to say that one has to be replaced. (From
// an address, see [JWKSChange], it is not refused, or whoever exposes one key
// would stop the others.)
func ParseStaticKeys(jwks []byte) (*StaticKeys, error) {
	set, kids, err := jose.ReadSet(jwks)
	if len(kids) > 0 {
		want := fmt.Sprintf("public keys only, and new ones for those whose private part is here (kids %q)", kids)
		return nil, fmt.Errorf("launch: static keys: %w", Refuse(KindKeyUnusable, want, nil))
	}
	if err != nil {
		return nil, fmt.Errorf("launch: static keys: %w", err)
	}
	return &StaticKeys{set}, nil
}

// Key implements [Keys].
func (s *StaticKeys) Key(_ context.Context, kid string) (PublicKey, error) {
	return fromSet(s.set, kid)
}

func fromSet(set *jose.Set, kid string) (PublicKey, error) {
	key, err := set.Key(kid)
	if err != nil {
		return PublicKey{}, fromJOSE(err)
	}
	return PublicKey{key}, nil
}
