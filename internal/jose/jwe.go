package jose

import (
	"errors"
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// MaxEncrypted is the greatest size of an encrypted message, in bytes: room for
// a message of [MaxMessage] in base64url, a header and a wrapped key.
const MaxEncrypted = 24 << 10

// ErrDecryption is the one answer to everything that goes wrong once a private
// key is in use: wrong key, changed bytes, wrong length. Whoever could tell them
// apart could ask the tool about its key, message by message.
var ErrDecryption = errors.New("jose: cannot be decrypted")

// wrapping is what an algorithm for the content's key asks of a message.
type wrapping struct {
	ephemeral bool // has a header epk
	direct    bool // the content's key is agreed on, none is sent
	sealed    int  // bytes that wrapping adds to the content's key; less than 0: as long as the RSA modulus
}

// content is what an algorithm for the content asks: lengths in bytes.
type content struct{ key, iv, tag int }

// envelopeRules say what is read; there is one set of them outside of tests.
type envelopeRules struct {
	wrappings map[string]wrapping
	contents  map[string]content
	noKeyID   bool
}

// envelopes leaves out what has gone wrong elsewhere: RSA1_5 and CBC (padding
// oracles, GHSA-rm8v-mxj3-5rmq), PBES2 (CVE-2023-49290) and all shared secrets,
// "dir" among them. RFC 7518, sections 4.3, 4.6 and 5.3; RFC 8725, section 3.2.
var envelopes = envelopeRules{
	wrappings: map[string]wrapping{
		"RSA-OAEP-256":   {sealed: -1},
		"ECDH-ES":        {ephemeral: true, direct: true},
		"ECDH-ES+A256KW": {ephemeral: true, sealed: 8},
	},
	contents: map[string]content{"A128GCM": {16, 12, 16}, "A256GCM": {32, 12, 16}},
}

// Envelope is an encrypted message, read but not opened.
type Envelope struct {
	// Algorithm is the header's alg and Encryption its enc; both are in the lists.
	Algorithm, Encryption string
	// KeyID is the header's kid.
	KeyID string

	text       string
	header     *strictjson.Value
	wrapping   wrapping
	content    content
	wrappedKey []byte
}

// Encrypted says whether a text has the five segments of an encrypted message.
// RFC 7516, section 9.
func Encrypted(token string) bool { return strings.Count(token, ".") == 4 }

// ParseEnvelope reads an encrypted message in the compact serialization (RFC
// 7516, section 3.1): five segments of strict base64url, of the lengths that
// the algorithms ask for, and a header of strict JSON that has alg, enc and kid,
// epk where the algorithm has one, perhaps typ and cty JWT, and nothing else:
// no zip, no crit, no key from elsewhere. The error is an [*Error] of kind
// [ErrTooLarge] or [ErrMalformed].
func ParseEnvelope(token string) (*Envelope, error) { return envelopes.parse(token) }

func (r envelopeRules) parse(token string) (*Envelope, error) {
	if len(token) > MaxEncrypted {
		return nil, fault(ErrTooLarge, "at most 24 KiB")
	}
	if !Encrypted(token) {
		return nil, fault(ErrMalformed, "five segments")
	}
	var part [5][]byte
	for i, segment := range strings.Split(token, ".") {
		data, err := decode(segment)
		if err != nil {
			return nil, err
		}
		part[i] = data
	}
	e := &Envelope{text: token, wrappedKey: part[1]}
	if err := e.readHeader(part[0], r); err != nil {
		return nil, err
	}
	return e, e.lengths(part)
}

// envelopeHeaders are the header's members. RFC 7516, section 4.1; what is not
// here is refused: zip (CVE-2024-28122), crit, p2c, claims, keys from elsewhere.
var envelopeHeaders = []string{"alg", "enc", "kid", "typ", "cty", "epk"}

func (e *Envelope) readHeader(header []byte, r envelopeRules) error {
	v, err := strictjson.Parse(header, strictjson.Message())
	if err != nil || v.Kind != strictjson.Object {
		return fault(ErrMalformed, "a header that is one JSON object with unique names")
	}
	for _, m := range v.Members {
		if !slices.Contains(envelopeHeaders, m.Name) {
			return fault(ErrMalformed, "no header members but "+strings.Join(envelopeHeaders, ", "))
		}
	}
	e.header = v
	if err := e.readAlgorithms(r); err != nil {
		return err
	}
	return e.readNames(r)
}

func (e *Envelope) readAlgorithms(r envelopeRules) error {
	var known bool
	e.Algorithm, e.Encryption = member(e.header, "alg"), member(e.header, "enc")
	if e.wrapping, known = r.wrappings[e.Algorithm]; !known {
		return fault(ErrMalformed, "alg to be RSA-OAEP-256, ECDH-ES or ECDH-ES+A256KW")
	}
	if e.content, known = r.contents[e.Encryption]; !known {
		return fault(ErrMalformed, "enc to be A128GCM or A256GCM")
	}
	if _, there := e.header.Member("epk"); there != e.wrapping.ephemeral {
		return fault(ErrMalformed, "epk with ECDH-ES, and only there")
	}
	return nil
}

// maxKID bounds what is looked up.
const maxKID = 256

func (e *Envelope) readNames(r envelopeRules) error {
	for _, name := range []string{"typ", "cty"} {
		m, there := e.header.Member(name)
		if there && (m.Kind != strictjson.String || !strings.EqualFold(m.Text, "JWT")) {
			return fault(ErrMalformed, name+" to be JWT or left out")
		}
	}
	e.KeyID = member(e.header, "kid")
	if !r.noKeyID && (e.KeyID == "" || len(e.KeyID) > maxKID) {
		return fault(ErrMalformed, "a kid")
	}
	return nil
}

func (e *Envelope) lengths(part [5][]byte) error {
	switch key := len(part[1]); {
	case e.wrapping.direct && key != 0, !e.wrapping.direct && key == 0,
		e.wrapping.sealed > 0 && key != e.content.key+e.wrapping.sealed,
		len(part[2]) != e.content.iv, len(part[3]) == 0, len(part[4]) != e.content.tag:
		return fault(ErrMalformed, "segments as long as alg and enc say")
	}
	return nil
}
