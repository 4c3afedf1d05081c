package norwegian

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// cores maps the forms of the words that tell what a compound is about to the words: folded, as roots, and with bare letters.
var cores = sync.OnceValue(func() (out struct{ wide, roots, bare map[string]string }) {
	out.wide, out.roots, out.bare = map[string]string{}, map[string]string{}, map[string]string{}
	for _, line := range lines(coreText) {
		word, forms, _ := strings.Cut(line, ":")
		for _, form := range append(strings.Fields(forms), word) {
			out.wide[Fold(form)], out.bare[FoldBare(form)] = word, word
			if r := root(form); len(r) >= leastRoot {
				out.roots[r] = word
			}
		}
	}
	return out
})

// leastRoot is the least length of a root that stands for a health matter: amm of amme is in too many words.
const leastRoot = 4

// Core gives the word for a health matter that a part of a compound stands for: mobbing for mobbe, søvn for soevn. It is "" for all other parts.
func Core(part string) string {
	if word := cores().wide[Fold(part)]; word != "" {
		return word
	}
	if word := cores().roots[part]; word != "" {
		return word
	}
	return cores().roots[root(part)]
}

// leastRest is the least length of the unknown part of a compound, in letters.
const leastRest = 3

// ailments are the words that a compound is about whatever it begins with, folded: a stressfraktur is no stress.
var ailments = [...]string{"fraktur", "frakturer", "betennelse", "betennelser", "infeksjon", "infeksjoner", "utslett", "katarr", "flimmer", "byll", "abscess", "ruptur", "bloedning", "forgiftning"}

// HalfKnown gives the health matter that a compound is about when no more of it is known: søvn for søvnmangel, angst for flyangst. The longest
// such part counts, the first one before the last. A word without æ, ø and å may have bare letters in their place. It is "" if there is none,
// or if what is left cannot be a word of its own.
func HalfKnown(word string) string {
	folded := Fold(word)
	if len(word) > maxCompound || whole()[folded] || whole()[Root(word)] ||
		slices.ContainsFunc(ailments[:], func(ailment string) bool { return strings.HasSuffix(folded, ailment) }) {
		return ""
	}
	if core := half(folded, cores().wide, Core); core != "" || !isASCII(word) {
		return core
	}
	return half(word, cores().bare, func(part string) string { return cores().bare[part] })
}

// half looks for the first part among the forms as they stand, since an ending at that place is none, and for the last one in any inflection.
func half(word string, first map[string]string, last func(string) string) string {
	for at := len(word) - leastRest; at >= leastPart; at-- {
		if found := first[word[:at]]; found != "" && letters(word[at:]) >= leastRest && mayBegin(word[at:]) {
			return found
		}
	}
	for at := leastRest; at <= len(word)-leastRest; at++ {
		if !utf8.RuneStart(word[at]) {
			continue
		}
		if found := last(word[at:]); found != "" && strings.ContainsAny(word[:at], vowels) {
			return found
		}
	}
	return ""
}

// letters is how many letters a folded word has, of which some are written as two.
func letters(word string) int {
	return len(word) - strings.Count(word, "ae") - strings.Count(word, "oe") - strings.Count(word, "aa")
}

const vowels = "aeiouy"

// onsets are the groups of consonants that a Norwegian word begins with.
var onsets = set(`bj bl br dr dj dv fj fl fn fr gj gl gn gr hj hv kj kl kn kr kv lj mj nj pj pl pr ps sj sk skj skl skr skv sl sm sn sp spl spj spr st str stj sv tj tr tv vr th ch ph wh sc`)

// mayBegin says that a word may begin so, after a linking s.
func mayBegin(rest string) bool {
	return begins(rest) || rest[0] == 's' && len(rest) > leastRest && begins(rest[1:])
}

func begins(word string) bool {
	at := strings.IndexAny(word, vowels)
	return at == 0 || at == 1 || at > 1 && onsets[word[:at]]
}
