package jose

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"slices"

	"github.com/lestrrat-go/jwx/v2/jwk"

	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// Key is a public key that checks signatures of one algorithm. It does not change.
type Key struct {
	// ID is the kid; "" if the JWK has none.
	ID string
	// Algorithm is the only one the key is used for (RFC 8725, section 3.1);
	// "" until [Key.Bind] if the JWK does not say.
	Algorithm string

	public crypto.PublicKey
	check  func(signed, signature []byte) error
	why    string // what was wanted of the key, if it is unusable
}

// Usable is nil, or an [*Error] of kind [ErrKeyUnusable].
func (k *Key) Usable() error {
	switch {
	case k.why != "":
		return fault(ErrKeyUnusable, k.why)
	case k.Algorithm == "":
		return fault(ErrKeyUnusable, "a key that names its algorithm (alg)")
	}
	return nil
}

// Bind gives the key bound to an algorithm. A key that names its own keeps it;
// an algorithm that does not fit makes the key unusable.
func (k *Key) Bind(algorithm string) *Key {
	bound := *k
	if k.Algorithm != "" || k.why != "" {
		return &bound
	}
	return bound.bind(algorithm)
}

func (k *Key) bind(algorithm string) *Key {
	if !fits(algorithm, k.public) {
		k.why = "a key whose type and curve fit its alg"
		return k
	}
	k.Algorithm = algorithm
	k.check = checker(algorithm, k.public)
	return k
}

// ParseKey reads one public key (RFC 7517, section 4). The key's use, key_ops,
// alg, curve and size are honoured; the error is of kind [ErrKeyUnusable].
func ParseKey(data []byte) (*Key, error) {
	v, err := strictjson.Parse(data, setLimits)
	if err != nil || v.Kind != strictjson.Object {
		return nil, fault(ErrKeyUnusable, "one JSON object with unique names")
	}
	k := families.key(v)
	if k == nil {
		return nil, fault(ErrKeyUnusable, "a public key of type EC, RSA or OKP for signatures")
	}
	if k.why != "" {
		return nil, fault(ErrKeyUnusable, k.why)
	}
	return k, nil
}

// NewKey makes a key of a public key that came as something else than a JWK,
// such as a certificate's, for signatures of one algorithm. The error is of kind
// [ErrKeyUnusable].
func NewKey(id, algorithm string, public crypto.PublicKey) (*Key, error) {
	k := &Key{ID: id, public: public}
	if r, isRSA := public.(*rsa.PublicKey); isRSA {
		k.why = weakness(r)
	}
	k = k.Bind(algorithm)
	return k, k.Usable()
}

// family reads the keys of one kty. It gives nil for a key that is none of
// ours: an unknown type, curve or algorithm must not hurt its neighbours. RFC
// 7517, section 5.
type family func(v *strictjson.Value) *Key

type familySet map[string]family

var families = familySet{"EC": asymmetric(readEC), "RSA": asymmetric(readRSA), "OKP": asymmetric(readOKP)}

func (f familySet) key(v *strictjson.Value) *Key {
	read, known := f[member(v, "kty")]
	if !known {
		return nil
	}
	return read(v)
}

// asymmetric makes a family of a reader; that gives neither key nor reason for a key to be left out.
func asymmetric(read func(v *strictjson.Value) (public crypto.PublicKey, why string)) family {
	return func(v *strictjson.Value) *Key {
		alg := member(v, "alg")
		k := &Key{ID: member(v, "kid")}
		if k.public, k.why = read(v); k.public == nil && k.why == "" || alg != "" && !Known(alg) {
			return nil
		}
		if k.why == "" {
			k.why = purpose(v)
		}
		if k.why == "" && alg != "" {
			return k.bind(alg)
		}
		return k
	}
}

// purpose honours use and key_ops. RFC 7517, sections 4.2 and 4.3. A key whose
// private part is published verifies nothing: everybody can sign with it.
func purpose(v *strictjson.Value) string {
	if exposed(v) {
		return "a key whose private part is secret"
	}
	if use, there := v.Member("use"); there && use.Text != "sig" {
		return "a key with use sig"
	}
	if ops, there := v.Member("key_ops"); there && !contains(ops.Items, "verify") {
		return "a key with verify among its key_ops"
	}
	return ""
}

// private are the members that only a private key or a secret has. RFC 7518,
// sections 6.2.2, 6.3.2 and 6.4.1; RFC 8037, section 2.
var private = []string{"d", "p", "q", "dp", "dq", "qi", "k", "oth"}

func exposed(v *strictjson.Value) bool {
	return slices.ContainsFunc(v.Members, func(m strictjson.Member) bool { return slices.Contains(private, m.Name) })
}

func contains(items []*strictjson.Value, want string) bool {
	for _, item := range items {
		if item.Kind == strictjson.String && item.Text == want {
			return true
		}
	}
	return false
}

func member(v *strictjson.Value, name string) string {
	if m, there := v.Member(name); there && m.Kind == strictjson.String {
		return m.Text
	}
	return ""
}

func readEC(v *strictjson.Value) (crypto.PublicKey, string) {
	const why = "a point on its curve, both coordinates of full length"
	size, known := map[string]int{"P-256": 32, "P-384": 48, "P-521": 66}[member(v, "crv")]
	if !known {
		return nil, ""
	}
	if length(v, "x") != size || length(v, "y") != size {
		return nil, why
	}
	var key ecdsa.PublicKey
	if !raw(v, &key, "kty", "crv", "x", "y") {
		return nil, why
	}
	if _, err := key.ECDH(); err != nil {
		return nil, why
	}
	return &key, ""
}

func readOKP(v *strictjson.Value) (crypto.PublicKey, string) {
	if member(v, "crv") != "Ed25519" {
		return nil, ""
	}
	var key ed25519.PublicKey
	if length(v, "x") != ed25519.PublicKeySize || !raw(v, &key, "kty", "crv", "x") {
		return nil, "a key of 32 bytes"
	}
	return key, ""
}

func readRSA(v *strictjson.Value) (crypto.PublicKey, string) {
	var key rsa.PublicKey
	if length(v, "n") == 0 || length(v, "e") == 0 || length(v, "e") > 4 || !raw(v, &key, "kty", "n", "e") {
		return nil, "an RSA key of 2048 to 8192 bits"
	}
	return &key, weakness(&key)
}

func length(v *strictjson.Value, name string) int {
	data, err := decode(member(v, name))
	if err != nil {
		return 0
	}
	return len(data)
}

// raw hands jwx the members that were checked, and nothing else.
func raw(v *strictjson.Value, into any, names ...string) bool {
	members := map[string]string{}
	for _, name := range names {
		members[name] = member(v, name)
	}
	data, err := json.Marshal(members)
	if err != nil {
		return false
	}
	key, err := jwk.ParseKey(data)
	return err == nil && key.Raw(into) == nil
}

// Thumbprint is the key's RFC 7638 thumbprint with SHA-256, in base64url.
func (k *Key) Thumbprint() (string, error) {
	key, err := jwk.FromRaw(k.public)
	if err != nil {
		return "", err
	}
	sum, err := key.Thumbprint(crypto.SHA256)
	return base64.RawURLEncoding.EncodeToString(sum), err
}

// MarshalJSON gives the public JWK with kid, alg and use.
func (k *Key) MarshalJSON() ([]byte, error) {
	key, err := jwk.FromRaw(k.public)
	if err != nil {
		return nil, err
	}
	for name, value := range map[string]string{"kid": k.ID, "alg": k.Algorithm, "use": "sig"} {
		if value == "" {
			continue
		}
		if err := key.Set(name, value); err != nil {
			return nil, err
		}
	}
	return json.Marshal(key)
}
