package launchtest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/verktoykatalog/verktoy/launch"
)

// TestKeyStore runs [CheckKeyStore] as a test; open makes an empty store each time.
func TestKeyStore(t *testing.T, open func(t *testing.T) launch.KeyStore) {
	t.Helper()
	if err := CheckKeyStore(t.Context(), func() launch.KeyStore { return open(t) }); err != nil {
		t.Error(err)
	}
}

// CheckKeyStore checks what launch.KeyStore promises: what was saved comes back
// byte for byte, only the newest revision can be replaced, and of many who try at
// once one succeeds. Open makes an empty store for each check. That a record
// outlives a crash is not checked.
func CheckKeyStore(ctx context.Context, open func() launch.KeyStore) error {
	for _, check := range []struct {
		name string
		run  func(context.Context, launch.KeyStore) error
	}{
		{"empty store", emptyStore}, {"round trip", roundTrip}, {"other revisions", otherRevisions},
		{"the caller's bytes", callersBytes}, {"ended context", endedSave}, {"saved at once", savedAtOnce},
	} {
		if err := check.run(ctx, open()); err != nil {
			return fmt.Errorf("launchtest: key store: %s: %w", check.name, err)
		}
	}
	return nil
}

// holds checks what a store has, in words that show nothing of it.
func holds(ctx context.Context, s launch.KeyStore, want []byte, revision int64) error {
	record, have, err := s.Load(ctx)
	switch {
	case err != nil:
		return err
	case have != revision:
		return fmt.Errorf("got revision %d, want %d", have, revision)
	case !bytes.Equal(record, want):
		return fmt.Errorf("revision %d: got another record of %d bytes, want one of %d", revision, len(record), len(want))
	}
	return nil
}

func emptyStore(ctx context.Context, s launch.KeyStore) error {
	record, revision, err := s.Load(ctx)
	if err == nil && (record != nil || revision != 0) {
		err = fmt.Errorf("got %d bytes of revision %d, want nil and 0", len(record), revision)
	}
	return err
}

func roundTrip(ctx context.Context, s launch.KeyStore) error {
	every := make([]byte, 256)
	for i := range every {
		every[i] = byte(i)
	}
	records := [][]byte{every, []byte("\n"), []byte("{\"kid\":\"\u00e5\"}\n\n"), bytes.Repeat(every, 400), []byte("x"), {0xff, 0}}
	for i, record := range records {
		if err := s.Save(ctx, record, int64(i)); err != nil {
			return fmt.Errorf("save %d: %w", i+1, err)
		}
		for range 2 {
			if err := holds(ctx, s, record, int64(i+1)); err != nil {
				return err
			}
		}
	}
	return nil
}

func otherRevisions(ctx context.Context, s launch.KeyStore) error {
	if err := conflict(ctx, s, 1); err != nil { // of an empty store
		return err
	}
	for i := range int64(3) {
		if err := s.Save(ctx, fmt.Appendf(nil, "record %d", i+1), i); err != nil {
			return err
		}
	}
	for _, revision := range []int64{0, 1, 2, 4, -1} {
		if err := conflict(ctx, s, revision); err != nil {
			return err
		}
	}
	return holds(ctx, s, []byte("record 3"), 3)
}

func conflict(ctx context.Context, s launch.KeyStore, revision int64) error {
	if err := s.Save(ctx, launch.KeyRecord("late"), revision); !errors.Is(err, launch.ErrKeyConflict) {
		return fmt.Errorf("save with revision %d: got error %v, want launch.ErrKeyConflict", revision, err)
	}
	return nil
}

func callersBytes(ctx context.Context, s launch.KeyStore) error {
	record := launch.KeyRecord("record")
	if err := s.Save(ctx, record, 0); err != nil {
		return err
	}
	record[0] = 'X'
	loaded, _, err := s.Load(ctx)
	if err != nil {
		return err
	}
	if len(loaded) > 0 {
		loaded[0] = 'Y'
	}
	return holds(ctx, s, []byte("record"), 1)
}

// endedSave: it may work or not, but not half.
func endedSave(ctx context.Context, s launch.KeyStore) error {
	ended, cancel := context.WithCancel(ctx)
	cancel()
	err := s.Save(ended, launch.KeyRecord("record"), 0)
	if errors.Is(err, launch.ErrKeyConflict) {
		return err
	}
	if err == nil {
		return holds(ctx, s, []byte("record"), 1)
	}
	if holds(ctx, s, nil, 0) == nil || holds(ctx, s, []byte("record"), 1) == nil {
		return nil
	}
	return errors.New("neither the old record nor the new")
}

const saveRounds = 100

// savedAtOnce lets savers of one revision start together, round after round.
func savedAtOnce(ctx context.Context, s launch.KeyStore) error {
	for revision := range int64(saveRounds) {
		winners, err := saveRace(ctx, s, revision)
		if err != nil {
			return err
		}
		if len(winners) != 1 {
			return fmt.Errorf("%d of %d savers of one revision succeeded, want exactly one", len(winners), callers)
		}
		if err := holds(ctx, s, winners[0], revision+1); err != nil {
			return err
		}
	}
	return nil
}

func saveRace(ctx context.Context, s launch.KeyStore, revision int64) (winners [][]byte, err error) {
	var ready atomic.Int32
	var lock sync.Mutex
	var all sync.WaitGroup
	for i := range callers {
		all.Go(func() {
			record := fmt.Appendf(nil, "saver %d of %d", i, revision)
			for ready.Add(1); ready.Load() < callers; {
				runtime.Gosched()
			}
			failed := s.Save(ctx, record, revision)
			lock.Lock()
			defer lock.Unlock()
			if failed == nil {
				winners = append(winners, record)
			} else if !errors.Is(failed, launch.ErrKeyConflict) {
				err = failed
			}
		})
	}
	all.Wait()
	return winners, err
}
