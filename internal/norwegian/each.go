package norwegian

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// EachWord calls word for each word that [Words] gives, in order, with its number of the sentence. The bytes are valid during the call.
// It returns the number of sentences. buffer is scratch space of the caller's, which may grow.
func EachWord(text string, buffer *[]byte, word func(w []byte, sentence int)) int {
	w, sentence := (*buffer)[:0], 0
	flush := func() {
		if len(w) > 0 {
			word(w, sentence)
			w = w[:0]
		}
	}
	for i := 0; i < len(text); {
		c := text[i]
		switch {
		case 'a' <= c && c <= 'z' || '0' <= c && c <= '9':
			w = append(w, c)
			i++
		case 'A' <= c && c <= 'Z':
			w = append(w, c+'a'-'A')
			i++
		case c < utf8.RuneSelf:
			flush()
			if ends(c) {
				sentence++
			}
			i++
		default:
			r, size := utf8.DecodeRuneInString(text[i:])
			switch {
			case plain(r) && unicode.IsLetter(r):
				w = utf8.AppendRune(w, unicode.ToLower(r))
			case plain(r):
				flush()
			default: // what may join with its neighbours: the word it stands in is cut in the long way
				w = w[:0]
				return eachOther(text[wordStart(text, i):], sentence, word)
			}
			i += size
		}
	}
	flush()
	*buffer = w
	return sentence + 1
}

func ends(c byte) bool { return c == '.' || c == '!' || c == '?' || c == ';' || c == '\n' }

// plain says that a character stands for itself in every text: those of Latin-1 but the soft hyphen, and common dashes and quotes.
func plain(r rune) bool {
	return r < 0x100 && r != 0xAD || 0x2010 <= r && r <= 0x2026
}

// wordStart is where the word begins that reaches up to i.
func wordStart(text string, i int) int {
	for i > 0 {
		r, size := utf8.DecodeLastRuneInString(text[:i])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			break
		}
		i -= size
	}
	return i
}

func eachOther(text string, sentence int, word func([]byte, int)) int {
	for part := range strings.FieldsFuncSeq(text, func(r rune) bool { return r < utf8.RuneSelf && ends(byte(r)) }) {
		for _, w := range Words(part) {
			word([]byte(w), sentence)
		}
		sentence++
	}
	return sentence + 1
}
