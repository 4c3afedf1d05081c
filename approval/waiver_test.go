package approval_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/catalogue"
)

type aWaiver = approval.Waiver

func askedWaiver(edit func(*aWaiver)) aWaiver {
	w := aWaiver{ID: "w-1", Tool: "sovn-steg", Requirement: "A-2", Justification: "Testen er bestilt.", Compensating: []string{"Ekstra overvåking."},
		By: "Kari Nordmann", ApprovedBy: "Ola Nordmann", From: "2026-11-22", Until: "2027-11-22"}
	if edit != nil {
		edit(&w)
	}
	return w
}

var policy = approval.WaiverPolicy{VendorPeople: []string{"Kari Nordmann", "Per Hansen"}}

// faulty are changes that make a waiver unusable whatever the day.
var faulty = []struct {
	name        string
	edit        func(*aWaiver)
	place, code string
}{
	{"no id", func(w *aWaiver) { w.ID = "" }, "/id", "bad-format"},
	{"a long id", func(w *aWaiver) { w.ID = strings.Repeat("w", 65) }, "/id", "bad-format"},
	{"no tool", func(w *aWaiver) { w.Tool = "" }, "/tool", "bad-format"},
	{"no requirement", func(w *aWaiver) { w.Requirement = "" }, "/requirement", "bad-format"},
	{"no justification", func(w *aWaiver) { w.Justification = "\n" }, "/justification", "missing-member"},
	{"a number in the justification", func(w *aWaiver) { w.Justification = "000000 00000" }, "/justification", "personal-data"},
	{"an empty measure", func(w *aWaiver) { w.Compensating[0] = "" }, "/compensating/0", "missing-member"},
	{"nobody asks", func(w *aWaiver) { w.By = "" }, "/by", "missing-member"},
	{"no last day", func(w *aWaiver) { w.Until = "" }, "/until", "bad-format"},
	{"no day at all", func(w *aWaiver) { w.Until = "2027-02-30" }, "/until", "bad-format"},
	{"from no day at all", func(w *aWaiver) { w.From = "now" }, "/from", "bad-format"},
}

func TestWaiverCheck(t *testing.T) {
	for _, c := range faulty {
		t.Run(c.name, func(t *testing.T) {
			err := askedWaiver(c.edit).Check("2026-12-01")
			require.ErrorIs(t, err, approval.ErrWaiver)
			onlyProblem(t, err, c.place, c.code)
		})
	}
	cases := []struct {
		name        string
		edit        func(*aWaiver)
		on          catalogue.Date
		place, code string
	}{
		{"nobody grants", func(w *aWaiver) { w.ApprovedBy = " " }, "2026-12-01", "/approvedBy", "missing-member"},
		{"one person does both", func(w *aWaiver) { w.ApprovedBy = " kari  NORDMANN " }, "2026-12-01", "/approvedBy", approval.CodeFourEyes},
		{"from no day", func(w *aWaiver) { w.From = "" }, "2026-12-01", "/from", "bad-format"},
		{"ends first", func(w *aWaiver) { w.From = "2027-11-23" }, "2027-11-23", "/until", "contradiction"},
		{"the day before", nil, "2026-11-21", "/from", "out-of-range"},
		{"the day after", nil, "2027-11-23", "/until", "out-of-range"},
		{"on no day", nil, "", "", "bad-format"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			err := askedWaiver(c.edit).Check(c.on)
			require.ErrorIs(t, err, approval.ErrWaiver)
			var refused *approval.RefusedError
			require.ErrorAs(t, err, &refused)
			if c.name == "ends first" {
				refused.Problems = refused.Problems[:1] // and the day is not one of its days either
			}
			onlyProblem(t, refused, c.place, c.code)
		})
	}
	for _, on := range []catalogue.Date{"2026-11-22", "2027-11-22"} {
		assert.NoError(t, askedWaiver(nil).Check(on), "first and last day count")
	}
}

func TestGrantWaiver(t *testing.T) {
	w, err := approval.GrantWaiver(askedWaiver(func(w *aWaiver) { w.From, w.ApprovedBy = "", "" }), "Ola Nordmann", "2026-11-22", policy)
	require.NoError(t, err)
	assert.Equal(t, askedWaiver(nil), w)
	require.NoError(t, w.Check("2026-11-22"))
	w, err = approval.GrantWaiver(askedWaiver(func(w *aWaiver) { w.Compensating = nil }), "Ola Nordmann", "2026-11-22", policy)
	require.NoError(t, err)
	assert.Nil(t, w.Compensating)
	mine := askedWaiver(nil)
	w, err = approval.GrantWaiver(mine, "Ola Nordmann", "2026-11-22", policy)
	require.NoError(t, err)
	mine.Compensating[0] = "x"
	assert.Equal(t, askedWaiver(nil), w, "shares nothing with what was asked for")
	leap := askedWaiver(func(w *aWaiver) { w.From, w.Until = "2028-02-29", "2029-02-28" })
	_, err = approval.GrantWaiver(leap, "Ola Nordmann", "2026-11-22", policy)
	require.NoError(t, err, "a year from a leap day")
}

func TestGrantWaiverRefuses(t *testing.T) {
	for _, c := range faulty {
		t.Run(c.name, func(t *testing.T) {
			_, err := approval.GrantWaiver(askedWaiver(c.edit), "Ola Nordmann", "2026-11-22", policy)
			require.ErrorIs(t, err, approval.ErrWaiver)
			onlyProblem(t, err, c.place, c.code)
		})
	}
	cases := []struct {
		name        string
		edit        func(*aWaiver)
		by          string
		on          catalogue.Date
		policy      approval.WaiverPolicy
		place, code string
	}{
		{"nobody grants, whoever was named", nil, "", "2026-11-22", policy, "/approvedBy", "missing-member"},
		{"who asked", func(w *aWaiver) { w.By = "Ida" }, "ida", "2026-11-22", policy, "/approvedBy", approval.CodeFourEyes},
		{"the vendor's", nil, "per  hansen", "2026-11-22", policy, "/approvedBy", approval.CodeVendorPerson},
		{"nobody known at the vendor's", nil, "Ola", "2026-11-22", approval.WaiverPolicy{}, "", "missing-member"},
		{"blanks at the vendor's", nil, "Ola", "2026-11-22", approval.WaiverPolicy{VendorPeople: []string{" "}}, "", "missing-member"},
		{"back in time", nil, "Ola", "2026-11-23", policy, "/from", "out-of-range"},
		{"a day too long", func(w *aWaiver) { w.Until = "2027-11-23" }, "Ola", "2026-11-22", policy, "/until", "out-of-range"},
		{"longer than configured", nil, "Ola", "2026-11-22", approval.WaiverPolicy{VendorPeople: policy.VendorPeople, LongestMonths: 6}, "/until", "out-of-range"},
		{"on no day", nil, "Ola", "", policy, "", "bad-format"},
		{"a policy of no time", func(w *aWaiver) { w.Until = w.From }, "Ola", "2026-11-22",
			approval.WaiverPolicy{VendorPeople: policy.VendorPeople, LongestMonths: 121}, "", "out-of-range"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			w, err := approval.GrantWaiver(askedWaiver(c.edit), c.by, c.on, c.policy)
			require.ErrorIs(t, err, approval.ErrWaiver)
			assert.Equal(t, aWaiver{}, w)
			onlyProblem(t, err, c.place, c.code)
		})
	}
}

func TestAllFaultsOfAWaiverAtOnce(t *testing.T) {
	_, err := approval.GrantWaiver(aWaiver{}, "", "2026-11-22", approval.WaiverPolicy{})
	var refused *approval.RefusedError
	require.ErrorAs(t, err, &refused)
	var places []string
	for _, p := range refused.Problems {
		places = append(places, p.Pointer)
		inThreeLanguages(t, p.Text)
	}
	assert.Equal(t, []string{"", "/approvedBy", "/by", "/id", "/justification", "/requirement", "/tool", "/until"}, places)
}

func ExampleGrantWaiver() {
	w := approval.Waiver{ID: "w-1", Tool: "sovn-steg", Requirement: "A-2", Justification: "Testen er bestilt til mars.", By: "Kari Nordmann", Until: "2027-03-31"}
	policy := approval.WaiverPolicy{VendorPeople: []string{"Kari Nordmann", "Per Hansen"}}
	_, err := approval.GrantWaiver(w, "Per Hansen", "2026-11-22", policy)
	var refused *approval.RefusedError
	if errors.As(err, &refused) {
		fmt.Println(refused.Problems[0].Pointer, refused.Problems[0].Text["nb"])
	}
	w, err = approval.GrantWaiver(w, "Ola Nordmann", "2026-11-22", policy)
	fmt.Println(w.From, w.Until, err)
	fmt.Println(w.Check("2027-03-31"), errors.Is(w.Check("2027-04-01"), approval.ErrWaiver))
	// Output:
	// /approvedBy Den som har signert erklæringen eller hører til hos leverandøren, kan ikke gi unntak. En annen må godkjenne.
	// 2026-11-22 2027-03-31 <nil>
	// <nil> true
}
