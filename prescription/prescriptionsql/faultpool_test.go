package prescriptionsql_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/prescriptionsql"
)

// cutSoon ends a context after a number of turns that other goroutines had, which
// is anywhere in a call. The function it gives ends it, after the call.
func cutSoon(ctx context.Context, turns int) (context.Context, func()) {
	ctx, cancel := context.WithCancel(ctx)
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		for n := 0; n < turns && ctx.Err() == nil; n++ {
			runtime.Gosched()
		}
		cancel()
	}()
	return ctx, func() {
		cancel()
		<-gone
	}
}

// calls asks everything of a store that may be cut.
func calls(ctx context.Context, s *prescription.Service, st *prescriptionsql.Store, r prescription.Request, id prescription.ID, i int) error {
	var err error
	switch i % 5 {
	case 0:
		_, err = s.Prescribe(ctx, st, r)
	case 1:
		_, err = s.Get(ctx, st, id)
	case 2:
		_, err = st.ForPatient(ctx, "999999999", r.Patient.Pseudonym, "", 10)
	case 3:
		_, err = st.Audit(ctx, id)
	case 4:
		_, err = st.Claim(ctx, noon, noon, 1)
	}
	return err
}

// back waits until what has been given up is given back: drivers do so in
// goroutines of their own.
func back(done func() bool) bool {
	for range 20_000_000 {
		if done() {
			return true
		}
		runtime.Gosched()
	}
	return false
}

// D22, many calls whose context ends somewhere in the middle. Pass: no connection
// is in use afterwards, the pool works, prepared statements are no more than there
// are queries, nothing is half written, and all goroutines are gone when the
// pool is closed. Control: rows that nobody closes are seen.
func TestD22NothingLeaksFromCancelledCalls(t *testing.T) {
	onEach(t, func(t *testing.T, e engine) {
		_, dsn := e.Empty(t)
		start := runtime.NumGoroutine()
		db, err := sql.Open(e.Driver, dsn)
		require.NoError(t, err)
		db.SetMaxOpenConns(8)
		require.NoError(t, prescriptionsql.Migrate(t.Context(), db, e.Dialect))
		s, st := service(t), prescriptionsql.New(db)
		p, err := s.Prescribe(t.Context(), st, request(t, "visit-1"))
		require.NoError(t, err)
		n := often(1_000, 100_000)
		if e.Name == "postgres" { // each cut call costs a connection
			n = often(200, 100_000)
		}
		cut := cancelled(t, s, st, p.ID, n)
		require.Greater(t, cut, n/20)
		assert.True(t, back(func() bool { return db.Stats().InUse == 0 }))
		assert.LessOrEqual(t, db.Stats().OpenConnections, 8)
		if e.Name == "postgres" {
			assert.LessOrEqual(t, count(t, db, "SELECT count(*) FROM pg_prepared_statements"), len(prescriptionsql.Queries())+5)
		}
		sum := verified(t, db)
		assert.EqualValues(t, sum.Prescriptions, count(t, db, "SELECT count(*) FROM verktoy_prescription_outbox"))

		rows, err := db.QueryContext(t.Context(), "SELECT id FROM verktoy_prescription")
		require.NoError(t, err)
		assert.Equal(t, 1, db.Stats().InUse, "the control")
		require.NoError(t, rows.Close())
		require.NoError(t, db.Close())
		assert.True(t, back(func() bool { return runtime.NumGoroutine() <= start }), "goroutines: %d, at the start %d", runtime.NumGoroutine(), start)
		t.Logf("%d of %d calls were cut", cut, n)
	})
}

// cancelled makes n calls and gives how many were cut.
func cancelled(t *testing.T, s *prescription.Service, st *prescriptionsql.Store, id prescription.ID, n int) (cut int) {
	r := rand.New(rand.NewPCG(1, 2))
	for i := range n {
		ctx, wait := cutSoon(t.Context(), 1<<r.IntN(20))
		err := calls(ctx, s, st, request(t, fmt.Sprintf("visit-%d", i%300)), id, i)
		wait()
		if err == nil {
			continue
		}
		cut++
		require.True(t, errors.Is(err, context.Canceled) || errors.Is(err, prescription.ErrBusy), "call %d: %v", i%5, err)
	}
	return cut
}
