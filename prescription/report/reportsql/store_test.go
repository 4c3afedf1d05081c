package reportsql_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/report"
	"github.com/verktoykatalog/verktoy/prescription/report/reportsql"
	"github.com/verktoykatalog/verktoy/prescription/report/reporttest"
)

var noon = time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)

func reporter(t *testing.T) *report.Reporter {
	t.Helper()
	r, err := report.NewReporter(report.Config{Now: func() time.Time { return noon }, Jitter: func(w time.Duration) time.Duration { return w }})
	require.NoError(t, err)
	return r
}

func subject(n int) report.Subject {
	return report.Subject{Portal: "portal", Task: fmt.Sprintf("Task/%d", n)}
}

func TestStoreKeepsTheContract(t *testing.T) {
	onEach(t, func(t *testing.T, e engine) {
		for name, store := range map[string]func(reportsql.DBTX) *reportsql.Store{"New": reportsql.New,
			"NewFor": func(db reportsql.DBTX) *reportsql.Store { return reportsql.NewFor(e.Dialect, db) }} {
			t.Run(name, func(t *testing.T) {
				reporttest.TestStore(t, func(t *testing.T) report.Store { return store(e.Migrated(t)) })
			})
		}
	})
}

// An engine that is not known is no fault of a store: it is that of New.
func TestAStoreForAnUnknownEngineIsThatOfNew(t *testing.T) {
	onEach(t, func(t *testing.T, e engine) {
		for _, d := range []reportsql.Dialect{"", "mysql"} {
			db := e.Migrated(t)
			st := reportsql.NewFor(d, db)
			_, err := reporter(t).Started(t.Context(), st, subject(1))
			require.NoError(t, err, d)
			waiting, err := st.Claim(t.Context(), noon, noon.Add(time.Minute), 9)
			require.NoError(t, err, d)
			assert.Len(t, waiting, 1, d)
			require.ErrorIs(t, reportsql.Migrate(t.Context(), db, d), reportsql.ErrDialect)
		}
	})
}

// withHost adds a table of the tool's.
func withHost(t *testing.T, e engine) *sql.DB {
	t.Helper()
	db := e.Migrated(t)
	_, err := db.ExecContext(t.Context(), "CREATE TABLE exercise (id text NOT NULL PRIMARY KEY)")
	require.NoError(t, err)
	return db
}

func exercise(t *testing.T, tx *sql.Tx, id string) {
	t.Helper()
	_, err := tx.ExecContext(t.Context(), "INSERT INTO exercise (id) VALUES ($1)", id)
	require.NoError(t, err)
}

func begin(t *testing.T, db *sql.DB) *sql.Tx {
	t.Helper()
	tx, err := db.BeginTx(t.Context(), nil)
	require.NoError(t, err)
	return tx
}

var ours = []string{"verktoy_report_line", "verktoy_report_outbox"}

func TestTheToolsTransactionTakesTheReportAlong(t *testing.T) {
	onEach(t, func(t *testing.T, e engine) {
		db := withHost(t, e)
		for want, end := range []func(*sql.Tx) error{(*sql.Tx).Rollback, (*sql.Tx).Commit} {
			tx := begin(t, db)
			exercise(t, tx, "e1")
			_, err := reporter(t).Started(t.Context(), reportsql.New(tx), subject(1))
			require.NoError(t, err)
			require.NoError(t, end(tx))
			for _, table := range append(ours, "exercise") {
				assert.Equal(t, want, count(t, db, "SELECT count(*) FROM "+table), table)
			}
		}
	})
}

func TestAfterARefusedReportTheToolGoesOn(t *testing.T) {
	onEach(t, func(t *testing.T, e engine) {
		db := withHost(t, e)
		tx := begin(t, db)
		exercise(t, tx, "before")
		_, err := reporter(t).Resumed(t.Context(), reportsql.New(tx), subject(1))
		require.ErrorIs(t, err, prescription.ErrNotPaused)
		exercise(t, tx, "after")
		require.NoError(t, tx.Commit())
		assert.Equal(t, 2, count(t, db, "SELECT count(*) FROM exercise"))
		for _, table := range ours {
			assert.Zero(t, count(t, db, "SELECT count(*) FROM "+table), table)
		}
	})
}

func TestAFailedCallLeavesNothingHalfWritten(t *testing.T) {
	onEach(t, func(t *testing.T, e engine) {
		db := withHost(t, e)
		_, err := db.ExecContext(t.Context(), "DROP TABLE verktoy_report_outbox")
		require.NoError(t, err)
		tx := begin(t, db)
		_, err = reporter(t).Started(t.Context(), reportsql.New(tx), subject(1))
		require.ErrorContains(t, err, "has the database been migrated?")
		exercise(t, tx, "after")
		require.NoError(t, tx.Commit())
		assert.Zero(t, count(t, db, "SELECT count(*) FROM verktoy_report_line"))
	})
}

// cutShort ends the context when a statement is reached.
type cutShort struct {
	*sql.Tx
	left   int
	cancel context.CancelFunc
}

func (c *cutShort) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	if c.left--; c.left == 0 {
		c.cancel()
	}
	return c.Tx.ExecContext(ctx, query, args...)
}

func TestAContextThatEndsInTheMiddleLeavesNothing(t *testing.T) {
	onEach(t, func(t *testing.T, e engine) {
		db := withHost(t, e)
		const statements = 4 // savepoint, line, report, release; the lock is no Exec
		for at := 1; at <= statements; at++ {
			tx := begin(t, db)
			exercise(t, tx, fmt.Sprint(at))
			ctx, cancel := context.WithCancel(t.Context())
			_, err := reporter(t).Started(ctx, reportsql.New(&cutShort{tx, at, cancel}), subject(1))
			require.ErrorIs(t, err, context.Canceled)
			_ = tx.Commit() // may be impossible; must not keep half a call
			for _, table := range ours {
				assert.Zero(t, count(t, db, "SELECT count(*) FROM "+table), "%s, statement %d", table, at)
			}
			cancel()
		}
	})
}

// Eight writers, a plain pool with deferred transactions on SQLite: every
// statement writes first, so nobody is told that the database is locked.
func TestEightWritersInTheToolsTransactionsNeverMeetALock(t *testing.T) {
	onEach(t, func(t *testing.T, e engine) {
		db := withHost(t, e)
		const writers, each = 8, 100
		r := reporter(t)
		var done sync.WaitGroup
		errs := make(chan error, writers*each)
		for w := range writers {
			done.Go(func() {
				for i := range each {
					errs <- inTx(t.Context(), db, func(tx *sql.Tx) error {
						_, err := r.Started(t.Context(), reportsql.New(tx), subject(w*each+i))
						if err != nil {
							return err
						}
						_, err = tx.ExecContext(t.Context(), "INSERT INTO exercise (id) VALUES ($1)", fmt.Sprint(w*each+i))
						return err
					})
				}
			})
		}
		done.Wait()
		close(errs)
		for err := range errs {
			require.NoError(t, err)
		}
		assert.Equal(t, writers*each, count(t, db, "SELECT count(*) FROM exercise"))
		assert.Equal(t, writers*each, count(t, db, "SELECT count(*) FROM verktoy_report_outbox"))
	})
}

func inTx(ctx context.Context, db *sql.DB, work func(*sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := work(tx); err != nil {
		_ = tx.Rollback()
		return err
	}
	return tx.Commit()
}

// The control of the test above: reading first in the same pool does fail, so
// the test can see locks, and the error says what to do.
func TestReadingFirstDoesMeetALock(t *testing.T) {
	db := withHost(t, engines[0])
	r := reporter(t)
	tx := begin(t, db)
	defer func() { _ = tx.Rollback() }()
	_, err := reportsql.New(tx).Line(t.Context(), subject(1))
	require.NoError(t, err)
	_, err = r.Started(t.Context(), reportsql.New(db), subject(2))
	require.NoError(t, err)
	_, err = r.Started(t.Context(), reportsql.New(tx), subject(1))
	require.ErrorIs(t, err, report.ErrBusy)
	assert.ErrorIs(t, err, prescription.ErrBusy)
}

// bare has the methods of DBTX but is neither pool nor transaction.
type bare struct{ reportsql.DBTX }

func TestWhatIsNeitherPoolNorTransactionIsRefused(t *testing.T) {
	db := engines[0].Migrated(t)
	_, err := reporter(t).Started(t.Context(), reportsql.New(bare{db}), subject(1))
	require.ErrorContains(t, err, "want a *sql.DB, *sql.Conn or *sql.Tx")
	assert.Zero(t, count(t, db, "SELECT count(*) FROM verktoy_report_line"))
}

// collecting is a receiver that answers as it is told to.
type collecting struct {
	got  []report.Report
	says func(report.Report) error
}

func (c *collecting) Send(_ context.Context, r report.Report) error {
	c.got = append(c.got, r)
	if c.says == nil {
		return nil
	}
	return c.says(r)
}

// The program ends while a report is on its way: it was sent, and nobody marked
// it so. The next program waits for the lease, sends it again with the same id,
// and then the rest in order.
func TestARestartInTheMiddleOfADeliveryLosesNothing(t *testing.T) {
	onEach(t, func(t *testing.T, e engine) {
		first, dsn := e.Empty(t)
		require.NoError(t, reportsql.Migrate(t.Context(), first, e.Dialect))
		r, st := reporter(t), reportsql.New(first)
		var want []string
		for _, say := range []func(context.Context, report.Store, report.Subject) (report.Report, error){r.Opened, r.Started, r.Completed} {
			one, err := say(t.Context(), st, subject(1))
			require.NoError(t, err)
			want = append(want, one.ID)
		}
		cut, cancel := context.WithCancel(t.Context())
		before := &collecting{says: func(report.Report) error { cancel(); return nil }}
		_, err := r.Drain(cut, st, before)
		require.ErrorIs(t, err, context.Canceled)
		require.NoError(t, first.Close())

		again := reportsql.New(open(t, e.Driver, dsn))
		after := &collecting{}
		n, err := r.Drain(t.Context(), again, after)
		require.NoError(t, err)
		assert.Zero(t, n, "handed out to the program that has ended")
		later, err := report.NewReporter(report.Config{Now: func() time.Time { return noon.Add(5 * time.Minute) }})
		require.NoError(t, err)
		n, err = later.Drain(t.Context(), again, after)
		require.NoError(t, err)
		assert.Equal(t, 3, n)
		require.Len(t, before.got, 1)
		assert.Equal(t, want[0], before.got[0].ID)
		var got []string
		for _, one := range after.got {
			got = append(got, one.ID)
		}
		assert.Equal(t, want, got)
		_, err = later.Completed(t.Context(), again, subject(1))
		assert.ErrorIs(t, err, prescription.ErrEnded, "the restart has not made it forget")
	})
}

// printed is everything that an error may show of itself and of what it wraps.
func printed(err error) string {
	text := ""
	for ; err != nil; err = errors.Unwrap(err) {
		text += fmt.Sprintf("%v %+v %#v %s %q %T\n", err, err, err, err, err, err)
		if many, ok := err.(interface{ Unwrap() []error }); ok {
			for _, one := range many.Unwrap() {
				text += printed(one)
			}
		}
	}
	return text
}

// PostgreSQL quotes the whole row when a constraint fails, SQLite the constraint.
func TestDriverErrorsShowNoValues(t *testing.T) {
	constraints := map[string]string{
		"sqlite":   "CREATE TRIGGER leak BEFORE INSERT ON verktoy_report_outbox BEGIN SELECT RAISE(ABORT, 'canary-task'); END",
		"postgres": "ALTER TABLE verktoy_report_outbox ADD CONSTRAINT leak CHECK (task <> 'canary-task')",
	}
	onEach(t, func(t *testing.T, e engine) {
		db := e.Migrated(t)
		_, err := db.ExecContext(t.Context(), constraints[e.Name])
		require.NoError(t, err)
		_, err = reporter(t).Started(t.Context(), reportsql.New(db), report.Subject{Portal: "canary-portal", Task: "canary-task"})
		require.Error(t, err)
		assert.NotContains(t, strings.ToLower(printed(err)), "canary")
		assert.Regexp(t, "SQLSTATE 23514|SQLite code 1811", printed(err))
	})
}
