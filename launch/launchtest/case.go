package launchtest

import (
	"slices"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/launch"
)

// Case is one message and how it must end: one good message with one thing changed.
type Case struct {
	// Name says what is changed.
	Name string
	// Want is the kind of the error; "" is a message that must be accepted.
	Want launch.Kind
	// Acting is what an accepted launch must say; "" means launch.ActingSelf.
	Acting launch.Acting

	edit  func(p *Portal, d *Draft)
	after func(p *Portal, token string) string
}

// Message makes the case's message with a new jti.
func (c Case) Message(p *Portal) string {
	d := p.Draft()
	if c.edit != nil {
		c.edit(p, d)
	}
	token := p.Sign(d)
	if c.after != nil {
		token = c.after(p, token)
	}
	return token
}

// Cases is the matrix for HTI 2.0 with a clock skew of ten seconds: messages that
// must be accepted, and messages that must not, with the kind.
func Cases() []Case {
	return slices.Concat(accepted(), structure(), jsonCases(), headers(), keyCases(), signatures(), times(), recipients(), persons(), htiClaims())
}

// The makers of cases: each changes one thing.

func claim(name, member string, value any, want launch.Kind) Case {
	return Case{Name: name, Want: want, edit: func(_ *Portal, d *Draft) { d.Claims[member] = value }}
}

func noClaim(member string, want launch.Kind) Case {
	return Case{Name: "no " + member, Want: want, edit: func(_ *Portal, d *Draft) { delete(d.Claims, member) }}
}

func header(name, member string, value any, want launch.Kind) Case {
	return Case{Name: name, Want: want, edit: func(_ *Portal, d *Draft) { d.Header[member] = value }}
}

func edited(name string, want launch.Kind, edit func(p *Portal, d *Draft)) Case {
	return Case{Name: name, Want: want, edit: edit}
}

func changed(name string, want launch.Kind, after func(h, c, s string) string) Case {
	return Case{Name: name, Want: want, after: func(_ *Portal, token string) string {
		part := strings.Split(token, ".")
		return after(part[0], part[1], part[2])
	}}
}

// key signs with the key, and names it.
func key(name, kid, alg string, want launch.Kind) Case {
	return edited(name, want, func(_ *Portal, d *Draft) { d.Key, d.Header["kid"], d.Header["alg"] = kid, kid, alg })
}

// written replaces the text of one claim in the written payload.
func written(name, old, replacement string, want launch.Kind) Case {
	return edited(name, want, func(_ *Portal, d *Draft) {
		d.RawClaims = []byte(strings.Replace(string(raw(nil, d.Claims)), old, replacement, 1))
	})
}

// at gives the claim a time that is this far from now.
func at(name, member string, from time.Duration, want launch.Kind) Case {
	return edited(name, want, func(p *Portal, d *Draft) { d.Claims[member] = p.cfg.Now().Add(from).Unix() })
}

func accepted() []Case {
	professional := edited("a practitioner for a patient", "", func(_ *Portal, d *Draft) {
		d.Claims["sub"], d.Claims["patient"] = "Practitioner/82421", "Patient/7f0b6c1e9a"
	})
	professional.Acting = launch.ActingProfessional
	relative := edited("a related person for a patient", "", func(_ *Portal, d *Draft) {
		d.Claims["sub"], d.Claims["patient"] = "RelatedPerson/82421", "Patient/7f0b6c1e9a"
	})
	relative.Acting = launch.ActingRelative
	return []Case{
		{Name: "good"},
		key("RS256", "rs", "RS256", ""), key("RS384", "rs384", "RS384", ""), key("RS512", "rs512", "RS512", ""),
		key("ES384", "es384", "ES384", ""), key("ES512", "es512", "ES512", ""),
		header("typ in small letters", "typ", "jwt", ""),
		written("white space in the payload", `"aud":`, "\t\"aud\" :\r\n ", ""),
		edited("white space in the header", "", func(_ *Portal, d *Draft) {
			d.RawHeader = []byte("{\"typ\":\"JWT\",\n\t\"alg\" : \"ES256\", \"kid\":\"ec\"} ")
		}),
		edited("exp with a fraction", "", func(p *Portal, d *Draft) { d.Claims["exp"] = float64(p.cfg.Now().Unix()) + 120.5 }),
		at("iat 8 s ahead", "iat", 8*time.Second, ""), at("nbf 8 s ahead", "nbf", 8*time.Second, ""),
		at("a life of five minutes", "exp", 5*time.Minute, ""), at("exp one second ahead", "exp", time.Second, ""),
		edited("aud as a list", "", func(p *Portal, d *Draft) { d.Claims["aud"] = []string{p.cfg.Audience} }),
		claim("unknown claims", "azp", map[string]any{"a": []any{1, true, nil}}, ""), claim("status", "status", "requested", ""),
		noClaim("hti-version", ""), noClaim("intent", ""), noClaim("definition", ""),
		claim("resource as a bare id", "resource", "58c1", ""), claim("patient is the actor", "patient", "Patient/7f0b6c1e9a", ""),
		claim("sub is a UUID", "sub", "Patient/0192f3a4-1234-7654-9876-012345678901", ""), claim("sub of type Person", "sub", "Person/a5e58253", ""),
		claim("definition as URN", "definition", "urn:uuid:0192f3a4-1234-7654-9876-012345678901", ""),
		claim("jti is a UUID", "jti", "679e1e4c-bcb9-4fcc-80c4-f36e7063545c", ""),
		changed("the signature's twin", "", func(h, c, s string) string { return h + "." + c + "." + twin(s) }),
		professional, relative,
	}
}
