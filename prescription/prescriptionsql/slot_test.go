package prescriptionsql_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/prescriptionsql"
)

// ofOneTool are prescriptions of one tool for one citizen, by growing ids, and a
// request for another one.
func ofOneTool(t *testing.T, db *sql.DB, n int) (all []prescription.Prescription, next prescription.Request) {
	t.Helper()
	s, err := prescription.NewService(prescription.Config{Tools: tools, Synthetic: true, Now: func() time.Time { return noon },
		NewID: func() prescription.ID { return prescription.ID(fmt.Sprintf("0193a6f0-%08d", len(all))) }})
	require.NoError(t, err)
	for i := range n + 1 {
		next = request(t, fmt.Sprintf("visit-%d", i))
		next.Patient.Pseudonym = "patient-visit"
		if i == n {
			break
		}
		if i > 0 {
			next.Second = prescription.ReasonOther
		}
		p, err := s.Prescribe(t.Context(), prescriptionsql.New(db), next)
		require.NoError(t, err)
		all = append(all, p)
	}
	return all, next
}

func completed(ctx context.Context, t *testing.T, st prescription.Store, p prescription.Prescription) error {
	_, _, err := service(t).Apply(ctx, st, prescription.Report{ID: "r1", Prescription: p.ID, Event: prescription.EventComplete, At: noon,
		By: prescription.Actor{Role: prescription.RoleTool, ID: "tool-1"}})
	return err
}

// stillGuarded: the one that goes on has the slot, so there is no room for another.
func stillGuarded(t *testing.T, db *sql.DB, going prescription.Prescription, next prescription.Request) {
	t.Helper()
	assert.Equal(t, 1, count(t, db, "SELECT count(*) FROM verktoy_prescription WHERE id = $1 AND slot = '' AND ended = 0", string(going.ID)))
	_, err := service(t).Prescribe(t.Context(), prescriptionsql.New(db), next)
	require.ErrorIs(t, err, prescription.ErrAlreadyActive)
	verified(t, db)
}

// One after the other, in every order, on both engines.
func TestWhatGoesOnKeepsASecondOneAway(t *testing.T) {
	onEachStore(t, func(t *testing.T, e engine, store func(prescriptionsql.DBTX) *prescriptionsql.Store) {
		for going := range 3 {
			db := e.Migrated(t)
			all, next := ofOneTool(t, db, 3)
			for _, i := range []int{(going + 1) % 3, (going + 2) % 3} {
				tx := begin(t, db)
				require.NoError(t, completed(t.Context(), t, store(tx), all[i]))
				require.NoError(t, tx.Commit())
			}
			stillGuarded(t, db, all[going], next)
		}
	})
}

// blocked waits until somebody waits for a row of ours.
func blocked(t *testing.T, db *sql.DB) {
	t.Helper()
	const waiting = `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
 AND query LIKE '%verktoy_prescription%' AND pid <> pg_backend_pid()`
	for count(t, db, waiting) == 0 {
		runtime.Gosched()
	}
}

// hooked does something before a statement with a certain text, once.
type hooked struct {
	*sql.Tx
	text string
	hook func()
}

func (h *hooked) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	if hook := h.hook; hook != nil && strings.Contains(query, h.text) {
		h.hook = nil
		hook()
	}
	return h.Tx.ExecContext(ctx, query, args...)
}

// A further one is wanted while the newest ends: when room is to be made the newest
// is on its way out, and has handed its slot on to one that was not seen with it.
func TestAFurtherOneFindsRoomWhileAnotherEnds(t *testing.T) {
	e := engines[1]
	db := e.Migrated(t)
	all, next := ofOneTool(t, db, 2)
	next.Second = prescription.ReasonOther
	ends, adds := begin(t, db), begin(t, db)
	committed := make(chan error, 1)
	st := prescriptionsql.NewFor(e.Dialect, &hooked{adds, "SET slot = id", func() {
		assert.NoError(t, completed(t.Context(), t, prescriptionsql.New(ends), all[1]))
		go func() {
			blocked(t, db)
			committed <- ends.Commit()
		}()
	}})
	p, err := service(t).Prescribe(t.Context(), st, next)
	require.NoError(t, err)
	require.NoError(t, <-committed)
	require.NoError(t, adds.Commit())
	assert.Equal(t, 1, count(t, db, "SELECT count(*) FROM verktoy_prescription WHERE id = $1 AND slot = ''", string(p.ID)))
	assert.Equal(t, 1, count(t, db, "SELECT count(*) FROM verktoy_prescription WHERE id = $1 AND slot = id", string(all[0].ID)))
	verified(t, db)
}

// Eight prescribe one tool to one citizen and end it, all at once: who is told that
// the database is busy does it again, nobody is told anything else, and one that
// goes on has the slot.
func TestEightAtOnceForOneCitizen(t *testing.T) {
	t.Parallel()
	e := engines[1]
	db := e.Migrated(t)
	st := prescriptionsql.NewFor(e.Dialect, db)
	patiently := func(do func() error) (err error) {
		for err = do(); errors.Is(err, prescription.ErrBusy); err = do() {
		}
		return err
	}
	require.Empty(t, together(8, func(i int) error {
		for n := range 8 {
			r := request(t, fmt.Sprintf("visit-%d-%d", i, n))
			r.Patient.Pseudonym, r.Second = "patient-visit", prescription.ReasonOther
			var p prescription.Prescription
			err := patiently(func() (err error) { p, err = service(t).Prescribe(t.Context(), st, r); return err })
			if err == nil && n > 0 {
				err = patiently(func() error { return completed(t.Context(), t, st, p) })
			}
			if err != nil {
				return err
			}
		}
		return nil
	}))
	assert.Equal(t, 8, count(t, db, "SELECT count(*) FROM verktoy_prescription WHERE ended = 0"))
	assert.Equal(t, 1, count(t, db, "SELECT count(*) FROM verktoy_prescription WHERE ended = 0 AND slot = ''"))
	verified(t, db)
}

// Two end at the same time, in transactions that see nothing of each other: the
// first is open when the second looks for who goes on.
func TestTwoThatEndAtOnceLeaveTheSlotToTheThird(t *testing.T) {
	e := engines[1]
	for _, order := range []struct {
		first, second, going int
		waits                bool
	}{{1, 2, 0, true}, {0, 2, 1, false}, {2, 1, 0, true}, {2, 0, 1, false}, {0, 1, 2, false}} {
		for name, store := range map[string]func(prescriptionsql.DBTX) *prescriptionsql.Store{"any": prescriptionsql.New,
			"known": func(db prescriptionsql.DBTX) *prescriptionsql.Store { return prescriptionsql.NewFor(e.Dialect, db) }} {
			t.Run(fmt.Sprint(name, order), func(t *testing.T) {
				db := e.Migrated(t)
				all, next := ofOneTool(t, db, 3)
				a, b := begin(t, db), begin(t, db)
				require.NoError(t, completed(t.Context(), t, store(a), all[order.first]))
				ended := make(chan error, 1)
				go func() { ended <- completed(t.Context(), t, store(b), all[order.second]) }()
				if order.waits { // the newest has the slot, and the one before is its heir
					blocked(t, db)
				}
				require.NoError(t, a.Commit())
				require.NoError(t, <-ended)
				require.NoError(t, b.Commit())
				stillGuarded(t, db, all[order.going], next)
			})
		}
	}
}
