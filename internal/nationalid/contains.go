package nationalid

import "regexp"

var (
	uuid = regexp.MustCompile(`(?i)\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b`)
	// A word of exactly eleven digits, also written 6 + 5, letters around it or not.
	number = regexp.MustCompile(`(^|[^0-9A-Za-z])[A-Za-z]*([0-9]{11}|[0-9]{6}[ \x{a0}-][0-9]{5})[A-Za-z]*($|[^0-9A-Za-z])`)
)

// Contains says whether s may hold an identity number: eleven digits in a row,
// or six and five with a space or hyphen between. Date and check digits are not
// looked at, so that a mistyped number counts too. UUIDs and hexadecimal
// digests, whose digits are random, do not count, nor do longer rows of digits.
func Contains(s string) bool {
	return number.MatchString(uuid.ReplaceAllString(s, " "))
}
