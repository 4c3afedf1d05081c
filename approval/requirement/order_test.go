package requirement

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/verktoykatalog/verktoy/approval"
)

func TestVersionsAreOrderedAsNumbers(t *testing.T) {
	refs := []approval.SetRef{{ID: "b", Version: "1.0.0"}, {ID: "a", Version: "1.10.0"}, {ID: "a", Version: "2.0.0"}, {ID: "a", Version: "1.9.3"}}
	slices.SortFunc(refs, compare)
	want := []approval.SetRef{{ID: "a", Version: "1.9.3"}, {ID: "a", Version: "1.10.0"}, {ID: "a", Version: "2.0.0"}, {ID: "b", Version: "1.0.0"}}
	assert.Equal(t, want, refs)
}
