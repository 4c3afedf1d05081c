package prescriptionsql_test

import (
	"bufio"
	"database/sql"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/internal/sqltest"
)

// The tests named after D1 to D22 put a store through the faults that storage
// meets. Each has a pass mark in its comment and, in the same file, a control:
// the same fault with the protection away, which must be seen to do harm.

const (
	childJob  = "VERKTOY_TEST_CHILD_JOB"   // what another process is to do
	childWith = "VERKTOY_TEST_CHILD_WITH"  // an argument of the job
	longRun   = "VERKTOY_TEST_LONG"        // 1: as often as the bar says; otherwise a short form
	messages  = "VERKTOY_TEST_MESSAGES"    // how many messages two workers share
	must      = "VERKTOY_REQUIRE_ALL"      // 1: what cannot be tested is a failure
	childHas  = "VERKTOY_TEST_CHILD_FILE=" // a file that the parent reads
)

// often is how often a test does something: the short number, or the long one.
func often(short, long int) int {
	if os.Getenv(longRun) == "1" {
		return long
	}
	return short
}

// without skips a test that needs what this machine does not have.
func without(t testing.TB, what string) {
	t.Helper()
	require.NotEqual(t, "1", os.Getenv(must), what)
	t.Skip(what)
}

// jobs are what a test may want done in another process.
var jobs = map[string]func(*testing.T, job){}

// job is what such a process works with.
type job struct {
	e    engine
	db   *sql.DB
	with string
	file *os.File
	in   *bufio.Reader
}

// TestJob is the other process: it says ready, waits for a line and does its job.
func TestJob(t *testing.T) {
	do, ok := jobs[os.Getenv(childJob)]
	if !ok {
		return
	}
	j := job{with: os.Getenv(childWith), in: bufio.NewReader(os.Stdin), e: engineOf(t, os.Getenv(sqltest.ChildDriver))}
	j.db = open(t, j.e.Driver, os.Getenv(sqltest.ChildDSN))
	require.NoError(t, j.db.PingContext(t.Context()))
	if name := os.Getenv(strings.TrimSuffix(childHas, "=")); name != "" {
		file, err := os.OpenFile(name, os.O_APPEND|os.O_WRONLY, 0)
		require.NoError(t, err)
		j.file = file
	}
	say("ready")
	_, err := j.in.ReadString('\n')
	require.NoError(t, err)
	do(t, j)
	say("done")
}

var speaker sync.Mutex

// say is for the parent: one line, whoever speaks.
func say(words ...any) {
	speaker.Lock()
	defer speaker.Unlock()
	fmt.Println(words...)
}

// other is a process that does a job.
type other struct {
	*exec.Cmd
	in    io.WriteCloser
	lines *bufio.Reader
}

// start waits until the process is ready and lets it go.
func (e engine) start(t *testing.T, dsn, what, with, file string, before ...string) *other {
	t.Helper()
	o := e.ready(t, dsn, what, with, file, before...)
	o.goOn(t)
	return o
}

func (o *other) goOn(t *testing.T) {
	_, err := fmt.Fprintln(o.in, "go")
	require.NoError(t, err)
}

// ready starts a process, under another program if before names one.
func (e engine) ready(t *testing.T, dsn, what, with, file string, before ...string) *other {
	t.Helper()
	command := append(before, os.Args[0], "-test.run", "^TestJob$")
	o := &other{Cmd: exec.CommandContext(t.Context(), command[0], command[1:]...)}
	o.Env = append(os.Environ(), sqltest.ChildDSN+"="+dsn, sqltest.ChildDriver+"="+e.Driver, childJob+"="+what, childWith+"="+with, childHas+file)
	o.Stderr = os.Stderr
	in, err := o.StdinPipe()
	require.NoError(t, err)
	out, err := o.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, o.Start())
	o.in, o.lines = in, bufio.NewReader(out)
	require.Equal(t, "ready", o.line(t))
	return o
}

// line is the next whole line that the process says; "" when it is gone.
func (o *other) line(t *testing.T) string {
	t.Helper()
	line, err := o.lines.ReadString('\n')
	if err != nil {
		require.ErrorIs(t, err, io.EOF)
		return ""
	}
	return strings.TrimSpace(line)
}

// rest is all that it says until it is gone, by the first word.
func (o *other) rest(t *testing.T) map[string][]string {
	t.Helper()
	said := map[string][]string{}
	hear(t, o.lines, said)
	return said
}

func number10(t testing.TB, name string, otherwise int) int {
	t.Helper()
	if os.Getenv(name) == "" {
		return otherwise
	}
	n, err := strconv.Atoi(os.Getenv(name))
	require.NoError(t, err, name)
	return n
}
