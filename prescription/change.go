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
	// it with the same id. An id is for one Event: another one is [ErrReportReused].
	// At may differ, since who reads a state anew may not know since when it is.
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
// past, or that comes after its end, or that happened after it had expired, is
// [Late], and neither changes anything. What happened before a prescription
// expired counts, whenever it comes in. Pause and resume alone are taken in the order in which they
// come, since each can follow the other: report them in order. Errors: a [*RequestError], [ErrNotAllowed] for what cannot
// be reported by that role, [ErrNotFound], [ErrReportReused], and what the store says. It does not
// check that the tool is the prescribed one: the caller knows who reports.
func (s *Service) Apply(ctx context.Context, st Store, r Report) (Prescription, Applied, error) {
	if err := r.check(); err != nil {
		return Prescription{}, "", err
	}
	rows, err := r.rows()
	if err != nil {
		return Prescription{}, "", err
	}
	now := s.now()
	at := stamp(r.At)
	if at.After(now) {
		at = now
	}
	return st.Change(ctx, Change{ID: r.Prescription, Event: r.Event, Rows: rows, At: at, Received: now,
		By: r.By, Report: r.ID, Messages: s.told(now, r.Event, r.By)})
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
	// A therapist's are refused by the table: what they decide is no report.
	return refuse(append(faults, r.By.faultsAs("By", Roles(), "citizen, tool or system")...))
}

// told are the messages about a report. A portal that goes on showing what has
// ended would remind the citizen of it; a portal that cannot show that somebody has
// asked to cancel takes the task away when it is confirmed. That something failed
// the portal knows if it was a delivery that said so.
func (s *Service) told(now time.Time, e Event, by Actor) []Message {
	var out []Message
	if e == EventConfirmCancel || e == EventDecline || e == EventFail && by.Role != RoleSystem || e == EventComplete && s.tellPortal {
		out = append(out, Message{Audience: ForPortal, Event: e, Due: now})
	}
	if s.tellTherapist {
		out = append(out, Message{Audience: ForTherapist, Event: e, Due: now})
	}
	return out
}

// rows leaves out what takes a version or a reason, and therapists, who see
// what they change.
func (r Report) rows() ([]Transition, error) {
	if r.By.Role == RoleTherapist || slices.Contains(decisions, r.Event) {
		return nil, ErrNotAllowed{Event: r.Event, Role: r.By.Role}
	}
	return rows(r.Event, r.By.Role)
}

// decisions are never reported: they take a version.
var decisions = []Event{EventPrescribe, EventCancel, EventEnterInError, EventExtend, EventTransfer, EventNote, EventSupersede}

// reasoned are those that need a reason.
var reasoned = []Event{EventCancel, EventEnterInError, EventTransfer}

// special are those that have a method of their own, because they take more
// than a reason.
var special = []Event{EventPrescribe, EventExtend, EventTransfer, EventNote, EventSupersede}

// Cancel takes a prescription back and tells the citizen's side.
// What the citizen has begun becomes [CancelAsked] until the tool, the citizen or
// the system confirms it with [EventConfirmCancel]; who cancels it again ends it
// without. The reason is one of [Reasons] or [Config.Reasons]. Errors: a [*RequestError],
// [ErrNotFound], [ErrConflict] if the version is not the one that the caller
// has seen, [ErrNotAllowed] if it has ended or expired, and what the store says.
func (s *Service) Cancel(ctx context.Context, st Store, ref Ref, by Actor, reason string) (Prescription, error) {
	return s.Change(ctx, st, ref, EventCancel, by, reason)
}

// Change does an event now, for someone who has seen the prescription, and tells
// the citizen's side. Cancelling and entering in error need a reason, others may
// have one. Events that take more than a reason have methods of their own:
// [Service.Prescribe], [Service.Extend], [Service.Transfer], [Service.Note],
// [Service.Renew] and [Service.Replace]. Errors are those of [Service.Cancel].
func (s *Service) Change(ctx context.Context, st Store, ref Ref, e Event, by Actor, reason string) (Prescription, error) {
	if slices.Contains(special, e) {
		if err := s.checkChange(ref, e, by, reason); err != nil {
			return Prescription{}, err
		}
		return Prescription{}, ErrNotAllowed{Event: e, Role: by.Role}
	}
	return s.change(ctx, st, ref, Change{Event: e, By: by, Reason: reason, Messages: s.to(e, ForPortal)})
}

// change completes a change of a version that was seen, and has it done.
func (s *Service) change(ctx context.Context, st Store, ref Ref, c Change) (Prescription, error) {
	c, err := s.completed(ref, c)
	if err != nil {
		return Prescription{}, err
	}
	p, _, err := st.Change(ctx, c)
	return p, err
}

func (s *Service) completed(ref Ref, c Change) (Change, error) {
	if err := s.checkChange(ref, c.Event, c.By, c.Reason); err != nil {
		return Change{}, err
	}
	found, err := rows(c.Event, c.By.Role)
	if err != nil {
		return Change{}, err
	}
	now := s.now()
	c.ID, c.Version, c.Rows, c.At, c.Received, c.Policy = ref.ID, ref.Version, found, now, now, s.changePolicy
	for i := range c.Messages {
		c.Messages[i].Due = now
	}
	return c, nil
}

// to makes messages; the tool hears of what ends its work or changes its time.
func (s *Service) to(e Event, audiences ...Audience) []Message {
	if s.tellTool && slices.Contains([]Event{EventCancel, EventEnterInError, EventExtend, EventSupersede}, e) {
		audiences = append(audiences, ForTool)
	}
	out := make([]Message, len(audiences))
	for i, a := range audiences {
		out[i] = Message{Audience: a, Event: e}
	}
	return out
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
	if !slices.Contains(s.reasons, reason) && (slices.Contains(reasoned, e) || reason != "") {
		faults = append(faults, Fault{"Reason", wantReason(s.reasons)})
	}
	return refuse(faults)
}
