package prescriptionsql_test

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/prescriptionsql"
)

// cluster is a PostgreSQL server of a test's own, which may be stopped hard. It
// listens on a socket in its folder only.
type cluster struct{ bin, dir string }

func newCluster(t *testing.T) cluster {
	t.Helper()
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if len(found) == 0 || os.Getuid() != 0 {
		without(t, "want PostgreSQL's initdb, and to be root for its user postgres")
	}
	dir, err := os.MkdirTemp("", "verktoy")
	require.NoError(t, err)
	c := cluster{bin: filepath.Dir(found[len(found)-1]), dir: dir}
	t.Cleanup(func() { require.NoError(t, os.RemoveAll(dir)) })
	require.NoError(t, exec.CommandContext(t.Context(), "chown", "postgres", dir).Run())
	c.run(t, "initdb --no-sync -A trust -U postgres -D "+dir+"/data")
	t.Cleanup(func() { _ = c.command(context.Background(), "pg_ctl -m immediate -D "+dir+"/data stop").Run() })
	return c
}

func (c cluster) command(ctx context.Context, line string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "su", "postgres", "-s", "/bin/sh", "-c", c.bin+"/"+line)
	cmd.Dir = "/"
	return cmd
}

func (c cluster) run(t *testing.T, line string) {
	t.Helper()
	out, err := c.command(t.Context(), line+" >>"+c.dir+"/log 2>&1").CombinedOutput()
	require.NoError(t, err, "%s: %s", line, out)
}

func (c cluster) start(t *testing.T) {
	c.run(t, "pg_ctl -w -D "+c.dir+"/data -o \"-c listen_addresses='' -k "+c.dir+" -c wal_writer_delay=10s\" start")
}

func (c cluster) stop(t *testing.T) { c.run(t, "pg_ctl -m immediate -D "+c.dir+"/data stop") }

func (c cluster) dsn(commit string) string {
	return "postgres:///postgres?user=postgres&host=" + url.QueryEscape(c.dir) + "&synchronous_commit=" + commit
}

// crashes stops the server in the middle of eight writers, in the rounds from one
// up to another, and counts how much of what was acknowledged is gone.
func (c cluster) crashes(t *testing.T, commit string, from, to int) (acknowledged, lost int) {
	for round := from; round < to; round++ {
		c.start(t)
		db, err := sql.Open("pgx", c.dsn(commit))
		require.NoError(t, err)
		require.NoError(t, prescriptionsql.Migrate(t.Context(), db, prescriptionsql.PostgreSQL))
		stored := c.crash(t, db, fmt.Sprintf("%s-%d", commit, round))
		c.start(t)
		there := ids(t, db, "SELECT id FROM verktoy_prescription")
		for _, id := range stored {
			if !there[string(id)] {
				lost++
			}
		}
		acknowledged += len(stored)
		assert.EqualValues(t, len(there), verified(t, db).Prescriptions)
		assert.Equal(t, len(there), count(t, db, "SELECT count(*) FROM verktoy_prescription_outbox"))
		require.NoError(t, db.Close())
		c.run(t, "pg_ctl -m fast -D "+c.dir+"/data stop")
	}
	return acknowledged, lost
}

// crash gives what was acknowledged before the server was gone.
func (c cluster) crash(t *testing.T, db *sql.DB, key string) (stored []prescription.ID) {
	const writers, enough = 8, 200
	var mu sync.Mutex
	under := make(chan struct{})
	gone := make(chan error, writers)
	for w := range writers {
		go func() {
			s, st := service(t), prescriptionsql.New(db)
			for i := 0; ; i++ {
				p, err := s.Prescribe(t.Context(), st, request(t, fmt.Sprintf("%s-%d-%d", key, w, i)))
				if err != nil {
					gone <- err
					return
				}
				mu.Lock()
				if stored = append(stored, p.ID); len(stored) == enough {
					close(under)
				}
				mu.Unlock()
			}
		}()
	}
	<-under
	c.stop(t)
	for range writers {
		require.NotErrorIs(t, <-gone, prescription.ErrBusy, "busy would say that nothing was written")
	}
	return stored
}

// D9, PostgreSQL stops in the middle of the load without putting anything on the
// disk. Pass: nothing that was acknowledged is lost, nothing is there by half.
// Control: with synchronous_commit off, which CheckSettings refuses, it is lost.
func TestD9PostgreSQLStopsAtOnce(t *testing.T) {
	c := newCluster(t)
	rounds := often(2, 15)
	acknowledged, lost := c.crashes(t, "on", 0, rounds)
	assert.Zero(t, lost)
	t.Logf("%d stops: %d acknowledged, %d lost", rounds, acknowledged, lost)
	acknowledged, lost, rounds = 0, 0, often(1, 3)
	for from := 0; lost == 0 && from < 10*rounds; from += rounds { // once in a while everything is on the disk already
		more, gone := c.crashes(t, "off", from, from+rounds)
		acknowledged, lost = acknowledged+more, lost+gone
	}
	assert.NotZero(t, lost, "the control")
	t.Logf("the control: %d acknowledged, %d lost", acknowledged, lost)
}

// cutter stands between a program and PostgreSQL and cuts the connection at a
// COMMIT: before it reaches the server, or before its answer comes back.
type cutter struct {
	to     string
	before bool
	armed  sync.Mutex
	cut    bool
}

// listen gives the address to connect to.
func (c *cutter) listen(t *testing.T) string {
	t.Helper()
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			client, err := l.Accept()
			if err != nil {
				return
			}
			server, err := new(net.Dialer).DialContext(context.Background(), "tcp", c.to)
			if err != nil {
				_ = client.Close()
				return
			}
			last := make(chan bool, 1)
			go c.pass(client, server, last)
			go c.answer(server, client, last)
		}
	}()
	return l.Addr().String()
}

// pass brings what the program says to the server. The word commit is the
// driver's own: it is in no text of ours.
func (c *cutter) pass(from, to net.Conn, last chan<- bool) {
	defer func() { _ = to.Close() }()
	buffer := make([]byte, 64<<10)
	for {
		n, err := from.Read(buffer)
		if err != nil {
			return
		}
		if bytes.Contains(bytes.ToLower(buffer[:n]), []byte("commit")) && c.take() {
			if c.before {
				_ = from.Close()
				return
			}
			last <- true
		}
		if _, err := to.Write(buffer[:n]); err != nil {
			return
		}
	}
}

func (c *cutter) answer(from, to net.Conn, last <-chan bool) {
	defer func() { _ = to.Close() }()
	buffer := make([]byte, 64<<10)
	for {
		n, err := from.Read(buffer)
		if err != nil {
			return
		}
		select {
		case <-last: // this answers the COMMIT: the program never sees it
			return
		default:
		}
		if _, err := to.Write(buffer[:n]); err != nil {
			return
		}
	}
}

// take says whether this is the one COMMIT to cut.
func (c *cutter) take() bool {
	c.armed.Lock()
	defer c.armed.Unlock()
	was := c.cut
	c.cut = false
	return was
}

func (c *cutter) arm() {
	c.armed.Lock()
	defer c.armed.Unlock()
	c.cut = true
}

// D11, the connection is cut between COMMIT and its answer. Pass: the caller gets
// an error that does not say that nothing was written; the same request again
// gives the prescription, one row. Control: cut before the COMMIT, nothing is
// there; and another key would have made a second one.
func TestD11CutBetweenCommitAndAnswer(t *testing.T) {
	for name, before := range map[string]bool{"after the commit": false, "before the commit": true} {
		t.Run(name, func(t *testing.T) {
			direct, dsn := engines[1].Empty(t)
			require.NoError(t, prescriptionsql.Migrate(t.Context(), direct, prescriptionsql.PostgreSQL))
			u, err := url.Parse(dsn)
			require.NoError(t, err)
			c := &cutter{to: u.Host, before: before}
			u.Host = c.listen(t)
			db := open(t, "pgx", u.String())
			s, st := service(t), prescriptionsql.New(db)
			_, err = s.Prescribe(t.Context(), st, request(t, "warm-up"))
			require.NoError(t, err)
			c.arm()
			_, err = s.Prescribe(t.Context(), st, request(t, "visit-1"))
			require.Error(t, err)
			require.NotErrorIs(t, err, prescription.ErrBusy)
			want := 1
			if before {
				want = 0
			}
			rows := "SELECT count(*) FROM verktoy_prescription WHERE request_key = 'visit-1'"
			require.Equal(t, want, count(t, direct, rows), "the server had done it when it was cut after")
			first, err := s.Prescribe(t.Context(), st, request(t, "visit-1"))
			require.NoError(t, err)
			again, err := s.Prescribe(t.Context(), st, request(t, "visit-1"))
			require.NoError(t, err)
			assert.Equal(t, first, again)
			assert.Equal(t, 1, count(t, direct, rows))
			assert.EqualValues(t, 2, verified(t, direct).Entries)
			assert.Equal(t, 2, count(t, direct, "SELECT count(*) FROM verktoy_prescription_outbox"))
			r := request(t, "visit-2")
			r.Patient.Pseudonym, r.Second = "patient-visit-1", prescription.ReasonOther
			_, err = s.Prescribe(t.Context(), st, r)
			require.NoError(t, err)
			assert.Equal(t, 2, count(t, direct, "SELECT count(*) FROM verktoy_prescription WHERE pseudonym = 'patient-visit-1'"), "the control")
		})
	}
}

// D12, somebody holds the row's lock in a transaction and does nothing. Pass:
// with lock_timeout the caller is told that the database is busy, no connection
// is used up, and the call works when the lock is gone. Control: without it the
// caller waits until its context ends.
func TestD12SomebodyHoldsTheLock(t *testing.T) {
	db, dsn := engines[1].Empty(t)
	require.NoError(t, prescriptionsql.Migrate(t.Context(), db, prescriptionsql.PostgreSQL))
	s := service(t)
	p, err := s.Prescribe(t.Context(), prescriptionsql.New(db), request(t, "visit-1"))
	require.NoError(t, err)
	cancel := func(ctx context.Context, db *sql.DB) error {
		_, err := s.Cancel(ctx, prescriptionsql.New(db), prescription.Ref{ID: p.ID, Version: 1}, therapist, prescription.ReasonOther)
		return err
	}
	tx := begin(t, db)
	_, err = tx.ExecContext(t.Context(), "UPDATE verktoy_prescription SET version = version")
	require.NoError(t, err)

	patient := open(t, "pgx", dsn)
	ctx, giveUp := context.WithCancel(t.Context())
	waits := make(chan error, 1)
	go func() { waits <- cancel(ctx, patient) }()
	for count(t, db, "SELECT count(*) FROM pg_locks WHERE NOT granted AND pid IN (SELECT pid FROM pg_stat_activity WHERE query LIKE '%verktoy_prescription%')") == 0 {
		require.Empty(t, waits, "the control")
	}
	giveUp()
	require.ErrorIs(t, <-waits, context.Canceled)

	quick := open(t, "pgx", with(t, dsn, "lock_timeout", "50ms"))
	for range 20 {
		require.ErrorIs(t, cancel(t.Context(), quick), prescription.ErrBusy)
	}
	assert.Zero(t, quick.Stats().InUse)
	require.NoError(t, tx.Rollback())
	require.NoError(t, cancel(t.Context(), quick))
	assert.Equal(t, 1, strings.Count(dump(t, db, "verktoy_prescription"), "cancelled"))
}
