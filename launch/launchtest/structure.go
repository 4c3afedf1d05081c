package launchtest

import (
	"bytes"
	"compress/flate"
	"encoding/json"
	"strings"

	"github.com/verktoykatalog/verktoy/launch"
)

const malformed = launch.KindMalformed

// structure: segments and encoding. RFC 7515, sections 2, 3.1 and 5.2.
func structure() []Case {
	return []Case{
		changed("empty", malformed, func(_, _, _ string) string { return "" }),
		changed("two segments", malformed, func(h, c, _ string) string { return h + "." + c }),
		changed("four segments", malformed, func(h, c, s string) string { return h + "." + c + "." + s + "." + s }),
		changed("an empty fourth segment", malformed, func(h, c, s string) string { return h + "." + c + "." + s + "." }),
		changed("five segments, as encryption has", malformed, func(h, c, s string) string { return strings.Join([]string{h, "", c, c, s}, ".") }),
		changed("no header", malformed, func(_, c, s string) string { return "." + c + "." + s }),
		changed("no payload", malformed, func(h, _, s string) string { return h + ".." + s }),
		edited("no payload, signed so", malformed, func(_ *Portal, d *Draft) { d.RawClaims = []byte{} }),
		changed("no signature", malformed, func(h, c, _ string) string { return h + "." + c + "." }),
		changed("new line at the end", malformed, func(h, c, s string) string { return h + "." + c + "." + s + "\n" }),
		changed("spaces around", malformed, func(h, c, s string) string { return " " + h + "." + c + "." + s + " " }),
		changed("new line in the payload", malformed, func(h, c, s string) string { return h + "." + c[:8] + "\n" + c[8:] + "." + s }),
		signedText("new line in the payload, signed so", malformed, func(h, c string) string { return h + "." + c[:8] + "\r\n" + c[8:] }),
		changed("padding after the signature", malformed, func(h, c, s string) string { return h + "." + c + "." + s + "==" }),
		signedText("padding after the payload, signed so", malformed, func(h, c string) string { return h + "." + c + "=" }),
		changed("the other base64 alphabet", malformed, func(h, c, s string) string { return h + "." + c + "." + "+/" + s[2:] }),
		changed("unused bits in the signature", malformed, func(h, c, s string) string { return h + "." + c + "." + spare(s) }),
		changed("unused bits in the payload", malformed, func(h, _, s string) string { return h + ".e31." + s }),
		signedText("unused bits in the payload, signed so", malformed, func(h, c string) string { return h + "." + "e31" }),
		changed("JSON serialization, flattened", malformed, func(h, c, s string) string {
			return `{"payload":"` + c + `","protected":"` + h + `","signature":"` + s + `"}`
		}),
		changed("JSON serialization, general", malformed, func(h, c, s string) string {
			return `{"payload":"` + c + `","signatures":[{"protected":"` + h + `","signature":"` + s + `"}]}`
		}),
		claim("a mebibyte", "more", strings.Repeat("a", 1<<20), launch.KindTooLarge),
		changed("a million dots", launch.KindTooLarge, func(_, _, _ string) string { return strings.Repeat(".", 1_000_000) }),
		claim("17 KiB", "more", strings.Repeat("a", 17<<10), launch.KindTooLarge),
		changed("Bearer in front", malformed, func(h, c, s string) string { return "Bearer " + h + "." + c + "." + s }),
	}
}

// jsonCases: RFC 8259, RFC 7493 and RFC 7519, section 7.2.
func jsonCases() []Case {
	return []Case{
		edited("header is a list", malformed, func(_ *Portal, d *Draft) { d.RawHeader = []byte(`["ES256"]`) }),
		edited("header is null", malformed, func(_ *Portal, d *Draft) { d.RawHeader = []byte(`null`) }),
		payload("payload is a list", `[{"iss":"x"}]`), payload("payload is null", `null`), payload("payload is a string", `"x"`),
		edited("payload is not UTF-8", malformed, func(_ *Portal, d *Draft) {
			d.RawClaims = bytes.Replace(raw(nil, d.Claims), []byte("plan"), []byte{0xff, 0xfe}, 1)
		}),
		edited("byte-order mark", malformed, func(_ *Portal, d *Draft) { d.RawClaims = append([]byte("\xef\xbb\xbf"), raw(nil, d.Claims)...) }),
		edited("two objects", malformed, func(_ *Portal, d *Draft) { d.RawClaims = append(raw(nil, d.Claims), "{}"...) }),
		written("lone surrogate", `"plan"`, `"\ud800"`, malformed),
		written("nested 1000 deep", `"plan"`, strings.Repeat("[", 1000)+strings.Repeat("]", 1000), malformed),
		written("201 claims", `"plan"`, `"plan"`+strings.Repeat(`,"a":1`, 200), malformed),
		written("aud twice", `"aud"`, `"aud":"https://other.example","aud"`, malformed),
		written("iss twice", `"iss"`, `"iss":"https://other.example","iss"`, malformed),
		written("sub twice, once escaped", `"sub"`, `"\u0073ub":"Patient/other","sub"`, malformed),
		written("exp 1e400", `"plan"`, `"plan","nbf":1e400`, malformed),
		written("NaN", `"plan"`, `NaN`, malformed),
		written("comment", `"plan"`, `"plan"/* */`, malformed),
		edited("alg twice", malformed, func(_ *Portal, d *Draft) { d.RawHeader = []byte(`{"alg":"none","alg":"ES256","kid":"ec","typ":"JWT"}`) }),
		edited("kid twice", malformed, func(_ *Portal, d *Draft) { d.RawHeader = []byte(`{"alg":"ES256","kid":"x","kid":"ec","typ":"JWT"}`) }),
		edited("a signed message inside a signed message", malformed, func(p *Portal, d *Draft) {
			d.Header["cty"], d.RawClaims = "JWT", []byte(p.Good())
		}),
		edited("deflated payload", malformed, func(_ *Portal, d *Draft) { d.Header["zip"], d.RawClaims = "DEF", deflated(raw(nil, d.Claims)) }),
		signedText("payload that is not encoded", malformed, func(h, _ string) string {
			return b64([]byte(`{"alg":"ES256","kid":"ec","typ":"JWT","b64":false,"crit":["b64"]}`)) + `.{"iss":"x"}`
		}),
	}
}

func payload(name, text string) Case {
	return edited(name, malformed, func(_ *Portal, d *Draft) { d.RawClaims = []byte(text) })
}

// signedText signs a text that is not what the strict encoding would give.
func signedText(name string, want launch.Kind, text func(h, c string) string) Case {
	return Case{Name: name, Want: want, after: func(p *Portal, token string) string {
		part := strings.Split(token, ".")
		signed := text(part[0], part[1])
		signature, err := p.signers["ec"].Signature([]byte(signed))
		if err != nil {
			panic("launchtest: " + err.Error())
		}
		return signed + "." + b64(signature)
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
