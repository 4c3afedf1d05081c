package launch

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"sync"
)

// KeyStore keeps the record of a [KeyRing], for all nodes that sign under one
// name. Run launchtest.TestKeyStore on every implementation.
type KeyStore interface {
	// Load gives what was saved last, byte for byte, and its revision: nil and 0
	// if nothing was ever saved. The caller may change the bytes. A store that
	// cannot tell returns an error, never an empty record.
	Load(ctx context.Context) (record KeyRecord, revision int64, err error)
	// Save puts a record in the place of the one with this revision (0: of
	// nothing); the new one has revision+1. If the store has another revision,
	// the error is [ErrKeyConflict] and nothing was changed: of many callers with
	// the same revision, on any number of machines, exactly one gets nil. After
	// nil the record outlives a crash. After any other error it may have been
	// saved or not. The bytes are copied.
	Save(ctx context.Context, record KeyRecord, revision int64) error
}

// ErrKeyConflict says that another node saved first: load and try again.
var ErrKeyConflict = errors.New("launch: another revision of the keys is in the store")

// ErrKeyRecord says that a record is not one that this program can read:
// damaged, sealed, or written by a newer program.
var ErrKeyRecord = errors.New("launch: unreadable key record")

// KeyRecord holds private keys. It prints as [redacted] everywhere, in JSON too:
// a store takes the bytes, []byte(record).
type KeyRecord []byte

// Format prints [redacted], whatever the verb.
func (KeyRecord) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, redacted) }

// MarshalText is [redacted].
func (KeyRecord) MarshalText() ([]byte, error) { return []byte(redacted), nil }

// LogValue is [redacted].
func (KeyRecord) LogValue() slog.Value { return slog.StringValue(redacted) }

// MemoryKeys is a [KeyStore] for one process, for tests and demonstrations: with
// the process its keys end, and with them all messages that are under way.
type MemoryKeys struct{ kept *memoryRecord }

// memoryRecord is behind a pointer, so that nothing of it is printed.
type memoryRecord struct {
	sync.Mutex
	record   KeyRecord
	revision int64
}

var _ KeyStore = (*MemoryKeys)(nil)

// NewMemoryKeys makes an empty store.
func NewMemoryKeys() *MemoryKeys { return &MemoryKeys{&memoryRecord{}} }

// Load implements [KeyStore]. The only error is the context's.
func (m *MemoryKeys) Load(ctx context.Context) (KeyRecord, int64, error) {
	m.kept.Lock()
	defer m.kept.Unlock()
	return bytes.Clone(m.kept.record), m.kept.revision, ctx.Err()
}

// Save implements [KeyStore].
func (m *MemoryKeys) Save(ctx context.Context, record KeyRecord, revision int64) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	m.kept.Lock()
	defer m.kept.Unlock()
	if revision != m.kept.revision {
		return ErrKeyConflict
	}
	m.kept.record, m.kept.revision = bytes.Clone(record), revision+1
	return nil
}
