package launch_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

func ExamplePseudonyms() {
	ids, err := launch.NewPseudonyms(&launch.MemoryPseudonyms{}) // a store that outlives the process, outside of examples
	if err != nil {
		panic(err)
	}
	name := func(tool string) launch.Party {
		id, err := ids.For(context.Background(), tool, "account-4711")
		if err != nil {
			panic(err)
		}
		return launch.Party{Type: "Patient", ID: id}
	}
	sleep, again, stress := name("https://sleep.example"), name("https://sleep.example"), name("https://stress.example")
	fmt.Println(sleep == again)
	fmt.Println(sleep == stress)
	// Output:
	// true
	// false
}

// HTI 2.0, "Personal data": random, persistent, one per domain, not to be guessed.
func TestPseudonyms(t *testing.T) {
	ids, err := launch.NewPseudonyms(&launch.MemoryPseudonyms{})
	require.NoError(t, err)
	seen := map[string]bool{}
	for domain := range 20 {
		for person := range 500 {
			id, err := ids.For(t.Context(), fmt.Sprintf("https://tool-%d.example", domain), fmt.Sprint(person))
			require.NoError(t, err)
			require.Regexp(t, `^[a-z2-7]{26}$`, id)
			require.Regexp(t, `[a-z]`, id)
			require.False(t, launch.PersonalData(id))
			require.False(t, seen[id], "unique")
			seen[id] = true
			again, err := ids.For(t.Context(), fmt.Sprintf("https://tool-%d.example", domain), fmt.Sprint(person))
			require.NoError(t, err)
			require.Equal(t, id, again, "persistent")
		}
	}
	assert.Len(t, seen, 10_000)
}

// Nothing of the person is in the id: two portals with the same persons give other ids.
func TestPseudonymsAreNotDerived(t *testing.T) {
	number := launchtest.IdentityNumber()
	seen := map[string]bool{}
	for range 100 {
		ids, err := launch.NewPseudonyms(&launch.MemoryPseudonyms{})
		require.NoError(t, err)
		id, err := ids.For(t.Context(), "https://tool.example", number)
		require.NoError(t, err)
		seen[id] = true
		require.NoError(t, ids.Forget(t.Context(), number))
		id, err = ids.For(t.Context(), "https://tool.example", number)
		require.NoError(t, err)
		seen[id] = true
	}
	assert.Len(t, seen, 200)
}

type pseudonymsOf func() (string, error)

func (f pseudonymsOf) Keep(context.Context, string, string, string) (string, error) { return f() }
func (f pseudonymsOf) Forget(context.Context, string) error {
	_, err := f()
	return err
}

var errDown = errors.New("down")

func TestPseudonymFaults(t *testing.T) {
	for _, store := range []launch.PseudonymStore{nil, (*launch.MemoryPseudonyms)(nil)} {
		_, err := launch.NewPseudonyms(store)
		require.EqualError(t, err, "launch: pseudonyms: the store is nil")
	}
	ids, err := launch.NewPseudonyms(&launch.MemoryPseudonyms{})
	require.NoError(t, err)
	for text, pair := range map[string][2]string{"the domain is not": {"", "p"}, "the person is not": {"d", ""},
		"the domain is not 1 to 255 bytes of UTF-8 without": {"a\x00b", "p"}, "without control characters": {"d", "\xff"},
		"the domain is not 1 to 255 bytes": {strings.Repeat("d", 256), "p"}, "the person is not 1 to 255 bytes": {"d", strings.Repeat("p", 256)}} {
		_, err := ids.For(t.Context(), pair[0], pair[1])
		require.ErrorContains(t, err, text)
	}
	number := launchtest.IdentityNumber()
	for _, given := range []string{"", number, "kari@example.org", "Kari Nordmann", "a/b", "person"} {
		ids, err := launch.NewPseudonyms(pseudonymsOf(func() (string, error) { return given, nil }))
		require.NoError(t, err)
		id, err := ids.For(t.Context(), "d", "person")
		require.EqualError(t, err, "launch: pseudonyms: the store gave what is no pseudonym")
		assert.Empty(t, id)
	}
	dead, err := launch.NewPseudonyms(pseudonymsOf(func() (string, error) { return "x", errDown }))
	require.NoError(t, err)
	id, err := dead.For(t.Context(), "d", number)
	require.ErrorIs(t, err, errDown)
	assert.Empty(t, id)
	assert.NotContains(t, err.Error(), number)
	require.ErrorIs(t, dead.Forget(t.Context(), number), errDown)
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = ids.For(ended, "d", "p")
	require.ErrorIs(t, err, context.Canceled)
	require.ErrorIs(t, ids.Forget(ended, "p"), context.Canceled)
}

func TestPseudonymStoreDoesNotPrint(t *testing.T) {
	store := &launch.MemoryPseudonyms{}
	number := launchtest.IdentityNumber()
	ids, err := launch.NewPseudonyms(store)
	require.NoError(t, err)
	id, err := ids.For(t.Context(), "d", number)
	require.NoError(t, err)
	data, err := json.Marshal(map[string]any{"s": store})
	require.NoError(t, err)
	text := fmt.Sprintf("%v %+v %#v %s", store, store, store, store) + string(data)
	for _, secret := range []string{number, id} {
		assert.NotContains(t, text, secret)
	}
	assert.Contains(t, text, "[1 persons]")
}
