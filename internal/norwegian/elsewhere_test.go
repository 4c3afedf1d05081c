package norwegian_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/verktoykatalog/verktoy/internal/norwegian"
)

func TestWordsAboutSomethingElse(t *testing.T) {
	for _, w := range []string{"banken", "årsavgiften", "brannslanger", "leilighet", "traktorer"} {
		assert.True(t, norwegian.Elsewhere(w), w)
		assert.True(t, norwegian.Common(w), w)
	}
	for _, w := range []string{"angst", "flyangst", "søvnproblem", "frost", "avhengighet", "hallusinasjoner", "kontor", "jobb", ""} {
		assert.False(t, norwegian.Elsewhere(w), w)
	}
}

func TestPeopleOfWhomATextSpeaks(t *testing.T) {
	for text, want := range map[string][]string{
		"datteren min sørger": {"children", "parents"}, "en på 8 år": {"children", "parents"}, "hun er 15": {"parents", "young-adults", "youth"},
		"72 år og ensom": {"elderly", "seniors"}, "40 år": nil, "i 8 år": nil, "8 timer": nil, "sorg": nil, "": nil,
	} {
		assert.Equal(t, want, norwegian.People(strings.Fields(text)), text)
	}
}

// The last part of these tells nothing, so the first one tells what they are about.
func TestHeadsTellNothing(t *testing.T) {
	for _, w := range []string{"problem", "gruppe", "behandling"} {
		assert.True(t, norwegian.Head(w), w)
	}
	assert.False(t, norwegian.Head("angst"))
	for _, folded := range []string{"oevelser", "foelelse"} { // the stemmer ends them elsewhere than with ø
		assert.True(t, norwegian.Head(norwegian.Root(folded)), folded)
	}
}

func TestAnimalsOfWhomATextTells(t *testing.T) {
	for text, want := range map[string]bool{
		"hunden er redd for torden": true, "når hunden skjelver": true, "min hunden spiser": true, "my dog is sad": true,
		"redd for hunden": false, "mistet hunden min": false, "hund": false, "hunden": false, "": false,
	} {
		words := norwegian.Words(text)
		animal := slices.ContainsFunc(words, func(w string) bool { return norwegian.Animal(words, w) })
		assert.Equal(t, want, animal, text)
	}
}

func TestAilmentsAndMeasures(t *testing.T) {
	for _, w := range []string{"meslinger", "meslingene", "eksem", "parkinsons", "measles"} {
		assert.True(t, norwegian.Ailment(w), w)
		assert.True(t, norwegian.Right(w), w)
		assert.False(t, norwegian.Measure(norwegian.Root(w)), w)
	}
	for _, w := range []string{"vaksine", "vaksinen", "resepter", "vaccination"} {
		assert.True(t, norwegian.Measure(norwegian.Root(w)), w)
		assert.True(t, norwegian.Right(w), w)
	}
	for _, w := range []string{"anngst", "xyzzy", "eksen", ""} {
		assert.False(t, norwegian.Right(w), w)
	}
}
