package norwegian

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Tier says how far two spellings may be from each other.
type Tier int

// The tiers, in the order in which they are tried: the second only for a word that the first one does not find.
const (
	TierWide Tier = iota // æ, ø, å as ae, oe, aa
	TierBare             // æ, ø, å as a, o, a
)

// Keys returns the keys under which a word is stored and looked up in a tier, sorted and without doublets: the word and its stem,
// folded. Two words belong together when they share a key. The stem is taken before and after folding, because folding changes where
// the stemmer sees vowels; and the word itself stays a key, because the stemmer takes the last s of kurs for an inflection, which
// would part it from kurset.
func Keys(word string, tier Tier) []string {
	fold := Fold
	if tier == TierBare {
		fold = FoldBare
	}
	folded := fold(word)
	if stem, known := stems()[word]; known {
		return ordered([]string{folded, fold(stem)})
	}
	keys := []string{folded}
	if stem := Stem(folded); inflects(folded, stem) && !cutsLetter(word, stem, tier) {
		keys = append(keys, stem)
	}
	if word == folded {
		return ordered(keys)
	}
	if stem := Stem(word); inflects(word, stem) {
		keys = append(keys, fold(stem))
	}
	return ordered(keys)
}

func ordered(keys []string) []string {
	slices.Sort(keys)
	return slices.Compact(keys)
}

// inflects guards short stems: the stemmer takes the ens of demens and the s of kols for genitives, which makes them dem and kol. From
// four letters on a stem is believed, below only where the ending is no genitive.
func inflects(word, stem string) bool {
	return utf8.RuneCountInString(stem) >= 4 || !strings.HasSuffix(word, "s") || word == stem
}

// cutsLetter says that the ending of a stem with bare letters is one only because its letters are bare: the as of kolsås is none.
func cutsLetter(word, stem string, tier Tier) bool {
	letters := []rune(word)
	return tier == TierBare && len(stem) < len(letters) && !isASCII(string(letters[len(stem):]))
}
