package sqltest

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// The environment of a test that runs in another process: its database.
const (
	ChildDSN    = "VERKTOY_TEST_CHILD_DSN"
	ChildDriver = "VERKTOY_TEST_CHILD_DRIVER"
)

// child is the other process: it says that it is ready, waits for a line, and
// migrates.
func (s Suite[D]) child(t *testing.T) {
	engines := s.engines()
	i := slices.IndexFunc(engines, func(e Engine[D]) bool { return e.Driver == os.Getenv(ChildDriver) })
	require.NotEqual(t, -1, i, "no engine has the driver")
	e := engines[i]
	db := Open(t, e.Driver, os.Getenv(ChildDSN))
	fmt.Println("ready")
	_, err := bufio.NewReader(os.Stdin).ReadString('\n')
	require.NoError(t, err)
	require.NoError(t, s.Migrate(t.Context(), db, e.Dialect))
}

// startChild starts a process and gives what lets it go on and waits for its end.
func startChild(t *testing.T, driver, dsn string) func() error {
	t.Helper()
	root, _, _ := strings.Cut(t.Name(), "/")
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+root+"$")
	cmd.Env = append(os.Environ(), ChildDSN+"="+dsn, ChildDriver+"="+driver)
	in, err := cmd.StdinPipe()
	require.NoError(t, err)
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	lines := bufio.NewScanner(out)
	require.True(t, lines.Scan(), "the child says something")
	require.Equal(t, "ready", lines.Text())
	return func() error {
		_, _ = fmt.Fprintln(in, "go")
		said := ""
		for lines.Scan() {
			said += "\n" + lines.Text()
		}
		if err := cmd.Wait(); err != nil {
			return fmt.Errorf("%w: %s", err, said)
		}
		return nil
	}
}
