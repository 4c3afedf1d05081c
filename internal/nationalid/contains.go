package nationalid

import "regexp"

var (
	uuid = regexp.MustCompile(`(?i)\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b`)
	// SHA-1, SHA-256 and their kin in hexadecimal.
	digest = regexp.MustCompile(`(?i)\b[0-9a-f]{32,128}\b`)
	// Exactly eleven digits, also written 6 + 5, whatever is around them.
	number = regexp.MustCompile(`(^|[^0-9])([0-9]{11}|[0-9]{6}[ \x{a0}-][0-9]{5})([^0-9]|$)`)
)

// Contains says whether s may hold an identity number: eleven digits in a row,
// or six and five with a space or hyphen between. Date and check digits are not
// looked at, so that a mistyped number counts too. UUIDs and hexadecimal
// digests, whose digits are random, do not count, nor do longer rows of digits.
func Contains(s string) bool {
	return possible(s) && number.MatchString(digest.ReplaceAllString(uuid.ReplaceAllString(s, " "), " "))
}

// possible is a quick look that lets nearly no text pass without such a
// number: it wants eleven digits in a row, or six and then a space or hyphen.
func possible(s string) bool {
	digits := 0
	for _, c := range []byte(s) {
		switch {
		case c >= '0' && c <= '9':
			digits++
		case digits >= 6 && (c == ' ' || c == '-' || c == nbsp):
			return true
		default:
			digits = 0
		}
		if digits == 11 {
			return true
		}
	}
	return false
}

const nbsp = 0xC2 // the first byte of a no-break space in UTF-8
