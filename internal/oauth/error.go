package oauth

import (
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"time"

	"github.com/verktoykatalog/verktoy/internal/nationalid"
	"github.com/verktoykatalog/verktoy/internal/outbound"
)

// ErrOutcomeUnknown is what an [*Error] is when the request may have been
// carried out: errors.Is(err, oauth.ErrOutcomeUnknown).
var ErrOutcomeUnknown = errors.New("oauth: outcome unknown")

// Error says why a request to a server's endpoint gave nothing to use. It holds
// no body, token or address, and of a description no more than a number.
type Error struct {
	// Status is the HTTP status; 0 when there was no answer.
	Status int
	// Code is the server's error member (RFC 6749, section 5.2); "" if there is
	// none of that form, or it looks like a person's number.
	Code string
	// Number is the number that error_description begins with, as Helsenorge's
	// do: five or six digits, and nothing else of it; "" if it begins otherwise,
	// or the digits may be half of a person's number.
	Number string
	// Skew is how far this machine's clock is ahead of the server's, less than
	// zero if it is behind: known for invalid_client only, where it may be the
	// reason, and 0 up to ten seconds.
	Skew time.Duration
	// Want is what was wanted, or what happened.
	Want string
	// Unknown is true when the request may have been carried out all the same.
	// False: it surely was not.
	Unknown bool
	// Header has the answer's DPoP-Nonce, Retry-After and Date, as far as they are there.
	Header http.Header

	cause error
}

// Error is the reason, and whether the outcome is unknown.
func (e *Error) Error() string {
	text := "oauth: " + e.Reason()
	if e.Unknown {
		text += "; outcome unknown"
	}
	return text
}

// Reason names the status and the server's code, or what was wanted.
func (e *Error) Reason() string {
	text := e.Want
	if e.Status != 0 {
		text = fmt.Sprintf("%s, status %d", text, e.Status)
	}
	if e.Code != "" {
		text += fmt.Sprintf(", error %q", e.Code)
	}
	if e.Number != "" {
		text += ", number " + e.Number
	}
	switch {
	case e.Skew > 0:
		text += fmt.Sprintf("; this machine's clock is %v ahead of the server's", e.Skew)
	case e.Skew < 0:
		text += fmt.Sprintf("; this machine's clock is %v behind the server's", -e.Skew)
	}
	return text
}

// Is says whether target is [ErrOutcomeUnknown] and the outcome is.
func (e *Error) Is(target error) bool { return target == ErrOutcomeUnknown && e.Unknown }

// Unwrap gives [context.Canceled] or [context.DeadlineExceeded], if it was one of them.
func (e *Error) Unwrap() error { return e.cause }

// noAnswer makes the error of a request that got no answer, or none that could be read.
func noAnswer(err error) *Error {
	e := &Error{Want: err.Error(), Unknown: true, cause: errors.Unwrap(err)}
	var fault *outbound.Fault
	if errors.As(err, &fault) {
		e.Unknown = !fault.NotSent
	}
	return e
}

// unknown says whether a request with this answer may have been carried out. A
// 4xx is the server's word that it was not. A redirect may be the answer to what
// was done, and a 5xx may come from a relay that lost the answer.
func unknown(status int) bool { return status < 400 || status >= 500 }

// maxCode is the greatest length of an error code that is kept.
const maxCode = 64

// code keeps a text that has the form of an error code:
// %x20-21 / %x23-5B / %x5D-7E. RFC 6749, section 5.2.
func code(text string) string {
	if len(text) > maxCode || nationalid.Contains(text) {
		return ""
	}
	for _, c := range []byte(text) {
		if c < 0x20 || c > 0x7e || c == '"' || c == '\\' {
			return ""
		}
	}
	return text
}

var (
	leading = regexp.MustCompile(`^([0-9]{5,6})([ -]|$)`)
	halves  = regexp.MustCompile(`^[0-9]{5,6}[ -]+[0-9]{5}`)
)

// number keeps the number that a description begins with, unless more digits
// follow that make a person's number of it: 6 + 5, or cut elsewhere.
func number(description string) string {
	found := leading.FindStringSubmatch(description)
	if found == nil || halves.MatchString(description) {
		return ""
	}
	return found[1]
}
