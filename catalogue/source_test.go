package catalogue_test

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
)

func fetch(t testing.TB, s catalogue.Source, tag string) (catalogue.Document, string, error) {
	t.Helper()
	return s.Fetch(t.Context(), tag)
}

func TestFileSource(t *testing.T) {
	path := filepath.Join(t.TempDir(), "catalogue.json")
	s := catalogue.NewFileSource(path)
	_, _, err := fetch(t, s, "")
	require.ErrorIs(t, err, fs.ErrNotExist)
	require.NoError(t, os.WriteFile(path, small, 0o600))
	d, tag, err := fetch(t, s, "")
	require.NoError(t, err)
	assert.Len(t, d.Tools, 6)
	_, _, err = fetch(t, s, tag)
	assert.ErrorIs(t, err, catalogue.ErrUnchanged)

	info, err := os.Stat(path)
	require.NoError(t, err)
	changed := []byte(replaceAll(string(small), "Å puste", "Å piste"))
	require.NoError(t, os.WriteFile(path, changed, 0o600))
	require.NoError(t, os.Chtimes(path, info.ModTime(), info.ModTime()))
	d, _, err = fetch(t, s, tag)
	require.NoError(t, err, "same size and time, another content")
	assert.Equal(t, "Å piste", indexGet(t, d.Tools, "pust").Name["nb"])

	require.NoError(t, os.WriteFile(path, small[:len(small)/2], 0o600))
	_, _, err = fetch(t, s, tag)
	assert.ErrorIs(t, err, catalogue.ErrInvalid, "half a file")
	ended, end := context.WithCancel(t.Context())
	end()
	_, _, err = s.Fetch(ended, "")
	assert.ErrorIs(t, err, context.Canceled)
}

// moving is a file that is written while it is read: its second Stat says so.
type moving struct {
	fstest.MapFS
	edit func(*fstest.MapFile)
}

func (m moving) Open(name string) (fs.File, error) {
	f, err := m.MapFS.Open(name)
	return &movingFile{File: f, m: m, name: name}, err
}

type movingFile struct {
	fs.File
	m     moving
	name  string
	stats int
}

func (f *movingFile) Stat() (fs.FileInfo, error) {
	if f.stats++; f.stats > 1 {
		now := *f.m.MapFS[f.name]
		f.m.edit(&now)
		return fs.Stat(fstest.MapFS{f.name: &now}, f.name)
	}
	return f.File.Stat()
}

// Two documents' halves may well be a document.
func TestFileSourceRefusesAFileThatMoves(t *testing.T) {
	for name, edit := range map[string]func(*fstest.MapFile){
		"time": func(f *fstest.MapFile) { f.ModTime = noon }, "size": func(f *fstest.MapFile) { f.Data = append(f.Data, ' ') },
	} {
		m := moving{fstest.MapFS{"c.json": {Data: small}}, edit}
		_, _, err := fetch(t, catalogue.NewFSSource(m, "c.json"), "")
		assert.ErrorContains(t, err, "it was changed meanwhile", name)
	}
	_, _, err := fetch(t, catalogue.NewFSSource(moving{fstest.MapFS{"c.json": {Data: small}}, func(*fstest.MapFile) {}}, "c.json"), "")
	assert.NoError(t, err)
}

func TestBytesSourceAndTooLarge(t *testing.T) {
	s := catalogue.NewBytesSource(small)
	_, tag, err := fetch(t, s, "other")
	require.NoError(t, err)
	_, _, err = fetch(t, s, tag)
	assert.ErrorIs(t, err, catalogue.ErrUnchanged)
	_, _, err = fetch(t, catalogue.NewFSSource(fstest.MapFS{"c": {Data: make([]byte, 16<<20+1), ModTime: time.Time{}}}, "c"), "")
	assert.Equal(t, []string{" too-large"}, problems(t, err))
}
