package problem

import "unicode"

// Misleading says whether a text holds control characters other than line
// breaks and tabs, or characters that turn the direction of what follows
// (Unicode Standard Annex 9, section 2): with them a page can be made to show
// something else than what was written.
func Misleading(text string) bool {
	for _, r := range text { // plain letters first: long texts have little else
		if (r < ' ' || r > '~') && misleads(r) {
			return true
		}
	}
	return false
}

func misleads(r rune) bool {
	switch {
	case r == '\n', r == '\r', r == '\t':
		return false
	case r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069':
		return true
	}
	return unicode.IsControl(r)
}
