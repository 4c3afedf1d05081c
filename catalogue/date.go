package catalogue

import (
	"errors"
	"time"
)

// Date is a day, written YYYY-MM-DD. Make one with [ParseDate] or [DateOf]. Empty means that no day is given. Two dates compare as texts.
type Date string

// ErrDate is what a text that is not a day of the calendar gives. It does not hold the text.
var ErrDate = errors.New("a day that exists, written YYYY-MM-DD")

// ParseDate checks form and calendar: 29 February needs a leap year. The error is [ErrDate].
func ParseDate(s string) (Date, error) {
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		return "", ErrDate
	}
	return Date(s), nil
}

// DateOf is the day that at falls on in at's own location.
func DateOf(at time.Time) Date { return Date(at.Format(time.DateOnly)) }

// UnmarshalText is [ParseDate] for decoders.
func (d *Date) UnmarshalText(text []byte) error {
	parsed, err := ParseDate(string(text))
	if err == nil {
		*d = parsed
	}
	return err
}

// After says that the day has not begun at the time at, in at's location. An empty date is never after.
func (d Date) After(at time.Time) bool { return d != "" && d > DateOf(at) }

// Before says that the day is over at the time at, in at's location: what is valid until d is valid through the whole day d, and no
// longer when Before is true. An empty date is never before.
func (d Date) Before(at time.Time) bool { return d != "" && d < DateOf(at) }

// number is the date's digits, so that dates compare as numbers. Zero if no day is given.
func (d Date) number() int32 {
	n := int32(0)
	for _, c := range []byte(d) {
		if c != '-' {
			n = 10*n + int32(c-'0')
		}
	}
	return n
}
