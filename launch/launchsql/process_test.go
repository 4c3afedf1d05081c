package launchsql_test

import (
	"bufio"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/internal/underrace"
	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/launchsql"
)

// childJob makes the test binary another process of the same tool.
const childJob = "VERKTOY_TEST_CHILD_JOB"

// job is what such a process does: fifty goroutines take every message, all
// fifty the same one at a time.
type job struct {
	Driver, DSN string
	Messages    int             // ids that are given to the store
	Key         json.RawMessage // the portal's, for tokens that are posted
	Tokens      []string
	Hang        bool // after the message was used, before the session begins
}

const workers = 50

// work is the child's main function. It says "ready", and for each line that it
// is given it tries the next message and prints how often that passed.
func work(text string) int {
	if err := worked(text); err != nil {
		fmt.Println("error:", err)
		return 1
	}
	return 0
}

func worked(text string) error {
	var j job
	if err := json.Unmarshal([]byte(text), &j); err != nil {
		return err
	}
	db, err := sql.Open(j.Driver, j.DSN)
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(10)
	db.SetMaxIdleConns(10) // the default of 2 makes a new connection for nearly every call of many
	if err := db.Ping(); err != nil {
		return err
	}
	take, n, err := j.taker(db)
	if err != nil {
		return err
	}
	fmt.Println("ready")
	lines := bufio.NewScanner(os.Stdin)
	for i := 0; i < n && lines.Scan(); i++ {
		fmt.Println(atOnce(func() bool { return take(i) }))
	}
	return nil
}

// taker gives the function that tries message i, and the number of messages.
func (j job) taker(db *sql.DB) (take func(i int) bool, n int, err error) {
	t := &testing.T{} // for the helpers; nothing is reported by it
	store := replay(t, db)
	if j.Messages > 0 {
		return func(i int) bool {
			first, err := store.Consume(context.Background(), issuer, fmt.Sprint("message-", i), far)
			if err != nil {
				fmt.Println("error:", err)
				os.Exit(1)
			}
			return first
		}, j.Messages, nil
	}
	key, err := launch.ParsePublicKey(j.Key)
	if err != nil {
		return nil, 0, err
	}
	h := tool(t, key, store, at(clock), func() {
		if j.Hang {
			fmt.Println("used")
			select {}
		}
	})
	return func(i int) bool { return post(h, j.Tokens[i]) == http.StatusSeeOther }, len(j.Tokens), nil
}

// atOnce lets all workers start together and counts who passes.
func atOnce(take func() bool) int32 {
	var passed, arrived atomic.Int32
	var all sync.WaitGroup
	for range workers {
		all.Go(func() {
			for arrived.Add(1); arrived.Load() < workers; {
				runtime.Gosched()
			}
			if take() {
				passed.Add(1)
			}
		})
	}
	all.Wait()
	return passed.Load()
}

// process is a child that is ready.
type process struct {
	cmd   *exec.Cmd
	in    io.Writer
	lines *bufio.Scanner
}

func startProcess(t *testing.T, j job) process {
	t.Helper()
	text, err := json.Marshal(j)
	require.NoError(t, err)
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), childJob+"="+string(text))
	in, err := cmd.StdinPipe()
	require.NoError(t, err)
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	p := process{cmd, in, bufio.NewScanner(out)}
	p.lines.Buffer(nil, 1<<20)
	require.True(t, p.lines.Scan())
	require.Equal(t, "ready", p.lines.Text())
	return p
}

func (p process) goOn(t *testing.T) {
	t.Helper()
	_, err := fmt.Fprintln(p.in, "go")
	require.NoError(t, err)
}

func (p process) count(t *testing.T) (n int) {
	t.Helper()
	require.True(t, p.lines.Scan())
	_, err := fmt.Sscan(p.lines.Text(), &n)
	require.NoError(t, err, p.lines.Text())
	return n
}

// both runs a job in two processes, which get each message at the same moment,
// and adds up how often it passed.
func both(t *testing.T, j job, n int) (sum []int) {
	t.Helper()
	a, b := startProcess(t, j), startProcess(t, j)
	inB := 0
	for i := range n {
		first, second := a, b
		if i%2 == 1 {
			first, second = b, a
		}
		first.goOn(t)
		second.goOn(t)
		byA, byB := a.count(t), b.count(t)
		sum, inB = append(sum, byA+byB), inB+byB
	}
	require.NoError(t, a.cmd.Wait())
	require.NoError(t, b.cmd.Wait())
	t.Logf("%d messages, %d of them in the second process", n, inB)
	return sum
}

func TestTwoProcessesOfFiftyGoroutinesPassEachMessageOnce(t *testing.T) {
	onEach(t, func(t *testing.T, e engine) {
		db, dsn := e.Empty(t)
		require.NoError(t, launchsql.Migrate(t.Context(), db, e.Dialect))
		messages := map[launchsql.Dialect]int{launchsql.SQLite: 100, launchsql.PostgreSQL: 1000}[e.Dialect]
		if testing.Short() {
			messages = 50
		}
		sum := both(t, job{Driver: e.Driver, DSN: dsn, Messages: messages}, messages)
		require.NotEmpty(t, sum)
		for i, n := range sum {
			require.Equal(t, 1, n, "message %d", i)
		}
		assert.Equal(t, messages, count(t, db, "SELECT count(*) FROM verktoy_launch_replay"))
	})
}

// P1: the same token, posted fifty times at once to each of two processes.
func TestP1OneTokenPostedAHundredTimesPassesOnce(t *testing.T) {
	rounds := underrace.Cases(200)
	onEach(t, func(t *testing.T, e engine) {
		db, dsn := e.Empty(t)
		require.NoError(t, launchsql.Migrate(t.Context(), db, e.Dialect))
		s := newSender(t)
		key, err := s.key.Public().MarshalJSON()
		require.NoError(t, err)
		j := job{Driver: e.Driver, DSN: dsn, Key: key}
		for range rounds {
			j.Tokens = append(j.Tokens, s.token(t))
		}
		sum := both(t, j, rounds)
		require.NotEmpty(t, sum)
		for i, n := range sum {
			require.Equal(t, 1, n, "round %d", i)
		}
	})
}

// P4: the process is killed after the message was used and before the session
// began. The person must launch again; the message never works a second time.
func TestP4KilledBetweenUseAndSession(t *testing.T) {
	onEach(t, func(t *testing.T, e engine) {
		db, dsn := e.Empty(t)
		require.NoError(t, launchsql.Migrate(t.Context(), db, e.Dialect))
		s := newSender(t)
		key, err := s.key.Public().MarshalJSON()
		require.NoError(t, err)
		token := s.token(t)
		p := startProcess(t, job{Driver: e.Driver, DSN: dsn, Key: key, Tokens: []string{token}, Hang: true})
		p.goOn(t)
		require.True(t, p.lines.Scan())
		require.Equal(t, "used", p.lines.Text())
		require.NoError(t, p.cmd.Process.Kill())
		require.Error(t, p.cmd.Wait(), "killed")
		h := tool(t, s.key.Public(), replay(t, db), at(clock), func() {})
		assert.Equal(t, http.StatusForbidden, post(h, token), "the same message")
		assert.Equal(t, http.StatusSeeOther, post(h, s.token(t)), "a new one")
	})
}
