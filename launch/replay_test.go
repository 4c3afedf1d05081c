package launch_test

import (
	"runtime"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/launch"
)

func heap() uint64 {
	var stats runtime.MemStats
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&stats)
	return stats.HeapAlloc
}

// grown is how much more there is on the heap, in MiB.
func grown(before uint64) float64 { return (float64(heap()) - float64(before)) / (1 << 20) }

// A million ids in one minute, which takes more than the same spread over five.
func TestP2_MillionIDs(t *testing.T) {
	if testing.Short() {
		t.Skip("fills a store with a million ids: some seconds")
	}
	at, before := start, heap()
	m := launch.NewMemoryReplay(launch.MemoryReplayConfig{Now: func() time.Time { return at }})
	until := start.Add(5*time.Minute + 10*time.Second)
	for n := range 1_000_000 {
		first, err := m.Consume(t.Context(), "https://portal.example", "0123456789abcdef"+strconv.Itoa(n), until)
		if err != nil || !first {
			t.Fatal(n, first, err)
		}
	}
	full := grown(before)
	_, err := m.Consume(t.Context(), "https://portal.example", "one more", until)
	require.ErrorIs(t, err, launch.ErrReplayFull)
	at = until.Add(time.Minute)
	first, err := m.Consume(t.Context(), "https://portal.example", "one more", at.Add(time.Minute))
	require.NoError(t, err)
	assert.True(t, first)
	after := grown(before)
	t.Logf("%.1f MiB full, %.1f MiB after", full, after)
	assert.Greater(t, full, 30.0, "a million digests of 32 bytes are there")
	assert.LessOrEqual(t, full, 100.0)
	assert.Less(t, after, 5.0)
	runtime.KeepAlive(m)
}

// Row N36 on the store: known until the very end, whoever's clock is behind.
func TestN36_RememberedUntilTheEnd(t *testing.T) {
	at := start
	m := launch.NewMemoryReplay(launch.MemoryReplayConfig{Now: func() time.Time { return at }})
	exp := start.Add(2 * time.Minute)
	until := exp.Add(10 * time.Second)
	first, err := m.Consume(t.Context(), "i", "a", until)
	require.NoError(t, err)
	require.True(t, first)
	for _, at = range []time.Time{exp.Add(-time.Second), exp, until.Add(-time.Nanosecond)} {
		first, err = m.Consume(t.Context(), "i", "a", until)
		require.NoError(t, err)
		assert.False(t, first, at)
	}
	for _, at = range []time.Time{until, until.Add(time.Second), until.Add(time.Hour)} {
		first, err = m.Consume(t.Context(), "i", "a", until)
		require.ErrorContains(t, err, "until is over")
		assert.False(t, first, at)
	}
}

// A clock that was ahead made the store forget; put back, it does not accept the id again.
func TestClockIsPutBack(t *testing.T) {
	at := start
	m := launch.NewMemoryReplay(launch.MemoryReplayConfig{Now: func() time.Time { return at }})
	until := start.Add(2 * time.Minute)
	consume := func(id string, until time.Time) (bool, error) { return m.Consume(t.Context(), "i", id, until) }
	_, err := consume("a", until)
	require.NoError(t, err)
	at = start.Add(2 * time.Hour)
	_, err = consume("b", at.Add(time.Minute))
	require.NoError(t, err)
	at = start
	first, err := consume("a", until)
	require.Error(t, err)
	assert.False(t, first)
	first, err = consume("c", start.Add(10*time.Minute))
	require.NoError(t, err, "what was not forgotten can be told")
	assert.True(t, first)
}
