package norwegian_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/verktoykatalog/verktoy/internal/norwegian"
)

func TestWordsThatTellLittle(t *testing.T) {
	for _, w := range []string{"kjøpe", "kjøper", "få", "faa", "dager", "barna", "hjelp", "same", "weeks"} {
		assert.True(t, norwegian.Generic(norwegian.Root(w)), w)
		assert.True(t, norwegian.Common(w), w)
	}
	for _, w := range []string{"søvn", "angst", "foreldre", "gravid", "sovesofa", "gull", ""} {
		assert.False(t, norwegian.Generic(norwegian.Root(w)), w)
	}
	assert.True(t, norwegian.Everyday(norwegian.Root("bussen")))
	assert.False(t, norwegian.Everyday("angst"))
}

func TestSentence(t *testing.T) {
	for text, want := range map[string]bool{
		"jeg får ikke sove": true, "mannen min drikker": true, "kjøpe sovesofa": false, "lystgass under fødselen": false, "": false,
		"søvn angst stress uro sinne sorg rus tvang vold": true, // nine words
	} {
		assert.Equal(t, want, norwegian.Sentence("nb", strings.Fields(text)), text)
	}
	assert.True(t, norwegian.Sentence("en", []string{"i", "panic"}))
	assert.False(t, norwegian.Sentence("nb", []string{"i", "panikk"}), "a preposition")
}

func TestLanguage(t *testing.T) {
	for text, want := range map[string]string{
		"side effects of lithium": "en", "jeg vil ikke": "nb", "eg vil ikkje": "nn", "angst": "se", "the jeg": "se", "": "se",
	} {
		assert.Equal(t, want, norwegian.Language("se", strings.Fields(text)), text)
	}
}
