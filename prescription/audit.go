package prescription

import (
	"fmt"
	"strconv"
	"time"

	"github.com/verktoykatalog/verktoy/internal/hashchain"
)

// AuditEntry is one change of one prescription. It holds codes and pseudonyms
// only. Entries of a prescription form a chain: each holds the hash of the one
// before, so that what is changed, removed or moved is found by [VerifyAudit].
type AuditEntry struct {
	// Seq is 1 for the first entry and equals the version that the change made.
	Seq          int64
	Prescription ID
	At           time.Time
	Event        Event
	From, To     State
	By           Actor
	// Reason is the code given with the change; for a cancellation that is confirmed
	// without one it is that of who asked for it.
	Reason string
	// Detail is what the event is about, as a code: the new end of an extension
	// (RFC 3339), the id of the therapist who takes over, or of the prescription
	// that takes the place of this one; for the first entry digests of what was
	// prescribed, by which [Prescription.CheckAudit] finds a changed letter. Empty
	// for other events, and in first entries that earlier versions wrote.
	Detail string
	// Hash is SHA-256 over Previous and all other fields, in lower-case
	// hexadecimal. Previous is the Hash of the entry before, empty for the first.
	Hash, Previous string
}

// Linked gives the entry with Previous and Hash set. For those who write a [Store].
func (e AuditEntry) Linked(previous string) AuditEntry {
	e.Previous = previous
	e.Hash = e.digest()
	return e
}

// digest covers each field with its length before it, so that no two entries
// give the same bytes.
func (e AuditEntry) digest() string {
	values := []string{"verktoy prescription audit 1", e.Previous, strconv.FormatInt(e.Seq, 10), string(e.Prescription),
		strconv.FormatInt(e.At.UnixMicro(), 10), string(e.Event), string(e.From), string(e.To),
		string(e.By.Role), e.By.ID, e.Reason}
	if e.Detail != "" {
		values = append(values, e.Detail)
	}
	return hashchain.Sum(values...)
}

// VerifyAudit checks the whole trail of one prescription, as [Store.Audit]
// gives it: an error that wraps [ErrAudit] names the first entry that does not
// fit. No entries are an error too. What is cut off at the end leaves no trace
// in the entries that stay: [Prescription.CheckAudit] finds that. Who can write
// the whole database can also write a new chain; keep hashes elsewhere if that
// matters.
func VerifyAudit(entries []AuditEntry) error {
	if len(entries) == 0 {
		return fmt.Errorf("%w: no entries", ErrAudit)
	}
	previous, state := AuditEntry{}, Drafted
	for i, e := range entries {
		if fault := e.fault(i, entries[0].Prescription, previous.Hash, state); fault != "" {
			return fmt.Errorf("%w: entry %d: %s", ErrAudit, i+1, fault)
		}
		previous, state = e, e.To
	}
	return nil
}

func (e AuditEntry) fault(i int, of ID, previous string, state State) string {
	if e.Prescription != of {
		return "belongs to another prescription"
	}
	link := hashchain.Link{Seq: e.Seq, Hash: e.Hash, Previous: e.Previous, Sum: e.digest()}
	if fault := link.Fault(i+1, previous); fault != "" {
		return fault
	}
	if e.From != state {
		return "starts from another state than the one before reached"
	}
	return ""
}

// CheckAudit is [VerifyAudit] and checks as well that the entries are those of
// this prescription, that none is missing at the end, and that all else in the
// prescription is as they say: what was prescribed with the text to the citizen,
// unless that has been erased, and what the changes made of it. The identity
// number is not checked: its own check digits are when it is read.
func (p Prescription) CheckAudit(entries []AuditEntry) error {
	if err := VerifyAudit(entries); err != nil {
		return err
	}
	last := entries[len(entries)-1]
	if last.Prescription != p.ID || last.Seq != p.Version || last.To != p.State || !last.At.Equal(p.Updated) {
		return fmt.Errorf("%w: the last entry is not the prescription's newest change", ErrAudit)
	}
	if field := p.fault(entries); field != "" {
		return fmt.Errorf("%w: the prescription has another %s than its entries say", ErrAudit, field)
	}
	return nil
}
