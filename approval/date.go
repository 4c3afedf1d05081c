package approval

import (
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
)

// day reads a date as midnight UTC. Days are compared with days, so the zone does not matter.
// It reads what time.Parse reads, five times as fast: an evaluation asks for hundreds.
func day(d catalogue.Date) (time.Time, bool) {
	if len(d) != len(time.DateOnly) || d[4] != '-' || d[7] != '-' {
		return time.Time{}, false
	}
	year, month, of := digits(d[:4]), digits(d[5:7]), digits(d[8:])
	t := time.Date(year, time.Month(month), of, 0, 0, 0, 0, time.UTC)
	if year < 0 || month < 1 || of < 1 || int(t.Month()) != month || t.Day() != of {
		return time.Time{}, false
	}
	return t, true
}

// digits is -1 for what is not a number.
func digits(s catalogue.Date) int {
	n := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return -1
		}
		n = n*10 + int(s[i]-'0')
	}
	return n
}

// addMonths goes n calendar months forward. Where that month is shorter, it is
// the month's last day: 31 January and one month is 28 or 29 February.
func addMonths(d catalogue.Date, n int) catalogue.Date {
	t, ok := day(d)
	if !ok {
		return ""
	}
	first := time.Date(t.Year(), t.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return catalogue.DateOf(first.AddDate(0, 0, min(t.Day(), last)-1))
}

// addDays goes n calendar days forward, or back if n is less than 0.
func addDays(d catalogue.Date, n int) catalogue.Date {
	t, ok := day(d)
	if !ok {
		return ""
	}
	return catalogue.DateOf(t.AddDate(0, 0, n))
}

func compareDates(a, b catalogue.Date) int { return strings.Compare(string(a), string(b)) }
