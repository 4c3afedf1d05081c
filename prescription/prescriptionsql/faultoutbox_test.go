package prescriptionsql_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/internal/underrace"
	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/prescriptionsql"
)

func init() {
	jobs["drain and die"] = drainAndDie
	jobs["mark first and die"] = markFirstAndDie
}

// die is what power cuts and kill -9 do.
func die() { _ = syscall.Kill(os.Getpid(), syscall.SIGKILL) }

// laterService has a clock that is past the leases of the runs before.
func laterService(t *testing.T, j job) (*prescription.Service, time.Time, int) {
	t.Helper()
	var run, left int
	_, err := fmt.Sscan(j.with, &run, &left)
	require.NoError(t, err)
	now := noon.Add(time.Duration(run) * 10 * time.Minute)
	return clocked(t, &now), now, left
}

// mortal is a portal that kills the program when it has received a number of
// messages, before the outbox can note the last one.
type mortal struct {
	signedFile
	left *int
}

func (m mortal) Deliver(ctx context.Context, d prescription.Delivery) error {
	err := m.signedFile.Deliver(ctx, d)
	if *m.left--; *m.left == 0 {
		die()
	}
	return err
}

func drainAndDie(t *testing.T, j job) {
	s, _, left := laterService(t, j)
	_, err := s.Drain(t.Context(), prescriptionsql.New(j.db), mortal{signedFile{j.file, "x"}, &left})
	require.NoError(t, err)
}

// markFirstAndDie is how an outbox must not be emptied.
func markFirstAndDie(t *testing.T, j job) {
	_, now, left := laterService(t, j)
	st := prescriptionsql.New(j.db)
	found, err := st.Claim(t.Context(), now, now.Add(time.Minute), 100)
	require.NoError(t, err)
	for _, m := range found {
		require.NoError(t, st.Done(t.Context(), m.ID))
		if left--; left == 0 {
			die()
		}
		_, err := fmt.Fprintln(j.file, m.ID, "x")
		require.NoError(t, err)
	}
}

// deaths runs a job again and again, killed each time after some messages, until
// nothing waits. It gives what was received and how often it was killed.
func deaths(t *testing.T, e engine, what string, prescribed int) (text string, all map[string]bool, killed int) {
	t.Helper()
	db, dsn := e.Empty(t)
	require.NoError(t, prescriptionsql.Migrate(t.Context(), db, e.Dialect))
	waiting(t, db, prescribed*several)
	all = ids(t, db, "SELECT id FROM verktoy_prescription_outbox")
	received := filepath.Join(t.TempDir(), "received")
	require.NoError(t, os.WriteFile(received, nil, 0o600))
	for run := 1; count(t, db, "SELECT count(*) FROM verktoy_prescription_outbox") > 0; run++ {
		o := e.start(t, dsn, what, fmt.Sprint(run, 1+run%5), received)
		for o.line(t) != "" {
			continue
		}
		if o.Wait() != nil {
			killed++
		}
	}
	data, err := os.ReadFile(received)
	require.NoError(t, err)
	delivered := count(t, db, "SELECT count(*) FROM verktoy_prescription_audit WHERE event = 'deliver'")
	if what == "drain and die" {
		assert.Equal(t, prescribed, delivered, "one effect each")
		verified(t, db)
	}
	return string(data), all, killed
}

// D17, killed between sending and noting it. Pass: each message comes at least
// once and in the order of its prescription, who goes by its id sees each once,
// and the store notes one delivery for each prescription. Controls: without
// looking at the id some come twice, so the kills hit the gap; and noting before
// sending loses messages.
func TestD17KilledBetweenSendingAndNoting(t *testing.T) {
	onEach(t, func(t *testing.T, e engine) {
		text, all, killed := deaths(t, e, "drain and die", often(5+underrace.Cases(10), 140))
		got, err := brought(text)
		require.NoError(t, err)
		for id := range all {
			assert.NotZero(t, got.times[id], "at least once")
		}
		assert.Len(t, got.times, len(all), "nothing that nobody wrote")
		require.NotZero(t, killed)
		assert.Equal(t, killed, got.twice, "the control: what was sent when it was killed comes again")
		t.Logf("%d kills, %d messages, %d came twice", killed, len(all), got.twice)
	})
}

func TestD17ControlNotingFirstLoses(t *testing.T) {
	text, all, killed := deaths(t, engines[0], "mark first and die", 2)
	require.NotZero(t, killed)
	got := strings.Count(text, "\n")
	assert.Equal(t, len(all)-killed, got)
}

// D16, the clock jumps: back an hour, ahead, to 1970 and home again, between any
// two events. Pass: the order is that of the sequence numbers, times never
// decrease in a trail, all chains are whole, and what waited is delivered, if need
// be in 1970. Control: by the clock the order would be another.
func TestD16TheClockJumps(t *testing.T) {
	jumps := []time.Duration{0, -time.Hour, time.Hour, -noon.Sub(time.Unix(1, 0)), 2 * time.Hour, -24 * time.Hour, 3 * time.Hour}
	onEach(t, func(t *testing.T, e engine) {
		db := e.Migrated(t)
		now := noon
		s, st := clocked(t, &now), prescriptionsql.New(db)
		p, err := s.Prescribe(t.Context(), st, request(t, "visit-1"))
		require.NoError(t, err)
		var read []time.Time
		for i, jump := range jumps {
			now = noon.Add(jump)
			read = append(read, now)
			p, err = s.Note(t.Context(), st, prescription.Ref{ID: p.ID, Version: p.Version}, therapist, fmt.Sprint(i))
			require.NoError(t, err)
		}
		entries, err := st.Audit(t.Context(), p.ID)
		require.NoError(t, err)
		require.Len(t, entries, len(jumps)+1)
		backwards := 0
		for i := 1; i < len(entries); i++ {
			assert.EqualValues(t, i+1, entries[i].Seq)
			assert.False(t, entries[i].At.Before(entries[i-1].At))
			if i > 1 && read[i-1].Before(read[i-2]) {
				backwards++
			}
		}
		assert.NotZero(t, backwards, "the control")
		require.NoError(t, p.CheckAudit(entries))
		now = noon.Add(-time.Hour)
		n, err := s.Drain(t.Context(), st, &receiver{got: map[prescription.MessageID]int{}})
		require.NoError(t, err)
		assert.Zero(t, n, "nothing is due yet")
		now = time.Unix(1, 0)
		n, err = s.Drain(t.Context(), st, &receiver{got: map[prescription.MessageID]int{}})
		require.NoError(t, err)
		assert.Equal(t, len(jumps)+1, n)
		verified(t, db)
	})
}

// A report that says it happened before the prescription was made, or tomorrow,
// is kept as of the last change, or of now: issued ≤ opened ≤ started (D16).
func TestD16AReportFromAnotherTime(t *testing.T) {
	onEach(t, func(t *testing.T, e engine) {
		db := e.Migrated(t)
		s, st := service(t), prescriptionsql.New(db)
		p, err := s.Prescribe(t.Context(), st, request(t, "visit-1"))
		require.NoError(t, err)
		for i, at := range []time.Time{time.Unix(0, 1), noon.AddDate(10, 0, 0)} {
			event := []prescription.Event{prescription.EventOpen, prescription.EventStart}[i]
			p, _, err = s.Apply(t.Context(), st, prescription.Report{ID: fmt.Sprint(i), Prescription: p.ID, Event: event, At: at,
				By: prescription.Actor{Role: prescription.RoleTool, ID: "tool-1"}})
			require.NoError(t, err)
		}
		for _, times := range [][2]time.Time{{p.Issued, p.Opened}, {p.Opened, p.Started}, {p.Started, noon}} {
			assert.False(t, times[1].Before(times[0]))
		}
		verified(t, db)
	})
}
