package catalogue

import (
	"fmt"
	"time"
)

// EvidenceKind is the sort of evidence: a code in the form of a [ToolID]. The set is open, so that a catalogue may add its own.
type EvidenceKind string

// Sorts of evidence that many catalogues have.
const (
	EvidenceStudy         EvidenceKind = "study"         // research on the tool or its method
	EvidenceGuideline     EvidenceKind = "guideline"     // a professional guideline that recommends it
	EvidenceAssessment    EvidenceKind = "assessment"    // an assessment by professionals
	EvidenceCertification EvidenceKind = "certification" // a certificate or a conformity mark
)

// Evidence is what speaks for a tool's quality, and when somebody last looked at it. Kind, Title and Reviewed are required.
type Evidence struct {
	Kind  EvidenceKind `json:"kind"`
	Title Text         `json:"title"`
	// URL is where it can be read, with the rules of [Start]. Empty means that no place is given.
	URL string `json:"url,omitempty"`
	// Reviewed is the day of the latest review, NextReview the day by which the next one is due. Empty means that none is planned.
	Reviewed   Date `json:"reviewed"`
	NextReview Date `json:"nextReview,omitempty"`
}

// Overdue says that the day of the next review is over at that time, in at's location.
func (e Evidence) Overdue(at time.Time) bool { return e.NextReview.Before(at) }

// Days is how many days ago the latest review was, in at's location. It is false if there is no such day, or if it is still to come.
func (e Evidence) Days(at time.Time) (int, bool) { return daysSince(e.Reviewed, at) }

// Age says in nb, nn and en how long ago the latest review was, in days, months or years. It is nil when [Evidence.Days] is false.
func (e Evidence) Age(at time.Time) Text {
	days, known := e.Days(at)
	if !known {
		return nil
	}
	from, _ := time.Parse(time.DateOnly, string(e.Reviewed))
	return ageText(days, months(from, dayOf(at)))
}

// Reviewed is the day of the latest review of all the tool's evidence, "" if there is none.
func (t Tool) Reviewed() Date {
	var latest Date
	for _, e := range t.Evidence {
		latest = max(latest, e.Reviewed)
	}
	return latest
}

func daysSince(d Date, at time.Time) (int, bool) {
	from, err := time.Parse(time.DateOnly, string(d))
	days := int(dayOf(at).Sub(from).Hours() / 24)
	return max(days, 0), err == nil && days >= 0
}

// dayOf is midnight UTC of the day that at falls on in its own location: days in UTC all have 24 hours.
func dayOf(at time.Time) time.Time {
	year, month, day := at.Date()
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// months counts whole months.
func months(from, to time.Time) int {
	n := 12*(to.Year()-from.Year()) + int(to.Month()-from.Month())
	if to.Day() < from.Day() {
		n--
	}
	return n
}

func ageText(days, months int) Text {
	switch {
	case days == 0:
		return Text{Bokmaal: "vurdert i dag", Nynorsk: "vurdert i dag", English: "reviewed today"}
	case months < 1:
		return ago(days, [2]string{"dag", "dager"}, [2]string{"dag", "dagar"}, [2]string{"day", "days"})
	case months < 24:
		return ago(months, [2]string{"måned", "måneder"}, [2]string{"månad", "månader"}, [2]string{"month", "months"})
	}
	return ago(months/12, [2]string{"år", "år"}, [2]string{"år", "år"}, [2]string{"year", "years"})
}

// ago takes each language's word for one and for several.
func ago(n int, nb, nn, en [2]string) Text {
	form := min(n, 2) - 1
	return Text{
		Bokmaal: fmt.Sprintf("vurdert for %d %s siden", n, nb[form]),
		Nynorsk: fmt.Sprintf("vurdert for %d %s sidan", n, nn[form]),
		English: fmt.Sprintf("reviewed %d %s ago", n, en[form]),
	}
}
