package jose

import "github.com/verktoykatalog/verktoy/internal/strictjson"

// The published vectors for encryption use algorithms that the package does not
// take, and some have no kid. The tests add them, to put the same front through
// all vectors.
var vectorRules = envelopeRules{
	wrappings: map[string]wrapping{"A256KW": {sealed: 8}, "ECDH-ES+A128KW": {ephemeral: true, sealed: 8}},
	contents:  map[string]content{"A256CBC-HS512": {64, 16, 32}, "A128CBC-HS256": {32, 16, 16}},
	noKeyID:   true,
}

// OpenVector opens a message with the vectors' algorithms.
func OpenVector(token string, key []byte) ([]byte, error) {
	e, err := vectorRules.parse(token)
	if err != nil {
		return nil, err
	}
	d, err := vectorKey(key)
	if err != nil {
		return nil, err
	}
	if e.KeyID != "" && e.KeyID != d.id {
		return nil, fault(ErrUnknownKey, "the vector's")
	}
	return e.Open(d)
}

func vectorKey(data []byte) (*Decrypter, error) {
	v, err := strictjson.Parse(data, setLimits)
	if err != nil {
		return nil, err
	}
	if secret, err := decode(member(v, "k")); err == nil && len(secret) > 0 {
		return &Decrypter{id: member(v, "kid"), algorithm: member(v, "alg"), private: secret}, nil
	}
	key, err := parsePrivate(data)
	return &Decrypter{id: member(v, "kid"), algorithm: member(v, "alg"), private: key}, err
}
