package prescription

import (
	"context"
	"slices"
	"time"
)

// Ref names a prescription and the version of it that the caller has seen.
type Ref struct {
	ID      ID
	Version int64
}

// Report is what the tool, the portal or a delivery says has happened.
type Report struct {
	// ID names the report in its prescription for ever: 1 to 128 letters, digits
	// and . _ : / - . Whoever does not know whether a report came through repeats
	// it with the same id.
	ID           string
	Prescription ID
	Event        Event
	// At is when it happened. What is kept is never before the prescription's last
	// change and never after the report was received.
	At time.Time
	// By is the citizen, the tool or the system.
	By Actor
}

// Apply takes in a report. Reports may come twice, late and in any order: one
// that was seen before is a [Duplicate], one that the prescription is already
// past, has ended or has expired when it comes in, is [Late], and neither
// changes anything. Pause and resume alone are taken in the order in which they
// come, since each can follow the other: report them in order. Errors: a [*RequestError], [ErrNotAllowed] for what cannot
// be reported by that role, [ErrNotFound], and what the store says. It does not
// check that the tool is the prescribed one: the caller knows who reports.
func (s *Service) Apply(ctx context.Context, st Store, r Report) (Prescription, Applied, error) {
	if err := r.check(); err != nil {
		return Prescription{}, "", err
	}
	t, err := r.transition()
	if err != nil {
		return Prescription{}, "", err
	}
	now := s.now()
	at := stamp(r.At)
	if at.After(now) {
		at = now
	}
	return st.Change(ctx, Change{ID: r.Prescription, Event: r.Event, From: t.From, To: t.To,
		At: at, Received: now, By: r.By, Report: r.ID})
}

func (r Report) check() error {
	var faults []Fault
	if !isCode(r.ID, 128) {
		faults = append(faults, Fault{"ID", "1 to 128 letters, digits and . _ : / - that are no identity number"})
	}
	if !isCode(string(r.Prescription), 64) {
		faults = append(faults, Fault{"Prescription", "the id of a prescription"})
	}
	if r.At.IsZero() {
		faults = append(faults, Fault{"At", "the time when it happened"})
	}
	return refuse(append(faults, r.By.faults("By")...))
}

// transition leaves out what takes a version or a reason, and therapists, who
// see what they change.
func (r Report) transition() (Transition, error) {
	if r.By.Role == RoleTherapist || slices.Contains(decisions, r.Event) {
		return Transition{}, ErrNotAllowed{Event: r.Event, Role: r.By.Role}
	}
	return transition(r.Event, r.By.Role)
}

// decisions are never reported. Those after the first need a reason.
var decisions = []Event{EventPrescribe, EventCancel, EventEnterInError}

// Cancel takes a prescription back and tells the citizen's side. The reason is
// one of [Reasons] or [Config.Reasons]. Errors: a [*RequestError],
// [ErrNotFound], [ErrConflict] if the version is not the one that the caller
// has seen, [ErrNotAllowed] if it has ended or expired, and what the store says.
func (s *Service) Cancel(ctx context.Context, st Store, ref Ref, by Actor, reason string) (Prescription, error) {
	return s.Change(ctx, st, ref, EventCancel, by, reason)
}

// Change does any event but [EventPrescribe] now, for someone who has seen the
// prescription, and tells the citizen's side. Cancelling and entering in error
// need a reason, others may have one. Errors are those of [Service.Cancel].
func (s *Service) Change(ctx context.Context, st Store, ref Ref, e Event, by Actor, reason string) (Prescription, error) {
	if err := s.checkChange(ref, e, by, reason); err != nil {
		return Prescription{}, err
	}
	t, err := transition(e, by.Role)
	if err == nil && e == EventPrescribe {
		err = ErrNotAllowed{Event: e, Role: by.Role}
	}
	if err != nil {
		return Prescription{}, err
	}
	now := s.now()
	p, _, err := st.Change(ctx, Change{ID: ref.ID, Version: ref.Version, Event: e, From: t.From, To: t.To,
		At: now, Received: now, By: by, Reason: reason, Message: &Message{Event: e, Due: now}})
	return p, err
}

func (s *Service) checkChange(ref Ref, e Event, by Actor, reason string) error {
	var faults []Fault
	if !isCode(string(ref.ID), 64) {
		faults = append(faults, Fault{"ID", "the id of a prescription"})
	}
	if ref.Version < 1 {
		faults = append(faults, Fault{"Version", "the version that the caller has seen, 1 or more"})
	}
	faults = append(faults, by.faults("By")...)
	needed := slices.Contains(decisions[1:], e)
	if !slices.Contains(s.reasons, reason) && (needed || reason != "") {
		faults = append(faults, Fault{"Reason", wantReason(s.reasons)})
	}
	return refuse(faults)
}
