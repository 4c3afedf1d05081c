package launch

import (
	"bytes"
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"sync"

	"github.com/verktoykatalog/verktoy/internal/jose"
	"github.com/verktoykatalog/verktoy/internal/unset"
)

// ErrPassphrase says that a record cannot be opened with the passphrase: it is
// another one's, or the record was changed. Nobody can tell which.
var ErrPassphrase = errors.New("launch: wrong passphrase for the keys, or the record was changed")

// minPassphrase is in bytes. A passphrase guards a file that may be copied and
// tried on at leisure: take one that a machine made.
const minPassphrase = 12

// SealKeys gives a [KeyStore] that keeps its records in another one, encrypted
// with a passphrase: compact JWE with PBES2-HS512+A256KW, 210,000 rounds (RFC
// 7518, section 4.8). A record that is not sealed is refused, as is an old one
// that somebody put in the place of a newer. Without the passphrase the keys are
// lost. The passphrase has at least 12 bytes, or there is an error; let a machine
// make it.
func SealKeys(store KeyStore, passphrase []byte) (KeyStore, error) {
	return sealKeys(store, passphrase, jose.PasswordRounds)
}

func sealKeys(store KeyStore, passphrase []byte, rounds int) (KeyStore, error) {
	var f faults
	f.check(!unset.Is(store), "the store is nil")
	f.check(len(passphrase) >= minPassphrase, fmt.Sprintf("the passphrase has less than %d bytes", minPassphrase))
	if err := f.err("SealKeys"); err != nil {
		return nil, err
	}
	own := bytes.Clone(passphrase)
	return &sealedKeys{
		store: store,
		seal:  func(plain []byte) (string, error) { return jose.SealPassword(plain, own, rounds) },
		open:  func(text string) ([]byte, error) { return jose.OpenPassword(text, own) },
		last:  &opened{},
	}, nil
}

// sealedKeys holds the passphrase in functions, so that printing shows none of it.
type sealedKeys struct {
	store KeyStore
	seal  func(plain []byte) (string, error)
	open  func(text string) ([]byte, error)
	last  *opened
}

// opened remembers what was opened last: deriving the key takes a tenth of a second.
type opened struct {
	sync.Mutex
	text  []byte
	plain []byte
}

func (s *sealedKeys) Load(ctx context.Context) (KeyRecord, int64, error) {
	text, revision, err := s.store.Load(ctx)
	if err != nil || revision == 0 {
		return nil, revision, err
	}
	plain, err := s.plain(text)
	if err != nil {
		return nil, 0, err
	}
	record, inner, err := decodeRecord(plain)
	if err != nil || inner != revision {
		return nil, 0, fmt.Errorf("%w: the sealed revision is another one", ErrKeyRecord)
	}
	return record, revision, nil
}

func (s *sealedKeys) plain(text []byte) ([]byte, error) {
	s.last.Lock()
	defer s.last.Unlock()
	if s.last.text != nil && subtle.ConstantTimeCompare(s.last.text, text) == 1 {
		return s.last.plain, nil
	}
	plain, err := s.open(string(text))
	switch {
	case errors.Is(err, jose.ErrPassword):
		return nil, ErrPassphrase
	case err != nil:
		return nil, fmt.Errorf("%w: not sealed with a passphrase", ErrKeyRecord)
	}
	s.last.text, s.last.plain = bytes.Clone(text), plain
	return plain, nil
}

func (s *sealedKeys) Save(ctx context.Context, record KeyRecord, revision int64) error {
	text, err := s.seal(encodeRecord(record, revision+1))
	if err != nil {
		return fmt.Errorf("launch: seal keys: %w", err)
	}
	return s.store.Save(ctx, KeyRecord(text), revision)
}

const recordHead = "verktoy-keys 1 "

// encodeRecord is a line with the revision, and the record.
func encodeRecord(record KeyRecord, revision int64) []byte {
	return append(fmt.Appendf(nil, "%s%d\n", recordHead, revision), record...)
}

// decodeRecord takes what encodeRecord gives, in its one spelling.
func decodeRecord(data []byte) (KeyRecord, int64, error) {
	line, record, found := bytes.Cut(data, []byte("\n"))
	var revision int64
	_, err := fmt.Sscanf(string(line), recordHead+"%d", &revision)
	if err != nil || !found || revision < 1 || !bytes.Equal(data, encodeRecord(record, revision)) {
		return nil, 0, fmt.Errorf("%w: want a first line %q with the revision", ErrKeyRecord, recordHead)
	}
	return bytes.Clone(record), revision, nil
}
