// Package backoff says how long a message that could not be delivered waits before the next try. It reads no clock and keeps nothing.
package backoff

import (
	"errors"
	"math/rand/v2"
	"time"
)

// The wait before the second try, doubled with each further one, and the longest.
const (
	First   = 30 * time.Second
	Longest = time.Hour
)

// Wait is the wait after so many attempts: First after one or fewer, never more than Longest.
func Wait(attempts int) time.Duration {
	w := First
	for range min(max(attempts, 1)-1, 12) {
		w *= 2
	}
	return min(w, Longest)
}

// Spread makes a wait up to a fifth longer or shorter, so that what failed together does not try again together.
func Spread(w time.Duration) time.Duration {
	return w + time.Duration((rand.Float64()-0.5)*0.4*float64(w))
}

// Asked is how long the receiver asked to wait, at most most: what the method RetryAfter of err, or of an error that it wraps, says. It is
// zero without one.
func Asked(err error, most time.Duration) time.Duration {
	var patient interface{ RetryAfter() time.Duration }
	if errors.As(err, &patient) {
		return min(patient.RetryAfter(), most)
	}
	return 0
}
