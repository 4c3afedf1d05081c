package main

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/kljensen/snowball/norwegian"
	"github.com/stretchr/testify/require"

	own "github.com/verktoykatalog/verktoy/internal/norwegian"
)

// Our stemmer gives what another one does that follows the same rules, on every word of the texts and on words made of all endings.
func TestStemAgreesWithSnowball(t *testing.T) {
	words := textWords(t)
	require.Greater(t, len(words), 5000)
	r := rand.New(rand.NewPCG(5, 6))
	endings := strings.Fields(`hetenes hetene hetens endes heter heten ende ande edes enes ene ane ets ers ede ast ens het as es en ar er et e a s
		erte ert dt vt hetslov eleg elig elov slov leg eig lig els lov ig ks aks sks k d v n`)
	letters := []rune("aeiouyæøåbdfgklmnrstvkszé1")
	for range 200_000 {
		var w []rune
		for range r.IntN(5) {
			w = append(w, letters[r.IntN(len(letters))])
		}
		word := string(w)
		for range r.IntN(4) {
			word += endings[r.IntN(len(endings))]
		}
		words = append(words, word)
	}
	for _, w := range words {
		require.Equal(t, norwegian.Stem(w, true), own.Snowball(w), w)
	}
}

// textWords are the words of two catalogues, each once, as they stand and folded.
func textWords(t *testing.T) []string {
	var out []string
	for _, file := range []string{"", "testdata/norwegian/catalogue.json"} {
		tools, err := readTools(file)
		require.NoError(t, err)
		for i := range tools {
			for _, c := range columns {
				for _, text := range c.text(&tools[i]) {
					for _, w := range own.Words(text) {
						out = append(out, w, own.Fold(w), own.FoldBare(w))
					}
				}
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
