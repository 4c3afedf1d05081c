package approval_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/catalogue"
)

type outcomeList = []approval.Outcome

func count(results []any, more document) document {
	c := document{"results": results}
	for k, v := range more {
		c[k] = v
	}
	return counts(c)
}

// The rules of a set decide, the first that holds; what is not known stays open.
func TestRulesOfTheSet(t *testing.T) {
	notMet := []any{"not-met"}
	young := document{"fact": "minimumAge", "below": 16}
	strict := rule("strict", reject, count(notMet, document{"severities": []any{"blocker"}, "atLeast": 1}))
	panel := rule("young", unclear, young)
	free := rule("free", alone, nil)
	cases := []struct {
		name     string
		rules    []any
		edit     func(*declaration)
		outcome  approval.Outcome
		rule     approval.Rule
		possible outcomeList
	}{
		{"the first that holds", []any{strict, panel, free}, nil, alone, "free", outcomeList{alone}},
		{"a stricter one before", []any{strict, panel, free}, answer("A-1", no), reject, "strict", outcomeList{reject}},
		{"not the later one", []any{free, strict}, answer("A-1", no), alone, "free", outcomeList{alone}},
		{"none holds", []any{strict}, nil, unclear, approval.RuleDefault, outcomeList{unclear}},
		{"an unknown one is possible", []any{strict, panel, free}, both(forget("minimumAge"), answer("C-1", no)), approval.Incomplete, approval.RuleUnanswered, outcomeList{reject, unclear, alone}},
		{"one that is unknown after one that holds does not count", []any{free, panel}, forget("minimumAge"), approval.Incomplete, approval.RuleUnanswered, outcomeList{alone}},
		{"all that is possible is the same, but something is open", []any{rule("a", unclear, young)}, forget("minimumAge"), approval.Incomplete, approval.RuleUnanswered, outcomeList{unclear}},
		{"all that is possible is a rejection", []any{rule("a", reject, young), rule("b", reject, nil)}, forget("minimumAge"), reject, "b", outcomeList{reject}},
		{"a rejection for certain, the rest open", []any{strict, free}, both(answer("A-1", no), drop("A-2")), reject, "strict", outcomeList{reject}},
		{"a rejection that may go away", []any{rule("two", reject, count(notMet, document{"atLeast": 2})), free}, both(answer("A-1", no), drop("A-2")), approval.Incomplete, approval.RuleUnanswered, outcomeList{reject, alone}},
		{"two for certain", []any{rule("two", reject, count(notMet, document{"atLeast": 2})), free}, both(answer("A-1", no), answer("A-3", no), drop("A-2")), reject, "two", outcomeList{reject}},
		{"fewer than", []any{rule("few", with, count([]any{"met"}, document{"below": 7})), free}, nil, with, "few", outcomeList{with}},
		{"fewer than, at most", []any{rule("few", with, count([]any{"met"}, document{"below": 6})), free}, nil, alone, "free", outcomeList{alone}},
		{"between", []any{rule("some", with, count(notMet, document{"atLeast": 1, "below": 3})), free}, answer("A-3", no), with, "some", outcomeList{with}},
		{"above between", []any{rule("some", with, count(notMet, document{"atLeast": 1, "below": 3})), free}, both(answer("A-1", no), answer("A-2", no), answer("A-3", no)), alone, "free", outcomeList{alone}},
		{"certain requirements", []any{rule("x", with, count(notMet, document{"requirements": []any{"A-2", "A-3"}, "atLeast": 1})), free}, answer("A-1", no), alone, "free", outcomeList{alone}},
		{"certain requirements, one", []any{rule("x", with, count(notMet, document{"requirements": []any{"A-2", "A-3"}, "atLeast": 1})), free}, answer("A-3", no), with, "x", outcomeList{with}},
		{"severities", []any{rule("x", with, count(notMet, document{"severities": []any{"major", "blocker"}, "atLeast": 1})), free}, answer("A-3", no), alone, "free", outcomeList{alone}},
		{"an answer", []any{rule("x", with, says("A-3", "no")), free}, answer("A-3", no), with, "x", outcomeList{with}},
		{"an answer that is missing", []any{rule("x", with, says("A-3", "no")), free}, drop("A-3"), approval.Incomplete, approval.RuleUnanswered, outcomeList{with, alone}},
		{"an answer that is not asked for", []any{rule("x", with, says("C-1", "yes")), free}, answer("C-1", approval.Answer{Status: approval.Yes}), alone, "free", outcomeList{alone}},
		{"what does not apply is not applicable", []any{rule("x", with, says("C-1", "not-applicable")), free}, nil, with, "x", outcomeList{with}},
		{"guidance must be known", []any{free}, forget("guidance"), approval.Incomplete, approval.RuleUnanswered, outcomeList{alone}},
		{"a fact of a rule must be known", []any{rule("x", with, document{"fact": "platforms", "in": []any{"web"}}), free}, both(forget("platforms"), answer("D-1", approval.Answer{Status: approval.Yes})), approval.Incomplete, approval.RuleUnanswered, outcomeList{with, alone}},
		{"nobody signed", []any{free}, func(d *declaration) { d.SignedBy.Name = "" }, approval.Incomplete, approval.RuleDeclaration, outcomeList{alone}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			dec := decide(t, setOf(t, ruled(c.rules...)), c.edit)
			assert.Equal(t, c.outcome, dec.Outcome, dec.Summary["en"])
			assert.Equal(t, c.rule, dec.Rule)
			assert.Equal(t, c.possible, dec.Possible)
			wordedInThree(t, dec.Summary)
			if dec.Rule != approval.RuleDefault && dec.Outcome != approval.Incomplete {
				assert.Equal(t, "because of "+string(dec.Rule), dec.Summary["nb"])
			}
			_, err := approval.ParseDecision([]byte(encode(t, dec)))
			require.NoError(t, err)
		})
	}
}

func TestDefaultOfTheSet(t *testing.T) {
	dec := decide(t, setOf(t, ruled(rule("never", alone, document{"fact": "login", "in": []any{"false"}})), sets("default", "rejected")), nil)
	assert.Equal(t, reject, dec.Outcome)
	assert.Equal(t, approval.RuleDefault, dec.Rule)
}

// A requirement may depend on the answer to another, which may be unusable, not asked for, or unknown.
func TestRequirementsThatAskForAnswers(t *testing.T) {
	set := setOf(t, onRequirement(2, sets("when", says("B-1", "yes"))))
	cases := []struct {
		name string
		edit func(*declaration)
		want approval.Result
		says string
	}{
		{"answered so", nil, approval.ResultMet, "yes"},
		{"answered otherwise", answer("B-1", no), approval.ResultNotApplicable, "Does not apply"},
		{"not answered", drop("B-1"), approval.ResultUnanswered, "requirement B-1 “Login is strong enough” has no answer"},
		{"evidence is over", func(d *declaration) { d.Evidence[1].Expires = "2026-11-21" }, approval.ResultUnanswered, "has no answer that can be used"},
		{"not asked for", func(d *declaration) { d.Facts["login"] = false }, approval.ResultNotApplicable, "Does not apply"},
		{"not known whether it is asked for", forget("login"), approval.ResultUnanswered, "has no answer that can be used"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			r := reason(t, decide(t, set, c.edit), "A-3")
			assert.Equal(t, c.want, r.Result)
			assert.Contains(t, r.Text["en"], c.says)
			wordedInThree(t, r.Text)
		})
	}
	unless := setOf(t, onRequirement(2, sets("when", says("B-1", "no", "not-applicable"))))
	assert.Equal(t, approval.ResultMet, reason(t, decide(t, unless, both(forget("login"), answer("B-1", no))), "A-3").Result, "either way")
}

// What is missing is listed with what decides on its own first, then by weight, then in order.
func TestMissing(t *testing.T) {
	need := func(dec *approval.Decision) []string {
		var out []string
		for _, n := range dec.Missing {
			out = append(out, n.Requirement+n.Fact)
			wordedInThree(t, n.Text)
		}
		return out
	}
	open := both(drop("A-3"), drop("B-2"), drop("A-2"), drop("A-1"))
	assert.Equal(t, []string{"A-1", "A-2", "B-2", "A-3"}, need(decide(t, small(t), open)))
	assert.Equal(t, []string{"", "A-1"}, need(decide(t, small(t), both(drop("A-1"), func(d *declaration) { d.SignedBy.Name = "" }))))
	assert.Equal(t, []string{"guidance", "minimumAge", "login", "platforms"}, need(decide(t, small(t), both(func(d *declaration) { d.Facts = nil },
		answer("D-1", approval.Answer{Status: approval.NotApplicable, Reason: "no-backend"})))))
	assert.Empty(t, decide(t, small(t), nil).Missing)
	assert.Equal(t, []string{"A-2"}, need(decide(t, small(t), both(answer("A-1", no), drop("A-2")))), "also when it is decided")
	decisive := setOf(t, ruled(rule("x", reject, count([]any{"not-met"}, document{"requirements": []any{"A-3"}, "atLeast": 1})), rule("y", alone, nil)))
	assert.Equal(t, []string{"A-3", "A-1", "A-2", "B-2"}, need(decide(t, decisive, open)), "a minor that decides comes before a blocker that does not")
	level := setOf(t, raised("documented", document{"fact": "login", "in": []any{"true"}}))
	assert.Equal(t, []string{"login", "A-2"}, need(decide(t, level, both(forget("login"), answer("B-1", no)))), "a fact that may spare better evidence")
}

func TestWaivers(t *testing.T) {
	edit := func(change func(*approval.Waiver)) []approval.Waiver {
		w := waiver
		change(&w)
		return []approval.Waiver{w}
	}
	cases := []struct {
		name    string
		waivers []approval.Waiver
		want    approval.Result
	}{
		{"holds", []approval.Waiver{waiver}, approval.ResultWaived},
		{"none", nil, approval.ResultNotMet},
		{"from today", edit(func(w *approval.Waiver) { w.From = "2026-11-22" }), approval.ResultWaived},
		{"from tomorrow", edit(func(w *approval.Waiver) { w.From = "2026-11-23" }), approval.ResultNotMet},
		{"until today", edit(func(w *approval.Waiver) { w.Until = "2026-11-22" }), approval.ResultWaived},
		{"until yesterday", edit(func(w *approval.Waiver) { w.Until = "2026-11-21" }), approval.ResultNotMet},
		{"without a first day", edit(func(w *approval.Waiver) { w.From = "" }), approval.ResultNotMet},
		{"without a last day", edit(func(w *approval.Waiver) { w.Until = "" }), approval.ResultNotMet},
		{"until no day", edit(func(w *approval.Waiver) { w.Until = "never" }), approval.ResultNotMet},
		{"of another tool", edit(func(w *approval.Waiver) { w.Tool = "other" }), approval.ResultNotMet},
		{"of another requirement", edit(func(w *approval.Waiver) { w.Requirement = "A-2" }), approval.ResultNotMet},
		{"without a name", edit(func(w *approval.Waiver) { w.ID = "" }), approval.ResultNotMet},
		{"not justified", edit(func(w *approval.Waiver) { w.Justification = " " }), approval.ResultNotMet},
		{"asked for by nobody", edit(func(w *approval.Waiver) { w.By = "" }), approval.ResultNotMet},
		{"granted by nobody", edit(func(w *approval.Waiver) { w.ApprovedBy = "" }), approval.ResultNotMet},
		{"granted by who asked", edit(func(w *approval.Waiver) { w.ApprovedBy = "ola  NORDMANN" }), approval.ResultNotMet},
		{"granted by who signed", edit(func(w *approval.Waiver) { w.ApprovedBy = "Kari Nordmann" }), approval.ResultNotMet},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			dec := decide(t, small(t), answer("A-1", no), c.waivers...)
			assert.Equal(t, c.want, reason(t, dec, "A-1").Result)
			assert.Equal(t, c.want == approval.ResultWaived, dec.Outcome == alone)
			assert.Equal(t, c.want == approval.ResultWaived, len(dec.Waivers) == 1)
		})
	}
}

// A waiver changes nothing but what is not met.
func TestWaiversPassNothingElse(t *testing.T) {
	assert.Equal(t, decide(t, small(t), nil), decide(t, small(t), nil, waiver))
	assert.Equal(t, decide(t, small(t), drop("A-1")).Reasons, decide(t, small(t), drop("A-1"), waiver).Reasons)
	w := waiver
	w.Requirement = "C-1"
	assert.Equal(t, decide(t, small(t), forPanel), decide(t, small(t), forPanel, w))
}

func TestWaiversBoundTheApproval(t *testing.T) {
	dec := decide(t, small(t), answer("A-1", no), waiver)
	assert.Equal(t, catalogue.Date("2027-06-30"), dec.ValidUntil)
	assert.Contains(t, dec.ValidBecause["en"], "because the waiver w-1 of requirement A-1 “The purpose is described” ends")
	assert.Equal(t, []approval.WaiverRef{{ID: "w-1", SHA256: waiver.Digest()}}, dec.Waivers)
	longer := waiver
	longer.ID, longer.Until = "w-0", "2027-07-31"
	assert.Equal(t, catalogue.Date("2027-07-31"), decide(t, small(t), answer("A-1", no), waiver, longer).ValidUntil, "the longest is relied on")
	review := decide(t, small(t), both(forPanel, answer("A-1", no)), waiver)
	require.Equal(t, unclear, review.Outcome)
	_, err := board().Review(review, votes(with, with, with), "2027-07-01", met)
	require.ErrorIs(t, err, approval.ErrValidity, "nor can a panel approve beyond it")
}

// On the last day of an approval the same declaration has the same outcome, and on the day after another.
func TestValidityBoundary(t *testing.T) {
	plan := approval.Answer{Status: approval.Planned, Due: "2027-03-01"}
	inherited := approval.Answer{Status: approval.Yes, Inherited: &approval.Origin{Declaration: "v", Until: "2027-02-28"}}
	cases := []struct {
		name    string
		set     []func(document)
		edit    func(*declaration)
		waivers []approval.Waiver
		until   catalogue.Date
	}{
		{"review", nil, func(d *declaration) { d.Submitted, d.Evidence[1].Expires = "2026-11-22", "" }, nil, "2028-11-22"},
		{"the declaration's age", nil, func(d *declaration) { d.Evidence[1].Expires = "" }, nil, "2028-11-01"},
		{"evidence", nil, nil, nil, "2028-01-15"},
		{"evidence on a leap day", nil, func(d *declaration) { d.Evidence[1].Expires = "2028-02-29" }, nil, "2028-02-29"},
		{"inherited", nil, answer("A-1", inherited), nil, "2027-02-28"},
		{"waiver", nil, answer("A-1", no), []approval.Waiver{waiver}, "2027-06-30"},
		{"plan", wide[:3], answer("A-2", plan), nil, "2027-02-28"},
		{"a requirement comes into force", []func(document){onRequirement(0, sets("from", "2027-01-01"))}, answer("A-1", no), nil, "2026-12-31"},
		{"a requirement is over", []func(document){onRequirement(0, sets("until", "2026-12-31")), ruled(rule("x", alone, count([]any{"met"}, document{"atLeast": 6})))}, nil, nil, "2026-12-31"},
	}
	oslo, err := time.LoadLocation("Europe/Oslo")
	require.NoError(t, err)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			set := setOf(t, c.set...)
			at := time.Date(2026, 11, 22, 10, 30, 0, 0, oslo)
			dec := decideAt(t, set, c.edit, at, c.waivers...)
			require.Equal(t, alone, dec.Outcome, dec.Summary["en"])
			require.Equal(t, c.until, dec.ValidUntil, dec.ValidBecause["en"])
			wordedInThree(t, dec.ValidBecause)
			end, err := time.ParseInLocation(time.DateOnly, string(c.until), oslo)
			require.NoError(t, err)
			midnight := end.AddDate(0, 0, 1)
			assert.Equal(t, alone, decideAt(t, set, c.edit, midnight.Add(-time.Second), c.waivers...).Outcome)
			assert.NotEqual(t, alone, decideAt(t, set, c.edit, midnight, c.waivers...).Outcome)
			assert.Equal(t, alone, decideAt(t, set, c.edit, midnight.UTC(), c.waivers...).Outcome, "in UTC it is still the day before")
		})
	}
}

func TestAComingRequirementThatIsMetBoundsNothing(t *testing.T) {
	dec := decide(t, setOf(t, onRequirement(0, sets("from", "2027-01-01"))), nil)
	assert.Equal(t, catalogue.Date("2028-01-15"), dec.ValidUntil)
}

func TestNextReview(t *testing.T) {
	for days, want := range map[int]catalogue.Date{0: "2028-01-15", 30: "2027-12-16", 400: "2026-12-11"} {
		assert.Equal(t, want, decide(t, setOf(t, sets("remindDays", days)), nil).NextReview)
	}
	soon := decide(t, setOf(t, sets("remindDays", 60)), func(d *declaration) { d.Evidence[1].Expires = "2026-12-01" })
	assert.Equal(t, catalogue.Date("2026-11-22"), soon.NextReview, "not before the day of the decision")
	assert.Empty(t, decide(t, setOf(t, sets("remindDays", 60)), forPanel).NextReview)
}

// A panel's approval is looked at again as many days before its end as the set says, unless the panel says when.
func TestNextReviewOfAPanel(t *testing.T) {
	for _, c := range []struct {
		days           int
		set, want, end catalogue.Date
	}{
		{90, "", "2027-10-02", "2027-12-31"},
		{90, "2027-06-01", "2027-06-01", "2027-12-31"},
		{90, "", "2026-12-01", "2027-02-01"}, // not before the day of the decision
		{0, "", "", "2027-12-31"},            // the last day, as in decisions that do not know the days
	} {
		d := decide(t, setOf(t, sets("remindDays", c.days)), forPanel)
		out, err := board().Decide(d, session(func(s *approval.Session) { s.NextReview, s.ValidUntil = c.set, c.end }))
		require.NoError(t, err)
		assert.Equal(t, c.want, out.NextReview, "%v", c)
		out, err = board().Review(d, votes(with, with, with), c.end, met)
		require.NoError(t, err)
		if c.set == "" {
			assert.Equal(t, c.want, out.NextReview, "%v", c)
		}
	}
}
