package launch

import (
	"errors"
	"net/http"

	"github.com/verktoykatalog/verktoy/internal/jose"
)

// Kind is why something was not accepted as a launch. Kinds are stable; every
// error of this package and its profiles that refuses a launch answers to one:
// errors.Is(err, launch.KindReplayed).
type Kind string

// The kinds, in the order in which they are checked.
const (
	KindRequest           Kind = "request"            // not the request that a launch is: method, media type, fields
	KindTooLarge          Kind = "too_large"          // more than 64 KiB, or a message of more than 16 KiB
	KindMalformed         Kind = "malformed"          // not a signed message
	KindAlgorithm         Kind = "algorithm"          // algorithm not agreed, or not the key's
	KindIssuer            Kind = "issuer"             // not one of the agreed issuers, letter for letter
	KindUnknownKey        Kind = "unknown_key"        // the issuer publishes no such key
	KindKeyUnusable       Kind = "key_unusable"       // the key is weak, for another purpose, or ambiguous
	KindKeysUnavailable   Kind = "keys_unavailable"   // the issuer's keys cannot be had now
	KindSignature         Kind = "signature"          // not signed by the key
	KindHeader            Kind = "header"             // header member that is not allowed
	KindType              Kind = "type"               // a message of another type
	KindAudience          Kind = "audience"           // not for this tool, or not for it alone
	KindExpired           Kind = "expired"            // too late
	KindNotYetValid       Kind = "not_yet_valid"      // too early
	KindLifetime          Kind = "lifetime"           // valid for longer than the profile allows
	KindClaims            Kind = "claims"             // a claim is missing or has not the form it must have
	KindPersonalData      Kind = "personal_data"      // personal data in a message that must be without
	KindAssurance         Kind = "assurance"          // less is known of the person than the policy asks
	KindRepresentation    Kind = "representation"     // acting for another, which the policy does not take
	KindLogin             Kind = "login"              // nobody was logged in: the person stopped, or the provider said no
	KindLoginUnavailable  Kind = "login_unavailable"  // the login's provider cannot be reached, or makes no sense
	KindState             Kind = "state"              // not this browser's login
	KindNonce             Kind = "nonce"              // not this login's answer
	KindReturnURL         Kind = "return_url"         // a return address that is not registered
	KindReplayed          Kind = "replayed"           // used before
	KindReplayUnavailable Kind = "replay_unavailable" // cannot tell whether it was used before
)

// Error is the kind as text.
func (k Kind) Error() string { return "launch: " + string(k) }

// Error says why something was not accepted. It holds no value of the message.
type Error struct {
	// Kind is the reason.
	Kind Kind
	// Want is what was wanted, in technical English.
	Want string
	// Ref is the reference on the page that the person saw and in the log; "" before that.
	Ref string

	status int
	err    error
}

// Refuse makes an error for a profile. Want must not hold a value of the
// message. The cause, which may be nil, is logged for the kinds with status 503.
func Refuse(kind Kind, want string, cause error) *Error {
	return &Error{Kind: kind, Want: want, err: cause}
}

// Error is the kind and what was wanted, and the cause where we could not decide.
func (e *Error) Error() string {
	text := e.Kind.Error() + ", want " + e.Want
	if e.err != nil && e.Status() == http.StatusServiceUnavailable {
		text += ": " + e.err.Error()
	}
	return text
}

// Is says whether target is the error's kind.
func (e *Error) Is(target error) bool {
	kind, is := target.(Kind)
	return is && kind == e.Kind
}

// Unwrap gives the cause, if there is one.
func (e *Error) Unwrap() error { return e.err }

// Status is the HTTP status: 400 for what is no launch, 403 for a launch that
// is refused, 405, 408, 413, 415, and 503 when we cannot decide.
func (e *Error) Status() int {
	if e.status != 0 {
		return e.status
	}
	switch e.Kind {
	case KindRequest, KindMalformed:
		return http.StatusBadRequest
	case KindTooLarge:
		return http.StatusRequestEntityTooLarge
	case KindKeysUnavailable, KindReplayUnavailable, KindLoginUnavailable:
		return http.StatusServiceUnavailable
	}
	return http.StatusForbidden
}

var joseKinds = map[error]Kind{
	jose.ErrTooLarge:    KindTooLarge,
	jose.ErrMalformed:   KindMalformed,
	jose.ErrAlgorithm:   KindAlgorithm,
	jose.ErrUnknownKey:  KindUnknownKey,
	jose.ErrKeyUnusable: KindKeyUnusable,
	jose.ErrSignature:   KindSignature,
	jose.ErrHeader:      KindHeader,
	jose.ErrSet:         KindKeysUnavailable,
}

func fromJOSE(err error) *Error {
	var fault *jose.Error
	if errors.As(err, &fault) {
		return Refuse(joseKinds[fault.Kind], fault.Want, nil)
	}
	return Refuse(KindMalformed, "a signed message", nil)
}
