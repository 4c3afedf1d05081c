package launchtest

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/verktoykatalog/verktoy/launch"
)

// TestPseudonymStore is [CheckPseudonymStore] as a test.
func TestPseudonymStore(t *testing.T, open func(t *testing.T) launch.PseudonymStore) {
	t.Helper()
	if err := CheckPseudonymStore(t.Context(), func() launch.PseudonymStore { return open(t) }); err != nil {
		t.Fatal(err)
	}
}

// CheckPseudonymStore puts what the interface promises to stores that open
// makes, each empty. The error names what does not hold.
func CheckPseudonymStore(ctx context.Context, open func() launch.PseudonymStore) error {
	for _, rule := range []struct {
		name  string
		check func(context.Context, launch.PseudonymStore) error
	}{
		{"keeps the first", keepsFirst}, {"persons and domains are their own", keepsApart}, {"forgets", forgets},
		{"an ended context", keepEnded}, {"many persons", keepsMany}, {"many callers at once", keepsOne},
	} {
		if err := rule.check(ctx, open()); err != nil {
			return fmt.Errorf("launchtest: pseudonym store: %s: %w", rule.name, err)
		}
	}
	return nil
}

func kept(ctx context.Context, s launch.PseudonymStore, domain, person, proposed, want string) error {
	got, err := s.Keep(ctx, domain, person, proposed)
	if err != nil {
		return err
	}
	if got != want {
		return fmt.Errorf("got pseudonym %q, want %q", got, want)
	}
	return nil
}

func keepsFirst(ctx context.Context, s launch.PseudonymStore) error {
	for _, proposed := range []string{"first", "second", "third"} {
		if err := kept(ctx, s, "domain", "person", proposed, "first"); err != nil {
			return err
		}
	}
	return nil
}

// neighbours are pairs that a careless key makes one of.
func neighbours() [][2]string {
	long := strings.Repeat("k", 254)
	return [][2]string{{"a", "bc"}, {"ab", "c"}, {"A", "bc"}, {"a", "BC"}, {"a", "bc "}, {" a", "bc"}, {"a", "b%"}, {"a", "b_"}, {"a", "'; --"},
		{"bc", "a"}, {"a", "blåbær"}, {"a", "blabar"}, {long, "a"}, {long + "k", "a"}, {"a", long}, {"a", long + "k"}}
}

func keepsApart(ctx context.Context, s launch.PseudonymStore) error {
	for round := range 2 {
		for i, pair := range neighbours() {
			if err := kept(ctx, s, pair[0], pair[1], fmt.Sprintf("id-%d-%d", i, round), fmt.Sprintf("id-%d-0", i)); err != nil {
				return err
			}
		}
	}
	return nil
}

func forgets(ctx context.Context, s launch.PseudonymStore) error {
	if err := s.Forget(ctx, "nobody"); err != nil {
		return fmt.Errorf("forget somebody who is not there: %w", err)
	}
	for _, domain := range []string{"one", "two"} {
		for _, person := range []string{"person", "other"} {
			if err := kept(ctx, s, domain, person, person+"-old", person+"-old"); err != nil {
				return err
			}
		}
	}
	if err := s.Forget(ctx, "person"); err != nil {
		return err
	}
	for _, domain := range []string{"one", "two"} {
		if err := kept(ctx, s, domain, "person", "person-new", "person-new"); err != nil {
			return err
		}
		if err := kept(ctx, s, domain, "other", "other-new", "other-old"); err != nil {
			return err
		}
	}
	return nil
}

// keepEnded: an answer may come or not, but what it says is kept.
func keepEnded(ctx context.Context, s launch.PseudonymStore) error {
	ended, cancel := context.WithCancel(ctx)
	cancel()
	if got, err := s.Keep(ended, "domain", "person", "first"); err == nil {
		return kept(ctx, s, "domain", "person", "second", got)
	}
	return nil
}

func keepsMany(ctx context.Context, s launch.PseudonymStore) error {
	for round := range 2 {
		for i := range 300 {
			if err := kept(ctx, s, "domain", fmt.Sprintf("person-%d", i), fmt.Sprintf("id-%d-%d", i, round), fmt.Sprintf("id-%d-0", i)); err != nil {
				return err
			}
		}
	}
	return nil
}

// keepsOne lets callers start together, as in [CheckReplayStore].
func keepsOne(ctx context.Context, s launch.PseudonymStore) error {
	for round := range 500 {
		answers, err := propose(ctx, s, fmt.Sprintf("person-%d", round))
		if err != nil {
			return err
		}
		if len(answers) != 1 {
			return fmt.Errorf("%d callers got %d pseudonyms for one person, want one", callers, len(answers))
		}
	}
	return nil
}

func propose(ctx context.Context, s launch.PseudonymStore, person string) (map[string]bool, error) {
	var ready atomic.Int32
	var all sync.WaitGroup
	var mu sync.Mutex
	var fault error
	answers := map[string]bool{}
	for i := range callers {
		all.Go(func() {
			for ready.Add(1); ready.Load() < callers; {
				runtime.Gosched()
			}
			got, err := s.Keep(ctx, "domain", person, fmt.Sprintf("id-%d", i))
			mu.Lock()
			defer mu.Unlock()
			if answers[got] = true; err != nil {
				fault = err
			}
		})
	}
	all.Wait()
	return answers, fault
}
