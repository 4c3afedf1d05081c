package norwegian_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/verktoykatalog/verktoy/internal/norwegian"
)

func TestHalfKnown(t *testing.T) {
	for word, want := range map[string]string{
		"søvnmangel":    "søvn",
		"soevnmangel":   "søvn",
		"sovnmangel":    "søvn", // bare letters
		"mobbesak":      "mobbing",
		"roykesug":      "røyking",
		"selvmordstegn": "selvmord",
		"flyangst":      "angst",
		"flyangsten":    "angst",
		"tannlegefobi":  "fobi",
		"håndeksem":     "eksem",
		"håndball":      "",
		"stressfraktur": "", // a fraktur
		"rushtrafikk":   "", // no word begins with htr
		"forsørger":     "", // an ø is no o
		"ammunisjon":    "", // amme is no amm
		"pulterkammer":  "",
		"førstehjelp":   "",
		"fødselsnummer": "", // the list of words that are whole
		"søvn":          "",
		"":              "",
		"дддддсорг":     "",
		"sorgsorgsorgsorgsorgsorgsorgsorgsorgsorgsorgsorgsorgsorgsorgsorgsorg": "",
	} {
		assert.Equal(t, want, norwegian.HalfKnown(word), word)
	}
}

func TestCore(t *testing.T) {
	for part, want := range map[string]string{"soevn": "søvn", "smert": "smerte", "angsten": "angst", "mobbe": "mobbing", "haand": "", "hjelp": "", "": ""} {
		assert.Equal(t, want, norwegian.Core(part), part)
	}
}
