package vendor

import (
	"errors"
	"time"
)

// Day is a day of the calendar, written YYYY-MM-DD. Make one with [ParseDay] or
// [DayOf]. Empty means that none is given. Two days compare as texts.
type Day string

// ErrDay is what a text that is not a day of the calendar gives. It does not hold the text.
var ErrDay = errors.New("a day that exists, written YYYY-MM-DD")

// ParseDay checks form and calendar: 29 February needs a leap year. The error is [ErrDay].
func ParseDay(s string) (Day, error) {
	if !Day(s).Valid() {
		return "", ErrDay
	}
	return Day(s), nil
}

// DayOf is the day that at falls on in at's own location.
func DayOf(at time.Time) Day { return Day(at.Format(time.DateOnly)) }

// Valid says that there is such a day. It is false for the empty Day.
func (d Day) Valid() bool {
	_, err := time.Parse(time.DateOnly, string(d))
	return err == nil
}

// UnmarshalText is [ParseDay] for decoders.
func (d *Day) UnmarshalText(text []byte) error {
	parsed, err := ParseDay(string(text))
	if err == nil {
		*d = parsed
	}
	return err
}
