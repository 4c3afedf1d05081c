package problem_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/verktoykatalog/verktoy/internal/problem"
)

func at(pointers ...string) []problem.Problem {
	var out []problem.Problem
	for _, p := range pointers {
		out = append(out, problem.Problem{Pointer: p})
	}
	return out
}

func TestUnrelated(t *testing.T) {
	all := []string{"/a", "/a/b", "/a/b/0", "/ab", "/c"}
	for name, tt := range map[string]struct{ cause, want []problem.Problem }{
		"nothing wrong before":                 {nil, at(all...)},
		"the whole document is wrong":          {at(""), nil},
		"the same, within, and around a place": {at("/a/b"), at("/ab", "/c")},
		"a name that begins alike is another":  {at("/ab"), at("/a", "/a/b", "/a/b/0", "/c")},
	} {
		assert.Equal(t, tt.want, problem.Unrelated(at(all...), tt.cause), name)
	}
}

func TestMisleading(t *testing.T) {
	for text, want := range map[string]bool{
		"": false, "Søvn\n\tog ro\r\n": false, "emoji 👩‍⚕️": false,
		"a\u0000b": true, "a\u001bb": true, "a\u007fb": true, "a\u0085b": true, "a\u202eb": true, "a\u2066b": true,
	} {
		assert.Equal(t, want, problem.Misleading(text), "%q", text)
	}
}
