// Package norwegian prepares Norwegian text for search: it finds the words, reduces them to their stems, writes æ, ø and å without
// Norwegian letters, and finds words that are spelled nearly alike.
//
// [Words] cuts a text, [Keys] gives the spellings under which a word is found. [SortKey] orders names as in a Norwegian dictionary.
//
// The stemmer is Snowball's for bokmål (snowballstem.org/algorithms/norwegian); most nynorsk and many English plurals follow the same
// endings, and a list has the stems that it does not see. [Split] parts compounds on a vocabulary that the caller has, [Root] brings bokmål
// and nynorsk together, and a [Thesaurus] knows different expressions for one matter.
package norwegian

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Words returns the words of a text in order: runs of letters and digits, in lower case and in Unicode's composed form (NFC). All else
// separates words, but soft hyphens and other invisible format characters are dropped, as they come along with copied text.
func Words(text string) []string {
	lower := strings.ToLower(strings.Map(visible, text))
	return strings.FieldsFunc(norm.NFC.String(lower), isSeparator)
}

func visible(r rune) rune {
	if unicode.Is(unicode.Cf, r) {
		return -1
	}
	return r
}

func isSeparator(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.Mn, r)
}

// Fold writes a word with the letters of ASCII as Norwegians do it in addresses: æ and ä as ae, ø and ö as oe, å as aa. Other letters
// lose their accents. Few words become alike by it.
func Fold(word string) string { return ascii(word, wide) }

// FoldBare writes æ, ø and å as a, o and a, as in quick typing on a foreign keyboard. One in nine short words becomes like another one
// by it (sår and sar), so it is for words that are found in no other way.
func FoldBare(word string) string { return ascii(word, bare) }

var (
	wide = strings.NewReplacer("æ", "ae", "ä", "ae", "ø", "oe", "ö", "oe", "å", "aa")
	bare = strings.NewReplacer("æ", "a", "ä", "a", "ø", "o", "ö", "o", "å", "a")
)

func ascii(word string, letters *strings.Replacer) string {
	if isASCII(word) {
		return word
	}
	if word = letters.Replace(word); isASCII(word) {
		return word
	}
	return strings.Map(unaccented, norm.NFD.String(word))
}

func unaccented(r rune) rune {
	switch {
	case unicode.Is(unicode.Mn, r):
		return -1
	case r == 'đ':
		return 'd'
	case r == 'ŋ':
		return 'n'
	case r == 'ŧ':
		return 't'
	}
	return r
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}
