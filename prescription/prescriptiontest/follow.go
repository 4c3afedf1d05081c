package prescriptiontest

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/verktoykatalog/verktoy/prescription"
)

// more is sample(number) for the citizen of sample(1).
func more(number int) prescription.New {
	p := sample(number).Prescription
	p.Patient = sample(1).Prescription.Patient
	return newOf(p)
}

func second(ctx context.Context, st prescription.Store) error {
	first, err := created(ctx, st, 1)
	if err != nil {
		return err
	}
	_, refused := st.Create(ctx, more(2))
	_, missing := st.Get(ctx, more(2).Prescription.ID)
	wanted, otherTool, otherTenant, later := more(3), more(4), more(5), more(6)
	wanted.Second, otherTool.Prescription.Tool, otherTenant.Prescription.Tenant = true, "other-tool", "888888888"
	later.Prescription.Issued = first.Expires
	err = all(is("a second one", refused, prescription.ErrAlreadyActive), is("its id", missing, prescription.ErrNotFound))
	for _, n := range []prescription.New{wanted, otherTool, otherTenant, later} {
		_, created := st.Create(ctx, n)
		err = all(err, created)
	}
	return all(err, waiting(ctx, st, 5))
}

func racingRivals(ctx context.Context, st prescription.Store) error {
	const n = 16
	errs := make([]error, n)
	together(n, func(i int) { _, errs[i] = st.Create(ctx, more(i)) })
	won := 0
	for i, err := range errs {
		switch {
		case err == nil:
			won++
		case !errors.Is(err, prescription.ErrAlreadyActive):
			return fmt.Errorf("racer %d: got error %v, want that the citizen has one already", i, err)
		}
	}
	return all(equal("stored", won, 1), waiting(ctx, st, 1))
}

// instead is more(number) in place of p.
func instead(p prescription.Prescription, number int, at time.Time) prescription.New {
	next := more(number).Prescription
	c := change(p, prescription.EventSupersede, at)
	c.Reason, c.ReplacedBy = prescription.ReasonRenewed, next.ID
	next.Replaces, next.Issued, next.Expires = p.ID, at, at.Add(56*24*time.Hour)
	n := newOf(next)
	n.Previous = &c
	return n
}

func replaced(ctx context.Context, st prescription.Store) error {
	p, err := created(ctx, st, 1)
	if err != nil {
		return err
	}
	at := noon.Add(time.Hour)
	stale, stranger, nobody, other := instead(p, 2, at), instead(p, 3, at), instead(p, 4, at), instead(p, 6, at)
	other.Prescription.Tool = "another-tool"
	stale.Previous.Version, stranger.Prescription.Patient.Pseudonym, nobody.Previous.ID = 7, "somebody-else", "unknown"
	for _, refused := range []struct {
		n    prescription.New
		want error
	}{{stale, prescription.ErrConflict{Have: 1, Want: 7}}, {stranger, prescription.ErrOtherPatient}, {nobody, prescription.ErrNotFound}, {other, prescription.ErrOtherTool}} {
		refused.n.Second = true
		_, err := st.Create(ctx, refused.n)
		_, missing := st.Get(ctx, refused.n.Prescription.ID)
		if err := all(is("refused", err, refused.want), is("its id", missing, prescription.ErrNotFound), history(ctx, st, p)); err != nil {
			return err
		}
	}
	n := instead(p, 5, at)
	got, err := st.Create(ctx, n)
	want, _, _ := p.Next(*n.Previous)
	return all(err, equal("replaces", got.Replaces, p.ID), equal("replaced by", want.ReplacedBy, got.ID),
		history(ctx, st, want), history(ctx, st, got), waiting(ctx, st, 2))
}

// otherPrevious: who replaces a second prescription with the key of the first must
// not be told that it is done.
func otherPrevious(ctx context.Context, st prescription.Store) error {
	a, err := created(ctx, st, 1)
	if err != nil {
		return err
	}
	besides := more(2)
	besides.Second = true
	b, err := st.Create(ctx, besides)
	if err != nil {
		return err
	}
	at := noon.Add(time.Hour)
	ofA, ofB, plain, old := instead(a, 3, at), instead(b, 4, at), more(5), instead(b, 6, at)
	ofA.Second = true
	ofB.Prescription.Key, plain.Prescription.Key, old.Prescription.Key = ofA.Prescription.Key, ofA.Prescription.Key, a.Key
	next, err := st.Create(ctx, ofA)
	again, repeated := st.Create(ctx, ofA)
	_, other := st.Create(ctx, ofB)
	_, none := st.Create(ctx, plain)
	_, prescribed := st.Create(ctx, old)
	return all(err, repeated, same("repeated", again, next), is("in the place of another", other, prescription.ErrKeyReused),
		is("in the place of none", none, prescription.ErrKeyReused), is("the key of a plain one", prescribed, prescription.ErrKeyReused),
		history(ctx, st, b))
}

func replacedLater(ctx context.Context, st prescription.Store) error {
	p, err := created(ctx, st, 1)
	if err != nil {
		return err
	}
	n := instead(p, 2, p.Expires)
	expired, _, _ := p.Next(*n.Previous)
	next, err := st.Create(ctx, n)
	if err := all(err, equal("state", expired.State, prescription.Sent), history(ctx, st, expired)); err != nil {
		return err
	}
	next, _, err = st.Change(ctx, change(next, prescription.EventEnterInError, p.Expires.Add(time.Hour)))
	if err != nil {
		return err
	}
	n = instead(next, 3, p.Expires.Add(2*time.Hour))
	over, _, _ := next.Next(*n.Previous)
	_, err = st.Create(ctx, n)
	return all(err, equal("state", over.State, prescription.EnteredInError), history(ctx, st, over))
}

func racingReplacements(ctx context.Context, st prescription.Store) error {
	p, err := created(ctx, st, 1)
	if err != nil {
		return err
	}
	const n = 16
	ids, errs := make([]prescription.ID, n), make([]error, n)
	together(n, func(i int) {
		one := instead(p, i+2, noon.Add(time.Hour))
		one.Prescription.Tool, one.Previous.Reason = "another-tool", prescription.ReasonReplaced // so that they do not meet as rivals
		got, err := st.Create(ctx, one)
		ids[i], errs[i] = got.ID, err
	})
	won := prescription.ID("")
	for i, err := range errs {
		switch {
		case err == nil && won == "":
			won = ids[i]
		case !errors.Is(err, prescription.ErrConflict{}) && !errors.Is(err, prescription.ErrAlreadyActive):
			return fmt.Errorf("racer %d: got error %v, want one winner and conflicts", i, err)
		}
	}
	now, err := st.Get(ctx, p.ID)
	return all(err, equal("replaced by", now.ReplacedBy, won), history(ctx, st, now))
}
