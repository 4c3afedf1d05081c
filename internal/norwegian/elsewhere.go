package norwegian

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

var elsewhere = sync.OnceValue(func() map[string]bool { return listed(elsewhereText + elsewhereEnglish) })

// things are the words of the Norwegian list, folded, which end compounds, and how many letters each has.
var things = sync.OnceValue(func() map[string]int {
	out := map[string]int{}
	for _, line := range lines(elsewhereText) {
		for _, w := range strings.Fields(line) {
			out[Fold(w)] = utf8.RuneCountInString(w)
		}
	}
	return out
})

// Elsewhere says that a word names a thing, a trade or a matter of everyday life that has nothing to do with health, by itself or as the
// last part of a compound: brannslange and veiavgift, but not flyangst. A compound that is known to be none, or that a health matter
// ends, is not.
func Elsewhere(word string) bool {
	folded, r := Fold(word), Root(word)
	if elsewhere()[folded] || elsewhere()[r] {
		return true
	}
	if len(folded) > maxCompound || Common(word) || listedRight(folded, r) || Core(word) != "" {
		return false
	}
	for at := leastRest; at <= len(folded)-leastPart; at++ {
		if utf8.RuneStart(folded[at]) && strings.ContainsAny(folded[:at], vowels) && thing(folded[:at], folded[at:]) {
			return true
		}
	}
	return false
}

// leastThing is the least length, in letters, of a last part that is believed whatever stands before it: frost is no ost.
const leastThing = 4

// thing says that the last part of a compound is on the list, a short one only if what stands before it is a word too, or that the first
// one is and the last one goes with every matter: hyttetips.
func thing(before, last string) bool {
	if things()[before] > 0 && heads()[root(last)] {
		return true
	}
	for _, ending := range thingEndings {
		name, ends := strings.CutSuffix(last, ending)
		if (ending == "n" || ending == "r") && !strings.HasSuffix(name, "e") { // konto has no form kontor
			continue
		}
		if ends && things()[name] > 0 {
			return things()[name] >= leastThing || Common(before) || Common(strings.TrimSuffix(before, "s")) || Common(strings.TrimSuffix(before, "e"))
		}
	}
	return false
}

// thingEndings are those of inflection alone: avhengighet is not henger.
var thingEndings = [...]string{"", "en", "et", "er", "ene", "ar", "ane", "a", "e", "n", "r"}

var (
	// animals are those beside us, as one speaks of the one that one has.
	animals = set(`hunden katten hesten valpen kattungen kaninen hamsteren bikkja dog cat horse puppy kitten`)
	// owners are the words after which an animal is still the one that a text tells of.
	owners = set(`når at fordi og hvis dersom min mi vår naboens the my our`)
)

// Oneself says that a text tells of whoever writes it too: "hunden min døde og jeg får ikke sove".
func Oneself(words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return selves[w] })
}

var selves = set(`jeg eg meg vi oss myself`)

// Animal says that word is an animal of which a text tells something, and not what somebody fears or has lost: "hunden er redd".
func Animal(words []string, word string) bool {
	if !animals[word] {
		return false
	}
	at := slices.Index(words, word)
	return len(words) > at+1 && (at == 0 || owners[words[at-1]])
}
