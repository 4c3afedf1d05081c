package acceptlanguage_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/verktoykatalog/verktoy/internal/acceptlanguage"
)

func TestPick(t *testing.T) {
	for header, want := range map[string]string{
		"":                                  "nb",
		"no":                                "nb",
		"nb-NO,nb;q=0.9,en;q=0.5":           "nb",
		"nn, nb":                            "nn",
		"NN-no ; q=1, nb;q=0.8":             "nn",
		"nb;q=0.4, en-GB;q=0.9, nn;q=0.100": "en",
		"de, en;q=0.5":                      "en",
		"de, fr;q=0.9":                      "nb",
		"en;q=0, nn;q=0.1":                  "nn",
		"en;q=999, nn;q=x, de":              "nb",
		"en;level=1":                        "en",
	} {
		assert.Equal(t, want, acceptlanguage.Pick(header), header)
	}
}
