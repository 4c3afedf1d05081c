package refresh

import (
	"math/rand/v2"
	"time"
)

// MinAge and MaxAge bound how long something is kept without looking again,
// MaxStale how long after that it can be used while nothing newer is to be had.
const (
	MinAge   = time.Minute
	MaxAge   = 24 * time.Hour
	MaxStale = 24 * time.Hour
)

// firstBackoff and lastBackoff bound how soon a fetch that failed is tried again;
// missingBackoff does while there is nothing to use, and somebody waits for it.
const firstBackoff, lastBackoff, missingBackoff = time.Second, 5 * time.Minute, 20 * time.Second

// Phase is what age a thing has come to.
type Phase int

// The phases.
const (
	Missing Phase = iota // nothing was fetched yet, or it may not be used any more
	Fresh                // good
	Aging                // good, and to be fetched anew in the background
	Old                  // past its age: to be fetched before it is used, if the other side answers
)

// Schedule is the times of one thing. Make one with [NewSchedule].
type Schedule struct {
	// Failures is how often in a row the fetch failed.
	Failures int

	now    func() time.Time
	last   time.Time
	passed time.Duration

	there                         bool
	refresh, expires, stale, next time.Duration
}

// NewSchedule begins with nothing fetched.
func NewSchedule(now func() time.Time) Schedule { return Schedule{now: now, last: now()} }

// Read is the time that has passed, by a clock that may be put forward and back:
// a step back counts as nothing, one forward once. [time.Now] does not leap here
// at all, because its times hold the monotonic clock.
func (s *Schedule) Read() time.Duration {
	at := s.now()
	s.passed += min(max(at.Sub(s.last), 0), MaxAge+MaxStale)
	s.last = at
	return s.passed
}

// Fetched begins anew: good for age, and usable for stale after that.
func (s *Schedule) Fetched(age, stale time.Duration) {
	now := s.Read()
	s.there, s.Failures, s.next = true, 0, 0
	s.refresh, s.expires, s.stale = now+age*3/4, now+age, now+age+stale
}

// Failed puts the next fetch off: a second, then twice as long each time up to
// five minutes (twenty seconds while nothing is there), and a little more so that
// many do not come back together.
func (s *Schedule) Failed() {
	now, most := s.Read(), lastBackoff
	if s.At(now) == Missing {
		most = missingBackoff
	}
	wait := min(firstBackoff<<min(s.Failures, 16), most)
	wait += time.Duration(rand.Int64N(int64(wait) / 5))
	s.Failures++
	s.next = now + wait
}

// Due says whether a fetch may begin at that time.
func (s *Schedule) Due(now time.Duration) bool { return now >= s.next }

// At is the phase at that time.
func (s *Schedule) At(now time.Duration) Phase {
	switch {
	case !s.there || now >= s.stale:
		return Missing
	case now >= s.expires:
		return Old
	case now >= s.refresh:
		return Aging
	}
	return Fresh
}

// Ends is when what is there may not be used any more, by the clock.
func (s *Schedule) Ends() time.Time { return s.last.Add(s.stale - s.passed) }

// Wait is how long it is until a fetch may begin, 0 if it may now.
func (s *Schedule) Wait() time.Duration { return max(s.next-s.Read(), 0) }
