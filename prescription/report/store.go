package report

import (
	"context"
	"time"
)

// Store keeps reports until they are delivered. All that one call writes is
// there afterwards, or nothing of it. All methods may be called at the same time.
// Times come back in UTC, in whole microseconds. An error of the context is
// wrapped. Package reporttest checks a Store against this contract.
type Store interface {
	// Append does what [Line.Next] says with the subject's line, or with [NewLine]
	// if it has none, and puts the report into the outbox, due at r.At as it was
	// given. It gives the report as it was written; the zero Report if there
	// was nothing to write. Of progress of the same subject that waits and is not
	// handed out at r.At, or that was given up, nothing stays but what
	// [Waiting.Replace] takes over. Of many at the same time for one subject, each
	// sees the line that the one before left. A store on a database locks before
	// it reads.
	Append(ctx context.Context, r Report) (Report, error)
	// Line gives how far a subject's reports have come; [NewLine] if there are none.
	Line(ctx context.Context, s Subject) (Line, error)
}

// Outbox hands out the reports that wait for delivery. A report is delivered at
// least once: who receives it must recognise its id.
type Outbox interface {
	// Claim hands out at most n reports that are due at now and not handed out to
	// anyone, the longest due first, and counts an attempt for each; none if n is 0
	// or less. A report waits
	// until the earlier ones of its subject are done or given up. What is neither
	// done, retried nor given up is handed out again from until on. What would have
	// to wait for more than [LongestWait] after until, to be due or to be handed out
	// again, was put off by a clock that was wrong: it is due.
	Claim(ctx context.Context, now, until time.Time, n int) ([]Waiting, error)
	// Done forgets a report, also one that was given up. An unknown one is no error.
	Done(ctx context.Context, id string) error
	// Retry makes a report due again at a later time and keeps the code of what
	// went wrong. An unknown one is no error.
	Retry(ctx context.Context, id string, at time.Time, code string) error
	// GiveUp keeps a report that cannot be delivered, with the code of what went
	// wrong: it is not handed out any more until it is released. An unknown one is
	// no error.
	GiveUp(ctx context.Context, id string, at time.Time, code string) error
}

// LongestWait is longer than any report waits for its next try, and than clocks
// of programs that share an outbox may be apart.
const LongestWait = 48 * time.Hour

// Queue is where [Reporter.Drain] finds its work: one store that is both.
type Queue interface {
	Store
	Outbox
}

// DeadLetters are the reports that were given up.
type DeadLetters interface {
	// Dead lists at most n of them, the oldest first; 0 and less mean
	// [prescription.DefaultListed].
	Dead(ctx context.Context, n int) ([]Waiting, error)
	// Release makes one due again at a time, with no attempts counted. Errors:
	// [ErrNoLetter] for one that is unknown or not given up, [ErrOutdated] by
	// [Report.Outdated].
	Release(ctx context.Context, id string, at time.Time) error
}

// Keeper forgets what is over.
type Keeper interface {
	// ForgetEnded forgets at most n lines, none if n is 0 or less, that ended before a time and of which
	// nothing waits, dead letters included, and says how many. What is reported of
	// such a subject afterwards is taken as if it were new: call it only for what is
	// older than any launch.
	ForgetEnded(ctx context.Context, before time.Time, n int) (int, error)
}

// Waiting is a report in the outbox.
type Waiting struct {
	Report Report
	// Due is when it is to be delivered.
	Due time.Time
	// Attempts counts how often it was handed out, this time included.
	Attempts int
	// Code is what went wrong last; "" if nothing did.
	Code string
	// Dead is when it was given up; zero if it was not.
	Dead time.Time
}

// Replace is the waiting progress w in the place of an older one of the same
// subject: it waits as long as the older one would have, so that a portal that is
// away is not asked anew with each step of the citizen. One that was given up
// leaves nothing. For those who write a [Store].
func (w Waiting) Replace(older Waiting) Waiting {
	if !older.Dead.IsZero() {
		return w
	}
	if older.Due.After(w.Due) {
		w.Due = older.Due
	}
	if older.Attempts > w.Attempts {
		w.Attempts, w.Code = older.Attempts, older.Code
	}
	return w
}
