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
// share, and gives how long one waits. The bar is 20 ms for 99 in 100 and 100 ms for
// all, on a machine that does nothing else. The yardstick is a single INSERT that
// they do instead, on the connection that they share: what it waits is the disk's.
func BenchmarkD5Writers(b *testing.B) {
	for name, pools := range map[string]struct{ handles, connections int }{"two pools": {2, 8}, "two pools of one": {2, 1}, "one connection": {1, 1}} {
		b.Run(name, func(b *testing.B) {
			sixteenWriters(b, pools.handles, pools.connections, func(db *sql.DB, i int64) error {
				_, err := service(b).Prescribe(b.Context(), prescriptionsql.New(db), request(b, fmt.Sprintf("visit-%d", i)))
				return err
			})
		})
	}
	b.Run("yardstick", func(b *testing.B) {
		sixteenWriters(b, 1, 1, func(db *sql.DB, i int64) error {
			_, err := db.ExecContext(b.Context(), "INSERT INTO visit (id) VALUES ($1)", i)
			return err
		})
	})
}

// sixteenWriters do b.N pieces of work on a file that is opened so many times.
func sixteenWriters(b *testing.B, handles, connections int, work func(*sql.DB, int64) error) {
	db, dsn := engines[0].Empty(b)
	require.NoError(b, prescriptionsql.Migrate(b.Context(), db, prescriptionsql.SQLite))
	engines[0].exec(b, db, "CREATE TABLE visit (id INTEGER)")
	opened := []*sql.DB{db, open(b, "sqlite", dsn)}[:handles]
	for _, h := range opened {
		h.SetMaxOpenConns(connections)
	}
	took := make([]time.Duration, b.N)
	var next atomic.Int64
	b.ResetTimer()
	failed := together(16, func(writer int) error {
		for i := next.Add(1) - 1; i < int64(b.N); i = next.Add(1) - 1 {
			began := time.Now()
			if err := work(opened[writer%handles], i); err != nil {
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
}
