package approvalsign

import (
	"fmt"
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/internal/jose"
)

// Signature is what [Verify] found to be signed. The zero Signature is none.
type Signature struct {
	// Affirmation is what was affirmed, by whom and when, in UTC. The time is
	// the signer's own word.
	Affirmation
	// KeyID and Algorithm are those of the key that signed.
	KeyID     string
	Algorithm string
	// Canonical is the digest of the document in its canonical form (RFC 8785),
	// which is not the digest that a decision names: [approval.SelfDeclaration.Digest].
	Canonical approval.Digest
}

// Verify checks a signature of a declaration, as it is in its file, with the
// vendor's keys. Only the algorithms in the list are accepted, each with a key
// that names it as its own; none accepts nothing. See the errors for what is
// refused; crit and every header member but alg, kid, typ and affirmation are
// [ErrHeader].
//
// Who owns the key, whether the declaration is valid, and whether the affirmed
// time is right are not checked.
func Verify(data []byte, signature string, keys Keys, accepted []string) (Signature, error) {
	if err := configured(keys, accepted); err != nil {
		return Signature{}, err
	}
	d, err := readDocument(data)
	if err != nil {
		return Signature{}, err
	}
	m, err := jose.ParseDetached(signature, d.canonical, accepted)
	if err != nil {
		return Signature{}, fromJOSE(err)
	}
	if err := authentic(m, keys); err != nil {
		return Signature{}, err
	}
	return affirmed(m, d)
}

func configured(keys Keys, accepted []string) error {
	unknown := func(a string) bool { return !slices.Contains(algorithms, a) }
	if keys.set == nil || len(accepted) == 0 || slices.ContainsFunc(accepted, unknown) {
		return fmt.Errorf("%w, want keys of ParseKeys and at least one of %s", ErrConfig, strings.Join(algorithms, ", "))
	}
	return nil
}

// authentic finds the key by its kid, and checks signature, header and type.
func authentic(m *jose.Message, keys Keys) error {
	if !m.HasKeyID || m.KeyID == "" {
		return fmt.Errorf("%w, want a kid", ErrUnknownKey)
	}
	key, err := keys.set.Key(m.KeyID)
	if err != nil {
		return fromJOSE(err)
	}
	if err := m.Verify(key, "affirmation"); err != nil {
		return fromJOSE(err)
	}
	if m.Type != Type {
		return fmt.Errorf("%w, want typ %s", ErrType, Type)
	}
	return nil
}

func affirmed(m *jose.Message, d document) (Signature, error) {
	a, err := readAffirmation(m.Header("affirmation"))
	if err != nil {
		return Signature{}, err
	}
	if err := d.by(a); err != nil {
		return Signature{}, err
	}
	return Signature{Affirmation: a, KeyID: m.KeyID, Algorithm: m.Algorithm, Canonical: approval.DigestOf(d.canonical)}, nil
}
