package approval_test

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/catalogue"
)

type event = approval.Event

var actors = map[approval.CaseRole]string{
	approval.RoleVendor: "kari", approval.RoleSecretariat: "siv", approval.RolePanel: "pia", approval.RoleManager: "mona", approval.RoleAssessor: "anne",
}

// laterDay is a while after the panel has met; overDay is after the approval of the tests has ended.
var (
	laterDay = time.Date(2027, 3, 1, 12, 0, 0, 0, oslo)
	overDay  = time.Date(2028, 1, 16, 0, 0, 0, 0, oslo)
)

// happens is an event with what the table says that it needs.
func happens(t testing.TB, e approval.CaseEvent, role approval.CaseRole, at time.Time) event {
	t.Helper()
	ev := event{Event: e, At: at, By: approval.Actor{Role: role, ID: actors[role]}}
	if e == approval.EventSuspend {
		ev.By.ID = "max" // who suspends has done nothing else
	}
	for _, need := range row(e).Needs {
		switch need {
		case "declaration":
			ev.Declaration = &decidedAt(t, at).Declaration
		case "vendorPeople":
			ev.VendorPeople = []string{"per"}
		case "missing":
			ev.Missing = []string{"A-2"}
		case "findings":
			ev.Findings = []aFinding{finds(exampleDeclaration(), func(f *aFinding) { f.By.ID, f.By.Role = ev.By.ID, assessorOr(role) })}
		case "decision":
			ev.Decision = decidedAt(t, at)
		case "reason":
			ev.Reason = approval.ReasonOther
		}
	}
	return ev
}

// assessorOr is the role of a finding by somebody who may make none.
func assessorOr(role approval.CaseRole) approval.CaseRole {
	if role == approval.RolePanel {
		return role
	}
	return approval.RoleAssessor
}

// row is the table's own, empty if there is none.
func row(e approval.CaseEvent) approval.CaseTransition {
	for _, r := range approval.CaseTransitions() {
		if r.Event == e {
			return r
		}
	}
	return approval.CaseTransition{}
}

// decidedAt is a decision of that time, and so another one each time.
func decidedAt(t testing.TB, at time.Time) *approval.Decision {
	t.Helper()
	if at.After(laterDay) {
		at = laterDay
	}
	d, err := approval.Evaluate(exampleDeclaration(), onceSet(), at)
	require.NoError(t, err)
	return d
}

var (
	onceSet            = sync.OnceValue(exampleSet)
	exampleDeclaration = sync.OnceValue(func() *declaration {
		data, err := os.ReadFile("testdata/good.json")
		if err != nil {
			panic(err)
		}
		d, err := approval.CheckDeclaration(data, onceSet())
		if err != nil {
			panic(err)
		}
		return d
	})
)

// then applies events, each an hour after the one before, at the version that there is.
func then(t testing.TB, c approval.Case, steps ...event) approval.Case {
	t.Helper()
	for _, ev := range steps {
		ev.Expected = c.Version
		next, err := c.Apply(ev)
		require.NoError(t, err, "%s", ev.Event)
		c = next
	}
	return c
}

// openedCase is a new case.
func openedCase(t testing.TB) approval.Case {
	t.Helper()
	c, err := approval.OpenCase("case-1", "sovn-steg", "999999999")
	require.NoError(t, err)
	return c
}

// inState is a case in a state, with an approval of before that stands.
func inState(t testing.TB, s approval.CaseState) approval.Case {
	t.Helper()
	step := func(e approval.CaseEvent, role approval.CaseRole, hours int) event {
		return happens(t, e, role, decided.Add(time.Duration(hours)*time.Hour))
	}
	c := then(t, openedCase(t), step("submit", "vendor", 1), step("start-review", "secretariat", 2), step("decide", "manager", 3))
	switch s {
	case approval.CaseDraft:
		return then(t, c, step("amend", "vendor", 4))
	case approval.CaseSubmitted:
		return then(t, c, step("amend", "vendor", 4), step("submit", "vendor", 5))
	case approval.CaseUnderReview:
		return then(t, c, step("reopen", "manager", 4))
	case approval.CaseSuspended:
		return then(t, c, step("suspend", "manager", 4))
	case approval.CaseWithdrawn:
		return then(t, c, step("withdraw", "manager", 4))
	}
	return c
}

// Every state, event and role: an event does what the table says and nothing else.
func TestApplyFollowsTheCaseTable(t *testing.T) {
	cases := 0
	for _, state := range approval.CaseStates() {
		c, at := inState(t, state), laterDay
		if state == approval.CaseExpired {
			at = overDay
		}
		require.Equal(t, state, c.StateAt(at))
		before := encode(t, c)
		for _, r := range approval.CaseTransitions() {
			for _, role := range approval.CaseRoles() {
				cases++
				ev := happens(t, r.Event, role, at)
				ev.Expected, ev.By.ID = c.Version, actors[role]+"-2"
				for i := range ev.Findings {
					ev.Findings[i].By.ID = ev.By.ID
				}
				next, err := c.Apply(ev)
				name := fmt.Sprint(state, " ", r.Event, " ", role)
				if slices.Contains(r.From, state) && slices.Contains(r.Roles, role) {
					require.NoError(t, err, name)
					assert.Equal(t, r.To, next.State, name)
					assert.Equal(t, c.Version+1, next.Version, name)
					assert.True(t, at.Equal(next.Updated), name)
					require.NoError(t, next.Check(), name)
				} else {
					require.ErrorIs(t, err, approval.ErrNotAllowed, name)
					assert.Equal(t, approval.Case{}, next, name)
					wordsOf(t, err)
				}
				require.Equal(t, before, encode(t, c), "%s: the case itself does not change", name)
			}
		}
	}
	assert.Equal(t, 7*11*5, cases)
}

func wordsOf(t *testing.T, err error) {
	t.Helper()
	var refused *approval.RefusedError
	require.ErrorAs(t, err, &refused)
	require.NotEmpty(t, refused.Problems)
	for _, p := range refused.Problems {
		inThreeLanguages(t, p.Text)
	}
}

func TestTheCaseTableIsSound(t *testing.T) {
	reached := map[approval.CaseState]bool{approval.CaseExpired: true}
	seen := map[approval.CaseEvent]bool{}
	for _, r := range approval.CaseTransitions() {
		assert.False(t, seen[r.Event], "%s has two rows", r.Event)
		seen[r.Event], reached[r.To] = true, true
		assert.NotEmpty(t, r.Roles, r.Event)
		assert.NotEmpty(t, r.From, r.Event)
		assert.NotContains(t, r.From, approval.CaseWithdrawn, "what has ended stays so")
		assert.Equal(t, slices.Compact(slices.Sorted(slices.Values(r.From))), slices.Sorted(slices.Values(r.From)), r.Event)
	}
	for _, s := range approval.CaseStates() {
		assert.True(t, reached[s], "nothing leads to %s", s)
	}
}

func TestCaseTransitionsAreTheCallersOwn(t *testing.T) {
	mine := approval.CaseTransitions()
	for i := range mine {
		mine[i].From[0], mine[i].Roles[0], mine[i].To = "x", "x", "x"
		for j := range mine[i].Needs {
			mine[i].Needs[j] = "x"
		}
		for j := range mine[i].Errors {
			mine[i].Errors[j] = nil
		}
	}
	for _, r := range approval.CaseTransitions() {
		assert.NotEqual(t, approval.CaseState("x"), r.From[0])
		assert.NotEqual(t, approval.CaseRole("x"), r.Roles[0])
		assert.NotContains(t, r.Needs, "x")
		assert.NotContains(t, r.Errors, nil)
	}
}

func TestApplyRefuses(t *testing.T) {
	review := inState(t, approval.CaseUnderReview)
	suspended := inState(t, approval.CaseSuspended)
	suspendedAnew := then(t, suspended, happens(t, "reopen", "secretariat", decided.Add(6*time.Hour)))
	panelled := func(member string) func(*event) {
		return func(ev *event) {
			d := decidedAt(t, laterDay)
			d.Panel = &approval.PanelRecord{Panel: board(), Votes: []approval.Vote{{Member: member}}}
			ev.Decision = reissue(t, d)
		}
	}
	edited := func(edit func(*approval.Decision)) func(*event) {
		return func(ev *event) { edit(ev.Decision); ev.Decision = reissue(t, ev.Decision) }
	}
	assessed := then(t, review, happens(t, "assess", "assessor", decided.Add(6*time.Hour)))
	record := []approval.FindingRecord{{ID: "f-1", SHA256: pentest, Text: catalogue.Text{"nb": "x"}}}
	onFinding := func(edit func(*aFinding)) func(*event) { return func(ev *event) { edit(&ev.Findings[0]) } }
	by := func(id string) func(*event) { return func(ev *event) { ev.By.ID = id } }
	cases := []struct {
		name  string
		c     approval.Case
		event approval.CaseEvent
		role  approval.CaseRole
		edit  func(*event)
		want  error
		place string
	}{
		{"another version", review, "decide", "panel", func(ev *event) { ev.Expected = 3 }, approval.ErrConflict, "/expected"},
		{"no version", review, "decide", "panel", func(ev *event) { ev.Expected = 0 }, approval.ErrConflict, "/expected"},
		{"before the last event", review, "decide", "panel", func(ev *event) { ev.At = decided.Add(time.Hour) }, approval.ErrEventTime, "/at"},
		{"the vendor's decides", review, "decide", "panel", by("KARI"), approval.ErrVendorPerson, "/by/id"},
		{"who signed decides", review, "decide", "panel", by("per"), approval.ErrVendorPerson, "/by/id"},
		{"the vendor's withdraws as manager", review, "withdraw", "manager", by("kari"), approval.ErrVendorPerson, "/by/id"},
		{"the secretariat acts for the vendor", review, "withdraw", "vendor", by("siv"), approval.ErrVendorPerson, "/by/id"},
		{"who decided acts for the vendor", review, "withdraw", "vendor", by("mona"), approval.ErrVendorPerson, "/by/id"},
		{"who suspended acts for the vendor", suspended, "withdraw", "vendor", by("max"), approval.ErrVendorPerson, "/by/id"},
		{"the secretariat is named as the vendor's", inState(t, approval.CaseDraft), "submit", "vendor",
			func(ev *event) { ev.VendorPeople = []string{"siv"} }, approval.ErrVendorPerson, "/by/id"},
		{"who prepared decides", review, "decide", "manager", by("siv"), approval.ErrFourEyes, "/by/id"},
		{"who prepared votes", review, "decide", "panel", panelled("siv"), approval.ErrFourEyes, "/by/id"},
		{"the vendor's votes", review, "decide", "panel", panelled("per"), approval.ErrFourEyes, "/by/id"},
		{"who suspended resumes", suspended, "resume", "manager", by("max"), approval.ErrFourEyes, "/by/id"},
		{"who suspended resumes in another role", suspended, "resume", "panel", by("MAX"), approval.ErrFourEyes, "/by/id"},
		{"who suspended decides anew", suspendedAnew, "decide", "manager", by("max"), approval.ErrFourEyes, "/by/id"},
		{"who suspended votes anew", suspendedAnew, "decide", "panel", panelled("max"), approval.ErrFourEyes, "/by/id"},
		{"not decided yet", review, "decide", "panel", func(ev *event) { ev.Decision = evaluate(t, forPanel) }, approval.ErrNotFinal, "/decision/outcome"},
		{"incomplete", review, "decide", "panel", func(ev *event) { ev.Decision = evaluate(t, drop("A-1")) }, approval.ErrNotFinal, "/decision/outcome"},
		{"another tool", review, "decide", "panel", edited(func(d *approval.Decision) { d.Tool = "annet" }), approval.ErrOtherTool, "/decision"},
		{"another vendor's", review, "decide", "panel", edited(func(d *approval.Decision) { d.Vendor = "315260183" }), approval.ErrOtherTool, "/decision"},
		{"nobody's", review, "decide", "panel", edited(func(d *approval.Decision) { d.Vendor = "" }), approval.ErrOtherTool, "/decision"},
		{"another declaration", review, "decide", "panel", edited(func(d *approval.Decision) { d.Declaration.SHA256 = approval.DigestOf(nil) }),
			approval.ErrOtherDeclaration, "/decision/declaration"},
		{"a panel's in another case", review, "decide", "panel", edited(func(d *approval.Decision) {
			d.Panel = &approval.PanelRecord{Panel: board(), Case: "case-2"}
		}), approval.ErrOtherDeclaration, "/decision/declaration"},
		{"the decision of before", review, "decide", "panel", func(ev *event) { ev.Decision = decidedAt(t, decided.Add(3*time.Hour)) },
			approval.ErrUsedDecision, "/decision/id"},
		{"a decision to come", review, "decide", "panel", func(ev *event) { ev.At = laterDay.Add(-time.Second) }, approval.ErrNotYetDecided, "/decision/decided"},
		{"an approval that is over", review, "decide", "panel", func(ev *event) { ev.At = overDay }, approval.ErrDecisionExpired, "/decision/validUntil"},
		{"an approval without end", review, "decide", "panel", edited(func(d *approval.Decision) { d.ValidUntil = "" }), approval.ErrDecisionExpired, "/decision/validUntil"},
		{"with a finding that is not the case's", review, "decide", "panel", edited(func(d *approval.Decision) { d.Findings = record }), approval.ErrFindingsDiffer, "/decision/findings"},
		{"with one that is not used and not the case's", review, "decide", "panel", edited(func(d *approval.Decision) { d.FindingsNotUsed = record }), approval.ErrFindingsDiffer, "/decision/findings"},
		{"without a finding of the case", assessed, "decide", "panel", nil, approval.ErrFindingsDiffer, "/decision/findings"},
		{"with a finding of that id that says something else", assessed, "decide", "panel", edited(func(d *approval.Decision) { d.Findings = record }), approval.ErrFindingsDiffer, "/decision/findings"},
		{"the vendor's assesses", review, "assess", "assessor", func(ev *event) { ev.By.ID, ev.Findings[0].By.ID = "kari", "kari" }, approval.ErrVendorPerson, "/by/id"},
		{"the vendor's assesses under another id", review, "assess", "assessor", onFinding(func(f *aFinding) { f.By.Name = "Per" }), approval.ErrVendorPerson, "/by/id"},
		{"who assessed acts for the vendor", assessed, "withdraw", "vendor", by("anne"), approval.ErrVendorPerson, "/by/id"},
		{"assesses another declaration", review, "assess", "assessor", onFinding(func(f *aFinding) { f.Declaration.SHA256 = pentest }), approval.ErrOtherFinding, "/findings"},
		{"a finding of an id that is taken", assessed, "assess", "assessor", onFinding(atLevel(approval.Declared)), approval.ErrOtherFinding, "/findings"},
		{"one id for two findings", review, "assess", "assessor", func(ev *event) {
			ev.Findings = append(ev.Findings, ev.Findings[0])
			ev.Findings[1].Level = approval.Declared
		}, approval.ErrOtherFinding, "/findings"},
		{"somebody else's finding", review, "assess", "assessor", onFinding(func(f *aFinding) { f.By.ID = "bo" }), approval.ErrEvent, "/findings/0/by"},
		{"a finding in another role", review, "assess", "assessor", onFinding(func(f *aFinding) { f.By.Role = approval.RolePanel }), approval.ErrEvent, "/findings/0/by"},
		{"a finding without a note", review, "assess", "assessor", onFinding(func(f *aFinding) { f.Note = "" }), approval.ErrEvent, "/findings/0/note"},
		{"no finding", review, "assess", "assessor", func(ev *event) { ev.Findings = nil }, approval.ErrEvent, "/findings"},
		{"the secretariat assesses", review, "assess", "secretariat", nil, approval.ErrNotAllowed, "/by/role"},
		{"assessed before the review", inState(t, approval.CaseSubmitted), "assess", "assessor", nil, approval.ErrNotAllowed, "/event"},
		{"altered", review, "decide", "panel", func(ev *event) { ev.Decision.Outcome = with }, approval.ErrAltered, "/decision/id"},
		{"publishes a rejection", rejectedCase(t), "publish", "manager", nil, approval.ErrNotApproved, "/event"},
		{"publishes twice", then(t, inState(t, approval.CaseDecided), happens(t, "publish", "manager", decided.Add(5*time.Hour))),
			"publish", "manager", nil, approval.ErrPublished, "/event"},
		{"suspends what was never approved", openedCase(t), "suspend", "manager", nil, approval.ErrNotApproved, "/event"},
		{"suspends a rejection", rejectedCase(t), "suspend", "manager", nil, approval.ErrNotApproved, "/event"},
		{"suspends twice", suspendedAnew, "suspend", "manager", nil, approval.ErrSuspended, "/event"},
		{"an unknown event", review, "decide", "panel", func(ev *event) { ev.Event, ev.Decision = "vote", nil }, approval.ErrEvent, "/event"},
		{"no time", review, "decide", "panel", func(ev *event) { ev.At = time.Time{} }, approval.ErrEvent, "/at"},
		{"no role", review, "decide", "panel", func(ev *event) { ev.By.Role = "" }, approval.ErrEvent, "/by/role"},
		{"nobody", review, "decide", "panel", by(""), approval.ErrEvent, "/by/id"},
		{"a name with spaces", review, "decide", "panel", by("Pia Panel"), approval.ErrEvent, "/by/id"},
		{"an identity number", review, "decide", "panel", by("00000000000"), approval.ErrEvent, "/by/id"},
		{"no decision", review, "decide", "panel", func(ev *event) { ev.Decision = nil }, approval.ErrEvent, "/decision"},
		{"a reason that nobody asks for", review, "decide", "panel", func(ev *event) { ev.Reason = approval.ReasonOther }, approval.ErrEvent, "/reason"},
		{"no reason", review, "withdraw", "manager", func(ev *event) { ev.Reason = "" }, approval.ErrEvent, "/reason"},
		{"a reason in words", review, "withdraw", "manager", func(ev *event) { ev.Reason = "Per likte det ikke" }, approval.ErrEvent, "/reason"},
		{"nothing is missing", review, "return", "secretariat", func(ev *event) { ev.Missing = nil }, approval.ErrEvent, "/missing"},
		{"words are missing", review, "return", "secretariat", func(ev *event) { ev.Missing[0] = "alt mulig" }, approval.ErrEvent, "/missing/0"},
		{"too much is missing", review, "return", "secretariat", func(ev *event) { ev.Missing = make([]string, 501) }, approval.ErrEvent, ""},
		{"no declaration", openedCase(t), "submit", "vendor", func(ev *event) { ev.Declaration = nil }, approval.ErrEvent, "/declaration"},
		{"a declaration without digest", openedCase(t), "submit", "vendor", func(ev *event) { ev.Declaration.SHA256 = "" }, approval.ErrEvent, "/declaration/sha256"},
		{"a declaration without id", openedCase(t), "submit", "vendor", func(ev *event) { ev.Declaration.ID = "" }, approval.ErrEvent, "/declaration/id"},
		{"nobody has signed", openedCase(t), "submit", "vendor", func(ev *event) { ev.VendorPeople = nil }, approval.ErrEvent, "/vendorPeople"},
		{"a signatory in words", openedCase(t), "submit", "vendor", func(ev *event) { ev.VendorPeople = []string{"Per Hansen"} }, approval.ErrEvent, "/vendorPeople/0"},
		{"no case", approval.Case{}, "submit", "vendor", nil, approval.ErrCase, "*"},
	}
	broken := map[error]bool{}
	for _, c := range cases {
		broken[c.want] = true
		t.Run(c.name, func(t *testing.T) {
			at := laterDay
			ev := happens(t, c.event, c.role, at)
			ev.Expected = c.c.Version
			if c.edit != nil {
				c.edit(&ev)
			}
			next, err := c.c.Apply(ev)
			require.ErrorIs(t, err, c.want)
			assert.Equal(t, approval.Case{}, next)
			wordsOf(t, err)
			var refused *approval.RefusedError
			require.ErrorAs(t, err, &refused)
			if c.place != "*" {
				require.Len(t, refused.Problems, 1, "%v", err)
				assert.Equal(t, c.place, refused.Problems[0].Pointer)
			}
			assert.NotContains(t, err.Error(), "Pia Panel")
			assert.NotContains(t, err.Error(), "00000000000")
		})
	}
	for _, r := range approval.CaseTransitions() {
		for _, e := range r.Errors {
			assert.True(t, broken[e], "no case breaks %v", e)
		}
	}
}

// reissue gives a decision that was changed on purpose the id that fits.
func reissue(t testing.TB, d *approval.Decision) *approval.Decision {
	t.Helper()
	c := *d
	c.ID = ""
	c.ID = "d-" + string(approval.DigestOf([]byte(encode(t, c))))[:16]
	return &c
}

func rejectedCase(t testing.TB) approval.Case {
	t.Helper()
	c := inState(t, approval.CaseUnderReview)
	ev := happens(t, "decide", "panel", decided.Add(6*time.Hour))
	d := *ev.Decision
	d.Outcome, d.ValidUntil = reject, ""
	ev.Decision = reissue(t, &d)
	return then(t, c, ev)
}

// An approval is over when its last day is, in the place where it is asked.
func TestExpiryOfACase(t *testing.T) {
	last := time.Date(2028, 1, 15, 23, 59, 59, 0, oslo)
	for _, state := range []approval.CaseState{approval.CaseDecided, approval.CaseSuspended} {
		c := inState(t, state)
		assert.Equal(t, state, c.StateAt(last))
		assert.Equal(t, approval.CaseExpired, c.StateAt(last.Add(time.Second)))
		assert.Equal(t, state, c.StateAt(last.Add(time.Second).UTC()), "another place, another day")
	}
	assert.Equal(t, approval.CaseUnderReview, inState(t, approval.CaseUnderReview).StateAt(overDay))
	assert.Equal(t, approval.CaseDecided, rejectedCase(t).StateAt(overDay), "a rejection does not end")
}

// A new decision ends a suspension, and whoever has prepared or signed is remembered through all rounds.
func TestACaseThroughItsLife(t *testing.T) {
	c := inState(t, approval.CaseSuspended)
	assert.Equal(t, &approval.Suspension{By: "max", Reason: approval.ReasonOther, At: decided.Add(4 * time.Hour).UTC()}, c.Suspension)
	at := func(hours int) time.Time { return decided.Add(time.Duration(hours) * time.Hour) }
	c = then(t, c, happens(t, "amend", "vendor", at(5)))
	assert.NotNil(t, c.Suspension)
	resubmit := happens(t, "submit", "vendor", at(6))
	resubmit.VendorPeople = []string{"Kari", "ine"}
	c = then(t, c, resubmit, happens(t, "return", "secretariat", at(7)))
	assert.Equal(t, []string{"A-2"}, c.Missing)
	c = then(t, c, happens(t, "submit", "vendor", at(8)), happens(t, "start-review", "secretariat", at(9)))
	assert.Empty(t, c.Missing)
	assert.NotNil(t, c.Suspension)
	assert.Equal(t, []string{"kari", "siv"}, c.PreparedBy)
	assert.Equal(t, []string{"per", "kari", "ine"}, c.VendorPeople)
	c = then(t, c, happens(t, "decide", "panel", at(10)), happens(t, "publish", "manager", at(11)))
	assert.Nil(t, c.Suspension)
	d := decidedAt(t, at(10))
	assert.Equal(t, &approval.CaseDecision{ID: d.ID, Outcome: alone, By: "pia", ValidUntil: d.ValidUntil, NextReview: d.NextReview, Published: at(11).UTC()}, c.Decision)
	resume := happens(t, "resume", "panel", at(13))
	c = then(t, c, happens(t, "suspend", "manager", at(12)), resume)
	assert.Nil(t, c.Suspension)
	assert.False(t, c.Decision.Published.IsZero(), "published still")
	c = then(t, c, happens(t, "reopen", "manager", at(14)), happens(t, "decide", "panel", at(15)))
	assert.True(t, c.Decision.Published.IsZero(), "the new decision is not published yet")

	back := approval.Case{}
	require.NoError(t, json.Unmarshal([]byte(encode(t, c)), &back))
	assert.Equal(t, c, back)
	require.NoError(t, back.Check())
}

// What is kept of a decision is enough to know when the tool must be looked at again.
func TestACaseKeepsTheDaysOfItsDecision(t *testing.T) {
	ev := happens(t, "decide", "panel", laterDay)
	d := *ev.Decision
	d.NextReview = "2027-10-01"
	ev.Decision = reissue(t, &d)
	c := then(t, inState(t, approval.CaseUnderReview), ev)
	assert.Equal(t, catalogue.Date("2027-10-01"), c.Decision.NextReview)
	assert.Equal(t, catalogue.Date("2028-01-15"), c.Decision.ValidUntil)
}

func TestReplayBuildsTheCaseAgain(t *testing.T) {
	c := openedCase(t)
	events := []event{happens(t, "submit", "vendor", decided), happens(t, "start-review", "secretariat", laterDay), happens(t, "decide", "manager", laterDay)}
	for i := range events {
		events[i].Expected = int64(i)
	}
	want := then(t, c, events...)
	got, err := c.Replay(events...)
	require.NoError(t, err)
	assert.Equal(t, want, got)
	_, err = c.Replay(events[0], events[0])
	require.ErrorIs(t, err, approval.ErrConflict)
}

func TestACaseSharesNothing(t *testing.T) {
	c := inState(t, approval.CaseSuspended)
	ev := happens(t, "amend", "vendor", laterDay)
	ev.Expected = c.Version
	next, err := c.Apply(ev)
	require.NoError(t, err)
	stored := encode(t, next)
	c.Declaration.ID, c.Decision.ID, c.Suspension.By, c.PreparedBy[0], c.VendorPeople[0] = "x", "x", "x", "x", "x"
	assert.Equal(t, stored, encode(t, next))
}

func TestOpenCaseRefuses(t *testing.T) {
	for place, c := range map[string]struct{ id, tool, org string }{
		"/id": {"", "sovn-steg", "999999999"}, "/tool": {"case-1", "Søvn", "999999999"}, "/vendor": {"case-1", "sovn-steg", "999999998"},
	} {
		_, err := approval.OpenCase(c.id, toolID(c.tool), orgNumber(c.org))
		require.ErrorIs(t, err, approval.ErrCase)
		var refused *approval.RefusedError
		require.ErrorAs(t, err, &refused)
		require.Len(t, refused.Problems, 1)
		assert.Equal(t, place, refused.Problems[0].Pointer)
	}
}

func TestCheckFindsCasesThatNobodyMade(t *testing.T) {
	cases := []struct {
		name  string
		state approval.CaseState
		edit  func(*approval.Case)
		place string
	}{
		{"no such state", approval.CaseDecided, func(c *approval.Case) { c.State = "approved" }, "/state"},
		{"stored as expired", approval.CaseDecided, func(c *approval.Case) { c.State = approval.CaseExpired }, "/state"},
		{"no version", approval.CaseDecided, func(c *approval.Case) { c.Version = 0 }, "/version"},
		{"no time", approval.CaseDecided, func(c *approval.Case) { c.Updated = time.Time{} }, "/version"},
		{"decided without declaration", approval.CaseDecided, func(c *approval.Case) { c.Declaration = nil }, "/declaration"},
		{"decided without decision", approval.CaseDecided, func(c *approval.Case) { c.Decision = nil }, "/decision"},
		{"decided on nothing", approval.CaseDecided, func(c *approval.Case) { c.Decision.Outcome = unclear }, "/decision/outcome"},
		{"suspended by nobody", approval.CaseSuspended, func(c *approval.Case) { c.Suspension = nil }, "/suspension"},
		{"nobody at the vendor's", approval.CaseUnderReview, func(c *approval.Case) { c.VendorPeople = nil }, "/vendorPeople"},
		{"prepared by nobody", approval.CaseUnderReview, func(c *approval.Case) { c.PreparedBy = nil }, "/preparedBy"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			it := inState(t, c.state)
			require.NoError(t, it.Check())
			c.edit(&it)
			err := it.Check()
			require.ErrorIs(t, err, approval.ErrCase)
			var refused *approval.RefusedError
			require.ErrorAs(t, err, &refused)
			require.Len(t, refused.Problems, 1)
			assert.Equal(t, c.place, refused.Problems[0].Pointer)
			inThreeLanguages(t, refused.Problems[0].Text)
			_, err = it.Apply(happens(t, "withdraw", "manager", laterDay))
			require.ErrorIs(t, err, approval.ErrCase, "and nothing can be done with it")
		})
	}
}

func TestCaseWords(t *testing.T) {
	seen := map[string]bool{}
	add := func(text catalogue.Text) {
		inThreeLanguages(t, text)
		assert.False(t, seen[text["nb"]], "two have the words %s", text["nb"])
		seen[text["nb"]] = true
	}
	for _, s := range approval.CaseStates() {
		add(s.Text())
	}
	for _, r := range approval.CaseTransitions() {
		add(r.Event.Text())
	}
	for _, r := range approval.CaseReasons() {
		add(r.Text())
	}
	for _, r := range approval.CaseRoles() {
		text := r.Text()
		for _, lang := range languages {
			assert.NotEmpty(t, strings.TrimSpace(text[lang]))
		}
	}
	assert.Len(t, seen, 7+11+12)
}
