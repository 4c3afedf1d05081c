package approval

import (
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
)

// day reads a date as midnight UTC. Days are compared with days, so the zone does not matter.
func day(d catalogue.Date) (time.Time, bool) {
	year, month, of, ok := parts(d)
	if !ok {
		return time.Time{}, false
	}
	return time.Date(year, month, of, 0, 0, 0, 0, time.UTC), true
}

func isDay(d catalogue.Date) bool {
	_, _, _, ok := parts(d)
	return ok
}

// parts takes a date apart. It reads what time.Parse reads, many times as fast: an evaluation asks for hundreds.
func parts(d catalogue.Date) (year int, month time.Month, of int, ok bool) {
	if len(d) != len(time.DateOnly) || d[4] != '-' || d[7] != '-' {
		return 0, 0, 0, false
	}
	year, month, of = digits(d[:4]), time.Month(digits(d[5:7])), digits(d[8:])
	ok = year >= 0 && 1 <= month && month <= 12 && 1 <= of && of <= lastDay(year, month)
	return year, month, of, ok
}

// lastDay is how many days a month of the Gregorian calendar has.
func lastDay(year int, month time.Month) int {
	switch month {
	case time.April, time.June, time.September, time.November:
		return 30
	case time.February:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
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
	year, month, of, ok := parts(d)
	if !ok {
		return ""
	}
	year, month, _ = time.Date(year, month+time.Month(n), 1, 0, 0, 0, 0, time.UTC).Date()
	return dateOf(year, month, min(of, lastDay(year, month)))
}

// addDays goes n calendar days forward, or back if n is less than 0.
func addDays(d catalogue.Date, n int) catalogue.Date {
	t, ok := day(d)
	if !ok {
		return ""
	}
	return dateOf(t.AddDate(0, 0, n).Date())
}

// dateOf is [catalogue.DateOf] without a look at a form.
func dateOf(year int, month time.Month, of int) catalogue.Date {
	if year < 0 || year > 9999 {
		return catalogue.DateOf(time.Date(year, month, of, 0, 0, 0, 0, time.UTC))
	}
	b := []byte("0000-00-00")
	for at, n := range [...]int{year / 1000, year / 100 % 10, year / 10 % 10, year % 10, 0, int(month) / 10, int(month) % 10, 0, of / 10, of % 10} {
		b[at] += byte(n)
	}
	return catalogue.Date(b)
}

func compareDates(a, b catalogue.Date) int { return strings.Compare(string(a), string(b)) }
