package prescriptionsql_test

import (
	"database/sql"
	"fmt"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/prescription/prescriptionsql"
)

// BenchmarkD5Writers has sixteen writers prescribe on one SQLite file, with two
// pools of eight connections, with two of one, and with one connection that they
// share, and gives how long one waits. The bar is 20 ms for 99 in 100 and 100 ms for all, on a
// machine that does nothing else; compare them in one run.
func BenchmarkD5Writers(b *testing.B) {
	for name, pools := range map[string]struct{ handles, connections int }{"two pools": {2, 8}, "two pools of one": {2, 1}, "one connection": {1, 1}} {
		b.Run(name, func(b *testing.B) {
			db, dsn := engines[0].Empty(b)
			require.NoError(b, prescriptionsql.Migrate(b.Context(), db, prescriptionsql.SQLite))
			handles := []*sql.DB{db, open(b, "sqlite", dsn)}[:pools.handles]
			for _, h := range handles {
				h.SetMaxOpenConns(pools.connections)
			}
			took := make([]time.Duration, b.N)
			var next atomic.Int64
			b.ResetTimer()
			failed := together(16, func(writer int) error {
				s, st := service(b), prescriptionsql.New(handles[writer%len(handles)])
				for i := next.Add(1) - 1; i < int64(b.N); i = next.Add(1) - 1 {
					began := time.Now()
					if _, err := s.Prescribe(b.Context(), st, request(b, fmt.Sprintf("visit-%d", i))); err != nil {
						return err
					}
					took[i] = time.Since(began)
				}
				return nil
			})
			b.StopTimer()
			require.Empty(b, failed)
			slices.Sort(took)
			for part, at := range map[string]int{"p50": b.N / 2, "p99": b.N * 99 / 100, "max": b.N - 1} {
				b.ReportMetric(float64(took[at].Microseconds())/1000, part+"-ms")
			}
		})
	}
}
