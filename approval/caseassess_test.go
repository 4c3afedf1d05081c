package approval_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
)

// A finding is an event of the case, and the decision must be made with it.
func TestACaseIsDecidedWithItsFindings(t *testing.T) {
	d := exampleDeclaration()
	c := inState(t, approval.CaseUnderReview)
	at := decided.Add(6 * time.Hour)
	assess := happens(t, "assess", "assessor", at)
	assess.Expected = c.Version
	c, entry, err := c.Record(assess)
	require.NoError(t, err)
	assert.Equal(t, approval.EventAssess, entry.Event)
	assert.Equal(t, assess.Digest(), entry.Content)
	assert.NotContains(t, encode(t, entry), "Berg", "the ledger holds no names")
	assert.Equal(t, []approval.CaseFinding{{ID: "f-1", SHA256: assess.Findings[0].Digest(), By: "anne"}}, c.Findings)
	assert.Equal(t, []string{"anne"}, c.AssessedBy)

	c = then(t, c, assess) // once more is nothing more
	assert.Len(t, c.Findings, 1)
	panel := happens(t, "assess", "panel", at)
	panel.Findings[0].ID, panel.Findings[0].Level = "f-2", approval.Documented
	c = then(t, c, panel)
	require.Len(t, c.Findings, 2)
	require.NoError(t, c.Check())

	decide := happens(t, "decide", "panel", laterDay)
	decide.Expected = c.Version
	_, err = c.Apply(decide)
	require.ErrorIs(t, err, approval.ErrFindingsDiffer)
	in := input(onceSet(), d, assess.Findings[0], panel.Findings[0])
	in.At = laterDay
	decide.Decision, err = in.Evaluate()
	require.NoError(t, err)
	require.Len(t, decide.Decision.FindingsNotUsed, 1, "the lower of one day counts, and the other is named")
	done := then(t, c, decide) // the panel's member has assessed too: that is no second pair of eyes that is missing
	assert.Equal(t, approval.CaseDecided, done.State)
	require.NoError(t, done.Check())
}

// Another declaration has no findings yet; the same one, submitted again, keeps them.
func TestFindingsBelongToTheDeclaration(t *testing.T) {
	c := then(t, inState(t, approval.CaseUnderReview), happens(t, "assess", "assessor", decided.Add(6*time.Hour)),
		happens(t, "return", "secretariat", decided.Add(7*time.Hour)))
	submit := happens(t, "submit", "vendor", decided.Add(8*time.Hour))
	assert.Len(t, then(t, c, submit).Findings, 1)
	other := *submit.Declaration
	other.SHA256 = pentest
	submit.Declaration = &other
	again := then(t, c, submit)
	assert.Empty(t, again.Findings)
	assert.Equal(t, []string{"anne"}, again.AssessedBy, "who has assessed cannot act for the vendor later")
	assert.Len(t, c.Findings, 1, "the case itself does not change")
}

func TestCheckOfACaseWithFindings(t *testing.T) {
	good := then(t, inState(t, approval.CaseUnderReview), happens(t, "assess", "assessor", decided.Add(6*time.Hour)))
	require.NoError(t, good.Check())
	for place, spoil := range map[string]func(*approval.Case){
		"/findings/0/id":     func(c *approval.Case) { c.Findings[0].ID = "f 1" },
		"/findings/0/sha256": func(c *approval.Case) { c.Findings[0].SHA256 = "" },
		"/findings/0/by":     func(c *approval.Case) { c.Findings[0].By = "" },
		"/assessedBy":        func(c *approval.Case) { c.AssessedBy = nil },
	} {
		c := good
		c.Findings = append([]approval.CaseFinding{}, good.Findings...)
		spoil(&c)
		err := c.Check()
		require.ErrorIs(t, err, approval.ErrCase)
		assert.Contains(t, err.Error(), place)
	}
}
