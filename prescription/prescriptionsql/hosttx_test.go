package prescriptionsql_test

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/underrace"
	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/prescriptionsql"
)

var ours = []string{"verktoy_prescription", "verktoy_prescription_audit", "verktoy_prescription_outbox"}

// withHost adds a table of the host's.
func withHost(t *testing.T, e engine) *sql.DB {
	t.Helper()
	db := e.Migrated(t)
	_, err := db.ExecContext(t.Context(), "CREATE TABLE visit (id text NOT NULL PRIMARY KEY)")
	require.NoError(t, err)
	return db
}

func visit(t *testing.T, tx *sql.Tx, id string) {
	t.Helper()
	_, err := tx.ExecContext(t.Context(), "INSERT INTO visit (id) VALUES ($1)", id)
	require.NoError(t, err)
}

func begin(t *testing.T, db *sql.DB) *sql.Tx {
	t.Helper()
	tx, err := db.BeginTx(t.Context(), nil)
	require.NoError(t, err)
	return tx
}

func TestTheHostsTransactionTakesAllRowsAlong(t *testing.T) {
	onEachStore(t, func(t *testing.T, e engine, store func(prescriptionsql.DBTX) *prescriptionsql.Store) {
		db := withHost(t, e)
		for want, end := range []func(*sql.Tx) error{(*sql.Tx).Rollback, (*sql.Tx).Commit} {
			tx := begin(t, db)
			visit(t, tx, "v1")
			_, err := service(t).Prescribe(t.Context(), store(tx), request(t, "visit-1"))
			require.NoError(t, err)
			require.NoError(t, end(tx))
			for _, table := range append(ours, "visit") {
				assert.Equal(t, want, count(t, db, "SELECT count(*) FROM "+table), table)
			}
		}
	})
}

// refusals are calls that the service or the store refuses, with what it says.
func refusals(t *testing.T, p prescription.Prescription) map[string]func(*prescription.Service, prescription.Store) (error, error) {
	t.Helper()
	reused := request(t, "visit-1")
	reused.Days = 7
	withdrawn := request(t, "visit-2")
	withdrawn.Tool = "withdrawn"
	cancel := func(ref prescription.Ref) func(*prescription.Service, prescription.Store) error {
		return func(s *prescription.Service, st prescription.Store) error {
			_, err := s.Cancel(t.Context(), st, ref, therapist, prescription.ReasonOther)
			return err
		}
	}
	prescribe := func(r prescription.Request) func(*prescription.Service, prescription.Store) error {
		return func(s *prescription.Service, st prescription.Store) error {
			_, err := s.Prescribe(t.Context(), st, r)
			return err
		}
	}
	wants := func(want error, call func(*prescription.Service, prescription.Store) error) func(*prescription.Service, prescription.Store) (error, error) {
		return func(s *prescription.Service, st prescription.Store) (error, error) { return want, call(s, st) }
	}
	return map[string]func(*prescription.Service, prescription.Store) (error, error){
		"key reused":      wants(prescription.ErrKeyReused, prescribe(reused)),
		"withdrawn tool":  wants(catalogue.ErrWithdrawn, prescribe(withdrawn)),
		"another version": wants(prescription.ErrConflict{Have: 1, Want: 2}, cancel(prescription.Ref{ID: p.ID, Version: 2})),
		"unknown":         wants(prescription.ErrNotFound, cancel(prescription.Ref{ID: "nobody", Version: 1})),
		"not allowed": wants(prescription.ErrNotAllowed{}, func(s *prescription.Service, st prescription.Store) error {
			_, err := s.Change(t.Context(), st, prescription.Ref{ID: p.ID, Version: 1}, prescription.EventResume, therapist, "")
			return err
		}),
	}
}

func TestAfterARefusedCallTheHostGoesOn(t *testing.T) {
	onEachStore(t, func(t *testing.T, e engine, store func(prescriptionsql.DBTX) *prescriptionsql.Store) {
		db := withHost(t, e)
		s := service(t)
		p, err := s.Prescribe(t.Context(), store(db), request(t, "visit-1"))
		require.NoError(t, err)
		for name, refused := range refusals(t, p) {
			tx := begin(t, db)
			visit(t, tx, name)
			want, got := refused(s, store(tx))
			require.ErrorIs(t, got, want, name)
			visit(t, tx, name+" afterwards")
			require.NoError(t, tx.Commit(), name)
			assert.Equal(t, 2, count(t, db, "SELECT count(*) FROM visit WHERE id LIKE $1", name+"%"), name)
		}
		for _, table := range ours {
			assert.Equal(t, 1, count(t, db, "SELECT count(*) FROM "+table), table)
		}
	})
}

// A call that fails in the database halfway: the last of its rows is refused.
func TestAFailedCallLeavesNothingHalfWritten(t *testing.T) {
	onEachStore(t, func(t *testing.T, e engine, store func(prescriptionsql.DBTX) *prescriptionsql.Store) {
		db := withHost(t, e)
		_, err := db.ExecContext(t.Context(), "DROP TABLE verktoy_prescription_outbox")
		require.NoError(t, err)
		tx := begin(t, db)
		visit(t, tx, "before")
		_, err = service(t).Prescribe(t.Context(), store(tx), request(t, "visit-1"))
		require.ErrorContains(t, err, "has the database been migrated?")
		visit(t, tx, "after")
		require.NoError(t, tx.Commit())
		assert.Equal(t, 2, count(t, db, "SELECT count(*) FROM visit"))
		assert.Zero(t, count(t, db, "SELECT count(*) FROM verktoy_prescription"))
		assert.Zero(t, count(t, db, "SELECT count(*) FROM verktoy_prescription_audit"))
	})
}

// cutShort ends the context when a statement is reached, so that it is
// interrupted or refused in the middle of a call.
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
	onEachStore(t, func(t *testing.T, e engine, store func(prescriptionsql.DBTX) *prescriptionsql.Store) {
		db := withHost(t, e)
		whole := &cutShort{begin(t, db), 0, nil}
		_, err := service(t).Prescribe(t.Context(), store(whole), request(t, "visit-1"))
		require.NoError(t, err)
		require.NoError(t, whole.Rollback())
		statements := -whole.left // savepoint, prescription, audit, message, release; or those between in one
		require.Contains(t, []int{5, 3}, statements)
		for at := 1; at <= statements; at++ {
			tx := begin(t, db)
			visit(t, tx, fmt.Sprint(at))
			ctx, cancel := context.WithCancel(t.Context())
			_, err := service(t).Prescribe(ctx, store(&cutShort{tx, at, cancel}), request(t, "visit-1"))
			require.ErrorIs(t, err, context.Canceled)
			_ = tx.Commit() // may be impossible; must not keep half a call
			for _, table := range ours {
				assert.Zero(t, count(t, db, "SELECT count(*) FROM "+table), "%s, statement %d", table, at)
			}
			cancel()
		}
	})
}

// SQLite rolls back a whole transaction when a statement in it is interrupted.
// What the host writes afterwards must not be kept outside any transaction.
func TestAfterTheDatabaseEndedTheTransactionTheHostCannotGoOn(t *testing.T) {
	db := withHost(t, engines[0])
	tx := begin(t, db)
	visit(t, tx, "before")
	_, err := service(t).Prescribe(t.Context(), prescriptionsql.New(&rollsBack{tx}), request(t, "visit-1"))
	require.ErrorIs(t, err, prescriptionsql.ErrTransactionEnded)
	_, err = tx.ExecContext(t.Context(), "INSERT INTO visit (id) VALUES ('after')")
	require.ErrorIs(t, err, sql.ErrTxDone)
	assert.Zero(t, count(t, db, "SELECT count(*) FROM visit"))
}

// rollsBack stands for an interrupted statement: the transaction is gone.
type rollsBack struct{ *sql.Tx }

func (r *rollsBack) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	if strings.HasPrefix(query, "INSERT INTO verktoy_prescription (") {
		_, _ = r.Tx.ExecContext(ctx, "ROLLBACK")
		return nil, context.Canceled
	}
	return r.Tx.ExecContext(ctx, query, args...)
}

// D5 in the host's transactions: eight writers, a plain pool with deferred transactions on SQLite: every
// statement writes first, so nobody is told that the database is locked.
func TestEightWritersInHostTransactionsNeverMeetALock(t *testing.T) {
	onEach(t, func(t *testing.T, e engine) {
		db := withHost(t, e)
		writers, each := 8, underrace.Cases(200)
		s := service(t)
		var done sync.WaitGroup
		errs := make(chan error, writers*each)
		for w := range writers {
			done.Go(func() {
				for i := range each {
					errs <- prescribeAndCancel(t, db, s, fmt.Sprintf("visit-%d-%d", w, i))
				}
			})
		}
		done.Wait()
		close(errs)
		for err := range errs {
			require.NoError(t, err)
		}
		assert.Equal(t, writers*each, count(t, db, "SELECT count(*) FROM visit"))
		assert.Equal(t, writers*each, count(t, db, "SELECT count(*) FROM verktoy_prescription WHERE state = 'cancelled'"))
		assert.Equal(t, 2*writers*each, count(t, db, "SELECT count(*) FROM verktoy_prescription_audit"))
	})
}

// prescribeAndCancel does each in a transaction of the host's.
func prescribeAndCancel(t *testing.T, db *sql.DB, s *prescription.Service, key string) error {
	var p prescription.Prescription
	err := inTx(t.Context(), db, func(tx *sql.Tx) (err error) {
		p, err = s.Prescribe(t.Context(), prescriptionsql.New(tx), request(t, key))
		return err
	})
	if err != nil {
		return err
	}
	return inTx(t.Context(), db, func(tx *sql.Tx) error {
		_, err := s.Cancel(t.Context(), prescriptionsql.New(tx), prescription.Ref{ID: p.ID, Version: p.Version}, therapist, prescription.ReasonOther)
		if err == nil {
			_, err = tx.ExecContext(t.Context(), "INSERT INTO visit (id) VALUES ($1)", key)
		}
		return err
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

// The control of D5: reading first in the same pool does fail, so
// the test can see locks.
func TestReadingFirstDoesMeetALock(t *testing.T) {
	db := withHost(t, engines[0])
	s := service(t)
	p, err := s.Prescribe(t.Context(), prescriptionsql.New(db), request(t, "visit-1"))
	require.NoError(t, err)
	tx := begin(t, db)
	defer func() { _ = tx.Rollback() }()
	_, err = prescriptionsql.New(tx).Get(t.Context(), p.ID)
	require.NoError(t, err)
	_, err = s.Prescribe(t.Context(), prescriptionsql.New(db), request(t, "visit-2"))
	require.NoError(t, err)
	_, err = s.Cancel(t.Context(), prescriptionsql.New(tx), prescription.Ref{ID: p.ID, Version: 1}, therapist, prescription.ReasonOther)
	assert.ErrorIs(t, err, prescription.ErrBusy)
}
