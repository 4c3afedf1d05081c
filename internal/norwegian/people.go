package norwegian

import (
	"slices"
	"strings"
	"sync"
)

// people maps the roots of the words for people to the codes of audiences, and what compounds for them begin with, folded and with a hyphen.
var people = sync.OnceValue(func() map[string][]string {
	out := map[string][]string{}
	for _, line := range lines(peopleText) {
		codes, words, _ := strings.Cut(line, ": ")
		for _, w := range strings.Fields(words) {
			key := Fold(w)
			if !strings.HasSuffix(w, "-") {
				key = Root(w)
			}
			out[key] = append(out[key], strings.Fields(codes)...)
		}
	}
	return out
})

// ForWhom gives the codes of those whom a compound is for by its beginning: ungdomsdepresjon.
func ForWhom(word string) []string {
	folded := Fold(word)
	for at := leastPart; at <= len(folded)-leastRest; at++ {
		if codes := people()[folded[:at]+"-"]; codes != nil {
			return codes
		}
	}
	return nil
}

// People gives the codes of the audiences ("children", "next-of-kin") of whom the words of a text speak, by their names or by an age in years,
// each once.
func People(words []string) []string {
	var out []string
	for i, w := range words {
		if itself(words, i) {
			w = "alenemor" // foreldre may be those of somebody too
		}
		if !afterYears(words, i) && !aged(words, i, sexes) {
			out = append(out, people()[Root(w)]...)
			out = append(out, ForWhom(w)...)
		}
		if w[0] > '9' { // a word for those of an age is one of the list's
			continue
		}
		if n, told := yearsOld(words, i); told && !(i > 0 && past[words[i-1]]) {
			out = append(out, people()[Root(stage(n))]...)
			if n < 18 { // those who care for a minor look for help too
				out = append(out, "parents")
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

var (
	parents = set(`mamma mor pappa far mother mum mom father dad`)
	worn    = set(`ensom einsam sliten utslitt utsliten nybakt enslig åleine alene ung trist deprimert utbrent fersk stresset stressa bekymret lonely tired single new young sad worried`)
	whom    = set(`min mi mitt vår hans hennes deres`)
)

// itself says that the word at i is a mother or father who tells of itself, and not somebody's: "ensom mamma".
func itself(words []string, i int) bool {
	return i > 0 && parents[words[i]] && worn[words[i-1]] && !(i+1 < len(words) && whom[words[i+1]])
}

// span are the words after which a number of years is no age: "i 14 år", "etter 14 år".
var span = set(`i etter over under siste for om enn nesten in after over last past than`)

// units are what a number may count that is no age: "på 8 uker".
var units = set(`uke uker veke veker dag dager dagar måned måneder månader time timer timar minutt minutter kilo kg kroner ganger prosent week weeks day days month months hours minutes times`)

// isAge says that the word at i is a number of years that somebody has lived: "14 år", "på 14", "er 14".
func isAge(words []string, i int) bool {
	after, before := "", ""
	if i > 0 {
		before = words[i-1]
	}
	if i+1 < len(words) {
		after = words[i+1]
	}
	return '0' <= words[i][0] && words[i][0] <= '9' && !units[after] &&
		(years[after] && !span[before] || before == "på" || before == "er" || before == "snart")
}

// stage is a word for people of an age, "" for grown-ups.
func stage(years int) string {
	switch {
	case years < 13:
		return "barn"
	case years < 20:
		return "ungdom"
	case years >= 65:
		return "eldre"
	}
	return ""
}

var (
	nots = set(`ikke ikkje not`)
	mes  = set(`jeg meg eg me i`)
)

// NotMe says that a text says of whoever writes it that it is about somebody else: "det er kona som drikker, ikke jeg", "har ikke ADHD selv, men sønnen
// min har det".
func NotMe(words []string) bool {
	for i, w := range words[:max(0, len(words)-1)] {
		if nots[w] && (i == 0 || !unable[words[i-1]]) && (mes[words[i+1]] || refers(words[i:])) {
			return true
		}
	}
	return false
}
