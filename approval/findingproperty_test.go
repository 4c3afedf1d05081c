package approval_test

import (
	"maps"
	"math/rand"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/internal/underrace"
)

// A finding that lowers never moves a case towards approval; nor does taking one
// away that the set asks for; and one that does not count is as if it were not
// there. As for waivers, that takes rules in which what is not met does not help.
func TestFindingsAreSafe(t *testing.T) {
	t.Parallel()
	c := chance{rand.New(rand.NewSource(6))}
	cases, n := underrace.Cases(15_000), map[string]int{}
	for n["lowered"] < cases {
		sound, rules := c.of(50), c.anyRules
		if sound {
			rules = c.soundRules
		}
		s := c.set(t, rules)
		sound = sound || len(s.Rules) == 0
		d, waivers := c.declaration(s, 95, 95), c.waivers(s)
		if !sound && slices.ContainsFunc(slices.Collect(maps.Values(d.Answers)), isAlternative) {
			continue
		}
		given := c.findings(s, d)
		before := approval.Find(d, s, decided, waivers, given...)
		if before.Outcome.Approves() {
			n["approved"]++
		}
		notFreer := func(what string, given []aFinding) {
			n[what]++
			f := approval.Find(d, s, decided, waivers, given...)
			require.LessOrEqual(t, freedom(f.Outcome), freedom(before.Outcome), "%s: %s to %s\n%s\n%s\n%s", what, before.Outcome, f.Outcome, encode(t, s), encode(t, d), encode(t, given))
			require.False(t, f.Outcome.Approves() && slices.Contains(f.Results, approval.ResultUnanswered))
		}
		base := finds(d)
		for _, e := range d.Evidence {
			f := base
			both2(about(e, approval.Declared), onDay("low", "2026-11-22"))(&f)
			notFreer("lowered", append(slices.Clone(given), f))
		}
		for i, f := range given {
			if askedFor(s, f) && onlyOne(given, f) {
				notFreer("taken away", without(given, i))
			}
			n["spoilt"]++
			worse := append(without(given, i), pick(c, spoilt...)(f))
			require.Equal(t, approval.Find(d, s, decided, waivers, without(given, i)...), approval.Find(d, s, decided, waivers, worse...), "%s", encode(t, worse))
		}
	}
	t.Log(n)
	require.Greater(t, n["approved"], underrace.Cases(500))
	require.Greater(t, n["taken away"], cases/100)
}

// askedFor says whether the set wants what a finding is about to be assessed. A
// finding of a mere word lowers whatever the set asks for.
func askedFor(s *approval.RequirementSet, f aFinding) bool {
	if f.Fact != "" {
		fact, _ := s.Fact(f.Fact)
		return fact.Assessed
	}
	r, _ := s.Requirement(f.Evidence)
	return r.Evidence != nil && r.Evidence.Assessed && f.Level != approval.Declared
}

// onlyOne says whether no other finding is about the same thing.
func onlyOne(given []aFinding, f aFinding) bool {
	n := 0
	for _, other := range given {
		if other.Evidence == f.Evidence && other.Fact == f.Fact {
			n++
		}
	}
	return n == 1
}
