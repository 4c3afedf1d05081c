package approval

import (
	"slices"

	"github.com/verktoykatalog/verktoy/catalogue"
)

// limit is the last day on which something that is relied on holds.
type limit struct {
	day catalogue.Date
	why func() catalogue.Text
}

// earlier keeps the first of two; of the same day, the one that was there.
func (l limit) earlier(than limit) limit {
	if l.day == "" || than.day != "" && than.day < l.day {
		return than
	}
	return l
}

// validity is the set's review time, the last day on which the declaration can
// be used, or the end of the first thing that is relied on, whatever comes first.
func (a *assessment) validity(relied limit) limit {
	review, months := addMonths(a.today, a.set.ReviewMonths), a.set.ReviewMonths
	byReview := limit{review, func() catalogue.Text { return untilReview.text(review, months) }}
	stale := addMonths(a.d.Submitted, months)
	byAge := limit{stale, func() catalogue.Text { return untilStale.text(stale, months, a.d.Submitted) }}
	return byReview.earlier(byAge).earlier(relied)
}

// relied is the end of the first thing that the outcome relies on: evidence,
// inherited answers, waivers, plans, and requirements that come into force or
// go out of it and lead to another outcome.
func (a *assessment) relied(o Outcome) limit {
	first := a.firstEnd()
	if o.Approves() || o == NeedsReview {
		first = a.turn(o, first)
	}
	return first
}

// firstEnd is the end of the first thing that the requirements rely on as they are in force today.
func (a *assessment) firstEnd() (first limit) {
	for i := range a.standings {
		for _, l := range a.limits(i) {
			first = first.earlier(l)
		}
	}
	return first
}

// limits are the ends of what one requirement relies on.
func (a *assessment) limits(i int) []limit {
	s, r := &a.standings[i], &a.set.Requirements[i]
	if s.result == ResultUnanswered {
		return nil
	}
	var out []limit
	add := func(day catalogue.Date, form *phrase, args ...any) {
		out = append(out, limit{day, func() catalogue.Text { return form.text(append([]any{day}, args...)...) }})
	}
	if s.evidence >= 0 && a.d.Evidence[s.evidence].Expires != "" {
		add(a.d.Evidence[s.evidence].Expires, &untilEvidence, a.d.Evidence[s.evidence].Title)
	}
	if s.inherited != "" {
		add(s.inherited, &untilInherited, r.ID, r.Title)
	}
	if s.result == ResultWaived {
		add(s.waiver.Until, &untilWaiver, s.waiver.ID, r.ID, r.Title)
	}
	if s.result == ResultPlanned {
		add(addDays(s.due, -1), &untilPlanned, r.ID, r.Title, s.due)
	}
	return out
}

// turn is the first end, or earlier: the day before the first day on which a
// requirement's coming or going leads to another outcome, or the end of what is
// relied on from such a day.
func (a *assessment) turn(o Outcome, first limit) limit {
	for _, t := range a.turns() {
		if t.day > a.validity(first).day {
			break
		}
		then := a.otherwise(func(b *assessment) { b.today = t.day })
		if then.foreseen() != o {
			day := addDays(t.day, -1)
			return limit{day, func() catalogue.Text { return untilForce.text(day, t.id, t.title) }}
		}
		first = first.earlier(then.firstEnd())
	}
	return first
}

type turning struct {
	day   catalogue.Date
	id    string
	title catalogue.Text
}

// turns are the days after today on which requirements come into force or are over, in order.
func (a *assessment) turns() []turning {
	var out []turning
	for i := range a.set.Requirements {
		r := &a.set.Requirements[i]
		if r.From > a.today {
			out = append(out, turning{r.From, r.ID, r.Title})
		}
		if r.Until != "" && r.Until >= a.today {
			out = append(out, turning{addDays(r.Until, 1), r.ID, r.Title})
		}
	}
	slices.SortStableFunc(out, func(a, b turning) int { return compareDates(a.day, b.day) })
	return out
}

// foreseen is the outcome without a look at the declaration as a whole, which is older on a later day.
func (a *assessment) foreseen() Outcome {
	r := a.read()
	decided := r.possible == outcomeSet(0).with(r.outcome)
	if decided && (r.outcome == Rejected || a.unanswered() == 0 && a.guided != Unknown) {
		return r.outcome
	}
	return Incomplete
}

// obligations are what is planned.
func (a *assessment) obligations() []Obligation {
	var out []Obligation
	for i := range a.standings {
		if s, r := &a.standings[i], &a.set.Requirements[i]; s.result == ResultPlanned {
			out = append(out, Obligation{r.ID, s.due, obligation.text(r.Title, s.due)})
		}
	}
	return out
}

// nextReview is so many days before the end, but not before today.
func (a *assessment) nextReview(until catalogue.Date) catalogue.Date {
	return max(addDays(until, -a.set.RemindDays), a.today)
}
