package catalogue_test

import (
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
)

// What a Norwegian editor reads about a document is Norwegian to the end of the sentence.
func TestProblemsAreNorwegianThroughout(t *testing.T) {
	document := `{"version":1,"tools":[{"id":"A B","status":"gone","vendor":{"orgNumber":"1","name":"\u0001"},"areas":["X Y"],"languages":["no"],
		"ages":{"min":-1},"name":{"nb":"N"},"access":{"national":"yes"},"start":[{"platform":"web","url":"ftp://x","profile":"link"}],
		"units":[{"id":"u","title":{"nb":"U"},"days":99999}],"approval":{"decision":"d","validUntil":"2026-02-30"}}]}`
	_, err := catalogue.Parse([]byte(document))
	var wrong *catalogue.DocumentError
	require.ErrorAs(t, err, &wrong)
	require.GreaterOrEqual(t, len(wrong.Problems), 10)
	english := regexp.MustCompile(`(?i)\b(want|letters?|digits?|day|such|address|characters?|with|without|which|number|an)\b`)
	for _, p := range wrong.Problems {
		for _, lang := range []catalogue.Lang{"nb", "nn"} {
			assert.NotRegexp(t, english, p.Text[lang], "%s in %s", p.Pointer, lang)
		}
	}
}
