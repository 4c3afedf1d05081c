package nationalid_test

import (
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/verktoykatalog/verktoy/internal/nationalid"
	"github.com/verktoykatalog/verktoy/internal/underrace"
)

// The rule as three expressions, without the quick look that comes before them.
var (
	uuid   = regexp.MustCompile(`(?i)\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b`)
	digest = regexp.MustCompile(`(?i)\b[0-9a-f]{32,128}\b`)
	number = regexp.MustCompile(`(^|[^0-9])([0-9]{11}|[0-9]{6}[ \x{a0}-][0-9]{5})([^0-9]|$)`)
)

func TestTheQuickLookHidesNothing(t *testing.T) {
	random := rand.New(rand.NewPCG(20260921, 11))
	pieces := []string{"158190", "00000", "15819000000", "1", " ", "-", "\u00a0", "\u00c2", "\xc2", "a", "é", "/", "0193a6f0-1234-7abc-8def-a12345678901"}
	found := 0
	for range underrace.Cases(200_000) {
		var b strings.Builder
		for range random.IntN(7) {
			b.WriteString(pieces[random.IntN(len(pieces))])
		}
		want := number.MatchString(digest.ReplaceAllString(uuid.ReplaceAllString(b.String(), " "), " "))
		if want {
			found++
		}
		if got := nationalid.Contains(b.String()); got != want {
			t.Fatalf("%q: %v", b.String(), got)
		}
	}
	assert.Greater(t, found, underrace.Cases(10_000))
}
