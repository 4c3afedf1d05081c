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

// BenchmarkD5Writers has sixteen writers prescribe on one SQLite file: through one
// store that knows its engine, on a pool of eight and on one connection; through
// such a store on each of two pools, as two programs would; and through stores that
// do not know it. It gives how long one waits. The bar is 20 ms for 99 in 100
// and 100 ms for all, on a machine that does nothing else. The yardstick is a
// single INSERT that they do instead, on the connection that they share.
func BenchmarkD5Writers(b *testing.B) {
	for _, c := range []struct {
		name                 string
		handles, connections int
		dialect              prescriptionsql.Dialect
	}{
		{"one store", 1, 8, prescriptionsql.SQLite},
		{"one store, one connection", 1, 1, prescriptionsql.SQLite},
		{"two stores", 2, 8, prescriptionsql.SQLite},
		{"engine not known", 1, 8, ""},
		{"engine not known, one connection", 1, 1, ""},
	} {
		b.Run(c.name, func(b *testing.B) {
			s, opened := service(b), handles(b, c.handles, c.connections)
			var stores []*prescriptionsql.Store
			for _, db := range opened {
				stores = append(stores, prescriptionsql.NewFor(c.dialect, db))
			}
			sixteenWriters(b, func(writer int, i int64) error {
				_, err := s.Prescribe(b.Context(), stores[writer%len(stores)], request(b, fmt.Sprintf("visit-%d", i)))
				return err
			})
		})
	}
	b.Run("yardstick", func(b *testing.B) {
		db := handles(b, 1, 1)[0]
		sixteenWriters(b, func(_ int, i int64) error {
			_, err := db.ExecContext(b.Context(), "INSERT INTO visit (id) VALUES ($1)", i)
			return err
		})
	})
}

// handles opens a migrated file so many times, with so many connections each.
func handles(b *testing.B, count, connections int) []*sql.DB {
	db, dsn := engines[0].Empty(b)
	require.NoError(b, prescriptionsql.Migrate(b.Context(), db, prescriptionsql.SQLite))
	engines[0].exec(b, db, "CREATE TABLE visit (id INTEGER)")
	opened := []*sql.DB{db, open(b, "sqlite", dsn)}[:count]
	for _, h := range opened {
		h.SetMaxOpenConns(connections)
	}
	return opened
}

// sixteenWriters do b.N pieces of work.
func sixteenWriters(b *testing.B, work func(writer int, i int64) error) {
	took := make([]time.Duration, b.N)
	var next atomic.Int64
	b.ResetTimer()
	failed := together(16, func(writer int) error {
		for i := next.Add(1) - 1; i < int64(b.N); i = next.Add(1) - 1 {
			began := time.Now()
			if err := work(writer, i); err != nil {
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
