package launch_test

import (
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/verktoykatalog/verktoy/launch"
)

// FHIR's own expressions for a resource type and an id, side by side with the code.
func TestPartyIsWhatTheExpressionSays(t *testing.T) {
	form := regexp.MustCompile(`\A(?:([A-Z][A-Za-z]{1,63})/)?([A-Za-z0-9.-]{1,64})\z`)
	random := rand.New(rand.NewPCG(20260921, 12))
	pieces := []string{"Patient", "P", "p", "Æ", "/", "7f0b", ".", "-", "_", "\n", "\xff", strings.Repeat("a", 62), "A" + strings.Repeat("b", 63)}
	good := 0
	for range 200_000 {
		var b strings.Builder
		for range random.IntN(6) {
			b.WriteString(pieces[random.IntN(len(pieces))])
		}
		m := form.FindStringSubmatch(b.String())
		p, err := launch.ParseParty(b.String())
		if m == nil {
			assert.ErrorIs(t, err, launch.ErrParty, "%q", b.String())
			continue
		}
		good++
		assert.NoError(t, err, "%q", b.String())
		assert.Equal(t, launch.Party{Type: m[1], ID: m[2]}, p)
	}
	assert.Greater(t, good, 10_000)
}
