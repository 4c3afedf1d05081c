package requirement_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/approval/requirement"
)

var update = flag.Bool("update", false, "add sets that are not in testdata/released.sha256 yet")

func ExampleGet() {
	set, err := requirement.Get(requirement.WebBaseline)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(set.ID, set.Version)
	fmt.Println(set.Title.In("en"))
	// Output:
	// web-baseline 1.0.0
	// Example baseline requirements for web applications
}

func TestGetVersion(t *testing.T) {
	cases := []struct {
		name, id, version string
		want              error
	}{
		{"a released version", "web-baseline", "1.0.0", nil},
		{"unknown version", "web-baseline", "0.9.0", requirement.ErrUnknown},
		{"unknown set", "other", "1.0.0", requirement.ErrUnknown},
		{"empty", "", "", requirement.ErrUnknown},
		{"a path", "../requirement/web-baseline", "1.0.0", requirement.ErrUnknown},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			set, err := requirement.GetVersion(c.id, c.version)
			require.ErrorIs(t, err, c.want)
			assert.Equal(t, c.want == nil, set != nil)
		})
	}
	_, err := requirement.Get("other")
	require.ErrorIs(t, err, requirement.ErrUnknown)
}

func TestAllSetsAreReadable(t *testing.T) {
	sets, err := requirement.All()
	require.NoError(t, err)
	require.NotEmpty(t, sets)
	for _, s := range sets {
		again, err := requirement.GetVersion(s.ID, s.Version)
		require.NoError(t, err)
		assert.Equal(t, s.Digest(), again.Digest())
		assert.NotEmpty(t, s.Requirements)
		assert.NotEmpty(t, s.Note, "a set must say who stands behind it")
	}
}

// Each line of testdata/released.sha256 is as sha256sum writes it. -update adds lines; it never changes one.
func TestReleasedSetsNeverChange(t *testing.T) {
	released := readReleased(t)
	files, err := filepath.Glob("*.json")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, name := range files {
		data, err := os.ReadFile(name)
		require.NoError(t, err)
		digest := string(approval.DigestOf(data))
		want, known := released[name]
		if !known && *update {
			appendReleased(t, digest, name)
			continue
		}
		assert.True(t, known, "%s is new: run go test ./approval/requirement -update", name)
		assert.Equal(t, want, digest, "%s was released: make a new version instead", name)
		delete(released, name)
	}
	assert.Empty(t, released, "released sets are gone")
}

const releasedFile = "testdata/released.sha256"

func readReleased(t *testing.T) map[string]string {
	t.Helper()
	data, err := os.ReadFile(releasedFile)
	require.NoError(t, err)
	released := map[string]string{}
	for line := range strings.Lines(string(data)) {
		digest, name, ok := strings.Cut(strings.TrimSpace(line), "  ")
		require.True(t, ok, line)
		released[name] = digest
	}
	return released
}

func appendReleased(t *testing.T, digest, name string) {
	t.Helper()
	f, err := os.OpenFile(releasedFile, os.O_APPEND|os.O_WRONLY, 0o644)
	require.NoError(t, err)
	defer f.Close()
	_, err = fmt.Fprintf(f, "%s  %s\n", digest, name)
	require.NoError(t, err)
}
