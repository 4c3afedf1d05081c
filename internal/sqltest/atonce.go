package sqltest

import (
	"fmt"
	"runtime"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// rounds are tests of their own, so that each leaves no connection open. In all of
// them Migrate waits by itself.
func (s Suite[D]) rounds(t *testing.T, e Engine[D], programs func(t *testing.T, dsn string) []func() error) {
	for round := range s.Rounds {
		t.Run(fmt.Sprint(round), func(t *testing.T) {
			db, dsn := e.Empty(t)
			require.NoError(t, db.PingContext(t.Context()))
			for _, err := range atOnce(programs(t, impatient(dsn))) {
				assert.NotErrorIs(t, err, s.Errors.ForeignTable, "our own tables, which another program has just made")
				assert.NoError(t, err)
			}
			assert.Equal(t, s.Versions, Count(t, db, "SELECT count(*) FROM "+s.Record))
			require.NoError(t, s.CheckSchema(t.Context(), db, e.Dialect))
		})
	}
}

// twoProcesses starts two and lets them migrate when both are ready.
func (s Suite[D]) twoProcesses(t *testing.T, e Engine[D]) {
	s.rounds(t, e, func(t *testing.T, dsn string) []func() error {
		return []func() error{startChild(t, e.Driver, dsn), startChild(t, e.Driver, dsn)}
	})
}

func (s Suite[D]) eightPools(t *testing.T, e Engine[D]) {
	s.rounds(t, e, func(t *testing.T, dsn string) (all []func() error) {
		for range 8 {
			db := Open(t, e.Driver, dsn)
			all = append(all, func() error { return s.Migrate(t.Context(), db, e.Dialect) })
		}
		return all
	})
}

// atOnce runs programs that all start at the same moment.
func atOnce(programs []func() error) (errs []error) {
	var ready atomic.Int64
	ends := make(chan error, len(programs))
	for _, p := range programs {
		go func() {
			for ready.Add(1); ready.Load() < int64(len(programs)); {
				runtime.Gosched()
			}
			ends <- p()
		}()
	}
	for range programs {
		errs = append(errs, <-ends)
	}
	return errs
}
