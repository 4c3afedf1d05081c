package approval_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/approval/requirement"
)

type declaration = approval.SelfDeclaration

func answer(id string, a approval.Answer) func(*declaration) {
	return func(d *declaration) { d.Answers[id] = a }
}

func both(edits ...func(*declaration)) func(*declaration) {
	return func(d *declaration) {
		for _, edit := range edits {
			if edit != nil {
				edit(d)
			}
		}
	}
}

var (
	no     = approval.Answer{Status: approval.No}
	drop   = func(id string) func(*declaration) { return func(d *declaration) { delete(d.Answers, id) } }
	forget = func(id string) func(*declaration) { return func(d *declaration) { delete(d.Facts, id) } }
)

func TestRulesInOrder(t *testing.T) {
	cases := []struct {
		name    string
		edit    func(*declaration)
		outcome approval.Outcome
		rule    approval.Rule
	}{
		{"all met", nil, approval.ApprovedWithoutTherapist, approval.RuleAllMet},
		{"guided only", guided, approval.ApprovedWithTherapist, approval.RuleGuidedOnly},
		{"both ways", func(d *declaration) { d.Facts["guidance"] = "both" }, approval.ApprovedWithoutTherapist, approval.RuleAllMet},
		{"minor not met", answer("A-3", no), approval.ApprovedWithoutTherapist, approval.RuleAllMet},
		{"major not met", answer("A-2", no), approval.NeedsReview, approval.RuleMajor},
		{"blocker not met", answer("A-1", no), approval.Rejected, approval.RuleBlocker},
		{"panel", forPanel, approval.NeedsReview, approval.RuleNeedsPanel},
		{"panel and major", both(forPanel, answer("A-2", no)), approval.NeedsReview, approval.RuleNeedsPanel},
		{"panel and unanswered", both(forPanel, drop("A-3")), approval.Incomplete, approval.RuleUnanswered},
		{"unanswered and blocker", both(drop("A-3"), answer("A-1", no)), approval.Rejected, approval.RuleBlocker},
		{"a blocker that the panel should see, answered no", both(forPanel, answer("C-1", no)), approval.Rejected, approval.RuleBlocker},
		{"minor unanswered", drop("A-3"), approval.Incomplete, approval.RuleUnanswered},
		{"major unanswered", drop("A-2"), approval.Incomplete, approval.RuleUnanswered},
		{"guidance unknown", forget("guidance"), approval.Incomplete, approval.RuleUnanswered},
		{"guidance of an unknown kind", func(d *declaration) { d.Facts["guidance"] = "sometimes" }, approval.Incomplete, approval.RuleUnanswered},
		{"guidance of the wrong type", func(d *declaration) { d.Facts["guidance"] = []string{"unguided"} }, approval.Incomplete, approval.RuleUnanswered},
		{"not known whether it applies, answered no", both(forget("login"), answer("B-1", no)), approval.Incomplete, approval.RuleUnanswered},
		{"does not apply, answered no", both(func(d *declaration) { d.Facts["login"] = false }, answer("B-1", no)), approval.ApprovedWithoutTherapist, approval.RuleAllMet},
		{"not submitted yet", func(d *declaration) { d.Submitted = "2026-11-23" }, approval.Incomplete, approval.RuleDeclaration},
		{"no day of submission", func(d *declaration) { d.Submitted = "" }, approval.Incomplete, approval.RuleDeclaration},
		{"nobody signed", func(d *declaration) { d.SignedBy.Name = "" }, approval.Incomplete, approval.RuleDeclaration},
		{"no vendor", func(d *declaration) { d.Vendor.OrgNumber = "" }, approval.Incomplete, approval.RuleDeclaration},
		{"no tool", func(d *declaration) { d.Tool.ID = "" }, approval.Incomplete, approval.RuleDeclaration},
		{"a form of the future", func(d *declaration) { d.Version = 2 }, approval.Incomplete, approval.RuleDeclaration},
		{"unusable and rejected", both(answer("A-1", no), func(d *declaration) { d.Tool.ID = "" }), approval.Rejected, approval.RuleBlocker},
		{"nothing answered", func(d *declaration) { d.Answers, d.Facts, d.Evidence = nil, nil, nil }, approval.Incomplete, approval.RuleUnanswered},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			dec := evaluate(t, c.edit)
			assert.Equal(t, c.outcome, dec.Outcome, dec.Summary["en"])
			assert.Equal(t, c.rule, dec.Rule, dec.Summary["en"])
			assert.Equal(t, c.outcome.Approves(), dec.ValidUntil != "")
			assert.Len(t, dec.Reasons, 7)
		})
	}
}

func TestReasons(t *testing.T) {
	evidence := func(i int, edit func(*approval.Evidence)) func(*declaration) {
		return func(d *declaration) { edit(&d.Evidence[i]) }
	}
	cases := []struct {
		name, requirement string
		edit              func(*declaration)
		want              approval.Result
		says              string
	}{
		{"yes", "A-1", nil, approval.ResultMet, "answers yes"},
		{"no", "A-1", answer("A-1", no), approval.ResultNotMet, "not in place"},
		{"does not apply", "C-1", nil, approval.ResultNotApplicable, "Does not apply"},
		{"not known whether it applies", "C-1", forget("minimumAge"), approval.ResultUnanswered, "“How old are the youngest users?”"},
		{"no answer", "A-1", drop("A-1"), approval.ResultUnanswered, "The answer is missing"},
		{"an unknown status", "A-1", answer("A-1", approval.Answer{Status: "maybe"}), approval.ResultUnanswered, "The answer is missing"},
		{"an empty answer", "A-1", answer("A-1", approval.Answer{}), approval.ResultUnanswered, "The answer is missing"},
		{"panel", "C-1", forPanel, approval.ResultNeedsPanel, "panel of experts"},
		{"panel without evidence", "C-1", both(forPanel, answer("C-1", approval.Answer{Status: approval.Yes})), approval.ResultUnanswered, "no evidence"},
		{"reason that agrees", "B-2", both(func(d *declaration) { d.Facts["login"] = false }, answer("B-2", approval.Answer{Status: approval.NotApplicable, Reason: "no-login"})),
			approval.ResultNotApplicable, "The tool has no login."},
		{"reason that contradicts", "B-2", answer("B-2", approval.Answer{Status: approval.NotApplicable, Reason: "no-login"}), approval.ResultUnanswered, "does not agree"},
		{"reason about something unknown", "B-2", both(forget("login"), answer("B-2", approval.Answer{Status: approval.NotApplicable, Reason: "no-login"})),
			approval.ResultUnanswered, "“Must the user log in?”"},
		{"unknown reason", "B-2", answer("B-2", approval.Answer{Status: approval.NotApplicable, Reason: "other"}), approval.ResultUnanswered, "not one that is accepted"},
		{"not-applicable where it is not allowed", "A-1", answer("A-1", approval.Answer{Status: approval.NotApplicable}), approval.ResultUnanswered, "not one that is accepted"},
		{"no evidence", "A-2", answer("A-2", approval.Answer{Status: approval.Yes}), approval.ResultUnanswered, `"report"`},
		{"evidence that is not there", "A-2", answer("A-2", approval.Answer{Status: approval.Yes, Evidence: []string{"e9"}}), approval.ResultUnanswered, "no evidence"},
		{"evidence of another kind", "A-2", evidence(0, func(e *approval.Evidence) { e.Kind = "screenshot" }), approval.ResultUnanswered, "no evidence"},
		{"evidence too old on the day of submission", "A-2", evidence(0, func(e *approval.Evidence) { e.Issued = "2025-10-31" }), approval.ResultUnanswered, "12 months"},
		{"evidence too old on the day of the decision only", "A-2", evidence(0, func(e *approval.Evidence) { e.Issued = "2025-11-01" }), approval.ResultMet, "yes"},
		{"evidence that ended the day before the decision", "B-1", evidence(1, func(e *approval.Evidence) { e.Expires = "2026-11-21" }), approval.ResultUnanswered, "no longer valid"},
		{"evidence that ends on the day of the decision", "B-1", evidence(1, func(e *approval.Evidence) { e.Expires = "2026-11-22" }), approval.ResultMet, "yes"},
		{"evidence from after the submission", "A-2", evidence(0, func(e *approval.Evidence) { e.Issued = "2026-11-02" }), approval.ResultUnanswered, "no evidence"},
		{"evidence without a day", "A-2", evidence(0, func(e *approval.Evidence) { e.Issued = "" }), approval.ResultUnanswered, "no evidence"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			r := reason(t, evaluate(t, c.edit), c.requirement)
			assert.Equal(t, c.want, r.Result, r.Text["en"])
			assert.Contains(t, r.Text["en"], c.says)
			for _, lang := range languages {
				assert.NotEmpty(t, r.Text[lang])
				assert.NotContains(t, r.Text[lang], "%!")
			}
		})
	}
}

func TestEvaluateRefuses(t *testing.T) {
	set := small(t)
	d := good(t, set, nil)
	other := good(t, set, func(d *declaration) { d.Set.Version = "1.0.1" })
	cases := []struct {
		name string
		d    *declaration
		set  *approval.RequirementSet
		at   time.Time
		want error
	}{
		{"a set that was not parsed", d, &approval.RequirementSet{ID: "small", Version: "1.0.0"}, decided, approval.ErrSet},
		{"no set", d, nil, decided, approval.ErrSet},
		{"no declaration", nil, set, decided, approval.ErrNoDeclaration},
		{"another version", other, set, decided, approval.ErrOtherSet},
		{"no time", d, set, time.Time{}, approval.ErrNoTime},
		{"a set that is not in force yet", d, set, time.Date(2025, 12, 31, 23, 0, 0, 0, time.UTC), approval.ErrNotInForce},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			dec, err := approval.Evaluate(c.d, c.set, c.at)
			require.ErrorIs(t, err, c.want)
			assert.Nil(t, dec)
		})
	}
}

func TestValidity(t *testing.T) {
	cases := []struct {
		name string
		edit func(*declaration)
		at   time.Time
		want string
		says string
	}{
		{"evidence ends first", nil, decided, "2028-01-15", "15 January 2028, because the evidence “Sertifikat” expires"},
		{"review comes first", func(d *declaration) { d.Evidence[1].Expires = "2030-01-01" }, decided, "2028-11-01", "at most 24 months, and this one was submitted on 1 November 2026"},
		{"evidence without an end", func(d *declaration) { d.Evidence[1].Expires = "" }, decided, "2028-11-01", "at most 24 months, and"},
		{"decided on the day of submission", func(d *declaration) { d.Submitted, d.Evidence[1].Expires = "2026-11-22", "" }, decided, "2028-11-22", "An approval may last at most 24 months"},
		{"decided on the declaration's last day", func(d *declaration) { d.Evidence[1].Expires = "" }, time.Date(2028, 11, 1, 12, 0, 0, 0, time.UTC), "2028-11-01", "1 November 2028"},
		{"the longer of two is relied on", func(d *declaration) {
			d.Evidence = append(d.Evidence, approval.Evidence{ID: "e3", Kind: "report", Title: "Lenger", Issued: "2026-01-01", Expires: "2028-06-01"})
			d.Answers["B-1"] = approval.Answer{Status: approval.Yes, Evidence: []string{"e2", "e3"}}
		}, decided, "2028-06-01", "“Lenger”"},
		{"the first of all that are relied on", func(d *declaration) { d.Evidence[0].Expires = "2027-03-01" }, decided, "2027-03-01", "“Penetrasjonstest”"},
		{"one that nobody relies on", func(d *declaration) {
			d.Evidence = append(d.Evidence, approval.Evidence{ID: "e3", Kind: "report", Title: "Løs", Issued: "2026-01-01", Expires: "2027-01-01"})
		}, decided, "2028-01-15", "“Sertifikat”"},
		{"29 February", func(d *declaration) {
			d.Submitted, d.Evidence[1].Expires = "2028-02-29", ""
			d.Evidence[0].Issued = "2027-12-01"
		}, time.Date(2028, 2, 29, 12, 0, 0, 0, time.UTC), "2030-02-28", "28 February 2030"},
		{"the day is that of the place", func(d *declaration) { d.Submitted, d.Evidence[1].Expires = "2026-11-22", "" },
			time.Date(2026, 11, 22, 0, 30, 0, 0, time.FixedZone("Oslo", 3600)), "2028-11-22", "22 November 2028"},
	}
	set := small(t)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			dec, err := approval.Evaluate(good(t, set, c.edit), set, c.at)
			require.NoError(t, err)
			assert.Equal(t, c.want, string(dec.ValidUntil), dec.Summary["en"])
			assert.Contains(t, dec.ValidBecause["en"], c.says)
		})
	}
}

func TestADeclarationGetsTooOld(t *testing.T) {
	set := small(t)
	d := good(t, set, func(d *declaration) { d.Evidence[1].Expires = "" })
	last, err := approval.Evaluate(d, set, time.Date(2028, 11, 1, 23, 0, 0, 0, time.UTC))
	require.NoError(t, err)
	assert.Equal(t, approval.ApprovedWithoutTherapist, last.Outcome)
	late, err := approval.Evaluate(d, set, time.Date(2028, 11, 2, 0, 0, 0, 0, time.UTC))
	require.NoError(t, err)
	assert.Equal(t, approval.Incomplete, late.Outcome)
	assert.Equal(t, approval.RuleDeclaration, late.Rule)
}

func TestSameInputSameBytes(t *testing.T) {
	set := small(t)
	want := encode(t, evaluate(t, forPanel))
	for range 100 {
		dec, err := approval.Evaluate(good(t, set, forPanel), set, decided)
		require.NoError(t, err)
		require.Equal(t, want, encode(t, dec))
	}
	other := good(t, small(t), both(forPanel, func(d *declaration) { d.Tool.Release = "3.3" }))
	dec, err := approval.Evaluate(other, small(t), decided)
	require.NoError(t, err)
	assert.NotEqual(t, evaluate(t, forPanel).ID, dec.ID)
}

func TestEvaluateChangesNothing(t *testing.T) {
	set := small(t)
	d := good(t, set, forPanel)
	before, setBefore := encode(t, d), encode(t, set)
	dec, err := approval.Evaluate(d, set, decided)
	require.NoError(t, err)
	dec.ToolName["nb"], dec.Reasons[0].Title["nb"] = "x", "x"
	assert.Equal(t, before, encode(t, d))
	assert.Equal(t, setBefore, encode(t, set))
}

// rank orders outcomes by how far they go towards approval.
func rank(o approval.Outcome) int {
	switch o {
	case approval.ApprovedWithoutTherapist:
		return 3
	case approval.ApprovedWithTherapist:
		return 2
	case approval.NeedsReview:
		return 1
	}
	return 0
}

// removals are all the ways to take one thing away from a declaration. They do nothing where it is gone already.
func removals(d *declaration) map[string]func(*declaration) {
	out := map[string]func(*declaration){
		"submitted": func(d *declaration) { d.Submitted = "" },
		"signature": func(d *declaration) { d.SignedBy.Name = "" },
		"vendor":    func(d *declaration) { d.Vendor.OrgNumber = "" },
	}
	for id, a := range d.Answers {
		out["answer "+id] = drop(id)
		out["reason "+id] = onAnswer(id, func(a *approval.Answer) { a.Reason = "" })
		for i := range a.Evidence {
			out[fmt.Sprintf("reference %s %d", id, i)] = onAnswer(id, func(a *approval.Answer) { a.Evidence = without(a.Evidence, i) })
		}
	}
	for id := range d.Facts {
		out["fact "+id] = forget(id)
	}
	for i := range d.Evidence {
		out[fmt.Sprintf("evidence %d", i)] = func(d *declaration) { d.Evidence = without(d.Evidence, i) }
		out[fmt.Sprintf("issued %d", i)] = func(d *declaration) {
			if i < len(d.Evidence) {
				d.Evidence[i].Issued = ""
			}
		}
	}
	return out
}

func onAnswer(id string, edit func(*approval.Answer)) func(*declaration) {
	return func(d *declaration) {
		if a, ok := d.Answers[id]; ok {
			edit(&a)
			d.Answers[id] = a
		}
	}
}

func without[T any](items []T, i int) []T {
	if i >= len(items) {
		return items
	}
	return slices.Delete(slices.Clone(items), i, i+1)
}

func clone(d *declaration) *declaration {
	c := *d
	c.Facts, c.Answers, c.Evidence = maps.Clone(d.Facts), maps.Clone(d.Answers), slices.Clone(d.Evidence)
	return &c
}

// Whatever is taken away from a good declaration, one thing or two, the outcome
// never moves towards approval and the approval never holds longer.
func TestTakingAwayNeverHelps(t *testing.T) {
	noLogin := both(func(d *declaration) { d.Facts["login"] = false }, answer("B-2", approval.Answer{Status: approval.NotApplicable, Reason: "no-login"}))
	twice := func(d *declaration) {
		d.Evidence = append(d.Evidence, approval.Evidence{ID: "e4", Kind: "report", Title: "Kortere", Issued: "2026-01-01", Expires: "2027-01-01"})
		d.Answers["B-1"] = approval.Answer{Status: approval.Yes, Evidence: []string{"e2", "e4"}}
	}
	starts := map[string]func(*declaration){"without": nil, "with": guided, "panel": forPanel, "not applicable": noLogin, "minor no": answer("A-3", no), "two documents": twice}
	set := small(t)
	outcome := func(d *declaration) *approval.Decision {
		dec, err := approval.Evaluate(d, set, decided)
		require.NoError(t, err)
		return dec
	}
	checked := 0
	for name, start := range starts {
		full := good(t, set, start)
		before := outcome(full)
		require.Positive(t, rank(before.Outcome), name)
		all := removals(full)
		for first, remove := range all {
			for second, removeToo := range all {
				d := clone(full)
				both(remove, removeToo)(d)
				after := outcome(d)
				if rank(after.Outcome) > rank(before.Outcome) || after.Outcome.Approves() && after.ValidUntil > before.ValidUntil {
					require.Fail(t, "taking away has helped", "%s: %s, %s: %s until %s", name, first, second, after.Outcome, after.ValidUntil)
				}
				checked++
			}
		}
	}
	require.Greater(t, checked, 1000)
}

// In the released set yes and good evidence everywhere is not enough: the
// clinical content goes to the panel. And each answer left out is found.
func TestReleasedSetNeedsEveryAnswer(t *testing.T) {
	set, err := requirement.Get(requirement.WebBaseline)
	require.NoError(t, err)
	full := complete(set)
	dec, err := approval.Evaluate(full(nil), set, decided)
	require.NoError(t, err)
	require.Equal(t, approval.NeedsReview, dec.Outcome, dec.Summary["en"])
	for _, r := range set.Requirements {
		after, err := approval.Evaluate(full(drop(r.ID)), set, decided)
		require.NoError(t, err)
		applies := r.When.Holds(full(nil).Facts) != approval.False
		assert.Equal(t, applies, after.Outcome == approval.Incomplete, r.ID)
	}
}

// complete makes a declaration for a simple information tool that answers a released set in full.
func complete(set *approval.RequirementSet) func(edit func(*declaration)) *declaration {
	return func(edit func(*declaration)) *declaration {
		d := &declaration{ID: "full", Set: set.Ref(), Submitted: "2026-11-01"}
		d.Tool.ID, d.Vendor.OrgNumber, d.SignedBy.Name = "sovn-steg", "999999999", "Kari Nordmann"
		d.Facts = map[string]approval.FactValue{"platforms": []string{"web"}, "purpose": "information", "guidance": "unguided", "personalData": "none",
			"consentBasis": false, "login": false, "deviceStatus": "not-device", "userInput": false, "measurements": false, "fileUpload": false,
			"minimumAge": 18, "crisisTopic": false, "helsenorge": false, "publicOwner": false, "ai": false, "transferOutsideEEA": false}
		d.Answers = map[string]approval.Answer{}
		for _, r := range set.Requirements {
			if r.Panel && len(r.NotApplicable) > 0 {
				d.Answers[r.ID] = approval.Answer{Status: approval.NotApplicable, Reason: r.NotApplicable[0].Code}
				continue
			}
			d.Answers[r.ID] = approval.Answer{Status: approval.Yes, Evidence: []string{r.ID}}
			d.Evidence = append(d.Evidence, approval.Evidence{ID: r.ID, Kind: r.Evidence.Kinds[0], Title: r.ID, Issued: "2026-10-01"})
		}
		if edit != nil {
			edit(d)
		}
		return d
	}
}

// Much evidence is found as little is: the first of an id counts.
func TestMuchEvidenceIsFound(t *testing.T) {
	set := setOf(t, raised("checked", nil))
	d := good(t, small(t), claim(approval.Checked))
	crowded := clone(d)
	for i := range 100 {
		crowded.Evidence = append(crowded.Evidence, approval.Evidence{ID: fmt.Sprint("more", i%50), Kind: "report", Title: "x", Issued: "2026-03-01"})
	}
	crowded.Evidence = append(crowded.Evidence, approval.Evidence{ID: "e1"})
	few, many := decide(t, set, func(x *declaration) { *x = *d }), decide(t, set, func(x *declaration) { *x = *crowded })
	assert.Equal(t, alone, many.Outcome)
	assert.Equal(t, few.Reasons, many.Reasons)
	crowded.Answers["A-2"] = approval.Answer{Status: approval.Yes, Evidence: []string{"none", "more7"}}
	many = decide(t, set, func(x *declaration) { *x = *crowded })
	assert.Contains(t, reason(t, many, "A-2").Text["en"], "does not prove enough")
	found, err := approval.WhyNot(crowded, set, decided, alone)
	require.NoError(t, err)
	assert.Equal(t, [][]string{{"evidence A-2"}}, shorts(found)[:1])
}
