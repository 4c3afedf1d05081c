package approvaloscal_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/approval/approvaloscal"
)

// The level of a document is the one that an assessor has found.
func TestLevelsAreThoseThatWereFound(t *testing.T) {
	for _, found := range []approval.Level{approval.Checked, approval.Documented} {
		dec, d, set := decision(t, nil)
		e := d.Evidence[0]
		dec, err := approval.Input{Declaration: d, Set: set, At: decided, Findings: []approval.Finding{{ID: "f-1", Declaration: dec.Declaration,
			Evidence: e.ID, SHA256: e.SHA256, Level: found, Note: "Lest.", Day: "2026-11-10",
			By: approval.Assessor{ID: "anne", Name: "Anne Berg", Role: approval.RoleAssessor}}}}.Evaluate()
		require.NoError(t, err)
		out, err := approvaloscal.Results(dec, d, set, approvaloscal.Options{})
		require.NoError(t, err)
		observed := path(first(parsed(t, out)), "observations")
		levels := []any{}
		for _, p := range observed["props"].([]any) {
			if p.(object)["name"] == "level" {
				levels = append(levels, p.(object)["value"])
			}
		}
		assert.Equal(t, []any{string(found)}, levels)
	}
}
