package prescription

import (
	"strings"

	"github.com/verktoykatalog/verktoy/internal/nationalid"
)

const wantPseudonym = "8 to 64 letters, digits and . _ : / - with a letter, random"

// ValidPseudonym says whether a citizen can be known by s: 8 to 64 letters,
// digits and . _ : / - of which one is a letter, without what may be an
// identity number, however it is parted ("158190.00000"). Whether it is random,
// and no name, is not known here.
func ValidPseudonym(s string) bool {
	return len(s) >= 8 && isCode(s, 64) && strings.ContainsAny(s, letters) && !nationalid.Contains(parted.Replace(s))
}

var parted = strings.NewReplacer(".", "-", "_", "-", ":", "-", "/", "-")
