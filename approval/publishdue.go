package approval

import (
	"cmp"
	"slices"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
)

// Urgency is how soon an approval must be looked at again.
type Urgency string

// The urgencies, the most urgent first.
const (
	DueExpired Urgency = "expired" // the approval is over
	DueNow     Urgency = "now"     // its next review is due
	DueSoon    Urgency = "soon"    // will be within the days asked for
)

// DueCase is a case that the catalogue's managers must look at.
type DueCase struct {
	Case    string           `json:"case"`
	Tool    catalogue.ToolID `json:"tool"`
	Urgency Urgency          `json:"urgency"`
	// Day is the last day of an approval that is over, otherwise the day of the
	// next review, which is the last day where none was set.
	Day catalogue.Date `json:"day"`
	// Underway says that the tool is being looked at anew already.
	Underway bool `json:"underway"`
}

// Due lists the approvals that must be looked at again: those that are over,
// those whose review is due, and those for which it will be within so many days
// (none if soonDays is 0 or less). The most urgent come first, then by day, tool and case.
// Cases that were withdrawn, rejected or never decided are left out; suspended
// ones are in. The day is read in at's location.
func Due(cases []Case, at time.Time, soonDays int) []DueCase {
	var all []DueCase
	for _, c := range cases {
		if due, ok := c.due(at, soonDays); ok {
			all = append(all, due)
		}
	}
	order := []Urgency{DueExpired, DueNow, DueSoon}
	slices.SortFunc(all, func(a, b DueCase) int {
		return cmp.Or(slices.Index(order, a.Urgency)-slices.Index(order, b.Urgency),
			cmp.Compare(a.Day, b.Day), cmp.Compare(a.Tool, b.Tool), cmp.Compare(a.Case, b.Case))
	})
	return all
}

func (c Case) due(at time.Time, soonDays int) (DueCase, bool) {
	if c.State == CaseWithdrawn || !c.approved() {
		return DueCase{}, false
	}
	d := DueCase{Case: c.ID, Tool: c.Tool, Day: cmp.Or(c.Decision.NextReview, c.Decision.ValidUntil),
		Underway: slices.Contains(inWork, c.State)}
	today := catalogue.DateOf(at)
	switch {
	case c.Decision.over(at):
		d.Urgency, d.Day = DueExpired, c.Decision.ValidUntil
	case d.Day <= today:
		d.Urgency = DueNow
	case d.Day <= catalogue.DateOf(at.AddDate(0, 0, max(soonDays, 0))):
		d.Urgency = DueSoon
	}
	return d, d.Urgency != ""
}

var urgencies = map[Urgency]phrase{
	DueExpired: {"Godkjenningen er over", "Godkjenninga er over", "The approval is over"},
	DueNow:     {"Må vurderes på nytt nå", "Må vurderast på nytt no", "Must be reviewed now"},
	DueSoon:    {"Må snart vurderes på nytt", "Må snart vurderast på nytt", "Must be reviewed soon"},
}

// Text is the urgency in words, in nb, nn and en.
func (u Urgency) Text() catalogue.Text { return urgencies[u].text() }
