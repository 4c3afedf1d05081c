package nationalid_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/internal/nationalid"
	"github.com/verktoykatalog/verktoy/internal/underrace"
)

// complete gives a number with right check digits for the six digits of a
// birth date, taking the first individual number that has them.
func complete(t *testing.T, date string) string {
	t.Helper()
	for n := range 100_000 {
		if s := fmt.Sprintf("%s%05d", date, n); nationalid.Valid(s) {
			return s
		}
	}
	require.Failf(t, "no number", "date %s", date)
	return ""
}

func TestKnownCheckDigitsOfASyntheticNumber(t *testing.T) {
	// Worked by hand for 01 81 00 with individual number 000:
	// 7*1 + 6*8 + 1*1 = 56, 56 mod 11 = 1, which gives 10: nobody has it.
	// Individual number 001 adds 2*1: 58 mod 11 = 3, which gives 8; then
	// 4*1 + 3*8 + 2*1 + 3*1 + 2*8 = 49, 49 mod 11 = 5, which gives 6.
	assert.True(t, nationalid.Valid("01810000186"))
	for n := range 100 {
		assert.False(t, nationalid.Valid(fmt.Sprintf("018100000%02d", n)), "the remainder that gives 10")
	}
}

func TestValid(t *testing.T) {
	good := complete(t, "158190")
	tests := []struct {
		name string
		in   string
		want bool
	}{
		{"month plus 80", good, true},
		{"month plus 40", complete(t, "154190"), true},
		{"d-number with month plus 80", complete(t, "558190"), true},
		{"29 February of a leap year", complete(t, "298204"), true},
		{"empty", "", false},
		{"ten digits", good[:10], false},
		{"twelve digits", good + "1", false},
		{"letter", good[:10] + "x", false},
		{"space inside", good[:6] + " " + good[6:], false},
		{"all zeros", "00000000000", false},
	}
	require.NotEmpty(t, tests)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { assert.Equal(t, tt.want, nationalid.Valid(tt.in)) })
	}
}

func TestNoNumberHasAnImpossibleDate(t *testing.T) {
	for _, date := range []string{"008190", "328190", "318490", "298205", "158090", "159390", "155390", "151390", "728190"} {
		for n := range underrace.Cases(100_000) {
			if s := fmt.Sprintf("%s%05d", date, n); nationalid.Valid(s) {
				t.Errorf("date %s is taken for possible", date)
				break
			}
		}
	}
}

func TestEveryChangedDigitIsFound(t *testing.T) {
	good := complete(t, "158190")
	for i := range good {
		for d := byte('0'); d <= '9'; d++ {
			changed := []byte(good)
			changed[i] = d
			assert.Equal(t, string(changed) == good, nationalid.Valid(string(changed)), "place %d", i)
		}
	}
}

func TestSynthetic(t *testing.T) {
	assert.True(t, nationalid.Synthetic(complete(t, "158190")))
	assert.True(t, nationalid.Synthetic(complete(t, "154190")))
	assert.False(t, nationalid.Synthetic("15019000000"))
	assert.False(t, nationalid.Synthetic("15819"))
}

func TestContains(t *testing.T) {
	tests := []struct {
		in   string
		want bool
	}{
		{"15819000000", true}, {"visit:15819000000:2", true}, {"fnr15819000000", true}, {"15819000000a", true},
		{"158190 00000", true}, {"158190-00000", true}, {"158190\u00a000000", true}, {"født 15819000000.", true},
		{"v1p15819000000", true}, {"p1x15819000000", true}, {"15819000000a15819000000", true},
		{"", false}, {"1581900000", false}, {"158190000001", false}, {"158190000001234567", false},
		{"0193a6f0-1234-7abc-8def-a12345678901", false}, {"visit/0193A6F0-1234-7ABC-8DEF-A12345678901", false},
		{"9f86d081884c7d65912345678901aa5c", false}, {"999999999", false},
	}
	require.NotEmpty(t, tests)
	for _, tt := range tests {
		assert.Equal(t, tt.want, nationalid.Contains(tt.in), "%q", tt.in)
	}
}
