package norwegian

import (
	"slices"
	"strconv"
	"strings"
	"sync"
)

// Years are ages in full years, both ends included.
type Years struct{ From, To int }

// group are people of an age. Sure are those that a text is about wherever it names them; the others may be beside the one it is about.
type group struct {
	Years
	sure bool
}

// groups are those of the words for people of an age, by root. Youth is what health services call so.
var groups = sync.OnceValue(func() map[string]group {
	out := map[string]group{}
	for _, g := range []struct {
		words string
		group
	}{
		{"barn unge child children kid", group{Years{0, 17}, false}},
		{"småbarn", group{Years{0, 5}, false}},
		{"spedbarn infant toddler", group{Years{0, 3}, true}},
		{"skolebarn", group{Years{6, 15}, false}},
		{"ungdom ungdommer adolescent", group{Years{13, 17}, false}},
		{"tenåring tenåringsgutt tenåringsjente teenager teenagers teen teens", group{Years{13, 17}, true}},
		{"voksen voksne vaksen vaksne adult adults", group{Years{18, maxAge}, false}},
		{"eldre elderly senior", group{Years{65, maxAge}, false}},
	} {
		for _, w := range strings.Fields(g.words) {
			out[Root(w)] = g.group
		}
	}
	return out
})

const maxAge = 150

// whose are the words after which a text names the people that it is about: angst hos barn. Til is none: who roper til barna tells of itself.
var whose = set(`hos for blant in among`)

// counted are the numbers that are written as words, folded, from 1 to 20, and again where there is another word.
var counted = strings.Fields(`ett to tre fire fem seks sju aatte ni ti elleve tolv tretten fjorten femten seksten sytten atten nitten tjue
 ein - - - - - syv - - - - - - - - - - - - tyve`)

// Age gives the ages of whom a text is about, if it tells them: "14 år", "tiåringen", "7-åring", "hos eldre". Of several the first counts.
// "Barn" and "voksne" by themselves tell none: a parent may speak of its own trouble. "Da jeg var 8 år" is long ago.
func Age(words []string) (Years, bool) {
	for i, w := range words {
		if n, told := yearsOld(words, i); told && !(i > 0 && past[words[i-1]]) {
			return Years{n, n}, true
		}
		if g, known := groups()[Root(w)]; known && (g.sure || i > 0 && whose[words[i-1]]) {
			return g.Years, true
		}
	}
	return Years{}, false
}

// past are the words before an age that somebody had once.
var past = set(`var was`)

// yearsOld reads the number of years that the word at i tells, by itself or before the next one.
func yearsOld(words []string, i int) (int, bool) {
	folded, next := Fold(words[i]), ""
	if i+1 < len(words) {
		next = Fold(words[i+1])
	}
	for _, ending := range [...]string{"aaring", "aarig"} {
		if number, _, one := strings.Cut(folded, ending); one && number != "" {
			return age(number)
		}
		if strings.HasPrefix(next, ending) {
			return age(folded)
		}
	}
	if isAge(words, i) || next == "aar" && i+2 < len(words) && isOld(words[i+2]) {
		return age(folded)
	}
	return 0, false
}

// age reads a number in figures or, up to twenty, in folded words.
func age(number string) (int, bool) {
	if n, err := strconv.Atoi(number); err == nil {
		return n, n >= 0 && n <= maxAge
	}
	at := slices.Index(counted, number)
	return at%20 + 1, at >= 0
}

// isOld says that a word is gammel or old: after a number of years it tells an age, by itself that somebody has many.
func isOld(word string) bool { return word == "old" || strings.HasPrefix(word, "gam") }

// years are the words after the number of an age, folded.
var years = set(`år years year yo`)

// afterYears says that the word at i is the gammel of an age in years.
func afterYears(words []string, i int) bool {
	return i > 1 && isOld(words[i]) && years[words[i-1]]
}

// WithoutAge leaves out the words that only tell an age in years, and the man or woman who has it: "45 år gammel mann". They say whom a
// text is about, and nothing of what it is about. A word for those of an age, such as fireåring, may say both and stays.
func WithoutAge(words []string) []string {
	if !slices.ContainsFunc(words, func(w string) bool { return w[0] <= '9' || years[w] }) {
		return words
	}
	var out []string
	for i := 0; i < len(words); i++ {
		if _, told := yearsOld(words, i); !told || named(words, i) {
			if !aged(words, i, grown) {
				out = append(out, words[i])
			}
			continue
		}
		for i+1 < len(words) && (years[words[i+1]] || strings.HasPrefix(Fold(words[i+1]), "aari") || afterYears(words, i+1)) {
			i++
		}
	}
	return out
}

// named says that the word at i names those of an age by itself, as fireåring does, which is what some tools are about.
func named(words []string, i int) bool {
	return words[i][0] > '9' && !(i+1 < len(words) && years[words[i+1]])
}

// sexes are words for people that say of an age that is told beside them no more than whose it is; grown are those of them that mean a
// husband elsewhere.
var (
	sexes = set(`mann man gutt jente kvinne boy girl woman`)
	grown = set(`mann man`)
)

// aged says that the word at i is one of these, with an age beside it: "45 år gammel mann" is nobody's husband.
func aged(words []string, i int, of map[string]bool) bool {
	if !of[words[i]] {
		return false
	}
	if i > 0 && (years[words[i-1]] || afterYears(words, i-1) || strings.Contains(words[i-1], "årig")) {
		return true
	}
	for next := i + 1; next < min(i+3, len(words)); next++ {
		if _, told := yearsOld(words, next); told {
			return next == i+1 || words[i+1] == "på"
		}
	}
	return false
}

// Number says that a word is a number in figures.
func Number(word string) bool { return strings.Trim(word, "0123456789") == "" }
