package catalogue_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/catalogue/sample"
)

// Whoever types the last word of a query to its end does not lose on the way what
// was found from its third letter on.
func TestNothingIsLostWhileTyping(t *testing.T) {
	x, err := sample.Index()
	require.NoError(t, err)
	for _, text := range []string{"sosial angst", "sosial fobi", "depresjon", "panikkanfall", "søvnvansker", "tvangstanker", "bekymringer", "får ikke sove", "spiseforstyrrelse"} {
		last := []rune(text[strings.LastIndexByte(text, ' ')+1:])
		start, before := strings.TrimSuffix(text, string(last)), false
		for n := 3; n <= len(last); n++ {
			r, err := x.Search(catalogue.Query{Text: start + string(last[:n])})
			require.NoError(t, err)
			assert.False(t, before && r.Total == 0, "%q finds nothing, and one letter less did", start+string(last[:n]))
			before = r.Total > 0
		}
		require.True(t, before, text)
	}
}
