package underrace_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/verktoykatalog/verktoy/internal/underrace"
)

func TestTheFirstIsAlwaysTried(t *testing.T) {
	assert.Equal(t, 1, underrace.Cases(1))
	assert.Equal(t, []string{"a"}, underrace.Some([]string{"a"}))
	assert.Empty(t, underrace.Some([]string{}))
}

// The two tell the same share.
func TestShare(t *testing.T) {
	list := make([]int, 1000)
	assert.Len(t, underrace.Some(list), underrace.Cases(len(list)))
	assert.Contains(t, []int{1000, 100}, len(underrace.Some(list)))
}
