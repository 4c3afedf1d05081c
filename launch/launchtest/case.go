package launchtest

import (
	"crypto/rand"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/launch"
)

// Case is one message and how it must end: one good message with one thing changed.
type Case struct {
	// Rows are the ids of the table's rows that the case belongs to; see [Rows].
	Rows []string
	// Name says what is changed.
	Name string
	// Want is the kind of the error; "" is a message that must be accepted.
	Want launch.Kind
	// Acting is what an accepted launch must say; "" means launch.ActingSelf.
	Acting launch.Acting

	algorithm string // what the message is signed with, if that must be agreed for it to be accepted
	border    bool   // a second more or less changes the outcome
	choice    bool   // another careful tool may decide otherwise
	bad       bool   // needs the bad keys to be published
	edit      func(p *Portal, d *Draft)
	after     func(p *Portal, token string) string
}

// String is the ids of the rows, and the name: what to call a test.
func (c Case) String() string { return strings.Join(c.Rows, " ") + ": " + c.Name }

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
	return slices.Concat(accepted(), structure(), jsonCases(), algorithmCases(), headers(), keyCases(), weakKeyCases(), signatures(),
		times(), recipients(), persons(), htiClaims())
}

// rows says to which rows of the table the cases belong.
func rows(ids string, cases ...Case) []Case {
	for i := range cases {
		cases[i].Rows = append(cases[i].Rows, strings.Fields(ids)...)
	}
	return cases
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

// rawHeader writes the header so; $ stands for the good kid.
func rawHeader(name, text string, want launch.Kind) Case {
	return edited(name, want, func(p *Portal, d *Draft) { d.RawHeader = []byte(strings.ReplaceAll(text, "$", p.KeyID("ec"))) })
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

// signedBy signs with one key, and names the key kid and the algorithm.
func signedBy(name, signer, kid, algorithm string, want launch.Kind) Case {
	return edited(name, want, func(p *Portal, d *Draft) { d.Key, d.Header["kid"], d.Header["alg"] = signer, p.KeyID(kid), algorithm })
}

// good signs with a good key and an algorithm that may be agreed.
func good(name, algorithm string) Case {
	c := signedBy(algorithm, name, name, algorithm, "")
	c.algorithm = algorithm
	return c
}

// written replaces the text of one claim in the written payload.
func written(name, old, replacement string, want launch.Kind) Case {
	return edited(name, want, func(_ *Portal, d *Draft) {
		d.RawClaims = []byte(strings.Replace(string(raw(nil, d.Claims)), old, replacement, 1))
	})
}

// literal writes the JSON of one claim's value.
func literal(name, member, text string, want launch.Kind) Case {
	return claim(name, member, json.RawMessage(text), want)
}

// at gives the claim a time that is this far from now.
func at(name, member string, from time.Duration, want launch.Kind) Case {
	return edited(name, want, func(p *Portal, d *Draft) { d.Claims[member] = p.cfg.Now().Add(from).Unix() })
}

// with makes both changes; the second one's outcome is wanted.
func (c Case) with(other Case) Case {
	first := c.edit
	c.edit = func(p *Portal, d *Draft) { first(p, d); other.edit(p, d) }
	c.Want = other.Want
	return c
}

func (c Case) atBorder() Case { c.border = true; return c }
func (c Case) ours() Case     { c.choice = true; return c }

// letters are hexadecimal ones, new each time: a used id would be refused.
func letters(n int) string {
	const hex = "abcdef"
	data := make([]byte, n)
	_, _ = rand.Read(data) // never fails
	for i := range data {
		data[i] = hex[int(data[i])%len(hex)]
	}
	return string(data)
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
	return slices.Concat(
		rows("S-1", Case{Name: "good"}, good("rs", "RS256")),
		rows("S-1 N12", good("rs384", "RS384"), good("rs512", "RS512"), good("es384", "ES384"), good("es512", "ES512")),
		rows("H-1", header("typ in small letters", "typ", "jwt", "")),
		rows("H-1", header("typ with application in front", "typ", "application/JWT", "").ours()),
		rows("S-2", written("white space in the payload", `"aud":`, "\t\"aud\" :\r\n ", ""),
			rawHeader("white space in the header", "{\"typ\":\"JWT\",\n\t\"alg\" : \"ES256\", \"kid\":\"$\"} ", "")),
		rows("T-2", edited("exp with a fraction", "", func(p *Portal, d *Draft) { d.Claims["exp"] = float64(p.cfg.Now().Unix()) + 100.5 })),
		rows("T-3 N30", at("iat 8 s ahead", "iat", 8*time.Second, ""), at("nbf 8 s ahead", "nbf", 8*time.Second, "")),
		rows("N31", at("a life of five minutes", "exp", 5*time.Minute, "")),
		rows("N28", at("exp one second ahead", "exp", time.Second, "").atBorder()),
		rows("C-1 N25", edited("aud as a list", "", func(p *Portal, d *Draft) { d.Claims["aud"] = []string{p.cfg.Audience} })),
		rows("C-2", claim("unknown claims", "azp", map[string]any{"a": []any{1, true, nil}}, ""), claim("status", "status", "requested", "")),
		rows("N45", noClaim("hti-version", "")),
		rows("C-22", noClaim("intent", ""), noClaim("definition", ""), claim("resource as a bare id", "resource", "58c1", "").ours(),
			claim("definition as URN", "definition", "urn:uuid:0192f3a4-1234-7654-9876-012345678901", "").ours()),
		rows("N43", claim("patient is the actor", "patient", "Patient/7f0b6c1e9a", "")),
		rows("N42", claim("sub is a UUID", "sub", "Patient/0192f3a4-1234-7654-9876-012345678901", ""), claim("sub of type Person", "sub", "Person/a5e58253", "").ours()),
		rows("N32", edited("jti is a UUID", "", func(_ *Portal, d *Draft) { d.Claims["jti"] = "679e1e4c-bcb9-4fcc-80c4-" + letters(12) })),
		rows("G-1", changed("the signature's twin", "", func(h, c, s string) string { return h + "." + c + "." + twin(s) })),
		rows("N61", professional, relative),
	)
}
