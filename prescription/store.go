package prescription

import (
	"cmp"
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Store keeps prescriptions with their audit trail and puts messages into the
// outbox. All that one call writes is there afterwards, or nothing of it. All
// methods may be called at the same time. Times come back in UTC, in whole
// microseconds. An error of the context is wrapped. Package prescriptiontest
// checks a Store against this contract.
type Store interface {
	// Create stores a prescription, its first audit entry and its message. If the
	// tenant has used the key before, nothing is written: with the same content
	// ([New.Same]) the answer is the stored prescription as it is now, otherwise
	// [ErrKeyReused]. Of many at the same time with one key, one is stored.
	//
	// Then, unless n.Second is set: if the tenant has another prescription of the
	// tool for the pseudonym that has not ended at n.Prescription.Issued
	// ([Prescription.StateAt]), other than the one of n.Previous, nothing is
	// written and the answer is [ErrAlreadyActive]. Of many at the same time, one
	// is stored.
	//
	// n.Previous, if set, is done with it or not at all, as Change does it; what
	// [New.Follows] says of its prescription comes first.
	Create(ctx context.Context, n New) (Prescription, error)
	// Change does what [Prescription.Next] says, with an audit entry and the
	// message, and remembers the report. [ErrNotFound] comes first; then a report
	// that was seen before gives the prescription as it is and [Duplicate], or
	// [ErrReportReused] if it was another, see [Change.Repeats]; then
	// comes what Next says. A report that is late changes nothing, and is
	// remembered if [Change.Remembered] says so. A change that ends the prescription makes its messages due at
	// c.Received, whatever they were waiting for. Of many at the same time at one
	// version, one is done. A store on a database locks before it reads.
	Change(ctx context.Context, c Change) (Prescription, Applied, error)
	// Get gives a prescription, or [ErrNotFound].
	Get(ctx context.Context, id ID) (Prescription, error)
	// Audit gives the entries of a prescription in order, or [ErrNotFound].
	Audit(ctx context.Context, id ID) ([]AuditEntry, error)
}

// Outbox hands out the messages that wait for delivery. A message is delivered
// at least once: who receives it must recognise its id.
type Outbox interface {
	// Claim hands out at most n messages that are due at now and not handed out
	// to anyone, the longest due first, and counts an attempt for each; none
	// if n is 0 or less. A message waits until the earlier ones of its prescription for the same audience and
	// recipient are done or given up. What is neither done, retried nor given up is handed out
	// again from until on. Both times are the caller's, not the database's: for a caller
	// whose clock is ahead the time until comes sooner, and it gets what another is
	// still delivering; see [Service.Drain] for how much that may be. What would have to wait for more than [LongestWait] after
	// until, to be due or to be handed out again, was put off by a clock that was
	// wrong: it is due.
	Claim(ctx context.Context, now, until time.Time, n int) ([]Message, error)
	// Done forgets a message. An unknown one is no error.
	Done(ctx context.Context, m MessageID) error
	// Retry makes a message due again at a later time and keeps the code of what
	// went wrong. An unknown one is no error.
	Retry(ctx context.Context, m MessageID, at time.Time, code string) error
	// GiveUp keeps a message that cannot be delivered, with the code of what went
	// wrong: it is not handed out any more until it is released. An unknown one is
	// no error.
	GiveUp(ctx context.Context, m MessageID, at time.Time, code string) error
}

// LongestWait is longer than any message waits for its next try: what waits longer
// was put off by a clock that was wrong. It is no measure of how far the clocks of
// programs that share an outbox may be apart, see [Service.Drain].
const LongestWait = 24 * time.Hour

// New is a prescription to be stored. [Service.Prescribe] makes it.
type New struct {
	// Prescription is as it is sent: what only comes later (Reason, ReplacedBy, and
	// the times from Delivered to Ended) is empty.
	Prescription Prescription
	// Content is a digest of the request, without the identity number.
	Content string
	// Audit is the first entry, not yet linked.
	Audit AuditEntry
	// Messages go into the outbox. [Message.For] completes them.
	Messages []Message
	// Second allows more than one that has not ended.
	Second bool
	// Previous ends the prescription that this one takes the place of; nil if none.
	Previous *Change
	// OnlyStored asks for what the key has stored: [ErrNotFound] if nothing.
	OnlyStored bool
}

// Same says whether n is the request that led to stored, whose digest was content:
// in the place of the same one, if of any.
func (n New) Same(stored Prescription, content string) bool {
	return n.Content == content && n.Prescription.Replaces == stored.Replaces &&
		n.Prescription.Patient.NationalID.Equal(stored.Patient.NationalID)
}

// Follows says whether n may take the place of a prescription, which must be the
// same tenant's for the same citizen, and of the same tool if it is renewed: nil,
// [ErrOtherPatient] or [ErrOtherTool]. For those who write a [Store].
func (n New) Follows(previous Prescription) error {
	a, b := n.Prescription, previous
	if a.Tenant != b.Tenant || a.Patient.Pseudonym != b.Patient.Pseudonym || !a.Patient.NationalID.Equal(b.Patient.NationalID) {
		return ErrOtherPatient
	}
	if n.Previous != nil && n.Previous.Reason == ReasonRenewed && a.Tool != b.Tool {
		return ErrOtherTool // the citizen is told that it is the same one again
	}
	return nil
}

// Change is a step from a row of [Transitions]. [Service] makes it.
type Change struct {
	ID ID
	// Version is the expected version. 0 is for reports, which do not know it.
	Version int64
	Event   Event
	// Rows are those of [Transitions] that the event may follow.
	Rows []Transition
	// At is when it happened, Received when it came here. Whether it came too late
	// for a prescription that expires is judged by the earlier of the two for
	// reports, by Received for others.
	At, Received time.Time
	By           Actor
	Reason       string
	// Report is the report's id, unique in its prescription; "" if it is none.
	Report string
	// Messages go into the outbox if the change is done.
	Messages []Message
	// Expires, Prescriber and ReplacedBy take the place of those of the
	// prescription; zero values do not.
	Expires    time.Time
	Prescriber Actor
	ReplacedBy ID
	// Note is kept beside the prescription, see [Notebook]; "" if none.
	Note string
	// Policy is [Config.ChangePolicy]; nil refuses nothing.
	Policy func(before Prescription, c Change) error
}

// Applied is what became of a change.
type Applied string

// What a change can become.
const (
	Changed   Applied = "changed"   // it was done
	Duplicate Applied = "duplicate" // the report was seen before; nothing changed
	Late      Applied = "late"      // the prescription was already past it; nothing changed
)

// Next is what a change makes of a prescription: the next version and
// [Changed]; or an [ErrConflict] if the version is another; or, if no row of
// c.Rows leaves the state at the time of the change, the prescription as it is
// and [Late] for a report, [ErrNotAllowed] for others; or [ErrNotLonger]; or what
// c.Policy says, wrapped beside [ErrPolicy], which a store gives as it is. What is refused because of the expiry is an [*ExpiryError]. The
// times of a prescription never decrease: a change that happened before the last
// one counts as of then. For those who write a [Store].
func (p Prescription) Next(c Change) (Prescription, Applied, error) {
	isReport := c.Report != ""
	if p.Version != c.Version && !(isReport && c.Version == 0) {
		return Prescription{}, "", ErrConflict{Have: p.Version, Want: c.Version}
	}
	at := c.judgedAt()
	state := p.StateAt(at)
	to, found := target(c.Rows, state)
	switch {
	case found && !c.Expires.IsZero() && !stamp(c.Expires).After(p.Expires):
		return Prescription{}, "", &ExpiryError{Expires: p.Expires, Asked: stamp(c.Expires), err: ErrNotLonger}
	case found:
		return p.done(c, to)
	case isReport:
		return p, Late, nil
	case state == Expired:
		return Prescription{}, "", &ExpiryError{Expires: p.Expires, Asked: stamp(at), err: ErrNotAllowed{State: state, Event: c.Event, Role: c.By.Role}}
	}
	return Prescription{}, "", ErrNotAllowed{State: state, Event: c.Event, Role: c.By.Role}
}

// judgedAt decides on expiry. A report that was long on its way tells what was
// done in time, and a clock here that is ahead does not make it late.
func (c Change) judgedAt() time.Time {
	if c.Report != "" && c.At.Before(c.Received) {
		return c.At
	}
	return c.Received
}

// Remembered says whether a store is to remember the report that c is, given the
// prescription and what [Prescription.Next] said. One that is late only because
// the prescription has expired is not: if it was a clock that said so, the report
// can come again. For those who write a [Store].
func (c Change) Remembered(p Prescription, a Applied) bool {
	_, inTime := target(c.Rows, p.State)
	return a != Late || !inTime
}

// Repeats says whether c is the report of the event that a store has remembered
// with its id, nil or [ErrReportReused]. The empty event was not remembered and is
// any. For those who write a [Store].
func (c Change) Repeats(remembered Event) error {
	if remembered != "" && remembered != c.Event {
		return ErrReportReused
	}
	return nil
}

func (p Prescription) done(c Change, to State) (Prescription, Applied, error) {
	if c.Policy != nil {
		if err := c.Policy(p, c); err != nil {
			return Prescription{}, "", fmt.Errorf("%w: %w", ErrPolicy, err)
		}
	}
	return p.moved(c, to), Changed, nil
}

func (p Prescription) moved(c Change, to State) Prescription {
	p.Version++
	if to != p.State || c.Reason != "" && p.State != CancelAsked {
		p.Reason = c.reason(p)
	}
	if at := stamp(c.At); at.After(p.Updated) {
		p.Updated = at
	}
	p = p.edited(c)
	if to == p.State || to == Expired {
		return p
	}
	p.State = to
	p.reach(to, p.Updated)
	return p
}

// reason is the one that a change brings. Who confirms a cancellation confirms the
// reason that it was asked for with, unless they give another.
func (c Change) reason(before Prescription) string {
	if c.Event == EventConfirmCancel {
		return cmp.Or(c.Reason, before.Reason)
	}
	return c.Reason
}

// edited has what the change sets besides the state.
func (p Prescription) edited(c Change) Prescription {
	if !c.Expires.IsZero() {
		p.Expires = stamp(c.Expires)
	}
	if c.Prescriber != (Actor{}) {
		p.Prescriber = c.Prescriber
	}
	p.ReplacedBy = cmp.Or(c.ReplacedBy, p.ReplacedBy)
	return p
}

// detail is what the audit trail keeps of what a change sets.
func (c Change) detail(after Prescription) string {
	switch {
	case c.Event == EventPrescribe:
		return after.given()
	case !c.Expires.IsZero():
		return stamp(c.Expires).Format(time.RFC3339Nano)
	case c.Prescriber != (Actor{}):
		return c.Prescriber.ID
	}
	return string(c.ReplacedBy)
}

// Entry is the audit entry, not yet linked, of the change that made after of
// before. For those who write a [Store].
func (c Change) Entry(before, after Prescription) AuditEntry {
	return AuditEntry{Seq: after.Version, Prescription: after.ID, At: after.Updated, Event: c.Event,
		From: before.State, To: after.State, By: c.By, Reason: c.reason(before), Detail: c.detail(after)}
}

// Outgoing are the messages of the change that made after of before, completed.
// A transfer tells the therapist before too. For those who write a [Store].
func (c Change) Outgoing(before, after Prescription) []Message {
	out := make([]Message, 0, len(c.Messages)+1)
	for _, m := range c.Messages {
		out = append(out, m.For(after))
		if m.Audience == ForTherapist && before.Prescriber != after.Prescriber {
			m.Recipient = before.Prescriber.ID
			out = append(out, m.For(after))
		}
	}
	return out
}

// MessageID identifies a message for ever: the prescription's id and version,
// and the audience and recipient if it is not for the portal.
type MessageID string

// Audience is whom a message is for.
type Audience string

// The audiences.
const (
	ForPortal    Audience = "portal"    // the citizen's portal
	ForTool      Audience = "tool"      // the digital tool
	ForTherapist Audience = "therapist" // the one in Recipient, in the clinician's system
)

// Message asks for a delivery. It holds nothing personal.
type Message struct {
	ID           MessageID
	Prescription ID
	// Version is the version that the change made.
	Version int64
	// Audience is whom it is for; empty means [ForPortal].
	Audience Audience
	// Recipient is the therapist's id, for the audience [ForTherapist]; empty means
	// the one who follows up the prescription.
	Recipient string
	// Event is what they are to be told.
	Event Event
	// Due is when it is to be delivered.
	Due time.Time
	// Attempts counts how often it was handed out, this time included.
	Attempts int
	// Code is what went wrong last; "" if nothing did.
	Code string
	// Dead is when it was given up, see [DeadLetters]; zero if it was not.
	Dead time.Time
}

// For completes a message of the change that made p. For those who write a [Store].
func (m Message) For(p Prescription) Message {
	m.Audience = cmp.Or(m.Audience, ForPortal)
	if m.Audience == ForTherapist {
		m.Recipient = cmp.Or(m.Recipient, p.Prescriber.ID)
	}
	m.Prescription, m.Version, m.Due = p.ID, p.Version, stamp(m.Due)
	parts := []string{string(p.ID), strconv.FormatInt(p.Version, 10)}
	if m.Audience != ForPortal {
		parts = append(parts, string(m.Audience))
	}
	if m.Recipient != "" {
		parts = append(parts, m.Recipient)
	}
	m.ID = MessageID(strings.Join(parts, "/"))
	return m
}

// stamp is the precision that every store keeps.
func stamp(t time.Time) time.Time {
	if t.IsZero() {
		return time.Time{}
	}
	return t.UTC().Truncate(time.Microsecond)
}
