// Package launchform knows how long and of which characters the names in a launch may be. Who accepts launches and who reports of them have
// one set of limits, so that what was accepted can be named afterwards.
package launchform

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// The greatest lengths in bytes of a message's id (jti) and of a definition's address.
const (
	MaxID         = 255
	MaxDefinition = 1024
)

// ID takes 1 to MaxID visible characters of ASCII. That a message's id is long enough not to be guessed is asked elsewhere.
func ID(s string) bool {
	return s != "" && len(s) <= MaxID && !strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r > '~' })
}

// Definition takes at most MaxDefinition bytes that can be shown, without space. That it is an address is asked elsewhere.
func Definition(s string) bool {
	return s != "" && len(s) <= MaxDefinition && utf8.ValidString(s) &&
		!strings.ContainsFunc(s, func(r rune) bool { return r == ' ' || !unicode.IsPrint(r) })
}
