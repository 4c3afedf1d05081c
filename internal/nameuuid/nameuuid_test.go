package nameuuid

import (
	"encoding/hex"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
)

// RFC 9562, appendix A.4.
func TestTheExampleOfTheRFC(t *testing.T) {
	dns := mustDecode("6ba7b8109dad11d180b400c04fd430c8")
	assert.Equal(t, "2ed6657de927568b95e12665a8aea6a2", hex.EncodeToString(v5(dns, "www.example.com")))
}

func TestNamesThatDifferHaveOtherUUIDs(t *testing.T) {
	form := regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
	seen := map[string]bool{}
	for _, parts := range [][]string{nil, {""}, {"a"}, {"a", ""}, {"", "a"}, {"ab"}, {"a", "b"}, {"a1:b"}} {
		u := New(parts...)
		assert.Regexp(t, form, u)
		assert.False(t, seen[u], "%q", parts)
		assert.Equal(t, u, New(parts...))
		seen[u] = true
	}
}
