package prescriptionsql_test

import (
	"context"
	"database/sql"
	"fmt"
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

func init() {
	jobs["prescribe"] = prescribeMany
	jobs["hold"] = hold
}

// fileOf is the database file of an SQLite engine's DSN.
func fileOf(dsn string) string {
	file, _, _ := strings.Cut(strings.TrimPrefix(dsn, "file:"), "?")
	return file
}

// verified reads the whole audit trail.
func verified(t *testing.T, db *sql.DB) prescription.AuditSummary {
	t.Helper()
	sum, err := prescription.VerifyAll(t.Context(), prescriptionsql.New(db), nil)
	require.NoError(t, err)
	return sum
}

// sound is what SQLite says of a file, by this driver and by a second
// implementation, the program sqlite3 (package sqlite3 of Debian).
func sound(t *testing.T, db *sql.DB, dsn string) {
	t.Helper()
	var answer string
	require.NoError(t, db.QueryRowContext(t.Context(), "PRAGMA integrity_check").Scan(&answer))
	require.Equal(t, "ok", answer)
	second, err := exec.LookPath("sqlite3")
	if err != nil {
		require.NotEqual(t, "1", os.Getenv(must), "the program sqlite3 is missing")
		return
	}
	out, err := exec.CommandContext(t.Context(), second, fileOf(dsn), "PRAGMA integrity_check; PRAGMA foreign_key_check").CombinedOutput()
	require.NoError(t, err, string(out))
	assert.Equal(t, "ok\n", string(out))
}

// prescribeMany prescribes as often as it is told and says what is stored.
func prescribeMany(t *testing.T, j job) {
	var n int
	_, err := fmt.Sscan(j.with, &n)
	require.NoError(t, err)
	s, st := service(t), prescriptionsql.New(j.db)
	for i := range n {
		p, err := s.Prescribe(t.Context(), st, request(t, fmt.Sprintf("visit-%d", i)))
		if err != nil {
			say("error", err)
			continue
		}
		say("prescribed", p.ID)
	}
}

// traced runs a child under strace and gives what it said and how often it asked
// the system to put something on the disk.
func traced(t *testing.T, dsn string, writes int) (prescribed, synced int) {
	t.Helper()
	strace, err := exec.LookPath("strace")
	if err != nil {
		without(t, "the program strace is missing")
	}
	log := filepath.Join(t.TempDir(), "calls")
	o := engines[0].start(t, dsn, "prescribe", fmt.Sprint(writes), "", strace, "-f", "-qq", "-e", "trace=fsync,fdatasync", "-o", log)
	said := o.rest(t)
	require.NoError(t, o.Wait())
	require.Empty(t, said["error"])
	calls, err := os.ReadFile(log)
	require.NoError(t, err)
	return len(said["prescribed"]), strings.Count(string(calls), "sync(")
}

// D2, power cut, first half: a write is acknowledged only when it is on the disk.
// Pass: with synchronous FULL, as the package demands, at least one fsync for
// each acknowledged write. Control: with NORMAL there are far fewer. The second
// half is TestD2PowerCut.
func TestD2EveryAcknowledgedWriteIsSynced(t *testing.T) {
	writes := often(100, 2_000)
	db, dsn := engines[0].Empty(t)
	require.NoError(t, prescriptionsql.Migrate(t.Context(), db, prescriptionsql.SQLite))
	prescribed, synced := traced(t, dsn, writes)
	require.Equal(t, writes, prescribed)
	assert.GreaterOrEqual(t, synced, prescribed)

	db, dsn = engines[0].Empty(t)
	require.NoError(t, prescriptionsql.Migrate(t.Context(), db, prescriptionsql.SQLite))
	prescribed, fewer := traced(t, strings.Replace(dsn, "synchronous(FULL)", "synchronous(NORMAL)", 1), writes)
	require.Equal(t, writes, prescribed)
	assert.Less(t, fewer, prescribed/2, "the control")
	t.Logf("%d writes: %d fsync with FULL, %d with NORMAL", writes, synced, fewer)
}

// D3, disk full. Pass: an error that says so, reads go on, the same handle
// writes when there is room again, nothing half written and nothing lost.
func TestD3DiskFull(t *testing.T) {
	db, dsn := engines[0].Empty(t)
	require.NoError(t, prescriptionsql.Migrate(t.Context(), db, prescriptionsql.SQLite))
	db.SetMaxOpenConns(1) // the limit below is one connection's
	limit := func(pages int) {
		_, err := db.ExecContext(t.Context(), fmt.Sprintf("PRAGMA max_page_count=%d", pages))
		require.NoError(t, err)
	}
	limit(count(t, db, "PRAGMA page_count") + 40)
	s, st := service(t), prescriptionsql.New(db)
	var stored []prescription.ID
	var full error
	for i := 0; full == nil; i++ {
		require.Less(t, i, 10_000, "the control: without a limit it never fills up")
		var p prescription.Prescription
		if p, full = s.Prescribe(t.Context(), st, request(t, fmt.Sprintf("visit-%d", i))); full == nil {
			stored = append(stored, p.ID)
		}
	}
	require.ErrorIs(t, full, prescriptionsql.ErrFull)
	require.NotErrorIs(t, full, prescription.ErrBusy)
	require.NotEmpty(t, stored)
	for _, id := range stored {
		_, err := s.Get(t.Context(), st, id)
		require.NoError(t, err, "reads go on")
	}
	limit(1_000_000)
	_, err := s.Prescribe(t.Context(), st, request(t, fmt.Sprintf("visit-%d", len(stored))))
	require.NoError(t, err, "the same request again")
	want := int64(len(stored) + 1)
	assert.Equal(t, prescription.AuditSummary{Prescriptions: want, Entries: want}, verified(t, db))
	assert.EqualValues(t, want, count(t, db, "SELECT count(*) FROM verktoy_prescription_outbox"))
	sound(t, db, dsn)
}

// hold writes half a prescription, holds the lock, and never lets go.
func hold(t *testing.T, j job) {
	j.db.SetMaxOpenConns(1)
	var all sync.WaitGroup
	for w := range 8 {
		all.Go(func() {
			for i := range 5 {
				p, err := service(t).Prescribe(t.Context(), prescriptionsql.New(j.db), request(t, fmt.Sprintf("other-%d-%d", w, i)))
				assert.NoError(t, err)
				say("prescribed", p.ID)
			}
		})
	}
	all.Wait()
	tx, err := j.db.BeginTx(t.Context(), nil)
	require.NoError(t, err)
	_, err = service(t).Prescribe(t.Context(), prescriptionsql.New(tx), request(t, "half"))
	require.NoError(t, err)
	say("holding")
	_, _ = j.in.ReadString('\n') // until it is killed
}

// D6, two processes with eight writers each, which share a connection, one killed
// while it holds the lock. Pass: the others go on, nobody gets an error, no lock is left when the process is
// gone, also for who waits not at all; what either acknowledged is there and the
// half is not. Control: while the lock is held, who does not wait is told that the
// database is busy.
func TestD6KilledHoldingTheLock(t *testing.T) {
	e := engines[0]
	db, dsn := e.Empty(t)
	require.NoError(t, prescriptionsql.Migrate(t.Context(), db, e.Dialect))
	o := e.start(t, dsn, "hold", "", "")
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	errs := make(chan error, 8)
	writers := open(t, e.Driver, dsn)
	writers.SetMaxOpenConns(1)
	for w := range cap(errs) {
		go func() { errs <- prescribeUntil(ctx, t, writers, w) }()
	}
	var acknowledged []string
	line := o.line(t)
	for ; strings.HasPrefix(line, "prescribed "); line = o.line(t) {
		acknowledged = append(acknowledged, strings.TrimPrefix(line, "prescribed "))
	}
	require.Equal(t, "holding", line)
	impatient := open(t, e.Driver, strings.Replace(dsn, "busy_timeout(10000)", "busy_timeout(0)", 1))
	_, err := service(t).Prescribe(t.Context(), prescriptionsql.New(impatient), request(t, "now"))
	require.ErrorIs(t, err, prescription.ErrBusy, "the control")
	mine := "SELECT count(*) FROM verktoy_prescription WHERE request_key LIKE 'mine-%'"
	waited := count(t, db, mine)
	require.NoError(t, o.Process.Kill())
	require.Error(t, o.Wait())
	require.True(t, back(func() bool { return count(t, db, mine) > waited }), "the others go on")
	stop()
	for range cap(errs) {
		require.ErrorIs(t, <-errs, context.Canceled)
	}
	require.True(t, back(func() bool { // our own writers give it back in goroutines of the pool
		_, err = service(t).Prescribe(t.Context(), prescriptionsql.New(impatient), request(t, "now"))
		return err == nil
	}), "the lock is free: %v", err)
	stored := ids(t, db, "SELECT id FROM verktoy_prescription")
	require.Len(t, acknowledged, 40)
	for _, id := range acknowledged {
		assert.True(t, stored[id])
	}
	assert.Zero(t, count(t, db, "SELECT count(*) FROM verktoy_prescription WHERE request_key = 'half'"))
	assert.EqualValues(t, len(stored), verified(t, db).Prescriptions)
	assert.Equal(t, len(stored), count(t, db, "SELECT count(*) FROM verktoy_prescription_outbox"))
	sound(t, db, dsn)
}

// prescribeUntil gives the error that ends it.
func prescribeUntil(ctx context.Context, t *testing.T, db *sql.DB, writer int) error {
	s, st := service(t), prescriptionsql.New(db)
	for i := 0; ; i++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		if _, err := s.Prescribe(ctx, st, request(t, fmt.Sprintf("mine-%d-%d", writer, i))); err != nil {
			return err
		}
	}
}
