package launchtest

import (
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/launch"
)

// recipients: iss and aud. RFC 7519, sections 4.1.1 and 4.1.3.
func recipients() []Case {
	const issuer, audience = launch.KindIssuer, launch.KindAudience
	ours := func(name string, change func(string) any) Case {
		return edited(name, audience, func(p *Portal, d *Draft) { d.Claims["aud"] = change(p.cfg.Audience) })
	}
	iss := func(name string, change func(string) any) Case {
		return edited(name, issuer, func(p *Portal, d *Draft) { d.Claims["iss"] = change(p.cfg.Issuer) })
	}
	return slices.Concat(
		rows("C-3 N17", noClaim("iss", issuer), claim("iss null", "iss", nil, issuer)),
		rows("C-4 N17", claim("another iss", "iss", "https://attacker.example", issuer)),
		rows("C-5 N18", iss("iss with a slash at the end", func(s string) any { return s + "/" }), iss("iss in capitals", func(s string) any { return strings.ToUpper(s) }),
			iss("iss with another scheme", otherScheme)),
		rows("N18", iss("iss with a port", func(s string) any { return s + ":443" }), iss("iss with a path", func(s string) any { return s + "/x" })),
		rows("C-6 N18", iss("iss with a Cyrillic letter", func(s string) any { return s[:len(s)-1] + "а" })),
		rows("C-7 N08", iss("iss as a list", func(s string) any { return []string{s} })),
		rows("C-20", edited("Iss, AUD and Sub in wrong case", issuer, func(_ *Portal, d *Draft) {
			for right, wrong := range map[string]string{"iss": "Iss", "aud": "AUD", "sub": "Sub"} {
				d.Claims[wrong] = d.Claims[right]
				delete(d.Claims, right)
			}
		})),
		rows("C-8 N25", noClaim("aud", audience)),
		rows("C-9 N25", claim("another aud", "aud", "https://other.example", audience)),
		rows("C-10 N26", ours("another tool beside this one", func(s string) any { return []string{s, "https://other.example"} }),
			ours("this tool twice", func(s string) any { return []string{s, s} })),
		rows("C-11 N25", claim("aud is an empty list", "aud", []string{}, audience), claim("aud is a list of an empty text", "aud", []string{""}, audience)),
		rows("C-12 N08", claim("aud is a number", "aud", 1, audience), claim("aud null", "aud", nil, audience), claim("aud is an object", "aud", map[string]any{}, audience)),
		rows("C-13 N25", ours("aud longer than ours", func(s string) any { return s + ".attacker.example" }), ours("aud with a slash", func(s string) any { return s + "/" }),
			ours("aud shorter than ours", func(s string) any { return s[:len(s)-1] })),
		rows("C-12 N25", ours("aud is a list in a list", func(s string) any { return [][]string{{s}} })),
	)
}

// otherScheme is http for https and the other way round.
func otherScheme(s string) any {
	if rest, plain := strings.CutPrefix(s, "http://"); plain {
		return "https://" + rest
	}
	return "http://" + strings.TrimPrefix(s, "https://")
}
