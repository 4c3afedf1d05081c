//go:build unix

package catalogue_test

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
)

func TestFileSourceWantsAFile(t *testing.T) {
	dir := t.TempDir()
	pipe := filepath.Join(dir, "pipe")
	require.NoError(t, syscall.Mkfifo(pipe, 0o600))
	for _, s := range []catalogue.Source{catalogue.NewFileSource(pipe), catalogue.NewFileSource(dir), catalogue.NewFSSource(os.DirFS(dir), ".")} {
		_, _, err := fetch(t, s, "")
		assert.ErrorContains(t, err, "want an ordinary file")
	}
}
