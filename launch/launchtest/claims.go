package launchtest

import (
	"fmt"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/internal/nationalid"
	"github.com/verktoykatalog/verktoy/launch"
)

const claims = launch.KindClaims

// times: RFC 7519, sections 2 and 4.1.4 to 4.1.6; HTI 2.0, "The message format".
func times() []Case {
	const expired, early, lifetime = launch.KindExpired, launch.KindNotYetValid, launch.KindLifetime
	list := []Case{
		at("exp an hour ago", "exp", -time.Hour, expired), at("exp a second ago", "exp", -time.Second, expired), at("exp now", "exp", 0, expired),
		claim("exp 0", "exp", 0, expired), claim("exp -1", "exp", -1, expired),
		claim("exp in capitals only counts for nothing", "EXP", 4102444800, "").and(at("", "exp", -time.Hour, expired)),
		at("a life of five minutes and a second", "exp", 5*time.Minute+time.Second, lifetime), at("a life of an hour", "exp", time.Hour, lifetime),
		at("a life of ten years", "exp", 87600*time.Hour, lifetime), at("iat a day ago", "iat", -24*time.Hour, lifetime),
		at("iat 11 s ahead", "iat", 11*time.Second, early), at("nbf 11 s ahead", "nbf", 11*time.Second, early),
		at("iat 70 s ahead", "iat", 70*time.Second, early), at("nbf 70 s ahead", "nbf", 70*time.Second, early),
		at("exp before iat", "iat", 8*time.Second, "").and(at("", "exp", 5*time.Second, claims)),
		at("exp is iat", "iat", 5*time.Second, "").and(at("", "exp", 5*time.Second, claims)),
		noClaim("exp", claims), noClaim("iat", claims),
		claim("exp 2^63", "exp", uint64(1)<<63, claims), claim("exp 1e18", "exp", 1e18, claims),
	}
	for _, member := range []string{"exp", "iat", "nbf"} {
		for name, value := range map[string]any{"a string": "1790000000", "null": nil, "true": true, "a list": []int{1790000000}} {
			list = append(list, claim(member+" is "+name, member, value, claims))
		}
	}
	return list
}

// and makes both changes.
func (c Case) and(other Case) Case {
	first := c.edit
	c.edit = func(p *Portal, d *Draft) { first(p, d); other.edit(p, d) }
	c.Want = other.Want
	return c
}

// recipients: iss and aud. RFC 7519, sections 4.1.1 and 4.1.3.
func recipients() []Case {
	const issuer, audience = launch.KindIssuer, launch.KindAudience
	ours := func(name string, change func(string) any) Case {
		return edited(name, audience, func(p *Portal, d *Draft) { d.Claims["aud"] = change(p.cfg.Audience) })
	}
	iss := func(name string, change func(string) any) Case {
		return edited(name, issuer, func(p *Portal, d *Draft) { d.Claims["iss"] = change(p.cfg.Issuer) })
	}
	return []Case{
		noClaim("iss", issuer), claim("iss null", "iss", nil, issuer), claim("another iss", "iss", "https://attacker.example", issuer),
		iss("iss with a slash at the end", func(s string) any { return s + "/" }), iss("iss in capitals", func(s string) any { return strings.ToUpper(s) }),
		iss("iss with http", func(s string) any { return strings.Replace(s, "https", "http", 1) }),
		iss("iss with a port", func(s string) any { return s + ":443" }), iss("iss with a path", func(s string) any { return s + "/x" }),
		iss("iss with a Cyrillic letter", func(s string) any { return strings.Replace(s, "o", "о", 1) }),
		iss("iss as a list", func(s string) any { return []string{s} }),
		edited("Iss, AUD and Sub in wrong case", issuer, func(_ *Portal, d *Draft) {
			for right, wrong := range map[string]string{"iss": "Iss", "aud": "AUD", "sub": "Sub"} {
				d.Claims[wrong] = d.Claims[right]
				delete(d.Claims, right)
			}
		}),
		noClaim("aud", audience), claim("another aud", "aud", "https://other.example", audience),
		ours("another tool beside this one", func(s string) any { return []string{s, "https://other.example"} }),
		ours("this tool twice", func(s string) any { return []string{s, s} }),
		claim("aud is an empty list", "aud", []string{}, audience), claim("aud is a list of an empty text", "aud", []string{""}, audience),
		claim("aud is a number", "aud", 1, audience), claim("aud null", "aud", nil, audience), claim("aud is an object", "aud", map[string]any{}, audience),
		ours("aud longer than ours", func(s string) any { return s + ".attacker.example" }), ours("aud with a slash", func(s string) any { return s + "/" }),
		ours("aud shorter than ours", func(s string) any { return s[:len(s)-1] }), ours("aud is a list in a list", func(s string) any { return [][]string{{s}} }),
	}
}

// IdentityNumber is a number of nobody: Skatteetaten's synthetic kind, with right check digits.
func IdentityNumber() string {
	for n := range 100_000 {
		if s := fmt.Sprintf("018190%05d", n); nationalid.Valid(s) {
			return s
		}
	}
	panic("launchtest: no identity number")
}

// persons: HTI 2.0, "Personal data".
func persons() []Case {
	const personal = launch.KindPersonalData
	number := IdentityNumber()
	return []Case{
		claim("sub is an identity number", "sub", number, personal), claim("sub refers to an identity number", "sub", "Patient/"+number, personal),
		claim("sub is an identity number with a space", "sub", number[:6]+" "+number[6:], personal),
		claim("sub is an e-mail address", "sub", "kari@example.org", personal), claim("sub refers to an e-mail address", "sub", "Patient/kari@example.org", personal),
		claim("sub is a web address", "sub", "https://portal.example/Patient/7f0b", personal), claim("sub is a name", "sub", "Kari Nordmann", personal),
		claim("patient is an identity number", "patient", "Patient/"+number, personal), claim("task with an identity number", "resource", "Task/"+number, personal),
		claim("definition with an identity number", "definition", "https://tool.example/"+number, personal),
		claim("intent with an e-mail address", "intent", "kari@example.org", personal),
		claim("jti with an identity number", "jti", "message-"+number+"-1", personal),
		claim("a name beside", "name", "Kari", personal), claim("an e-mail address beside", "email", "kari@example.org", personal),
		claim("an identity number beside", "x", number, personal), claim("an identity number deep inside", "x", map[string]any{"y": []any{number}}, personal),
		written("an identity number as a number", `"plan"`, `"plan","x":1`+number[1:], personal),
		claim("an identity number as a name of a claim", number, true, personal),
	}
}

// htiClaims: HTI 2.0, "Mapping of the HTI claims".
func htiClaims() []Case {
	list := []Case{
		noClaim("sub", claims), noClaim("resource", claims), noClaim("jti", claims),
		claim("sub without type", "sub", "7f0b6c1e9a", claims), claim("sub of type Task", "sub", "Task/7f0b6c1e9a", claims),
		claim("sub with NUL", "sub", "Patient/7f\x000b", claims), claim("sub with CR LF", "sub", "Patient/7f0b\r\nX-A:b", claims),
		claim("sub with a line break at the end", "sub", "Patient/7f0b\n", claims), claim("sub with two slashes", "sub", "Patient/7f0b/_history", claims),
		claim("sub of 65 characters", "sub", "Patient/"+strings.Repeat("a", 65), claims), claim("sub with a letter that is not ASCII", "sub", "Patient/å", claims),
		edited("sub spelled with a long s", claims, func(_ *Portal, d *Draft) { d.Claims["ſub"] = d.Claims["sub"]; delete(d.Claims, "sub") }),
		claim("patient is a practitioner", "patient", "Practitioner/1", claims), claim("patient without type", "patient", "7f0b", claims),
		claim("resource of another type", "resource", "Observation/1", claims), claim("resource is an object", "resource", map[string]any{"id": "1"}, claims),
		claim("definition is relative", "definition", "/ActivityDefinition/1", claims), claim("definition is script", "definition", "javascript:alert(1)", claims),
		claim("definition with a password", "definition", "https://a:b@tool.example/x", claims), claim("definition of 2000 characters", "definition", "https://tool.example/"+strings.Repeat("a", 2000), claims),
		claim("intent of 65 characters", "intent", strings.Repeat("a", 65), claims), claim("intent with CR LF", "intent", "plan\r\nx", claims),
		claim("jti of 15 characters", "jti", "123456789abcdef", claims), claim("jti of 10 KiB", "jti", strings.Repeat("j", 10<<10), claims),
		claim("jti with a space", "jti", "0123456789abcdef 0", claims),
		claim("hti-version 1.1", "hti-version", "1.1", claims), claim("hti-version is a number", "hti-version", 2.0, claims), claim("hti-version empty", "hti-version", "", claims),
		edited("an HTI 1.1 message", claims, func(_ *Portal, d *Draft) {
			delete(d.Claims, "resource")
			delete(d.Claims, "hti-version")
			d.Claims["task"] = map[string]any{"resourceType": "Task", "id": "58c1", "for": map[string]any{"reference": "Patient/7f0b6c1e9a"}}
		}),
	}
	for _, member := range []string{"sub", "jti", "resource", "patient", "definition", "intent"} {
		list = append(list, claim(member+" null", member, nil, claims), claim(member+" is a number", member, 1, claims), claim(member+" is a list", member, []string{"a"}, claims))
	}
	for _, member := range []string{"sub", "jti", "resource", "patient", "definition"} {
		list = append(list, claim(member+" empty", member, "", claims))
	}
	return list
}
