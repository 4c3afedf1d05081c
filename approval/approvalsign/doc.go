// Package approvalsign signs self-declarations and checks the signatures, so
// that what was declared, and by whom, can be shown years later.
//
// [Sign] makes a signature of a declaration with the vendor's key and an
// [Affirmation]: what a person affirms, who and when. [Verify] checks one and
// says what was affirmed. The signature is a JWS with a detached payload (RFC
// 7515, appendix F), one line of text that is kept beside the document. The
// payload is the document in its canonical form (RFC 8785), so that white space
// and the order of members do not matter, and every changed value does. Its
// header has alg, kid, typ ([Type], this project's own label) and affirmation.
//
// The caller gets the vendor's public keys to [Keys] from where they can be
// trusted, and says which algorithms are accepted.
//
// Not checked here: who owns a key and may sign for the vendor; whether the
// person exists; whether the time that was affirmed is right, for it is the
// signer's own word; whether the declaration is valid (approval.CheckDeclaration)
// or what it comes to (approval.Evaluate); whether a key was withdrawn since.
//
// Before version 1 exported names may still change; changes are listed.
package approvalsign

import (
	"errors"
	"fmt"

	"github.com/verktoykatalog/verktoy/internal/jose"
)

// Type is the header's typ.
const Type = "verktoy-declaration+jws"

// The algorithms (RFC 7518 and RFC 8037). There are no others here.
const (
	ES256 = "ES256"
	PS256 = "PS256"
	EdDSA = "EdDSA" // with Ed25519
)

var algorithms = []string{ES256, PS256, EdDSA}

// MaxDocument is the greatest size of a document, in bytes.
const MaxDocument = 1 << 20

// What can be wrong. All but [ErrConfig] and [ErrKey] are [ErrRefused] as well.
var (
	// ErrRefused: the document or the signature is refused.
	ErrRefused = errors.New("approvalsign: refused")
	// ErrDocument: the document is no JSON object with one meaning, such as one
	// with the same member twice or a whole number beyond 2^53.
	ErrDocument = fmt.Errorf("%w: document", ErrRefused)
	// ErrMalformed: the signature is no compact JWS with a detached payload.
	ErrMalformed = fmt.Errorf("%w: signature malformed", ErrRefused)
	// ErrAlgorithm: the algorithm is not accepted, or is not the key's.
	ErrAlgorithm = fmt.Errorf("%w: algorithm", ErrRefused)
	// ErrUnknownKey: the signature names no key, or none of the vendor's.
	ErrUnknownKey = fmt.Errorf("%w: unknown key", ErrRefused)
	// ErrKeyUnusable: the named key may not check signatures.
	ErrKeyUnusable = fmt.Errorf("%w: key unusable", ErrRefused)
	// ErrSignature: it is no signature of this document by this key.
	ErrSignature = fmt.Errorf("%w: wrong signature", ErrRefused)
	// ErrHeader: the header has members that do not belong there.
	ErrHeader = fmt.Errorf("%w: header", ErrRefused)
	// ErrType: the signature is made for something else.
	ErrType = fmt.Errorf("%w: type", ErrRefused)
	// ErrAffirmation: statement, name or time is missing or cannot be used.
	ErrAffirmation = fmt.Errorf("%w: affirmation", ErrRefused)
	// ErrSignatory: somebody else affirms than the document's signedBy says.
	ErrSignatory = fmt.Errorf("%w: signatory", ErrRefused)

	// ErrConfig: keys or algorithms are missing, or not those that exist here.
	ErrConfig = errors.New("approvalsign: keys and algorithms")
	// ErrKey: a key cannot be read or may not be used. Nothing of it is in the error.
	ErrKey = errors.New("approvalsign: key")
)

// kinds are the errors for those of package jose.
var kinds = []struct{ from, to error }{
	{jose.ErrTooLarge, ErrMalformed},
	{jose.ErrMalformed, ErrMalformed},
	{jose.ErrAlgorithm, ErrAlgorithm},
	{jose.ErrUnknownKey, ErrUnknownKey},
	{jose.ErrKeyUnusable, ErrKeyUnusable},
	{jose.ErrSignature, ErrSignature},
	{jose.ErrHeader, ErrHeader},
}

// fromJOSE keeps what was wanted.
func fromJOSE(err error) error {
	var e *jose.Error
	if !errors.As(err, &e) {
		return ErrRefused
	}
	for _, k := range kinds {
		if e.Kind == k.from {
			return fmt.Errorf("%w, want %s", k.to, e.Want)
		}
	}
	return ErrRefused
}
