package prescriptiontest

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/verktoykatalog/verktoy/prescription"
)

func changeCases() []testCase {
	return []testCase{
		{"a change makes the next version, its times and its audit entry", steps},
		{"a change at another version is a conflict and writes nothing", conflict},
		{"a change without a version that is no report is a conflict", noVersion},
		{"a change that the table does not have is refused and writes nothing", notAllowed},
		{"what a policy says of a change comes back as it is and writes nothing", policy},
		{"a prescription expires at its time and not before", expiry},
		{"what is confirmed keeps the reason that it was asked for with", confirmed},
		{"times never decrease", backwards},
		{"of sixteen changes at one version exactly one is done", racingChanges},
		{"what the caller does with an answer changes nothing", copies},
	}
}

// created stores sample(number).
func created(ctx context.Context, st prescription.Store, number int) (prescription.Prescription, error) {
	p, err := st.Create(ctx, sample(number))
	if err != nil {
		return p, fmt.Errorf("method Create: %w", err)
	}
	return p, nil
}

func steps(ctx context.Context, st prescription.Store) error {
	p, err := created(ctx, st, 1)
	if err != nil {
		return err
	}
	order := []prescription.Event{prescription.EventDeliver, prescription.EventOpen, prescription.EventStart,
		prescription.EventPause, prescription.EventResume, prescription.EventComplete}
	for i, e := range order {
		at := noon.Add(time.Duration(i+1) * time.Hour)
		c := change(p, e, at)
		c.Reason = "reason-" + string(e)
		want, _, _ := p.Next(c)
		got, applied, err := st.Change(ctx, c)
		if err := all(err, equal("applied", applied, prescription.Changed), same(string(e), got, want), history(ctx, st, want)); err != nil {
			return err
		}
		p = got
	}
	entries, err := st.Audit(ctx, p.ID)
	if err != nil {
		return err
	}
	last := entries[len(entries)-1]
	return all(equal("entries", len(entries), len(order)+1), equal("by", last.By, therapist),
		equal("reason", last.Reason, "reason-complete"), equal("event", last.Event, prescription.EventComplete),
		equal("from", last.From, prescription.Started), equal("at", last.At, p.Completed), equal("ended", p.Ended, p.Completed))
}

func conflict(ctx context.Context, st prescription.Store) error {
	p, err := created(ctx, st, 1)
	if err != nil {
		return err
	}
	for _, version := range []int64{2, 99, -1} {
		c := change(p, prescription.EventCancel, noon.Add(time.Hour))
		c.Version = version
		_, _, err := st.Change(ctx, c)
		if err := is("another version", err, prescription.ErrConflict{Have: 1, Want: version}); err != nil {
			return err
		}
	}
	return all(history(ctx, st, p), waiting(ctx, st, 1))
}

func noVersion(ctx context.Context, st prescription.Store) error {
	p, err := created(ctx, st, 1)
	if err != nil {
		return err
	}
	c := change(p, prescription.EventCancel, noon.Add(time.Hour))
	c.Version = 0
	_, _, err = st.Change(ctx, c)
	return all(is("no version", err, prescription.ErrConflict{Have: 1, Want: 0}), history(ctx, st, p))
}

func notAllowed(ctx context.Context, st prescription.Store) error {
	p, err := created(ctx, st, 1)
	if err != nil {
		return err
	}
	_, _, err = st.Change(ctx, change(p, prescription.EventResume, noon.Add(time.Hour)))
	want := prescription.ErrNotAllowed{State: prescription.Sent, Event: prescription.EventResume, Role: prescription.RoleTherapist}
	return all(is("resume before start", err, want), history(ctx, st, p), waiting(ctx, st, 1))
}

// policy: the host branches on its own error, also when one takes the place of another.
func policy(ctx context.Context, st prescription.Store) error {
	p, err := created(ctx, st, 1)
	if err != nil {
		return err
	}
	closed := errors.New("the clinic is closed")
	refuse := func(prescription.Prescription, prescription.Change) error { return closed }
	c, n := change(p, prescription.EventCancel, noon.Add(time.Hour)), instead(p, 2, noon.Add(time.Hour))
	c.Policy, n.Previous.Policy = refuse, refuse
	_, _, changed := st.Change(ctx, c)
	_, replaced := st.Create(ctx, n)
	return all(is("change", changed, closed), is("change", changed, prescription.ErrPolicy), is("replacement", replaced, closed),
		is("replacement", replaced, prescription.ErrPolicy), history(ctx, st, p), waiting(ctx, st, 1))
}

func expiry(ctx context.Context, st prescription.Store) error {
	early, err := created(ctx, st, 1)
	if err != nil {
		return err
	}
	late, err := created(ctx, st, 2)
	if err != nil {
		return err
	}
	before, after := early.Expires.Add(-time.Microsecond), early.Expires
	_, _, inTime := st.Change(ctx, change(early, prescription.EventCancel, before))
	_, _, tooLate := st.Change(ctx, change(late, prescription.EventCancel, after))
	c := report(late, prescription.EventComplete, after, "r1")
	got, applied, reported := st.Change(ctx, c)
	want := prescription.ErrNotAllowed{State: prescription.Expired, Event: prescription.EventCancel, Role: prescription.RoleTherapist}
	return all(inTime, is("change at the time of expiry", tooLate, want), reported,
		equal("report of the time of expiry", applied, prescription.Late), same("reported", got, late), history(ctx, st, late),
		inTheEnd(ctx, st, c, before))
}

// inTheEnd: a report that came too late is not remembered, so it can come again
// as one of what happened in time.
func inTheEnd(ctx context.Context, st prescription.Store, c prescription.Change, before time.Time) error {
	_, again, err := st.Change(ctx, c)
	c.At = before
	got, applied, changed := st.Change(ctx, c)
	_, third, last := st.Change(ctx, c)
	return all(err, changed, last, equal("the late report again", again, prescription.Late), equal("what happened in time", applied, prescription.Changed),
		equal("state", got.State, prescription.Completed), equal("the report that counted, again", third, prescription.Duplicate), history(ctx, st, got))
}

// confirmed: a transfer in between has a reason of its own, which is its entry's.
func confirmed(ctx context.Context, st prescription.Store) error {
	p, err := created(ctx, st, 1)
	if err == nil {
		p, _, err = st.Change(ctx, report(p, prescription.EventStart, noon.Add(time.Hour), "r1"))
	}
	if err != nil {
		return err
	}
	ask := change(p, prescription.EventCancel, noon.Add(2*time.Hour))
	ask.Reason = prescription.ReasonPatientAsked
	p, _, err = st.Change(ctx, ask)
	if err != nil {
		return err
	}
	move := change(p, prescription.EventTransfer, noon.Add(3*time.Hour))
	move.Reason, move.Prescriber = prescription.ReasonOther, prescription.Actor{Role: prescription.RoleTherapist, ID: "hpr/other"}
	moved, _, err := st.Change(ctx, move)
	if err := all(err, equal("reason after a transfer", moved.Reason, prescription.ReasonPatientAsked), history(ctx, st, moved)); err != nil {
		return err
	}
	got, _, err := st.Change(ctx, report(moved, prescription.EventConfirmCancel, noon.Add(4*time.Hour), "r2"))
	return all(err, equal("state", got.State, prescription.Cancelled), equal("reason", got.Reason, prescription.ReasonPatientAsked), history(ctx, st, got))
}

func backwards(ctx context.Context, st prescription.Store) error {
	p, err := created(ctx, st, 1)
	if err != nil {
		return err
	}
	p, _, err = st.Change(ctx, change(p, prescription.EventOpen, noon.Add(2*time.Hour)))
	if err != nil {
		return err
	}
	got, _, err := st.Change(ctx, report(p, prescription.EventStart, noon.Add(time.Hour), "r1"))
	if err != nil {
		return err
	}
	return all(equal("started", got.Started, p.Opened), equal("updated", got.Updated, p.Updated), history(ctx, st, got))
}

const rounds = 10 // of each race

func racingChanges(ctx context.Context, st prescription.Store) error {
	for round := range rounds {
		p, err := created(ctx, st, round)
		if err != nil {
			return err
		}
		if err := race(ctx, st, p); err != nil {
			return fmt.Errorf("round %d: %w", round, err)
		}
	}
	return waiting(ctx, st, rounds)
}

func race(ctx context.Context, st prescription.Store, p prescription.Prescription) error {
	const n = 16
	results, errs := make([]prescription.Prescription, n), make([]error, n)
	together(n, func(i int) {
		c := change(p, prescription.EventPause, noon.Add(time.Hour))
		c.Rows[0].From, c.Reason = []prescription.State{prescription.Sent, prescription.Paused}, fmt.Sprintf("racer-%c", 'a'+i)
		results[i], _, errs[i] = st.Change(ctx, c)
	})
	var winner *prescription.Prescription
	for i, err := range errs {
		switch {
		case err == nil && winner == nil:
			winner = &results[i]
		case !errors.Is(err, prescription.ErrConflict{Have: 2, Want: 1}):
			return fmt.Errorf("racer %d: got error %v, want a conflict for all but one", i, err)
		}
	}
	if winner == nil {
		return errors.New("nobody won")
	}
	return history(ctx, st, *winner)
}

func copies(ctx context.Context, st prescription.Store) error {
	n := sample(1)
	p, err := st.Create(ctx, n)
	if err != nil {
		return err
	}
	n.Messages[0].Event = "other"
	entries, err := st.Audit(ctx, p.ID)
	if err != nil {
		return err
	}
	for i := range entries {
		entries[i].Reason = "other"
	}
	return history(ctx, st, p)
}
