package launch_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// shared gives the first piece of that length that the two texts have in common.
func shared(secret, text string, length int) string {
	pieces := map[string]bool{}
	for at := 0; at+length <= len(text); at++ {
		pieces[text[at:at+length]] = true
	}
	for at := 0; at+length <= len(secret); at++ {
		if piece := secret[at : at+length]; pieces[piece] {
			return piece
		}
	}
	return ""
}

// values reads, as generously as can be, what the message's payload and header
// say of a person or the message itself.
func values(token string, refused bool) (found []string) {
	names := []string{"sub", "patient", "resource", "definition", "intent"}
	if refused {
		names = append(names, "jti", "aud")
	}
	for _, segment := range strings.Split(token, ".") {
		data, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(strings.TrimSpace(segment), "="))
		var members map[string]any
		if err != nil || json.Unmarshal(data, &members) != nil {
			continue
		}
		for name, value := range members {
			text := fmt.Sprint(value)
			if slices.Contains(names, name) && len(text) > 5 {
				found = append(found, text)
			}
		}
	}
	return found
}

// The test's own eyes: a leak is seen.
func TestSharedSeesALeak(t *testing.T) {
	assert.Equal(t, "cdef", shared("abcdefgh", "xx cdef yy", 4))
	assert.Empty(t, shared("abcdefgh", "xx cde yy", 4))
	token := newTool(t).portal.Good()
	assert.Contains(t, values(token, true), "Patient/7f0b6c1e9a")
	assert.Len(t, values(token, true), 5)
}
