package norwegian

import "slices"

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
	keys := []string{folded, Stem(folded), fold(Stem(word))}
	slices.Sort(keys)
	return slices.Compact(keys)
}
