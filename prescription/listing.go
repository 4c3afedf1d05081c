package prescription

import (
	"context"
	"errors"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
)

// Lister finds prescriptions. n is how many at most: 0 and less mean
// [DefaultListed], more than [MostListed] means that. Ask for more, after the last
// one, until none comes.
type Lister interface {
	// ForPatient gives those of a tenant for a pseudonym by descending id, which
	// is the newest first where ids are sorted by time. after is the last one that
	// was seen; the empty id begins the list.
	ForPatient(ctx context.Context, tenant, pseudonym string, after ID, n int) ([]Prescription, error)
	// Overdue gives those of a tenant that wait for longer than q allows. What
	// expires first comes first, and of those the one with the least id. after is
	// the last one that was seen; the zero Prescription begins the list. A zero
	// [Overdue].At is [ErrNoTime].
	Overdue(ctx context.Context, tenant string, q Overdue, after Prescription, n int) ([]Prescription, error)
	// Ended gives those of a tenant that ended in a state at since or later, such as
	// [Failed], which did not reach the citizen, or [Declined]. What ended last comes
	// first, and of those the one with the greatest id. after is the last one that was
	// seen; the zero Prescription begins the list. It is empty for a state that is no
	// end, and for [Expired], which is not stored.
	Ended(ctx context.Context, tenant string, state State, since time.Time, after Prescription, n int) ([]Prescription, error)
	// ForTool gives those of a tenant for a tool, of all its units, that have neither
	// ended nor expired at a time: the ones to look at when the tool can be started no
	// longer. What expires first comes first, and of those the one with the least id.
	// after is the last one that was seen; the zero Prescription begins the list. A zero
	// time is [ErrNoTime].
	ForTool(ctx context.Context, tenant string, tool catalogue.ToolID, at time.Time, after Prescription, n int) ([]Prescription, error)
}

// Overdue asks for prescriptions that have neither ended nor expired at At, and
// in which nothing has happened since a time: in the state [Sent] since Undelivered,
// [Delivered] since Unopened, [Opened] since Unstarted, [Started] and [Paused] since
// Silent, and [CancelAsked] since Unconfirmed. A zero time asks for none of them. At
// is required, mostly now: without it nothing would have expired.
type Overdue struct {
	At                                                    time.Time
	Undelivered, Unopened, Unstarted, Silent, Unconfirmed time.Time
}

// Check gives [ErrNoTime] if At is zero. For those who write a [Lister].
func (q Overdue) Check() error {
	if q.At.IsZero() {
		return ErrNoTime
	}
	return nil
}

// Matches says whether a prescription is one that is asked for. For those who
// write a [Lister].
func (q Overdue) Matches(p Prescription) bool {
	since, asked := q.Since()[p.StateAt(q.At)]
	return asked && p.Updated.Before(since)
}

// Since are the states that are asked for, each with its time. For those who
// write a [Lister].
func (q Overdue) Since() map[State]time.Time {
	all := map[State]time.Time{Sent: q.Undelivered, Delivered: q.Unopened, Opened: q.Unstarted,
		Started: q.Silent, Paused: q.Silent, CancelAsked: q.Unconfirmed}
	for state, since := range all {
		if all[state] = stamp(since); since.IsZero() {
			delete(all, state)
		}
	}
	return all
}

// DeadLetters are the messages that were given up. A store on a database may be one.
type DeadLetters interface {
	// Dead lists at most n of them, the oldest first; 0 and less mean [DefaultListed].
	Dead(ctx context.Context, n int) ([]Message, error)
	// Release makes one due again at a time, with no attempts counted. An unknown
	// one, or one that is not given up, is [ErrNotFound].
	Release(ctx context.Context, m MessageID, at time.Time) error
}

// Note is what somebody wrote to a prescription. It is personal data: it is not
// in the audit trail, and goes when the citizen's data are erased.
type Note struct {
	// Version is the version that the note made.
	Version int64
	At      time.Time
	By      Actor
	Text    string
}

// Notebook keeps notes.
type Notebook interface {
	// Notes gives those of a prescription in order, or [ErrNotFound].
	Notes(ctx context.Context, id ID) ([]Note, error)
}

// Eraser deletes what is personal: the identity number, the text to the citizen
// and the notes. What stays are codes, times and the pseudonym, with the audit
// trail as it is, and messages that wait or were given up, which hold no more. The
// key of the request, and the ids of therapists and of those who reported, are
// among the codes: the host must not make them of what is personal for the citizen.
//
// Prescriptions with the same content as before can no longer be told by their key:
// it is [ErrKeyReused] then, since the identity number is gone. What is written to a
// prescription after it was erased, such as a note, is erased the next time.
type Eraser interface {
	// EraseEnded does so for at most n prescriptions that had ended or expired
	// before a time and are not erased yet; for none if n is 0 or less. It says how
	// many.
	EraseEnded(ctx context.Context, before time.Time, n int) (int, error)
	// ErasePatient does so for all of a pseudonym in a tenant that have ended or
	// expired at a time, mostly now, and says how many there are that have not: those
	// stay. Without one of the three it is [ErrNoTenant], [ErrNoPseudonym] or
	// [ErrNoTime]. A pseudonym that nobody has erases nothing.
	ErasePatient(ctx context.Context, tenant, pseudonym string, at time.Time) (erased, kept int, err error)
}

// CheckErasure gives the errors of an [Eraser]'s ErasePatient for what does not say
// whose data, or of when. For those who write one.
func CheckErasure(tenant, pseudonym string, at time.Time) error {
	var faults []error
	if tenant == "" {
		faults = append(faults, ErrNoTenant)
	}
	if pseudonym == "" {
		faults = append(faults, ErrNoPseudonym)
	}
	if at.IsZero() {
		faults = append(faults, ErrNoTime)
	}
	return errors.Join(faults...)
}

// Milestones are when a prescription came how far, without anything about the citizen.
type Milestones struct {
	Tool   catalogue.ToolID
	Unit   catalogue.UnitID
	Tenant string
	// State is the stored one: with Expires it says whether it has expired.
	State                                                         State
	Issued, Expires, Delivered, Opened, Started, Completed, Ended time.Time
}

// Historian gives milestones for statistics.
type Historian interface {
	// Milestones calls each for every prescription issued from from on and before
	// to, in no order. It ends with the first error of each.
	Milestones(ctx context.Context, from, to time.Time, each func(Milestones) error) error
}
