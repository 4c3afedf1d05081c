package launchtest

import (
	"crypto/ecdsa"
	"crypto/hmac"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/pem"
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/launch"
)

// algorithmCases: which algorithm. RFC 8725, sections 2.1, 3.1 and 3.2.
func algorithmCases() []Case {
	const algorithm = launch.KindAlgorithm
	return slices.Concat(
		rows("H-2 N10", unsigned("none"), unsigned("NONE"), unsigned("nOnE")),
		rows("H-3 N10", header("alg none with a good signature", "alg", "none", algorithm), header("alg nOnE with a good signature", "alg", "nOnE", algorithm)),
		rows("N10", header("alg none from an unknown issuer", "alg", "none", "").with(claim("", "iss", "https://attacker.example", algorithm))),
		rows("H-4 N10", rawHeader("no alg", `{"kid":"$","typ":"JWT"}`, algorithm), header("alg null", "alg", nil, algorithm), header("alg empty", "alg", "", algorithm)),
		rows("H-5 N10", header("alg is a list", "alg", []string{"ES256"}, algorithm)),
		rows("H-6 N10", header("alg es256", "alg", "es256", algorithm)),
		rows("H-14 N10", rawHeader("ALG and KID in capitals only", `{"ALG":"ES256","KID":"$","typ":"JWT"}`, algorithm)),
		rows("H-7 N11", shared("the public key as PEM", pemKey), shared("the public key as DER", derKey), shared("the public point", point),
			shared("the RSA modulus", modulus), shared("nothing", func(*Portal) []byte { return nil }),
			shared("the public key as JWK", func(p *Portal) []byte { return raw(nil, p.jwk("ec")) })),
		rows("S-1 N12", signedBy("PS256, which HTI does not list", "ps", "ps", "PS256", algorithm), signedBy("EdDSA, which HTI does not list", "ed", "ed", "EdDSA", algorithm)),
		rows("H-8 N13", signedBy("RS256 that names the EC key", "rs", "ec", "RS256", algorithm)),
		rows("H-9 N13", signedBy("PS256 on the RS256 key", "ps", "rs", "PS256", algorithm), signedBy("RS256 on the PS256 key", "rs", "ps", "RS256", algorithm)),
		rows("H-10 N13", signedBy("header RS256, signature PS256", "ps", "ps", "RS256", algorithm)),
		rows("H-11 N13", header("ES384 on the P-256 key", "alg", "ES384", algorithm)),
	)
}

// headers: other header members. RFC 7515, section 4.1.11; RFC 8725, sections 3.10 and 3.11.
func headers() []Case {
	const refused, typ = launch.KindHeader, launch.KindType
	return slices.Concat(
		rows("H-15 N14", header("crit is empty", "crit", []string{}, refused)),
		rows("H-16 N14", header("crit names what is not there", "crit", []string{"x"}, refused),
			edited("crit names what is there", refused, func(_ *Portal, d *Draft) { d.Header["crit"], d.Header["x"] = []string{"x"}, 1 })),
		rows("H-17 N14", header("crit names alg", "crit", []string{"alg"}, refused), header("crit is a string", "crit", "exp", refused)),
		rows("H-19 N14", header("b64 false without crit", "b64", false, refused)),
		rows("H-20 N14", edited("crit b64 and b64 true", refused, func(_ *Portal, d *Draft) { d.Header["crit"], d.Header["b64"] = []string{"b64"}, true })),
		rows("H-22 N15", edited("the right key embedded", refused, func(p *Portal, d *Draft) { d.Header["jwk"] = object(p.jwk("ec")) })),
		rows("H-24 N15", edited("jku", refused, func(p *Portal, d *Draft) { d.Header["jku"] = p.trap + "/jwks.json" }),
			edited("x5u", refused, func(p *Portal, d *Draft) { d.Header["x5u"] = p.trap + "/cert.pem" }),
			header("x5c", "x5c", []string{"MIIB"}, refused)),
		rows("H-35", header("zip", "zip", "DEF", refused)), rows("H-34", header("cty", "cty", "JWT", refused)),
		rows("H-32 N16", rawHeader("no typ", `{"alg":"ES256","kid":"$"}`, typ), header("typ of another kind of launch", "typ", "launch+jwt", typ)),
		rows("H-33 N16", header("typ of an access token", "typ", "at+jwt", typ), header("typ of a proof", "typ", "dpop+jwt", typ),
			header("typ of a client assertion", "typ", "client-authentication+jwt", typ), header("typ of a logout token", "typ", "logout+jwt", typ)),
		rows("N08", header("typ is a number", "typ", 1, malformed)),
	)
}

// unsigned says so itself.
func unsigned(alg string) Case {
	return Case{Name: "alg " + alg + " without signature", Want: malformed, after: func(p *Portal, token string) string {
		return b64([]byte(`{"alg":"`+alg+`","kid":"`+p.KeyID("ec")+`","typ":"JWT"}`)) + "." + strings.Split(token, ".")[1] + "."
	}}
}

// shared signs with a secret that everybody knows. CVE-2015-9235.
func shared(name string, secret func(p *Portal) []byte) Case {
	return Case{Name: "HS256 with " + name + " as secret", Want: launch.KindAlgorithm, after: func(p *Portal, token string) string {
		signed := b64([]byte(`{"alg":"HS256","kid":"`+p.KeyID("ec")+`","typ":"JWT"}`)) + "." + strings.Split(token, ".")[1]
		mac := hmac.New(sha256.New, secret(p))
		mac.Write([]byte(signed))
		return signed + "." + b64(mac.Sum(nil))
	}}
}

func pemKey(p *Portal) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: derKey(p)})
}

func derKey(p *Portal) []byte {
	der, err := x509.MarshalPKIXPublicKey(p.keys["ec"].private.Public())
	if err != nil {
		panic("launchtest: " + err.Error())
	}
	return der
}

func point(p *Portal) []byte {
	data, err := p.keys["ec"].private.Public().(*ecdsa.PublicKey).Bytes()
	if err != nil {
		panic("launchtest: " + err.Error())
	}
	return data
}

func modulus(p *Portal) []byte { return p.keys["rs"].private.Public().(*rsa.PublicKey).N.Bytes() }
