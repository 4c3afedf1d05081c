package launchtest_test

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

func TestMemoryReplayMeetsTheContract(t *testing.T) {
	launchtest.TestReplayStore(t, func(*testing.T) launch.ReplayStore { return launch.NewMemoryReplay(launch.MemoryReplayConfig{}) })
}

// broken is a store with a key of its own making and perhaps a hole between look and leap.
type broken struct {
	sync.Mutex
	key  func(issuer, id string, until time.Time) string
	torn bool
	most int
	used map[string]bool
}

func (b *broken) Consume(_ context.Context, issuer, id string, until time.Time) (bool, error) {
	key := b.key(issuer, id, until)
	b.Lock()
	used := b.used[key]
	if b.torn {
		b.Unlock()
		runtime.Gosched()
		b.Lock()
	}
	defer b.Unlock()
	if b.most > 0 && len(b.used) >= b.most {
		clear(b.used)
	}
	b.used[key] = true
	return !used, nil
}

type failing struct{}

func (failing) Consume(context.Context, string, string, time.Time) (bool, error) {
	return false, errors.New("down")
}

// The suite itself must find what it is there for.
func TestTheSuiteFindsBrokenStores(t *testing.T) {
	whole := func(issuer, id string, _ time.Time) string { return issuer + "\x00" + id }
	cases := []struct {
		name string
		open func() launch.ReplayStore
		want string
	}{
		{"forgets at once", func() launch.ReplayStore { return &broken{key: whole, used: map[string]bool{}, most: 1} }, ""},
		{"evicts live entries", func() launch.ReplayStore { return &broken{key: whole, used: map[string]bool{}, most: 100} }, "many entries"},
		{"looks, then leaps", func() launch.ReplayStore { return &broken{key: whole, used: map[string]bool{}, torn: true} }, "at once"},
		{"ignores the issuer", with(func(_, id string, _ time.Time) string { return id }), "other ids"},
		{"joins issuer and id", with(func(i, id string, _ time.Time) string { return i + id }), "other ids"},
		{"ignores case", with(func(i, id string, _ time.Time) string { return strings.ToLower(i + "\x00" + id) }), "other ids"},
		{"cuts long ids", with(func(i, id string, _ time.Time) string { return i + "\x00" + id[:min(len(id), 64)] }), "other ids"},
		{"trims", with(func(i, id string, _ time.Time) string { return i + "\x00" + strings.TrimSpace(id) }), "other ids"},
		{"until in the key", with(func(i, id string, u time.Time) string { return i + "\x00" + id + u.String() }), "until"},
		{"is down", func() launch.ReplayStore { return failing{} }, "down"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			require.ErrorContains(t, launchtest.CheckReplayStore(t.Context(), c.open), c.want)
		})
	}
}

func with(key func(issuer, id string, until time.Time) string) func() launch.ReplayStore {
	return func() launch.ReplayStore { return &broken{key: key, used: map[string]bool{}} }
}
