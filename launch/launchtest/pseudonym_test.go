package launchtest_test

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

func TestMemoryPseudonymsMeetTheContract(t *testing.T) {
	launchtest.TestPseudonymStore(t, func(*testing.T) launch.PseudonymStore { return &launch.MemoryPseudonyms{} })
}

// brokenNames is a store with a key of its own making, and other faults by name.
type brokenNames struct {
	sync.Mutex
	key   func(domain, person string) string
	fault string
	kept  map[string]string
	byWho map[string][]string
}

func (b *brokenNames) Keep(_ context.Context, domain, person, proposed string) (string, error) {
	key := b.key(domain, person)
	b.Lock()
	id, there := b.kept[key]
	if b.fault == "torn" {
		b.Unlock()
		runtime.Gosched()
		b.Lock()
	}
	defer b.Unlock()
	if there && b.fault != "renews" {
		return id, nil
	}
	if b.fault == "evicts" && len(b.kept) >= 100 {
		clear(b.kept)
	}
	b.kept[key], b.byWho[person] = proposed, append(b.byWho[person], key)
	return proposed, nil
}

func (b *brokenNames) Forget(_ context.Context, person string) error {
	b.Lock()
	defer b.Unlock()
	switch b.fault {
	case "remembers":
	case "forgets all":
		clear(b.kept)
	case "forgets one":
		if keys := b.byWho[person]; len(keys) > 0 {
			delete(b.kept, keys[0])
		}
	default:
		for _, key := range b.byWho[person] {
			delete(b.kept, key)
		}
	}
	return nil
}

type deadNames struct{}

func (deadNames) Keep(context.Context, string, string, string) (string, error) {
	return "", errors.New("down")
}
func (deadNames) Forget(context.Context, string) error { return errors.New("down") }

func TestTheSuiteFindsBrokenPseudonymStores(t *testing.T) {
	whole := func(domain, person string) string { return domain + "\x01" + person }
	names := func(fault string, key func(domain, person string) string) func() launch.PseudonymStore {
		return func() launch.PseudonymStore {
			return &brokenNames{key: key, fault: fault, kept: map[string]string{}, byWho: map[string][]string{}}
		}
	}
	cases := []struct {
		name string
		open func() launch.PseudonymStore
		want string
	}{
		{"renews", names("renews", whole), "keeps the first"},
		{"evicts", names("evicts", whole), "many persons"},
		{"looks, then leaps", names("torn", whole), "at once"},
		{"remembers whom it should forget", names("remembers", whole), "forgets"},
		{"forgets everybody", names("forgets all", whole), "forgets"},
		{"forgets one domain", names("forgets one", whole), "forgets"},
		{"one for all domains", names("", func(_, person string) string { return person }), "their own"},
		{"joins domain and person", names("", func(d, p string) string { return d + p }), "their own"},
		{"ignores case", names("", func(d, p string) string { return strings.ToLower(whole(d, p)) }), "their own"},
		{"trims", names("", func(d, p string) string { return strings.TrimSpace(d) + "\x01" + strings.TrimSpace(p) }), "their own"},
		{"cuts long keys", names("", func(d, p string) string { return whole(d[:min(len(d), 64)], p[:min(len(p), 64)]) }), "their own"},
		{"is down", func() launch.PseudonymStore { return deadNames{} }, "down"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			require.ErrorContains(t, launchtest.CheckPseudonymStore(t.Context(), c.open), c.want)
		})
	}
	require.NoError(t, launchtest.CheckPseudonymStore(t.Context(), names("", whole)), "the scaffold itself is sound")
}
