package prescription

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

var (
	// ErrNotFound says that a store has no such prescription.
	ErrNotFound = errors.New("prescription: not found")
	// ErrKeyReused says that the tenant has used the key for another request.
	// Nothing was written.
	ErrKeyReused = errors.New("prescription: key was used for another request")
	// ErrReportReused says that the prescription has had a report with this id that
	// told of something else. Nothing was written.
	ErrReportReused = errors.New("prescription: report id was used for another event")
	// ErrAlreadyActive says that the citizen has a prescription of the same tool
	// that has neither ended nor expired. Nothing was written; [Request.Second]
	// says why there shall be another one.
	ErrAlreadyActive = errors.New("prescription: the citizen has one of this tool already")
	// ErrOtherPatient says that a prescription cannot take the place of one for
	// another citizen or of another tenant.
	ErrOtherPatient = errors.New("prescription: the one to replace is another citizen's or tenant's")
	// ErrOtherTool says that a renewal is for another tool than the prescription
	// that it renews. Use [Service.Replace] for another tool.
	ErrOtherTool = errors.New("prescription: the one to renew is of another tool")
	// ErrNotLonger says that an extension would not make a prescription last longer.
	ErrNotLonger = errors.New("prescription: it lasts as long already")
	// ErrBusy says that the database could not do it now, because others were
	// changing the same. Nothing was written; do the whole transaction again.
	ErrBusy = errors.New("prescription: the database is busy")
	// ErrRequest is what every [*RequestError] wraps.
	ErrRequest = errors.New("prescription: request refused")
	// ErrPolicy says that [Config.Policy] or [Config.ChangePolicy] refused. The
	// policy's own error is wrapped beside it. Nothing was written.
	ErrPolicy = errors.New("prescription: refused by policy")
	// ErrUnknownTool says that the catalogue has no such tool.
	ErrUnknownTool = errors.New("prescription: tool is not in the catalogue")
	// ErrAudit says that an audit trail is not whole.
	ErrAudit = errors.New("prescription: audit trail is broken")
	// ErrNoTenant, ErrNoPseudonym and ErrNoTime say that a question or an erasure
	// does not say whose, or of which time. Nothing was looked at or written: it
	// must not look as if there were nothing.
	ErrNoTenant    = errors.New("prescription: the tenant is empty: say whose prescriptions")
	ErrNoPseudonym = errors.New("prescription: the pseudonym is empty: say which citizen's")
	ErrNoTime      = errors.New("prescription: the time is zero: say when, such as now")
	// ErrUndeliverable is wrapped by the error of a [Deliverer] that trying again
	// will not help.
	ErrUndeliverable = errors.New("prescription: cannot be delivered")

	// ErrExpired, ErrEnded and ErrNotSent say why a tool may not be opened with a
	// prescription.
	ErrExpired = errors.New("prescription: has expired")
	ErrEnded   = errors.New("prescription: has ended")
	ErrNotSent = errors.New("prescription: has not been sent")
)

// ErrConflict says that a prescription has another version than the caller
// expected: somebody else changed it. Read it again and decide anew. Find it
// with [errors.As]; [errors.Is] with the zero value is true for each.
type ErrConflict struct{ Have, Want int64 }

func (e ErrConflict) Error() string {
	return fmt.Sprintf("prescription: version is %d, the caller expected %d", e.Have, e.Want)
}

// Is says whether target is the zero ErrConflict or the same one.
func (e ErrConflict) Is(target error) bool {
	return target == error(ErrConflict{}) || target == error(e)
}

// ErrNotAllowed says that [Transitions] has no row for this event in this state
// by this role. State is empty if the role may never say it. Find it with
// [errors.As]; [errors.Is] with the zero value is true for each.
type ErrNotAllowed struct {
	State State
	Event Event
	Role  Role
}

// Unwrap gives why: [ErrRole], [ErrEnded], [ErrExpired] or the Else of the table.
func (e ErrNotAllowed) Unwrap() error { return refusal(e.Event, e.State) }

func (e ErrNotAllowed) Error() string {
	if e.State == "" {
		return fmt.Sprintf("prescription: %q is not for the role %q", clip(e.Event), clip(e.Role))
	}
	return fmt.Sprintf("prescription: %q by %q is not allowed when %q", clip(e.Event), clip(e.Role), clip(e.State))
}

// ExpiryError says why a change does not fit the time at which a prescription
// expires, and names both times, so that a clock that is wrong shows. It wraps
// [ErrNotAllowed], whose reason is [ErrExpired], or [ErrNotLonger].
type ExpiryError struct {
	// Expires is the prescription's.
	Expires time.Time
	// Asked is when the change was made, or the new end that was asked for.
	Asked time.Time

	err error
}

func (e *ExpiryError) Error() string {
	text := "%v: it expired at %s, now it is %s"
	if errors.Is(e.err, ErrNotLonger) {
		text = "%v: until %s, asked for %s"
	}
	return fmt.Sprintf(text, e.err, e.Expires.Format(time.RFC3339), e.Asked.Format(time.RFC3339))
}

// Unwrap gives what is refused.
func (e *ExpiryError) Unwrap() error { return e.err }

// Is says whether target is the zero ErrNotAllowed or the same one.
func (e ErrNotAllowed) Is(target error) bool {
	return target == error(ErrNotAllowed{}) || target == error(e)
}

// clip keeps what does not have the form of our own words out of a text.
func clip[T ~string](word T) T {
	if isCode(string(word), 64) {
		return word
	}
	return "?"
}

// Fault is a field of a request that is not as it must be. It says what was
// wanted and never what was found.
type Fault struct{ Field, Want string }

// RequestError holds everything that is wrong with a request, in the order of
// its fields. What the tool and the unit ask for, the acknowledged exclusions and the
// age, is looked at once the rest is as it must be. It wraps [ErrRequest].
type RequestError struct{ Faults []Fault }

func (e *RequestError) Error() string {
	parts := make([]string, len(e.Faults))
	for i, f := range e.Faults {
		parts[i] = "field " + f.Field + ": want " + f.Want
	}
	return ErrRequest.Error() + ": " + strings.Join(parts, "; ")
}

// Unwrap gives [ErrRequest].
func (e *RequestError) Unwrap() error { return ErrRequest }

func refuse(faults []Fault) error {
	if len(faults) == 0 {
		return nil
	}
	return &RequestError{Faults: faults}
}
