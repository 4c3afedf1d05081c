package approval

// fewWords is up to how many words of all names together each other name is compared with all of them.
const fewWords = 64

// wordIndex finds names by their words, as [sameWords] compares them, without
// looking at those that share none.
type wordIndex struct {
	having map[string][]share
	// lengths are how many words each name has; shared and covered are scratch.
	lengths         []int
	shared, covered []int
}

// share is how often a name has a word.
type share struct{ name, times int }

// indexed is nil for few words.
func indexed(names [][]string) *wordIndex {
	all := 0
	for _, words := range names {
		all += len(words)
	}
	if all <= fewWords {
		return nil
	}
	x := &wordIndex{having: map[string][]share{}, lengths: make([]int, len(names)), shared: make([]int, len(names)), covered: make([]int, len(names))}
	for i, words := range names {
		x.lengths[i] = len(words)
		for word, n := range counted(words) {
			x.having[word] = append(x.having[word], share{i, n})
		}
	}
	return x
}

// has says whether one of the names has the same words: the shorter of the two
// has no word that the longer one lacks, and more than one unless they are as long.
func (x *wordIndex) has(words []string) bool {
	clear(x.shared)
	clear(x.covered)
	for word, n := range counted(words) {
		for _, s := range x.having[word] {
			x.shared[s.name] += s.times // words of the name that are among these
			x.covered[s.name] += n      // words of these that are in the name
		}
	}
	for i, own := range x.lengths {
		if own <= len(words) && x.shared[i] == own && (own == len(words) || own > 1) || len(words) > 1 && own > len(words) && x.covered[i] == len(words) {
			return true
		}
	}
	return false
}

func counted(words []string) map[string]int {
	n := make(map[string]int, len(words))
	for _, w := range words {
		n[w]++
	}
	return n
}
