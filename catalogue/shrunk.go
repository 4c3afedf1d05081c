package catalogue

import (
	"errors"
	"fmt"
)

// ErrShrunk is what [FollowStatus] has when more tools are missing in a document than [FollowConfig.MaxMissing] allows, and what
// [Live.Replace] gives when more than half of them are.
var ErrShrunk = errors.New("catalogue: too many tools are missing in the document")

// mostMissing is how many of the listed tools may be missing where nobody has said how many, in percent.
const mostMissing = 50

// shrunk is [ErrShrunk] if too many tools that are listed in old are only kept in x, which follows from it.
func (x *Index) shrunk(old *Index, most int) error {
	listed, missing := 0, 0
	for _, t := range old.tools {
		if t.Status == StatusListed {
			listed++
			if x.missing[t.ID] {
				missing++
			}
		}
	}
	if missing*100 > listed*most {
		return fmt.Errorf("%w: %d of %d listed ones, want at most %d percent", ErrShrunk, missing, listed, most)
	}
	return nil
}
