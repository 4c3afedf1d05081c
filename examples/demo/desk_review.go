package main

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/catalogue"
)

// session is what the panel has said so far.
func (d *desk) session(f *file, until catalogue.Date) approval.Session {
	return approval.Session{Case: f.id, VendorPeople: f.life.VendorPeople, Conflicts: f.aside, Votes: f.votes, ValidUntil: until, At: d.now()}
}

// vote adds a member's vote; of several the last one counts.
func (d *desk) vote(f *file, by official, outcome approval.Outcome, rationale string) error {
	s := d.session(f, d.today())
	s.Votes = append(slices.Clone(f.votes), approval.Vote{Member: by.ID, Outcome: outcome, Rationale: strings.TrimSpace(rationale), At: s.At.UTC()})
	if err := d.acceptable(f, s); err != nil {
		return err
	}
	f.votes = s.Votes
	return nil
}

// acceptable asks the panel whether it could decide, and does not mind that more must vote first.
func (d *desk) acceptable(f *file, s approval.Session) error {
	_, err := experts().Decide(f.basis, s)
	if errors.Is(err, approval.ErrNoQuorum) || errors.Is(err, approval.ErrValidity) {
		return nil
	}
	return err
}

// standAside keeps an interest; what the member has voted in the case is taken away.
func (d *desk) standAside(f *file, by official, why approval.Interest) error {
	s := d.session(f, d.today())
	s.Conflicts = append(slices.Clone(f.aside), approval.Conflict{Member: by.ID, Case: f.id, Why: why})
	s.Votes = slices.DeleteFunc(slices.Clone(f.votes), func(v approval.Vote) bool { return v.Member == by.ID })
	if err := d.acceptable(f, s); err != nil {
		return err
	}
	f.aside, f.votes = s.Conflicts, s.Votes
	return nil
}

// stoodAside says whether somebody has declared an interest in the file.
func (f *file) stoodAside(id string) bool {
	return slices.ContainsFunc(f.aside, func(c approval.Conflict) bool { return c.Member == id })
}

// settled is the decision that there would be now: the panel's where the rules leave it to the panel.
func (d *desk) settled(f *file, until catalogue.Date) (*approval.Decision, error) {
	if f.basis == nil || f.basis.Outcome != approval.NeedsReview {
		return f.basis, nil
	}
	return experts().Decide(f.basis, d.session(f, until))
}

// conclude records the decision.
func (d *desk) conclude(ctx context.Context, f *file, ev approval.Event, until catalogue.Date) error {
	decision, err := d.settled(f, until)
	if err != nil {
		return err
	}
	ev.Decision = decision
	if err := d.record(ctx, f, ev); err != nil {
		return err
	}
	f.decision = decision
	return nil
}

// usualEnd is the last day that is offered for an approval: a year from today, or less where it must be.
func (d *desk) usualEnd(f *file) catalogue.Date {
	year := catalogue.DateOf(d.now().AddDate(1, 0, -1))
	return min(year, f.basis.LatestEnd(d.now()))
}

// meet is the meeting of the story that the demo plays by itself.
func (d *desk) meet(_ context.Context, f *file) error {
	for _, v := range []struct {
		by      official
		outcome approval.Outcome
		why     string
	}{
		{psychology, approval.ApprovedWithTherapist, "Eksponeringen trenger noen som følger opp."},
		{medicine, approval.ApprovedWithTherapist, "Studien er gjort med veiledning, så godkjenningen bør gjelde slik bruk."},
		{experience, approval.NeedsReview, "Tekstene er klare. Jeg vil høre fra brukere som sluttet underveis, før vi bestemmer oss."},
	} {
		if err := d.vote(f, v.by, v.outcome, v.why); err != nil {
			return err
		}
	}
	return d.standAside(f, kin, approval.InterestRelated)
}

// settle records what the panel came to in that meeting.
func (d *desk) settle(ctx context.Context, f *file) error {
	return d.conclude(ctx, f, d.event(f, approval.EventDecide, psychology), "2027-11-01")
}
