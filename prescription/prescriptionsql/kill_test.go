package prescriptionsql_test

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
	"github.com/verktoykatalog/verktoy/internal/underrace"
	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/prescriptionsql"
)

const (
	killReceived = "VERKTOY_TEST_KILL_RECEIVED" // the file of the receiving side
	killRun      = "VERKTOY_TEST_KILL_RUN"      // which run it is
	killCount    = "VERKTOY_TEST_KILLS"         // how many kills on each engine; 50 if unset, 500 in the long form
)

// portalFile is the citizen's portal: what it has got is a line in a file, which
// outlives the process.
type portalFile struct {
	file *os.File
	got  func(prescription.ID)
}

func (r portalFile) Deliver(_ context.Context, d prescription.Delivery) error {
	_, err := fmt.Fprintln(r.file, d.Message.ID)
	r.got(d.Message.Prescription)
	return err
}

// deliveredFirst begins the keys of every second run: those prescriptions are
// reported of once the portal has them, so none ends before it was delivered.
const deliveredFirst = "delivered-first-"

func keyOf(run, n int) string {
	if run%2 == 1 {
		return fmt.Sprint(deliveredFirst, run, "-", n)
	}
	return fmt.Sprint("visit-", run, "-", n)
}

// TestKillChild prescribes, delivers and takes in reports all at once until it
// is killed. It says what it knows to be stored.
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
	s, st := service(t), prescriptionsql.NewFor(engineOf(t, driver).Dialect, db)
	run, err := strconv.Atoi(os.Getenv(killRun))
	require.NoError(t, err)
	sent := make(chan prescription.ID, 1000)
	use := func(id prescription.ID) { // if the citizen has time
		select {
		case sent <- id:
		default:
		}
	}
	onDelivery := func(prescription.ID) {}
	if run%2 == 1 {
		use, onDelivery = func(prescription.ID) {}, use
	}
	var out sync.Mutex
	say := func(words ...any) {
		out.Lock()
		defer out.Unlock()
		fmt.Println(words...)
	}
	say("ready")
	go func() {
		for {
			_, err := s.Drain(t.Context(), st, portalFile{file, onDelivery})
			if err != nil {
				say("error", "drain", err)
			}
		}
	}()
	go func() {
		for id := range sent {
			for i, e := range []prescription.Event{prescription.EventOpen, prescription.EventStart, prescription.EventComplete} {
				report := prescription.Report{ID: fmt.Sprintf("r%d", i), Prescription: id, Event: e, At: time.Unix(0, 0),
					By: prescription.Actor{Role: prescription.RoleTool, ID: "tool-1"}}
				if _, _, err := s.Apply(t.Context(), st, report); err != nil {
					say("error", "apply", err)
					continue
				}
				say("reported", string(id)+"/"+report.ID)
			}
		}
	}()
	for n := 0; ; n++ {
		p, err := s.Prescribe(t.Context(), st, request(t, keyOf(run, n)))
		if err != nil {
			say("error", "prescribe", err)
			continue
		}
		say("prescribed", p.ID)
		use(p.ID)
	}
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

// D1, killed at any moment: the store has the prescription and its message or
// neither, what was said to be stored is, and nothing is delivered that is not.
func TestKilledAtAnyMoment(t *testing.T) {
	n := number10(t, killCount, often(10+underrace.Cases(40), 500))
	onEach(t, func(t *testing.T, e engine) {
		db, dsn := e.Empty(t)
		require.NoError(t, prescriptionsql.Migrate(t.Context(), db, e.Dialect))
		received := filepath.Join(t.TempDir(), "received")
		require.NoError(t, os.WriteFile(received, nil, 0o600))
		said := kills(t, e, dsn, received, n)
		assert.Empty(t, said["error"])
		require.Greater(t, len(said["prescribed"]), n/4, "the children did some work, also on a busy machine")
		require.NotEmpty(t, said["reported"])
		require.NoError(t, afterKills{db, said, lines(t, received)}.whole(t))
		verified(t, db)
		if e.Name == "sqlite" {
			sound(t, db, dsn)
		}
		t.Logf("%d kills: %d prescribed and %d reports acknowledged, %d delivered", n, len(said["prescribed"]), len(said["reported"]), len(lines(t, received)))
	})
}

func nowhere(t *testing.T) *os.File {
	file, err := os.Create(filepath.Join(t.TempDir(), "nowhere"))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, file.Close()) })
	return file
}

func lines(t *testing.T, file string) map[string]int {
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	found := map[string]int{}
	for line := range strings.Lines(string(data)) {
		found[strings.TrimSpace(line)]++
	}
	return found
}

// afterKills is what a database has and what was said and received.
type afterKills struct {
	db        *sql.DB
	said      map[string][]string
	delivered map[string]int
}

// whole is nil, or the first thing that is lost, invented or half written.
func (a afterKills) whole(t *testing.T) error {
	stored, waiting := ids(t, a.db, "SELECT id FROM verktoy_prescription"), ids(t, a.db, "SELECT id FROM verktoy_prescription_outbox")
	reports := ids(t, a.db, "SELECT prescription || '/' || report FROM verktoy_prescription_inbox")
	for _, id := range a.said["prescribed"] {
		if !stored[id] {
			return errors.New("a prescription that was acknowledged is lost")
		}
	}
	for _, r := range a.said["reported"] {
		if !reports[r] {
			return errors.New("a report that was acknowledged is lost")
		}
	}
	for id := range stored {
		if err := a.one(t, id, waiting); err != nil {
			return err
		}
	}
	for message := range a.delivered {
		if !stored[strings.TrimSuffix(message, "/1")] {
			return errors.New("a delivery that nobody asked for")
		}
	}
	return nil
}

func (a afterKills) one(t *testing.T, id string, waiting map[string]bool) error {
	st := prescriptionsql.New(a.db)
	p, err := st.Get(t.Context(), prescription.ID(id))
	require.NoError(t, err)
	entries, err := st.Audit(t.Context(), p.ID)
	if err != nil {
		return err
	}
	message := id + "/1"
	ended := p.State.Ended() && !strings.HasPrefix(p.Key, deliveredFirst) // and is no longer announced
	switch {
	case a.delivered[message] > 0:
	case !p.Delivered.IsZero():
		return errors.New("noted as delivered, and is not")
	case !waiting[message] && !ended:
		return errors.New("neither waiting nor delivered")
	}
	return p.CheckAudit(entries)
}

// The control of D1: the check finds each kind of loss.
func TestTheCheckAfterKillsFindsLosses(t *testing.T) {
	for want, spoil := range map[string]func(*afterKills, prescription.Prescription) string{
		"prescription: audit trail is broken: the last entry is not the prescription's newest change": func(*afterKills, prescription.Prescription) string {
			return "UPDATE verktoy_prescription SET state = 'opened'"
		},
		"neither waiting nor delivered": func(*afterKills, prescription.Prescription) string {
			return "DELETE FROM verktoy_prescription_outbox"
		},
		"noted as delivered, and is not": func(a *afterKills, p prescription.Prescription) string {
			_, err := service(t).Drain(t.Context(), prescriptionsql.New(a.db), portalFile{nowhere(t), func(prescription.ID) {}})
			require.NoError(t, err)
			return ""
		},
		"a prescription that was acknowledged is lost": func(a *afterKills, _ prescription.Prescription) string {
			a.said["prescribed"] = []string{"another"}
			return ""
		},
		"a report that was acknowledged is lost": func(a *afterKills, p prescription.Prescription) string {
			a.said["reported"] = []string{string(p.ID) + "/r9"}
			return ""
		},
		"a delivery that nobody asked for": func(a *afterKills, _ prescription.Prescription) string {
			a.delivered["another/1"] = 1
			return ""
		},
	} {
		db := engines[0].Migrated(t)
		p, err := service(t).Prescribe(t.Context(), prescriptionsql.New(db), request(t, "visit-1"))
		require.NoError(t, err)
		a := afterKills{db, map[string][]string{"prescribed": {string(p.ID)}}, map[string]int{}}
		require.NoError(t, a.whole(t))
		_, err = db.ExecContext(t.Context(), spoil(&a, p))
		require.NoError(t, err)
		require.EqualError(t, a.whole(t), want)
	}
}

// What ended before it was announced is excused, but not where none can have.
func TestTheCheckAfterKillsExcusesOnlyWhatEndedFirst(t *testing.T) {
	for key, want := range map[string]string{keyOf(0, 1): "", keyOf(1, 1): "neither waiting nor delivered"} {
		db := engines[0].Migrated(t)
		p, err := service(t).Prescribe(t.Context(), prescriptionsql.New(db), request(t, key))
		require.NoError(t, err)
		require.NoError(t, completed(t.Context(), t, prescriptionsql.New(db), p))
		engines[0].exec(t, db, "DELETE FROM verktoy_prescription_outbox")
		err = afterKills{db, map[string][]string{}, map[string]int{}}.whole(t)
		if want == "" {
			require.NoError(t, err)
			continue
		}
		require.EqualError(t, err, want)
	}
}

func ids(t *testing.T, db *sql.DB, query string) map[string]bool {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), query)
	require.NoError(t, err)
	defer rows.Close()
	found := map[string]bool{}
	for rows.Next() {
		var id string
		require.NoError(t, rows.Scan(&id))
		found[id] = true
	}
	require.NoError(t, rows.Err())
	return found
}
