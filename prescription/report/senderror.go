package report

import "time"

// SendError says why a report did not arrive, in codes: it holds neither address
// nor content. It wraps [ErrRefused] if trying again will not help.
type SendError struct {
	// Status is that of the answer, 0 if there was none.
	Status  int
	code    string
	after   time.Duration
	refused bool
	cause   error
}

// Error says what happened.
func (e *SendError) Error() string { return "report: not delivered: " + e.code }

// Code is "http-409" and its like, "no-answer", "no-route", "cannot-be-written"
// or "redirected".
func (e *SendError) Code() string { return e.code }

// RetryAfter is how long the receiver asks to wait, 0 if it does not.
func (e *SendError) RetryAfter() time.Duration { return e.after }

// Unwrap gives [ErrRefused], or [context.Canceled] or [context.DeadlineExceeded] if it was one of them.
func (e *SendError) Unwrap() error {
	if e.refused {
		return ErrRefused
	}
	return e.cause
}
