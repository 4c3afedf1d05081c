package main

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestQuestionnaire(t *testing.T) {
	for _, c := range []struct {
		args      []string
		language  string
		resources int
	}{
		{[]string{"questionnaire"}, "nb-NO", 1},
		{[]string{"questionnaire", "-lang", "nn", "-set", "web-baseline"}, "nn-NO", 1},
		{[]string{"questionnaire", "-bundle", "-set", "baseline"}, "nb-NO", 3},
	} {
		code, out, errs := call(c.args...)
		require.Equal(t, 0, code, errs)
		assert.Empty(t, errs)
		var form struct {
			ResourceType, Language string
			Entry                  []struct {
				Resource struct{ ResourceType, Language string }
			}
		}
		require.NoError(t, json.Unmarshal([]byte(out), &form))
		if c.resources > 1 {
			assert.Equal(t, "Bundle", form.ResourceType)
			require.Len(t, form.Entry, c.resources)
			form.ResourceType, form.Language = form.Entry[0].Resource.ResourceType, form.Entry[0].Resource.Language
		}
		assert.Equal(t, "Questionnaire", form.ResourceType)
		assert.Equal(t, c.language, form.Language)
	}
	_, _, errs := call("questionnaire", "-losses", "-lang", "en")
	assert.Contains(t, errs, "/notApplicable/0/when CLIN-08: The reason must agree with the facts.")
}

func TestExport(t *testing.T) {
	code, out, errs := call("export", "-format", "cyclonedx", "-assessor", "Helsedirektoratet", good)
	require.Equal(t, 0, code, errs)
	assert.Contains(t, out, `"bomFormat": "CycloneDX"`)
	assert.Contains(t, out, `"thirdParty": true`)
	code, out, errs = call("export", "-format", "oscal", "-lang", "nb", good)
	require.Equal(t, 0, code, errs)
	assert.True(t, strings.HasPrefix(out, "{\n  \"assessment-results\": {"))

	code, out, errs = call("export", "-format", "oscal", bad)
	assert.Equal(t, 1, code)
	assert.Empty(t, out)
	assert.Contains(t, errs, "/answers/SEC-99")
}

func TestExportsThatCannotBe(t *testing.T) {
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"export", good}, "want cyclonedx or oscal"},
		{[]string{"export", "-format", "pdf", good}, "want cyclonedx or oscal"},
		{[]string{"export", "-format", "oscal"}, "0 files, want one"},
		{[]string{"export", "-format", "oscal", "no-such-file.json"}, "no-such-file.json"},
		{[]string{"export", "-format", "oscal", "-lang", "se", good}, `-lang "se"`},
		{[]string{"questionnaire", "-set", "no-such-set"}, "ett av disse: baseline@"},
		{[]string{"questionnaire", "-lang", "se"}, `-lang "se"`},
		{[]string{"questionnaire", good}, "1 files, want none"},
	} {
		code, out, errs := call(c.args...)
		assert.Equal(t, 2, code, c.args)
		assert.Contains(t, out+errs, c.want)
	}
}
