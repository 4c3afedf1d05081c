package approval_test

import (
	"maps"
	"math/rand"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/underrace"
)

// bruteForce is every outcome that a draft can be completed to: every value of
// every open fact, every answer where there is none that counts.
func bruteForce(s *approval.RequirementSet, d *declaration, waivers []approval.Waiver, given []aFinding) []approval.Outcome {
	found := map[approval.Outcome]bool{}
	whole := clone(d)
	ways := [][]func(){}
	start := approval.Find(d, s, decided, waivers, given...)
	for _, id := range factList {
		if _, known := start.Facts[id]; !known {
			ways = append(ways, each(domains[id], func(v approval.FactValue) { whole.Facts[id] = v }))
		}
	}
	for i, usable := range start.Usable {
		if r := s.Requirements[i]; !usable {
			ways = append(ways, each(answers(s, whole, r), func(a approval.Answer) { whole.Answers[r.ID] = a }))
		}
	}
	if n := size(ways); n > mostWays {
		return nil
	}
	inEveryWay(ways, func() {
		found[approval.Find(whole, s, decided, waivers, confirmed(s, d, whole, start, given)...).Outcome] = true
	})
	delete(found, approval.Incomplete)
	return slices.Collect(maps.Keys(found))
}

// confirmed are the findings that were given, and those that were missing: that what is declared now is so.
func confirmed(s *approval.RequirementSet, d, whole *declaration, start approval.Found, given []aFinding) []aFinding {
	if len(given) == 0 && !asks(s) {
		return nil
	}
	out := rebound(given, d, whole)
	for _, f := range s.Facts {
		if _, known := start.Facts[f.ID]; !known && whole.Facts[f.ID] != nil {
			out = slices.DeleteFunc(out, func(g aFinding) bool { return g.Fact == f.ID })
			out = append(out, finds(whole, ofFact(f.ID, whole.Facts[f.ID]), onDay("c-"+f.ID, "2026-11-22")))
		}
	}
	for j, r := range s.Requirements {
		if start.Usable[j] {
			continue
		}
		i := slices.IndexFunc(whole.Evidence, func(e approval.Evidence) bool { return e.ID == r.ID })
		if i >= 0 && r.Evidence != nil && r.Evidence.Assessed && !slices.ContainsFunc(given, func(g aFinding) bool { return g.Evidence == r.ID }) {
			level := approval.Checked
			if whole.Evidence[i].Level == approval.ThirdParty {
				level = approval.ThirdParty
			}
			out = append(out, finds(whole, about(whole.Evidence[i], level), onDay("c-"+r.ID, "2026-11-22")))
		}
	}
	return out
}

// mostWays bounds the completions of one draft, so that the test stays quick; drafts with more are drawn anew.
const mostWays = 40

func size(ways [][]func()) int {
	n := 1
	for _, way := range ways {
		n *= len(way)
	}
	return n
}

func each[T any](items []T, set func(T)) []func() {
	var out []func()
	for _, item := range items {
		out = append(out, func() { set(item) })
	}
	return out
}

func inEveryWay(ways [][]func(), done func()) {
	if len(ways) == 0 {
		done()
		return
	}
	for _, way := range ways[0] {
		way()
		inEveryWay(ways[1:], done)
	}
}

// Whatever a draft is completed to was among the possible outcomes.
func TestPossibleIsSound(t *testing.T) {
	t.Parallel()
	c := chance{rand.New(rand.NewSource(1))}
	cases := underrace.Cases(10_000)
	tight, several, checked := 0, 0, 0
	for checked < cases {
		s := c.set(t, c.anyRules)
		d, waivers := c.declaration(s, 75, 80), c.waivers(s)
		given := c.someFindings(s, d)
		f := approval.Find(d, s, decided, waivers, given...)
		reached := bruteForce(s, d, waivers, given)
		if len(reached) == 0 {
			continue
		}
		checked++
		require.Subset(t, f.Possible, reached, "%s\n%s", encode(t, s), encode(t, d))
		if f.Outcome != approval.Incomplete {
			require.Equal(t, []approval.Outcome{f.Outcome}, reached)
		}
		if len(reached) == len(f.Possible) {
			tight++
		}
		if len(f.Possible) > 1 {
			several++
		}
	}
	t.Logf("%d cases: none unsound, %d exact (%.1f %%), %d with more than one possible outcome", cases, tight, 100*float64(tight)/float64(cases), several)
	require.Greater(t, several, cases/5)
	require.Greater(t, tight, cases*8/10)
}

// freedom orders outcomes by what they let pass.
func freedom(o approval.Outcome) int { return max(rank(o), 1) }

// weakened are the ways to weaken a case: without an answer, a piece of evidence or a fact, or with evidence that is over.
func weakened(d *declaration) []*declaration {
	var out []*declaration
	add := func(edit func(*declaration)) {
		e := clone(d)
		edit(e)
		out = append(out, e)
	}
	for _, id := range slices.Sorted(maps.Keys(d.Answers)) {
		add(drop(id))
	}
	for _, id := range slices.Sorted(maps.Keys(d.Facts)) {
		add(forget(id))
	}
	for i := range d.Evidence {
		add(func(d *declaration) { d.Evidence = without(d.Evidence, i) })
		add(func(d *declaration) {
			if e := &d.Evidence[i]; e.Expires == "" || e.Expires > "2026-11-21" {
				e.Expires = "2026-11-21"
			}
		})
	}
	return out
}

// Weakening a case never moves it towards approval, and nothing unknown approves.
// For waivers, and for evidence of another way to meet a requirement, that takes
// rules in which what is not met does not help: a set could approve because
// something is not met.
func TestWeakeningNeverHelps(t *testing.T) {
	t.Parallel()
	c := chance{rand.New(rand.NewSource(2))}
	cases := underrace.Cases(100_000)
	approved, checked := 0, 0
	for checked < cases {
		sound, rules := c.of(50), c.anyRules
		if sound {
			rules = c.soundRules
		}
		s := c.set(t, rules)
		sound = sound || len(s.Rules) == 0
		d, waivers := c.declaration(s, 95, 90), c.waivers(s)
		given := c.someFindings(s, d)
		before := approval.Find(d, s, decided, waivers, given...)
		if before.Outcome.Approves() {
			approved++
			require.NotContains(t, before.Results, approval.ResultUnanswered)
		}
		after := func(d *declaration, waivers []approval.Waiver, given []aFinding) {
			f := approval.Find(d, s, decided, waivers, given...)
			if freedom(f.Outcome) > freedom(before.Outcome) || f.Outcome.Approves() && slices.Contains(f.Results, approval.ResultUnanswered) {
				require.Fail(t, "weakening has helped", "%s to %s\n%s\n%s", before.Outcome, f.Outcome, encode(t, s), encode(t, d))
			}
			checked++
		}
		if !sound && slices.ContainsFunc(slices.Collect(maps.Values(d.Answers)), isAlternative) {
			continue
		}
		for _, weaker := range weakened(d) {
			after(weaker, waivers, rebound(given, d, weaker))
		}
		for i := range waivers {
			if sound {
				after(d, without(waivers, i), given)
			}
		}
	}
	t.Logf("%d cases, from %d approvals", checked, approved)
	require.Greater(t, approved, underrace.Cases(1000))
}

func isAlternative(a approval.Answer) bool { return a.Status == approval.Alternative }

// Whatever is approved is still so on the last day that the approval names, and on days before it.
func TestAnApprovalHoldsThroughItsLastDay(t *testing.T) {
	t.Parallel()
	c := chance{rand.New(rand.NewSource(3))}
	approved, byAge := 0, 0
	for approved < underrace.Cases(3000) {
		s := c.set(t, c.soundRules)
		d, waivers := c.declaration(s, 95, 95), c.waivers(s)
		d.Submitted = pick[catalogue.Date](c, "2024-11-22", "2026-11-01", "2026-11-22")
		given := slices.DeleteFunc(c.someFindings(s, d), func(f aFinding) bool { return f.Day > "2026-11-22" }) // nobody knows what will be found
		now := approval.Find(d, s, decided, waivers, given...).Outcome
		if !now.Approves() {
			continue
		}
		approved++
		until := approval.Ends(d, s, decided, waivers, given...)
		if until == approval.AddMonths(d.Submitted, s.ReviewMonths) {
			byAge++
		}
		last, known := approval.Day(string(until))
		require.True(t, known)
		for day := last; day.After(decided); day = decided.Add(day.Sub(decided) / 2) {
			require.Equal(t, now, approval.Find(d, s, day, waivers, given...).Outcome, "%s, until %s\n%s\n%s", day, until, encode(t, s), encode(t, d))
		}
	}
	require.Greater(t, byAge, approved/3)
}

// A draft is looked at as if it were submitted today, and is not decided in anybody's favour.
func TestADraftIsReadAsIfSubmittedToday(t *testing.T) {
	t.Parallel()
	c := chance{rand.New(rand.NewSource(4))}
	rejected, cases := 0, underrace.Cases(3000)
	for range cases {
		s := c.set(t, c.anyRules)
		s.Tracked = c.of(50)
		s = approval.Ready(s)
		d, waivers := c.declaration(s, 85, 90), c.waivers(s)
		draft := clone(d)
		d.Submitted, draft.Submitted = catalogue.DateOf(decided), ""
		whole, found := approval.Find(d, s, decided, waivers), approval.Find(draft, s, decided, waivers)
		require.Equal(t, whole.Possible, found.Possible)
		require.Equal(t, whole.Results, found.Results)
		if found.Outcome == approval.Rejected {
			rejected++
			require.Equal(t, whole.Outcome, found.Outcome)
			continue
		}
		require.Equal(t, approval.Incomplete, found.Outcome)
	}
	require.Greater(t, rejected, cases/20)
}
