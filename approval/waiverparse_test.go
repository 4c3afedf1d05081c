package approval_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
)

func TestParseWaivers(t *testing.T) {
	data := encode(t, []approval.Waiver{waiver})
	list, err := approval.ParseWaivers([]byte(data))
	require.NoError(t, err)
	assert.Equal(t, []approval.Waiver{waiver}, list)
	list, err = approval.ParseWaivers([]byte(" [] "))
	require.NoError(t, err)
	assert.Empty(t, list)
}

// Two readings of one list must not give two decisions.
func TestWaiversHaveOneReading(t *testing.T) {
	with := func(old, new string) string {
		out := strings.Replace(encode(t, []approval.Waiver{waiver}), old, new, 1)
		require.Contains(t, out, new)
		return out
	}
	cases := map[string]struct{ data, at, code string }{
		"a name twice":        {with(`"id":`, `"until":"2026-01-01","id":`), "/0/until", "duplicate-member"},
		"a name in capitals":  {with(`"until":`, `"Until":`), "/0/Until", "unknown-member"},
		"a letter like an s":  {with(`"justification":`, `"juſtification":`), "/0/juſtification", "unknown-member"},
		"a name more":         {with(`"id":`, `"x":1,"id":`), "/0/x", "unknown-member"},
		"not a list":          {`{"id": "w"}`, "", "wrong-type"},
		"null":                {`null`, "", "wrong-type"},
		"a waiver of null":    {`[null]`, "/0", "wrong-type"},
		"a number":            {with(`"id":"`+waiver.ID+`"`, `"id":1`), "/0/id", "wrong-type"},
		"something after it":  {`[] []`, "", "trailing"},
		"nothing":             {"", "", "syntax"},
		"not text":            {"[\"\xff\"]", "", "not-utf8"},
		"larger than allowed": {strings.Repeat(" ", 1<<20+1), "", "too-large"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			list, err := approval.ParseWaivers([]byte(c.data))
			require.ErrorIs(t, err, approval.ErrWaiver)
			assert.Nil(t, list)
			var refused *approval.RefusedError
			require.ErrorAs(t, err, &refused)
			require.Len(t, refused.Problems, 1)
			assert.Equal(t, c.at, refused.Problems[0].Pointer)
			assert.Equal(t, c.code, refused.Problems[0].Code)
			wordedInThree(t, refused.Problems[0].Text)
		})
	}
}
