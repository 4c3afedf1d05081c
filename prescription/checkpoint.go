package prescription

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// ErrCheckpoint says that a checkpoint cannot be read.
var ErrCheckpoint = errors.New("prescription: checkpoint cannot be read")

const checkpointTitle = "verktoy audit checkpoint 1"

// WriteCheckpoint writes where every chain of a store stands: a line for each
// prescription with its id, the number of its last entry and that one's hash,
// and at the end how many there are. Keep it where those who can write the
// database cannot: [VerifyAll] finds by it what was cut off or removed
// afterwards. It holds nothing personal. The chains are not verified. Errors are
// those of the store and of w.
func WriteCheckpoint(ctx context.Context, a Auditor, w io.Writer) (AuditSummary, error) {
	var s AuditSummary
	out := bufio.NewWriter(w)
	_, _ = fmt.Fprintln(out, checkpointTitle) // an error of out stays until Flush
	last := AuditEntry{}
	line := func() {
		if last.Prescription != "" {
			_, _ = fmt.Fprintf(out, "%s %d %s\n", last.Prescription, last.Seq, last.Hash)
			s.Prescriptions++
		}
	}
	err := a.AuditAll(ctx, func(_ AuditHead, e AuditEntry) error {
		if e.Prescription != last.Prescription {
			line()
		}
		last = e
		s.Entries++
		return nil
	})
	if err != nil {
		return s, err
	}
	line()
	_, _ = fmt.Fprintf(out, "%d\n", s.Prescriptions)
	return s, out.Flush()
}

// mark is how far a chain had come.
type mark struct {
	seq  int64
	hash string
}

// readCheckpoint gives the lines of a checkpoint; none of a nil reader.
func readCheckpoint(r io.Reader) (map[ID]mark, error) {
	if r == nil {
		return nil, nil
	}
	lines := bufio.NewScanner(r)
	if !lines.Scan() || lines.Text() != checkpointTitle {
		return nil, badCheckpoint(1, "the title")
	}
	marks := map[ID]mark{}
	for n := 2; lines.Scan(); n++ {
		parts := strings.Split(lines.Text(), " ")
		if len(parts) == 1 {
			return marks, checkCount(parts[0], len(marks), lines.Scan(), n)
		}
		seq, err := strconv.ParseInt(parts[1], 10, 64)
		if err != nil || len(parts) != 3 || seq < 1 {
			return nil, badCheckpoint(n, "an id, a number and a hash")
		}
		marks[ID(parts[0])] = mark{seq, parts[2]}
	}
	return nil, fmt.Errorf("%w: it ends too early", ErrCheckpoint)
}

// checkCount looks at the last line: a checkpoint that was cut short is none.
func checkCount(said string, found int, more bool, line int) error {
	if more || said != strconv.Itoa(found) {
		return badCheckpoint(line, "the number of lines before it, at the end")
	}
	return nil
}

func badCheckpoint(line int, want string) error {
	return fmt.Errorf("%w: line %d: want %s", ErrCheckpoint, line, want)
}
