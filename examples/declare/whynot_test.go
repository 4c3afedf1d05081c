package main

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
)

func TestWhyNot(t *testing.T) {
	untested := withAnswer(t, complete, "UU-04", object{"status": "no"})
	code, out, errs := call("whynot", "-lang", "en", "-want", "approved-without-therapist", untested)
	require.Equal(t, 0, code, errs)
	assert.Contains(t, out, "The outcome is now “Approved for use together with a therapist”. Each of these ways leads to “Approved for use without a therapist”:\n"+
		"\nWay 1, all of this:\n  - Have requirement UU-04 ")

	code, out, errs = call("whynot", "-json", "-want", "approved-without-therapist", untested)
	require.Equal(t, 0, code, errs)
	var got ways
	require.NoError(t, json.Unmarshal([]byte(out), &got))
	assert.Equal(t, approval.ApprovedWithTherapist, got.Outcome)
	require.NotEmpty(t, got.Sets)
	assert.Equal(t, "UU-04", got.Sets[0].Steps[0].Requirement)
}

func TestWhyNotOnAnotherBasis(t *testing.T) {
	two := withAnswer(t, withAnswer(t, complete, "UU-04", object{"status": "no"}), "GEN-05", object{"status": "no"})
	waivers := file(t, "waivers.json", []byte(aWaiver))
	for day, want := range map[string][]string{"2026-12-01": {"GEN-05"}, "2027-02-01": {"GEN-05", "UU-04"}} {
		code, out, errs := call("whynot", "-json", "-at", day, "-waivers", waivers, "-want", "approved-without-therapist", two)
		require.Equal(t, 0, code, errs)
		var got ways
		require.NoError(t, json.Unmarshal([]byte(out), &got))
		require.NotEmpty(t, got.Sets)
		var about []string
		for _, step := range got.Sets[0].Steps {
			about = append(about, step.Requirement)
		}
		assert.ElementsMatch(t, want, about, "a waiver holds through January: %s", day)
	}
}

func TestWhyNotWithoutAWay(t *testing.T) {
	code, out, errs := call("whynot", "-lang", "nn", "-want", "approved-without-therapist", complete)
	require.Equal(t, 0, code, errs)
	assert.Equal(t, "Utfallet er alt «Godkjent for bruk utan behandlar».\n", out)
	_, out, _ = call("whynot", "-json", "-want", "approved-without-therapist", complete)
	assert.Contains(t, out, `"sets": []`)

	code, out, errs = call("whynot", "-at", "2030-01-01", "-want", "needs-review", "-set", unreachable(t), complete)
	require.Equal(t, 1, code, errs)
	assert.Contains(t, out, "Vi fant ingen vei til «Må vurderes av fagpanelet».")
}

// unreachable is a set whose rules always approve.
func unreachable(t *testing.T) string {
	return edited(t, newest, func(set object) {
		rules := set["rules"].([]any)
		last := rules[len(rules)-1].(object)
		delete(last, "when")
		set["rules"] = []any{last}
		set["reviewMonths"] = 60
	})
}

func TestWhyNotRefuses(t *testing.T) {
	for _, want := range []string{"", "incomplete", "approved"} {
		code, out, errs := call("whynot", "-want", want, complete)
		assert.Equal(t, 2, code, want)
		assert.Empty(t, out)
		assert.Contains(t, errs, "want an outcome, -want with one of approved-without-therapist, ")
	}
	code, out, errs := call("whynot", "-want", "rejected", bad)
	assert.Equal(t, 1, code)
	assert.Empty(t, out)
	assert.Contains(t, errs, "/answers/SEC-99")
}
