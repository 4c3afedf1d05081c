package prescription

import (
	"context"
	"fmt"
	"io"
	"time"
)

// Auditor reads the whole audit trail of a store.
type Auditor interface {
	// AuditAll calls each for every entry of every prescription, one prescription
	// after the other and by Seq within it, and with it where the prescription
	// stands. A prescription without entries comes once, with a zero entry. It
	// ends with the first error of each.
	AuditAll(ctx context.Context, each func(AuditHead, AuditEntry) error) error
}

// AuditHead is where a prescription stands, as its trail must say too.
type AuditHead struct {
	ID      ID
	Version int64
	State   State
	Updated time.Time
}

// AuditFault is the first place where an audit trail is not whole; [errors.Is]
// finds [ErrAudit].
type AuditFault struct {
	Prescription ID
	// Row counts the entries from 1, in the order of [Auditor.AuditAll]; 0 if they
	// were not read in that order.
	Row int64
	// Seq is that of the entry; 0 if it is missing.
	Seq int64
	Why string
}

func (f *AuditFault) Error() string {
	row := ""
	if f.Row > 0 {
		row = fmt.Sprintf("row %d, ", f.Row)
	}
	return fmt.Sprintf("%s: %sentry %d of prescription %s: %s", ErrAudit.Error(), row, f.Seq, clip(f.Prescription), f.Why)
}

// Is says whether target is [ErrAudit].
func (f *AuditFault) Is(target error) bool { return target == ErrAudit }

// AuditSummary says what was verified, or what a checkpoint holds.
type AuditSummary struct{ Prescriptions, Entries int64 }

// VerifyAll checks every chain of a store, that each ends where its prescription
// stands, and that all that a checkpoint knew is still there. checkpoint is what
// [WriteCheckpoint] wrote and somebody kept outside the database; nil checks
// without: then a prescription that was removed with its whole trail, or set
// back with it, is not found. Errors: an [*AuditFault], [ErrCheckpoint], and
// those of the store. A checkpoint takes about 200 bytes of memory for each
// prescription.
func VerifyAll(ctx context.Context, a Auditor, checkpoint io.Reader) (AuditSummary, error) {
	_, summary, err := Checkpoints{}.VerifyAll(ctx, a, checkpoint)
	return summary, err
}

// verifyMarks is VerifyAll by the lines of a checkpoint.
func verifyMarks(ctx context.Context, a Auditor, marks map[ID]mark) (AuditSummary, error) {
	v := &verifier{marks: marks}
	if err := a.AuditAll(ctx, v.entry); err != nil {
		return v.summary, err
	}
	if err := v.end(); err != nil {
		return v.summary, err
	}
	for id := range v.marks {
		return v.summary, &AuditFault{Prescription: id, Row: v.summary.Entries, Why: "the prescription is gone since the checkpoint was made"}
	}
	return v.summary, nil
}

// verifier follows the chains, one after the other.
type verifier struct {
	summary AuditSummary
	head    AuditHead
	last    AuditEntry
	state   State
	marks   map[ID]mark // of chains that are still to come
	mark    mark        // of this one
}

func (v *verifier) entry(head AuditHead, e AuditEntry) error {
	if head.ID != v.head.ID {
		if err := v.next(head); err != nil {
			return err
		}
	}
	if e.Hash == "" {
		return v.fault(0, "the trail is missing")
	}
	v.summary.Entries++
	if why := e.fault(int(v.last.Seq), head.ID, v.last.Hash, v.state); why != "" {
		return v.fault(e.Seq, why)
	}
	v.last, v.state = e, e.To
	if v.mark.seq == e.Seq && v.mark.hash != e.Hash {
		return v.fault(e.Seq, "is another than when the checkpoint was made")
	}
	return nil
}

func (v *verifier) next(head AuditHead) error {
	if err := v.end(); err != nil {
		return err
	}
	v.summary.Prescriptions++
	v.head, v.last, v.state = head, AuditEntry{}, Drafted
	v.mark = v.marks[head.ID]
	delete(v.marks, head.ID)
	return nil
}

// end checks that the chain is as long as its prescription and the checkpoint say.
func (v *verifier) end() error {
	switch {
	case v.head.ID == "":
		return nil
	case v.last.Seq != v.head.Version || v.last.To != v.head.State || !v.last.At.Equal(v.head.Updated):
		return v.fault(v.last.Seq, "the last entry is not the prescription's newest change")
	case v.last.Seq < v.mark.seq:
		return v.fault(v.last.Seq, "the trail was longer when the checkpoint was made")
	}
	return nil
}

func (v *verifier) fault(seq int64, why string) error {
	return &AuditFault{Prescription: v.head.ID, Row: v.summary.Entries, Seq: seq, Why: why}
}
