package catalogueapi

import (
	"errors"
	"fmt"
	"io"
	"log/slog"

	"github.com/verktoykatalog/verktoy/internal/nationalid"
)

// ErrCitizen is what a text gives that is not an identity number. It does not hold the text.
var ErrCitizen = errors.New("catalogueapi: want an identity number of eleven digits with valid check digits")

const redacted = "[redacted]"

// Citizen is whom a call is about, by identity number (fødselsnummer or D-number). Printed, logged or encoded it is "[redacted]"; only
// [Citizen.Reveal], which a function of [Wire] needs for the request's body, gives the number. Make one with [ParseCitizen] or
// [CitizenOf]; the zero value is nobody.
type Citizen struct{ digits *[11]byte } // behind a pointer, and masked: what prints unexported fields finds no digits

// mask is no secret. It only keeps digits from standing in memory as digits.
const mask = 0xA5

// ParseCitizen checks form, date and check digits; synthetic numbers pass. The error is [ErrCitizen].
func ParseCitizen(number string) (Citizen, error) {
	if !nationalid.Valid(number) {
		return Citizen{}, ErrCitizen
	}
	var masked [11]byte
	for i := range masked {
		masked[i] = number[i] ^ mask
	}
	return Citizen{&masked}, nil
}

// CitizenOf is [ParseCitizen] for types that keep the number themselves, such as prescription.NationalID.
func CitizenOf(id interface{ Reveal(purpose string) string }) (Citizen, error) {
	return ParseCitizen(id.Reveal("call the Verktøy API"))
}

// Reveal gives the eleven digits. The purpose is for whoever reads the code and must not be empty: without one, and for the zero Citizen,
// the answer is "". Keep what it gives out of errors, logs and addresses.
func (c Citizen) Reveal(purpose string) string {
	if c.digits == nil || purpose == "" {
		return ""
	}
	clear := *c.digits
	for i := range clear {
		clear[i] ^= mask
	}
	return string(clear[:])
}

// IsZero says that it is nobody.
func (c Citizen) IsZero() bool { return c.digits == nil }

// Format prints "[redacted]" for every verb.
func (c Citizen) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, redacted) }

// LogValue is "[redacted]".
func (c Citizen) LogValue() slog.Value { return slog.StringValue(redacted) }

// MarshalText is "[redacted]".
func (c Citizen) MarshalText() ([]byte, error) { return []byte(redacted), nil }
