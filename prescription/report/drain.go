package report

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/verktoykatalog/verktoy/internal/backoff"
	"github.com/verktoykatalog/verktoy/internal/guard"
	"github.com/verktoykatalog/verktoy/internal/unset"
)

// Sender brings a report to its receiver. [Routes] brings one for each portal
// together, [NewHTTPSender] makes one.
type Sender interface {
	// Send may be called several times for one report; the receiver recognises
	// Report.ID. Nil means that the receiver has it. An error that wraps
	// [ErrRefused] means that trying again will not help. Its text is not kept.
	// Only if it has a method Code() string is that code kept: letters, digits and
	// . _ : / - . A method RetryAfter() time.Duration says how long to wait at least.
	// A panic counts as an error with the code "panic".
	Send(ctx context.Context, r Report) error
}

// Routes hands each report to the sender of its [Subject.Portal]. A report whose
// portal has none is given up ([ErrRefused]).
type Routes map[string]Sender

// Send implements [Sender].
func (to Routes) Send(ctx context.Context, r Report) error {
	sender, known := to[r.Subject.Portal]
	if !known || sender == nil {
		return &SendError{code: "no-route", refused: true}
	}
	return sender.Send(ctx, r)
}

const (
	lease     = 5 * time.Minute  // a report is another's after this
	batch     = 10               // reports claimed at a time
	oneTry    = 20 * time.Second // for one delivery; batch times oneTry is less than lease
	mostAsked = 24 * time.Hour   // that a receiver may ask for
)

// Drain delivers what is due and says how much it delivered. It is meant for a
// store on [database/sql.DB], not in a transaction, since it waits on the
// network; several may run at the same time. Call it from time to time.
//
// A delivery that fails is tried again, after 30 seconds first and an hour at
// most, or after as long as the receiver asks for, at most a day. One that is
// refused, and one that was tried [Config.MaxAttempts] times, is given up: it is
// kept among the [DeadLetters], and the later reports of its subject go on. One
// that was handed out so many times and came back from none of them, because the
// program ended each time, is given up with the code "interrupted"; those that
// were handed out together with it are tried before it.
//
// The error joins one for each delivery that failed (id and code, not the
// sender's text) and the store's error, if that ended the work. Nothing is lost
// by an error: call Drain again.
func (r *Reporter) Drain(ctx context.Context, q Queue, to Sender) (delivered int, err error) {
	switch {
	case unset.Is(q):
		return 0, errors.New("report: Drain: the Queue is nil")
	case unset.Is(to):
		return 0, errors.New("report: Drain: the Sender is nil")
	}
	var failed []error
	for {
		now := r.now()
		claimed, err := q.Claim(ctx, now, now.Add(lease), batch)
		if err != nil || len(claimed) == 0 {
			return delivered, errors.Join(append(failed, err)...)
		}
		backoff.Turn(claimed, func(w Waiting) int { return w.Attempts })
		for _, w := range claimed {
			fault, err := r.deliver(ctx, q, to, w)
			if fault != "" {
				failed = append(failed, fmt.Errorf("report: %s is not delivered: %s", w.Report.ID, fault))
			}
			if err != nil {
				return delivered, errors.Join(append(failed, err)...)
			}
			if fault == "" {
				delivered++
			}
		}
	}
}

// deliver gives the code of a delivery that failed and the error of the store. A
// report that was delivered and cannot be marked so is delivered again.
func (r *Reporter) deliver(ctx context.Context, q Queue, to Sender, w Waiting) (string, error) {
	if w.Attempts > r.attempts {
		return "interrupted", q.GiveUp(ctx, w.Report.ID, r.now(), "interrupted")
	}
	fault := r.try(ctx, to, w.Report)
	if fault == nil {
		return "", q.Done(ctx, w.Report.ID)
	}
	code := codeOf(fault)
	if errors.Is(fault, ErrRefused) || w.Attempts >= r.attempts {
		return code, q.GiveUp(ctx, w.Report.ID, r.now(), code)
	}
	return code, q.Retry(ctx, w.Report.ID, r.now().Add(r.wait(w.Attempts, fault)), code)
}

func (r *Reporter) try(ctx context.Context, to Sender, report Report) error {
	ctx, cancel := context.WithTimeout(ctx, oneTry)
	defer cancel()
	err := guard.Call(func() error { return to.Send(ctx, report) })
	var p *guard.Panic
	if errors.As(err, &p) {
		r.logger.ErrorContext(ctx, "report: the sender panicked", "report", report.ID, "stack", p.Stack)
	}
	return err
}

func (r *Reporter) wait(attempts int, fault error) time.Duration {
	return max(r.jitter(backoff.Wait(attempts)), backoff.Asked(fault, mostAsked))
}

// codeOf never uses the text of an error: it may hold anything.
func codeOf(err error) string {
	var coded interface{ Code() string }
	switch {
	case errors.As(err, &coded) && isCode(coded.Code(), 64):
		return coded.Code()
	case errors.Is(err, context.DeadlineExceeded):
		return "timeout"
	case errors.Is(err, ErrRefused):
		return "refused"
	}
	return "failed"
}
