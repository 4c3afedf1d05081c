package main

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"time"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/approval/requirement"
	"github.com/verktoykatalog/verktoy/catalogue"
)

// The vendor's papers: a declaration, one with mistakes on purpose, and the catalogue entry that the vendor wrote.
//
//go:embed declaration.json declaration-bad.json listing.json
var papers embed.FS

const (
	demoTool = catalogue.ToolID("tryggere-steg")
	demoSet  = "web-baseline"
)

// desk is where vendor and panel meet: it checks, decides and publishes.
type desk struct {
	catalogue *catalogue.Live
	now       func() time.Time
}

// declaration checks one of the papers against the requirement set.
func (d *desk) declaration(name string) (*approval.SelfDeclaration, *approval.RequirementSet, error) {
	set, err := requirement.Get(demoSet)
	if err != nil {
		return nil, nil, err
	}
	data, err := papers.ReadFile(name)
	if err != nil {
		return nil, nil, err
	}
	declared, err := approval.CheckDeclaration(data, set)
	return declared, set, err
}

// decide evaluates the declaration; what a vendor's word is not enough for is left to the panel.
func (d *desk) decide() (*approval.Decision, error) {
	declared, set, err := d.declaration("declaration.json")
	if err != nil {
		return nil, err
	}
	return approval.Evaluate(declared, set, d.now())
}

// review lets the panel vote on a decision that needs it.
func (d *desk) review(decision *approval.Decision) (*approval.Decision, error) {
	panel := approval.Panel{ID: "panel-mental-health", Quorum: 2, Members: []approval.Member{
		{ID: "member-1", Name: "Berit Fagperson", Role: "psychologist"},
		{ID: "member-2", Name: "Jon Allmennlege", Role: "general practitioner"},
		{ID: "member-3", Name: "Aisha Erfaring", Role: "user representative"},
	}}
	votes := []approval.Vote{
		{Member: "member-1", Outcome: approval.ApprovedWithTherapist, Rationale: "The exposure steps need somebody who follows up."},
		{Member: "member-2", Outcome: approval.ApprovedWithTherapist, Rationale: "The trial was done with guidance, so the approval should be too."},
		{Member: "member-3", Outcome: approval.NeedsReview, Rationale: "The texts are clear. I would like to hear from users who stopped before we decide."},
	}
	return panel.Review(decision, votes, "2027-11-01", d.now())
}

// publish lists the vendor's entry in the catalogue.
func (d *desk) publish(decision *approval.Decision) (catalogue.Tool, error) {
	data, err := papers.ReadFile("listing.json")
	if err != nil {
		return catalogue.Tool{}, err
	}
	draft, err := catalogue.Parse(data)
	if err != nil {
		return catalogue.Tool{}, fmt.Errorf("listing.json: %w", err)
	}
	tool, err := approval.Publish(decision, draft.Tools[0], d.now())
	if err != nil {
		return catalogue.Tool{}, err
	}
	err = d.catalogue.Update(func(x *catalogue.Index) (*catalogue.Index, error) { return x.With(tool) })
	return tool, err
}

// approve goes the whole way from declaration to listed tool.
func (d *desk) approve(context.Context) (catalogue.Tool, error) {
	decision, err := d.decide()
	if err != nil {
		return catalogue.Tool{}, err
	}
	if decision.Outcome != approval.NeedsReview {
		return catalogue.Tool{}, errors.New("the declaration should need a panel")
	}
	if decision, err = d.review(decision); err != nil {
		return catalogue.Tool{}, err
	}
	return d.publish(decision)
}
