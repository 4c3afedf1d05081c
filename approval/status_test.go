package approval_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/catalogue"
)

// setOf is the small set with a change.
func setOf(t testing.TB, edits ...func(document)) *approval.RequirementSet {
	t.Helper()
	set, err := approval.ParseRequirementSet(edited(t, "small@1.0.0.json", inTurn(edits...)))
	require.NoError(t, err)
	return set
}

func decide(t testing.TB, set *approval.RequirementSet, edit func(*declaration), waivers ...approval.Waiver) *approval.Decision {
	t.Helper()
	return decideAt(t, set, edit, decided, waivers...)
}

func decideAt(t testing.TB, set *approval.RequirementSet, edit func(*declaration), at time.Time, waivers ...approval.Waiver) *approval.Decision {
	t.Helper()
	d := good(t, small(t), edit)
	dec, err := approval.Evaluate(d, set, at, waivers...)
	require.NoError(t, err)
	return dec
}

func allow(i int, statuses ...any) func(document) {
	return onRequirement(i, func(r document) { r["allowed"] = statuses })
}

func sets(name string, v any) func(document) { return func(d document) { d[name] = v } }

var wide = []func(document){allow(0, "partial", "planned", "alternative"), allow(1, "partial", "planned", "alternative"),
	allow(2, "partial", "planned", "alternative"), onRequirement(3, sets("panel", true)), allow(3, "alternative")}

func TestStatuses(t *testing.T) {
	set := setOf(t, wide...)
	planned := func(due catalogue.Date) approval.Answer { return approval.Answer{Status: approval.Planned, Due: due} }
	other := approval.Answer{Status: approval.Alternative, Explanation: "På en annen måte."}
	documented := other
	documented.Evidence = []string{"e1"}
	cases := []struct {
		name, requirement string
		answer            approval.Answer
		want              approval.Result
		says              string
	}{
		{"partial", "A-2", approval.Answer{Status: approval.Partial}, approval.ResultNotMet, "only partly"},
		{"partial where it is not allowed", "B-2", approval.Answer{Status: approval.Partial}, approval.ResultUnanswered, "cannot be answered in that way"},
		{"planned on a major", "A-2", planned("2027-05-01"), approval.ResultPlanned, "by 1 May 2027"},
		{"planned on a minor", "A-3", planned("2027-05-01"), approval.ResultPlanned, "by 1 May 2027"},
		{"planned on a blocker", "A-1", planned("2027-05-01"), approval.ResultNotMet, "must be met before"},
		{"planned for the day after", "A-2", planned("2026-11-23"), approval.ResultPlanned, "23 November"},
		{"planned for today", "A-2", planned("2026-11-22"), approval.ResultNotMet, "missing or has come"},
		{"planned without a day", "A-2", planned(""), approval.ResultNotMet, "missing or has come"},
		{"planned for no day", "A-2", planned("2027-02-30"), approval.ResultNotMet, "missing or has come"},
		{"planned too late", "A-2", planned("2027-05-02"), approval.ResultNotMet, "more than 6 months"},
		{"planned where it is not allowed", "B-2", planned("2027-05-01"), approval.ResultUnanswered, "cannot be answered in that way"},
		{"alternative on a blocker", "A-1", other, approval.ResultNeedsPanel, "as good"},
		{"alternative on a minor", "A-3", other, approval.ResultMet, "has explained how"},
		{"alternative on a major with evidence", "A-2", documented, approval.ResultMet, "has explained how"},
		{"alternative on a major without its evidence", "A-2", other, approval.ResultNeedsPanel, "as good"},
		{"alternative where the panel decides", "B-1", documented, approval.ResultNeedsPanel, "as good"},
		{"alternative without a word", "A-1", approval.Answer{Status: approval.Alternative, Explanation: " "}, approval.ResultUnanswered, "Write how"},
		{"alternative where it is not allowed", "B-2", other, approval.ResultUnanswered, "cannot be answered in that way"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			r := reason(t, decide(t, set, answer(c.requirement, c.answer)), c.requirement)
			assert.Equal(t, c.want, r.Result, r.Text["en"])
			assert.Contains(t, r.Text["en"], c.says)
			wordedInThree(t, r.Text)
		})
	}
}

func wordedInThree(t testing.TB, text catalogue.Text) {
	t.Helper()
	for _, lang := range languages {
		assert.NotEmpty(t, text[lang])
		assert.NotContains(t, text[lang], "%!")
	}
}

func TestPlansAreConditions(t *testing.T) {
	set := setOf(t, append(wide, onRequirement(3, sets("panel", false)), sets("remindDays", 30))...)
	dec := decide(t, set, both(answer("A-2", approval.Answer{Status: approval.Planned, Due: "2027-03-01"}), answer("A-3", approval.Answer{Status: approval.Planned, Due: "2027-04-01"})))
	require.Equal(t, alone, dec.Outcome, dec.Summary["en"])
	require.Len(t, dec.Conditions, 2)
	assert.Equal(t, "A-2", dec.Conditions[0].Requirement)
	assert.Equal(t, catalogue.Date("2027-03-01"), dec.Conditions[0].Due)
	wordedInThree(t, dec.Conditions[0].Text)
	assert.Equal(t, catalogue.Date("2027-02-28"), dec.ValidUntil)
	assert.Contains(t, dec.ValidBecause["en"], "A-2 “Threats are tested” must be met on 1 March 2027")
	assert.Equal(t, catalogue.Date("2027-01-29"), dec.NextReview)
	none := decide(t, set, both(answer("A-2", approval.Answer{Status: approval.Planned, Due: "2027-03-01"}), answer("A-1", no)))
	assert.Empty(t, none.Conditions, "a rejected tool need not do anything by a day")
}

// An answer that says too little about itself counts as none.
func TestTrackedAndInherited(t *testing.T) {
	tracked := setOf(t, sets("tracked", true))
	wording := tracked.Requirements[0].Wording()
	at := time.Date(2026, 11, 1, 22, 59, 59, 0, time.UTC) // the last second of the day in Oslo
	by := func(by string, at time.Time, wording approval.Digest) *approval.Answered {
		return &approval.Answered{By: by, At: at, Wording: wording}
	}
	until := func(day catalogue.Date) approval.Answer {
		return approval.Answer{Status: approval.Yes, Inherited: &approval.Origin{Declaration: "v", Until: day}}
	}
	ok := approval.Answer{Status: approval.Yes, Answered: by("Kari", at, wording)}
	cases := []struct {
		name   string
		set    *approval.RequirementSet
		answer approval.Answer
		want   approval.Result
		says   string
	}{
		{"tracked", tracked, ok, approval.ResultMet, "yes"},
		{"not tracked", tracked, approval.Answer{Status: approval.Yes}, approval.ResultUnanswered, "who answered"},
		{"a no that is not tracked", tracked, no, approval.ResultUnanswered, "who answered"},
		{"by nobody", tracked, approval.Answer{Status: approval.Yes, Answered: by(" ", at, wording)}, approval.ResultUnanswered, "who answered"},
		{"at no time", tracked, approval.Answer{Status: approval.Yes, Answered: by("Kari", time.Time{}, wording)}, approval.ResultUnanswered, "or when"},
		{"a second after the day of submission", tracked, approval.Answer{Status: approval.Yes, Answered: by("Kari", at.Add(time.Second), wording)}, approval.ResultUnanswered, "or when"},
		{"to another wording", tracked, approval.Answer{Status: approval.Yes, Answered: by("Kari", at, tracked.Requirements[1].Wording()[1:]+"0")}, approval.ResultUnanswered, "another wording"},
		{"to no wording", tracked, approval.Answer{Status: approval.Yes, Answered: by("Kari", at, "")}, approval.ResultUnanswered, "another wording"},
		{"not tracked where nobody asks", small(t), approval.Answer{Status: approval.Yes}, approval.ResultMet, "yes"},
		{"inherited through today", small(t), until("2026-11-22"), approval.ResultMet, "yes"},
		{"inherited through yesterday", small(t), until("2026-11-21"), approval.ResultUnanswered, "holds no longer"},
		{"inherited for ever", small(t), until(""), approval.ResultUnanswered, "holds no longer"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			r := reason(t, decide(t, c.set, answer("A-1", c.answer)), "A-1")
			assert.Equal(t, c.want, r.Result, r.Text["en"])
			assert.Contains(t, r.Text["en"], c.says)
			wordedInThree(t, r.Text)
		})
	}
	dec := decide(t, small(t), answer("A-1", until("2027-01-01")))
	assert.Equal(t, catalogue.Date("2027-01-01"), dec.ValidUntil)
	assert.Contains(t, dec.ValidBecause["en"], "common answer to requirement A-1")
}

func raised(min string, when document) func(document) {
	return func(d document) {
		e := part(item(d, "requirements", 1), "evidence")
		e["minLevel"] = min
		if when != nil {
			e["raised"] = []any{document{"minLevel": "third-party", "when": when}, document{"minLevel": "documented", "when": when}}
		}
	}
}

func TestLevelsOfEvidence(t *testing.T) {
	login := document{"fact": "login", "in": []any{"true"}}
	e := func(level approval.Level, edit func(*approval.Evidence)) func(*declaration) {
		return func(d *declaration) {
			x := approval.Evidence{ID: "e1", Kind: "report", Title: "x", Issued: "2026-03-01", Level: level, URL: "https://example.no/x"}
			if edit != nil {
				edit(&x)
			}
			d.Evidence[0] = x
		}
	}
	nowhere := func(x *approval.Evidence) { x.URL = "" }
	digest := func(x *approval.Evidence) { x.URL, x.SHA256 = "", approval.DigestOf(nil) }
	person := func(x *approval.Evidence) { x.CheckedBy = "Ola" }
	issuer := func(name string) func(*approval.Evidence) { return func(x *approval.Evidence) { x.Issuer = name } }
	noLogin := func(d *declaration) { d.Facts["login"] = false }
	cases := []struct {
		name string
		min  string
		when document
		edit func(*declaration)
		want approval.Result
	}{
		{"no level asked", "declared", nil, e("", nowhere), approval.ResultMet},
		{"declared is not documented", "documented", nil, e("", nil), approval.ResultUnanswered},
		{"documented", "documented", nil, e("documented", nil), approval.ResultMet},
		{"documented by a digest", "documented", nil, e("documented", digest), approval.ResultMet},
		{"documented nowhere", "documented", nil, e("documented", nowhere), approval.ResultUnanswered},
		{"documented is not checked", "checked", nil, e("documented", nil), approval.ResultUnanswered},
		{"checked", "checked", nil, e("checked", person), approval.ResultMet},
		{"checked by nobody", "checked", nil, e("checked", nil), approval.ResultUnanswered},
		{"checked by nobody is documented", "documented", nil, e("checked", nil), approval.ResultMet},
		{"third party", "third-party", nil, e("third-party", issuer("Kontroll AS")), approval.ResultMet},
		{"third party proves more", "checked", nil, e("third-party", issuer("Kontroll AS")), approval.ResultMet},
		{"third party without a name", "third-party", nil, e("third-party", nil), approval.ResultUnanswered},
		{"third party is the vendor", "third-party", nil, e("third-party", issuer(" søvnhjelp  as")), approval.ResultUnanswered},
		{"third party is the vendor: documented", "documented", nil, e("third-party", issuer("Søvnhjelp AS")), approval.ResultMet},
		{"an unknown level", "declared", nil, e("sworn", nil), approval.ResultUnanswered},
		{"raised", "documented", login, e("documented", nil), approval.ResultUnanswered},
		{"raised and reached", "documented", login, e("third-party", issuer("Kontroll AS")), approval.ResultMet},
		{"not raised", "documented", login, both(e("documented", nil), noLogin), approval.ResultMet},
		{"not known whether raised", "documented", login, both(e("documented", nil), forget("login")), approval.ResultUnanswered},
		{"not known, but enough", "documented", login, both(e("third-party", issuer("Kontroll AS")), forget("login")), approval.ResultMet},
		{"raised never lowers", "checked", login, both(e("documented", nil), noLogin), approval.ResultUnanswered},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			dec := decide(t, setOf(t, raised(c.min, c.when)), c.edit)
			r := reason(t, dec, "A-2")
			assert.Equal(t, c.want, r.Result, r.Text["en"])
			if c.want == approval.ResultUnanswered {
				assert.Contains(t, r.Text["en"], "does not prove enough")
				assert.NotContains(t, decide(t, setOf(t, raised(c.min, c.when)), c.edit).Outcome, "approved")
			}
			wordedInThree(t, r.Text)
		})
	}
}

// What is withdrawn or not in force applies to nothing.
func TestDaysInForce(t *testing.T) {
	cases := []struct {
		name string
		edit func(document)
		want approval.Result
		says string
	}{
		{"withdrawn", sets("withdrawn", true), approval.ResultNotApplicable, "withdrawn"},
		{"from tomorrow", sets("from", "2026-11-23"), approval.ResultNotApplicable, "not in force until 23 November 2026"},
		{"from today", sets("from", "2026-11-22"), approval.ResultNotMet, "not in place"},
		{"until today", sets("until", "2026-11-22"), approval.ResultNotMet, "not in place"},
		{"until yesterday", sets("until", "2026-11-21"), approval.ResultNotApplicable, "through 21 November 2026"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			dec := decide(t, setOf(t, onRequirement(0, c.edit)), answer("A-1", no))
			r := reason(t, dec, "A-1")
			assert.Equal(t, c.want, r.Result)
			assert.Contains(t, r.Text["en"], c.says)
			assert.Equal(t, c.want == approval.ResultNotMet, dec.Outcome == reject)
			wordedInThree(t, r.Text)
		})
	}
}

func TestSetsNoLongerInForce(t *testing.T) {
	set := setOf(t, sets("validTo", "2026-11-22"))
	night := time.Date(2026, 11, 22, 23, 59, 59, 0, decided.Location())
	require.Equal(t, alone, decideAt(t, set, nil, night).Outcome)
	dec, err := approval.Evaluate(good(t, set, nil), set, night.Add(time.Second))
	require.ErrorIs(t, err, approval.ErrNoLongerInForce)
	assert.Nil(t, dec)
}
