package approval_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/catalogue"
)

// session is one in which three members approve, each at a time of their own.
func session(edit func(*approval.Session)) approval.Session {
	s := approval.Session{Case: "case-1", VendorPeople: []string{"kari"}, ValidUntil: "2027-12-31", At: met, Votes: votes(with, with, with)}
	for i := range s.Votes {
		s.Votes[i].At = met.Add(time.Duration(i-60) * time.Minute).UTC()
	}
	if edit != nil {
		edit(&s)
	}
	return s
}

// again is a member's new vote, minutes before the decision.
func again(member string, o approval.Outcome, minutes int) approval.Vote {
	return approval.Vote{Member: member, Outcome: o, Rationale: "Jeg har sett på det på nytt.", At: met.Add(-time.Duration(minutes) * time.Minute).UTC()}
}

// What was decided and stored before panels had chairs, roles and conflicts reads as it did and comes out as it did.
func TestDecisionsOfBeforeStayAsTheyAre(t *testing.T) {
	stored := strings.TrimSpace(string(read(t, "panel-decision.json")))
	old, err := approval.ParseDecision([]byte(stored))
	require.NoError(t, err)
	assert.Equal(t, approval.PanelRecord{Panel: board(), Votes: votes(with, with, reject), Reviewed: "d-f9f05fd8d5c6591d"}, *old.Panel)
	assert.Equal(t, stored, encode(t, old))

	before, err := approval.ParseDecision(read(t, "needs-review.json"))
	require.NoError(t, err)
	now, err := board().Review(before, votes(with, with, reject), "2027-12-31", met)
	require.NoError(t, err)
	assert.Equal(t, stored, encode(t, now))
}

func TestMajorities(t *testing.T) {
	cases := []struct {
		name     string
		majority approval.Majority
		votes    []approval.Vote
		want     approval.Outcome
	}{
		{"none named is simple", "", votes(with, with, reject), with},
		{"simple", approval.MajoritySimple, votes(with, with, reject), with},
		{"two of three are two thirds", approval.MajorityTwoThirds, votes(with, with, reject), with},
		{"all are", approval.MajorityTwoThirds, votes(reject, reject, reject, reject), reject},
		{"three of four are", approval.MajorityTwoThirds, votes(with, with, with, reject), with},
		{"half is neither", approval.MajoritySimple, votes(with, with, reject, reject), unclear},
		{"half is less", approval.MajorityTwoThirds, votes(with, with, reject, reject), unclear},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			p := board()
			p.Majority = c.majority
			out, err := p.Review(evaluate(t, forPanel), c.votes, "2027-12-31", met)
			require.NoError(t, err)
			assert.Equal(t, c.want, out.Outcome)
		})
	}
	five := board()
	five.Members = append(five.Members, approval.Member{ID: "e", Name: "Eva"})
	for majority, want := range map[approval.Majority]approval.Outcome{approval.MajoritySimple: with, approval.MajorityTwoThirds: unclear} {
		five.Majority = majority
		all := append(votes(with, with, with, reject), approval.Vote{Member: "e", Outcome: reject, Rationale: "Nei."})
		out, err := five.Review(evaluate(t, forPanel), all, "2027-12-31", met)
		require.NoError(t, err)
		assert.Equal(t, want, out.Outcome, "three of five, %s", majority)
	}
}

func TestTheLastVoteOfAMemberCounts(t *testing.T) {
	s := session(func(s *approval.Session) {
		s.Votes[0].Outcome, s.Votes[1].Outcome = reject, reject
		s.Votes = append(s.Votes, again("a", with, 10), again("b", unclear, 9), again("b", with, 8))
	})
	first := s.Votes[0]
	out, err := board().Decide(evaluate(t, forPanel), s)
	require.NoError(t, err)
	assert.Equal(t, with, out.Outcome)
	assert.Equal(t, []approval.Vote{s.Votes[2], s.Votes[3], s.Votes[5]}, out.Panel.Votes)
	assert.Equal(t, []approval.Vote{first, s.Votes[1], s.Votes[4]}, out.Panel.Earlier, "what was changed is kept")
	back, err := approval.ParseDecision([]byte(encode(t, out)))
	require.NoError(t, err)
	assert.Equal(t, out.Panel, back.Panel)
}

// What need not be met may be found not met by those who approve, and times are kept as decisions keep them.
func TestVotesAreKeptInOneForm(t *testing.T) {
	out, err := board().Decide(evaluate(t, forPanel), session(func(s *approval.Session) {
		s.Votes[0].At = met.Add(-time.Minute + time.Millisecond)
		s.Votes[0].Findings = []approval.VoteFinding{{Requirement: "A-2", Result: approval.ResultNotMet}}
	}))
	require.NoError(t, err)
	assert.Equal(t, met.Add(-time.Minute).UTC(), out.Panel.Votes[0].At)
	assert.Equal(t, approval.ResultNotMet, out.Panel.Votes[0].Findings[0].Result)
}

func TestWhoStandsAsideIsKeptAndNotCounted(t *testing.T) {
	conflicts := []approval.Conflict{{Member: "d", Case: "case-1", Why: approval.InterestOwner}, {Member: "a", Case: "case-2", Why: approval.InterestPaid},
		{Member: "gone", Case: "case-2", Why: approval.InterestPaid}}
	out, err := board().Decide(evaluate(t, forPanel), session(func(s *approval.Session) { s.Conflicts = conflicts }))
	require.NoError(t, err)
	assert.Equal(t, conflicts[:1], out.Panel.Conflicts, "of this case only")
	assert.Equal(t, "case-1", out.Panel.Case)
}

func TestDecideRefuses(t *testing.T) {
	panel := func(edit func(*approval.Panel)) approval.Panel { p := board(); edit(&p); return p }
	last := func(s *approval.Session) *approval.Vote { return &s.Votes[len(s.Votes)-1] }
	condition := func(edit func(*approval.Obligation)) func(*approval.Session) {
		return func(s *approval.Session) {
			s.Conditions = []approval.Obligation{{Requirement: "A-2", Due: "2028-01-01", Text: catalogue.Text{"nb": "Test truslene på nytt."}}}
			edit(&s.Conditions[0])
		}
	}
	finding := func(requirement string, result approval.Result) func(*approval.Session) {
		return func(s *approval.Session) {
			last(s).Findings = []approval.VoteFinding{{Requirement: requirement, Result: result}}
		}
	}
	cases := []struct {
		name  string
		panel approval.Panel
		edit  func(*approval.Session)
		want  error
		place string
		code  string
	}{
		{"no case", board(), func(s *approval.Session) { s.Case = "" }, approval.ErrSession, "/case", "missing-member"},
		{"a case with a number", board(), func(s *approval.Session) { s.Case = "00000000000" }, approval.ErrSession, "/case", "personal-data"},
		{"nobody of the vendor's", board(), func(s *approval.Session) { s.VendorPeople = []string{" "} }, approval.ErrSession, "/vendorPeople", "missing-member"},
		{"a vote without a time", board(), func(s *approval.Session) { s.Votes[1].At = time.Time{} }, approval.ErrSession, "/votes/1/at", "missing-member"},
		{"a conflict of nobody", board(), func(s *approval.Session) {
			s.Conflicts = []approval.Conflict{{Member: "x", Case: "case-1", Why: approval.InterestPaid}}
		}, approval.ErrSession, "/conflicts/0/member", "unknown"},
		{"a conflict without reason", board(), func(s *approval.Session) { s.Conflicts = []approval.Conflict{{Member: "d", Case: "case-1"}} },
			approval.ErrSession, "/conflicts/0/why", "not-allowed"},
		{"a conflict without case", board(), func(s *approval.Session) {
			s.Conflicts = []approval.Conflict{{Member: "d", Why: approval.InterestPaid}}
		},
			approval.ErrSession, "/conflicts/0/case", "missing-member"},
		{"a vote in spite of an interest", board(), func(s *approval.Session) {
			s.Conflicts = []approval.Conflict{{Member: "b", Case: "case-1", Why: approval.InterestPaid}}
		}, approval.ErrRecused, "/votes/1/member", approval.CodeRecused},
		{"a vote by the vendor's", board(), func(s *approval.Session) { s.VendorPeople = []string{"kari", " C "} },
			approval.ErrRecused, "/votes/2/member", approval.CodeVendorPerson},
		{"no quorum without the one aside", board(), func(s *approval.Session) {
			s.Conflicts = []approval.Conflict{{Member: "c", Case: "case-1", Why: approval.InterestPaid}}
			s.Votes = s.Votes[:2]
		}, approval.ErrNoQuorum, "/votes", "too-few"},
		{"a changed vote counts once", board(), func(s *approval.Session) { *last(s) = again("a", with, 5) }, approval.ErrNoQuorum, "/votes", "too-few"},
		{"two votes at once", board(), func(s *approval.Session) {
			s.Votes = append(s.Votes, s.Votes[0])
		}, approval.ErrVotes, "/votes/3/at", "repeated"},
		{"an earlier vote after a later one", board(), func(s *approval.Session) { s.Votes = append(s.Votes, again("a", with, 500)) },
			approval.ErrVotes, "/votes/3/at", "repeated"},
		{"a vote after the decision", board(), func(s *approval.Session) { last(s).At = met.Add(time.Second) }, approval.ErrVotes, "/votes/2/at", "out-of-range"},
		{"a vote before the case came", board(), func(s *approval.Session) { last(s).At = decided.Add(-time.Second) }, approval.ErrVotes, "/votes/2/at", "out-of-range"},
		{"a number in the rationale", board(), func(s *approval.Session) { last(s).Rationale = "Gjelder 000000 00000." }, approval.ErrVotes, "/votes/2/rationale", "personal-data"},
		{"control characters", board(), func(s *approval.Session) { last(s).Rationale = "Ja\x1b[31m" }, approval.ErrVotes, "/votes/2/rationale", "bad-value"},
		{"a very long rationale", board(), func(s *approval.Session) { last(s).Rationale = strings.Repeat("å", 8001) }, approval.ErrVotes, "/votes/2/rationale", "too-long"},
		{"an unknown requirement", board(), finding("X-1", approval.ResultMet), approval.ErrVotes, "/votes/2/findings/0/requirement", "unknown"},
		{"no finding", board(), finding("C-1", approval.ResultWaived), approval.ErrVotes, "/votes/2/findings/0/result", "not-allowed"},
		{"approves against its own finding", board(), finding("C-1", approval.ResultNotMet), approval.ErrVotes, "/votes/2/findings/0/result", "contradiction"},
		{"two findings", board(), func(s *approval.Session) {
			last(s).Findings = []approval.VoteFinding{{Requirement: "C-1", Result: approval.ResultMet}, {Requirement: "C-1", Result: approval.ResultMet}}
		}, approval.ErrVotes, "/votes/2/findings/1/requirement", "repeated"},
		{"term over", panel(func(p *approval.Panel) { p.Members[1].Until = "2026-11-30" }), nil, approval.ErrVotes, "/votes/1/member", "out-of-range"},
		{"term to come", panel(func(p *approval.Panel) { p.Members[1].From = "2026-12-02" }), nil, approval.ErrVotes, "/votes/1/member", "out-of-range"},
		{"term over since voting", panel(func(p *approval.Panel) { p.Members[1].Until = "2026-11-30" }),
			func(s *approval.Session) { s.Votes[1].At = met.AddDate(0, 0, -1) }, approval.ErrVotes, "/votes/1/member", "out-of-range"},
		{"term not begun when voting", panel(func(p *approval.Panel) { p.Members[1].From = "2026-12-01" }),
			func(s *approval.Session) { s.Votes[1].At = met.AddDate(0, 0, -1) }, approval.ErrVotes, "/votes/1/member", "out-of-range"},
		{"a role is missing", panel(func(p *approval.Panel) {
			p.NeedRoles, p.Members[3].Role = []approval.RoleCount{{Role: "lege", Count: 1}}, "lege"
		}), nil, approval.ErrNoQuorum, "/votes", "too-few"},
		{"a role that nobody has", panel(func(p *approval.Panel) { p.NeedRoles = []approval.RoleCount{{Role: "lege", Count: 1}} }), nil,
			approval.ErrPanel, "/needRoles/0/count", "out-of-range"},
		{"none of a role", panel(func(p *approval.Panel) { p.NeedRoles = []approval.RoleCount{{Role: "psykolog"}} }), nil,
			approval.ErrPanel, "/needRoles/0/count", "out-of-range"},
		{"a role twice", panel(func(p *approval.Panel) {
			p.NeedRoles = []approval.RoleCount{{Role: "psykolog", Count: 1}, {Role: "psykolog", Count: 1}}
		}), nil, approval.ErrPanel, "/needRoles/1/role", "repeated"},
		{"a role by identity number", panel(func(p *approval.Panel) { p.NeedRoles = []approval.RoleCount{{Role: "000000 00000", Count: 1}} }), nil,
			approval.ErrPanel, "/needRoles/0/role", "personal-data"},
		{"a chair from outside", panel(func(p *approval.Panel) { p.Chair = "x" }), nil, approval.ErrPanel, "/chair", "unknown"},
		{"an unknown majority", panel(func(p *approval.Panel) { p.Majority = "most" }), nil, approval.ErrPanel, "/majority", "not-allowed"},
		{"a term that ends first", panel(func(p *approval.Panel) { p.Members[0].From, p.Members[0].Until = "2026-12-01", "2026-11-30" }), nil,
			approval.ErrPanel, "/members/0/until", "contradiction"},
		{"a term from no day", panel(func(p *approval.Panel) { p.Members[0].From = "soon" }), nil, approval.ErrPanel, "/members/0/from", "bad-format"},
		{"a term to no day", panel(func(p *approval.Panel) { p.Members[0].Until = "later" }), nil, approval.ErrPanel, "/members/0/until", "bad-format"},
		{"a member by identity number", panel(func(p *approval.Panel) { p.Members[3].ID = "00000000000" }), nil, approval.ErrPanel, "/members/3/id", "personal-data"},
		{"a member without a name", panel(func(p *approval.Panel) { p.Members[0].Name = " " }), nil, approval.ErrPanel, "/members/0/name", "missing-member"},
		{"a condition that is due already", board(), condition(func(o *approval.Obligation) { o.Due = "2026-12-01" }), approval.ErrSession, "/conditions/0/due", "out-of-range"},
		{"a condition without a day", board(), condition(func(o *approval.Obligation) { o.Due = "" }), approval.ErrSession, "/conditions/0/due", "out-of-range"},
		{"a condition without words", board(), condition(func(o *approval.Obligation) { o.Text = catalogue.Text{"en": "Test."} }),
			approval.ErrSession, "/conditions/0/text/nb", "missing-member"},
		{"a condition with a number", board(), condition(func(o *approval.Obligation) { o.Text["en"] = "00000000000" }), approval.ErrSession, "/conditions/0/text/en", "personal-data"},
		{"a condition on nothing", board(), condition(func(o *approval.Obligation) { o.Requirement = "X-1" }), approval.ErrSession, "/conditions/0/requirement", "unknown"},
		{"beyond a condition", board(), condition(func(o *approval.Obligation) { o.Due = "2027-12-31" }), approval.ErrValidity, "/validUntil", "out-of-range"},
		{"next review today", board(), func(s *approval.Session) { s.NextReview = "2026-12-01" }, approval.ErrValidity, "/nextReview", "out-of-range"},
		{"next review too late", board(), func(s *approval.Session) { s.NextReview = "2028-01-01" }, approval.ErrValidity, "/nextReview", "out-of-range"},
		{"next review on no day", board(), func(s *approval.Session) { s.NextReview = "2027-xx" }, approval.ErrValidity, "/nextReview", "out-of-range"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			out, err := c.panel.Decide(evaluate(t, forPanel), session(c.edit))
			require.ErrorIs(t, err, c.want)
			assert.Nil(t, out)
			onlyProblem(t, err, c.place, c.code)
		})
	}
}

// onlyProblem also wants the words in three languages, and none that were found.
func onlyProblem(t *testing.T, err error, place, code string) {
	t.Helper()
	var refused *approval.RefusedError
	require.ErrorAs(t, err, &refused)
	require.Len(t, refused.Problems, 1, "%v", err)
	p := refused.Problems[0]
	assert.Equal(t, place, p.Pointer)
	assert.Equal(t, code, p.Code)
	inThreeLanguages(t, p.Text)
	assert.NotContains(t, err.Error(), "00000")
}

func inThreeLanguages(t *testing.T, text catalogue.Text) {
	t.Helper()
	require.Len(t, text, len(languages), "%v", text)
	for _, lang := range languages {
		assert.NotEmpty(t, strings.TrimSpace(text[lang]), lang)
		assert.NotContains(t, text[lang], "%!")
	}
	assert.NotEqual(t, text["nb"], text["en"])
}

// What is missing in the panel and in the session is said at once, before any look at the decision.
func TestDecideNamesPanelAndSession(t *testing.T) {
	out, err := approval.Panel{}.Decide(nil, approval.Session{Votes: []approval.Vote{{}}})
	assert.Nil(t, out)
	require.ErrorIs(t, err, approval.ErrPanel)
	require.ErrorIs(t, err, approval.ErrSession)
	var refused *approval.RefusedError
	require.ErrorAs(t, err, &refused)
	var places []string
	for _, p := range refused.Problems {
		places = append(places, p.Pointer)
	}
	assert.Equal(t, []string{"/case", "/id", "/quorum", "/vendorPeople", "/votes/0/at"}, places)
	assert.NotContains(t, err.Error(), "\n")

	_, err = board().Decide(evaluate(t, forPanel), approval.Session{})
	require.ErrorIs(t, err, approval.ErrSession)
	require.NotErrorIs(t, err, approval.ErrPanel, "only what is wrong is named")
	_, err = approval.Panel{}.Decide(evaluate(t, forPanel), session(nil))
	require.ErrorIs(t, err, approval.ErrPanel)
	require.NotErrorIs(t, err, approval.ErrSession)
}

func TestASeatedPanelDecides(t *testing.T) {
	p := board()
	p.Chair, p.Majority, p.NeedRoles = "a", approval.MajorityTwoThirds, []approval.RoleCount{{Role: "psykolog", Count: 1}}
	p.Members[0].From, p.Members[0].Until = "2026-12-01", "2026-12-01"
	s := session(func(s *approval.Session) {
		s.Conditions = []approval.Obligation{{Requirement: "A-2", Due: "2028-01-01", Text: catalogue.Text{"nb": "Test truslene på nytt."}}}
		s.NextReview = "2027-10-01"
		s.Votes[0].Findings = []approval.VoteFinding{{Requirement: "C-1", Result: approval.ResultMet, Text: "Godt tilpasset."}}
	})
	out, err := p.Decide(evaluate(t, forPanel), s)
	require.NoError(t, err)
	assert.Equal(t, s.Conditions, out.Conditions)
	assert.Equal(t, catalogue.Date("2027-10-01"), out.NextReview)
	assert.Equal(t, catalogue.Date("2027-12-31"), out.ValidUntil, "the day before the condition is due is the last one")
	stored := encode(t, out)
	s.Conditions[0].Text["nb"], p.NeedRoles[0].Role, s.Votes[0].Rationale, s.Votes[0].Findings[0].Text = "x", "x", "x", "x"
	assert.Equal(t, stored, encode(t, out), "shares nothing with what was passed in")
	_, err = approval.ParseDecision([]byte(stored))
	require.NoError(t, err)
}

// Conditions that the rules have set stay, and hold the panel's day back; those of a rejection are gone.
func TestConditionsOfBefore(t *testing.T) {
	var doc document
	require.NoError(t, json.Unmarshal(read(t, "needs-review.json"), &doc))
	doc["conditions"] = []any{document{"requirement": "A-2", "due": "2027-05-02", "text": document{"nb": "Gjør ferdig testen."}}}
	doc["possible"], doc["missing"] = []any{"rejected"}, []any{document{"text": document{"nb": "Mangler."}}}
	d := reissued(t, doc)
	_, err := board().Decide(d, session(nil))
	require.ErrorIs(t, err, approval.ErrValidity)
	assert.ErrorContains(t, err, "to 1 May 2027")
	out, err := board().Decide(d, session(func(s *approval.Session) { s.ValidUntil = "2027-05-01" }))
	require.NoError(t, err)
	assert.Equal(t, d.Conditions, out.Conditions)
	assert.Empty(t, out.Possible)
	assert.Empty(t, out.Missing)
	out, err = board().Decide(d, session(func(s *approval.Session) {
		for i := range s.Votes {
			s.Votes[i].Outcome = reject
		}
	}))
	require.NoError(t, err)
	assert.Empty(t, out.Conditions)
	assert.Empty(t, out.ValidUntil)
	tie, err := board().Decide(d, session(func(s *approval.Session) { s.Votes[0].Outcome, s.Votes[1].Outcome = reject, unclear }))
	require.NoError(t, err)
	assert.Equal(t, d.Conditions, tie.Conditions, "they must not be lost before the case comes back")
}

// reissued gives a document that was changed on purpose the id that fits.
func reissued(t *testing.T, doc document) *approval.Decision {
	t.Helper()
	doc["id"] = ""
	data, err := json.Marshal(doc)
	require.NoError(t, err)
	d := &approval.Decision{}
	require.NoError(t, json.Unmarshal(data, d))
	d.ID = "d-" + string(approval.DigestOf([]byte(encode(t, d))))[:16]
	return d
}

func TestFindingsSettleTheReasons(t *testing.T) {
	found := func(results ...approval.Result) func(*approval.Session) {
		return func(s *approval.Session) {
			for i, r := range results {
				if r != "" {
					s.Votes[i].Findings = []approval.VoteFinding{{Requirement: "C-1", Result: r, Text: "Sett på."}}
				}
			}
		}
	}
	const metIt, notMet = approval.ResultMet, approval.ResultNotMet
	cases := []struct {
		name     string
		outcomes []approval.Outcome
		results  []approval.Result
		want     approval.Result
	}{
		{"approved without findings", []approval.Outcome{with, with, with}, nil, metIt},
		{"rejected without findings", []approval.Outcome{reject, reject, reject}, nil, notMet},
		{"rejected for something else", []approval.Outcome{reject, reject, with}, []approval.Result{metIt, metIt}, metIt},
		{"rejected, findings even", []approval.Outcome{reject, reject, reject}, []approval.Result{metIt, notMet}, notMet},
		{"findings on something else", []approval.Outcome{reject, reject, with}, []approval.Result{"", "", ""}, notMet},
		{"the losing side does not say", []approval.Outcome{reject, reject, with}, []approval.Result{"", "", metIt}, notMet},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			out, err := board().Decide(evaluate(t, forPanel), session(func(s *approval.Session) {
				for i, o := range c.outcomes {
					s.Votes[i].Outcome = o
				}
				found(c.results...)(s)
				if c.name == "findings on something else" {
					s.Votes[0].Findings = []approval.VoteFinding{{Requirement: "A-2", Result: metIt}}
				}
			}))
			require.NoError(t, err)
			assert.Equal(t, c.want, reason(t, out, "C-1").Result)
			assert.Equal(t, approval.ResultMet, reason(t, out, "A-1").Result, "what needed no panel stays")
		})
	}
}

func TestPanelWords(t *testing.T) {
	require.NotEmpty(t, approval.Interests())
	for _, i := range approval.Interests() {
		inThreeLanguages(t, i.Text())
	}
	for _, m := range []approval.Majority{"", approval.MajoritySimple, approval.MajorityTwoThirds} {
		inThreeLanguages(t, m.Text())
	}
}
