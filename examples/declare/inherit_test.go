package main

import (
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestInherit(t *testing.T) {
	code, out, errs := call("inherit", "-lang", "en", draft, own)
	require.Equal(t, 0, code, errs)
	assert.Equal(t, "Taken from the vendor's declaration: GEN-01, GEN-04, GEN-05, PRIV-09, PRIV-11, SEC-01, SEC-11\n"+
		"Answered in neither. Answer if the requirement applies to the tool: MDR-04\n", errs)
	filled := file(t, "filled.json", []byte(out))
	code, out, _ = call("check", "-draft", filled)
	assert.Equal(t, 0, code, out)

	signed := edited(t, filled, func(d object) {
		d["submitted"], d["signedBy"] = "2026-10-30", object{"name": "Kari Nordmann"}
	})
	code, out, errs = call("decide", "-lang", "en", signed)
	assert.Equal(t, 0, code, errs)
	assert.Contains(t, out, "**Approved for use without a therapist**")

	code, out, errs = call("inherit", complete, own)
	require.Equal(t, 0, code, errs)
	assert.Contains(t, errs, "Verktøyets eget svar står: GEN-01, ")
	assert.NotContains(t, out, `"inherited"`)
}

func TestInheritSaysWhatIsOverOrRenamed(t *testing.T) {
	old := edited(t, own, func(d object) { d["evidence"].([]any)[0].(object)["expires"] = "2026-10-31" })
	code, _, errs := call("inherit", "-lang", "nn", draft, old)
	require.Equal(t, 0, code, errs)
	assert.Contains(t, errs, "Forny han: GEN-01\n")

	taken := edited(t, draft, func(d object) { d["evidence"].([]any)[0].(object)["id"] = "dok-GEN-01" })
	taken = edited(t, taken, func(d object) {
		d["answers"].(object)["GEN-02"].(object)["evidence"] = []string{"dok-GEN-01"}
	})
	code, _, errs = call("inherit", "-lang", "en", taken, own)
	require.Equal(t, 0, code, errs)
	assert.Contains(t, errs, "Evidence with a new name, because its name was taken: dok-GEN-01 → ")
}

func TestInheritFromStandardInput(t *testing.T) {
	stdin(t, draft)
	code, out, errs := call("inherit", "-set", "baseline", "-at", "2027-01-01", "-", own)
	assert.Equal(t, 0, code, errs)
	assert.Contains(t, out, `"declaration": "sovnhjelp-2026"`)
}

func TestInheritRefuses(t *testing.T) {
	cases := []struct {
		name string
		args []string
		code int
		want string
	}{
		{"one file", []string{draft}, 2, "1 files, want two"},
		{"the wrong way around", []string{own, draft}, 1, "/tool: "},
		{"a vendor's declaration with mistakes", []string{draft, complete}, 1, "baseline.json: "},
		{"a declaration with mistakes", []string{bad, own}, 1, "/answers/SEC-99"},
		{"another set", []string{good, own}, 1, "/set/id: "},
		{"another vendor", []string{edited(t, draft, func(d object) { d["vendor"].(object)["orgNumber"] = "310310565" }), own}, 2, "another vendor"},
		{"before the vendor has answered", []string{"-at", "2026-10-29", draft, own}, 2, "from a later day"},
		{"long after the vendor has answered", []string{"-at", "2028-10-31", draft, own}, 2, "no longer holds"},
		{"no day", []string{"-at", "2026", draft, own}, 2, "want a day such as"},
		{"a missing declaration", []string{"none.json", own}, 2, "none.json"},
		{"a missing vendor's declaration", []string{draft, "none.json"}, 2, "none.json"},
		{"no such set", []string{"-set", "none", draft, own}, 2, "Oppgi en fil eller ett av disse: baseline@"},
		{"an unknown language", []string{"-lang", "se", draft, own}, 2, `-lang "se"`},
	}
	before, err := os.ReadFile(draft)
	require.NoError(t, err)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			code, out, errs := call(append([]string{"inherit"}, c.args...)...)
			assert.Equal(t, c.code, code, errs)
			assert.Empty(t, out)
			assert.Contains(t, errs, c.want)
		})
	}
	after, err := os.ReadFile(draft)
	require.NoError(t, err)
	assert.Equal(t, before, after)
}
