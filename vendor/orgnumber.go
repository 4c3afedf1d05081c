package vendor

import "errors"

// OrgNumber is a Norwegian organisation number: nine digits, written without
// spaces, the last a check digit. Make one with [ParseOrgNumber]; the empty
// OrgNumber means that none is given.
type OrgNumber string

// ErrOrgNumber is what a text that is not an organisation number gives. It does not hold the text.
var ErrOrgNumber = errors.New("an organisation number of nine digits with a valid check digit")

// orgWeights are the weights of the first eight digits (MOD 11), as published
// by the register's keeper, Brønnøysundregistrene (brreg.no).
var orgWeights = [8]int{3, 2, 7, 6, 5, 4, 3, 2}

// ParseOrgNumber checks form and check digit. The error is [ErrOrgNumber].
func ParseOrgNumber(s string) (OrgNumber, error) {
	if len(s) != 9 || s == "000000000" {
		return "", ErrOrgNumber
	}
	sum := 0
	for i, c := range []byte(s) {
		if c < '0' || c > '9' {
			return "", ErrOrgNumber
		}
		if i < len(orgWeights) {
			sum += orgWeights[i] * int(c-'0')
		}
	}
	if check := (11 - sum%11) % 11; check != int(s[8]-'0') {
		return "", ErrOrgNumber
	}
	return OrgNumber(s), nil
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
