package catalogue

import (
	"errors"
	"regexp"
)

// ToolID identifies a tool for ever: lower-case letters a-z, digits and hyphens, 1 to 64 characters, a letter or digit at both ends.
// Make one with [ParseToolID].
type ToolID string

// UnitID identifies a prescribable unit within its tool. It has the form of a [ToolID].
type UnitID string

// ErrID is what a text gives that does not have the form of an id. It does not hold the text.
var ErrID = errors.New("1 to 64 lower-case letters a-z, digits and hyphens, with a letter or digit at both ends")

var idForm = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$`)

// ParseToolID checks the form. The error is [ErrID]. It does not look the tool up.
func ParseToolID(s string) (ToolID, error) {
	if !idForm.MatchString(s) {
		return "", ErrID
	}
	return ToolID(s), nil
}

// ParseUnitID checks the form. The error is [ErrID]. It does not look the unit up.
func ParseUnitID(s string) (UnitID, error) {
	id, err := ParseToolID(s)
	return UnitID(id), err
}

// UnmarshalText is [ParseToolID] for decoders.
func (id *ToolID) UnmarshalText(text []byte) error {
	parsed, err := ParseToolID(string(text))
	if err == nil {
		*id = parsed
	}
	return err
}

// UnmarshalText is [ParseUnitID] for decoders.
func (id *UnitID) UnmarshalText(text []byte) error {
	parsed, err := ParseUnitID(string(text))
	if err == nil {
		*id = parsed
	}
	return err
}
