package catalogue

// how says in what way a term answers a word, the best way first.
type how int

const (
	exact how = iota
	inflected
	folded
	nynorsk
	compound
	synonym
	likely
	prefix
	typo
)

// The ways in which a term answers a word: the values of [Match.How].
const (
	HowExact     = "exact"
	HowInflected = "inflected" // another form of the word
	HowFolded    = "folded"    // æ, ø, å or accents written otherwise
	HowNynorsk   = "nynorsk"   // the word of the other written Norwegian
	HowCompound  = "compound"  // the word is part of a longer one, or the other way round
	HowSynonym   = "synonym"   // another expression for the same matter
	HowLikely    = "likely"    // what the query as a whole is likely about, by the words that people use of it
	HowPrefix    = "prefix"    // the word, the last one of the query, begins the term
	HowTypo      = "typo"      // a word that no tool has, and a known one that is spelled nearly the same
)

// ways says what each way is called, and what a term found in it counts for.
var ways = [...]struct {
	name   string
	weight float32
}{
	exact:     {HowExact, 1},
	inflected: {HowInflected, 0.9},
	folded:    {HowFolded, 0.8},
	nynorsk:   {HowNynorsk, 0.9},
	compound:  {HowCompound, 0.6},
	synonym:   {HowSynonym, 0.5},
	likely:    {HowLikely, 0.5},
	prefix:    {HowPrefix, 0.6},
	typo:      {HowTypo, 0.7},
}
