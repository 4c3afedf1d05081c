package report

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/verktoykatalog/verktoy/internal/backoff"
	"github.com/verktoykatalog/verktoy/prescription"
)

// Config says what a [Reporter] works with. The zero Config is a good one.
type Config struct {
	// Now is the clock. Nil means [time.Now].
	Now func() time.Time
	// NewID makes the ids of reports, each once for ever: 1 to 128 letters, digits
	// and . _ : / - . Nil means random ones.
	NewID func() string
	// MaxAttempts is after how many tries a report is given up. 0 means
	// [prescription.DefaultAttempts], about two days.
	MaxAttempts int
	// Jitter spreads the wait between two tries, so that those that failed together
	// do not come back together. Nil means up to a fifth more or less.
	Jitter func(time.Duration) time.Duration
	// Logger is told where a [Sender] panicked: the report's id, functions and
	// lines, and nothing of what was sent. Nil means nobody.
	Logger *slog.Logger
}

// Reporter writes reports and delivers them. It keeps nothing itself and may be
// used from many goroutines.
type Reporter struct {
	clock    func() time.Time
	newID    func() string
	attempts int
	jitter   func(time.Duration) time.Duration
	logger   *slog.Logger
}

// NewReporter refuses a negative MaxAttempts.
func NewReporter(cfg Config) (*Reporter, error) {
	if cfg.MaxAttempts < 0 {
		return nil, errors.New("report: invalid Config: field MaxAttempts: want 0 or more")
	}
	r := &Reporter{clock: cfg.Now, newID: cfg.NewID, attempts: cmp.Or(cfg.MaxAttempts, prescription.DefaultAttempts), jitter: cfg.Jitter, logger: cfg.Logger}
	if r.clock == nil {
		r.clock = time.Now
	}
	if r.newID == nil {
		r.newID = newID
	}
	if r.jitter == nil {
		r.jitter = backoff.Spread
	}
	if r.logger == nil {
		r.logger = slog.New(slog.DiscardHandler)
	}
	return r, nil
}

func (r *Reporter) now() time.Time { return stamp(r.clock()) }

// Opened reports that the citizen has looked at the tool. It gives the zero Report
// and no error if that was reported, or the treatment has begun: call it whenever
// the tool is opened. For its errors see [Reporter.Completed].
func (r *Reporter) Opened(ctx context.Context, st Store, s Subject) (Report, error) {
	return r.write(ctx, st, s, prescription.EventOpen, 0)
}

// Started reports that the citizen uses the tool. It gives the zero Report if that
// was reported and the treatment goes on. While it is paused, report Resumed. For
// its errors see [Reporter.Completed].
func (r *Reporter) Started(ctx context.Context, st Store, s Subject) (Report, error) {
	return r.write(ctx, st, s, prescription.EventStart, 0)
}

// Progress reports how far the citizen has come in a treatment that was started,
// in per cent: it takes the place of progress that waits, and gives the zero
// Report if that was reported before. Errors: [ErrPercent], [ErrNotStarted],
// [ErrBackwards], [prescription.ErrEnded], and those of the subject and the store.
func (r *Reporter) Progress(ctx context.Context, st Store, s Subject, percent int) (Report, error) {
	return r.write(ctx, st, s, EventProgress, percent)
}

// Paused reports that the treatment rests. It gives the zero Report if it rests
// already. For its errors see [Reporter.Completed].
func (r *Reporter) Paused(ctx context.Context, st Store, s Subject) (Report, error) {
	return r.write(ctx, st, s, prescription.EventPause, 0)
}

// Resumed reports that the treatment goes on after a pause. It gives the zero Report
// if it goes on already. For its errors see [Reporter.Completed].
func (r *Reporter) Resumed(ctx context.Context, st Store, s Subject) (Report, error) {
	return r.write(ctx, st, s, prescription.EventResume, 0)
}

// Completed reports that the citizen is done. Nothing can be reported of the
// subject afterwards. Errors: [ErrSubject]; [prescription.ErrNotAllowed] for what
// the subject's earlier reports do not allow, which wraps the reason: for anything
// after the end, also the same end once more, [prescription.ErrEnded], by which a
// tool that asks again knows that it need not; for others the tool has a fault; and
// what the store says. Nothing was written then.
func (r *Reporter) Completed(ctx context.Context, st Store, s Subject) (Report, error) {
	return r.write(ctx, st, s, prescription.EventComplete, 0)
}

// Declined reports that the citizen does not want the tool, before it was
// started. For its errors see [Reporter.Completed].
func (r *Reporter) Declined(ctx context.Context, st Store, s Subject) (Report, error) {
	return r.write(ctx, st, s, prescription.EventDecline, 0)
}

// Failed reports that the tool cannot carry it out. For its errors see
// [Reporter.Completed].
func (r *Reporter) Failed(ctx context.Context, st Store, s Subject) (Report, error) {
	return r.write(ctx, st, s, prescription.EventFail, 0)
}

// ConfirmCancel reports that the tool has ended what it was asked to end. Who
// asked, and whether anybody did, is not checked here. For its errors see
// [Reporter.Completed].
func (r *Reporter) ConfirmCancel(ctx context.Context, st Store, s Subject) (Report, error) {
	return r.write(ctx, st, s, prescription.EventConfirmCancel, 0)
}

func (r *Reporter) write(ctx context.Context, st Store, s Subject, e prescription.Event, percent int) (Report, error) {
	s = s.kept()
	if err := s.check(); err != nil {
		return Report{}, err
	}
	id := r.newID()
	if !isCode(id, 128) {
		return Report{}, errors.New("report: Config.NewID: want 1 to 128 letters, digits and . _ : / - that are no identity number")
	}
	return st.Append(ctx, Report{ID: id, Subject: s, Event: e, At: r.now(), Progress: percent})
}
