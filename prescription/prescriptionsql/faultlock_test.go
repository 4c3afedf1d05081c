package prescriptionsql_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/prescriptionsql"
)

// together runs work in n goroutines and gives the errors.
func together(n int, work func(i int) error) (failed []error) {
	errs := make(chan error, n)
	for i := range n {
		go func() { errs <- work(i) }()
	}
	for range n {
		if err := <-errs; err != nil {
			failed = append(failed, err)
		}
	}
	return failed
}

// noted writes notes to one prescription, each to the version that it has read,
// and reads again when somebody else was faster.
func noted(ctx context.Context, s *prescription.Service, db *sql.DB, id prescription.ID, by string, n int) error {
	st := prescriptionsql.New(db)
	for done := 0; done < n; {
		p, err := s.Get(ctx, st, id)
		if err == nil {
			_, err = s.Note(ctx, st, prescription.Ref{ID: id, Version: p.Version}, therapist, fmt.Sprintf("%s %d", by, done))
		}
		switch {
		case err == nil:
			done++
		case !errors.Is(err, prescription.ErrConflict{}):
			return err
		}
	}
	return nil
}

// D5 and D10, many writers and one row: two handles with eight writers each, who on
// SQLite share a connection as the package comment advises, read and write the same
// prescription. Pass: no lost update, no error but a version that somebody else has
// taken (on SQLite: never busy). How long they wait is in BenchmarkD5Writers.
func TestD5D10NoUpdateIsLost(t *testing.T) {
	onEach(t, func(t *testing.T, e engine) {
		db, dsn := e.Empty(t)
		require.NoError(t, prescriptionsql.Migrate(t.Context(), db, e.Dialect))
		handles := []*sql.DB{db, open(t, e.Driver, dsn)}
		if e.Name == "sqlite" {
			handles[0].SetMaxOpenConns(1)
			handles[1].SetMaxOpenConns(1)
		}
		s := service(t)
		p, err := s.Prescribe(t.Context(), prescriptionsql.New(db), request(t, "visit-1"))
		require.NoError(t, err)
		const writers = 16
		each := often(10, 200)
		require.Empty(t, together(writers, func(i int) error {
			return noted(t.Context(), s, handles[i%2], p.ID, fmt.Sprint(i), each)
		}))
		got, err := s.Get(t.Context(), prescriptionsql.New(db), p.ID)
		require.NoError(t, err)
		assert.EqualValues(t, 1+writers*each, got.Version)
		assert.Equal(t, writers*each, count(t, db, "SELECT count(DISTINCT note) FROM verktoy_prescription_note"))
		assert.EqualValues(t, 1+writers*each, verified(t, db).Entries)
	})
}

// meeting lets nobody pass before all have come.
func meeting(n int) func() {
	var all sync.WaitGroup
	all.Add(n)
	return func() {
		all.Done()
		all.Wait()
	}
}

// The control of D10: the same row, read and then written without a lock or a
// version, loses all updates but one at PostgreSQL's usual isolation level.
func TestD10ControlPlainReadThenWriteLoses(t *testing.T) {
	const writers = 8
	db := engines[1].Migrated(t)
	p, err := service(t).Prescribe(t.Context(), prescriptionsql.New(db), request(t, "visit-1"))
	require.NoError(t, err)
	haveRead := meeting(writers)
	require.Empty(t, together(writers, func(int) error {
		return inTx(t.Context(), db, func(tx *sql.Tx) error {
			var version int64
			err := tx.QueryRowContext(t.Context(), "SELECT version FROM verktoy_prescription").Scan(&version)
			haveRead()
			if err == nil {
				_, err = tx.ExecContext(t.Context(), "UPDATE verktoy_prescription SET version = $1", version+1)
			}
			return err
		})
	}))
	assert.Equal(t, 2, count(t, db, "SELECT version FROM verktoy_prescription"), "all but one of %d are lost", writers)
	_, err = prescription.VerifyAll(t.Context(), prescriptionsql.New(db), nil)
	require.ErrorIs(t, err, prescription.ErrAudit)
	assert.NotEmpty(t, p.ID)
}

// The control of D5: sixteen writers with two handles on SQLite that read first,
// in a deferred transaction. All but one are refused at once, whatever their
// busy_timeout.
func TestD5ControlReadingFirstLoses(t *testing.T) {
	const writers = 16
	db, dsn := engines[0].Empty(t)
	require.NoError(t, prescriptionsql.Migrate(t.Context(), db, prescriptionsql.SQLite))
	handles := []*sql.DB{db, open(t, "sqlite", dsn)}
	s := service(t)
	p, err := s.Prescribe(t.Context(), prescriptionsql.New(db), request(t, "visit-1"))
	require.NoError(t, err)
	haveRead := meeting(writers)
	failed := together(writers, func(i int) error {
		return inTx(t.Context(), handles[i%2], func(tx *sql.Tx) error {
			_, err := s.Get(t.Context(), prescriptionsql.New(tx), p.ID)
			haveRead()
			if err == nil {
				_, err = s.Prescribe(t.Context(), prescriptionsql.New(tx), request(t, fmt.Sprintf("visit-2-%d", i)))
			}
			return err
		})
	})
	require.Len(t, failed, writers-1)
	for _, err := range failed {
		require.ErrorIs(t, err, prescription.ErrBusy)
	}
}

// span is a call: when it began and ended, in the order of all beginnings and
// ends, and the version that it saw or made.
type span struct {
	began, ended int
	version      int64
	wrote        bool
}

// D20, eight clients and their history. A prescription's versions say in which
// order its changes were made, so the history is linearizable if that order can
// be true: no version is made twice, and no call that began after another one
// had ended has an older version, or the same when it made one.
func TestD20EightClientsSeeOneOrder(t *testing.T) {
	onEach(t, func(t *testing.T, e engine) {
		db := e.Migrated(t)
		s, st := service(t), prescriptionsql.New(db)
		p, err := s.Prescribe(t.Context(), st, request(t, "visit-1"))
		require.NoError(t, err)
		h := &history{}
		require.Empty(t, together(8, func(int) error {
			for range often(25, 500) {
				began := h.tick()
				seen, err := s.Get(t.Context(), st, p.ID)
				if err != nil {
					return err
				}
				h.add(span{began: began, version: seen.Version})
				began = h.tick()
				made, err := s.Note(t.Context(), st, prescription.Ref{ID: p.ID, Version: seen.Version}, therapist, "x")
				if errors.Is(err, prescription.ErrConflict{}) {
					continue
				}
				if err != nil {
					return err
				}
				h.add(span{began: began, version: made.Version, wrote: true})
			}
			return nil
		}))
		require.NotEmpty(t, h.spans)
		require.NoError(t, oneOrder(h.spans))
	})
}

type history struct {
	mu    sync.Mutex
	now   int
	spans []span
}

func (h *history) tick() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now++
	return h.now
}

func (h *history) add(s span) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now++
	s.ended = h.now
	h.spans = append(h.spans, s)
}

func oneOrder(spans []span) error {
	made := map[int64]bool{1: true}
	for _, s := range spans {
		if s.wrote && made[s.version] {
			return errors.New("a version was made twice")
		}
		made[s.version] = made[s.version] || s.wrote
	}
	for _, s := range spans {
		if !made[s.version] {
			return errors.New("a version was seen that nobody made")
		}
		for _, o := range spans {
			if o.ended < s.began && (o.version > s.version || s.wrote && o.version == s.version) {
				return errors.New("a call saw an older version than one that had ended before it")
			}
		}
	}
	return nil
}

// The control of D20.
func TestD20ControlAnImpossibleOrderIsFound(t *testing.T) {
	for want, spans := range map[string][]span{
		"a version was made twice":                                      {{1, 3, 2, true}, {2, 4, 2, true}},
		"a version was seen that nobody made":                           {{1, 2, 2, false}},
		"a call saw an older version than one that had ended before it": {{1, 2, 2, true}, {3, 4, 1, false}},
	} {
		assert.EqualError(t, oneOrder(spans), want)
	}
	assert.NoError(t, oneOrder([]span{{1, 4, 2, true}, {2, 3, 1, false}, {5, 6, 2, false}}))
}
