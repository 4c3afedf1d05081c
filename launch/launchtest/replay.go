package launchtest

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/verktoykatalog/verktoy/launch"
)

// TestReplayStore runs [CheckReplayStore] as a test; open makes an empty store each time.
func TestReplayStore(t *testing.T, open func(t *testing.T) launch.ReplayStore) {
	t.Helper()
	if err := CheckReplayStore(t.Context(), func() launch.ReplayStore { return open(t) }); err != nil {
		t.Error(err)
	}
}

// until is far enough for every clock that a store may have.
var until = time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC)

// CheckReplayStore checks what launch.ReplayStore promises: the first time and
// no other, per issuer, byte for byte, whoever comes at once. Open makes an empty
// store for each check. That entries are forgotten after their time is not checked.
func CheckReplayStore(ctx context.Context, open func() launch.ReplayStore) error {
	for _, check := range []struct {
		name string
		run  func(context.Context, launch.ReplayStore) error
	}{
		{"a second time", secondTime}, {"other ids and issuers", others}, {"until is not part of the key", otherUntil},
		{"many entries", manyEntries}, {"ended context", endedContext}, {"at once", atOnce},
	} {
		if err := check.run(ctx, open()); err != nil {
			return fmt.Errorf("launchtest: replay store: %s: %w", check.name, err)
		}
	}
	return nil
}

func expect(ctx context.Context, s launch.ReplayStore, issuer, id string, want bool) error {
	first, err := s.Consume(ctx, issuer, id, until)
	if err != nil {
		return err
	}
	if first != want {
		return fmt.Errorf("issuer %q, id of %d bytes: got first %t, want %t", issuer, len(id), first, want)
	}
	return nil
}

func secondTime(ctx context.Context, s launch.ReplayStore) error {
	for i, want := range []bool{true, false, false} {
		if err := expect(ctx, s, "https://a.example", "0123456789abcdef", want); err != nil {
			return fmt.Errorf("call %d: %w", i+1, err)
		}
	}
	return nil
}

// others look alike, and each is its own.
func others(ctx context.Context, s launch.ReplayStore) error {
	long := strings.Repeat("j", 255)
	for _, pair := range [][2]string{{"https://a.example", "id"}, {"https://b.example", "id"}, {"https://a.example", "ID"},
		{"https://A.example", "id"}, {"https://a.exampl", "eid"}, {"https://a.examplei", "d"}, {"https://a.example", "id "},
		{"https://a.example", "\u00e5"}, {"https://a.example", "a\u030a"}, {"https://a.example", "%"}, {"https://a.example", "_"},
		{"https://a.example", long}, {"https://a.example", long[:254] + "k"}, {"https://a.example", "'; --"}} {
		if err := expect(ctx, s, pair[0], pair[1], true); err != nil {
			return err
		}
	}
	return expect(ctx, s, "https://a.example", "id", false)
}

func otherUntil(ctx context.Context, s launch.ReplayStore) error {
	if err := expect(ctx, s, "https://a.example", "id", true); err != nil {
		return err
	}
	first, err := s.Consume(ctx, "https://a.example", "id", until.Add(-time.Hour))
	if err == nil && first {
		err = fmt.Errorf("the same id with another until is taken for new")
	}
	return err
}

func manyEntries(ctx context.Context, s launch.ReplayStore) error {
	for _, want := range []bool{true, false} {
		for i := range 300 {
			if err := expect(ctx, s, "https://a.example", fmt.Sprintf("id-%d", i), want); err != nil {
				return err
			}
		}
	}
	return nil
}

// endedContext: an answer may come or not, but not two times "first".
func endedContext(ctx context.Context, s launch.ReplayStore) error {
	ended, cancel := context.WithCancel(ctx)
	cancel()
	first, err := s.Consume(ended, "https://a.example", "id", until)
	if err != nil && first {
		return fmt.Errorf("first together with an error")
	}
	again, err := s.Consume(ctx, "https://a.example", "id", until)
	if err == nil && first && again {
		err = fmt.Errorf("first twice")
	}
	return err
}

const rounds, callers = 1000, 8

// atOnce lets callers start together: they spin on a counter until all are there.
func atOnce(ctx context.Context, s launch.ReplayStore) error {
	for round := range rounds {
		won, err := race(ctx, s, fmt.Sprintf("round-%d", round))
		if err != nil {
			return err
		}
		if won != 1 {
			return fmt.Errorf("%d of %d callers were first, want exactly one", won, callers)
		}
	}
	return nil
}

func race(ctx context.Context, s launch.ReplayStore, id string) (won int32, err error) {
	var ready, first atomic.Int32
	var fault atomic.Pointer[error]
	var all sync.WaitGroup
	for range callers {
		all.Go(func() {
			for ready.Add(1); ready.Load() < callers; {
				runtime.Gosched()
			}
			is, err := s.Consume(ctx, "https://a.example", id, until)
			if err != nil {
				fault.Store(&err)
			} else if is {
				first.Add(1)
			}
		})
	}
	all.Wait()
	if p := fault.Load(); p != nil {
		err = *p
	}
	return first.Load(), err
}
