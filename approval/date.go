package approval

import (
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
)

// day reads a date as midnight UTC. Days are compared with days, so the zone does not matter.
func day(d catalogue.Date) (time.Time, bool) {
	t, err := time.Parse(time.DateOnly, string(d))
	return t, err == nil
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
