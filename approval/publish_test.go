package approval_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/vendor"
)

func draft() catalogue.Tool {
	return catalogue.Tool{
		ID: "sovn-steg", Status: catalogue.StatusDraft, Name: catalogue.Text{"nb": "Søvn steg for steg"},
		Vendor: &vendor.Vendor{OrgNumber: "999999999", Name: "Søvnhjelp AS"},
		Access: catalogue.Access{National: true, RequiresPrescription: true},
	}
}

var oslo = time.FixedZone("Oslo", 3600)

func TestPublish(t *testing.T) {
	cases := []struct {
		name       string
		start      func(*declaration)
		prescribed bool
	}{
		{"without a therapist", nil, false},
		{"with a therapist", guided, true},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d, tool := evaluate(t, c.start), draft()
			tool.Access.RequiresPrescription = !c.prescribed
			out, err := approval.Publish(d, tool, decided)
			require.NoError(t, err)
			assert.Equal(t, catalogue.StatusListed, out.Status)
			assert.Equal(t, catalogue.Access{National: true, RequiresPrescription: c.prescribed}, out.Access)
			assert.Equal(t, &catalogue.Approval{Decision: d.ID, ValidUntil: "2028-01-15"}, out.Approval)
			assert.Equal(t, catalogue.StatusDraft, tool.Status)
			assert.Nil(t, tool.Approval)
		})
	}
}

func TestPublishRefuses(t *testing.T) {
	tool := func(edit func(*catalogue.Tool)) catalogue.Tool { x := draft(); edit(&x); return x }
	altered := func(edit func(*approval.Decision)) *approval.Decision { d := evaluate(t, nil); edit(d); return d }
	last := time.Date(2028, 1, 15, 23, 59, 59, 0, oslo)
	cases := []struct {
		name string
		d    *approval.Decision
		tool catalogue.Tool
		at   time.Time
		want error
	}{
		{"on the last day", evaluate(t, nil), draft(), last, nil},
		{"a second later", evaluate(t, nil), draft(), last.Add(time.Second), approval.ErrDecisionExpired},
		{"before the decision", evaluate(t, nil), draft(), decided.Add(-time.Second), approval.ErrNotYetDecided},
		{"needs review", evaluate(t, forPanel), draft(), decided, approval.ErrNotApproved},
		{"rejected", evaluate(t, answer("A-1", no)), draft(), decided, approval.ErrNotApproved},
		{"incomplete", evaluate(t, drop("A-1")), draft(), decided, approval.ErrNotApproved},
		{"no decision", nil, draft(), decided, approval.ErrNotApproved},
		{"an empty decision", &approval.Decision{}, draft(), decided, approval.ErrNotApproved},
		{"another tool", evaluate(t, nil), tool(func(x *catalogue.Tool) { x.ID = "annet" }), decided, approval.ErrOtherTool},
		{"another vendor's", evaluate(t, nil), tool(func(x *catalogue.Tool) { x.Vendor.OrgNumber = "315260183" }), decided, approval.ErrOtherTool},
		{"nobody's", evaluate(t, nil), tool(func(x *catalogue.Tool) { x.Vendor = nil }), decided, approval.ErrOtherTool},
		{"without a login, where one is declared", evaluate(t, nil), tool(func(x *catalogue.Tool) { x.Access.WithoutLogin = true }), decided, approval.ErrAccess},
		{"without a login, where none is declared", evaluate(t, noLogin), tool(func(x *catalogue.Tool) { x.Access.WithoutLogin = true }), decided, nil},
		{"with the portal's login, where none is declared", evaluate(t, noLogin), draft(), decided, nil},
		{"a login that was edited away", altered(func(d *approval.Decision) { d.Terms.Login = false }),
			tool(func(x *catalogue.Tool) { x.Access.WithoutLogin = true }), decided, approval.ErrAltered},
		{"withdrawn", evaluate(t, nil), tool(func(x *catalogue.Tool) { x.Status = catalogue.StatusWithdrawn }), decided, catalogue.ErrWithdrawn},
		{"no last day", altered(func(d *approval.Decision) { d.ValidUntil = "" }), draft(), decided, approval.ErrDecisionExpired},
		{"a later last day", altered(func(d *approval.Decision) { d.ValidUntil = "2030-01-15" }), draft(), decided, approval.ErrAltered},
		{"a turned outcome", altered(func(d *approval.Decision) { d.Outcome = approval.ApprovedWithTherapist }), draft(), decided, approval.ErrAltered},
		{"made by hand", &approval.Decision{Outcome: approval.ApprovedWithoutTherapist, Tool: "sovn-steg", Vendor: "999999999", ValidUntil: "2030-01-01"},
			draft(), decided, approval.ErrAltered},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			out, err := approval.Publish(c.d, c.tool, c.at)
			require.ErrorIs(t, err, c.want)
			if c.want != nil {
				assert.Equal(t, catalogue.Tool{}, out)
			}
		})
	}
}

func noLogin(d *declaration) {
	d.Facts["login"] = false
	d.Answers["B-2"] = approval.Answer{Status: approval.NotApplicable, Reason: "no-login"}
}

// A draft that offers what was not decided on is refused at its place.
func TestPublishNamesTheAccess(t *testing.T) {
	tool := draft()
	tool.Access.WithoutLogin = true
	_, err := approval.Publish(evaluate(t, nil), tool, decided)
	var refused *approval.RefusedError
	require.ErrorAs(t, err, &refused)
	require.Len(t, refused.Problems, 1)
	assert.Equal(t, "/access/withoutLogin", refused.Problems[0].Pointer)
	wordedInThree(t, refused.Problems[0].Text)
}

// A decision can be kept as JSON and used years later.
func TestStoredDecision(t *testing.T) {
	d := evaluate(t, guided)
	stored := encode(t, d)
	back, err := approval.ParseDecision([]byte(stored))
	require.NoError(t, err)
	assert.Equal(t, stored, encode(t, back))
	_, err = approval.Publish(back, draft(), decided)
	require.NoError(t, err)
}
