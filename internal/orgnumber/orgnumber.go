// Package orgnumber checks Norwegian organisation numbers.
package orgnumber

// weights are those of the first eight digits (MOD 11), as published by the
// register's keeper, Brønnøysundregistrene (brreg.no).
var weights = [8]int{3, 2, 7, 6, 5, 4, 3, 2}

// Valid takes nine digits without spaces, the last a check digit. Whether the
// register has the number is not looked at.
func Valid(s string) bool {
	if len(s) != 9 || s == "000000000" {
		return false
	}
	sum := 0
	for i, c := range []byte(s) {
		if c < '0' || c > '9' {
			return false
		}
		if i < len(weights) {
			sum += weights[i] * int(c-'0')
		}
	}
	return (11-sum%11)%11 == int(s[8]-'0')
}
