package approval_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/catalogue"
)

func board() approval.Panel {
	return approval.Panel{ID: "fagpanel", Quorum: 3, Members: []approval.Member{
		{ID: "a", Name: "Anne", Role: "psykolog"}, {ID: "b", Name: "Bjørn"}, {ID: "c", Name: "Cecilie"}, {ID: "d", Name: "Dag"},
	}}
}

func votes(outcomes ...approval.Outcome) []approval.Vote {
	var out []approval.Vote
	for i, o := range outcomes {
		out = append(out, approval.Vote{Member: board().Members[i].ID, Outcome: o, Rationale: "Godt begrunnet."})
	}
	return out
}

const (
	with    = approval.ApprovedWithTherapist
	alone   = approval.ApprovedWithoutTherapist
	reject  = approval.Rejected
	unclear = approval.NeedsReview
)

// met is when the panel of these tests meets.
var met = time.Date(2026, 12, 1, 14, 0, 0, 0, time.FixedZone("Oslo", 3600))

func TestPanelDecides(t *testing.T) {
	cases := []struct {
		name   string
		votes  []approval.Vote
		want   approval.Outcome
		rule   approval.Rule
		result approval.Result
	}{
		{"all for", votes(alone, alone, alone), alone, approval.RulePanelMajority, approval.ResultMet},
		{"two of three", votes(with, with, reject), with, approval.RulePanelMajority, approval.ResultMet},
		{"rejected", votes(reject, alone, reject), reject, approval.RulePanelMajority, approval.ResultNotMet},
		{"tie", votes(with, with, reject, reject), unclear, approval.RulePanelUndecided, approval.ResultNeedsPanel},
		{"half is no majority", votes(with, with, alone, unclear), unclear, approval.RulePanelUndecided, approval.ResultNeedsPanel},
		{"two ways to approve are two outcomes", votes(with, alone, reject), unclear, approval.RulePanelUndecided, approval.ResultNeedsPanel},
		{"majority for looking again", votes(unclear, unclear, with), unclear, approval.RulePanelMajority, approval.ResultNeedsPanel},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d := evaluate(t, forPanel)
			before := encode(t, d)
			out, err := board().Review(d, c.votes, "2027-12-31", met)
			require.NoError(t, err)
			assert.Equal(t, c.want, out.Outcome)
			assert.Equal(t, c.rule, out.Rule)
			assert.Equal(t, c.result, reason(t, out, "C-1").Result)
			assert.Equal(t, c.want.Approves(), out.ValidUntil == "2027-12-31")
			assert.NotEqual(t, d.ID, out.ID)
			assert.Equal(t, d.ID, out.Panel.Reviewed)
			assert.Equal(t, c.votes, out.Panel.Votes, "dissent is kept")
			assert.Equal(t, before, encode(t, d), "the old decision stays as it is")
			_, err = approval.ParseDecision([]byte(encode(t, out)))
			require.NoError(t, err)
		})
	}
}

func TestPanelRefuses(t *testing.T) {
	const until = catalogue.Date("2027-12-31")
	panel := func(edit func(*approval.Panel)) approval.Panel { p := board(); edit(&p); return p }
	vote := func(i int, edit func(*approval.Vote)) []approval.Vote {
		v := votes(with, with, with)
		edit(&v[i])
		return v
	}
	three := votes(with, with, with)
	cases := []struct {
		name  string
		panel approval.Panel
		start func(*declaration)
		votes []approval.Vote
		until catalogue.Date
		at    time.Time
		want  error
	}{
		{"quorum not reached", board(), forPanel, votes(with, with), until, met, approval.ErrNoQuorum},
		{"no votes", board(), forPanel, nil, until, met, approval.ErrNoQuorum},
		{"not a member", board(), forPanel, vote(1, func(v *approval.Vote) { v.Member = "x" }), until, met, approval.ErrVotes},
		{"nobody", board(), forPanel, vote(1, func(v *approval.Vote) { v.Member = "" }), until, met, approval.ErrVotes},
		{"votes twice", board(), forPanel, vote(1, func(v *approval.Vote) { v.Member = "a" }), until, met, approval.ErrVotes},
		{"no rationale", board(), forPanel, vote(2, func(v *approval.Vote) { v.Rationale = " \n" }), until, met, approval.ErrVotes},
		{"no outcome", board(), forPanel, vote(2, func(v *approval.Vote) { v.Outcome = "" }), until, met, approval.ErrVotes},
		{"incomplete is not for panels", board(), forPanel, vote(2, func(v *approval.Vote) { v.Outcome = approval.Incomplete }), until, met, approval.ErrVotes},
		{"without a therapist although guided only", board(), both(forPanel, guided), votes(alone, alone, alone), until, met, approval.ErrVotes},
		{"no quorum set", panel(func(p *approval.Panel) { p.Quorum = 0 }), forPanel, three, until, met, approval.ErrPanel},
		{"quorum above the number of members", panel(func(p *approval.Panel) { p.Quorum = 5 }), forPanel, three, until, met, approval.ErrPanel},
		{"member twice", panel(func(p *approval.Panel) { p.Members[1].ID = "a" }), forPanel, three, until, met, approval.ErrPanel},
		{"panel without id", panel(func(p *approval.Panel) { p.ID = "" }), forPanel, three, until, met, approval.ErrPanel},
		{"empty panel", approval.Panel{}, forPanel, three, until, met, approval.ErrPanel},
		{"an approval", board(), nil, three, until, met, approval.ErrNotForReview},
		{"a rejection", board(), answer("A-1", no), three, until, met, approval.ErrNotForReview},
		{"an incomplete one", board(), drop("A-1"), three, until, met, approval.ErrNotForReview},
		{"before it was made", board(), forPanel, three, until, decided.Add(-time.Second), approval.ErrNotForReview},
		{"on an old declaration", board(), forPanel, three, "2028-12-31", time.Date(2028, 11, 2, 0, 0, 0, 0, time.UTC), approval.ErrNotForReview},
		{"no last day", board(), forPanel, three, "", met, approval.ErrValidity},
		{"no day at all", board(), forPanel, three, "soon", met, approval.ErrValidity},
		{"last day over", board(), forPanel, three, "2026-11-30", met, approval.ErrValidity},
		{"beyond the evidence", board(), forPanel, three, "2028-01-16", met, approval.ErrValidity},
		{"beyond the review", board(), both(forPanel, func(d *declaration) { d.Evidence[1].Expires = "" }), three, "2028-12-02", met, approval.ErrValidity},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			out, err := c.panel.Review(evaluate(t, c.start), c.votes, c.until, c.at)
			require.ErrorIs(t, err, c.want)
			assert.Nil(t, out)
		})
	}
	_, err := board().Review(nil, three, until, met)
	require.ErrorIs(t, err, approval.ErrNotForReview)
}

func TestPanelMayUseTheLastDay(t *testing.T) {
	for _, until := range []catalogue.Date{"2026-12-01", "2028-01-15"} {
		out, err := board().Review(evaluate(t, forPanel), votes(with, with, with), until, met)
		require.NoError(t, err)
		assert.Equal(t, until, out.ValidUntil)
	}
}

// LatestEnd is the last day that Decide takes: the day after it is refused.
func TestLatestEnd(t *testing.T) {
	due := func(day catalogue.Date) []approval.Obligation {
		return []approval.Obligation{{Due: day, Text: catalogue.Text{"nb": "Gjør ferdig testen."}}}
	}
	cases := []struct {
		name       string
		start      func(*declaration)
		conditions []approval.Obligation
		want, next catalogue.Date
	}{
		{"the evidence ends first", forPanel, nil, "2028-01-15", "2028-01-16"},
		{"the declaration is too old first", both(forPanel, func(d *declaration) { d.Evidence[1].Expires = "" }), nil, "2028-11-01", "2028-11-02"},
		{"a condition is due first", forPanel, due("2027-05-02"), "2027-05-01", "2027-05-02"},
		{"a condition is due later", forPanel, due("2028-05-02"), "2028-01-15", "2028-01-16"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d := evaluate(t, c.start)
			assert.Equal(t, c.want, d.LatestEnd(met, c.conditions...))
			assert.Empty(t, d.Conditions, "the decision is not changed")
			until := func(day catalogue.Date) error {
				_, err := board().Decide(d, session(func(s *approval.Session) { s.ValidUntil, s.Conditions = day, c.conditions }))
				return err
			}
			require.NoError(t, until(c.want))
			require.ErrorIs(t, until(c.next), approval.ErrValidity)
		})
	}
}

func TestAllFaultsOfVotesAtOnce(t *testing.T) {
	v := votes(with, with, with)
	v[0].Rationale, v[1].Member, v[2].Outcome = "", "x", "perhaps"
	_, err := board().Review(evaluate(t, forPanel), v, "2027-12-31", met)
	require.EqualError(t, err, "approval: unusable votes: /votes/0/rationale: Something is missing here. Fill it in.; "+
		"/votes/1/member: This is not a member of the panel. Correct the id.; /votes/2/outcome: The value is not allowed here, "+
		"want one of approved-without-therapist, approved-with-therapist, needs-review, rejected.")
}

func TestPanelRefusesAnAlteredDecision(t *testing.T) {
	d := evaluate(t, both(forPanel, guided))
	d.Terms.GuidedOnly = false
	_, err := board().Review(d, votes(alone, alone, alone), "2027-12-31", met)
	require.ErrorIs(t, err, approval.ErrAltered)
}

func TestATieCanComeBack(t *testing.T) {
	tie, err := board().Review(evaluate(t, forPanel), votes(with, with, reject, reject), "", met)
	require.NoError(t, err)
	out, err := board().Review(tie, votes(with, with, with), "2027-12-31", met.AddDate(0, 0, 7))
	require.NoError(t, err)
	assert.Equal(t, with, out.Outcome)
	assert.Equal(t, tie.ID, out.Panel.Reviewed)
}
