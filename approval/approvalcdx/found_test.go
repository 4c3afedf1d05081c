package approvalcdx_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/approval/approvalcdx"
)

// The confidence in an answer follows what an assessor has found.
func TestConfidenceFollowsWhatWasFound(t *testing.T) {
	outs := map[approval.Level]string{}
	for _, found := range []approval.Level{approval.Checked, approval.Documented} {
		dec, d, set := decision(t, nil)
		e := d.Evidence[0]
		dec, err := approval.Input{Declaration: d, Set: set, At: decided, Findings: []approval.Finding{{ID: "f-1", Declaration: dec.Declaration,
			Evidence: e.ID, SHA256: e.SHA256, Level: found, Note: "Lest.", Day: "2026-11-10",
			By: approval.Assessor{ID: "anne", Name: "Anne Berg", Role: approval.RoleAssessor}}}}.Evaluate()
		require.NoError(t, err)
		out, err := approvalcdx.Export(dec, d, set, approvalcdx.Options{})
		require.NoError(t, err)
		outs[found] = string(out)
	}
	assert.Contains(t, outs[approval.Checked], `"score": 0.75`)
	assert.NotContains(t, outs[approval.Documented], `"score": 0.75`)
	assert.Contains(t, outs[approval.Documented], `"score": 0.5`)
}
