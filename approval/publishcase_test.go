package approval_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/vendor"
)

// publishedCase is a case whose decision is published, and the decision.
func publishedCase(t testing.TB) (approval.Case, *approval.Decision) {
	t.Helper()
	d := decidedAt(t, decided.Add(3*time.Hour))
	return then(t, inState(t, approval.CaseDecided), happens(t, "publish", "manager", decided.Add(5*time.Hour))), d
}

// A listing keeps what the decision says nothing about.
func TestPublishLeavesOtherFactsAlone(t *testing.T) {
	for _, access := range []catalogue.Access{{}, {WithoutLogin: true, National: true, OnBehalf: true}, {OnBehalf: true, RequiresPrescription: true}} {
		tool := draft()
		tool.Access = access
		out, err := approval.Publish(evaluate(t, both(guided, noLogin)), tool, decided)
		require.NoError(t, err)
		want := access
		want.RequiresPrescription = true
		assert.Equal(t, want, out.Access)
	}
}

func TestCasePublish(t *testing.T) {
	c, d := publishedCase(t)
	out, err := c.Publish(d, draft(), laterDay)
	require.NoError(t, err)
	want, err := approval.Publish(d, draft(), laterDay)
	require.NoError(t, err)
	assert.Equal(t, want, out)
	later := func(e approval.CaseEvent, role approval.CaseRole, hours int) event {
		return happens(t, e, role, decided.Add(time.Duration(hours)*time.Hour))
	}
	cases := []struct {
		name string
		c    approval.Case
		d    *approval.Decision
		tool catalogue.Tool
		at   time.Time
		want error
	}{
		{"not published", inState(t, approval.CaseDecided), d, draft(), laterDay, approval.ErrNotRecorded},
		{"never decided", openedCase(t), d, draft(), laterDay, approval.ErrNotRecorded},
		{"another decision", c, evaluate(t, nil), draft(), laterDay, approval.ErrNotRecorded},
		{"no decision", c, nil, draft(), laterDay, approval.ErrNotRecorded},
		{"suspended", then(t, c, later("suspend", "manager", 6)), d, draft(), laterDay, approval.ErrSuspended},
		{"suspended and under review", then(t, c, later("suspend", "manager", 6), later("reopen", "secretariat", 7)), d, draft(), laterDay, approval.ErrSuspended},
		{"withdrawn", then(t, c, later("withdraw", "vendor", 6)), d, draft(), laterDay, approval.ErrEnded},
		{"withdrawn while suspended", then(t, c, later("suspend", "manager", 6), later("withdraw", "vendor", 7)), d, draft(), laterDay, approval.ErrEnded},
		{"over", c, d, draft(), overDay, approval.ErrDecisionExpired},
		{"before it was published", c, d, draft(), decided.Add(4 * time.Hour), approval.ErrEventTime},
		{"another tool", c, d, func() catalogue.Tool { x := draft(); x.ID = "annet"; return x }(), laterDay, approval.ErrOtherTool},
		{"a withdrawn tool", c, d, func() catalogue.Tool { x := draft(); x.Status = catalogue.StatusWithdrawn; return x }(), laterDay, catalogue.ErrWithdrawn},
	}
	for _, tt := range cases {
		t.Run(tt.name, func(t *testing.T) {
			out, err := tt.c.Publish(tt.d, tt.tool, tt.at)
			require.ErrorIs(t, err, tt.want)
			assert.Equal(t, catalogue.Tool{}, out)
			wordsOf(t, err)
		})
	}
	under := then(t, c, later("amend", "vendor", 6))
	_, err = under.Publish(d, draft(), laterDay)
	require.NoError(t, err, "an approval stands while a change is looked at")
}

func TestRefresh(t *testing.T) {
	c, d := publishedCase(t)
	step := func(e approval.CaseEvent, role approval.CaseRole, hours int) event {
		return happens(t, e, role, decided.Add(time.Duration(hours)*time.Hour))
	}
	suspended := then(t, c, step("suspend", "manager", 6))
	withdrawn := then(t, c, step("withdraw", "vendor", 6))
	renewed := then(t, c, step("reopen", "manager", 6), step("decide", "panel", 7))
	listed, err := c.Publish(d, draft(), laterDay)
	require.NoError(t, err)
	edit := func(edit func(*catalogue.Tool)) catalogue.Tool { x := listed; edit(&x); return x }
	at := func(s catalogue.Status) catalogue.Tool { return edit(func(x *catalogue.Tool) { x.Status = s }) }
	const (
		isDraft  = catalogue.StatusDraft
		isListed = catalogue.StatusListed
		paused   = catalogue.StatusPaused
		gone     = catalogue.StatusWithdrawn
	)
	cases := []struct {
		name string
		c    approval.Case
		tool catalogue.Tool
		at   time.Time
		want catalogue.Status
	}{
		{"approved", c, listed, laterDay, isListed},
		{"on the last day", c, listed, overDay.Add(-time.Second), isListed},
		{"over", c, listed, overDay, paused},
		{"suspended", suspended, listed, laterDay, paused},
		{"suspended, under review", then(t, suspended, step("reopen", "secretariat", 7)), listed, laterDay, paused},
		{"suspended, changed by the vendor", then(t, suspended, step("amend", "vendor", 7)), listed, laterDay, paused},
		{"resumed", then(t, suspended, step("resume", "manager", 7)), listed, laterDay, isListed},
		{"resumed is not listed by itself", then(t, suspended, step("resume", "manager", 7)), at(paused), laterDay, paused},
		{"withdrawn", withdrawn, listed, laterDay, gone},
		{"withdrawn when paused", withdrawn, at(paused), laterDay, gone},
		{"withdrawn and over", withdrawn, listed, overDay, gone},
		{"withdrawn while a draft", withdrawn, at(isDraft), laterDay, isDraft},
		{"a draft is not listed", c, at(isDraft), laterDay, isDraft},
		{"what is withdrawn stays so", c, at(gone), laterDay, gone},
		{"under review again", then(t, c, step("reopen", "manager", 6)), listed, laterDay, isListed},
		{"a change is looked at", then(t, c, step("amend", "vendor", 6)), listed, laterDay, isListed},
		{"over while a change is looked at", then(t, c, step("amend", "vendor", 6)), listed, overDay, paused},
		{"decided anew, not published", renewed, listed, laterDay, paused},
		{"published anew, listed on the old decision", then(t, renewed, step("publish", "manager", 8)), listed, laterDay, paused},
		{"rejected since", rejectedCase(t), listed, laterDay, paused},
		{"not published", inState(t, approval.CaseDecided), listed, laterDay, paused},
		{"never decided", openedCase(t), listed, laterDay, paused},
		{"listed on nothing", c, edit(func(x *catalogue.Tool) { x.Approval = nil }), laterDay, paused},
		{"listed for longer", c, edit(func(x *catalogue.Tool) {
			x.Approval = &catalogue.Approval{Decision: x.Approval.Decision, ValidUntil: "2030-01-01"}
		}), laterDay, paused},
	}
	for _, tt := range cases {
		t.Run(tt.name, func(t *testing.T) {
			out, err := tt.c.Refresh(tt.tool, tt.at)
			require.NoError(t, err)
			assert.Equal(t, tt.want, out.Status)
			out.Status = tt.tool.Status
			assert.Equal(t, tt.tool, out, "all else stays")
		})
	}
	for name, tool := range map[string]catalogue.Tool{
		"another tool": edit(func(x *catalogue.Tool) { x.ID = "annet" }), "nobody's": edit(func(x *catalogue.Tool) { x.Vendor = nil }),
		"another vendor's": edit(func(x *catalogue.Tool) { x.Vendor = &vendor.Vendor{OrgNumber: "315260183", Name: "Annen AS"} }),
	} {
		_, err := c.Refresh(tool, laterDay)
		require.ErrorIs(t, err, approval.ErrOtherTool, name)
		wordsOf(t, err)
	}
	_, err = approval.Case{}.Refresh(listed, laterDay)
	require.ErrorIs(t, err, approval.ErrCase)
}

// Somebody has made a tool open that is approved with a therapist only.
func TestRefreshAsksForAPrescription(t *testing.T) {
	c, d := publishedCase(t)
	c.Decision.Outcome = with
	tool, err := approval.Publish(d, draft(), laterDay)
	require.NoError(t, err)
	require.False(t, tool.Access.RequiresPrescription)
	out, err := c.Refresh(tool, laterDay)
	require.NoError(t, err)
	assert.Equal(t, catalogue.Access{National: true, RequiresPrescription: true}, out.Access)
	c.Decision.Outcome = alone
	tool.Access.RequiresPrescription = true
	out, err = c.Refresh(tool, laterDay)
	require.NoError(t, err)
	assert.True(t, out.Access.RequiresPrescription, "more than is asked for is fine")
}

// What becomes of a case stops the tool in the catalogue, and whoever follows the catalogue sees it.
func TestSuspensionExpiryAndWithdrawalReachTheCatalogue(t *testing.T) {
	c, d := publishedCase(t)
	tool, err := c.Publish(d, draft(), laterDay)
	require.NoError(t, err)
	tool.Start = []catalogue.Start{{Platform: catalogue.PlatformWeb, URL: "https://sovn.example.org", Profile: catalogue.ProfileHelsenorge}}
	withdrawn := then(t, c, happens(t, "withdraw", "vendor", decided.Add(6*time.Hour)))
	suspended := then(t, c, happens(t, "suspend", "manager", decided.Add(6*time.Hour)))
	cases := map[string]struct {
		c    approval.Case
		at   time.Time
		want error
	}{
		"suspended": {suspended, laterDay, catalogue.ErrPaused}, "over": {c, overDay, catalogue.ErrPaused}, "withdrawn": {withdrawn, laterDay, catalogue.ErrWithdrawn},
	}
	for name, tt := range cases {
		t.Run(name, func(t *testing.T) {
			index, err := catalogue.NewIndex([]catalogue.Tool{tool})
			require.NoError(t, err)
			require.NoError(t, tool.CheckStart(laterDay))
			now, err := tt.c.Refresh(tool, tt.at)
			require.NoError(t, err)
			require.ErrorIs(t, now.CheckStart(tt.at), tt.want)
			next, err := index.Replace([]catalogue.Tool{now})
			require.NoError(t, err)
			stopped := catalogue.Diff(index, next).Stopped(tt.at)
			require.Len(t, stopped, 1)
			assert.Equal(t, tool.ID, stopped[0].Tool)
			assert.ErrorIs(t, stopped[0].Reason, tt.want)
		})
	}
}

func TestDue(t *testing.T) {
	approvedUntil := func(id string, tool catalogue.ToolID, until, review catalogue.Date) approval.Case {
		c := inState(t, approval.CaseDecided)
		c.ID, c.Tool, c.Decision.ValidUntil, c.Decision.NextReview = id, tool, until, review
		return c
	}
	changed := func(c approval.Case, e approval.CaseEvent, role approval.CaseRole) approval.Case {
		return then(t, c, happens(t, e, role, laterDay))
	}
	cases := []approval.Case{
		approvedUntil("soon-last", "b", "2027-03-31", ""),
		approvedUntil("later", "b", "2027-04-01", ""),
		approvedUntil("now", "c", "2027-12-31", "2027-03-01"),
		approvedUntil("now-long", "c", "2027-12-31", "2027-02-01"),
		approvedUntil("not-yet", "c", "2027-12-31", "2027-04-01"),
		approvedUntil("tomorrow", "d", "2027-12-31", "2027-03-02"),
		approvedUntil("over", "e", "2027-02-28", "2027-01-01"),
		approvedUntil("over-long", "a", "2026-12-31", ""),
		approvedUntil("last-day", "a", "2027-03-01", ""),
		changed(approvedUntil("suspended", "a", "2027-03-02", ""), "suspend", "manager"),
		changed(approvedUntil("again", "a", "2027-03-01", ""), "reopen", "manager"),
		changed(approvedUntil("withdrawn", "a", "2027-03-01", ""), "withdraw", "manager"),
		rejectedCase(t), openedCase(t), {},
	}
	cases[2].ID, cases[3].ID = "now-b", "now-a"
	cases[3].Decision.NextReview = "2027-03-01"
	at := time.Date(2027, 3, 1, 0, 30, 0, 0, oslo)
	want := []approval.DueCase{
		{"over-long", "a", approval.DueExpired, "2026-12-31", false},
		{"over", "e", approval.DueExpired, "2027-02-28", false},
		{"again", "a", approval.DueNow, "2027-03-01", true},
		{"last-day", "a", approval.DueNow, "2027-03-01", false},
		{"now-a", "c", approval.DueNow, "2027-03-01", false},
		{"now-b", "c", approval.DueNow, "2027-03-01", false},
		{"suspended", "a", approval.DueSoon, "2027-03-02", false},
		{"tomorrow", "d", approval.DueSoon, "2027-03-02", false},
		{"soon-last", "b", approval.DueSoon, "2027-03-31", false},
	}
	assert.Equal(t, want, approval.Due(cases, at, 30))
	assert.Equal(t, want[:6], approval.Due(cases, at, 0))
	assert.Equal(t, want[:6], approval.Due(cases, at, -30))
	yesterday := []approval.DueCase{want[0], {"over", "e", approval.DueNow, "2027-01-01", false}}
	assert.Equal(t, yesterday, approval.Due(cases, at.UTC(), 0), "in UTC it is the day before")
	assert.Empty(t, approval.Due(nil, at, 30))
	for _, u := range []approval.Urgency{approval.DueExpired, approval.DueNow, approval.DueSoon} {
		inThreeLanguages(t, u.Text())
	}
}

// An approval that is suspended lists no tool, which the decision alone cannot tell.
func ExampleCase_Publish() {
	decision := exampleDecision()
	c := examplePublished(decision)
	draft := catalogue.Tool{
		ID: "sovn-steg", Status: catalogue.StatusDraft, Name: catalogue.Text{"nb": "Søvn steg for steg"},
		Vendor: &exampleVendor,
	}
	tool, err := c.Publish(decision, draft, c.Updated)
	fmt.Println(tool.Status, tool.Approval.ValidUntil, err)

	c, err = c.Apply(approval.Event{Event: approval.EventSuspend, Expected: c.Version, At: c.Updated.Add(time.Hour),
		By: approval.Actor{Role: approval.RoleSecretariat, ID: "siv"}, Reason: approval.ReasonSafety})
	if err != nil {
		panic(err)
	}
	_, err = c.Publish(decision, draft, c.Updated)
	fmt.Println(errors.Is(err, approval.ErrSuspended))
	tool, err = approval.Publish(decision, draft, c.Updated)
	fmt.Println("not asked:", tool.Status, err)
	// Output:
	// listed 2028-01-15 <nil>
	// true
	// not asked: listed <nil>
}

func ExampleCase_Refresh() {
	decision := exampleDecision()
	c := examplePublished(decision)
	tool, err := c.Publish(decision, catalogue.Tool{
		ID: "sovn-steg", Status: catalogue.StatusDraft, Name: catalogue.Text{"nb": "Søvn steg for steg"},
		Vendor: &exampleVendor,
	}, c.Updated)
	fmt.Println(tool.Status, err)

	c, err = c.Apply(approval.Event{Event: approval.EventSuspend, Expected: c.Version, At: c.Updated.Add(time.Hour),
		By: approval.Actor{Role: approval.RoleSecretariat, ID: "siv"}, Reason: approval.ReasonSafety})
	if err != nil {
		panic(err)
	}
	live := catalogue.NewLive(nil) // in use, with all other tools
	if _, err = live.Put(tool); err != nil {
		panic(err)
	}
	if tool, err = c.Refresh(tool, c.Updated); err != nil {
		panic(err)
	}
	changes, err := live.Put(tool)
	fmt.Println(changes.Tools[0].Status.To, err)
	for _, due := range approval.Due([]approval.Case{c}, time.Date(2027, 12, 1, 9, 0, 0, 0, time.UTC), 60) {
		fmt.Println(due.Tool, due.Day, due.Urgency.Text()["nb"])
	}
	// Output:
	// listed <nil>
	// paused <nil>
	// sovn-steg 2028-01-15 Må snart vurderes på nytt
}
