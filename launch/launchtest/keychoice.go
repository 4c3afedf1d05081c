package launchtest

import (
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/launch"
)

// keyCases: which key a message may name, and that it cannot bring its own.
func keyCases() []Case {
	const unknown = launch.KindUnknownKey
	return slices.Concat(
		rows("H-25 N19", rawHeader("no kid", `{"alg":"ES256","typ":"JWT"}`, unknown)),
		rows("H-26 N19", header("unknown kid", "kid", "nobody", unknown), header("empty kid", "kid", "", unknown)),
		rows("H-27 N08", header("kid is a number", "kid", 1, malformed)),
		rows("H-28 N19", header("kid is a path", "kid", "../../dev/null", unknown), header("kid with SQL", "kid", "ec' OR '1'='1", unknown)),
		rows("H-29 N19", header("kid of 10 KiB", "kid", strings.Repeat("k", 10<<10), unknown)),
		rows("H-21 N15", attacker("attacker's key embedded", true, launch.KindSignature, embed), attacker("attacker's key embedded, no kid", false, unknown, embed)),
		rows("H-23 N15", attacker("attacker's jku", true, launch.KindSignature, func(p *Portal, d *Draft) { d.Header["jku"] = p.trap + "/jwks.json" })),
		rows("N17", attacker("attacker's issuer, with the attacker's keys behind it", true, launch.KindIssuer, func(p *Portal, d *Draft) { d.Claims["iss"] = p.trap })),
	)
}

// weakKeyCases: keys that are published and must not be used.
func weakKeyCases() []Case {
	const unusable, unknown = launch.KindKeyUnusable, launch.KindUnknownKey
	list := slices.Concat(
		rows("H-30 N13", signedBy("key for encryption", "ec", "enc", "ES256", unusable), signedBy("key_ops encrypt", "ec", "ops", "ES256", unusable)),
		rows("H-31 N13", signedBy("key without alg, and several are agreed", "ec", "noalg", "ES256", unusable).ours()),
		rows("H-12 K-5 N13", signedBy("P-384 key published as ES256", "es384", "curve", "ES256", unusable)),
		rows("K-3 N24", signedBy("RSA key of 1024 bits", "small", "small", "RS256", unusable), signedBy("RSA key with exponent 1", "one", "one", "RS256", unusable),
			signedBy("RSA key with even exponent", "rs", "even", "RS256", unusable)),
		rows("K-4 N24", signedBy("RSA key of a broken generator (ROCA)", "roca", "roca", "RS256", unusable)),
		rows("K-5 N13", signedBy("point not on the curve", "ec", "offcurve", "ES256", unusable), signedBy("P-256 point published as P-384", "ec", "crv", "ES256", unusable),
			signedBy("RSA key with the members of an EC key", "ec", "mixed", "ES256", unusable),
			signedBy("coordinate with a zero in front", "ec", "zero", "ES256", unusable).ours()),
		rows("K-6", signedBy("key for ES521", "ec", "es521", "ES256", unknown), signedBy("key for ES224", "ec", "es224", "ES256", unknown),
			signedBy("key for RSA1_5", "rs", "rsa15", "RS256", unknown), signedBy("key for A256KW", "ec", "kw", "ES256", unknown)),
		rows("K-7", signedBy("good key among keys of types nobody knows", "ec", "ec", "ES256", "")),
		rows("K-8 N24", signedBy("key published with its private part", "ec", "private", "ES256", unusable).ours()),
		rows("K-10 N24", signedBy("RSA key of 8200 bits", "rs", "large", "RS256", unusable)),
	)
	for i := range list {
		list[i].bad = true
	}
	return list
}

func embed(p *Portal, d *Draft) { d.Header["jwk"] = object(p.jwk("attacker").with("kid", nil)) }

// attacker signs with a key of his own, and says where it is.
func attacker(name string, named bool, want launch.Kind, say func(p *Portal, d *Draft)) Case {
	return edited(name, want, func(p *Portal, d *Draft) {
		if d.Key = "attacker"; !named {
			delete(d.Header, "kid")
		}
		say(p, d)
	})
}
