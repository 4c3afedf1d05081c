package oppgave

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/prescription"
)

// What callers tell apart with [errors.Is]. Besides [ErrRefused] and what it is
// the parent of, all may be gone the next time.
var (
	// ErrRefused is the parent of the API's refusals of what was asked for; it wraps
	// [prescription.ErrUndeliverable].
	ErrRefused = fmt.Errorf("the API refused it: %w", prescription.ErrUndeliverable)
	// ErrNotActive says that the citizen is not digitally active in the service area (2118).
	ErrNotActive = fmt.Errorf("the citizen is not digitally active: %w", ErrRefused)
	// ErrAccess says that the token was not accepted (status 401 and 403, codes EHSEC-).
	ErrAccess = errors.New("access denied")
	// ErrNotFound says that there is no such task, or no such address.
	ErrNotFound = errors.New("the API does not know it")
	// ErrUnavailable says that the API gave no answer, or cannot answer now (status 429 and 5xx).
	ErrUnavailable = errors.New("the API is not available")
	// ErrAnswer says that the API's answer cannot be used.
	ErrAnswer = errors.New("the answer cannot be used")
)

// Operation is one of the API's operations.
type Operation string

// The operations.
const (
	OpCreate Operation = "create"
	OpUpdate Operation = "update"
	OpLook   Operation = "look"
	OpActive Operation = "active"
)

// Error says which operation failed and why. It holds no address and nothing of
// the request; of the answer the status and a code. What it was is found with
// [errors.Is].
type Error struct {
	Operation Operation
	// Status is the answer's; 0 if there was none.
	Status int

	code  string // the API's own; "" if it gave none
	kind  error  // one of the above
	what  string // more of it, and what to do
	wait  time.Duration
	cause error
}

// Error names operation, status and code, and says what to do.
func (e *Error) Error() string {
	parts := []string{"oppgave", string(e.Operation)}
	switch {
	case e.code != "":
		parts = append(parts, fmt.Sprintf("status %d, code %s", e.Status, e.code))
	case e.Status != 0:
		parts = append(parts, fmt.Sprintf("status %d", e.Status))
	}
	parts = append(parts, e.kind.Error())
	if e.what != "" {
		parts = append(parts, e.what)
	}
	return strings.Join(parts, ": ")
}

// Code is the API's own, such as "2118" or "EHSEC-110002"; or "http-503" for a
// status without one, "answer" for an answer that cannot be used, and "no-answer".
// [prescription.Service.Drain] keeps it, [Text] explains it.
func (e *Error) Code() string {
	switch {
	case e.code != "":
		return e.code
	case e.Status >= 300:
		return "http-" + strconv.Itoa(e.Status)
	}
	return cmp.Or(codeOf[e.kind], "no-answer")
}

var codeOf = map[error]string{ErrAnswer: "answer", errUnwritten: "unwritten"}

// Text says what to do, in the language.
func (e *Error) Text(lang catalogue.Lang) string { return Text(e.Code()).In(lang) }

// RetryAfter is how long the API asked to wait; zero if it did not.
func (e *Error) RetryAfter() time.Duration { return e.wait }

// Unwrap gives what kind of error it is, and [context.Canceled] or
// [context.DeadlineExceeded] if it was one of them.
func (e *Error) Unwrap() []error {
	return slices.DeleteFunc([]error{e.kind, e.cause}, func(err error) bool { return err == nil })
}

var errUnwritten = errors.New("Config.Wire or Config.Paths could not write the request")

// unwritten is of a mapping that does not work. Trying again helps who repairs it.
func unwritten(op Operation) *Error { return &Error{Operation: op, kind: errUnwritten} }

// codes are those that were seen at Helsenorge's APIs.
var codes = map[string]struct {
	kind error
	do   string
}{
	"2109":         {ErrRefused, "Task.focus is missing; the mapping in Config.Wire does not fit the API"},
	"2118":         {ErrNotActive, "reach the citizen in another way"},
	"2147":         {ErrRefused, "the start link is missing; register one for the tool"},
	"2174":         {ErrRefused, "the start link must be https"},
	"EHSEC-110002": {ErrAccess, "organisation number missing in the HelseID token, or a token that has expired: check the organisation first"},
}

// refused says what a code or a status means, and what to do.
func refused(status int, code string) (do string, kind error) {
	if known, is := codes[code]; is {
		return known.do, known.kind
	}
	switch {
	case strings.HasPrefix(code, "EHSEC-") || status == http.StatusUnauthorized:
		return "get a new token, and check its scopes and organisation", ErrAccess
	case status == http.StatusForbidden:
		return "an expired token is answered so: get a new one; then check whether this client may do it", ErrAccess
	case status == http.StatusNotFound:
		return "check Config.Address and Config.Paths", ErrNotFound
	case status == http.StatusTooManyRequests || status >= 500:
		return "try again later", ErrUnavailable
	case slices.Contains([]int{http.StatusBadRequest, http.StatusConflict, http.StatusRequestEntityTooLarge, http.StatusUnprocessableEntity}, status):
		return "look the code up in the API's documentation", ErrRefused
	}
	return "it has no status of the operation; check Config.Address, Config.Paths and Config.Wire", ErrAnswer
}

// codeForm is what a code may look like to be shown and kept.
var codeForm = regexp.MustCompile(`^([0-9]{3,6}|EHSEC-[0-9]{3,8})$`)
