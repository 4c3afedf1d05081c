package vendor_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/vendor"
)

func ExampleParseOrgNumber() {
	number, err := vendor.ParseOrgNumber("999999999")
	fmt.Println(number, err)
	_, err = vendor.ParseOrgNumber("999999998")
	fmt.Println("want", err)
	// Output:
	// 999999999 <nil>
	// want an organisation number of nine digits with a valid check digit
}

func TestParseOrgNumberRefuses(t *testing.T) {
	for name, text := range map[string]string{
		"empty":              "",
		"eight digits":       "99999999",
		"ten digits":         "9999999999",
		"spaces":             "999 999 999",
		"letter":             "99999999A",
		"full-width digit":   "９99999999",
		"wrong check digit":  "999999990",
		"all zeros":          "000000000",
		"trailing new line":  "999999999\n",
		"minus check digit":  "10000000-",
		"check digit is ten": "100000300",
	} {
		t.Run(name, func(t *testing.T) {
			n, err := vendor.ParseOrgNumber(text)
			require.ErrorIs(t, err, vendor.ErrOrgNumber)
			assert.Empty(t, n)
		})
	}
}

// Each stem of eight digits has one valid check digit or, where it would be ten, none.
func TestOneCheckDigitAtMost(t *testing.T) {
	none := 0
	for stem := range 20_000 {
		valid := 0
		for digit := range 10 {
			if _, err := vendor.ParseOrgNumber(fmt.Sprintf("%08d%d", 31_000_000+stem, digit)); err == nil {
				valid++
			}
		}
		require.LessOrEqual(t, valid, 1)
		if valid == 0 {
			none++
		}
	}
	assert.InDelta(t, 20_000/11, none, 20, "one stem of eleven has none")
}

func TestUnmarshalTextKeepsTheOldNumber(t *testing.T) {
	n := vendor.OrgNumber("999999999")
	require.ErrorIs(t, n.UnmarshalText([]byte("123")), vendor.ErrOrgNumber)
	assert.Equal(t, vendor.OrgNumber("999999999"), n)
	require.NoError(t, n.UnmarshalText([]byte("315260183")))
	assert.Equal(t, vendor.OrgNumber("315260183"), n)
}
