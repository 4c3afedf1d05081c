// Package nationalid knows the form of Norwegian identity numbers: which texts
// are well-formed numbers ([Valid]) and which texts may hold one ([Contains]).
//
// The rules are those of the Norwegian Tax Administration (Folkeregisteret):
// date of birth, individual number, two check digits modulo 11; D-numbers add
// 40 to the day; synthetic numbers add 40 (NAV) or 80 (Skatteetaten's Tenor) to
// the month. H-numbers, which hospitals make, also add 40 to the month and are
// not told apart from NAV's synthetic ones. From 2032 more remainders will be
// accepted for the first check digit; no such number exists yet and [Valid]
// refuses them.
package nationalid

// Weights of the two check digits, modulo 11.
var (
	firstWeights  = [9]int{3, 7, 6, 1, 8, 9, 4, 5, 2}
	secondWeights = [10]int{5, 4, 3, 2, 7, 6, 5, 4, 3, 2}
)

const (
	dNumberDay = 40 // added to the day of a D-number
	navMonth   = 40 // added to the month of NAV's synthetic numbers
	tenorMonth = 80 // added to the month of Skatteetaten's synthetic numbers
)

// Valid says whether s is eleven digits with a possible date and right check
// digits. It does not say that anybody bears the number.
func Valid(s string) bool {
	if !elevenDigits(s) {
		return false
	}
	month, _ := monthOf(s)
	return possibleDay(dayOf(s), month, pair(s, 4)) &&
		checks(s, firstWeights[:]) && checks(s, secondWeights[:])
}

// Synthetic says whether s has a month that only numbers made for tests have.
// It is false for what is not eleven digits.
func Synthetic(s string) bool {
	if !elevenDigits(s) {
		return false
	}
	_, synthetic := monthOf(s)
	return synthetic
}

func elevenDigits(s string) bool {
	if len(s) != 11 {
		return false
	}
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

func dayOf(s string) int {
	day := pair(s, 0)
	if day > dNumberDay {
		day -= dNumberDay
	}
	return day
}

func monthOf(s string) (month int, synthetic bool) {
	month = pair(s, 2)
	switch {
	case month > tenorMonth:
		return month - tenorMonth, true
	case month > navMonth:
		return month - navMonth, true
	}
	return month, false
}

// possibleDay does not know the century: a 29th of February passes when any
// century has it.
func possibleDay(day, month, year int) bool {
	days := [13]int{0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}
	if month < 1 || month > 12 {
		return false
	}
	last := days[month]
	if month == 2 && year%4 == 0 {
		last++
	}
	return day >= 1 && day <= last
}

// checks compares the digit after the weighted ones with 11 minus the
// remainder; 11 stands for 0, and 10 belongs to no number.
func checks(s string, weights []int) bool {
	sum := 0
	for i, w := range weights {
		sum += w * int(s[i]-'0')
	}
	return (11-sum%11)%11 == int(s[len(weights)]-'0')
}

func pair(s string, at int) int { return int(s[at]-'0')*10 + int(s[at+1]-'0') }
