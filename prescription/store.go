package prescription

import (
	"context"
	"slices"
	"strconv"
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
	Create(ctx context.Context, n New) (Prescription, error)
	// Change does what [Prescription.Next] says, with an audit entry and the
	// message, and remembers the report. [ErrNotFound] comes first; then a report
	// that was seen before gives the prescription as it is and [Duplicate]; then
	// comes what Next says. A report that is late is remembered and changes
	// nothing else. A change that ends the prescription makes its messages due at
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
	// to anyone, the longest due first, and counts an attempt for each. A message
	// waits until the earlier ones of its prescription are done. What is neither
	// done nor retried is handed out again from until on.
	Claim(ctx context.Context, now, until time.Time, n int) ([]Message, error)
	// Done forgets a message. An unknown one is no error.
	Done(ctx context.Context, m MessageID) error
	// Retry makes a message due again at a later time and keeps the code of what
	// went wrong. An unknown one is no error.
	Retry(ctx context.Context, m MessageID, at time.Time, code string) error
}

// New is a prescription to be stored. [Service.Prescribe] makes it.
type New struct {
	Prescription Prescription
	// Content is a digest of the request, without the identity number.
	Content string
	// Audit is the first entry, not yet linked.
	Audit AuditEntry
	// Message goes into the outbox; nil if none. [Message.For] completes it.
	Message *Message
	// OnlyStored asks for what the key has stored: [ErrNotFound] if nothing.
	OnlyStored bool
}

// Same says whether n is the request that led to stored, whose digest was content.
func (n New) Same(stored Prescription, content string) bool {
	return n.Content == content && n.Prescription.Patient.NationalID.Equal(stored.Patient.NationalID)
}

// Change is a step from a row of [Transitions]. [Service] makes it.
type Change struct {
	ID ID
	// Version is the expected version. 0 is for reports, which do not know it.
	Version int64
	Event   Event
	From    []State
	To      State
	// At is when it happened, Received when it came here: expiry is judged at
	// Received.
	At, Received time.Time
	By           Actor
	Reason       string
	// Report is the report's id, unique in its prescription; "" if it is none.
	Report string
	// Message goes into the outbox if the change is done; nil if none.
	Message *Message
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
// [Changed]; or an [ErrConflict] if the version is another; or, if the state at
// c.Received is not in c.From, the prescription as it is and [Late] for a
// report, [ErrNotAllowed] for others. The times of a prescription never
// decrease: a change that happened before the last one counts as of then.
// For those who write a [Store].
func (p Prescription) Next(c Change) (Prescription, Applied, error) {
	isReport := c.Report != ""
	if p.Version != c.Version && !(isReport && c.Version == 0) {
		return Prescription{}, "", ErrConflict{Have: p.Version, Want: c.Version}
	}
	if state := p.StateAt(c.Received); !slices.Contains(c.From, state) {
		if isReport {
			return p, Late, nil
		}
		return Prescription{}, "", ErrNotAllowed{State: state, Event: c.Event, Role: c.By.Role}
	}
	return p.moved(c), Changed, nil
}

func (p Prescription) moved(c Change) Prescription {
	p.Version++
	p.State, p.Reason = c.To, c.Reason
	if at := stamp(c.At); at.After(p.Updated) {
		p.Updated = at
	}
	first := map[State]*time.Time{Delivered: &p.Delivered, Opened: &p.Opened, Started: &p.Started, Completed: &p.Completed}
	if t := first[c.To]; t != nil && t.IsZero() {
		*t = p.Updated
	}
	if c.To.Ended() {
		p.Ended = p.Updated
	}
	return p
}

// Entry is the audit entry, not yet linked, of the change that made after of
// before. For those who write a [Store].
func (c Change) Entry(before, after Prescription) AuditEntry {
	return AuditEntry{Seq: after.Version, Prescription: after.ID, At: after.Updated, Event: c.Event,
		From: before.State, To: after.State, By: c.By, Reason: c.Reason}
}

// MessageID identifies a message for ever: the prescription's id and version.
type MessageID string

// Message asks for a delivery. It holds nothing personal.
type Message struct {
	ID           MessageID
	Prescription ID
	// Version is the version that the change made.
	Version int64
	// Event is what the citizen's side is to be told.
	Event Event
	// Due is when it is to be delivered.
	Due time.Time
	// Attempts counts how often it was handed out, this time included.
	Attempts int
	// Code is what went wrong last; "" if nothing did.
	Code string
}

// For completes a message of the change that made p. For those who write a [Store].
func (m Message) For(p Prescription) Message {
	m.ID = MessageID(string(p.ID) + "/" + strconv.FormatInt(p.Version, 10))
	m.Prescription, m.Version, m.Due = p.ID, p.Version, stamp(m.Due)
	return m
}

// stamp is the precision that every store keeps.
func stamp(t time.Time) time.Time {
	if t.IsZero() {
		return time.Time{}
	}
	return t.UTC().Truncate(time.Microsecond)
}
