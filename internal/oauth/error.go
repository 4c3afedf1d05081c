package oauth

import (
	"errors"
	"fmt"
	"net/http"

	"github.com/verktoykatalog/verktoy/internal/nationalid"
	"github.com/verktoykatalog/verktoy/internal/outbound"
)

// ErrOutcomeUnknown is what an [*Error] is when the request may have been
// carried out: errors.Is(err, oauth.ErrOutcomeUnknown).
var ErrOutcomeUnknown = errors.New("oauth: outcome unknown")

// Error says why a request to a server's endpoint gave nothing to use. It holds
// no body, description, token or address.
type Error struct {
	// Status is the HTTP status; 0 when there was no answer.
	Status int
	// Code is the server's error member (RFC 6749, section 5.2); "" if there is
	// none of that form, or it looks like a person's number.
	Code string
	// Want is what was wanted, or what happened.
	Want string
	// Unknown is true when the request may have been carried out all the same.
	// False: it surely was not.
	Unknown bool
	// Header has the answer's DPoP-Nonce, Retry-After and Date, as far as they are there.
	Header http.Header

	cause error
}

// Error names the status and the server's code, or what was wanted.
func (e *Error) Error() string {
	text := "oauth: " + e.Want
	if e.Status != 0 {
		text = fmt.Sprintf("%s, status %d", text, e.Status)
	}
	if e.Code != "" {
		text += fmt.Sprintf(", error %q", e.Code)
	}
	if e.Unknown {
		text += "; outcome unknown"
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
