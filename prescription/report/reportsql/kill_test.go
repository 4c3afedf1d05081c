package reportsql_test

import (
	"bufio"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/internal/sqltest"
	"github.com/verktoykatalog/verktoy/prescription/report"
	"github.com/verktoykatalog/verktoy/prescription/report/reportsql"
)

const (
	killReceived = "VERKTOY_TEST_REPORT_RECEIVED" // the file of the receiving side
	killRun      = "VERKTOY_TEST_REPORT_RUN"      // which run it is
	killCount    = "VERKTOY_TEST_REPORT_KILLS"    // how many kills on each engine; 20 if unset
)

// portalFile is the portal: what it has got is a line in a file, which outlives
// the process.
type portalFile struct{ file *os.File }

func (p portalFile) Send(_ context.Context, r report.Report) error {
	_, err := fmt.Fprintln(p.file, r.ID)
	return err
}

// TestKillChild reports and delivers all at once until it is killed. It says what
// it knows to be stored.
func TestKillChild(t *testing.T) {
	dsn, driver := os.Getenv(sqltest.ChildDSN), os.Getenv(sqltest.ChildDriver)
	if dsn == "" || os.Getenv(killReceived) == "" {
		return
	}
	db, err := sql.Open(driver, dsn)
	require.NoError(t, err)
	file, err := os.OpenFile(os.Getenv(killReceived), os.O_APPEND|os.O_WRONLY, 0)
	require.NoError(t, err)
	require.NoError(t, db.PingContext(t.Context()))
	r, err := report.NewReporter(report.Config{})
	require.NoError(t, err)
	var out sync.Mutex
	say := func(words ...any) {
		out.Lock()
		defer out.Unlock()
		fmt.Println(words...)
	}
	say("ready")
	go func() {
		for {
			if _, err := r.Drain(t.Context(), reportsql.New(db), portalFile{file}); err != nil {
				say("error", "drain", err)
			}
		}
	}()
	for n := 0; ; n++ {
		s := report.Subject{Portal: "portal", Task: fmt.Sprintf("Task/%s-%d", os.Getenv(killRun), n)}
		for _, write := range treatment(r) {
			one, err := withRow(t.Context(), db, s, write)
			if err != nil {
				say("error", "report", err)
				continue
			}
			say("reported", one.ID)
		}
	}
}

type writing func(context.Context, report.Store, report.Subject) (report.Report, error)

// treatment is what is reported of each subject.
func treatment(r *report.Reporter) []writing {
	percent := func(n int) writing {
		return func(ctx context.Context, st report.Store, s report.Subject) (report.Report, error) {
			return r.Progress(ctx, st, s, n)
		}
	}
	return []writing{r.Opened, r.Started, percent(30), percent(60), r.Paused, r.Resumed, r.Completed}
}

// withRow writes a row of the tool's and the report in one transaction.
func withRow(ctx context.Context, db *sql.DB, s report.Subject, write writing) (one report.Report, err error) {
	err = inTx(ctx, db, func(tx *sql.Tx) error {
		if one, err = write(ctx, reportsql.New(tx), s); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, "INSERT INTO exercise (id, task, sequence, event) VALUES ($1, $2, $3, $4)", one.ID, s.Task, one.Sequence, string(one.Event))
		return err
	})
	return one, err
}

// kills runs the child n times and kills it at some moment; it gives what the
// children said they had stored.
func kills(t *testing.T, e engine, dsn, received string, n int) (said map[string][]string) {
	r := rand.New(rand.NewPCG(1, 2))
	said = map[string][]string{}
	for run := range n {
		c := exec.CommandContext(t.Context(), os.Args[0], "-test.run", "^TestKillChild$")
		c.Env = append(os.Environ(), sqltest.ChildDSN+"="+dsn, sqltest.ChildDriver+"="+e.Driver, killReceived+"="+received, fmt.Sprintf("%s=%d", killRun, run))
		c.Stderr = os.Stderr
		stdout, err := c.StdoutPipe()
		require.NoError(t, err)
		require.NoError(t, c.Start())
		lines := bufio.NewReader(stdout)
		first, err := lines.ReadString('\n')
		require.NoError(t, err)
		require.Equal(t, "ready\n", first)
		timer := time.AfterFunc(time.Duration(10+r.IntN(190))*time.Millisecond, func() { _ = c.Process.Kill() })
		hear(t, lines, said)
		timer.Stop()
		require.Error(t, c.Wait(), "it was killed")
	}
	return said
}

// hear reads whole lines until the child is gone.
func hear(t *testing.T, lines *bufio.Reader, said map[string][]string) {
	for {
		line, err := lines.ReadString('\n')
		if err != nil {
			require.ErrorIs(t, err, io.EOF)
			return // half a line was not said
		}
		word, what, _ := strings.Cut(strings.TrimSpace(line), " ")
		said[word] = append(said[word], what)
	}
}

// Killed at any moment, the tool has its own row and the report or neither, what
// was said to be stored is delivered in the end, in order, and nothing else is.
func TestKilledAtAnyMoment(t *testing.T) {
	n, err := strconv.Atoi(os.Getenv(killCount))
	if err != nil {
		n = 20
	}
	onEach(t, func(t *testing.T, e engine) {
		db, dsn := e.Empty(t)
		require.NoError(t, reportsql.Migrate(t.Context(), db, e.Dialect))
		withRows(t, db)
		received := filepath.Join(t.TempDir(), "received")
		require.NoError(t, os.WriteFile(received, nil, 0o600))
		said := kills(t, e, dsn, received, n)
		assert.Empty(t, said["error"])
		require.Greater(t, len(said["reported"]), n/4, "the children did some work, also on a busy machine")
		atKill := read(t, received)
		require.NoError(t, afterKills{db, said["reported"], atKill}.whole(t))

		file, err := os.OpenFile(received, os.O_APPEND|os.O_WRONLY, 0)
		require.NoError(t, err)
		late, err := report.NewReporter(report.Config{Now: func() time.Time { return time.Now().Add(time.Hour) }}) // leases of the dead have ended
		require.NoError(t, err)
		_, err = late.Drain(t.Context(), reportsql.New(db), portalFile{file})
		require.NoError(t, err)
		require.NoError(t, file.Close())
		assert.Zero(t, count(t, db, "SELECT count(*) FROM verktoy_report_outbox"))
		require.NoError(t, afterKills{db, said["reported"], read(t, received)}.whole(t))
		t.Logf("%d kills: %d reports acknowledged, %d delivered before the last program, %d in all", n, len(said["reported"]), len(atKill), len(read(t, received)))
	})
}

func withRows(t *testing.T, db *sql.DB) {
	t.Helper()
	_, err := db.ExecContext(t.Context(), "CREATE TABLE exercise (id text NOT NULL PRIMARY KEY, task text NOT NULL, sequence bigint NOT NULL, event text NOT NULL)")
	require.NoError(t, err)
}

// read gives the ids in the file, in order.
func read(t *testing.T, file string) []string {
	t.Helper()
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	return strings.Fields(string(data))
}

// afterKills is what a database has, what was said and what was received.
type afterKills struct {
	db        *sql.DB
	said      []string
	delivered []string
}

// row is one of the tool's.
type row struct {
	task     string
	sequence int64
	event    string
}

// whole is nil, or the first thing that is lost, invented, half written or out of
// order.
func (a afterKills) whole(t *testing.T) error {
	rows, waiting := a.rows(t), a.waiting(t)
	for _, id := range a.said {
		if _, stored := rows[id]; !stored {
			return errors.New("a report that was acknowledged is lost")
		}
	}
	got, last := map[string]bool{}, map[string]int64{}
	for _, id := range a.delivered {
		r, stored := rows[id]
		switch {
		case !stored:
			return errors.New("a delivery that nobody asked for")
		case !got[id] && r.sequence < last[r.task]:
			return errors.New("a delivery out of order")
		}
		got[id], last[r.task] = true, max(last[r.task], r.sequence)
	}
	for id, r := range rows {
		if !got[id] && !waiting[id] && r.event != string(report.EventProgress) {
			return errors.New("neither waiting nor delivered")
		}
	}
	for id := range waiting {
		if _, stored := rows[id]; !stored {
			return errors.New("a report of what the tool has not stored")
		}
	}
	return nil
}

func (a afterKills) rows(t *testing.T) map[string]row {
	t.Helper()
	found := map[string]row{}
	rows, err := a.db.QueryContext(t.Context(), "SELECT id, task, sequence, event FROM exercise")
	require.NoError(t, err)
	defer func() { require.NoError(t, rows.Close()) }()
	for rows.Next() {
		var id string
		var r row
		require.NoError(t, rows.Scan(&id, &r.task, &r.sequence, &r.event))
		found[id] = r
	}
	require.NoError(t, rows.Err())
	require.NotEmpty(t, found)
	return found
}

func (a afterKills) waiting(t *testing.T) map[string]bool {
	t.Helper()
	found := map[string]bool{}
	rows, err := a.db.QueryContext(t.Context(), "SELECT id FROM verktoy_report_outbox")
	require.NoError(t, err)
	defer func() { require.NoError(t, rows.Close()) }()
	for rows.Next() {
		var id string
		require.NoError(t, rows.Scan(&id))
		found[id] = true
	}
	require.NoError(t, rows.Err())
	return found
}

// The check itself must find each kind of loss.
func TestTheCheckAfterKillsFindsLosses(t *testing.T) {
	tests := map[string]func(t *testing.T, a *afterKills, ids []string){
		"a report that was acknowledged is lost": func(_ *testing.T, a *afterKills, _ []string) { a.said = []string{"another"} },
		"a delivery that nobody asked for":       func(_ *testing.T, a *afterKills, _ []string) { a.delivered = []string{"another"} },
		"a delivery out of order":                func(_ *testing.T, a *afterKills, ids []string) { a.delivered = []string{ids[1], ids[0]} },
		"neither waiting nor delivered": func(t *testing.T, a *afterKills, ids []string) {
			require.NoError(t, reportsql.New(a.db).Done(t.Context(), ids[0]))
		},
		"a report of what the tool has not stored": func(t *testing.T, a *afterKills, ids []string) {
			_, err := a.db.ExecContext(t.Context(), "DELETE FROM exercise WHERE id = $1", ids[1])
			require.NoError(t, err)
		},
	}
	require.NotEmpty(t, tests)
	for want, spoil := range tests {
		db := engines[0].Migrated(t)
		withRows(t, db)
		var ids []string
		for _, write := range []writing{reporter(t).Opened, reporter(t).Started} {
			one, err := withRow(t.Context(), db, subject(1), write)
			require.NoError(t, err)
			ids = append(ids, one.ID)
		}
		a := afterKills{db: db}
		require.NoError(t, a.whole(t))
		spoil(t, &a, ids)
		require.EqualError(t, a.whole(t), want)
	}
}
