package jose

import (
	"encoding/json"

	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// Bounds of a published key set.
const (
	MaxSet  = 256 << 10 // bytes
	MaxKeys = 100
)

var setLimits = strictjson.Limits{Bytes: MaxSet, Depth: 8, Members: 10_000, Number: 32}

// Set is a published set of keys. It does not change.
type Set struct {
	keys []*Key
}

// ParseSet reads a JWK Set (RFC 7517, section 5). Entries of an unknown type or
// algorithm are left out; keys that may not be used stay, so that a message that
// names one gets the reason. The error is of kind [ErrKeyUnusable] when two keys
// share a kid or a shared secret is among them, and [ErrSet] when it is no set,
// too large, or has no usable key.
func ParseSet(data []byte) (*Set, error) {
	s, _, err := ReadSet(data)
	return s, err
}

// ReadSet is [ParseSet], and gives the kids of the keys whose private part is
// published with them, in the set's order: whoever reads it can sign. "" is a
// key without kid, or with one that is too long to be shown. Keys of types that
// nobody knows count, and those of a set that is refused; shared secrets do
// not, for they are the reason why. What is no set has none.
func ReadSet(data []byte) (s *Set, exposed []string, err error) {
	items, err := entries(data)
	if err != nil {
		return nil, nil, err
	}
	s, err = families.set(items)
	return s, exposedIn(items), err
}

func entries(data []byte) ([]*strictjson.Value, error) {
	v, err := strictjson.Parse(data, setLimits)
	if err != nil || v.Kind != strictjson.Object {
		return nil, fault(ErrSet, "one JSON object with unique names, at most 256 KiB")
	}
	list, there := v.Member("keys")
	if !there || list.Kind != strictjson.Array || len(list.Items) > MaxKeys {
		return nil, fault(ErrSet, "a member keys with a list of at most 100 keys")
	}
	return list.Items, nil
}

func (f familySet) set(items []*strictjson.Value) (*Set, error) {
	if err := f.secrets(items); err != nil {
		return nil, err
	}
	s := &Set{}
	for _, item := range items {
		if err := s.add(f.key(item)); err != nil {
			return nil, err
		}
	}
	return s, s.some()
}

func exposedIn(items []*strictjson.Value) (kids []string) {
	for _, item := range items {
		if exposed(item) && member(item, "kty") != "oct" {
			kids = append(kids, shown(member(item, "kid")))
		}
	}
	return kids
}

// secrets refuses a set with a shared secret in it: whoever publishes one has
// mixed up his files, and nothing of the set is to be trusted.
func (f familySet) secrets(items []*strictjson.Value) error {
	secret := 0
	for _, item := range items {
		if item.Kind != strictjson.Object {
			return fault(ErrSet, "keys that are objects")
		}
		if member(item, "kty") == "oct" {
			secret++
		}
	}
	if _, known := f["oct"]; secret > 0 && (!known || secret < len(items)) {
		return fault(ErrKeyUnusable, "a set without shared secrets (kty oct)")
	}
	return nil
}

func shown(kid string) string {
	if len(kid) > maxKID {
		return ""
	}
	return kid
}

func (s *Set) add(k *Key) error {
	if k == nil {
		return nil
	}
	for _, other := range s.keys {
		if k.ID != "" && other.ID == k.ID {
			return fault(ErrKeyUnusable, "a set in which every key has its own kid")
		}
	}
	s.keys = append(s.keys, k)
	return nil
}

func (s *Set) some() error {
	for _, k := range s.keys {
		if k.why == "" {
			return nil
		}
	}
	return fault(ErrSet, "at least one usable key")
}

// Key gives the key with this kid; "" asks for the set's only key, if that has
// no kid. The error is of kind [ErrUnknownKey] or [ErrKeyUnusable]. A key
// without alg is given, to be bound by the caller.
func (s *Set) Key(id string) (*Key, error) {
	for _, k := range s.keys {
		if k.ID != id || id == "" && len(s.keys) > 1 {
			continue
		}
		if k.why != "" {
			return nil, fault(ErrKeyUnusable, k.why)
		}
		return k, nil
	}
	return nil, fault(ErrUnknownKey, "a kid of the issuer's published keys")
}

// Keys lists the usable keys, in the set's order.
func (s *Set) Keys() []*Key {
	var usable []*Key
	for _, k := range s.keys {
		if k.why == "" {
			usable = append(usable, k)
		}
	}
	return usable
}

// MarshalSet gives the JWK Set of the keys' public parts, in their order.
func MarshalSet(keys []*Key) ([]byte, error) {
	return json.Marshal(struct {
		Keys []*Key `json:"keys"`
	}{append([]*Key{}, keys...)})
}

// NewSet makes a set of keys. Two with the same kid, or none, are an error.
func NewSet(keys []*Key) (*Set, error) {
	s := &Set{}
	for _, k := range keys {
		if err := s.add(k); err != nil {
			return nil, err
		}
	}
	return s, s.some()
}
