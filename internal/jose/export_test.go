package jose

import (
	"crypto"
	"crypto/hmac"
	_ "crypto/sha256"
	"errors"

	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// The published vectors use shared secrets for many of their questions about
// structure. The package has none; the tests add them to put the same front
// (message parser, key set rules) through all vectors.

var hmacs = map[string]crypto.Hash{"HS256": crypto.SHA256, "HS384": crypto.SHA384, "HS512": crypto.SHA512}

// ParseSetWithSecrets is ParseSet where keys of type oct are read, too.
func ParseSetWithSecrets(data []byte) (*Set, error) {
	with := familySet{"oct": secretKey}
	for kty, read := range families {
		with[kty] = read
	}
	items, err := entries(data)
	if err != nil {
		return nil, err
	}
	return with.set(items)
}

func secretKey(v *strictjson.Value) *Key {
	hash, known := hmacs[member(v, "alg")]
	secret, err := decode(member(v, "k"))
	if !known || err != nil || len(secret) < hash.Size() {
		return &Key{ID: member(v, "kid"), why: "a secret as long as the hash"}
	}
	return &Key{ID: member(v, "kid"), Algorithm: member(v, "alg"), check: func(signed, signature []byte) error {
		mac := hmac.New(hash.New, secret)
		mac.Write(signed)
		if !hmac.Equal(mac.Sum(nil), signature) {
			return errors.New("wrong code")
		}
		return nil
	}}
}
