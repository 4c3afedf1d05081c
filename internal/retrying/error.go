package retrying

import (
	"errors"
	"fmt"
	"time"
)

// ErrOutcomeUnknown is what an [*Error] is when the request is not safe and may have been carried out.
var ErrOutcomeUnknown = errors.New("retrying: outcome unknown")

// Error says why a call gave no answer. It holds no address and nothing of the
// request or the answer.
type Error struct {
	// Status is the last answer's status; 0 if there was none.
	Status int
	// Attempts is how many were made.
	Attempts int
	// RetryAfter is how long the server asked to wait, when that was longer than
	// the call may last; else 0.
	RetryAfter time.Duration
	// Unknown is true when the request may have been carried out and is not safe.
	Unknown bool

	sent  bool // an attempt may have been carried out
	cause error
}

// Error says what happened, after how many attempts.
func (e *Error) Error() string {
	text := "no answer"
	if e.Status != 0 {
		text = fmt.Sprintf("status %d", e.Status)
	}
	if e.cause != nil {
		text = e.cause.Error()
	}
	if e.RetryAfter > 0 {
		text += fmt.Sprintf(", the server asks to wait %v, longer than the call may last", e.RetryAfter)
	}
	switch {
	case e.Unknown:
		text += "; outcome unknown"
	case !e.sent:
		text += "; the request was not carried out"
	}
	return fmt.Sprintf("%s (attempt %d)", text, e.Attempts)
}

// Is says whether target is [ErrOutcomeUnknown] and the outcome is.
func (e *Error) Is(target error) bool { return target == ErrOutcomeUnknown && e.Unknown }

// Unwrap gives what the last attempt said.
func (e *Error) Unwrap() error { return e.cause }

// unsent marks the error of an attempt that surely was not carried out.
type unsent struct {
	error
	again bool
}

// Unwrap gives the error that is marked.
func (u unsent) Unwrap() error { return u.error }

// Final says that the request was not sent, and would not be the next time either.
func Final(err error) error { return unsent{err, false} }

// Later says that the request was not sent, but may be the next time.
func Later(err error) error { return unsent{err, true} }
