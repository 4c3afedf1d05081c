package prescription

import (
	"fmt"
	"strings"
	"time"
)

// day writes a date as the language does.
func (r YearReport) day(t time.Time) string {
	if r.Lang == "en" {
		return t.Format("2 January 2006")
	}
	return fmt.Sprintf("%d. %s %d", t.Day(), months[t.Month()-1], t.Year())
}

// months are the same in Bokmål and Nynorsk.
var months = [12]string{"januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "desember"}

// share is a part in per cent; English has no space before the sign.
func (r YearReport) share(part, whole Count) string {
	text := Percent(part, whole)
	if r.Lang == "en" {
		text = strings.Replace(text, " ", "", 1)
	}
	return text
}

// days writes hours as days.
func (r YearReport) days(s Spread, hours float64) string {
	const day, least = 24, 0.05 // what is less would be rounded to nothing
	switch {
	case s.N.Hidden || s.N.N == 0:
		return "–"
	case hours > 0 && hours/day < least:
		return r.in(reportUnder, r.decimal("%.1f", 2*least))
	}
	return r.decimal("%.1f", hours/day)
}

// decimal writes a number as the language does, with a minus sign (U+2212) that
// is not a hyphen, and nothing before a zero.
func (r YearReport) decimal(format string, n float64) string {
	text := fmt.Sprintf(format, n)
	if strings.Trim(text, "+-0.") == "" {
		text = strings.TrimLeft(text, "+-")
	}
	text = strings.Replace(text, "-", "−", 1)
	if r.Lang != "en" {
		text = strings.Replace(text, ".", ",", 1)
	}
	return text
}
