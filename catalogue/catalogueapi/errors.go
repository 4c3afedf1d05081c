package catalogueapi

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
)

// What callers tell apart with [errors.Is].
var (
	// ErrInvalid says that the request was not sent, because the caller's arguments are not right.
	ErrInvalid = errors.New("the request is not right and was not sent")
	// ErrNotTool says that the request was not sent, because Config.Tool is empty: only a tool may invite to itself and ask who sent it.
	ErrNotTool = fmt.Errorf("%w: only the tool itself may ask for this; set Config.Tool", ErrInvalid)

	// ErrRefused is the parent of the API's refusals: the request was not carried out.
	ErrRefused = errors.New("the API refused it")
	// ErrNotFound says that the API knows no such tool.
	ErrNotFound = fmt.Errorf("%w: it knows no such tool", ErrRefused)
	// ErrNotActive says that the citizen is not digitally active, and so cannot be invited (code 2118).
	ErrNotActive = fmt.Errorf("%w: the citizen is not digitally active", ErrRefused)
	// ErrLink says that the address at which the citizen would start is missing or not https (codes 2147 and 2174).
	ErrLink = fmt.Errorf("%w: the start address is not right", ErrRefused)
	// ErrAccess says that the token was not accepted (status 401 and 403, codes EHSEC-).
	ErrAccess = fmt.Errorf("%w: access denied", ErrRefused)

	// ErrUnavailable says that the API gave no answer, or that it cannot answer now (status 429 and 5xx).
	ErrUnavailable = errors.New("the API is not available")
	// ErrAnswer says that the API's answer cannot be used. Nothing of it is given to the caller.
	ErrAnswer = errors.New("the answer cannot be used")
	// ErrChanged says that the list changed while its pages were read. Read it again.
	ErrChanged = fmt.Errorf("%w: the list changed while it was read; read it again", ErrAnswer)
)

// Operation is one of the API's operations.
type Operation string

// The operations.
const (
	OpList       Operation = "list"
	OpSearch     Operation = "search"
	OpGet        Operation = "get"
	OpInvite     Operation = "invite"
	OpTherapists Operation = "therapists"
)

// Error says which operation failed and why. It holds no address and nothing of the request; of the answer the status, a code, and the
// places where it is wrong. What it was is found with [errors.Is].
type Error struct {
	Operation Operation
	// Status is the answer's; 0 if there was none.
	Status int
	// Code is the API's own, such as "2118" or "EHSEC-110002"; "" if it gave none.
	Code string

	kind    error  // one of the above
	what    string // more of it, and what to do
	unknown bool
	cause   error
}

// Error names operation, status and code, and says what to do.
func (e *Error) Error() string {
	parts := []string{"catalogueapi", string(e.Operation)}
	switch {
	case e.Code != "":
		parts = append(parts, fmt.Sprintf("status %d, code %s", e.Status, e.Code))
	case e.Status != 0:
		parts = append(parts, fmt.Sprintf("status %d", e.Status))
	}
	parts = append(parts, e.kind.Error())
	if e.what != "" {
		parts = append(parts, e.what)
	}
	if e.unknown {
		parts = append(parts, "the invitation may have been carried out: find out before you send it again")
	}
	return strings.Join(parts, ": ")
}

// Unwrap gives what kind of error it is, and the cause: that of the HTTP client if it says whether the outcome is known, or
// [context.Canceled] and [context.DeadlineExceeded].
func (e *Error) Unwrap() []error {
	if e.cause == nil {
		return []error{e.kind}
	}
	return []error{e.kind, e.cause}
}

// OutcomeUnknown says that an invitation may have been carried out all the same. It is false for operations that change nothing.
func (e *Error) OutcomeUnknown() bool { return e.unknown }

// OutcomeUnknown says whether err is that of an invitation that may have been carried out.
func OutcomeUnknown(err error) bool {
	var e *Error
	return errors.As(err, &e) && e.OutcomeUnknown()
}

// refusal is what a code or a status means, and what to do.
type refusal struct {
	kind error
	do   string
}

// codes are those that were seen at Helsenorge's APIs.
var codes = map[string]refusal{
	"2109":         {ErrRefused, "Task.focus is missing; the mapping of the invitation does not fit the API"},
	"2118":         {ErrNotActive, "reach the citizen in another way"},
	"2147":         {ErrLink, "there is none; give Invitation.Link, or register one for the tool"},
	"2174":         {ErrLink, "it must be https"},
	"EHSEC-110002": {ErrAccess, "the token has expired or is not valid; one without the organisation's number is answered so, too: check the organisation first"},
}

func refused(status int, code string) refusal {
	if known, is := codes[code]; is {
		return known
	}
	switch {
	case strings.HasPrefix(code, "EHSEC-") || status == 401:
		return refusal{ErrAccess, "get a new token, and check its scopes and organisation"}
	case status == 403:
		return refusal{ErrAccess, "an expired token is answered so: get a new one; then check whether this client may do it"}
	case status == 404:
		return refusal{ErrNotFound, "check the tool's id, and Config.Paths"}
	case status == 429 || status >= 500:
		return refusal{ErrUnavailable, "try again later"}
	case status >= 300 && status < 400:
		return refusal{ErrAnswer, "it sends elsewhere; check Config.Address and Config.Paths"}
	case status < 400:
		return refusal{ErrAnswer, "it has another status than the operation's"}
	}
	return refusal{ErrRefused, "look the code up in the API's documentation"}
}

// codeForm is what a code may look like to be shown.
var codeForm = regexp.MustCompile(`^([0-9]{3,6}|EHSEC-[0-9]{3,8})$`)
