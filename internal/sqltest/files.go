package sqltest

import (
	"crypto/sha256"
	"encoding/hex"
	"flag"
	"io/fs"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the hashes of new migrations")

// released compares with the hashes that are kept: adopters have run the files.
func (s Suite[D]) released(t *testing.T) {
	const golden = "testdata/migrations.sha256"
	var lines []string
	err := fs.WalkDir(s.Migrations, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := fs.ReadFile(s.Migrations, path)
		sum := sha256.Sum256(body)
		lines = append(lines, hex.EncodeToString(sum[:])+"  "+path)
		return err
	})
	require.NoError(t, err)
	require.NotEmpty(t, lines)
	text := strings.Join(lines, "\n") + "\n"
	if *update {
		require.NoError(t, os.WriteFile(golden, []byte(text), 0o644))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	assert.Equal(t, string(want), text, "add a new file instead")
}

func (s Suite[D]) same(t *testing.T) {
	sqlite, err := fs.Glob(s.Migrations, "sqlite/*")
	require.NoError(t, err)
	postgres, err := fs.Glob(s.Migrations, "postgres/*")
	require.NoError(t, err)
	require.Len(t, sqlite, s.Versions)
	for i := range sqlite {
		sqlite[i] = strings.Replace(sqlite[i], "sqlite/", "postgres/", 1)
	}
	assert.Equal(t, postgres, sqlite)
}

// Bodies are the texts of the migrations of an engine, the first one first.
func (e Engine[D]) Bodies(t testing.TB, migrations fs.FS) (bodies []string) {
	t.Helper()
	names, err := fs.Glob(migrations, string(e.Dialect)+"/*.sql")
	require.NoError(t, err)
	require.NotEmpty(t, names)
	for _, name := range names {
		body, err := fs.ReadFile(migrations, name)
		require.NoError(t, err)
		bodies = append(bodies, string(body))
	}
	return bodies
}
