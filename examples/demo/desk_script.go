package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/approval/approvalsign"
	"github.com/verktoykatalog/verktoy/approval/requirement"
	"github.com/verktoykatalog/verktoy/catalogue"
)

// deskSteps are the steps from the declaration to the listed tool.
func (s *script) deskSteps() []step {
	return []step{
		{"1 declaration", s.declare},
		{"1 refused declaration", s.refuseDeclaration},
		{"1 draft", s.draft},
		{"1 way to approval", s.wayToApproval},
		{"1 submit", s.submit},
		{"1 signature", s.signed},
		{"2 decision", s.decide},
		{"2 votes", s.vote},
		{"2 panel", s.panel},
		{"2 waiver", s.waive},
		{"3 publish", s.publish},
		{"3 ledger", s.readLedger},
	}
}

func (s *script) declare(context.Context) (string, error) {
	var err error
	if s.file, err = s.desk.load(paperGood, demoTool); err != nil {
		return "", err
	}
	d, err := s.desk.declaration(s.file)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%s of %s (%s) is valid against %s@%s", d.ID, d.Vendor.Name, d.Vendor.OrgNumber, s.file.set.ID, s.file.set.Version), nil
}

// refuseDeclaration wants every mistake of the bad paper at once, and nothing declared.
func (s *script) refuseDeclaration(context.Context) (string, error) {
	data, err := papers.ReadFile(paperBad)
	if err != nil {
		return "", err
	}
	d, err := approval.CheckDeclaration(data, s.file.set)
	var refused *approval.DeclarationError
	if !errors.As(err, &refused) || d != nil {
		return "", fmt.Errorf("the bad declaration was not refused: %v", err)
	}
	lines := []string{fmt.Sprintf("%s has %d problems", paperBad, len(refused.Problems))}
	for _, p := range refused.Problems {
		lines = append(lines, strings.TrimSpace(fmt.Sprintf("%s %s", p.Pointer, p.Requirement))+": "+p.Text.In("nb"))
	}
	return strings.Join(lines, "\n"+strings.Repeat(" ", 25)), nil
}

// draft follows an empty form: everything is still possible, and what decides most comes first.
func (s *script) draft(context.Context) (string, error) {
	set, err := s.desk.requirements(requirement.WebBaseline)
	if err != nil {
		return "", err
	}
	f, err := s.desk.blank(set, "Et nytt verktøy")
	if err != nil {
		return "", err
	}
	p, err := s.desk.follow(f, s.desk.usable(f))
	if err != nil {
		return "", err
	}
	if len(s.desk.problems(f)) > 0 || p.Answered > 0 || len(p.Possible()) < 2 {
		return "", fmt.Errorf("an empty draft has %d problems, %d answers and %d possible outcomes", len(s.desk.problems(f)), p.Answered, len(p.Possible()))
	}
	return fmt.Sprintf("%d of %d requirements answered, %d outcomes possible, first missing: %s",
		p.Answered, p.Asked, len(p.Possible()), p.found.Missing[0].Text.In("nb")), nil
}

// wayToApproval asks what would have to change for the vendor's second tool.
func (s *script) wayToApproval(context.Context) (string, error) {
	f, err := s.desk.load(paperGood, secondTool)
	if err != nil {
		return "", err
	}
	sets, err := approval.WhyNot(s.desk.usable(f), f.set, s.clock.now(), approval.ApprovedWithTherapist)
	if err != nil || len(sets) == 0 {
		return "", fmt.Errorf("%d ways to approval, want one: %v", len(sets), err)
	}
	last := sets[0].Steps[len(sets[0].Steps)-1]
	return fmt.Sprintf("%s has %d, the first of %d steps; the last is: %s", secondTool, len(sets), len(sets[0].Steps), last.Text.In("nb")), nil
}

func (s *script) submit(ctx context.Context) (string, error) {
	if err := s.desk.hand(ctx, s.file); err != nil {
		return "", err
	}
	return fmt.Sprintf("%s is %s, with the declaration %.8s", s.file.id, s.file.life.State, s.file.life.Declaration.SHA256), nil
}

// signed checks the vendor's signature of what was submitted, and of the same with one letter changed.
func (s *script) signed(context.Context) (string, error) {
	found, err := s.desk.verify(s.file)
	if err != nil {
		return "", err
	}
	changed, said := *s.file, *s.file.declared
	said.Tool.Release += "1"
	changed.declared = &said
	if _, err := s.desk.verify(&changed); !errors.Is(err, approvalsign.ErrSignature) {
		return "", fmt.Errorf("a changed declaration was not noticed: %v", err)
	}
	return fmt.Sprintf("signed by %s with the key %.8s of %s; with one letter changed it does not hold", found.SignedBy.Name, found.KeyID, s.file.declared.Vendor.Name), nil
}

func (s *script) decide(ctx context.Context) (string, error) {
	if err := s.desk.startReview(ctx, s.file); err != nil {
		return "", err
	}
	d := s.file.basis
	if d.Outcome != approval.NeedsReview {
		return "", fmt.Errorf("outcome %s, want %s", d.Outcome, approval.NeedsReview)
	}
	return fmt.Sprintf("%s is %s, with %d reasons, %d of them for the panel", d.ID, d.Outcome, len(d.Reasons), count(d, approval.ResultNeedsPanel)), nil
}

func count(d *approval.Decision, result approval.Result) int {
	n := 0
	for _, r := range d.Reasons {
		if r.Result == result {
			n++
		}
	}
	return n
}

// vote lets the panel vote. The member who stands aside is refused afterwards.
func (s *script) vote(ctx context.Context) (string, error) {
	if err := s.desk.meet(ctx, s.file); err != nil {
		return "", err
	}
	err := s.desk.vote(s.file, kin, approval.ApprovedWithoutTherapist, "I know that it is good.")
	if !errors.Is(err, approval.ErrRecused) {
		return "", fmt.Errorf("who stood aside could vote: %v", err)
	}
	return fmt.Sprintf("%d votes, quorum %d; %s stands aside (%s) and cannot vote", len(s.file.votes), experts().Quorum, kin.ID, s.file.aside[0].Why), nil
}

func (s *script) panel(ctx context.Context) (string, error) {
	before := s.file.basis.ID
	if err := s.desk.settle(ctx, s.file); err != nil {
		return "", err
	}
	d := s.file.decision
	if d.Outcome != approval.ApprovedWithTherapist {
		return "", fmt.Errorf("outcome %s, want %s", d.Outcome, approval.ApprovedWithTherapist)
	}
	return fmt.Sprintf("%s after %s is %s, valid until %s", d.ID, before, d.Outcome, d.ValidUntil), nil
}

// waive asks for a waiver for the second tool: who asks cannot grant.
func (s *script) waive(ctx context.Context) (string, error) {
	f := s.desk.files[len(s.desk.files)-1]
	for _, step := range []func(context.Context, *file) error{s.desk.hand, s.desk.startReview} {
		if err := step(ctx, f); err != nil {
			return "", err
		}
	}
	until := catalogue.DateOf(s.clock.now().AddDate(0, 6, 0))
	if err := s.desk.askWaiver(f, secretary, "UU-05", "Nynorsk kommer i april.", "", until); err != nil {
		return "", err
	}
	if err := s.desk.grantWaiver(f, secretary, f.asked[0].ID); !errors.Is(err, approval.ErrWaiver) {
		return "", fmt.Errorf("who asked could grant: %v", err)
	}
	if err := s.desk.grantWaiver(f, lister, f.asked[0].ID); err != nil {
		return "", err
	}
	if n := count(f.basis, approval.ResultWaived); n != 1 {
		return "", fmt.Errorf("%d requirements are waived, want 1", n)
	}
	return fmt.Sprintf("%s is waived for %s until %s, asked for by one and granted by another", f.waivers[0].Requirement, f.life.Tool, until), nil
}

func (s *script) publish(ctx context.Context) (string, error) {
	if err := s.desk.list(ctx, s.file); err != nil {
		return "", err
	}
	tool, _ := s.catalogue.Get(demoTool)
	return fmt.Sprintf("%s is %s among %d tools, by decision %s", tool.ID, tool.Status, s.catalogue.Index().Len(), tool.Approval.Decision), nil
}

// readLedger wants the case's record whole.
func (s *script) readLedger(ctx context.Context) (string, error) {
	entries, err := s.desk.ledger.Entries(ctx, s.file.id)
	if err == nil {
		err = s.file.life.CheckLedger(entries)
	}
	if err != nil {
		return "", err
	}
	var events []string
	for _, e := range entries {
		events = append(events, fmt.Sprintf("%s by %s", e.Event, e.By.ID))
	}
	return fmt.Sprintf("%d entries, chain whole: %s", len(entries), strings.Join(events, ", ")), nil
}

// suspended stops the approval for a time: the tool is gone from the search until somebody else resumes it.
func (s *script) suspended(ctx context.Context) (string, error) {
	if err := s.stop(ctx, approval.EventSuspend, secretary); err != nil {
		return "", err
	}
	if s.desk.listed(s.file) {
		return "", fmt.Errorf("%s is suspended and still in the search", demoTool)
	}
	if err := s.desk.happen(ctx, s.file, s.desk.event(s.file, approval.EventResume, lister)); err != nil {
		return "", err
	}
	if !s.desk.listed(s.file) {
		return "", fmt.Errorf("%s is resumed and not in the search", demoTool)
	}
	return fmt.Sprintf("%s was gone from the search while its approval was suspended, and is back", demoTool), nil
}

func (s *script) withdraw(ctx context.Context) error {
	return s.stop(ctx, approval.EventWithdraw, lister)
}

func (s *script) stop(ctx context.Context, what approval.CaseEvent, by official) error {
	ev := s.desk.event(s.file, what, by)
	ev.Reason = approval.ReasonSafety
	return s.desk.happen(ctx, s.file, ev)
}
