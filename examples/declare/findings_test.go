package main

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
)

// aFinding is one about a fact of the complete declaration.
func aFinding(t *testing.T, edit func(*approval.Finding)) approval.Finding {
	t.Helper()
	f := approval.Finding{ID: "funn-1", Declaration: decision(t, complete).Declaration, Fact: "guidance", Value: "guided", Note: "Veiledningen sier det.",
		By: approval.Assessor{ID: "anne", Name: "Anne Berg", Role: approval.RoleAssessor}, Day: "2026-11-01"}
	if edit != nil {
		edit(&f)
	}
	return f
}

func findingsFile(t *testing.T, list ...approval.Finding) string {
	t.Helper()
	data, err := json.Marshal(list)
	require.NoError(t, err)
	return file(t, "findings.json", data)
}

func TestDecideWithFindings(t *testing.T) {
	require.Equal(t, approval.ApprovedWithoutTherapist, decision(t, complete).Outcome)
	given := findingsFile(t, aFinding(t, nil))
	d := decision(t, "-findings", given, complete)
	assert.Equal(t, approval.ApprovedWithTherapist, d.Outcome)
	require.Len(t, d.Findings, 1)
	assert.Equal(t, "funn-1", d.Findings[0].ID)

	code, out, errs := call("decide", "-findings", given, complete)
	require.Equal(t, 0, code, errs)
	assert.Empty(t, errs, "what was used needs no word")
	assert.Contains(t, out, "Veiledningen sier det.")
	_, out, _ = call("decide", "-explain", "-lang", "en", "-findings", given, complete)
	assert.Contains(t, out, "Found by Anne Berg (assessor) on 1 November 2026")

	other := findingsFile(t, aFinding(t, func(f *approval.Finding) { f.Declaration.ID = "other" }))
	code, _, errs = call("decide", "-json", "-lang", "en", "-findings", other, complete)
	assert.Equal(t, 0, code)
	assert.Contains(t, errs, "Finding funn-1: Not used: the finding is about another declaration")
	assert.Equal(t, approval.ApprovedWithoutTherapist, decision(t, "-findings", other, complete).Outcome)

	code, out, errs = call("whynot", "-want", "approved-without-therapist", "-findings", given, complete)
	assert.Equal(t, 1, code, "what was found stands: %s%s", out, errs)
	code, _, errs = call("export", "-format", "oscal", "-findings", given, complete)
	assert.Equal(t, 0, code, errs)
}

func TestFindingsAreRefused(t *testing.T) {
	whole, err := os.ReadFile(findingsFile(t, aFinding(t, nil)))
	require.NoError(t, err)
	edited := func(old, new string) string {
		require.Contains(t, string(whole), old)
		return file(t, "findings.json", []byte(strings.Replace(string(whole), old, new, 1)))
	}
	var declared approval.SelfDeclaration
	data, err := os.ReadFile(complete)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(data, &declared))
	cases := []struct{ name, file, want string }{
		{"no such file", "none.json", "none.json"},
		{"no JSON", "main.go", "want a JSON list"},
		{"no list", edited("[{", "{"), "want a JSON list"},
		{"an unknown member", edited(`"note"`, `"grunn"`), "/0/grunn"},
		{"a name in capitals", edited(`"note"`, `"Note"`), "/0/Note"},
		{"a day twice", edited(`"day"`, `"day":"2026-11-02","day"`), "/0/day"},
		{"no role that may", edited(`"assessor"`, `"vendor"`), "/0/by/role"},
		{"an identity number", edited("Veiledningen", "12345678901"), "/0/note"},
		{"who signed", edited("Anne Berg", declared.SignedBy.Name), "/0/by/name"},
	}
	for _, c := range cases {
		for _, command := range [][]string{{"decide"}, {"whynot", "-want", "rejected"}, {"export", "-format", "oscal"}} {
			t.Run(command[0]+" "+c.name, func(t *testing.T) {
				code, out, errs := call(append(command, "-findings", c.file, complete)...)
				assert.Equal(t, 2, code)
				assert.Empty(t, out)
				assert.Contains(t, errs, c.want)
				assert.NotContains(t, errs, "12345678901")
			})
		}
	}
}
