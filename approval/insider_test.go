package approval_test

import (
	"math/rand"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
)

// The index finds the names that comparing each one finds, with words that come
// again, in any order, and of any number.
func TestNamesAreFoundByTheirWords(t *testing.T) {
	c := chance{rand.New(rand.NewSource(5))}
	name := func() string {
		words := make([]string, c.Intn(5))
		for i := range words {
			words[i] = pick(c, "ola", "kari", "berg", "lie", "dahl")
		}
		return strings.Join(words, " ")
	}
	same, cases := 0, 20_000
	for range cases {
		people := []string{name(), name(), name()}[:1+c.Intn(3)]
		asked := name()
		each, byIndex := approval.Insider(people, asked)
		require.Equal(t, each, byIndex, "%q among %q", asked, people)
		if each {
			same++
		}
	}
	require.Greater(t, same, cases/10)
	require.Less(t, same, cases*9/10)
}
