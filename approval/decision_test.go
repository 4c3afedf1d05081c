package approval_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
)

func TestParseDecisionRefuses(t *testing.T) {
	stored := encode(t, evaluate(t, nil))
	change := func(old, new string) string {
		out := strings.Replace(stored, old, new, 1)
		require.NotEqual(t, stored, out, old)
		return out
	}
	cases := []struct {
		name, data string
		want       error
	}{
		{"another day", change(`"validUntil":"2028-01-15"`, `"validUntil":"2029-01-15"`), approval.ErrAltered},
		{"another reason", change("The vendor answers yes", "The vendor answers no"), approval.ErrAltered},
		{"another digest", change(`"sha256":"4`, `"sha256":"5`), approval.ErrAltered},
		{"unknown outcome", change(`"outcome":"approved-without-therapist"`, `"outcome":"approved"`), approval.ErrInvalid},
		{"no day of the calendar", change(`"validUntil":"2028-01-15"`, `"validUntil":"2028-02-30"`), approval.ErrInvalid},
		{"duplicate member", change(`"version":1`, `"version":1,"version":1`), approval.ErrInvalid},
		{"unknown member", change(`"version":1`, `"version":1,"extra":true`), approval.ErrInvalid},
		{"member missing", change(`"rule":"all-met",`, ``), approval.ErrInvalid},
		{"empty", "", approval.ErrInvalid},
		{"empty object", "{}", approval.ErrInvalid},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := approval.ParseDecision([]byte(c.data))
			require.ErrorIs(t, err, c.want)
		})
	}
}
