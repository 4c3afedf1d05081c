package reportsql_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/prescription/report"
	"github.com/verktoykatalog/verktoy/prescription/report/reportsql"
)

// A claim in a transaction that is still open is in nobody's way: the next one
// takes what is left.
func TestAClaimPassesByWhatAnotherIsClaiming(t *testing.T) {
	e := engines[1]
	require.Equal(t, reportsql.PostgreSQL, e.Dialect)
	db := e.Migrated(t)
	for n := range 3 {
		_, err := reporter(t).Started(t.Context(), reportsql.New(db), subject(n))
		require.NoError(t, err)
	}
	tx := begin(t, db)
	first, err := reportsql.NewFor(e.Dialect, tx).Claim(t.Context(), noon, noon.Add(time.Minute), 2)
	require.NoError(t, err)
	require.Len(t, first, 2)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	second, err := reportsql.NewFor(e.Dialect, db).Claim(ctx, noon, noon.Add(time.Minute), 2)
	require.NoError(t, err, "it waits for nobody")
	require.Len(t, second, 1)
	require.NoError(t, tx.Commit())
	assert.NotContains(t, first, second[0])
	none, err := reportsql.NewFor(e.Dialect, db).Claim(t.Context(), noon, noon.Add(time.Minute), 2)
	require.NoError(t, err)
	assert.Empty(t, none)
}

// sending is a receiver.
type sending func(report.Report)

func (send sending) Send(_ context.Context, r report.Report) error {
	send(r)
	return nil
}

// Six drain at the same time, on either engine. None sends before each has
// claimed or gone home, and none goes home while there is work: each has some.
func TestSixDrainersAllHaveWork(t *testing.T) {
	onEach(t, func(t *testing.T, e engine) {
		db := e.Migrated(t)
		const reports, drainers = 300, 6
		tx := begin(t, db)
		for n := range reports {
			_, err := reporter(t).Started(t.Context(), reportsql.NewFor(e.Dialect, tx), subject(n))
			require.NoError(t, err)
		}
		require.NoError(t, tx.Commit())
		r, st := reporter(t), reportsql.NewFor(e.Dialect, db)
		var all, claimed sync.WaitGroup
		var got sync.Map
		delivered, errs := make([]int, drainers), make([]error, drainers)
		claimed.Add(drainers)
		for i := range drainers {
			all.Go(func() {
				once := sync.OnceFunc(claimed.Done)
				defer once()
				delivered[i], errs[i] = r.Drain(t.Context(), st, sending(func(r report.Report) {
					once()
					claimed.Wait()
					_, twice := got.LoadOrStore(r.ID, true)
					assert.False(t, twice, r.ID)
				}))
			})
		}
		all.Wait()
		sum := 0
		for i := range drainers {
			require.NoError(t, errs[i])
			assert.NotZero(t, delivered[i], "drainer %d", i)
			sum += delivered[i]
		}
		assert.Equal(t, reports, sum)
	})
}
