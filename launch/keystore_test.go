package launch_test

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

var ringPassphrase = []byte("a passphrase that a machine made")

func keyFile(t testing.TB, path string, passphrase []byte) *launch.KeyFile {
	t.Helper()
	s, err := launch.NewKeyFile(launch.KeyFileConfig{Path: path, Passphrase: passphrase})
	require.NoError(t, err)
	return s
}

// ownDir is a directory that others may not write to.
func ownDir(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	require.NoError(t, os.Chmod(dir, 0o700))
	return dir
}

func TestKeyFileMeetsTheContract(t *testing.T) {
	launchtest.TestKeyStore(t, func(t *testing.T) launch.KeyStore { return keyFile(t, filepath.Join(ownDir(t), "keys"), nil) })
}

func TestSealedKeysMeetTheContract(t *testing.T) {
	launchtest.TestKeyStore(t, func(t *testing.T) launch.KeyStore {
		s, err := launch.SealKeysFast(launch.NewMemoryKeys(), ringPassphrase)
		require.NoError(t, err)
		return s
	})
}

// Two handles of one file are as one: so are two processes.
func TestTwoHandlesOfOneKeyFile(t *testing.T) {
	path := filepath.Join(ownDir(t), "keys")
	i := 0
	launchtest.TestKeyStore(t, func(t *testing.T) launch.KeyStore {
		i++
		name := path + strings.Repeat("x", i)
		return &alternating{stores: []launch.KeyStore{keyFile(t, name, nil), keyFile(t, name, nil)}, turn: make(chan int, 1)}
	})
}

// alternating sends every call to the other one of its stores.
type alternating struct {
	stores []launch.KeyStore
	turn   chan int
}

func (a *alternating) next() launch.KeyStore {
	n := 0
	select {
	case n = <-a.turn:
	default:
	}
	select {
	case a.turn <- n + 1:
	default:
	}
	return a.stores[n%len(a.stores)]
}

func (a *alternating) Load(ctx context.Context) (launch.KeyRecord, int64, error) {
	return a.next().Load(ctx)
}

func (a *alternating) Save(ctx context.Context, record launch.KeyRecord, revision int64) error {
	return a.next().Save(ctx, record, revision)
}

func TestAKeyFileIsForItsOwnerOnly(t *testing.T) {
	dir := ownDir(t)
	path := filepath.Join(dir, "keys")
	s := keyFile(t, path, nil)
	require.NoError(t, s.Save(t.Context(), launch.KeyRecord("secret"), 0))
	for _, name := range []string{path, path + ".lock"} {
		info, err := os.Stat(name)
		require.NoError(t, err)
		assert.Equal(t, os.FileMode(0o600), info.Mode().Perm(), name)
	}
	files, err := os.ReadDir(dir)
	require.NoError(t, err)
	assert.Len(t, files, 2, "nothing is left beside it")

	for _, mode := range []os.FileMode{0o640, 0o604, 0o620, 0o666} {
		require.NoError(t, os.Chmod(path, mode))
		_, _, err := s.Load(t.Context())
		require.ErrorIs(t, err, launch.ErrKeyFile, mode)
		require.ErrorIs(t, s.Save(t.Context(), launch.KeyRecord("x"), 1), launch.ErrKeyFile, mode)
		_, err = launch.NewKeyFile(launch.KeyFileConfig{Path: path})
		require.ErrorIs(t, err, launch.ErrKeyFile, mode)
	}
	require.NoError(t, os.Chmod(path, 0o600))
	for _, mode := range []os.FileMode{0o770, 0o707, 0o777} {
		require.NoError(t, os.Chmod(dir, mode))
		_, _, err := s.Load(t.Context())
		require.ErrorIs(t, err, launch.ErrKeyFile, mode)
	}
}

func TestKeyFilesThatAreRefused(t *testing.T) {
	dir := ownDir(t)
	path := filepath.Join(dir, "keys")
	require.NoError(t, os.WriteFile(path, []byte("verktoy-keys 1 1\nsecret"), 0o600))
	require.NoError(t, os.Symlink(path, filepath.Join(dir, "link")))
	require.NoError(t, os.Mkdir(filepath.Join(dir, "folder"), 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "large"), make([]byte, 1<<20+1), 0o600))
	for name, want := range map[string]error{"link": launch.ErrKeyFile, "folder": launch.ErrKeyFile, "large": launch.ErrKeyFile,
		"missing/keys": os.ErrNotExist, "keys/keys": launch.ErrKeyFile} {
		_, err := launch.NewKeyFile(launch.KeyFileConfig{Path: filepath.Join(dir, name)})
		require.ErrorIs(t, err, want, name)
	}
	_, err := launch.NewKeyFile(launch.KeyFileConfig{})
	require.EqualError(t, err, "launch: invalid KeyFileConfig: field Path is empty")
	for _, text := range []string{"", "secret", "verktoy-keys 1 1", "verktoy-keys 1 0\nx", "verktoy-keys 1 01\nx", "verktoy-keys 2 1\nx", "verktoy-keys 1 1 \nx"} {
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		_, _, err := keyFile(t, path, nil).Load(t.Context())
		require.ErrorIs(t, err, launch.ErrKeyRecord, text)
		assert.NotContains(t, err.Error(), "secret")
	}
}

func TestAPassphraseSealsTheFile(t *testing.T) {
	path := filepath.Join(ownDir(t), "keys")
	s := keyFile(t, path, ringPassphrase)
	require.NoError(t, s.Save(t.Context(), launch.KeyRecord(`{"d":"canary"}`), 0))
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.NotContains(t, string(text), "canary")
	assert.Regexp(t, `^verktoy-keys 1 1\neyJ[\w-]+(\.[\w-]+){4}$`, string(text), "a compact JWE")
	record, revision, err := keyFile(t, path, ringPassphrase).Load(t.Context())
	require.NoError(t, err)
	assert.Equal(t, `{"d":"canary"}`, string([]byte(record)))
	assert.EqualValues(t, 1, revision)

	_, _, err = keyFile(t, path, []byte("another passphrase")).Load(t.Context())
	require.ErrorIs(t, err, launch.ErrPassphrase)
	assert.NotContains(t, err.Error(), "another passphrase")
	ring := newRing(t, launch.KeyRingConfig{Store: keyFile(t, path, nil)})
	require.ErrorContains(t, ring.Tick(t.Context()), "is it sealed with a passphrase")
	_, err = launch.NewKeyFile(launch.KeyFileConfig{Path: path, Passphrase: []byte("short")})
	require.ErrorContains(t, err, "less than 12 bytes")
	for _, store := range []launch.KeyStore{nil, (*launch.MemoryKeys)(nil)} {
		_, err = launch.SealKeys(store, nil)
		require.ErrorContains(t, err, "the store is nil; the passphrase")
	}
}

// Who can write to the store but not read it cannot put an old record, or one
// without a seal, in the place of the newest.
func TestASealedStoreFindsWhatSomebodyPutThere(t *testing.T) {
	inner := launch.NewMemoryKeys()
	s, err := launch.SealKeysFast(inner, ringPassphrase)
	require.NoError(t, err)
	require.NoError(t, s.Save(t.Context(), launch.KeyRecord("old"), 0))
	old, _, err := inner.Load(t.Context())
	require.NoError(t, err)
	require.NoError(t, s.Save(t.Context(), launch.KeyRecord("new"), 1))
	require.NoError(t, inner.Save(t.Context(), old, 2))
	_, _, err = s.Load(t.Context())
	require.ErrorIs(t, err, launch.ErrKeyRecord)
	require.NoError(t, inner.Save(t.Context(), launch.KeyRecord("plain"), 3))
	_, _, err = s.Load(t.Context())
	require.ErrorIs(t, err, launch.ErrKeyRecord)
}

const keyFileChild = "VERKTOY_TEST_KEYFILE"

// TestKeyFileChild saves until it is killed.
func TestKeyFileChild(t *testing.T) {
	path := os.Getenv(keyFileChild)
	if path == "" {
		return
	}
	s := keyFile(t, path, nil)
	for {
		_, revision, err := s.Load(t.Context())
		require.NoError(t, err)
		err = s.Save(t.Context(), launch.KeyRecord(strings.Repeat("x", 1<<16)), revision)
		require.True(t, err == nil || errors.Is(err, launch.ErrKeyConflict), "%v", err)
	}
}

// Processes that are killed while they save leave a whole file and no lock.
func TestAKilledProcessLeavesAWholeKeyFile(t *testing.T) {
	path := filepath.Join(ownDir(t), "keys")
	s := keyFile(t, path, nil)
	reached := int64(0)
	for range 10 {
		cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestKeyFileChild$")
		cmd.Env = append(os.Environ(), keyFileChild+"="+path)
		require.NoError(t, cmd.Start())
		for goal := reached + 5; reached < goal; {
			record, revision, err := s.Load(t.Context())
			require.NoError(t, err)
			require.True(t, revision == 0 || len(record) == 1<<16)
			reached = revision
		}
		require.NoError(t, cmd.Process.Kill())
		require.Error(t, cmd.Wait())
		_, revision, err := s.Load(t.Context())
		require.NoError(t, err)
		require.NoError(t, s.Save(t.Context(), launch.KeyRecord(strings.Repeat("y", 1<<16)), revision))
		reached = revision + 1
	}
}
