package vendor_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/vendor"
)

const (
	supplier vendor.OrgNumber = "999999999"
	customer vendor.OrgNumber = "315260183"
	centre   vendor.OrgNumber = "974760673" // whoever the agreements are with
	today    vendor.Day       = "2026-11-26"
)

func agreement(kind vendor.AgreementKind, party, with vendor.OrgNumber, subject string) vendor.Agreement {
	return vendor.Agreement{Kind: kind, Party: party, Counterparty: with, Subject: subject, From: "2026-01-01", To: "2027-12-31",
		Signed: "2025-12-15", SHA256: digest}
}

// signed is one agreement for each rule there is.
func signed() []vendor.Agreement {
	return []vendor.Agreement{
		agreement(vendor.AgreementMembership, supplier, centre, ""),
		agreement(vendor.AgreementCustomer, supplier, centre, ""),
		agreement(vendor.AgreementDataProcessing, supplier, centre, ""),
		agreement(vendor.AgreementHelsenorgeGeneral, supplier, centre, ""),
		agreement(vendor.AgreementHelsenorgeSpecial, supplier, centre, "municipality"),
		agreement(vendor.AgreementHelsenorgeGeneral, customer, centre, ""),
		agreement(vendor.AgreementHelsenorgeSpecial, customer, centre, "gp"),
		agreement(vendor.AgreementConnection, supplier, centre, ""),
		agreement(vendor.AgreementDelegation, customer, supplier, ""),
		agreement(vendor.AgreementAPI, supplier, centre, "oppgave"),
		agreement(vendor.AgreementAPI, customer, centre, "oppgave"),
		agreement(vendor.AgreementTool, supplier, centre, ""),
	}
}

// actions are those that signed allows, with the number of agreements that each rests on.
var actions = []struct {
	act   vendor.Action
	needs int
}{
	{vendor.ConnectHelsenettet(), 3},
	{vendor.UseHelsenorge("municipality"), 2},
	{vendor.Action{Kind: vendor.ActUseHelsenorge, For: customer, Subject: "gp"}, 3},
	{vendor.ConnectSystem(), 1},
	{vendor.CallAPI("oppgave"), 1},
	{vendor.CallAPIFor(customer, "oppgave"), 2},
	{vendor.ActFor(customer), 1},
	{vendor.OfferTool(), 1},
}

func ExampleMay() {
	agreements := []vendor.Agreement{
		{Kind: vendor.AgreementAPI, Party: "315260183", Counterparty: "974760673", Subject: "oppgave", From: "2026-01-01", To: "2027-06-30",
			Signed: "2025-12-15", SHA256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"},
	}
	act := vendor.CallAPIFor("315260183", "oppgave")
	verdict := vendor.May(act, "999999999", agreements, "2026-11-26")
	fmt.Println(verdict.Allowed, verdict.Missing[0].Kind, verdict.Missing[0].Text.In("en"))

	agreements = append(agreements, vendor.Agreement{Kind: vendor.AgreementDelegation, Party: "315260183", Counterparty: "999999999",
		From: "2026-01-01", Signed: "2026-01-01", SHA256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"})
	verdict = vendor.May(act, "999999999", agreements, "2026-11-26")
	fmt.Println(verdict.Allowed, verdict.Expires)
	// Output:
	// false delegation Ask the customer to delegate the right to the supplier in Altinn.
	// true 2027-06-30
}

func TestMayWithEverythingSigned(t *testing.T) {
	covered := map[vendor.ActionKind]bool{}
	for _, tt := range actions {
		v := vendor.May(tt.act, supplier, signed(), today)
		assert.True(t, v.Allowed, "%+v: %+v", tt.act, v.Missing)
		assert.Empty(t, v.Missing)
		assert.Len(t, v.RestsOn, tt.needs, "%+v", tt.act)
		assert.Equal(t, vendor.Day("2027-12-31"), v.Expires)
		covered[tt.act.Kind] = true
	}
	for _, rule := range vendor.DefaultRules() {
		assert.True(t, covered[rule.Act], "%s is not tried", rule.Act)
	}
	assert.True(t, vendor.May(vendor.OfferTool(), supplier, signed(), today).Assumed)
	assert.False(t, vendor.May(vendor.ConnectSystem(), supplier, signed(), today).Assumed)
}

// Each agreement that an action rests on is needed, and needed whole: whatever is done to it, the answer is no and says why.
func TestMayNeedsEachAgreementWhole(t *testing.T) {
	harms := []struct {
		name string
		harm func(*vendor.Agreement)
		want vendor.Reason
	}{
		{"other kind", func(a *vendor.Agreement) { a.Kind = "other" }, vendor.ReasonMissing},
		{"other party", func(a *vendor.Agreement) { a.Party = "923609016" }, vendor.ReasonMissing},
		{"other subject", func(a *vendor.Agreement) { a.Subject += "x" }, vendor.ReasonMissing},
		{"no counterparty", func(a *vendor.Agreement) { a.Counterparty = "" }, ""},
		{"not signed", func(a *vendor.Agreement) { a.Signed = "" }, vendor.ReasonFaulty},
		{"no document", func(a *vendor.Agreement) { a.SHA256 = "" }, vendor.ReasonFaulty},
		{"no first day", func(a *vendor.Agreement) { a.From = "" }, vendor.ReasonFaulty},
		{"last day that is none", func(a *vendor.Agreement) { a.To = "9999-99-99" }, vendor.ReasonFaulty},
		{"signed tomorrow", func(a *vendor.Agreement) { a.Signed = "2026-11-27" }, vendor.ReasonUnsigned},
		{"from tomorrow", func(a *vendor.Agreement) { a.From = "2026-11-27" }, vendor.ReasonNotYet},
		{"until yesterday", func(a *vendor.Agreement) { a.To = "2026-11-25" }, vendor.ReasonExpired},
	}
	tried := 0
	for _, tt := range actions {
		all := signed()
		for _, needed := range vendor.May(tt.act, supplier, all, today).RestsOn {
			for _, h := range harms {
				list := slices.Clone(all)
				i := slices.Index(list, needed)
				require.GreaterOrEqual(t, i, 0)
				h.harm(&list[i])
				v := vendor.May(tt.act, supplier, list, today)
				require.False(t, v.Allowed, "%+v with %s of %s", tt.act, h.name, needed.Kind)
				require.Len(t, v.Missing, 1)
				assert.Empty(t, v.Expires)
				assert.Empty(t, v.RestsOn)
				n := v.Missing[0]
				assert.Equal(t, needed.Kind, n.Kind)
				assert.Equal(t, needed.Party, n.Party)
				if h.want != "" {
					assert.Equal(t, h.want, n.Reason, "%s", h.name)
				}
				complete(t, n.Text)
				assert.NotEmpty(t, n.Source)
				tried++
			}
		}
	}
	assert.Equal(t, 14*len(harms), tried)
}

func TestMayOnTheEdges(t *testing.T) {
	for on, want := range map[vendor.Day]bool{"2025-12-31": false, "2026-01-01": true, "2027-12-31": true, "2028-01-01": false} {
		assert.Equal(t, want, vendor.May(vendor.ConnectSystem(), supplier, signed(), on).Allowed, on)
	}
}

func TestMayTakesTheAgreementThatLastsLongest(t *testing.T) {
	short, long, open := agreement(vendor.AgreementConnection, supplier, centre, ""), agreement(vendor.AgreementConnection, supplier, centre, ""),
		agreement(vendor.AgreementConnection, supplier, centre, "")
	short.To, long.To, open.To = "2026-12-31", "2029-12-31", ""
	expired := short
	expired.To = "2026-02-01"
	for _, tt := range []struct {
		list []vendor.Agreement
		want vendor.Day
	}{
		{[]vendor.Agreement{short, long}, "2029-12-31"}, {[]vendor.Agreement{long, short}, "2029-12-31"},
		{[]vendor.Agreement{open, short}, ""}, {[]vendor.Agreement{short, open}, ""}, {[]vendor.Agreement{expired, short}, "2026-12-31"},
		{[]vendor.Agreement{short, expired}, "2026-12-31"},
	} {
		v := vendor.May(vendor.ConnectSystem(), supplier, tt.list, today)
		assert.True(t, v.Allowed)
		assert.Equal(t, tt.want, v.Expires)
	}
	first := signed()
	first[1].To = "2026-12-24"
	assert.Equal(t, vendor.Day("2026-12-24"), vendor.May(vendor.ConnectHelsenettet(), supplier, first, today).Expires, "the first to end")
}

// One membership per organisation number: that of the customer, the parent or the counterparty is not one's own.
func TestOthersAgreementsAreNotOnesOwn(t *testing.T) {
	for _, who := range []vendor.OrgNumber{customer, centre} {
		v := vendor.May(vendor.ConnectHelsenettet(), who, signed(), today)
		assert.False(t, v.Allowed)
		assert.Len(t, v.Missing, 3)
	}
	for _, act := range []vendor.Action{{Kind: vendor.ActUseHelsenorge, For: customer, Subject: "gp"}, vendor.CallAPIFor(customer, "oppgave")} {
		for _, a := range vendor.May(act, supplier, signed(), today).RestsOn {
			assert.Equal(t, customer, a.Party, "done for a customer, it rests on the customer's %s", a.Kind)
		}
	}
	assert.False(t, vendor.May(vendor.ActFor(supplier), customer, signed(), today).Allowed, "a delegation goes one way")
	assert.False(t, vendor.May(vendor.CallAPIFor(customer, "oppgave"), centre, signed(), today).Allowed, "it is given to one supplier")
}

func TestMayRefusesWhatItCannotAnswer(t *testing.T) {
	for _, tt := range []struct {
		name string
		act  vendor.Action
		who  vendor.OrgNumber
		on   vendor.Day
		want vendor.Reason
	}{
		{"the zero action", vendor.Action{}, supplier, today, vendor.ReasonNoRule},
		{"an action without a rule", vendor.Action{Kind: "fly"}, supplier, today, vendor.ReasonNoRule},
		{"nobody", vendor.ConnectSystem(), "", today, vendor.ReasonQuestion},
		{"a number that is none", vendor.ConnectSystem(), "999999998", today, vendor.ReasonQuestion},
		{"no day", vendor.ConnectSystem(), supplier, "", vendor.ReasonQuestion},
		{"a day that is none", vendor.ConnectSystem(), supplier, "2026-11-31", vendor.ReasonQuestion},
		{"for nobody", vendor.ActFor(""), supplier, today, vendor.ReasonQuestion},
		{"for oneself", vendor.ActFor(supplier), supplier, today, vendor.ReasonQuestion},
		{"for a number that is none", vendor.CallAPIFor("1", "oppgave"), supplier, today, vendor.ReasonQuestion},
		{"no API", vendor.CallAPI(""), supplier, today, vendor.ReasonQuestion},
		{"no category", vendor.UseHelsenorge(""), supplier, today, vendor.ReasonQuestion},
		{"a customer that no rule looks at", vendor.Action{Kind: vendor.ActOfferTool, For: customer}, supplier, today, vendor.ReasonNoRule},
		{"a subject that no rule looks at", vendor.Action{Kind: vendor.ActOfferTool, Subject: "x"}, supplier, today, vendor.ReasonNoRule},
	} {
		v := vendor.May(tt.act, tt.who, signed(), tt.on)
		assert.False(t, v.Allowed, tt.name)
		require.Len(t, v.Missing, 1, tt.name)
		assert.Equal(t, tt.want, v.Missing[0].Reason, tt.name)
		complete(t, v.Missing[0].Text)
	}
	assert.False(t, vendor.Verdict{}.Allowed)
	assert.False(t, vendor.Rules{}.May(vendor.ConnectSystem(), supplier, signed(), today).Allowed, "no rules")
	assert.Empty(t, vendor.May(vendor.ConnectSystem(), supplier, nil, today).RestsOn)
}

func TestRulesAreData(t *testing.T) {
	require.NoError(t, vendor.DefaultRules().Check())
	rules := vendor.DefaultRules()
	for i := range rules {
		assert.NotEmpty(t, rules[i].Source)
		rules[i].With = centre
	}
	assert.True(t, rules.May(vendor.CallAPIFor(customer, "oppgave"), supplier, signed(), today).Allowed)
	elsewhere := signed()
	for i := range elsewhere {
		if elsewhere[i].Kind == vendor.AgreementConnection {
			elsewhere[i].Counterparty = customer
		}
	}
	v := rules.May(vendor.ConnectSystem(), supplier, elsewhere, today)
	assert.False(t, v.Allowed, "an agreement with somebody else")
	assert.Equal(t, centre, v.Missing[0].With)
	assert.Empty(t, vendor.DefaultRules()[0].With, "the caller's change is the caller's own")

	own := vendor.Rules{{Act: "host-own", Need: vendor.AgreementDataProcessing, Of: vendor.OfActor, Source: "house rule", Assumed: true}}
	assert.True(t, own.May(vendor.Action{Kind: "host-own"}, supplier, signed(), today).Allowed)
	assert.EqualError(t, vendor.Rules{own[0], {}, {Act: "a", Need: "b", Of: "c", With: "1", Source: "d"}}.Check(),
		"vendor: invalid Rules: row 1, field Act; row 1, field Need; row 1, field Of; row 1, field Source; row 2, field Need; row 2, field Of; row 2, field With")
	broken := append(own, vendor.Rule{Act: "other"})
	assert.Equal(t, vendor.ReasonNoRule, broken.May(vendor.Action{Kind: "host-own"}, supplier, signed(), today).Missing[0].Reason, "rules that are not right refuse all")
}

func TestEveryReasonHasWordsForEveryAgreement(t *testing.T) {
	tried := 0
	for _, rule := range vendor.DefaultRules() {
		one := vendor.Rules{{Act: "x", Need: rule.Need, Of: vendor.OfActor, Source: "test"}}
		act := vendor.Action{Kind: "x"}
		if rule.Need == vendor.AgreementAPI || rule.Need == vendor.AgreementHelsenorgeSpecial {
			act.Subject = "s"
		}
		texts := map[vendor.Text]bool{}
		for _, edit := range []func(*vendor.Agreement){
			func(a *vendor.Agreement) { a.Party = customer }, func(a *vendor.Agreement) { a.SHA256 = "" }, func(a *vendor.Agreement) { a.To = "2026-01-02" },
			func(a *vendor.Agreement) { a.Signed = "2027-01-01" }, func(a *vendor.Agreement) { a.From = "2027-01-01" },
		} {
			a := agreement(rule.Need, supplier, centre, act.Subject)
			edit(&a)
			v := one.May(act, supplier, []vendor.Agreement{a}, today)
			require.Len(t, v.Missing, 1)
			complete(t, v.Missing[0].Text)
			texts[v.Missing[0].Text] = true
			tried++
		}
		assert.Len(t, texts, 5, "each reason has its own words")
	}
	assert.Equal(t, 55, tried)
}

func TestAgreementsAreChecked(t *testing.T) {
	for _, a := range signed() {
		require.NoError(t, a.Check())
	}
	list, err := vendor.ParseAgreements(encode(t, signed()))
	require.NoError(t, err)
	assert.Equal(t, signed(), list)
	for _, tt := range []struct {
		name string
		edit func(*vendor.Agreement)
		want string
	}{
		{"kind", func(a *vendor.Agreement) { a.Kind = "handshake" }, "/kind not-allowed"},
		{"party", func(a *vendor.Agreement) { a.Party = "1" }, "/party bad-format"},
		{"with itself", func(a *vendor.Agreement) { a.Counterparty = a.Party }, "/counterparty bad-value"},
		{"with nobody", func(a *vendor.Agreement) { a.Counterparty = "" }, "/counterparty missing-member"},
		{"a subject too many", func(a *vendor.Agreement) { a.Subject = "x" }, "/subject contradiction"},
		{"without subject", func(a *vendor.Agreement) { a.Kind = vendor.AgreementAPI }, "/subject missing-member"},
		{"identity number", func(a *vendor.Agreement) { a.Kind, a.Subject = vendor.AgreementAPI, identity }, "/subject personal-data"},
		{"no first day", func(a *vendor.Agreement) { a.From = "" }, "/from missing-member"},
		{"ends first", func(a *vendor.Agreement) { a.To = "2025-12-31" }, "/to contradiction"},
		{"not signed", func(a *vendor.Agreement) { a.Signed = "" }, "/signed missing-member"},
		{"no document", func(a *vendor.Agreement) { a.SHA256 = "" }, "/sha256 missing-member"},
		{"digest", func(a *vendor.Agreement) { a.SHA256 = "x" }, "/sha256 bad-format"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := agreement(vendor.AgreementMembership, supplier, centre, "")
			tt.edit(&a)
			assert.Equal(t, []string{tt.want}, found(t, a.Check()))
			_, err := vendor.ParseAgreements(encode(t, []vendor.Agreement{a}))
			place, _, _ := strings.Cut(tt.want, " ")
			require.Len(t, found(t, err), 1)
			assert.Contains(t, found(t, err)[0], "/0"+place+" ")
		})
	}
	_, err = vendor.ParseAgreements([]byte(`[{"kind":"membership","x":1},2]`))
	assert.Equal(t, []string{"/0/counterparty missing-member", "/0/from missing-member", "/0/party missing-member", "/0/sha256 missing-member",
		"/0/signed missing-member", "/0/x unknown-member", "/1 wrong-type"}, found(t, err))
	_, err = vendor.ParseAgreements(nil)
	require.ErrorIs(t, err, vendor.ErrInvalid)
}
