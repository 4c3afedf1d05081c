package norwegian

import (
	"strings"
	"unicode/utf8"
)

// Stem removes the inflection of a word as [Words] gives it: angsten, angst. Stop words are stemmed like all others. Words of the list of
// stems have the stem that is given there: krefter is the plural of kraft and has nothing to do with kreft.
func Stem(word string) string {
	if stem, known := stems()[word]; known {
		return stem
	}
	return Snowball(indefinite(word))
}

// indefinite gives the indefinite singular of nouns like mobber, of which the stemmer sees one form alone: mobb, but mobbern of mobberne.
func indefinite(word string) string {
	for _, ending := range [...]string{"erne", "ernes", "eren", "erens", "arane", "aren", "arar"} {
		before, ends := strings.CutSuffix(word, ending)
		if ends && len(before) >= 3 && before[len(before)-1] != 'j' && strings.ContainsAny(before, vowels+"æøå") { // no hjerne
			return before + ending[:2]
		}
	}
	return word
}

// The endings that Snowball takes off, of inflection and of derivation, the longer before the shorter.
var (
	inflections = [...]string{"hetenes", "hetene", "hetens", "endes", "heter", "heten", "ende", "ande", "edes", "enes", "ene", "ane", "ets",
		"ers", "ede", "ast", "ens", "het", "as", "es", "en", "ar", "er", "et", "e", "a", "s"}
	derivations = [...]string{"hetslov", "eleg", "elig", "elov", "slov", "leg", "eig", "lig", "els", "lov", "ig"}
)

// Snowball is the stemmer for bokmål of that name, without the list of stems. It only shortens words, so it needs no memory.
func Snowball(word string) string {
	if len(word) <= 2 {
		return word
	}
	from := region(word)
	word = uninflected(word, from)
	if ending(word, from, "dt", "vt") != "" {
		word = word[:len(word)-1]
	}
	return strings.TrimSuffix(word, ending(word, from, derivations[:]...))
}

func uninflected(word string, from int) string {
	found := ending(word, from, inflections[:]...)
	if found == "s" {
		return genitive(word)
	}
	word = word[:len(word)-len(found)]
	if er := ending(word, from, "erte", "ert"); er != "" {
		return word[:len(word)-len(er)+len("er")]
	}
	return word
}

// ending is the first of the endings that the word has from a place on, "" if there is none.
func ending(word string, from int, endings ...string) string {
	if len(word) <= from {
		return ""
	}
	last := word[len(word)-1] // most endings differ in it
	for _, e := range endings {
		if e[len(e)-1] == last && len(word)-len(e) >= from && strings.HasSuffix(word, e) {
			return e
		}
	}
	return ""
}

// genitive takes off a final s, if by the letter before it that may be an inflection.
func genitive(word string) string {
	stem := word[:len(word)-1]
	last := stem[len(stem)-1]
	if last == 'k' {
		before, _ := utf8.DecodeLastRuneInString(stem[:len(stem)-1])
		if vowel(before) {
			return word
		}
		return stem
	}
	if strings.IndexByte("bcdfghjlmnoprtvyz", last) < 0 {
		return word
	}
	return stem
}

// region is where endings may begin: after the first consonant that follows a vowel, and not within the first three letters.
func region(word string) int {
	after := false
	for i, r := range word {
		v := vowel(r)
		if after && !v {
			return max(i+utf8.RuneLen(r), three(word))
		}
		after = v
	}
	return len(word)
}

// three is the length of the first three letters.
func three(word string) int {
	n := 0
	for range 3 {
		_, size := utf8.DecodeRuneInString(word[n:])
		n += size
	}
	return n
}

func vowel(r rune) bool {
	switch r {
	case 'a', 'e', 'i', 'o', 'u', 'y', 'æ', 'ø', 'å':
		return true
	}
	return false
}
