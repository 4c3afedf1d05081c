package report

import (
	"errors"
	"fmt"

	"github.com/verktoykatalog/verktoy/prescription"
)

var (
	// ErrSubject says that a [Subject] is not as it must be. Nothing was written;
	// the tool's program has to be mended.
	ErrSubject = errors.New("report: subject refused")
	// ErrNotStarted says that progress was reported of what is not going on: report
	// Started or Resumed first. Nothing was written.
	ErrNotStarted = errors.New("report: progress needs a treatment that is going on")
	// ErrBackwards says that less progress was reported than before. Nothing was
	// written; keep what was reported.
	ErrBackwards = errors.New("report: progress does not go back")
	// ErrPercent says that progress is not from 0 to 100. Nothing was written.
	ErrPercent = errors.New("report: want progress from 0 to 100")
	// ErrRefused is wrapped by the error of a [Sender] that trying again will not
	// help: the report is given up and waits among the [DeadLetters].
	ErrRefused = errors.New("report: the receiver refuses it")
	// ErrNoLetter says that there is no such dead letter.
	ErrNoLetter = errors.New("report: no such dead letter")
	// ErrOutdated says that a dead letter cannot be released: it is a pause, a
	// resumption or progress, and what came after would be undone. Forget it with
	// [Outbox.Done].
	ErrOutdated = errors.New("report: later reports have overtaken this one")
	// ErrBusy says that the database could not do it now, because others were
	// changing the same. Nothing was written; do the whole transaction again.
	ErrBusy = fmt.Errorf("report: %w", prescription.ErrBusy)
)
