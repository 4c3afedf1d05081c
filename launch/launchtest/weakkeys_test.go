package launchtest_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/hmac"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"io"
	"math/big"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/verktoykatalog/verktoy/internal/jose"
)

// weakKeys fetches keys and verifies signatures with the standard library.
type weakKeys struct {
	*weak
	lock   sync.Mutex
	sets   map[string][]byte
	parsed map[string]*jose.Set
	again  bool // fetched because of an unknown kid
}

func (k *weakKeys) verify(header, claims map[string]any, signed string, signature []byte) error {
	k.lock.Lock()
	defer k.lock.Unlock()
	alg, _ := header["alg"].(string)
	kid, _ := header["kid"].(string)
	iss, _ := claims["iss"].(string)
	if k.has("alg none") && strings.EqualFold(alg, "none") {
		return nil
	}
	if len(signature) == 0 {
		return errGarbage
	}
	address, algorithms, agreed := k.issuer(iss)
	if !agreed {
		return refusal(http.StatusForbidden)
	}
	if jku, is := header["jku"].(string); is && k.has("jku followed") {
		address = jku
	}
	set, err := k.set(address, kid)
	if err != nil && k.has("500 without keys") {
		return refusal(http.StatusInternalServerError)
	}
	if err != nil {
		return refusal(http.StatusServiceUnavailable)
	}
	keys := k.candidates(set, kid)
	if own, is := header["jwk"].(map[string]any); is && k.has("embedded jwk") {
		keys = append(keys, texts(own))
	}
	if k.has("key of any issuer") {
		for _, i := range k.agreed.Issuers {
			other, _ := k.set(i.JWKS, kid)
			keys = append(keys, k.candidates(other, kid)...)
		}
	}
	if k.has("HS256") && alg == "HS256" && slices.ContainsFunc(keys, func(key map[string]string) bool { return hs256(key, signed, signature) }) {
		return nil
	}
	fits := func(key map[string]string) bool {
		return (key["alg"] == alg || k.has("weak keys") || k.has("embedded jwk")) && k.signed(alg, key, []byte(signed), signature)
	}
	if !slices.Contains(algorithms, alg) && !k.has("any algorithm") || !slices.ContainsFunc(keys, fits) {
		return refusal(http.StatusForbidden)
	}
	return nil
}

func (k *weakKeys) issuer(iss string) (address string, algorithms []string, agreed bool) {
	for _, i := range k.agreed.Issuers {
		if i.ID == iss || k.has("iss without its slash") && i.ID == strings.TrimRight(iss, "/") {
			return i.JWKS, i.Algorithms, true
		}
	}
	return iss + "/jwks.json", k.agreed.Issuers[0].Algorithms, k.has("keys from iss") && iss != ""
}

// set gives the key set, fetched once, and once again for an unknown kid.
func (k *weakKeys) set(address, kid string) ([]byte, error) {
	set, there := k.sets[address]
	unknown := there && len(k.candidates(set, kid)) == 0
	if there && (!unknown || k.again && !k.has("fetch for every kid")) {
		return set, nil
	}
	k.again = k.again || unknown
	resp, err := http.Get(address)
	if err != nil {
		return set, nil
	}
	defer func() { _ = resp.Body.Close() }()
	data, err := io.ReadAll(resp.Body)
	switch {
	case err != nil || resp.StatusCode != http.StatusOK && !there:
		return nil, errGarbage
	case resp.StatusCode == http.StatusOK:
		k.sets[address] = data
	}
	return k.sets[address], nil
}

// candidates are the keys that may be meant.
func (k *weakKeys) candidates(set []byte, kid string) (keys []map[string]string) {
	if k.has("weak keys") || k.has("kid ignored") {
		var all struct{ Keys []map[string]any }
		_ = json.Unmarshal(set, &all)
		for _, key := range all.Keys {
			if key["kid"] == kid || k.has("kid ignored") {
				keys = append(keys, texts(key))
			}
		}
		return keys
	}
	parsed, there := k.parsed[string(set)]
	if !there {
		parsed, _ = jose.ParseSet(set) // nil for a set that is no good
		k.parsed[string(set)] = parsed
	}
	if parsed == nil || kid == "" {
		return nil
	}
	key, err := parsed.Key(kid)
	if err != nil || key.Usable() != nil {
		return nil
	}
	data, _ := key.MarshalJSON()
	var members map[string]any
	_ = json.Unmarshal(data, &members)
	return []map[string]string{texts(members)}
}

func texts(members map[string]any) map[string]string {
	out := map[string]string{}
	for name, value := range members {
		out[name], _ = value.(string)
	}
	return out
}

func (k *weakKeys) signed(alg string, key map[string]string, signed, signature []byte) bool {
	hash := map[string]crypto.Hash{"256": crypto.SHA256, "384": crypto.SHA384, "512": crypto.SHA512}[alg[len(alg)-3:]]
	if hash == 0 {
		return false
	}
	h := hash.New()
	h.Write(signed)
	switch key["kty"] {
	case "RSA":
		return strings.HasPrefix(alg, "RS") && rsa.VerifyPKCS1v15(&rsa.PublicKey{N: number(key["n"]), E: int(number(key["e"]).Int64())}, hash, h.Sum(nil), signature) == nil
	case "EC":
		return strings.HasPrefix(alg, "ES") && k.signedEC(public(key), h.Sum(nil), signature)
	}
	return false
}

func (k *weakKeys) signedEC(key *ecdsa.PublicKey, digest, signature []byte) bool {
	if key == nil {
		return false
	}
	if k.has("ASN.1 signatures") && ecdsa.VerifyASN1(key, digest, signature) {
		return true
	}
	size := (key.Curve.Params().BitSize + 7) / 8
	if len(signature) != 2*size {
		return false
	}
	return ecdsa.Verify(key, digest, new(big.Int).SetBytes(signature[:size]), new(big.Int).SetBytes(signature[size:]))
}

func public(key map[string]string) *ecdsa.PublicKey {
	curve := map[string]elliptic.Curve{"P-256": elliptic.P256(), "P-384": elliptic.P384(), "P-521": elliptic.P521()}[key["crv"]]
	if curve == nil {
		return nil
	}
	x, y := octets(key["x"]), octets(key["y"])
	public, err := ecdsa.ParseUncompressedPublicKey(curve, slices.Concat([]byte{4}, x, y))
	if err != nil {
		return nil
	}
	return public
}

func octets(s string) []byte {
	data, _ := base64.RawURLEncoding.DecodeString(s)
	return data
}

func number(s string) *big.Int { return new(big.Int).SetBytes(octets(s)) }

func hs256(key map[string]string, signed string, signature []byte) bool {
	der, err := x509.MarshalPKIXPublicKey(public(key))
	mac := hmac.New(sha256.New, pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}))
	mac.Write([]byte(signed))
	return err == nil && hmac.Equal(mac.Sum(nil), signature)
}
