package approval_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
)

func TestParseFindings(t *testing.T) {
	d := good(t, small(t), nil)
	given := []aFinding{finds(d), finds(d, ofFact("guidance", "guided")), finds(d, ofFact("login", false)),
		finds(d, ofFact("platforms", []any{"web"})), finds(d, ofFact("minimumAge", 12))}
	list, err := approval.ParseFindings([]byte(encode(t, given)))
	require.NoError(t, err)
	require.Len(t, list, len(given))
	for i := range given {
		assert.Equal(t, given[i].Digest(), list[i].Digest(), given[i].ID)
	}
	list, err = approval.ParseFindings([]byte(" [] "))
	require.NoError(t, err)
	assert.Empty(t, list)
}

// Two readings of one list must not give two decisions.
func TestFindingsHaveOneReading(t *testing.T) {
	with := func(old, new string) string {
		out := strings.Replace(encode(t, []aFinding{finds(good(t, small(t), nil))}), old, new, 1)
		require.Contains(t, out, new)
		return out
	}
	cases := map[string]struct{ data, at, code string }{
		"a name twice":         {with(`"level":`, `"level":"declared","level":`), "/0/level", "duplicate-member"},
		"a name in capitals":   {with(`"level":`, `"Level":`), "/0/Level", "unknown-member"},
		"a letter like an s":   {with(`"sha256":"0`, `"ſha256":"0`), "/0/ſha256", "unknown-member"},
		"a name more":          {with(`"id":`, `"x":1,"id":`), "/0/x", "unknown-member"},
		"a name more in by":    {with(`"role":`, `"x":1,"role":`), "/0/by/x", "unknown-member"},
		"not a list":           {`{"id": "f"}`, "", "wrong-type"},
		"null":                 {`null`, "", "wrong-type"},
		"a finding of null":    {`[null]`, "/0", "wrong-type"},
		"a number":             {with(`"id":"f-1"`, `"id":1`), "/0/id", "wrong-type"},
		"an unknown level":     {with(`"checked"`, `"sure"`), "/0/level", "not-allowed"},
		"another's role":       {with(`"assessor"`, `"vendor"`), "/0/by/role", "not-allowed"},
		"a value of two kinds": {with(`"evidence":"e1","sha256":"`+string(pentest)+`","level":"checked"`, `"fact":"platforms","value":["web",1]`), "/0/value", "missing-member"},
		"something after it":   {`[] []`, "", "trailing"},
		"nothing":              {"", "", "syntax"},
		"not text":             {"[\"\xff\"]", "", "not-utf8"},
		"larger than allowed":  {strings.Repeat(" ", 1<<20+1), "", "too-large"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			list, err := approval.ParseFindings([]byte(c.data))
			require.ErrorIs(t, err, approval.ErrFinding)
			assert.Nil(t, list)
			onlyProblem(t, err, c.at, c.code)
		})
	}
}
