package approval_test

import (
	"errors"
	"fmt"
	"os"
	"text/tabwriter"
	"time"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/vendor"
)

func ExampleCaseTransitions() {
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 1, ' ', 0)
	for _, t := range approval.CaseTransitions() {
		_, _ = fmt.Fprintf(w, "%s\t%v\t-> %s\t%v\n", t.Event, t.From, t.To, t.Roles)
	}
	_ = w.Flush()
	for _, t := range approval.CaseTransitions() {
		for _, err := range t.Errors {
			fmt.Printf("%s: %v\n", t.Event, err)
		}
	}
	// Output:
	// submit       [draft]                                                  -> submitted    [vendor]
	// return       [submitted under-review]                                 -> draft        [secretariat]
	// start-review [submitted]                                              -> under-review [secretariat]
	// assess       [under-review]                                           -> under-review [assessor panel]
	// decide       [under-review]                                           -> decided      [panel manager]
	// publish      [decided]                                                -> decided      [manager]
	// suspend      [draft submitted under-review decided]                   -> suspended    [secretariat manager]
	// resume       [suspended]                                              -> decided      [panel manager]
	// reopen       [decided suspended expired]                              -> under-review [secretariat manager]
	// amend        [decided suspended expired]                              -> draft        [vendor]
	// withdraw     [draft submitted under-review decided suspended expired] -> withdrawn    [vendor manager]
	// assess: approval: the finding is not about what was submitted, or has an id that is taken
	// decide: approval: somebody else must do this
	// decide: approval: the decision does not end the case
	// decide: approval: the decision is about another tool
	// decide: approval: the decision is about another declaration
	// decide: approval: the decision was made with other findings than those of the case
	// decide: approval: the case has had this decision before
	// decide: approval: the decision is from a later time
	// decide: approval: the approval is over
	// decide: approval: the decision was changed after it was made
	// publish: approval: the decision does not approve the tool
	// publish: approval: the decision was published before
	// suspend: approval: the decision does not approve the tool
	// suspend: approval: the approval is suspended
	// resume: approval: somebody else must do this
}

// A case is submitted, returned, submitted again, decided, published and
// suspended; then the one who suspended cannot resume it.
func ExampleCase_Apply() {
	decision := exampleDecision()
	c, err := approval.OpenCase("case-17", "sovn-steg", "999999999")
	if err != nil {
		panic(err)
	}
	at := decision.Decided
	do := func(ev approval.Event) error {
		at = at.Add(time.Hour)
		ev.At, ev.Expected = at, c.Version
		next, err := c.Apply(ev)
		if err == nil {
			c = next
			fmt.Println(c.Version, ev.Event, "->", c.State)
		}
		return err
	}
	kari := approval.Actor{Role: approval.RoleVendor, ID: "kari"}
	siv := approval.Actor{Role: approval.RoleSecretariat, ID: "siv"}
	mona := approval.Actor{Role: approval.RoleManager, ID: "mona"}
	submit := approval.Event{Event: approval.EventSubmit, By: kari, Declaration: &decision.Declaration, VendorPeople: []string{"per"}}
	for _, ev := range []approval.Event{
		submit,
		{Event: approval.EventReturn, By: siv, Missing: []string{"A-2"}},
		submit,
		{Event: approval.EventStartReview, By: siv},
		{Event: approval.EventDecide, By: mona, Decision: decision},
		{Event: approval.EventPublish, By: mona},
		{Event: approval.EventSuspend, By: mona, Reason: approval.ReasonSafety},
	} {
		if err := do(ev); err != nil {
			panic(err)
		}
	}
	err = do(approval.Event{Event: approval.EventResume, By: mona})
	var refused *approval.RefusedError
	if errors.As(err, &refused) && errors.Is(err, approval.ErrFourEyes) {
		fmt.Println(refused.Problems[0].Text["nb"])
	}
	fmt.Println(c.StateAt(time.Date(2028, 1, 16, 9, 0, 0, 0, time.UTC)).Text()["nb"])
	// Output:
	// 1 submit -> submitted
	// 2 return -> draft
	// 3 submit -> submitted
	// 4 start-review -> under-review
	// 5 decide -> decided
	// 6 publish -> decided
	// 7 suspend -> suspended
	// Den som har levert, forberedt eller stanset saken, kan ikke avgjøre dette. En annen må gjøre det.
	// Godkjenningen er utløpt
}

var exampleVendor = vendor.Vendor{OrgNumber: "999999999", Name: "Søvnhjelp AS"}

// examplePublished is a case that has come to a published decision.
func examplePublished(d *approval.Decision) approval.Case {
	c, err := approval.OpenCase("case-17", d.Tool, d.Vendor)
	if err != nil {
		panic(err)
	}
	events := []approval.Event{
		{Event: approval.EventSubmit, By: approval.Actor{Role: approval.RoleVendor, ID: "kari"}, Declaration: &d.Declaration, VendorPeople: []string{"per"}},
		{Event: approval.EventStartReview, By: approval.Actor{Role: approval.RoleSecretariat, ID: "siv"}},
		{Event: approval.EventDecide, By: approval.Actor{Role: approval.RoleManager, ID: "mona"}, Decision: d},
		{Event: approval.EventPublish, By: approval.Actor{Role: approval.RoleManager, ID: "mona"}},
	}
	for i := range events {
		events[i].Expected, events[i].At = int64(i), d.Decided.Add(time.Duration(i)*time.Hour)
	}
	c, err = c.Replay(events...)
	if err != nil {
		panic(err)
	}
	return c
}
