package approval

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/hashchain"
	"github.com/verktoykatalog/verktoy/internal/problem"
)

// Entry is one event of one case in the ledger: codes, ids and digests only.
// Entries of a case form a chain: each holds the hash of the one before, so
// that what is changed, removed or moved is found by [VerifyLedger].
type Entry struct {
	// Seq is 1 for the first entry of a case and equals the version that the event made.
	Seq  int64            `json:"seq"`
	Case string           `json:"case"`
	Tool catalogue.ToolID `json:"tool"`
	// At is UTC, whole seconds.
	At    time.Time `json:"at"`
	Event CaseEvent `json:"event"`
	// From is the state that the event met; [CaseExpired] where an approval was over.
	From   CaseState  `json:"from"`
	To     CaseState  `json:"to"`
	By     Actor      `json:"by"`
	Reason CaseReason `json:"reason,omitempty"`
	// Content is [Event.Digest] of the event, which is to be kept elsewhere.
	Content Digest `json:"content"`
	// Hash is SHA-256 over Previous and all other fields. Previous is the Hash of
	// the entry before, empty for the first.
	Hash     Digest `json:"hash"`
	Previous Digest `json:"previous,omitempty"`
}

// Ledger keeps the entries of all cases; nothing in it is ever changed or
// removed. Both methods may be called at the same time. An error of the context
// is wrapped. Package approvaltest checks a Ledger against this contract.
type Ledger interface {
	// Append stores what [Entry.After] makes of the entry and the last one of its
	// case, and gives it back; on an error nothing is stored. Of many at the same
	// time with one Seq, one is stored.
	Append(ctx context.Context, e Entry) (Entry, error)
	// Entries gives the entries of a case in order; none if it has none.
	Entries(ctx context.Context, caseID string) ([]Entry, error)
}

// ErrEntry: an entry cannot be stored: it is not in its form, or does not go on where the last one ended.
var ErrEntry = errors.New("approval: unusable entry")

// Record is [Case.Apply] with the entry for the ledger, not yet linked.
func (c Case) Record(ev Event) (Case, Entry, error) {
	next, err := c.Apply(ev)
	if err != nil {
		return Case{}, Entry{}, err
	}
	return next, Entry{Seq: next.Version, Case: c.ID, Tool: c.Tool, At: next.Updated, Event: ev.Event,
		From: c.StateAt(ev.At), To: next.State, By: ev.By, Reason: ev.Reason, Content: ev.Digest()}, nil
}

// Digest is the SHA-256 of the event as JSON without white space, its time in
// UTC and whole seconds.
func (ev Event) Digest() Digest {
	ev.At = whole(ev.At)
	return digestOf(ev)
}

// After gives the entry linked to the last one of its case, the zero Entry if
// it is the first. The error is [ErrConflict] if the sequence does not go on,
// and [ErrEntry] for all else. For those who write a [Ledger].
func (e Entry) After(last Entry) (Entry, error) {
	if e.Seq != last.Seq+1 {
		return Entry{}, refuse(ErrConflict, "/seq", problem.Contradiction, refConflict)
	}
	if err := e.check(); err != nil {
		return Entry{}, err
	}
	e.Previous = last.Hash
	e.Hash = e.sum()
	if f := e.follows(last); f != "" {
		return Entry{}, refuse(ErrEntry, "", problem.Contradiction, ledgerFaults[f])
	}
	return e, nil
}

// check lets nothing into the ledger but codes, ids and digests.
func (e Entry) check() error {
	var r refusal
	r.code("/case", e.Case)
	if _, err := catalogue.ParseToolID(string(e.Tool)); err != nil {
		r.say("/tool", problem.BadFormat, sayToolID)
	}
	if e.At.IsZero() || e.At != whole(e.At) {
		r.add("/at", problem.BadFormat, "YYYY-MM-DDThh:mm:ssZ")
	}
	known(&r, "/event", e.Event, caseEvents())
	known(&r, "/from", e.From, CaseStates())
	known(&r, "/to", e.To, CaseStates())
	known(&r, "/by/role", e.By.Role, CaseRoles())
	r.code("/by/id", e.By.ID)
	if e.Reason != "" {
		known(&r, "/reason", e.Reason, CaseReasons())
	}
	if new(Digest).UnmarshalText([]byte(e.Content)) != nil {
		r.say("/content", problem.BadFormat, sayDigest)
	}
	return r.err(ErrEntry)
}

func known[T ~string](r *refusal, place string, value T, all []T) {
	if !slices.Contains(all, value) {
		r.add(place, problem.NotAllowed, allOf(all))
	}
}

// sum covers each field with its length before it. Its form is for ever.
func (e Entry) sum() Digest {
	return Digest(hashchain.Sum("verktoy approval ledger 1", string(e.Previous), strconv.FormatInt(e.Seq, 10), e.Case, string(e.Tool),
		strconv.FormatInt(e.At.Unix(), 10), strconv.Itoa(e.At.Nanosecond()), string(e.Event), string(e.From), string(e.To),
		string(e.By.Role), e.By.ID, string(e.Reason), string(e.Content)))
}
