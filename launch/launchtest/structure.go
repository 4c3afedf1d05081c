package launchtest

import (
	"bytes"
	"compress/flate"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/launch"
)

const malformed = launch.KindMalformed

// structure: segments and encoding. RFC 7515, sections 2, 3.1 and 5.2.
func structure() []Case {
	return slices.Concat(
		rows("S-3 N06", changed("empty", malformed, func(_, _, _ string) string { return "" })),
		rows("S-4 N06", changed("two segments", malformed, func(h, c, _ string) string { return h + "." + c })),
		rows("S-5 N06", changed("four segments", malformed, func(h, c, s string) string { return h + "." + c + "." + s + "." + s }),
			changed("an empty fourth segment", malformed, func(h, c, s string) string { return h + "." + c + "." + s + "." })),
		rows("S-6 N06", changed("no header", malformed, func(_, c, s string) string { return "." + c + "." + s })),
		rows("S-7 N06", changed("payload in the signature's place", malformed, func(h, c, _ string) string { return h + ".." + c }),
			edited("no payload, signed so", malformed, func(_ *Portal, d *Draft) { d.RawClaims = []byte{} })),
		rows("S-8 N06", changed("no signature", malformed, func(h, c, _ string) string { return h + "." + c + "." })),
		rows("S-9 N06", changed("new line at the end", malformed, func(h, c, s string) string { return h + "." + c + "." + s + "\n" }),
			changed("spaces around", malformed, func(h, c, s string) string { return " " + h + "." + c + "." + s + " " })),
		rows("S-10 N06", changed("new line in the payload", malformed, func(h, c, s string) string { return h + "." + c[:8] + "\n" + c[8:] + "." + s }),
			signedText("new line in the payload, signed so", malformed, func(h, c string) string { return h + "." + c[:8] + "\r\n" + c[8:] }),
			signedText("line feed in the payload, signed so", malformed, func(h, c string) string { return h + "." + c[:8] + "\n" + c[8:] }),
			signedText("carriage return in the payload, signed so", malformed, func(h, c string) string { return h + "." + c[:8] + "\r" + c[8:] })),
		rows("S-11 N06", changed("padding after the signature", malformed, func(h, c, s string) string { return h + "." + c + "." + s + "==" }),
			signedText("padding after the payload, signed so", malformed, func(h, c string) string { return h + "." + c + "=" })),
		rows("S-12 N06", Case{Name: "the other base64 alphabet", Want: malformed, after: otherAlphabet}),
		rows("S-13 N06", changed("unused bits in the signature", malformed, func(h, c, s string) string { return h + "." + c + "." + spare(s) })),
		rows("S-14 N06", spelled("unused bits in the payload", false), spelled("unused bits in the payload, signed so", true)),
		rows("S-15 N06", serializations()...),
		rows("S-16 N03", claim("a mebibyte", "more", strings.Repeat("a", 1<<20), launch.KindTooLarge), claim("17 KiB", "more", strings.Repeat("a", 17<<10), launch.KindTooLarge)),
		rows("S-17 N03", changed("a million dots", launch.KindTooLarge, func(_, _, _ string) string { return strings.Repeat(".", 1_000_000) })),
		rows("S-25 N06", changed("Bearer in front", malformed, func(h, c, s string) string { return "Bearer " + h + "." + c + "." + s })),
		rows("S-26 N06", changed("detached payload", malformed, func(h, _, s string) string { return h + ".." + s })),
		rows("H-36 N46", encrypted("encrypted with a password, two billion rounds", `{"alg":"PBES2-HS256+A128KW","enc":"A128GCM","p2c":2147483647,"p2s":"AAAA"}`),
			encrypted("encrypted and compressed", `{"alg":"RSA-OAEP-256","enc":"A256GCM","zip":"DEF","kid":"tool"}`)),
	)
}

// serializations are the JSON forms. RFC 7515, section 7.2.
func serializations() []Case {
	general := func(c string, signatures ...string) string {
		return `{"payload":"` + c + `","signatures":[` + strings.Join(signatures, ",") + `]}`
	}
	one := func(h, s string) string { return `{"protected":"` + h + `","signature":"` + s + `"}` }
	return []Case{
		changed("JSON serialization, flattened", malformed, func(h, c, s string) string {
			return `{"payload":"` + c + `","protected":"` + h + `","signature":"` + s + `"}`
		}),
		changed("JSON serialization, general", malformed, func(h, c, s string) string { return general(c, one(h, s)) }),
		changed("JSON serialization, one signature good and one bad", malformed, func(h, c, s string) string { return general(c, one(h, s), one(h, b64(make([]byte, 64)))) }),
		changed("JSON serialization, unprotected header", malformed, func(h, c, s string) string {
			return `{"payload":"` + c + `","protected":"` + h + `","header":{"kid":"other"},"signature":"` + s + `"}`
		}),
	}
}

// encrypted looks like a JWE; there is nothing in it.
func encrypted(name, head string) Case {
	return changed(name, malformed, func(_, _, _ string) string { return b64([]byte(head)) + ".AAAA.AAAA.AAAA.AAAA" })
}

// otherAlphabet writes a signature that has both of the letters that differ in the other one.
func otherAlphabet(p *Portal, token string) string {
	for {
		last := strings.LastIndexByte(token, '.')
		if s := token[last:]; strings.ContainsAny(s, "-_") {
			return token[:last] + strings.NewReplacer("-", "+", "_", "/").Replace(s)
		}
		token = p.Good()
	}
}

// spelled changes unused bits of the payload's last letter, before or after signing.
func spelled(name string, signed bool) Case {
	return Case{Name: name, Want: malformed, edit: func(_ *Portal, d *Draft) {
		for d.RawClaims = raw(nil, d.Claims); len(d.RawClaims)%3 == 0; {
			d.RawClaims = append(d.RawClaims, ' ')
		}
	}, after: func(p *Portal, token string) string {
		part := strings.Split(token, ".")
		text := part[0] + "." + spare(part[1])
		if signed {
			return text + "." + b64(p.signature("ec", text))
		}
		return text + "." + part[2]
	}}
}

// jsonCases: RFC 8259, RFC 7493 and RFC 7519, section 7.2.
func jsonCases() []Case {
	return slices.Concat(
		rows("S-18 N06", rawHeader("header is a list", `["ES256"]`, malformed), rawHeader("header is null", `null`, malformed)),
		rows("S-19 N06", payload("payload is a list", `[{"iss":"x"}]`), payload("payload is null", `null`), payload("payload is a string", `"x"`)),
		rows("S-20 N09", edited("payload is not UTF-8", malformed, func(_ *Portal, d *Draft) {
			d.RawClaims = bytes.Replace(raw(nil, d.Claims), []byte("plan"), []byte{0xff, 0xfe}, 1)
		})),
		rows("S-21 N06", edited("byte-order mark", malformed, func(_ *Portal, d *Draft) { d.RawClaims = append([]byte("\xef\xbb\xbf"), raw(nil, d.Claims)...) })),
		rows("S-22 N06", edited("two objects", malformed, func(_ *Portal, d *Draft) { d.RawClaims = append(raw(nil, d.Claims), "{}"...) })),
		rows("S-23 N09", literal("lone surrogate", "intent", `"\ud800"`, malformed)),
		rows("S-24 N08", literal("nested 1000 deep", "x", strings.Repeat("[", 1000)+strings.Repeat("]", 1000), malformed),
			literal("nested 100 deep", "x", strings.Repeat("[", 100)+strings.Repeat("]", 100), malformed),
			written("201 claims", `"plan"`, `"plan"`+manyClaims(200), malformed).ours()),
		rows("N07", written("aud twice", `"aud"`, `"aud":"https://other.example","aud"`, malformed)),
		rows("C-18 N07", written("iss twice", `"iss"`, `"iss":"https://other.example","iss"`, malformed),
			written("sub twice, once escaped", `"sub"`, `"\u0073ub":"Patient/other","sub"`, malformed),
			written("exp twice, once escaped", `"exp"`, `"e\u0078p":1,"exp"`, malformed)),
		rows("N08", literal("nbf 1e400", "nbf", "1e400", malformed), written("NaN", `"plan"`, `NaN`, malformed)),
		rows("N06", written("comment", `"plan"`, `"plan"/* */`, malformed)),
		rows("H-13 N07", rawHeader("alg twice", `{"alg":"none","alg":"ES256","kid":"$","typ":"JWT"}`, malformed),
			rawHeader("kid twice", `{"alg":"ES256","kid":"x","kid":"$","typ":"JWT"}`, malformed)),
		rows("H-34 N16", edited("a signed message inside a signed message", malformed, func(p *Portal, d *Draft) {
			d.Header["cty"], d.RawClaims = "JWT", []byte(p.Good())
		})),
		rows("H-35 N46", edited("deflated payload", malformed, func(_ *Portal, d *Draft) { d.Header["zip"], d.RawClaims = "DEF", deflated(raw(nil, d.Claims)) })),
		rows("H-18 N14", Case{Name: "payload that is not encoded", Want: malformed, after: notEncoded}),
	)
}

// manyClaims all have names of their own.
func manyClaims(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `,"x%d":1`, i)
	}
	return b.String()
}

// notEncoded is a message of RFC 7797 whose payload stands there as it is.
func notEncoded(p *Portal, token string) string {
	head := b64([]byte(`{"alg":"ES256","kid":"` + p.KeyID("ec") + `","typ":"JWT","b64":false,"crit":["b64"]}`))
	text := head + "." + decoded(strings.Split(token, ".")[1])
	return text + "." + b64(p.signature("ec", text))
}

func payload(name, text string) Case {
	return edited(name, malformed, func(_ *Portal, d *Draft) { d.RawClaims = []byte(text) })
}

// signedText signs a text that is not what the strict encoding would give.
func signedText(name string, want launch.Kind, text func(h, c string) string) Case {
	return Case{Name: name, Want: want, after: func(p *Portal, token string) string {
		part := strings.Split(token, ".")
		signed := text(part[0], part[1])
		return signed + "." + b64(p.signature("ec", signed))
	}}
}

// spare sets an unused bit of the last character: another spelling of the same bytes.
func spare(s string) string {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	last := strings.IndexByte(alphabet, s[len(s)-1])
	return s[:len(s)-1] + string(alphabet[last|1])
}

func deflated(data []byte) []byte {
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestCompression)
	if err == nil {
		_, err = w.Write(data)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil || json.Valid(b.Bytes()) {
		panic("launchtest: cannot deflate")
	}
	return b.Bytes()
}
