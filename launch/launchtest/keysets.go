package launchtest

import (
	"crypto/rand"
	"fmt"
	"strings"

	"github.com/verktoykatalog/verktoy/launch"
)

// fetches: nobody can make the tool ask around.
func (s *suite) fetches() {
	before := s.keys.asked("/jwks.json")
	for range 100 {
		d := s.portal.Draft()
		d.Header["kid"] = rand.Text()
		d.Claims["iss"] = s.keys.base + trap
		s.post(s.portal.Sign(d))
	}
	asked := s.keys.asked("/jwks.json") - before
	s.holds("N17", "100 unknown issuers", "no key set fetched", asked == 0, fmt.Sprintf("%d fetched", asked))
	before = s.keys.asked("/jwks.json")
	for range 200 {
		d := s.portal.Draft()
		d.Header["kid"] = rand.Text()
		s.post(s.portal.Sign(d))
	}
	asked = s.keys.asked("/jwks.json") - before
	s.holds("N20", "200 unknown kids", "the key set fetched once at most", asked <= 1, fmt.Sprintf("%d times", asked))
	trapped := s.keys.asked(trap)
	s.holds("N15 N17 H-23 H-24", "addresses in messages", "never asked", trapped == 0, fmt.Sprintf("asked %d times", trapped))
}

// keySets: sets that are no good as a whole. RFC 7517, section 5.
func (s *suite) keySets() {
	unusable, unavailable := want{kind: launch.KindKeyUnusable}, want{kind: launch.KindKeysUnavailable}
	const none = "none"
	ec, other := s.portal.jwk("ec"), s.portal.jwk("attacker")
	var many []jwk
	for i := range 101 {
		many = append(many, s.portal.named(ec, fmt.Sprintf("ec-%d", i)))
	}
	many[0] = ec
	for _, c := range []struct {
		rows, name string
		set        []byte
		want       want
		kid        any
	}{
		{"K-1 N21", "two keys with the same kid", keySet(ec, s.portal.named(other, "ec")), unusable, nil},
		{"K-2", "shared secret beside public keys", keySet(ec, jwk{"kty": "oct", "kid": "secret", "k": b64([]byte(rand.Text()))}), unusable, nil},
		{"K-10", "101 keys", keySet(many...), unavailable, nil},
		{"K-10", "key set over 256 KiB", keySet(ec.with("x-comment", strings.Repeat("a", 256<<10))), unavailable, nil},
		{"K-7", "unknown types beside a good key", keySet(jwk{"kty": "LMS", "kid": "lms"}, jwk{"kty": "AKP", "alg": "ML-DSA-44", "kid": "pq", "pub": "AAAA"}, ec), want{}, nil},
		{"K-6", "unknown algorithms beside a good key", keySet(s.portal.named(ec, "x").with("alg", "ES521"), s.portal.named(ec, "y").with("alg", "A256KW"), ec), want{}, nil},
		{"H-26 N19", "empty kid, and the only key has none", keySet(ec.with("kid", nil)), want{kind: launch.KindUnknownKey}, ""},
		{"H-25 N19", "no kid, and several keys have none", keySet(ec.with("kid", nil), other.with("kid", nil)), want{kind: launch.KindUnknownKey}, none},
	} {
		if s.restartable(c.rows, c.name, c.want) {
			d := s.portal.Draft()
			switch c.kid {
			case nil:
			case none:
				delete(d.Header, "kid")
			default:
				d.Header["kid"] = c.kid
			}
			s.judgeNew(c.rows, c.name, s.keys.put("/set.json", c.set), c.want, s.portal.Sign(d))
		}
	}
}

// restartable says whether a new tool can be had, and notes it if not.
func (s *suite) restartable(rows, name string, w want) bool {
	if s.target.Tool == nil {
		s.add(rows, name, w, NotJudged, "needs a tool that has just started")
	}
	return s.target.Tool != nil
}

// judgeNew sends a message to a new tool that finds the keys there.
func (s *suite) judgeNew(rows, name, jwks string, w want, token string) {
	running := s.tool
	defer func() { s.tool = running }()
	var err error
	if s.tool, err = s.start(jwks); err != nil {
		s.add(rows, name, w, Failed, "the tool does not start")
		return
	}
	s.step(rows, name, w, token)
}

// rotation: a new key is published and used at once; the old one still serves.
func (s *suite) rotation() {
	const rows = "N68"
	if !s.restartable(rows, "message signed just after a rotation", want{}) {
		return
	}
	address := s.keys.put("/rotating.json", keySet(s.portal.jwk("ec")))
	running := s.tool
	defer func() { s.tool = running }()
	var err error
	if s.tool, err = s.start(address); err != nil {
		s.add(rows, "message before the rotation", want{}, Failed, "the tool does not start")
		return
	}
	s.step(rows, "message before the rotation", want{}, s.portal.Good())
	s.keys.put("/rotating.json", keySet(s.portal.jwk("ec"), s.portal.jwk("attacker")))
	d := s.portal.Draft()
	d.Key, d.Header["kid"] = "attacker", s.portal.KeyID("attacker")
	s.step(rows, "message signed just after a rotation", want{}, s.portal.Sign(d))
	s.step(rows, "message signed just before by the old key", want{}, s.portal.Good())
}

// inside notes the rows that nobody can see from outside.
func (s *suite) inside() {
	for _, row := range [][3]string{
		{"N05", "fields of two kinds of launch", "needs a tool that takes two kinds"},
		{"N36", "used message just before and just after its end", "needs the tool's clock"},
		{"N37 E-11", "used message after a restart, or at another instance", "needs the tool's process"},
		{"N39 E-12", "replay store down, slow or full", "needs the tool's store"},
		{"E-22", "fault in the tool after the launch was accepted", "needs the tool's code"},
		{"N62", "launch that binds nobody to the browser", "needs the tool's settings"},
		{"N67", "our own key set: If-None-Match, HEAD, POST", "about the keys of who signs"},
	} {
		s.add(row[0], row[1], text("see the row"), NotJudged, row[2])
	}
}
