package approval_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
)

// draw makes conditions on the facts of the small set, and on the answer to A-2.
type draw struct{ *rand.Rand }

func (r draw) condition(depth int) document {
	if depth == 0 || r.IntN(4) == 0 {
		return r.leaf()
	}
	switch r.IntN(5) {
	case 0:
		return not(r.condition(depth - 1))
	case 1:
		return anyOf(r.condition(depth-1), r.condition(depth-1))
	}
	return allOf(r.condition(depth-1), r.condition(depth-1), r.condition(depth-1))
}

func (r draw) leaf() document {
	pick := func(codes ...any) []any { return codes[:1+r.IntN(len(codes)-1)] }
	switch r.IntN(6) {
	case 0:
		return isFact("login", fmt.Sprint(r.IntN(2) == 0))
	case 1:
		return isFact("guidance", pick("guided", "both", "unguided")...)
	case 2:
		return isFact("platforms", pick("backend", "web")...)
	case 3:
		return document{"fact": "minimumAge", "atLeast": r.IntN(4)}
	case 4:
		return document{"fact": "minimumAge", "below": r.IntN(4)}
	}
	return says("A-2", pick("yes", "no")...)
}

// worlds are all that can be declared, as far as these conditions can tell.
func worlds() (facts []map[string]approval.FactValue, answers []map[string]approval.Answer) {
	for _, login := range []bool{true, false} {
		for _, guidance := range []string{"guided", "both", "unguided"} {
			for _, platforms := range [][]string{{}, {"web"}, {"backend"}, {"web", "backend"}} {
				for age := -1; age < 5; age++ {
					facts = append(facts, map[string]approval.FactValue{"login": login, "guidance": guidance, "platforms": platforms, "minimumAge": age})
				}
			}
		}
	}
	for _, s := range []approval.Status{approval.Yes, approval.No} {
		answers = append(answers, map[string]approval.Answer{"A-2": {Status: s}})
	}
	return facts, answers
}

func holdsSomewhere(c *approval.Condition) bool {
	facts, answers := worlds()
	for _, f := range facts {
		for _, a := range answers {
			if c.HoldsWith(f, a) == approval.True {
				return true
			}
		}
	}
	return false
}

// What lint calls impossible is so, and nothing else: compared with trying out everything.
func TestLintFindsWhatNeverHolds(t *testing.T) {
	r := draw{rand.New(rand.NewPCG(1, 2))}
	const sets, each = 4, 100
	never, sometimes := 0, 0
	for range sets {
		var conditions []document
		for range each {
			conditions = append(conditions, r.condition(3))
		}
		set := cleanSet(t, func(d document) {
			for i, c := range conditions {
				more("requirements", document{"id": fmt.Sprint("R-", i), "group": "general", "title": words("r"), "text": words("r"), "scope": []any{"web"},
					"severity": "minor", "refs": []any{document{"source": "src"}}, "when": c})(d)
			}
		})
		impossible := map[string]bool{}
		for _, i := range set.Lint() {
			if i.Code == approval.LintWhenNever {
				impossible[i.Pointer] = true
			}
		}
		for i, q := range set.Requirements {
			if q.When == nil {
				continue
			}
			holds := holdsSomewhere(q.When)
			require.Equal(t, !holds, impossible[fmt.Sprintf("/requirements/%d/when", i)], encode(t, q.When))
			if holds {
				sometimes++
			} else {
				never++
			}
		}
	}
	assert.Greater(t, never, 20)
	assert.Greater(t, sometimes, 200)
}

// Rules are compared the same way: one is covered by an earlier rule when it holds nowhere that one does not.
func TestLintFindsCoveredRules(t *testing.T) {
	r := draw{rand.New(rand.NewPCG(3, 4))}
	covered := 0
	for range 30 {
		first, second := r.condition(1), r.condition(2)
		set := cleanSet(t, ruled(lintRule("first", "rejected", first), lintRule("second", "rejected", second)))
		a, b := set.Rules[0].When, set.Rules[1].When
		want := holdsSomewhere(b) && !holdsSomewhere(&approval.Condition{All: []approval.Condition{*b, {Not: a}}})
		got := false
		for _, i := range set.Lint() {
			got = got || i.Code == approval.LintRuleCovered
		}
		require.Equal(t, want, got, "%s then %s", encode(t, a), encode(t, b))
		if want {
			covered++
		}
	}
	assert.Positive(t, covered)
}
