package jose

import (
	"bytes"
	"encoding/base64"
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// MaxMessage is the greatest size of a message, in bytes.
const MaxMessage = 16 << 10

// Message is a parsed message whose signature is not checked yet.
type Message struct {
	// Algorithm is the header's alg; it was in the caller's list.
	Algorithm string
	// KeyID is the header's kid; HasKeyID says whether there is one.
	KeyID    string
	HasKeyID bool
	// Type is the header's typ, as it is written; "" if there is none.
	Type string
	// Payload is the decoded payload. Do not use it before Verify but to
	// find out whose key to take.
	Payload []byte

	header    *strictjson.Value
	signed    []byte
	signature []byte
}

// Parse reads a message in the compact serialization (RFC 7515, section 3.1):
// three segments, strict base64url without padding, line breaks or unused bits,
// a header of strict JSON with an algorithm from the list. The error is an
// [*Error] of kind [ErrTooLarge], [ErrMalformed] or [ErrAlgorithm].
func Parse(token string, allowed []string) (*Message, error) {
	if len(token) > MaxMessage {
		return nil, fault(ErrTooLarge, "at most 16 KiB")
	}
	return parse(token, allowed)
}

func parse(token string, allowed []string) (*Message, error) {
	first, last := strings.IndexByte(token, '.'), strings.LastIndexByte(token, '.')
	if first <= 0 || last == first || last == len(token)-1 || strings.IndexByte(token[first+1:last], '.') >= 0 {
		return nil, fault(ErrMalformed, "three segments, header and signature not empty")
	}
	m := &Message{}
	header, err := m.decode([]byte(token), first, last)
	if err != nil {
		return nil, err
	}
	return m, m.readHeader(header, allowed)
}

// decode takes the segments apart: up to first, up to last, and the rest.
func (m *Message) decode(token []byte, first, last int) (header []byte, err error) {
	m.signed = token[:last:last]
	if header, err = decodeBytes(token[:first]); err != nil {
		return nil, err
	}
	if m.Payload, err = decodeBytes(token[first+1 : last]); err != nil {
		return nil, err
	}
	m.signature, err = decodeBytes(token[last+1:])
	return header, err
}

var strict = base64.RawURLEncoding.Strict()

func decode(segment string) ([]byte, error) { return decodeBytes([]byte(segment)) }

// decodeBytes takes the one spelling only. Go's decoder skips CR and LF, even when strict.
func decodeBytes(segment []byte) ([]byte, error) {
	data := make([]byte, strict.DecodedLen(len(segment)))
	n, err := strict.Decode(data, segment)
	if err != nil || bytes.IndexByte(segment, '\r') >= 0 || bytes.IndexByte(segment, '\n') >= 0 {
		return nil, fault(ErrMalformed, "base64url without padding, white space or unused bits")
	}
	return data[:n], nil
}

func (m *Message) readHeader(header []byte, allowed []string) error {
	v, err := strictjson.Parse(header, strictjson.Message())
	if err != nil || v.Kind != strictjson.Object {
		return fault(ErrMalformed, "a header that is one JSON object with unique names")
	}
	m.header = v
	alg, err := text(v, "alg")
	if err != nil || !slices.Contains(allowed, alg) {
		return fault(ErrAlgorithm, strings.Join(allowed, ", "))
	}
	m.Algorithm = alg
	if m.KeyID, err = text(v, "kid"); err != nil {
		return err
	}
	_, m.HasKeyID = v.Member("kid")
	m.Type, err = text(v, "typ")
	return err
}

func text(v *strictjson.Value, name string) (string, error) {
	member, there := v.Member(name)
	switch {
	case !there:
		return "", nil
	case member.Kind != strictjson.String:
		return "", fault(ErrMalformed, "a header whose "+name+" is a string")
	}
	return member.Text, nil
}

// headers are the header's allowed members. Everything else is refused, most of
// all what asks for more understanding (crit, b64, zip) or brings a key of its
// own (jwk, jku, x5c, x5u): RFC 7515, section 4.1.11; RFC 8725, section 3.10.
var headers = []string{"alg", "kid", "typ"}

// Verify checks the signature with the key, and then that the header has only
// the members alg, kid, typ and those that are named: what the caller reads with
// [Message.Header], or knows to mean nothing here. The error is an [*Error] of
// kind [ErrKeyUnusable], [ErrAlgorithm] (the key is another algorithm's),
// [ErrSignature] or [ErrHeader].
func (m *Message) Verify(k *Key, also ...string) error {
	if err := k.Usable(); err != nil {
		return err
	}
	if k.Algorithm != m.Algorithm {
		return fault(ErrAlgorithm, "the key's own, "+k.Algorithm)
	}
	if err := k.check(m.signed, m.signature); err != nil {
		return fault(ErrSignature, "one by the named key over these bytes")
	}
	for _, member := range m.header.Members {
		if !slices.Contains(headers, member.Name) && !slices.Contains(also, member.Name) {
			return fault(ErrHeader, "no members but "+strings.Join(slices.Concat(headers, also), ", "))
		}
	}
	return nil
}

// Header gives a member of the header, and whether it is there. Before
// [Message.Verify] it is anybody's word.
func (m *Message) Header(name string) (*strictjson.Value, bool) { return m.header.Member(name) }

// String encodes the message again. It gives the bytes that [Parse] got: there
// is one spelling.
func (m *Message) String() string {
	return string(m.signed) + "." + base64.RawURLEncoding.EncodeToString(m.signature)
}
