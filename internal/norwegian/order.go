package norwegian

import "strings"

var dictionary = strings.NewReplacer("æ", "{1", "ä", "{1", "ø", "{2", "ö", "{2", "å", "{3")

// SortKey returns a key whose byte order is the order of a Norwegian dictionary: case and accents do not count, æ, ø and å come after
// z in this order, words are compared one by one. Equal keys do not mean equal texts.
func SortKey(text string) string {
	words := Words(text)
	for i, w := range words {
		words[i] = ascii(w, dictionary)
	}
	return strings.Join(words, " ")
}
