package helseid

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/internal/oauth"
	"github.com/verktoykatalog/verktoy/internal/retrying"
)

// What callers tell apart with [errors.Is].
var (
	// ErrOutcomeUnknown says that the request may have been carried out, and was
	// not repeated because that may do harm. Look before you send it again.
	ErrOutcomeUnknown = errors.New("helseid: outcome unknown")
	// ErrNotAllowed says that the request was not sent: it is not https, not to
	// one of Config.APIs, or not well-formed. The text says what was wanted.
	ErrNotAllowed = errors.New("helseid: request not allowed")
	// ErrToken says that there is no token, and so this attempt was not sent to
	// the API: unless it is [ErrOutcomeUnknown] too, the request was not carried out.
	ErrToken = errors.New("helseid: no access token")
	// ErrTooLarge is what reading an answer gives beyond 10 MiB.
	ErrTooLarge = retrying.ErrTooLarge
)

// errBody is for a body that cannot be had again, after a server asked for a nonce or a new token.
var errBody = errors.New("the request's body could not be had again")

// Error says why a call gave no answer. It holds no address, and nothing of the
// request, the answer or a token.
type Error struct {
	// Status is the API's last status; 0 if it gave none.
	Status int
	// Attempts is how many were made.
	Attempts int
	// RetryAfter is how long the API asked to wait, when that was longer than the
	// call may last; else 0.
	RetryAfter time.Duration

	unknown bool
	err     error
}

// Error says what happened.
func (e *Error) Error() string {
	return "helseid: " + strings.TrimPrefix(e.err.Error(), "helseid: ")
}

// Is says whether target is [ErrOutcomeUnknown] and the outcome is.
func (e *Error) Is(target error) bool { return target == ErrOutcomeUnknown && e.unknown }

// OutcomeUnknown is the same for who may not import this package: an adapter
// that was given a client finds it with an interface.
func (e *Error) OutcomeUnknown() bool { return e.unknown }

// Unwrap gives what it was: a [*TokenError], a [*RejectedScopeError],
// [context.Canceled] or [context.DeadlineExceeded] among others.
func (e *Error) Unwrap() error { return e.err }

func fromRetrying(err error) error {
	var e *retrying.Error
	if !errors.As(err, &e) {
		return &Error{err: errors.New("no answer"), unknown: true}
	}
	return &Error{Status: e.Status, Attempts: e.Attempts, RetryAfter: e.RetryAfter, unknown: e.Unknown, err: e}
}

// TokenError says that HelseID gave no token, or none that can be used. It is [ErrToken].
type TokenError struct {
	// Status is HelseID's status; 0 if it did not answer.
	Status int
	// Code is HelseID's error code (RFC 6749, section 5.2); "" if there is none.
	// invalid_client: the key, the client id or the clock. invalid_request may
	// mean that MultiTenant is not what HelseID knows of the client.
	// invalid_scope may mean that it rejected all scopes, see [RejectedScopeError]:
	// that is an assumption, since nothing is published about it.
	Code string

	err   error
	again bool // may do better in a moment
	local bool // HelseID was not asked
}

// Error says what happened, for invalid_client also whether the clock is wrong.
// What became of the token request itself is left out: it changes nothing.
func (e *TokenError) Error() string {
	text := e.err.Error()
	if answer := (*oauth.Error)(nil); errors.As(e.err, &answer) {
		text = answer.Reason()
	}
	return ErrToken.Error() + ": " + text
}

// Is says whether target is [ErrToken].
func (e *TokenError) Is(target error) bool { return target == ErrToken }

// Unwrap gives the cause.
func (e *TokenError) Unwrap() error { return e.err }

func noToken(err error, again bool) *TokenError {
	e := &TokenError{err: err, again: again}
	var answer *oauth.Error
	if errors.As(err, &answer) {
		e.Status, e.Code = answer.Status, answer.Code
	}
	return e
}

// RejectedScopeError says that HelseID left scopes out of the token, because the
// organisation that it is for has not accepted the API's terms of use. It is
// [ErrToken]. Where all scopes are rejected there is no token to leave them out
// of; the answer is assumed to be a [TokenError] with the code invalid_scope.
type RejectedScopeError struct {
	// Scopes are those of Config.Scopes that were rejected; nil if HelseID named others only.
	Scopes []string
}

// Error says what to do.
func (e *RejectedScopeError) Error() string {
	return fmt.Sprintf("%v: HelseID rejected the scopes %q: the customer must sign the API's terms of use before it can be called for them",
		ErrToken, e.Scopes)
}

// Is says whether target is [ErrToken].
func (e *RejectedScopeError) Is(target error) bool { return target == ErrToken }
