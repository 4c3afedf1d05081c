package catalogue_test

import (
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
)

func snapshot(t testing.TB) catalogue.Snapshot {
	t.Helper()
	x, err := index(t).Replace(after(t, "pust", nil))
	require.NoError(t, err)
	return catalogue.Snapshot{Source: "test", Tag: `"v1"`, Loaded: noon, Checked: noon.Add(time.Hour), Index: x}
}

func snapshotBytes(t testing.TB) []byte {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, catalogue.WriteSnapshot(&out, snapshot(t)))
	return out.Bytes()
}

func TestSnapshotRoundTrip(t *testing.T) {
	data := snapshotBytes(t)
	assert.Equal(t, data, snapshotBytes(t))
	back, err := catalogue.ReadSnapshot(bytes.NewReader(data))
	require.NoError(t, err)
	want := snapshot(t)
	assert.True(t, catalogue.Diff(want.Index, back.Index).Empty())
	want.Index = nil
	x := back.Index
	back.Index = nil
	assert.Equal(t, want, back)
	_, err = x.Replace(index(t).Tools())
	assert.NoError(t, err, "a missed tool may return after a restart")
	_, err = x.Replace(after(t, "nattro", func(x *catalogue.Tool) { x.Status = "listed" }))
	assert.ErrorIs(t, err, catalogue.ErrReplace, "and a withdrawn one may not")
	require.NoError(t, catalogue.WriteSnapshot(io.Discard, catalogue.Snapshot{}))
}

// Every other byte and every shorter or longer text is refused.
func TestSnapshotRefusesEveryEdit(t *testing.T) {
	data := snapshotBytes(t)
	read := func(data []byte) error {
		s, err := catalogue.ReadSnapshot(bytes.NewReader(data))
		if err != nil {
			assert.Nil(t, s.Index)
		}
		return err
	}
	for i := range data {
		edited := bytes.Clone(data)
		edited[i] ^= 1
		require.ErrorIs(t, read(edited), catalogue.ErrSnapshot, "byte %d", i)
		require.ErrorIs(t, read(data[:i]), catalogue.ErrSnapshotDamaged, "the first %d", i)
	}
	require.ErrorIs(t, read(append(bytes.Clone(data), ' ')), catalogue.ErrSnapshotDamaged)
	for _, foreign := range []string{"{}", string(small), "\x00", "verktoy-catalogue-snapshot 2 sha256:" + strings.Repeat("0", 64) + "\n"} {
		require.ErrorIs(t, read([]byte(foreign)), catalogue.ErrSnapshotForeign)
	}
	require.ErrorIs(t, func() error { _, err := catalogue.ReadSnapshot(failing{}); return err }(), errDown)
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errDown }

// full is a writer that takes so many bytes.
type full struct{ left int }

var errFull = errors.New("no space")

func (f *full) Write(p []byte) (int, error) {
	n := min(len(p), f.left)
	if f.left -= n; n < len(p) {
		return n, errFull
	}
	return n, nil
}

func TestWriteSnapshotSaysWhenItIsNotWhole(t *testing.T) {
	data := snapshotBytes(t)
	for n := 0; n < len(data); n += 29 {
		require.ErrorIs(t, catalogue.WriteSnapshot(&full{n}, snapshot(t)), errFull, n)
	}
	require.NoError(t, catalogue.WriteSnapshot(&full{len(data)}, snapshot(t)))
}

func TestSaveSnapshot(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "catalogue.snapshot")
	require.NoError(t, os.WriteFile(path+".123.tmp", nil, 0o600), "of a program that was killed")
	require.NoError(t, catalogue.SaveSnapshot(path, snapshot(t)))
	require.NoError(t, catalogue.SaveSnapshot(path, snapshot(t)))
	info, err := os.Stat(path)
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o600), info.Mode())
	names, err := os.ReadDir(dir)
	require.NoError(t, err)
	assert.Len(t, names, 1, "nothing is left")

	require.NoError(t, os.MkdirAll(filepath.Join(dir, "folder", "a"), 0o700))
	require.Error(t, catalogue.SaveSnapshot(filepath.Join(dir, "folder"), snapshot(t)), "it cannot be renamed")
	require.Error(t, catalogue.SaveSnapshot(filepath.Join(dir, "none", "a"), snapshot(t)))
	names, err = os.ReadDir(dir)
	require.NoError(t, err)
	assert.Len(t, names, 2)
	_, err = catalogue.OpenSnapshot(filepath.Join(dir, "folder"))
	require.ErrorIs(t, err, catalogue.ErrSnapshotForeign)
	_, err = catalogue.OpenSnapshot(filepath.Join(dir, "none"))
	require.ErrorIs(t, err, os.ErrNotExist)
}

// A program that is killed while it saves leaves the snapshot of before or the new one.
func TestSaveSnapshotKilled(t *testing.T) {
	const kills = 10
	path := os.Getenv("VERKTOY_TEST_SAVE")
	if path != "" { // the program
		for n := 0; ; n++ {
			s := snapshot(t)
			s.Tag = strconv.Itoa(n)
			if err := catalogue.SaveSnapshot(path, s); err != nil {
				os.Exit(1)
			}
			os.Stdout.WriteString(".")
		}
	}
	path = filepath.Join(t.TempDir(), "catalogue.snapshot")
	tags := map[string]bool{}
	for n := range kills {
		program := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestSaveSnapshotKilled$")
		program.Env = append(os.Environ(), "VERKTOY_TEST_SAVE="+path)
		out, err := program.StdoutPipe()
		require.NoError(t, err)
		require.NoError(t, program.Start())
		_, err = io.ReadFull(out, make([]byte, 1+n)) // it is within the one that follows
		require.NoError(t, err)
		require.NoError(t, program.Process.Kill())
		_ = program.Wait()
		s, err := catalogue.OpenSnapshot(path)
		require.NoError(t, err)
		tags[s.Tag] = true
	}
	assert.Greater(t, len(tags), kills/2, "they were killed at different times")
}
