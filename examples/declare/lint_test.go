package main

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
)

// The first baseline, and the newest.
const (
	released1 = "../../approval/requirement/baseline@1.0.0.json"
	newest    = "../../approval/requirement/baseline@1.1.0.json"
)

func TestLint(t *testing.T) {
	code, out, errs := call("lint", "baseline")
	require.Equal(t, 0, code, errs)
	assert.Equal(t, "baseline: 0 feil, 0 advarsler, 0 tips\n", out)

	code, out, errs = call("lint", "-lang", "en", "web-baseline@1.0.0")
	require.Equal(t, 0, code, errs+" warnings are no errors")
	assert.Contains(t, out, "errors: 0, warnings: 12, hints: 0\n  /requirements/6 (warning, no-help): Requirement CLIN-02 ")

	never := edited(t, released1, func(set object) {
		set["requirements"].([]any)[0].(object)["when"] = object{"all": []any{
			object{"fact": "login", "in": []string{"true"}}, object{"fact": "login", "in": []string{"false"}}}}
	})
	code, out, errs = call("lint", "-lang", "nn", never)
	require.Equal(t, 1, code, errs)
	assert.Contains(t, out, "\n  /requirements/0/when (feil, when-never): ")
}

func TestLintBesideThePrevious(t *testing.T) {
	fewer := edited(t, released1, func(set object) {
		set["version"] = "1.1.0"
		all := set["requirements"].([]any)
		set["requirements"] = all[:len(all)-1]
		set["rules"] = []any{}
	})
	code, out, errs := call("lint", "-json", "-previous", "baseline@1.0.0", fewer)
	require.Equal(t, 1, code, errs)
	var got linted
	require.NoError(t, json.Unmarshal([]byte(out), &got))
	assert.Equal(t, approval.LintIDGone, got.Issues[len(got.Issues)-1].Code)
	assert.Equal(t, approval.LintError, got.Issues[len(got.Issues)-1].Level)

	code, out, errs = call("lint", "-previous", newest, "baseline")
	assert.Equal(t, 1, code, errs+" the same version again")
	assert.Contains(t, out, "\n  /version (feil, version): ")
}

func TestLintOfWhatIsNoSet(t *testing.T) {
	cases := []struct {
		name string
		args []string
		code int
		want string
	}{
		{"a declaration", []string{complete}, 1, "/requirements (feil, missing-member): "},
		{"no JSON", []string{"main.go"}, 2, `"" (feil, syntax): `},
		{"a missing file", []string{"none.json"}, 2, "none.json"},
		{"an unknown version", []string{"baseline@7.0.0"}, 2, "Oppgi en fil eller ett av disse: baseline@"},
		{"an unknown previous", []string{"-previous", "baseline@7.0.0", "baseline"}, 2, "-previous: "},
		{"a previous that is none", []string{"-previous", complete, "baseline"}, 2, "-previous: "},
		{"no set", nil, 2, "want one requirement set"},
		{"an unknown language", []string{"-lang", "se", "baseline"}, 2, `-lang "se"`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			code, out, errs := call(append([]string{"lint"}, c.args...)...)
			assert.Equal(t, c.code, code, out+errs)
			assert.Contains(t, out+errs, c.want)
		})
	}
}
