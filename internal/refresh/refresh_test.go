package refresh_test

import (
	"context"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/internal/refresh"
)

func TestAge(t *testing.T) {
	cases := []struct {
		control, age string
		want         time.Duration
	}{
		{"", "", 10 * time.Minute},
		{"max-age=600", "", 10 * time.Minute},
		{"public, Max-Age=\"7200\"", "", 2 * time.Hour},
		{"max-age=7200", "3600", time.Hour},
		{"max-age=7200", "7200", time.Minute},
		{"max-age=0", "", time.Minute},
		{"max-age=-5", "", time.Minute},
		{"max-age=x", "", time.Minute},
		{"max-age=315360000", "", 24 * time.Hour},
		{"max-age=99999999999999999999", "", 24 * time.Hour},
		{"no-store, max-age=7200", "", time.Minute},
		{"no-cache", "", time.Minute},
	}
	require.NotEmpty(t, cases)
	for _, c := range cases {
		h := http.Header{}
		h.Set("Cache-Control", c.control)
		h.Set("Age", c.age)
		assert.Equal(t, c.want, refresh.Age(h, 10*time.Minute), c)
	}
}

func TestSchedule(t *testing.T) {
	at := time.Date(2026, 9, 21, 8, 0, 0, 0, time.UTC)
	s := refresh.NewSchedule(func() time.Time { return at })
	phase := func(pass time.Duration) refresh.Phase { at = at.Add(pass); return s.At(s.Read()) }
	assert.Equal(t, refresh.Missing, phase(0))
	assert.True(t, s.Due(s.Read()))
	s.Fetched(time.Hour, time.Hour)
	assert.Equal(t, at.Add(2*time.Hour), s.Ends())
	assert.Equal(t, refresh.Fresh, phase(45*time.Minute-1))
	assert.Equal(t, refresh.Aging, phase(1))
	assert.Equal(t, refresh.Old, phase(15*time.Minute))
	assert.Equal(t, refresh.Missing, phase(time.Hour))

	s.Fetched(time.Hour, time.Hour)
	assert.Equal(t, refresh.Fresh, phase(-48*time.Hour), "a clock that is put back")
	assert.Equal(t, refresh.Fresh, phase(30*time.Minute), "time goes on from there")
	assert.Equal(t, refresh.Missing, phase(1000*time.Hour), "a leap forward counts")
}

func TestBackoff(t *testing.T) {
	at := time.Date(2026, 9, 21, 8, 0, 0, 0, time.UTC)
	s := refresh.NewSchedule(func() time.Time { return at })
	fail := func(waits ...time.Duration) {
		for _, least := range waits {
			s.Failed()
			at = at.Add(least*time.Second - 1)
			assert.False(t, s.Due(s.Read()), least)
			at = at.Add(least*time.Second/5 + 1)
			assert.True(t, s.Due(s.Read()), least)
		}
	}
	fail(1, 2, 4, 8, 16, 20, 20)
	assert.Equal(t, 7, s.Failures)
	s.Fetched(24*time.Hour, 0)
	assert.Zero(t, s.Failures)
	assert.True(t, s.Due(s.Read()))
	fail(1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300)
}

// One fetch for all who ask while it runs; none that is not due, and none after Close.
func TestFlight(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		var f refresh.Flight
		fetches := 0
		fetch := func(ctx context.Context) {
			<-ctx.Done() // five seconds
			mu.Lock()
			defer mu.Unlock()
			fetches++
			f.Land()
		}
		start := func(due bool) <-chan struct{} {
			mu.Lock()
			defer mu.Unlock()
			return f.Start(due, 5*time.Second, fetch)
		}
		assert.Nil(t, start(false))
		first := start(true)
		require.NotNil(t, first)
		for range 10 {
			assert.Equal(t, first, start(true))
		}
		<-first
		assert.Equal(t, 1, fetches)
		start(true)
		mu.Lock()
		f.Close()
		mu.Unlock()
		f.Wait()
		assert.Equal(t, 2, fetches, "ended, not left")
		assert.Nil(t, start(true))
	})
}
