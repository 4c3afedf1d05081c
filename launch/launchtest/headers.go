package launchtest

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/json"
	"strings"

	"github.com/verktoykatalog/verktoy/launch"
)

// headers: algorithm and header members. RFC 8725, sections 3.1, 3.2, 3.10 and 3.11.
func headers() []Case {
	const algorithm, refused = launch.KindAlgorithm, launch.KindHeader
	return []Case{
		changed("alg none without signature", malformed, func(_, c, _ string) string { return none("none") + "." + c + "." }),
		changed("alg NONE without signature", malformed, func(_, c, _ string) string { return none("NONE") + "." + c + "." }),
		header("alg none with a good signature", "alg", "none", algorithm),
		header("alg nOnE with a good signature", "alg", "nOnE", algorithm),
		edited("no alg", algorithm, func(_ *Portal, d *Draft) { delete(d.Header, "alg") }),
		header("alg null", "alg", nil, algorithm), header("alg empty", "alg", "", algorithm),
		header("alg is a list", "alg", []string{"ES256"}, algorithm), header("alg es256", "alg", "es256", algorithm),
		edited("ALG and KID in capitals only", algorithm, func(_ *Portal, d *Draft) { d.Header = map[string]any{"ALG": "ES256", "KID": "ec", "typ": "JWT"} }),
		shared("HS256 with the public key as secret", func(p *Portal) []byte { return p.jwk("ec") }),
		shared("HS256 with the RSA modulus as secret", func(p *Portal) []byte { return p.jwk("rs") }),
		shared("HS256 with an empty secret", func(*Portal) []byte { return nil }),
		key("PS256, which HTI does not list", "ps", "PS256", algorithm), key("EdDSA, which HTI does not list", "ed", "EdDSA", algorithm),
		edited("RS256 that names the EC key", algorithm, func(_ *Portal, d *Draft) { d.Key, d.Header["alg"] = "rs", "RS256" }),
		edited("RS256 on the PS256 key", algorithm, func(_ *Portal, d *Draft) { d.Key, d.Header["alg"], d.Header["kid"] = "rs", "RS256", "ps" }),
		header("ES384 on the P-256 key", "alg", "ES384", algorithm),
		header("crit is empty", "crit", []string{}, refused), header("crit names what is not there", "crit", []string{"x"}, refused),
		edited("crit names what is there", refused, func(_ *Portal, d *Draft) { d.Header["crit"], d.Header["x"] = []string{"x"}, 1 }),
		header("crit names alg", "crit", []string{"alg"}, refused), header("crit is a string", "crit", "exp", refused),
		header("b64 false without crit", "b64", false, refused),
		edited("crit b64 and b64 true", refused, func(_ *Portal, d *Draft) { d.Header["crit"], d.Header["b64"] = []string{"b64"}, true }),
		edited("the right key embedded", refused, func(p *Portal, d *Draft) { d.Header["jwk"] = json.RawMessage(p.jwk("ec")) }),
		header("jku", "jku", "https://attacker.example/jwks", refused), header("x5u", "x5u", "https://attacker.example/cert", refused),
		header("x5c", "x5c", []string{"MIIB"}, refused), header("zip", "zip", "DEF", refused), header("cty", "cty", "JWT", refused),
		edited("no typ", launch.KindType, func(_ *Portal, d *Draft) { delete(d.Header, "typ") }),
		header("typ of an access token", "typ", "at+jwt", launch.KindType), header("typ of a proof", "typ", "dpop+jwt", launch.KindType),
		header("typ of a client assertion", "typ", "client-authentication+jwt", launch.KindType),
		header("typ of a logout token", "typ", "logout+jwt", launch.KindType),
		header("typ is a number", "typ", 1, malformed),
	}
}

// keyCases: which key.
func keyCases() []Case {
	const unknown, unusable = launch.KindUnknownKey, launch.KindKeyUnusable
	badKey := func(name, kid, signer, alg string) Case {
		return edited(name, unusable, func(_ *Portal, d *Draft) { d.Key, d.Header["kid"], d.Header["alg"] = signer, kid, alg })
	}
	return []Case{
		edited("no kid", unknown, func(_ *Portal, d *Draft) { delete(d.Header, "kid") }),
		header("unknown kid", "kid", "nobody", unknown), header("empty kid", "kid", "", unknown), header("kid is a number", "kid", 1, malformed),
		header("kid is a path", "kid", "../../dev/null", unknown), header("kid with SQL", "kid", "ec' OR '1'='1", unknown),
		header("kid of 10 KiB", "kid", strings.Repeat("k", 10<<10), unknown),
		badKey("key for encryption", "enc", "ec", "ES256"), badKey("key_ops encrypt", "ops", "ec", "ES256"),
		badKey("key without alg, and several are agreed", "noalg", "ec", "ES256"), badKey("P-384 key published as ES256", "curve", "es384", "ES256"),
		badKey("RSA key of 1024 bits", "small", "rs", "RS256"), badKey("key published with its private part", "private", "ec", "ES256"),
		attacker("attacker's key embedded", "ec", launch.KindSignature, map[string]any{"jwk": map[string]any{"kty": "EC"}}),
		attacker("attacker's key embedded, no kid", "", unknown, map[string]any{"jwk": map[string]any{"kty": "EC"}}),
		attacker("attacker's jku", "ec", launch.KindSignature, map[string]any{"jku": "https://attacker.example/jwks"}),
	}
}

func none(alg string) string { return b64([]byte(`{"alg":"` + alg + `","kid":"ec","typ":"JWT"}`)) }

// jwk is the public key as published.
func (p *Portal) jwk(kid string) []byte {
	k, err := p.public(kid)
	if err != nil {
		panic("launchtest: " + err.Error())
	}
	return raw(nil, k)
}

// shared signs with a secret that everybody knows.
func shared(name string, secret func(p *Portal) []byte) Case {
	return Case{Name: name, Want: launch.KindAlgorithm, after: func(p *Portal, token string) string {
		signed := b64([]byte(`{"alg":"HS256","kid":"ec","typ":"JWT"}`)) + "." + strings.Split(token, ".")[1]
		mac := hmac.New(sha256.New, secret(p))
		mac.Write([]byte(signed))
		return signed + "." + b64(mac.Sum(nil))
	}}
}

// attacker brings a key, or says where to fetch one; the signature is not the portal's.
func attacker(name, kid string, want launch.Kind, members map[string]any) Case {
	return Case{Name: name, Want: want, edit: func(_ *Portal, d *Draft) {
		if d.Header["kid"] = kid; kid == "" {
			delete(d.Header, "kid")
		}
		for member, value := range members {
			d.Header[member] = value
		}
	}, after: func(_ *Portal, token string) string {
		signed := token[:strings.LastIndexByte(token, '.')]
		return signed + "." + b64([]byte(strings.Repeat("attacker", 8)))
	}}
}
