// Package jose reads and writes signed messages in the compact form (JWS) and
// the key sets that go with them (JWK), and takes one spelling of each only.
//
// [Parse] reads a message strictly, [Message.Verify] checks it with one key;
// [ParseSet] reads the keys that somebody publishes; [Signer] signs. The
// cryptography is jwx's, but two kinds of signatures are verified with the
// standard library: RSASSA-PSS because jwx takes any salt length, and ECDSA to
// be fast. This is the only package that knows jwx.
//
// Not checked here: who the issuer is, times, claims. Shared secrets (HS256 and
// its kin), "none" and the JSON serializations do not exist here. [ParseEnvelope]
// and [Envelope.Open] read encrypted messages; nothing here makes them.
//
// Rules: RFC 7515 (JWS), RFC 7516 (JWE), RFC 7517 (JWK), RFC 7518 (algorithms),
// RFC 8037 (EdDSA), RFC 7638 (thumbprints), RFC 8725 (best practice).
package jose

import "errors"

// What can be wrong. Compare with [errors.Is].
var (
	ErrTooLarge    = errors.New("jose: message too large")
	ErrMalformed   = errors.New("jose: not a compact signed message")
	ErrAlgorithm   = errors.New("jose: algorithm not allowed")
	ErrUnknownKey  = errors.New("jose: unknown key")
	ErrKeyUnusable = errors.New("jose: key unusable")
	ErrSignature   = errors.New("jose: wrong signature")
	ErrHeader      = errors.New("jose: header not allowed")
	ErrSet         = errors.New("jose: not a usable key set")
)

// Error says which rule was broken and what was wanted, never what was found.
type Error struct {
	Kind error  // one of the errors above
	Want string // what was wanted
}

// Error gives the kind and what was wanted.
func (e *Error) Error() string { return e.Kind.Error() + ", want " + e.Want }

// Unwrap gives the kind.
func (e *Error) Unwrap() error { return e.Kind }

func fault(kind error, want string) error { return &Error{Kind: kind, Want: want} }
