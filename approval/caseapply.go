package approval

import (
	"slices"

	"github.com/verktoykatalog/verktoy/internal/problem"
)

// Apply gives the case after an event, or says why the event is refused; the
// case itself is not changed. What is looked at, in this order: the case and
// the event themselves ([ErrCase], [ErrEvent]); the version ([ErrConflict]); the
// time ([ErrEventTime]); whether one of the vendor's people acts in another role
// ([ErrVendorPerson]); the table ([ErrNotAllowed]); and the rules that
// [CaseTransitions] names for the event. That the actor has the role and is who
// they say they are is the caller's business.
//
// Nothing is stored: keep the case and its [Entry] ([Case.Record]) together,
// in one transaction that compares the version.
func (c Case) Apply(ev Event) (Case, error) {
	if err := c.usable(ev); err != nil {
		return Case{}, err
	}
	if err := c.timely(ev); err != nil {
		return Case{}, err
	}
	if c.wrongSide(ev) {
		return Case{}, refuse(ErrVendorPerson, "/by/id", CodeVendorPerson, refWrongSide)
	}
	row, _ := ev.Event.transition()
	if err := c.inTable(ev, row); err != nil {
		return Case{}, err
	}
	for _, rule := range row.Errors {
		if check := caseRules[rule]; check.broken(c, ev) {
			return Case{}, refuse(rule, check.place, check.code, check.words)
		}
	}
	return c.moved(ev, row.To), nil
}

// Replay applies events one after the other, as when a case is built again from
// what was kept. The error is that of the first that is refused.
func (c Case) Replay(events ...Event) (Case, error) {
	for _, ev := range events {
		var err error
		if c, err = c.Apply(ev); err != nil {
			return Case{}, err
		}
	}
	return c.copy(), nil
}

func (c Case) usable(ev Event) error {
	if err := c.Check(); err != nil {
		return err
	}
	return ev.check()
}

func (c Case) timely(ev Event) error {
	switch {
	case ev.Expected != c.Version:
		return refuse(ErrConflict, "/expected", problem.Contradiction, refConflict)
	case whole(ev.At).Before(c.Updated):
		return refuse(ErrEventTime, "/at", problem.OutOfRange, refEventTime)
	}
	return nil
}

// wrongSide says whether somebody acts both for the vendor and for the authority.
func (c Case) wrongSide(ev Event) bool {
	if ev.By.Role == RoleVendor {
		return slices.ContainsFunc(append(slices.Clone(ev.VendorPeople), ev.By.ID), c.official)
	}
	return among(c.VendorPeople, ev.By.ID) || c.vendorAssesses(ev)
}

// official says whether somebody has acted in this case for the authority.
func (c Case) official(id string) bool {
	prepared := among(c.PreparedBy, id) && !among(c.VendorPeople, id)
	decided := c.Decision != nil && samePerson(c.Decision.By, id)
	return prepared || decided || c.suspendedBy(id) || among(c.AssessedBy, id)
}

func (c Case) suspendedBy(id string) bool {
	return c.Suspension != nil && samePerson(c.Suspension.By, id)
}

// inTable looks for the state and the role in the event's row.
func (c Case) inTable(ev Event, row CaseTransition) error {
	if !slices.Contains(row.Roles, ev.By.Role) {
		return refuse(ErrNotAllowed, "/by/role", problem.NotAllowed, refRole, ev.Event.Text(), ev.By.Role.Text())
	}
	if state := c.StateAt(ev.At); !slices.Contains(row.From, state) {
		return refuse(ErrNotAllowed, "/event", problem.NotAllowed, refState, ev.Event.Text(), state.Text())
	}
	return nil
}

// moved is the case after an event that may happen.
func (c Case) moved(ev Event, to CaseState) Case {
	c = c.copy()
	c.Version++
	c.State, c.Updated, c.Reason, c.Missing = to, whole(ev.At), ev.Reason, slices.Clone(ev.Missing)
	switch ev.Event {
	case EventSubmit:
		c.submit(*ev.Declaration)
	case EventAssess:
		c.assess(ev)
	case EventDecide:
		d := ev.Decision
		c.Decision = &CaseDecision{ID: d.ID, Outcome: d.Outcome, By: ev.By.ID, ValidUntil: d.ValidUntil, NextReview: d.NextReview}
		c.Suspension = nil
	case EventPublish:
		c.Decision.Published = c.Updated
	case EventSuspend:
		c.Suspension = &Suspension{By: ev.By.ID, Reason: ev.Reason, At: c.Updated}
	case EventResume:
		c.Suspension = nil
	}
	c.involve(ev)
	return c
}

// involve remembers who can do what no more.
func (c *Case) involve(ev Event) {
	if slices.Contains([]CaseEvent{EventSubmit, EventReturn, EventStartReview}, ev.Event) {
		c.PreparedBy = withPeople(c.PreparedBy, ev.By.ID)
	}
	if ev.By.Role == RoleVendor {
		c.VendorPeople = withPeople(c.VendorPeople, append(slices.Clone(ev.VendorPeople), ev.By.ID)...)
	}
}

func withPeople(people []string, more ...string) []string {
	for _, id := range more {
		if !among(people, id) {
			people = append(people, id)
		}
	}
	return people
}
