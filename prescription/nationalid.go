package prescription

import (
	"errors"
	"fmt"
	"io"
	"log/slog"

	"github.com/verktoykatalog/verktoy/internal/nationalid"
)

// ErrNationalID is what a text that is not an identity number gives. It does
// not hold the text.
var ErrNationalID = errors.New("prescription: want an identity number of eleven digits with valid check digits")

const redacted = "[redacted]"

// NationalID is a Norwegian identity number (fødselsnummer or D-number). It
// shows itself to nobody: every way of printing, logging and encoding it gives
// "[redacted]", and only [NationalID.Reveal] gives the number. Make one with
// [ParseNationalID]; the zero value means none. Compare with
// [NationalID.Equal], not with ==.
type NationalID struct {
	// The pointer keeps what prints unexported fields from following it, the mask
	// what follows it all the same from finding digits.
	masked *[11]byte
}

// mask is no secret. It only keeps digits from standing in memory as digits.
const mask = 0xA5

// ParseNationalID checks form, date and check digits; D-numbers and synthetic
// numbers (month plus 40 or 80) pass. It does not say that anybody bears the
// number. The error is [ErrNationalID].
func ParseNationalID(s string) (NationalID, error) {
	if !nationalid.Valid(s) {
		return NationalID{}, ErrNationalID
	}
	var m [11]byte
	for i := range m {
		m[i] = s[i] ^ mask
	}
	return NationalID{masked: &m}, nil
}

// Reveal gives the eleven digits. The purpose is for whoever reads the code and
// must not be empty: without one, and for the zero NationalID, the answer is "".
// Keep what it gives out of errors, logs, addresses and messages.
func (n NationalID) Reveal(purpose string) string {
	if n.masked == nil || purpose == "" {
		return ""
	}
	digits := *n.masked
	for i := range digits {
		digits[i] ^= mask
	}
	return string(digits[:])
}

// IsZero says that there is no number.
func (n NationalID) IsZero() bool { return n.masked == nil }

// Equal says whether both are the same number, or both are none.
func (n NationalID) Equal(other NationalID) bool {
	return n.Reveal("compare") == other.Reveal("compare")
}

// Synthetic says that the number was made for tests and is nobody's. The zero
// NationalID is not synthetic.
func (n NationalID) Synthetic() bool { return nationalid.Synthetic(n.Reveal("synthetic or not")) }

// Format prints "[redacted]" for every verb.
func (n NationalID) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, redacted) }

// LogValue is "[redacted]".
func (n NationalID) LogValue() slog.Value { return slog.StringValue(redacted) }

// MarshalText gives "[redacted]", and nothing for the zero NationalID.
func (n NationalID) MarshalText() ([]byte, error) {
	if n.IsZero() {
		return nil, nil
	}
	return []byte(redacted), nil
}

// UnmarshalText is [ParseNationalID] for decoders; an empty text means none.
func (n *NationalID) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*n = NationalID{}
		return nil
	}
	parsed, err := ParseNationalID(string(text))
	if err != nil {
		return err
	}
	*n = parsed
	return nil
}
