package launchtest_test

import (
	"bytes"
	"context"
	"errors"
	"runtime"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

func TestMemoryKeysMeetTheContract(t *testing.T) {
	launchtest.TestKeyStore(t, func(*testing.T) launch.KeyStore { return launch.NewMemoryKeys() })
}

// brokenKeys is a store that can be spoiled in one way at a time.
type brokenKeys struct {
	sync.Mutex
	record   []byte
	revision int64

	torn, aliases, anyOlder, anyRevision, halves, noConflict, emptyNotNil, saysSaved bool
	spoil                                                                            func([]byte) []byte
	err                                                                              error
}

func (b *brokenKeys) Load(context.Context) (launch.KeyRecord, int64, error) {
	b.Lock()
	defer b.Unlock()
	if b.emptyNotNil && b.revision == 0 {
		return launch.KeyRecord{}, 0, b.err
	}
	if b.aliases {
		return b.record, b.revision, b.err
	}
	return bytes.Clone(b.record), b.revision, b.err
}

func (b *brokenKeys) Save(ctx context.Context, record launch.KeyRecord, revision int64) error {
	b.Lock()
	defer b.Unlock()
	ended := ctx.Err()
	if ended != nil && !b.halves && !b.saysSaved {
		return ended
	}
	if fits := b.revision == revision || b.anyRevision || b.anyOlder && revision < b.revision; !fits {
		if b.noConflict {
			return errors.New("another revision")
		}
		return launch.ErrKeyConflict
	}
	if b.torn {
		b.Unlock()
		runtime.Gosched()
		b.Lock()
	}
	return b.put(record, revision, ended)
}

func (b *brokenKeys) put(record []byte, revision int64, ended error) error {
	if ended != nil && b.saysSaved {
		return nil
	}
	if !b.aliases {
		record = bytes.Clone(record)
	}
	if b.spoil != nil {
		record = b.spoil(record)
	}
	if ended != nil && b.halves {
		record = record[:1]
	}
	b.record, b.revision = record, revision+1
	return ended
}

func TestTheSuiteFindsBrokenKeyStores(t *testing.T) {
	cases := []struct {
		name  string
		store *brokenKeys
		want  string
	}{
		{"looks, then leaps", &brokenKeys{torn: true}, "saved at once"},
		{"takes older revisions", &brokenKeys{anyOlder: true}, "other revisions"},
		{"takes any revision", &brokenKeys{anyRevision: true}, "other revisions"},
		{"another error", &brokenKeys{noConflict: true}, "other revisions"},
		{"keeps the caller's bytes", &brokenKeys{aliases: true}, "the caller's bytes"},
		{"writes half", &brokenKeys{halves: true}, "ended context"},
		{"says that it saved", &brokenKeys{saysSaved: true}, "ended context"},
		{"trims", &brokenKeys{spoil: bytes.TrimSpace}, "round trip"},
		{"takes it for text", &brokenKeys{spoil: func(b []byte) []byte { return bytes.ToValidUTF8(b, []byte("?")) }}, "round trip"},
		{"prints the record", &brokenKeys{spoil: func(b []byte) []byte { text, _ := launch.KeyRecord(b).MarshalText(); return text }}, "round trip"},
		{"cuts", &brokenKeys{spoil: func(b []byte) []byte { return b[:min(len(b), 65535)] }}, "round trip"},
		{"empty is not nil", &brokenKeys{emptyNotNil: true}, "empty store"},
		{"is down", &brokenKeys{err: errors.New("down")}, "down"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			open := func() launch.KeyStore {
				fresh := brokenKeys{torn: c.store.torn, aliases: c.store.aliases, anyOlder: c.store.anyOlder, anyRevision: c.store.anyRevision,
					halves: c.store.halves, noConflict: c.store.noConflict, emptyNotNil: c.store.emptyNotNil, saysSaved: c.store.saysSaved,
					spoil: c.store.spoil, err: c.store.err}
				return &fresh
			}
			require.ErrorContains(t, launchtest.CheckKeyStore(t.Context(), open), c.want)
		})
	}
}
