package oppgave

import (
	"errors"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/verktoykatalog/verktoy/internal/nationalid"
	"github.com/verktoykatalog/verktoy/internal/orgnumber"
	"github.com/verktoykatalog/verktoy/internal/outbound"
)

// lead is how far ahead a new deadline must be.
const lead = 24 * time.Hour

const maxLink = 2_000

// Check says which of Helsenorge's rules a new task breaks: nil, or an error that
// wraps a [*Rule] for each. Lengths are those that are assumed. Links must be
// https.
func Check(t Task, now time.Time) error {
	return t.check(now, limits{maxTitle, maxDescription, false})
}

// limits are what a configuration may change.
type limits struct {
	title, description int
	loopback           bool
}

func (t Task) check(now time.Time, l limits) error {
	var broken rules
	broken.unless(guid.MatchString(string(t.ID)), ErrIdentifier)
	broken.unless(!t.Citizen.IsZero(), ErrCitizen)
	broken.unless(slices.Contains(areas, t.Area), ErrArea)
	broken.unless(t.SensitiveSender || t.Sender.NameRevealsNothingAboutHealthUnsafe, ErrSensitiveSender)
	broken.unless(slices.Contains(priorities, t.Priority), ErrPriority)
	broken.unless(between(t.Title, l.title), ErrTitle)
	broken.unless(between(t.Description, l.description), ErrDescription)
	broken.unless(!t.personal(), ErrPersonal)
	broken.unless(outbound.Secure(t.Link, l.loopback) && len(t.Link) <= maxLink, ErrLink)
	broken.unless(t.Deadline.After(now), ErrDeadline)
	broken.unless(t.Final.IsZero() || t.Final.After(t.Deadline), ErrDeadlineOrder)
	broken.unless(orgnumber.Valid(t.Sender.OrgNumber) && between(t.Sender.Name, maxTitle), ErrSender) // last: the code that is kept is of what lasts
	return errors.Join(broken...)
}

func (t Task) personal() bool {
	return slices.ContainsFunc([]string{t.Title, t.Description, t.Link, t.Sender.Name}, nationalid.Contains)
}

// CheckUpdate says which of Helsenorge's rules a change of a task breaks, as the
// task stands: nil, or an error that wraps a [*Rule] for each. A task that cannot
// be changed any more has only that against it.
func CheckUpdate(u Update, on Standing, now time.Time) error {
	switch {
	case on.Status.Ended():
		return ErrEnded
	case !on.Deadline.IsZero() && !later(on.Deadline, on.Final).After(now):
		return ErrClosed
	case u == Update{}:
		return ErrNoChange
	}
	var broken rules
	broken.unless(u.Reason == "" || u.Status != "", ErrReasonAlone)
	broken.unless(!nationalid.Contains(u.Reason), ErrPersonal)
	broken.unless(slices.Contains([]Status{"", InProgress, Completed, Cancelled}, u.Status), ErrStatus)
	broken.unless(on.Final.IsZero() || !u.Deadline.IsZero() && !u.Final.IsZero(), ErrDeadlinesTogether)
	broken.unless(ahead(u.Deadline, on.Deadline, now) && ahead(u.Final, on.Final, now), ErrDeadlineSoon)
	broken.unless(u.Final.IsZero() || u.Final.After(standing(u.Deadline, on.Deadline)), ErrDeadlineOrder)
	return errors.Join(broken...)
}

// ahead says whether a deadline stays as it is, or is far enough ahead.
func ahead(deadline, before, now time.Time) bool {
	return deadline.IsZero() || deadline.Equal(before) || !deadline.Before(now.Add(lead))
}

// standing is the deadline after a change.
func standing(changed, before time.Time) time.Time {
	if changed.IsZero() {
		return before
	}
	return changed
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

func between(text string, most int) bool {
	return text != "" && utf8.ValidString(text) && utf8.RuneCountInString(text) <= most
}

// rules are those that are broken.
type rules []error

func (r *rules) unless(good bool, rule *Rule) {
	if !good {
		*r = append(*r, rule)
	}
}
