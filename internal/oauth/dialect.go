package oauth

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"time"

	"github.com/verktoykatalog/verktoy/internal/jose"
)

// Signer signs a compact message with the header members alg, kid and typ.
type Signer interface {
	Sign(typ string, payload []byte) (string, error)
}

// AssertionType is the client_assertion_type that goes with an assertion. RFC 7523, section 2.2.
const AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

// Dialect is how a server wants its clients to prove who they are with a signed
// message (private_key_jwt, RFC 7523). The servers' rules contradict each other,
// so a dialect is never guessed: take [Helsenorge], [HelseID] or [SMART]. The
// zero Dialect makes nothing.
type Dialect struct {
	// Type is the header's typ.
	Type string
	// Algorithms are those that the server takes.
	Algorithms []string
	// Lifetime is exp less iat of what is made; at most Longest.
	Lifetime time.Duration
	// Longest is the greatest lifetime that the server takes.
	Longest time.Duration
	// NotBefore says that there is an nbf, equal to iat.
	NotBefore bool
}

// Helsenorge's assertion lives strictly less than 120 s. Its documentation names
// RS256; a client in operation signs with PS512 and 60 s.
func Helsenorge() Dialect {
	return Dialect{Type: "JWT", Algorithms: []string{"RS256", "PS512"}, Lifetime: time.Minute, Longest: 119 * time.Second, NotBefore: true}
}

// HelseID's assertion lives at most 60 s and has a type of its own. RSA with the
// old padding (RS256 and its kin) is left out: FAPI 2.0, section 5.4.1, forbids it.
func HelseID() Dialect {
	return Dialect{Type: "client-authentication+jwt", Algorithms: []string{"PS256", "PS384", "PS512", "ES256", "ES384", "ES512"},
		Lifetime: 30 * time.Second, Longest: time.Minute, NotBefore: true}
}

// SMART is the dialect of SMART App Launch 2.2. Its audience is the token
// endpoint's address, where the others want the issuer.
func SMART() Dialect {
	return Dialect{Type: "JWT", Algorithms: []string{"RS384", "ES384"}, Lifetime: time.Minute, Longest: 5 * time.Minute}
}

// ErrAssertion is what no client assertion can be made for: a client that is
// not set up, or a key whose algorithm the server does not take.
var ErrAssertion = errors.New("oauth: no client assertion")

// Assertion makes a client assertion for one attempt: never send one twice. RFC
// 7523, section 3. Audience stands alone, as a string: a list with the addresses
// of others would let one server use the assertion at another. The error is
// [ErrAssertion] or the signer's.
func (d Dialect) Assertion(s Signer, clientID, audience string, now time.Time) (string, error) {
	return d.AssertionWith(s, clientID, audience, now, nil)
}

// AssertionWith is [Dialect.Assertion] with more claims, under other names than its own.
func (d Dialect) AssertionWith(s Signer, clientID, audience string, now time.Time, more map[string]any) (string, error) {
	if err := d.check(s, clientID, audience); err != nil {
		return "", err
	}
	claims := maps.Clone(more)
	if claims == nil {
		claims = map[string]any{}
	}
	maps.Copy(claims, map[string]any{"iss": clientID, "sub": clientID, "aud": audience, "jti": GUID(),
		"iat": now.Unix(), "exp": now.Add(d.Lifetime).Unix()})
	if d.NotBefore {
		claims["nbf"] = now.Unix()
	}
	payload, err := json.Marshal(claims)
	if err != nil {
		return "", err
	}
	return d.sign(s, payload)
}

func (d Dialect) sign(s Signer, payload []byte) (string, error) {
	signed, err := s.Sign(d.Type, payload)
	if err != nil {
		return "", err
	}
	if err := d.checkSigned(signed); err != nil {
		return "", err
	}
	return signed, nil
}

func (d Dialect) check(s Signer, clientID, audience string) error {
	switch {
	case d.Type == "" || len(d.Algorithms) == 0:
		return fmt.Errorf("%w: want a dialect", ErrAssertion)
	case d.Lifetime < time.Second || d.Lifetime > d.Longest:
		return fmt.Errorf("%w: want a lifetime from a second to %v", ErrAssertion, d.Longest)
	case s == nil || clientID == "" || audience == "":
		return fmt.Errorf("%w: want a signer, a client id and an audience", ErrAssertion)
	}
	return nil
}

// checkSigned looks at what the signer made: only there does it say which key and algorithm it took.
func (d Dialect) checkSigned(signed string) error {
	m, err := jose.Parse(signed, d.Algorithms)
	switch {
	case errors.Is(err, jose.ErrAlgorithm):
		return fmt.Errorf("%w: want a key for one of the server's algorithms, %v", ErrAssertion, d.Algorithms)
	case err != nil || m.Type != d.Type:
		return fmt.Errorf("%w: want a signer that makes compact messages of the type asked for", ErrAssertion)
	}
	return nil
}

// GUID makes a random one (RFC 9562, version 4), for identifiers that are used once.
func GUID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails, says its documentation
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}
