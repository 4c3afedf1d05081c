package prescription

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"time"
)

// The first lines of the forms. The older one has only the number of its lines
// at the end; it is still read.
const (
	checkpointTitle = "verktoy audit checkpoint 2"
	olderCheckpoint = "verktoy audit checkpoint 1"
)

// Checkpoints writes checkpoints and verifies by them. The zero value works with
// unsigned ones, as [WriteCheckpoint] and [VerifyAll] do. Whoever can change an
// unsigned checkpoint can make it fit a changed database: sign it, or keep it
// where nobody can change it.
type Checkpoints struct {
	// Now is the clock. Nil means [time.Now].
	Now func() time.Time
	// Sign signs the head of a checkpoint, about 200 bytes, with a key that those
	// who can write the database do not have. Nil makes unsigned ones.
	Sign func(head []byte) (signature []byte, err error)
	// Verify says whether a signature of a head is good. If it is set, unsigned
	// checkpoints, those of the older form and none at all are refused; if it is
	// nil, signed ones are.
	Verify func(head, signature []byte) bool
}

// CheckpointHead is what a checkpoint says of itself, and what is signed.
type CheckpointHead struct {
	AuditSummary
	// At is when it was made, in UTC and whole microseconds: a checkpoint that is
	// much older than the newest that should be there may have been put in its
	// place. Zero in the older form.
	At time.Time
	// Root is SHA-256 over the title and the lines of the prescriptions, in
	// lower-case hexadecimal. Empty in the older form.
	Root string
}

// text is signed after the title, so that the signature is good for nothing else.
func (h CheckpointHead) text() string {
	return fmt.Sprintf("prescriptions %d\nentries %d\nat %s\nroot %s\n", h.Prescriptions, h.Entries, h.At.Format(time.RFC3339Nano), h.Root)
}

func (h CheckpointHead) signed() []byte { return []byte(checkpointTitle + "\n" + h.text()) }

// WriteCheckpoint writes where every chain of a store stands, unsigned: a line for
// each prescription with its id, the number of its last entry and that one's hash,
// and at the end the [CheckpointHead]. Keep it where those who can write the
// database cannot: [VerifyAll] finds by it what was cut off or removed
// afterwards. It holds nothing personal. The chains are not verified. Errors are
// those of the store and of w.
func WriteCheckpoint(ctx context.Context, a Auditor, w io.Writer) (AuditSummary, error) {
	h, err := Checkpoints{}.Write(ctx, a, w)
	return h.AuditSummary, err
}

// Write is [WriteCheckpoint] with a clock, and signs. Errors are those of Sign too;
// after an error what has been written cannot be read as a checkpoint.
func (c Checkpoints) Write(ctx context.Context, a Auditor, w io.Writer) (CheckpointHead, error) {
	out, sum := bufio.NewWriter(w), sha256.New()
	both := io.MultiWriter(out, sum)
	_, _ = fmt.Fprintln(both, checkpointTitle) // an error of out stays until Flush
	summary, err := writeMarks(ctx, a, both)
	if err != nil {
		return CheckpointHead{AuditSummary: summary}, err
	}
	h := CheckpointHead{AuditSummary: summary, At: stamp(c.now()), Root: hex.EncodeToString(sum.Sum(nil))}
	_, _ = fmt.Fprint(out, "\n", h.text())
	if err := c.sign(h, out); err != nil {
		return h, err
	}
	return h, out.Flush()
}

func (c Checkpoints) now() time.Time {
	if c.Now == nil {
		return time.Now()
	}
	return c.Now()
}

func (c Checkpoints) sign(h CheckpointHead, out io.Writer) error {
	if c.Sign == nil {
		return nil
	}
	signature, err := c.Sign(h.signed())
	if err != nil {
		return fmt.Errorf("prescription: checkpoint cannot be signed: %w", err)
	}
	_, _ = fmt.Fprintf(out, "signature %s\n", base64.StdEncoding.EncodeToString(signature))
	return nil
}

// writeMarks writes a line for each prescription.
func writeMarks(ctx context.Context, a Auditor, out io.Writer) (s AuditSummary, err error) {
	last := AuditEntry{}
	line := func() {
		if last.Prescription != "" {
			_, _ = fmt.Fprintf(out, "%s %d %s\n", last.Prescription, last.Seq, last.Hash)
			s.Prescriptions++
		}
	}
	err = a.AuditAll(ctx, func(_ AuditHead, e AuditEntry) error {
		if e.Prescription != last.Prescription {
			line()
		}
		last = e
		s.Entries++
		return nil
	})
	if err == nil {
		line()
	}
	return s, err
}
