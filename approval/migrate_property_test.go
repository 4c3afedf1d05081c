package approval_test

import (
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
)

// Whatever a mapping says: every answer has one fate, and what is carried
// answers the same words with the same answer.
func TestMigrateWithAnyMapping(t *testing.T) {
	from, to := small(t), later(t, nil)
	random := rand.New(rand.NewPCG(1, 2))
	good := good(t, from, nil)
	possible, carried := 0, 0
	for range 3000 {
		d := *good
		d.Answers = randomAnswers(random, from)
		m := randomMapping(random, from, to)
		out, report, err := approval.Migrate(&d, m, from, to)
		if errors.Is(err, approval.ErrInvalid) {
			continue
		}
		require.NoError(t, err)
		possible++
		require.Len(t, report.Answers, len(d.Answers))
		fromWhere := map[string]approval.Answer{}
		for _, a := range report.Answers {
			require.Equal(t, d.Answers[a.Requirement], a.Answer)
			old, _ := from.Requirement(a.Requirement)
			for _, target := range a.Targets {
				now, _ := to.Requirement(target.Requirement)
				if target.Carried {
					require.Equal(t, old.Wording(), now.Wording())
					require.NotContains(t, fromWhere, target.Requirement, "one answer for each requirement")
					fromWhere[target.Requirement] = a.Answer
				}
			}
		}
		require.Equal(t, fromWhere, out.Answers, "nothing else is in the new declaration")
		for _, id := range slices.Concat(report.Unconfirmed, report.Unanswered) {
			require.NotContains(t, out.Answers, id)
		}
		carried += len(out.Answers)
	}
	assert.Greater(t, possible, 500)
	assert.Greater(t, carried, 500)
}

func randomAnswers(random *rand.Rand, set *approval.RequirementSet) map[string]approval.Answer {
	answers := map[string]approval.Answer{}
	for _, r := range set.Requirements {
		if random.IntN(4) > 0 {
			answers[r.ID] = approval.Answer{Status: []approval.Status{"yes", "no", "not-applicable", "partial"}[random.IntN(4)], Reason: "no-backend"}
		}
	}
	return answers
}

func randomMapping(random *rand.Rand, from, to *approval.RequirementSet) *approval.Mapping {
	m := &approval.Mapping{From: from.Ref(), To: to.Ref()}
	later := func() string { return to.Requirements[[]int{0, 1, 4, 5, 6, 7}[random.IntN(6)]].ID }
	for _, i := range random.Perm(len(from.Requirements))[:random.IntN(len(from.Requirements)+1)] {
		e := approval.MapEntry{From: []string{from.Requirements[i].ID}, To: []string{later()}}
		e.Relation = []approval.Relation{"equal", "moved", "modified", "split", "merged", "covered"}[random.IntN(6)]
		if e.Relation == approval.RelationSplit {
			e.To = append(e.To, later())
		}
		m.Entries = append(m.Entries, e)
	}
	return m
}
