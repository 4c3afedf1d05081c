package requirement_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/approval/requirement"
)

func TestBaselineHasNoIssues(t *testing.T) {
	assert.Empty(t, baseline(t).Lint())
}

// The web baseline is released: requirements without help stay so. Nothing else may be wrong with it.
func TestWebBaselineLacksSomeHelp(t *testing.T) {
	set, err := requirement.GetVersion(requirement.WebBaseline, "1.0.0")
	require.NoError(t, err)
	found := set.Lint()
	assert.Len(t, found, 12)
	for _, i := range found {
		assert.Equal(t, approval.LintNoHelp, i.Code, i.Pointer)
	}
}
