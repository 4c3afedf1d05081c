package vendor

import (
	"errors"

	"github.com/verktoykatalog/verktoy/internal/orgnumber"
)

// OrgNumber is a Norwegian organisation number: nine digits, written without
// spaces, the last a check digit. Make one with [ParseOrgNumber]; the empty
// OrgNumber means that none is given.
type OrgNumber string

// ErrOrgNumber is what a text that is not an organisation number gives. It does not hold the text.
var ErrOrgNumber = errors.New("an organisation number of nine digits with a valid check digit")

// ParseOrgNumber checks form and check digit. The error is [ErrOrgNumber].
func ParseOrgNumber(s string) (OrgNumber, error) {
	if !orgnumber.Valid(s) {
		return "", ErrOrgNumber
	}
	return OrgNumber(s), nil
}

func (n OrgNumber) valid() bool { return orgnumber.Valid(string(n)) }

// Format is the number as people read it: "999 999 999". What is not nine
// characters long is given as it is.
func (n OrgNumber) Format() string {
	if len(n) != 9 {
		return string(n)
	}
	return string(n[:3] + " " + n[3:6] + " " + n[6:])
}

// UnmarshalText is [ParseOrgNumber] for decoders.
func (n *OrgNumber) UnmarshalText(text []byte) error {
	parsed, err := ParseOrgNumber(string(text))
	if err != nil {
		return err
	}
	*n = parsed
	return nil
}
