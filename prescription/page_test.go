package prescription_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/verktoykatalog/verktoy/prescription"
)

func TestAPageThatIsNotAskedForHasADefault(t *testing.T) {
	for n, want := range map[int]int{-1: 100, 0: 100, 1: 1, 100: 100, 1_000: 1_000, 1_001: 1_000} {
		assert.Equal(t, want, prescription.PageSize(n), n)
	}
}
