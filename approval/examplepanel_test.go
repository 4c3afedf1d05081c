package approval_test

import (
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/catalogue"
)

// examplePending is a decision that needs the panel.
func examplePending() *approval.Decision {
	data, _ := os.ReadFile("testdata/good.json")
	d, err := approval.CheckDeclaration(data, exampleSet())
	if err != nil {
		panic(err)
	}
	d.Answers["A-2"] = approval.Answer{Status: approval.No} // important, but no blocker
	decision, err := approval.Evaluate(d, exampleSet(), time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC))
	if err != nil {
		panic(err)
	}
	return decision
}

// One of four members has an interest and stands aside; one changes her mind.
func ExamplePanel_Decide() {
	panel := approval.Panel{
		ID: "fagpanel", Chair: "anne", Quorum: 3, Majority: approval.MajorityTwoThirds,
		NeedRoles: []approval.RoleCount{{Role: "psykolog", Count: 1}},
		Members: []approval.Member{
			{ID: "anne", Name: "Anne", Role: "psykolog", From: "2026-01-01", Until: "2029-12-31"},
			{ID: "bjorn", Name: "Bjørn"}, {ID: "cecilie", Name: "Cecilie"}, {ID: "dag", Name: "Dag"},
		},
	}
	noon := time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC)
	session := approval.Session{
		Case: "case-17", VendorPeople: []string{"kari"}, At: noon.Add(time.Hour), ValidUntil: "2027-05-31",
		Conflicts: []approval.Conflict{{Member: "dag", Case: "case-17", Why: approval.InterestOwner}},
		Votes: []approval.Vote{
			{Member: "anne", Outcome: approval.ApprovedWithTherapist, Rationale: "Trygt nok med behandler til stede.", At: noon},
			{Member: "bjorn", Outcome: approval.Rejected, Rationale: "Truslene må testes først.", At: noon},
			{Member: "cecilie", Outcome: approval.Rejected, Rationale: "Enig med Bjørn.", At: noon},
			{Member: "cecilie", Outcome: approval.ApprovedWithTherapist, Rationale: "Med en frist er det godt nok.", At: noon.Add(time.Minute)},
		},
		Conditions: []approval.Obligation{{Requirement: "A-2", Due: "2027-06-01", Text: catalogue.Text{"nb": "Legg fram en ny sikkerhetstest."}}},
	}
	decision, err := panel.Decide(examplePending(), session)
	fmt.Println(decision.Outcome, decision.ValidUntil, err)
	fmt.Println(len(decision.Panel.Votes), "votes,", len(decision.Panel.Earlier), "changed,", decision.Panel.Conflicts[0].Why.Text()["nb"])
	fmt.Println(decision.Conditions[0].Due, decision.Conditions[0].Text["nb"])

	session.Votes = append(session.Votes, approval.Vote{Member: "dag", Outcome: approval.ApprovedWithTherapist, Rationale: "Fint.", At: noon})
	_, err = panel.Decide(examplePending(), session)
	var refused *approval.RefusedError
	if errors.As(err, &refused) && errors.Is(err, approval.ErrRecused) {
		fmt.Println(refused.Problems[0].Pointer, refused.Problems[0].Text["nb"])
	}
	// Output:
	// approved-with-therapist 2027-05-31 <nil>
	// 3 votes, 1 changed, Eier en del av leverandøren
	// 2027-06-01 Legg fram en ny sikkerhetstest.
	// /votes/4/member Medlemmet er inhabilt i denne saken og kan ikke stemme. Ta stemmen bort.
}
