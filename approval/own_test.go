package approval_test

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
)

// A decision names the digest of the released file, so it must follow that file and not what a program has made of it.
func TestAChangedSetChangesNoDecision(t *testing.T) {
	set := small(t)
	d, err := approval.CheckDeclaration(read(t, "good.json"), set)
	require.NoError(t, err)
	before, err := approval.Evaluate(d, set, decided)
	require.NoError(t, err)
	for i := range set.Requirements {
		set.Requirements[i].Panel, set.Requirements[i].Evidence, set.Requirements[i].Severity = false, nil, approval.Minor
	}
	set.ReviewMonths = 600
	after, err := approval.Evaluate(d, set, decided)
	require.NoError(t, err)
	assert.Equal(t, before, after)
}

// A panel that wants to see the case again has come to a majority; one that is split has not.
func TestThePanelsWordsFitItsVotes(t *testing.T) {
	again := reviewedBy(t, approval.NeedsReview, approval.NeedsReview, approval.ApprovedWithTherapist)
	assert.Equal(t, approval.RulePanelMajority, again.Rule)
	assert.Contains(t, again.Summary["nb"], "vil se på saken igjen")
	split := reviewedBy(t, approval.NeedsReview, approval.Rejected, approval.ApprovedWithTherapist)
	assert.Equal(t, approval.RulePanelUndecided, split.Rule)
	assert.Contains(t, split.Summary["nb"], "ikke kommet til noe flertall")
}

func reviewedBy(t *testing.T, outcomes ...approval.Outcome) *approval.Decision {
	t.Helper()
	panel := approval.Panel{ID: "panel", Quorum: len(outcomes)}
	var votes []approval.Vote
	for i, o := range outcomes {
		id := fmt.Sprint("m", i)
		panel.Members = append(panel.Members, approval.Member{ID: id, Name: id})
		votes = append(votes, approval.Vote{Member: id, Outcome: o, Rationale: "because"})
	}
	d, err := panel.Review(evaluate(t, forPanel), votes, "2027-05-01", decided)
	require.NoError(t, err)
	return d
}

// An altered decision must not be had by somebody who looks past the error.
func TestAnAlteredDecisionIsNotGiven(t *testing.T) {
	data, err := json.Marshal(evaluate(t, nil))
	require.NoError(t, err)
	altered := strings.Replace(string(data), "Søvnhjelp AS", "Annen AS", 1)
	require.NotEqual(t, string(data), altered)
	d, err := approval.ParseDecision([]byte(altered))
	require.ErrorIs(t, err, approval.ErrAltered)
	assert.Nil(t, d)
}

func TestTextsMustNotSteerOrTell(t *testing.T) {
	cases := map[string]struct{ title, code string }{
		"escape":           {"red \u001b[31m", "bad-value"},
		"turned direction": {"a \u202e b", "bad-value"},
		"identity number":  {"signed by 000000 00000", approval.CodePersonalData},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			data := edited(t, "good.json", func(d document) { d["signedBy"].(document)["title"] = c.title })
			_, err := approval.CheckDeclaration(data, small(t))
			var wrong *approval.DeclarationError
			require.ErrorAs(t, err, &wrong)
			require.Len(t, wrong.Problems, 1)
			assert.Equal(t, "/signedBy/title", wrong.Problems[0].Pointer)
			assert.Equal(t, c.code, wrong.Problems[0].Code)
			assert.NotContains(t, wrong.Error(), c.title)
		})
	}
}

func TestNumbersAreWholeAndInRange(t *testing.T) {
	data, err := os.ReadFile("testdata/small@1.0.0.json")
	require.NoError(t, err)
	bounded := strings.Replace(string(data), `"type": "number"`, `"type": "number", "min": 0, "max": 120`, 1)
	require.NotEqual(t, string(data), bounded)
	set, err := approval.ParseRequirementSet([]byte(bounded))
	require.NoError(t, err)
	for age, code := range map[float64]string{18: "", 0: "", 120: "", 18.5: "wrong-type", -1: "out-of-range", 121: "out-of-range", 1e20: "out-of-range"} {
		declaration := edited(t, "good.json", func(d document) { d["facts"].(document)["minimumAge"] = age })
		_, err := approval.CheckDeclaration(declaration, set)
		if code == "" {
			assert.NoError(t, err, age)
			continue
		}
		var wrong *approval.DeclarationError
		require.ErrorAs(t, err, &wrong, "%v", age)
		require.Len(t, wrong.Problems, 1, "%v", age)
		assert.Equal(t, code, wrong.Problems[0].Code, "%v", age)
		assert.Equal(t, "/facts/minimumAge", wrong.Problems[0].Pointer)
	}
}
