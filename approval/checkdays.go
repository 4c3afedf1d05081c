package approval

import (
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/problem"
)

// longestPlan is how many calendar months after the submission a planned
// requirement must be met at the latest.
const longestPlan = 6

// tracked compares what an answer says about itself with the requirement as it
// is now and with the day of submission.
func (c *declarationCheck) tracked(at string, r Requirement, a Answer) {
	if a.Answered != nil {
		c.answered(at+"/answered", r, *a.Answered)
	}
	if a.Inherited != nil && c.after(c.d.Submitted, a.Inherited.Until) {
		c.say(at+"/inherited/until", CodeInheritedOver, sayInheritedOver.text())
	}
}

func (c *declarationCheck) answered(at string, r Requirement, by Answered) {
	if by.Wording != "" && by.Wording != r.Wording() {
		c.say(at+"/wording", CodeOtherWording, sayOtherWording.text())
	}
	// Compared in UTC: the day in Norway is the same or one later, so nothing right is refused.
	if !by.At.IsZero() && c.after(catalogue.DateOf(by.At.In(time.UTC)), c.d.Submitted) {
		c.say(at+"/at", problem.Contradiction, sayAnsweredLater.text())
	}
}

// due is on the day of submission at the earliest and half a year later at the latest.
func (c *declarationCheck) due(at string, a Answer) {
	switch {
	case c.after(c.d.Submitted, a.Due):
		c.say(at+"/due", problem.Contradiction, sayDueEarlier.text())
	case c.after(a.Due, addMonths(c.d.Submitted, longestPlan)):
		c.say(at+"/due", problem.OutOfRange, sayDueTooLate.text(longestPlan))
	}
}

// after compares two days; what is no day is neither before nor after.
func (c *declarationCheck) after(a, b catalogue.Date) bool {
	return isDay(a) && isDay(b) && a > b
}
