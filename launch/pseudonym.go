package launch

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/verktoykatalog/verktoy/internal/unset"
)

// PseudonymStore keeps which pseudonym a person has in a domain. Run
// launchtest.TestPseudonymStore on every implementation. A store is as secret as
// the persons in it: it is the only way from a pseudonym back to them.
type PseudonymStore interface {
	// Keep gives the pseudonym that is kept for this person in this domain. If
	// there is none, it keeps the proposed one and gives that, in the same
	// step: of many callers at once, on any number of machines, all get the
	// same. Domain and person are compared byte for byte; what is kept in one
	// domain means nothing in another.
	Keep(ctx context.Context, domain, person, proposed string) (pseudonym string, err error)
	// Forget drops the person's pseudonyms in all domains; there may be none.
	// The person gets new ones the next time, and nobody can join them to the old.
	Forget(ctx context.Context, person string) error
}

// Pseudonyms gives a portal the ids by which it names persons to tools. HTI 2.0,
// "Personal data": random, persistent, unique in the domain, different in each
// domain, and not to be guessed.
//
// An id is random. It is not computed from the person's key, with or without a
// secret: what is computed can be computed again by whoever gets the secret, and
// identity numbers are few enough to try them all.
type Pseudonyms struct{ store PseudonymStore }

// NewPseudonyms keeps the ids in the store, which must not be nil.
func NewPseudonyms(store PseudonymStore) (*Pseudonyms, error) {
	if unset.Is(store) {
		return nil, errors.New("launch: pseudonyms: the store is nil")
	}
	return &Pseudonyms{store}, nil
}

// maxPersonKey bounds a domain and a person's key, in bytes.
const maxPersonKey = 255

// For gives the person's id in the domain, the same every time: 26 lower-case
// letters and digits with 130 random bits, letters among them, as the id of a
// [Party]. The domain is one tool, in general its audience; two tools may share
// one only when the same two legal entities need it. The person is the portal's
// own key. Both are 1 to 255 bytes of UTF-8 without control characters. The key
// does not leave the store, and is in no error. Errors are those of the store,
// one for a domain or person of another form, and one for a store that gives what
// is no pseudonym.
func (p *Pseudonyms) For(ctx context.Context, domain, person string) (string, error) {
	for name, text := range map[string]string{"domain": domain, "person": person} {
		if text == "" || len(text) > maxPersonKey || !utf8.ValidString(text) || strings.ContainsFunc(text, unicode.IsControl) {
			return "", fmt.Errorf("launch: pseudonyms: the %s is not 1 to 255 bytes of UTF-8 without control characters", name)
		}
	}
	id, err := p.store.Keep(ctx, domain, person, newPseudonym())
	if err != nil {
		return "", fmt.Errorf("launch: pseudonyms: %w", err)
	}
	if _, err := ParseParty(id); err != nil || PersonalData(id) || id == person {
		return "", errors.New("launch: pseudonyms: the store gave what is no pseudonym")
	}
	return id, nil
}

// Forget drops the person's ids in all domains. What tools keep under them stays
// with the tools, and nobody can find its person any more.
func (p *Pseudonyms) Forget(ctx context.Context, person string) error {
	if err := p.store.Forget(ctx, person); err != nil {
		return fmt.Errorf("launch: pseudonyms: %w", err)
	}
	return nil
}

// newPseudonym throws again what looks like a number: about one of ten million
// has eleven digits in a row.
func newPseudonym() string {
	for {
		id := strings.ToLower(rand.Text())
		if !PersonalData(id) && strings.ContainsAny(id, "abcdefghijklmnopqrstuvwxyz") {
			return id
		}
	}
}

// MemoryPseudonyms is a [PseudonymStore] for one process, for tests and trials:
// persons get other ids when it starts again. Its zero value is empty and ready.
type MemoryPseudonyms struct {
	mu      sync.Mutex
	persons map[string]map[string]string // person, domain, pseudonym
}

var _ PseudonymStore = (*MemoryPseudonyms)(nil)

// Keep implements [PseudonymStore]. The only error is the context's.
func (m *MemoryPseudonyms) Keep(ctx context.Context, domain, person, proposed string) (string, error) {
	if err := ctx.Err(); err != nil {
		return "", err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if kept, there := m.persons[person][domain]; there {
		return kept, nil
	}
	if m.persons == nil {
		m.persons = map[string]map[string]string{}
	}
	if m.persons[person] == nil {
		m.persons[person] = map[string]string{}
	}
	m.persons[person][domain] = proposed
	return proposed, nil
}

// Forget implements [PseudonymStore]. The only error is the context's.
func (m *MemoryPseudonyms) Forget(ctx context.Context, person string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.persons, person)
	return nil
}

// Format prints how many persons there are, whatever the verb.
func (m *MemoryPseudonyms) Format(f fmt.State, _ rune) {
	m.mu.Lock()
	defer m.mu.Unlock()
	_, _ = fmt.Fprintf(f, "[%d persons]", len(m.persons))
}

// MarshalText is [redacted].
func (m *MemoryPseudonyms) MarshalText() ([]byte, error) { return []byte(redacted), nil }
