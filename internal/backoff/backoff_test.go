package backoff_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/verktoykatalog/verktoy/internal/backoff"
)

func TestWaitDoublesUpToAnHour(t *testing.T) {
	for attempts, want := range map[int]time.Duration{
		-1: 30 * time.Second, 0: 30 * time.Second, 1: 30 * time.Second, 2: time.Minute, 7: 32 * time.Minute, 8: time.Hour, 1 << 40: time.Hour,
	} {
		if got := backoff.Wait(attempts); got != want {
			t.Errorf("after %d attempts: %v, want %v", attempts, got, want)
		}
	}
}

func TestSpreadStaysWithinAFifth(t *testing.T) {
	least, most := 2*time.Hour, time.Duration(0)
	for range 10_000 {
		w := backoff.Spread(time.Hour)
		least, most = min(least, w), max(most, w)
	}
	if least < 48*time.Minute || most > 72*time.Minute || most-least < 20*time.Minute {
		t.Fatalf("10,000 waits of an hour are spread from %v to %v; want most of 48 to 72 minutes", least, most)
	}
}

type patient time.Duration

func (p patient) Error() string             { return "later" }
func (p patient) RetryAfter() time.Duration { return time.Duration(p) }

func TestAskedIsBounded(t *testing.T) {
	for _, c := range []struct {
		err  error
		want time.Duration
	}{
		{nil, 0},
		{errors.New("no"), 0},
		{fmt.Errorf("sending: %w", patient(time.Minute)), time.Minute},
		{patient(48 * time.Hour), time.Hour},
	} {
		if got := backoff.Asked(c.err, time.Hour); got != c.want {
			t.Errorf("%v: %v, want %v", c.err, got, c.want)
		}
	}
}
