package prescription_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/verktoykatalog/verktoy/prescription"
)

// What a citizen is known by stays in clear and in audit trails for ever.
func TestValidPseudonym(t *testing.T) {
	for _, s := range []string{"p-4c1f8a7e", "patients/1:a.b_c", "0193a6f0-1234-7abc-8def-123456789012", "158190-a0000", strings.Repeat("a", 64),
		"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"} {
		assert.True(t, prescription.ValidPseudonym(s), s)
	}
	for _, s := range []string{"", "p-4c1f8", strings.Repeat("a", 65), "123456789", "ola@example.org", "ola nordmann", "pasient-å",
		"p15819000000", "p/158190-00000", "p.158190.00000", "158190_00000-a", "a158190:00000", "pasient/158190/00000"} {
		assert.False(t, prescription.ValidPseudonym(s), s)
	}
}
