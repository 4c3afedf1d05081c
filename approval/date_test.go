package approval_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/catalogue"
)

// Days are read as the standard library reads them.
func TestDaysAreReadAsUsual(t *testing.T) {
	texts := []string{"", "2026-11-22", "2028-02-29", "2027-02-29", "2026-13-01", "2026-00-10", "2026-01-00", "2026-1-01", "2026-01-1 ", "x026-01-01",
		"2026/01/01", "0000-01-01", "9999-12-31", "2026-04-31", "2026-01-01T", "-001-01-01", "2026-+1-01", "２026-01-01"}
	for _, text := range texts {
		want, err := time.Parse(time.DateOnly, text)
		got, ok := approval.Day(text)
		assert.Equal(t, err == nil, ok, text)
		assert.Equal(t, want, got, text)
	}
}

// someYears hold every kind of leap year there is: by 4, not by 100, by 400.
var someYears = []int{0, 1896, 1899, 1999, 2000, 2026, 2027, 2028, 2100, 9998, 9999}

// Months are counted in the calendar, and a day that a month does not have is its last.
func TestMonthsAreCountedInTheCalendar(t *testing.T) {
	n := 0
	for _, year := range someYears {
		for day := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC); day.Year() == year; day = day.AddDate(0, 0, 1) {
			for _, months := range []int{-13, -1, 0, 1, 6, 12, 23, 24, 120} {
				last := time.Date(year, day.Month()+time.Month(months)+1, 0, 0, 0, 0, 0, time.UTC) // the day before the first of the next
				want := last.AddDate(0, 0, min(day.Day()-last.Day(), 0))
				n++
				require.Equal(t, catalogue.DateOf(want), approval.AddMonths(catalogue.DateOf(day), months), "%s and %d months", day, months)
			}
		}
	}
	assert.Greater(t, n, 30_000)
	assert.Empty(t, approval.AddMonths("2027-02-29", 1))
}

func TestDaysAreCountedInTheCalendar(t *testing.T) {
	for _, year := range someYears {
		for day := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC); day.Year() == year; day = day.AddDate(0, 0, 1) {
			for _, days := range []int{-1, 0, 1, 366} {
				require.Equal(t, catalogue.DateOf(day.AddDate(0, 0, days)), approval.AddDays(catalogue.DateOf(day), days), "%s and %d days", day, days)
			}
		}
	}
	assert.Empty(t, approval.AddDays("", 1))
}
