package prescription

import (
	"bufio"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"strconv"
	"strings"
	"time"
)

var (
	// ErrCheckpoint says that a checkpoint cannot be used; its text says why.
	ErrCheckpoint = errors.New("prescription: checkpoint cannot be read")
	// ErrCheckpointSignature says that a checkpoint lacks a good signature, or has
	// one that nobody was asked to verify. It wraps [ErrCheckpoint].
	ErrCheckpointSignature = fmt.Errorf("%w: signature", ErrCheckpoint)
)

// VerifyAll is [VerifyAll] by a checkpoint whose signature [Checkpoints.Verify]
// finds good. It gives the checkpoint's head too: look at its At. Errors are
// [ErrCheckpointSignature] too, before anything of the store is read.
func (c Checkpoints) VerifyAll(ctx context.Context, a Auditor, checkpoint io.Reader) (CheckpointHead, AuditSummary, error) {
	h, marks, err := c.read(checkpoint)
	if err != nil {
		return CheckpointHead{}, AuditSummary{}, err
	}
	summary, err := verifyMarks(ctx, a, marks)
	return h, summary, err
}

// mark is how far a chain had come.
type mark struct {
	seq  int64
	hash string
}

// read gives head and lines of a checkpoint; none of a nil reader.
func (c Checkpoints) read(r io.Reader) (CheckpointHead, map[ID]mark, error) {
	if r == nil {
		return CheckpointHead{}, nil, c.checkUnsigned()
	}
	f := &checkpointFile{lines: bufio.NewScanner(r), sum: sha256.New(), marks: map[ID]mark{}}
	title, err := f.next("the title")
	switch {
	case err != nil:
	case title == checkpointTitle:
		err = f.newer(c)
	case title != olderCheckpoint:
		err = f.bad("the title")
	default:
		if err = c.checkUnsigned(); err == nil {
			err = f.older()
		}
	}
	return f.head, f.marks, err
}

func (c Checkpoints) checkUnsigned() error {
	if c.Verify != nil {
		return fmt.Errorf("%w: want a signed checkpoint", ErrCheckpointSignature)
	}
	return nil
}

// checkpointFile is read line by line.
type checkpointFile struct {
	lines *bufio.Scanner
	n     int // lines read
	sum   hash.Hash
	head  CheckpointHead
	marks map[ID]mark
}

func (f *checkpointFile) next(want string) (string, error) {
	more, err := f.more()
	if err == nil && !more {
		err = fmt.Errorf("%w: it ends too early, want %s", ErrCheckpoint, want)
	}
	return f.lines.Text(), err
}

func (f *checkpointFile) more() (bool, error) {
	f.n++
	if f.lines.Scan() {
		return true, nil
	}
	return false, f.broken()
}

// broken says that the reader gives no more.
func (f *checkpointFile) broken() error {
	if err := f.lines.Err(); err != nil {
		return fmt.Errorf("%w: line %d: %w", ErrCheckpoint, f.n, err)
	}
	return nil
}

// end refuses what comes after the last line.
func (f *checkpointFile) end(want string) error {
	more, err := f.more()
	if more {
		return f.bad(want)
	}
	return err
}

// bad is about a line that is other than it must be, unless half of it is missing.
func (f *checkpointFile) bad(want string) error {
	if err := f.broken(); err != nil {
		return err
	}
	return fmt.Errorf("%w: line %d: want %s", ErrCheckpoint, f.n, want)
}

// older reads the form that ends with the number of its lines.
func (f *checkpointFile) older() error {
	const want = "the number of lines before it, at the end"
	for {
		line, err := f.next(want)
		switch {
		case err != nil:
			return err
		case strings.Contains(line, " "):
			err = f.mark(line)
		case line != strconv.Itoa(len(f.marks)): // one that was cut short is none
			return f.bad(want)
		default:
			f.head.Prescriptions = int64(len(f.marks))
			return f.end("nothing after " + want)
		}
		if err != nil {
			return err
		}
	}
}

func (f *checkpointFile) mark(line string) error {
	parts := strings.Split(line, " ")
	if len(parts) != 3 {
		return f.bad("an id, a number and a hash")
	}
	seq, err := strconv.ParseInt(parts[1], 10, 64)
	if err != nil || seq < 1 {
		return f.bad("an id, a number and a hash")
	}
	f.marks[ID(parts[0])] = mark{seq, parts[2]}
	return nil
}

// newer reads the lines up to an empty one, and then the head that is about them.
func (f *checkpointFile) newer(c Checkpoints) error {
	_, _ = fmt.Fprintln(f.sum, checkpointTitle) // a hash gives no error
	for {
		line, err := f.next("an empty line and the head")
		switch {
		case err != nil:
			return err
		case line == "":
			return f.readHead(c)
		}
		_, _ = fmt.Fprintln(f.sum, line)
		if err := f.mark(line); err != nil {
			return err
		}
	}
}

// readHead takes only what was written in exactly this way.
func (f *checkpointFile) readHead(c Checkpoints) error {
	var text, at string
	for _, name := range []string{"prescriptions", "entries", "at", "root"} {
		line, err := f.next(name)
		if err != nil {
			return err
		}
		text += line + "\n"
	}
	h := &f.head
	_, err := fmt.Sscanf(text, "prescriptions %d\nentries %d\nat %s\nroot %s\n", &h.Prescriptions, &h.Entries, &at, &h.Root)
	if err == nil {
		h.At, err = time.Parse(time.RFC3339Nano, at)
	}
	switch {
	case err != nil || h.text() != text || !h.At.Equal(stamp(h.At)):
		return f.bad("before it prescriptions, entries, at and root, each on a line with its value")
	case h.Prescriptions != int64(len(f.marks)) || h.Root != hex.EncodeToString(f.sum.Sum(nil)):
		return fmt.Errorf("%w: its lines are not those that its head is about", ErrCheckpoint)
	}
	return f.readSignature(c)
}

func (f *checkpointFile) readSignature(c Checkpoints) error {
	more, err := f.more()
	if err != nil || !more {
		return cmp.Or(err, c.checkUnsigned())
	}
	text, found := strings.CutPrefix(f.lines.Text(), "signature ")
	signature, err := base64.StdEncoding.Strict().DecodeString(text)
	switch {
	case !found || err != nil:
		return f.bad("signature and its base64")
	case c.Verify == nil:
		return fmt.Errorf("%w: it is signed, and nothing verifies it: want Checkpoints.Verify", ErrCheckpointSignature)
	case !c.Verify(f.head.signed(), signature):
		return fmt.Errorf("%w: it is not by the key that is known", ErrCheckpointSignature)
	}
	return f.end("nothing after the signature")
}
