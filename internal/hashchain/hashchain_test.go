package hashchain_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/verktoykatalog/verktoy/internal/hashchain"
)

// Made by another program: printf '3:abc0:2:å' | sha256sum.
func TestTheFormNeverChanges(t *testing.T) {
	assert.Equal(t, "2eaec0496393211425749d5bd7414b939faac610841ad3f7be5c8171149f7e23", hashchain.Sum("abc", "", "å"))
}

func TestFieldsDoNotRunTogether(t *testing.T) {
	seen := map[string][]string{}
	for _, fields := range [][]string{{"ab", "c"}, {"a", "bc"}, {"abc"}, {"abc", ""}, {"", "abc"}, {"2:ab1:c"}, {}, {""}} {
		sum := hashchain.Sum(fields...)
		assert.NotContains(t, seen, sum, "%q", fields)
		seen[sum] = fields
	}
}

func TestFault(t *testing.T) {
	good := hashchain.Link{Seq: 2, Hash: "h", Previous: "p", Sum: "h"}
	cases := []struct {
		name, want string
		edit       func(*hashchain.Link)
	}{
		{"as it was", "", func(*hashchain.Link) {}},
		{"another number", "is out of sequence", func(l *hashchain.Link) { l.Seq = 3 }},
		{"after another row", "does not follow the entry before", func(l *hashchain.Link) { l.Previous = "q" }},
		{"other content", "has another hash than its content", func(l *hashchain.Link) { l.Sum = "g" }},
	}
	for _, c := range cases {
		l := good
		c.edit(&l)
		assert.Equal(t, c.want, l.Fault(2, "p"), c.name)
	}
}
